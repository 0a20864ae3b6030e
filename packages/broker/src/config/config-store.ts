import type { LogSettings } from '../log/log-settings.ts'
import type { MetadataState } from '../metadata/metadata-state.ts'
import { BrokerLayers } from './broker-layers.ts'
import type { ConfigDefinition } from './config-definition.ts'
import type { DescribedValue } from './config-value.ts'
import { ConfigSource } from './config-value.ts'
import { listOf } from './config-definition.ts'
import { groupConfigs } from './group-configs.ts'
import { topicConfigs } from './topic-configs.ts'

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

  /** A topic's configuration: its own, or the broker's under another name and perhaps in another unit. */
  topicValue(topic: string, definition: ConfigDefinition): DescribedValue {
    const own = this.#state.topics.get(topic)?.configs.get(definition.name)
    const [general] = definition.synonyms
    const ofBroker = general === undefined ? [] : this.brokerLayers.synonyms(general.name)
    const synonyms =
      own === undefined ? ofBroker : [{ name: definition.name, value: own, source: ConfigSource.topic }, ...ofBroker]
    const source = synonyms[0]?.source ?? ConfigSource.default
    return { value: own ?? this.#topicDefault(definition), source, synonyms }
  }

  #topicDefault(definition: ConfigDefinition): string | null {
    const said = this.brokerLayers.said(definition.synonyms.map(({ name }) => name))[0]
    if (said === undefined) return definition.default
    const factor = definition.synonyms.find(({ name }) => name === said.name)?.factor ?? 1
    return factor === 1 ? said.value : String(Number(said.value) * factor)
  }

  /** A broker's configuration, also one of a listener, or one that Kafka does not know. */
  brokerValueOf(name: string): DescribedValue {
    const synonyms = this.brokerLayers.synonyms(name)
    return { value: this.brokerValue(name), source: synonyms[0]?.source ?? ConfigSource.default, synonyms }
  }

  /** A group's configuration: its own, or the broker's. */
  groupValueOf(group: string, definition: ConfigDefinition): DescribedValue {
    const { name } = definition
    const own = this.#state.groupConfigs.get(group)?.get(name)
    const general = definition.synonyms[0]?.name
    const synonyms = [
      ...(own === undefined ? [] : [{ name, value: own, source: ConfigSource.group }]),
      ...(general === undefined ? [] : this.brokerLayers.said([general])),
      { name: general ?? name, value: definition.default, source: ConfigSource.default },
    ]
    return { value: synonyms[0]?.value ?? null, source: synonyms[0]?.source ?? ConfigSource.default, synonyms }
  }

  /** The value in force of a group's configuration. */
  groupValue(group: string, name: string): string | null {
    const definition = groupConfigs.get(name)
    return definition === undefined ? null : this.groupValueOf(group, definition).value
  }

  /** The value of a subscription to client metrics. */
  clientMetricsValueOf(subscription: string, definition: ConfigDefinition): DescribedValue {
    const { name } = definition
    const own = this.#state.clientMetricsConfigs.get(subscription)?.get(name)
    if (own === undefined) return { value: definition.default, source: ConfigSource.default, synonyms: [] }
    const source = ConfigSource.clientMetrics
    return { value: own, source, synonyms: [{ name, value: own, source }] }
  }

  /** The value in force of a broker's configuration. */
  brokerValue(name: string): string | null {
    return this.brokerLayers.value(name)
  }

  /** What the broker's configurations come from, now. */
  get brokerLayers(): BrokerLayers {
    return new BrokerLayers(this.dynamicBrokerConfigs(this.#nodeId), this.dynamicBrokerConfigs(''), this.#given)
  }

  /** What they would come from if broker `name`, or all of them when it is empty, had these configurations. */
  brokerLayersWith(name: string, configs: ReadonlyMap<string, string>): BrokerLayers {
    return name === ''
      ? new BrokerLayers(this.dynamicBrokerConfigs(this.#nodeId), configs, this.#given)
      : new BrokerLayers(configs, this.dynamicBrokerConfigs(''), this.#given)
  }

  /** What was set while running for broker `name`, or for all brokers when it is empty. */
  dynamicBrokerConfigs(name: string): ReadonlyMap<string, string> {
    return this.#state.brokerConfigs.get(name) ?? noConfigs
  }

  #topicText(topic: string, name: string): string | null {
    const definition = topicConfigs.get(name)
    if (definition === undefined) return null
    return this.#state.topics.get(topic)?.configs.get(name) ?? this.#topicDefault(definition)
  }

  /** What a topic's logs need, converted. */
  logSettings(topic: string): LogSettings {
    const number = (name: string): number => Number(this.#topicText(topic, name))
    const text = (name: string): string => this.#topicText(topic, name) ?? ''
    const timestampType = text('message.timestamp.type')
    return {
      cleanupPolicy: listOf(text('cleanup.policy')),
      segmentBytes: Number(this.#topicText(topic, 'internal.segment.bytes') ?? this.#topicText(topic, 'segment.bytes')),
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
}
