import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { listConfigResources } from '@streamwright/protocol/messages/list-config-resources'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import type { ConfigResource, ConfigResourceType } from './configs.ts'
import { resourceTypes } from './configs.ts'

const typesByNumber: ReadonlyMap<number, ConfigResourceType> = new Map(
  (Object.keys(resourceTypes) as ConfigResourceType[]).map((type) => [resourceTypes[type], type]),
)

/** No types: all. Brokers before 4.1 can list subscriptions to client metrics alone. */
export function listResources(
  calls: AdminCalls,
  types: readonly ConfigResourceType[],
  options: AdminOptions,
): Promise<ConfigResource[]> {
  return calls.whole('Listing what has configurations', options, async (timeoutMs) => {
    const wanted = types.map((type) => resourceTypes[type])
    const areMetricsAlone = types.length === 1 && types[0] === 'clientMetrics'
    const response = await calls.cluster.send(
      'any',
      listConfigResources,
      (version) => (version === 0 ? {} : { resourceTypes: wanted }),
      { timeoutMs, ...(areMetricsAlone ? {} : { minVersion: 1 }) },
    )
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, 'Listing configurations')
    return response.configResources.flatMap(({ resourceType, resourceName }) => {
      const type = typesByNumber.get(resourceType)
      return type === undefined ? [] : [{ type, name: resourceName }]
    })
  })
}
