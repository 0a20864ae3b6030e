import { ErrorCode } from '@streamwright/protocol'
import type {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsRequestAlterableConfig,
  IncrementalAlterConfigsRequestAlterConfigsResource,
  IncrementalAlterConfigsResponse,
} from '@streamwright/protocol/messages/incremental-alter-configs'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { alterResources } from '../config/alter-configs.ts'
import { brokerConfigs } from '../config/broker-configs.ts'
import { listOf } from '../config/config-definition.ts'
import { ConfigResourceType } from '../config/config-resources.ts'
import { topicConfigs } from '../config/topic-configs.ts'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

const Operation = { set: 0, delete: 1, append: 2, subtract: 3 } as const

/** IncrementalAlterConfigs v0–v1. v1: flexible. */
export const incrementalAlterConfigsHandler: AnyHandler = handler<
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse
>({
  api: incrementalAlterConfigs,

  async handle(services, request, context) {
    return { responses: await alterResources(services, context, request.resources, request.validateOnly, changed) }
  },

  refuse(request, errorCode) {
    return {
      responses: request.resources.map(({ resourceType, resourceName }) => ({
        errorCode,
        errorMessage: null,
        resourceType,
        resourceName,
      })),
    }
  },
})

function changed(
  resource: IncrementalAlterConfigsRequestAlterConfigsResource,
  current: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | Refusal {
  const configs = new Map(current)
  const names = new Set(resource.configs.map(({ name }) => name))
  if (names.size < resource.configs.length) {
    return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Error due to duplicate config keys' }
  }
  for (const config of resource.configs) {
    const refusal = change(configs, config, resource.resourceType)
    if (refusal !== undefined) return refusal
  }
  return configs
}

function change(
  configs: Map<string, string>,
  { name, value, configOperation }: IncrementalAlterConfigsRequestAlterableConfig,
  resourceType: number,
): Refusal | { readonly errorCode: number; readonly errorMessage: string } | undefined {
  if (configOperation === Operation.delete) {
    configs.delete(name)
    return undefined
  }
  if (configOperation < 0 || configOperation > Operation.subtract) {
    return { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, errorMessage: `Unknown config operation ${configOperation}` }
  }
  if (value === null) {
    return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: `Null value not supported for : ${name}` }
  }
  if (configOperation === Operation.set) {
    configs.set(name, value)
    return undefined
  }
  const definition = (resourceType === ConfigResourceType.topic ? topicConfigs : brokerConfigs).get(name)
  if (definition !== undefined && definition.type !== 'list') {
    const verb = configOperation === Operation.append ? 'APPEND to' : 'SUBTRACT from'
    const errorMessage = `Can't ${verb} key ${name} because its type is not LIST.`
    return { errorCode: ErrorCode.INVALID_CONFIG, errorMessage }
  }
  const before = listOf(configs.get(name) ?? definition?.default ?? '')
  const given = listOf(value)
  const after =
    configOperation === Operation.append
      ? [...before, ...given.filter((item) => !before.includes(item))]
      : before.filter((item) => !given.includes(item))
  configs.set(name, after.join(','))
  return undefined
}
