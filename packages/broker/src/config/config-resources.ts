/** What configurations belong to, as DescribeConfigs and AlterConfigs number it. */
export const ConfigResourceType = {
  topic: 2,
  broker: 4,
  brokerLogger: 8,
  clientMetrics: 16,
  group: 32,
} as const

export const unsupportedResourceMessage =
  'This most likely occurs because of a request being malformed by the client library or the message was sent to an incompatible broker. See the broker logs for more details.'

/** Why a broker resource of this name is not this broker; `undefined` when it is. */
export function brokerNameProblem(name: string, nodeId: number, alternative: string): string | undefined {
  if (!/^-?\d+$/.test(name)) return `Broker id must be an integer, but it is: ${name}`
  return Number(name) === nodeId
    ? undefined
    : `Unexpected broker id, expected ${nodeId}${alternative}, but received ${name}`
}

/** What IncrementalAlterConfigs may do with one configuration. */
export const ConfigOperation = { set: 0, delete: 1, append: 2, subtract: 3 } as const
