import { ErrorCode } from '@streamwright/protocol'
import type {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsRequestAlterableConfig,
  IncrementalAlterConfigsRequestAlterConfigsResource,
  IncrementalAlterConfigsResponse,
} from '@streamwright/protocol/messages/incremental-alter-configs'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { alterResources } from '../config/alter-configs.ts'
import type { AlterableResource } from '../config/alterable-resources.ts'
import type { ConfigDefinition } from '../config/config-definition.ts'
import { listOf } from '../config/config-definition.ts'
import { ConfigOperation, ConfigResourceType } from '../config/config-resources.ts'
import { changeLoggers } from '../config/logger-changes.ts'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** IncrementalAlterConfigs v0–v1. v1: flexible. */
export const incrementalAlterConfigsHandler: AnyHandler = handler<
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse
>({
  api: incrementalAlterConfigs,

  async handle(services, request, context) {
    const { resources, validateOnly } = request
    const responses = await alterResources(services, context, resources, validateOnly, {
      refusalOf: malformed,
      special({ resourceType, resourceName, configs }) {
        if (resourceType !== ConfigResourceType.brokerLogger) return undefined
        return changeLoggers(services, resourceName, configs, validateOnly) ?? 'done'
      },
      of: ({ configs, resourceType }, target) => changed(configs, resourceType, target),
    })
    return { responses }
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

function malformed({
  configs,
  resourceName,
  resourceType,
}: IncrementalAlterConfigsRequestAlterConfigsResource): Refusal | undefined {
  if (new Set(configs.map(({ name }) => name)).size < configs.length) {
    return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Error due to duplicate config keys' }
  }
  const empty = configs.filter(
    ({ value, configOperation }) => value === null && configOperation !== ConfigOperation.delete,
  )
  if (empty.length > 0) {
    const names = empty.map(({ name }) => name).join(', ')
    return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: `Null value not supported for : ${names}` }
  }
  // A broker looks at its own settings itself; at others the controller does, later.
  const strange = strangeOperation(configs)
  if (strange === undefined || resourceType !== ConfigResourceType.broker || resourceName === '') return undefined
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: `Unknown operations type ${strange}` }
}

function strangeOperation(configs: readonly IncrementalAlterConfigsRequestAlterableConfig[]): number | undefined {
  const { set, subtract } = ConfigOperation
  return configs.find(({ configOperation: code }) => code < set || code > subtract)?.configOperation
}

function changed(
  changes: readonly IncrementalAlterConfigsRequestAlterableConfig[],
  resourceType: number,
  { missing, definitions, current }: AlterableResource,
): ReadonlyMap<string, string> | Refusal {
  // Its own fault, as Kafka sees it, of which clients learn no more.
  if (strangeOperation(changes) !== undefined)
    return missing ?? { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, errorMessage: null }
  const configs = new Map(current)
  for (const { name, value, configOperation } of changes) {
    if (configOperation === ConfigOperation.delete) configs.delete(name)
    else if (configOperation === ConfigOperation.set) configs.set(name, value ?? '')
    else {
      const definition = definitions.get(name)
      if (!isList(definition, resourceType)) return listRefusal(name, configOperation, resourceType)
      configs.set(name, edited(configs.get(name) ?? definition?.default ?? '', value ?? '', configOperation))
    }
  }
  return configs
}

function isList(definition: ConfigDefinition | undefined, resourceType: number): boolean {
  // Kafka keeps the lists of a subscription to metrics as plain text.
  return resourceType !== ConfigResourceType.clientMetrics && (definition === undefined || definition.type === 'list')
}

function edited(before: string, value: string, configOperation: number): string {
  const [own, given] = [listOf(before), listOf(value)]
  const after =
    configOperation === ConfigOperation.append
      ? [...own, ...given.filter((item) => !own.includes(item))]
      : own.filter((item) => !given.includes(item))
  return after.join(',')
}

function listRefusal(name: string, configOperation: number, resourceType: number): Refusal {
  const isAppend = configOperation === ConfigOperation.append
  const errorMessage =
    resourceType === ConfigResourceType.broker
      ? `Config value ${isAppend ? 'append' : 'subtract'} is not allowed for config key: ${name}`
      : `Can't ${isAppend ? 'APPEND to' : 'SUBTRACT to'} key ${name} because its type is not LIST.`
  return { errorCode: ErrorCode.INVALID_CONFIG, errorMessage }
}
