import type { KafkaError } from '@streamwright/protocol'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { present } from '@streamwright/std'
import type { Target } from '../cluster/cluster.ts'
import type { AdminCalls, AdminOptions, Outcomes } from './admin-calls.ts'
import { outcome } from './admin-calls.ts'
import type { ValidateOptions } from './topics.ts'

/** By the protocol's numbers. */
export const resourceTypes = { topic: 2, broker: 4, brokerLogger: 8, clientMetrics: 16, group: 32 } as const

export type ConfigResourceType = keyof typeof resourceTypes

/** What has settings. A broker's name is its id; the empty name stands for what holds for all brokers. */
export interface ConfigResource {
  readonly type: ConfigResourceType
  readonly name: string
}

const sources = [
  'UNKNOWN',
  'DYNAMIC_TOPIC_CONFIG',
  'DYNAMIC_BROKER_CONFIG',
  'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'STATIC_BROKER_CONFIG',
  'DEFAULT_CONFIG',
  'DYNAMIC_BROKER_LOGGER_CONFIG',
  'DYNAMIC_CLIENT_METRICS_CONFIG',
  'DYNAMIC_GROUP_CONFIG',
] as const

/** Where a value comes from, by Kafka's name. */
export type ConfigSource = (typeof sources)[number]

const types = ['UNKNOWN', 'BOOLEAN', 'STRING', 'INT', 'SHORT', 'LONG', 'DOUBLE', 'LIST', 'CLASS', 'PASSWORD'] as const

export type ConfigType = (typeof types)[number]

/** One setting of a resource. */
export interface ConfigEntry {
  readonly name: string
  /** Null if it is secret, or has none. */
  readonly value: string | null
  readonly source: ConfigSource
  readonly isDefault: boolean
  readonly isReadOnly: boolean
  readonly isSensitive: boolean
  readonly type: ConfigType
  /** Null unless it was asked for. */
  readonly documentation: string | null
  /** All values that there are for it, the one in effect first. Empty unless asked for. */
  readonly synonyms: readonly { readonly name: string; readonly value: string | null; readonly source: ConfigSource }[]
}

/** Changes of a resource's settings; those that are not named stay as they are. */
export interface ConfigAlteration extends ConfigResource {
  readonly set?: Readonly<Record<string, string>>
  /** Back to the default. */
  readonly delete?: readonly string[]
  /** For settings that are lists: adds these items, or takes them away. Comma-separated. */
  readonly append?: Readonly<Record<string, string>>
  readonly subtract?: Readonly<Record<string, string>>
}

const operations = { set: 0, delete: 1, append: 2, subtract: 3 } as const

export interface DescribeConfigsOptions extends AdminOptions {
  /** Only these settings. Default: all. */
  readonly names?: readonly string[]
  readonly includeSynonyms?: boolean
  readonly includeDocumentation?: boolean
}

/** `topic:orders`: the key of a resource in results. */
function resourceKey({ type, name }: ConfigResource): string {
  return `${type}:${name}`
}

export function describeResources(
  calls: AdminCalls,
  resources: readonly ConfigResource[],
  options: DescribeConfigsOptions,
): Promise<Map<string, ConfigEntry[]>> {
  const byKey = new Map(resources.map((resource) => [resourceKey(resource), resource]))
  return calls.each<ConfigEntry[]>('Describing configs', [...byKey.keys()], options, (keys, timeoutMs) =>
    byTarget(keys, byKey, 'any', async (target, own) => {
      const response = await calls.cluster.send(
        target,
        describeConfigs,
        (version) => ({
          resources: own.map(({ type, name }) => ({
            resourceType: resourceTypes[type],
            resourceName: name,
            configurationKeys: options.names ?? null,
          })),
          includeSynonyms: options.includeSynonyms ?? false,
          ...(version >= 3 ? { includeDocumentation: options.includeDocumentation ?? false } : {}),
        }),
        { timeoutMs },
      )
      return response.results.map(({ resourceType, resourceName, errorCode, errorMessage, configs }) => [
        keyOf(resourceType, resourceName),
        outcome(configs.map(entryOf), errorCode, resourceName, errorMessage),
      ])
    }),
  )
}

export async function alterResources(
  calls: AdminCalls,
  alterations: readonly ConfigAlteration[],
  options: ValidateOptions,
): Promise<void> {
  const byKey = new Map(alterations.map((alteration) => [resourceKey(alteration), alteration]))
  await calls.each<true>('Altering configs', [...byKey.keys()], options, (keys, timeoutMs) =>
    byTarget(keys, byKey, 'controller', async (target, own) => {
      const resources = own.map((alteration) => ({
        resourceType: resourceTypes[alteration.type],
        resourceName: alteration.name,
        configs: changesOf(alteration),
      }))
      const validateOnly = options.validateOnly ?? false
      const response = await calls.cluster.send(
        target,
        incrementalAlterConfigs,
        { resources, validateOnly },
        { timeoutMs },
      )
      return response.responses.map(({ resourceType, resourceName, errorCode, errorMessage }) => [
        keyOf(resourceType, resourceName),
        outcome(true as const, errorCode, resourceName, errorMessage),
      ])
    }),
  )
}

/** Settings of one broker are known to that broker alone. */
async function byTarget<R extends ConfigResource, V>(
  keys: readonly string[],
  byKey: ReadonlyMap<string, R>,
  otherwise: Target,
  ask: (target: Target, resources: readonly R[]) => Promise<(readonly [string, V | KafkaError])[]>,
): Promise<Outcomes<V>> {
  const groups = new Map<Target, R[]>()
  for (const key of keys) {
    const resource = present(byKey.get(key), 'Keys come from the map')
    const isOfBroker = (resource.type === 'broker' || resource.type === 'brokerLogger') && resource.name !== ''
    const target = isOfBroker ? Number(resource.name) : otherwise
    const group = groups.get(target)
    if (group === undefined) groups.set(target, [resource])
    else group.push(resource)
  }
  const answers = await Promise.all([...groups].map(([target, own]) => ask(target, own)))
  return new Map(answers.flat())
}

function changesOf(alteration: ConfigAlteration): { name: string; configOperation: number; value: string | null }[] {
  const changes = (['set', 'append', 'subtract'] as const).flatMap((operation) =>
    Object.entries(alteration[operation] ?? {}).map(([name, value]) => ({
      name,
      configOperation: operations[operation],
      value,
    })),
  )
  const deletions = (alteration.delete ?? []).map((name) => ({ name, configOperation: operations.delete, value: null }))
  return [...changes, ...deletions]
}

function keyOf(resourceType: number, name: string): string {
  const type = Object.entries(resourceTypes).find(([, number]) => number === resourceType)?.[0]
  return `${type ?? resourceType}:${name}`
}

function entryOf(config: {
  readonly name: string
  readonly value: string | null
  readonly readOnly: boolean
  readonly configSource: number
  readonly isSensitive: boolean
  readonly synonyms: readonly { readonly name: string; readonly value: string | null; readonly source: number }[]
  readonly configType: number
  readonly documentation: string | null
}): ConfigEntry {
  const source = sources[config.configSource] ?? 'UNKNOWN'
  return {
    name: config.name,
    value: config.value,
    source,
    isDefault: source === 'DEFAULT_CONFIG',
    isReadOnly: config.readOnly,
    isSensitive: config.isSensitive,
    type: types[config.configType] ?? 'UNKNOWN',
    documentation: config.documentation,
    synonyms: config.synonyms.map((synonym) => ({
      name: synonym.name,
      value: synonym.value,
      source: sources[synonym.source] ?? 'UNKNOWN',
    })),
  }
}
