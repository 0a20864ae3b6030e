import type { LogSettings } from '../log/log-settings.ts'
import type { MetadataState } from '../metadata/metadata-state.ts'
import { brokerConfigs } from './broker-configs.ts'
import type { ConfigDefinition } from './config-definition.ts'
import { listOf } from './config-definition.ts'
import { groupConfigs } from './group-configs.ts'
import { topicConfigs } from './topic-configs.ts'

/** Where a value comes from, as DescribeConfigs numbers it. */
export const ConfigSource = {
  topic: 1,
  dynamicBroker: 2,
  dynamicDefaultBroker: 3,
  staticBroker: 4,
  default: 5,
  dynamicBrokerLogger: 6,
  clientMetrics: 7,
  group: 8,
} as const
export type ConfigSource = (typeof ConfigSource)[keyof typeof ConfigSource]

/** A value with its origin. The first of a list is the one in force, the others would follow if it were removed. */
export interface ConfigValue {
  readonly name: string
  readonly value: string | null
  readonly source: ConfigSource
}

const noConfigs: ReadonlyMap<string, string> = new Map()

/**
 * Finds the value of a configuration among its layers: the topic's own, the broker's set while running (for it, for
 * all brokers), the broker's given at start, Kafka's default.
 */
export class ConfigStore {
  readonly #state: MetadataState
  readonly #nodeId: string
  readonly #given: Map<string, string>

  /** `given`: the settings of the start, as text under their dotted names. */
  constructor(state: MetadataState, nodeId: number, given: ReadonlyMap<string, string>) {
    this.#state = state
    this.#nodeId = String(nodeId)
    this.#given = new Map(given)
  }

  /** What turned out at start: the port that was free, say. */
  note(name: string, value: string): void {
    this.#given.set(name, value)
  }

  /** All values of a topic's configuration, the one in force first. */
  topicValues(topic: string, definition: ConfigDefinition): readonly ConfigValue[] {
    const own = this.#state.topics.get(topic)?.configs.get(definition.name)
    const values: ConfigValue[] = []
    if (own !== undefined) values.push({ name: definition.name, value: own, source: ConfigSource.topic })
    for (const { name, factor } of definition.synonyms) {
      for (const { value, source } of this.#brokerLayers(name)) {
        values.push({ name, value: factor === 1 ? value : String(Number(value) * factor), source })
      }
    }
    const defaultName = definition.synonyms.length === 1 ? (definition.synonyms[0]?.name ?? '') : ''
    if (definition.default !== null) {
      values.push({ name: defaultName, value: definition.default, source: ConfigSource.default })
    }
    return values
  }

  /** All values of a broker's configuration, the one in force first. */
  brokerValues(definition: ConfigDefinition): readonly ConfigValue[] {
    const values: ConfigValue[] = this.#brokerLayers(definition.name).map((layer) => ({
      name: definition.name,
      ...layer,
    }))
    if (definition.default !== null) {
      values.push({ name: definition.name, value: definition.default, source: ConfigSource.default })
    }
    return values
  }

  /** All values of a group's configuration, the one in force first. */
  groupValues(group: string, definition: ConfigDefinition): readonly ConfigValue[] {
    const { name } = definition
    const own = this.#state.groupConfigs.get(group)?.get(name)
    const values: ConfigValue[] = own === undefined ? [] : [{ name, value: own, source: ConfigSource.group }]
    const general = definition.synonyms[0]?.name
    if (general !== undefined) values.push(...this.#brokerLayers(general).map((layer) => ({ name: general, ...layer })))
    values.push({ name: general ?? name, value: definition.default, source: ConfigSource.default })
    return values
  }

  /** The value in force of a group's configuration. */
  groupValue(group: string, name: string): string | null {
    const definition = groupConfigs.get(name)
    return definition === undefined ? null : (this.groupValues(group, definition)[0]?.value ?? null)
  }

  /** The value of a subscription to client metrics; a default has no name there. */
  clientMetricsValues(subscription: string, definition: ConfigDefinition): readonly ConfigValue[] {
    const { name } = definition
    const own = this.#state.clientMetricsConfigs.get(subscription)?.get(name)
    return own === undefined
      ? [{ name: '', value: definition.default, source: ConfigSource.default }]
      : [{ name, value: own, source: ConfigSource.clientMetrics }]
  }

  /** The value in force of a broker's configuration. */
  brokerValue(name: string): string | null {
    return this.#brokerLayers(name)[0]?.value ?? brokerConfigs.get(name)?.default ?? null
  }

  /** What was set while running for broker `name`, or for all brokers when it is empty. */
  dynamicBrokerConfigs(name: string): ReadonlyMap<string, string> {
    return this.#state.brokerConfigs.get(name) ?? noConfigs
  }

  topicValue(topic: string, name: string): string | null {
    const definition = topicConfigs.get(name)
    return definition === undefined ? null : (this.topicValues(topic, definition)[0]?.value ?? null)
  }

  /** What a topic's logs need, converted. */
  logSettings(topic: string): LogSettings {
    const number = (name: string): number => Number(this.topicValue(topic, name))
    const text = (name: string): string => this.topicValue(topic, name) ?? ''
    const timestampType = text('message.timestamp.type')
    return {
      cleanupPolicy: listOf(text('cleanup.policy')),
      segmentBytes: Number(this.topicValue(topic, 'internal.segment.bytes') ?? this.topicValue(topic, 'segment.bytes')),
      segmentMs: number('segment.ms'),
      segmentIndexBytes: number('segment.index.bytes'),
      indexIntervalBytes: number('index.interval.bytes'),
      retentionMs: number('retention.ms'),
      retentionBytes: number('retention.bytes'),
      maxMessageBytes: number('max.message.bytes'),
      messageTimestampType: timestampType === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
      messageTimestampBeforeMaxMs: number('message.timestamp.before.max.ms'),
      messageTimestampAfterMaxMs: number('message.timestamp.after.max.ms'),
      compressionType: text('compression.type'),
      flushMessages: number('flush.messages'),
      flushMs: number('flush.ms'),
      deleteRetentionMs: number('delete.retention.ms'),
      minCompactionLagMs: number('min.compaction.lag.ms'),
      maxCompactionLagMs: number('max.compaction.lag.ms'),
      minCleanableDirtyRatio: number('min.cleanable.dirty.ratio'),
      fileDeleteDelayMs: number('file.delete.delay.ms'),
    }
  }

  #brokerLayers(name: string): { readonly value: string; readonly source: ConfigSource }[] {
    const layers: { readonly value: string; readonly source: ConfigSource }[] = []
    const own = this.#state.brokerConfigs.get(this.#nodeId)?.get(name)
    const all = this.#state.brokerConfigs.get('')?.get(name)
    const given = this.#given.get(name)
    if (own !== undefined) layers.push({ value: own, source: ConfigSource.dynamicBroker })
    if (all !== undefined) layers.push({ value: all, source: ConfigSource.dynamicDefaultBroker })
    if (given !== undefined) layers.push({ value: given, source: ConfigSource.staticBroker })
    return layers
  }
}
