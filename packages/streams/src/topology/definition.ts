import type { Serde } from '@streamwright/formats'
import type { FixedKeyProcessor, Processor } from '../processor/processor.ts'
import type { RecordMetadata } from '../processor/processor-context.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { Headers } from '@streamwright/formats'

/**
 * A topology as data, with internal topic names already prefixed by the application id: what the runtime runs.
 * `Topology.define(config)` makes it.
 */
export interface TopologyDefinition {
  readonly applicationId: string
  /** In the order of their ids. */
  readonly subtopologies: readonly SubtopologyDefinition[]
  readonly globalNodes: readonly GlobalStoreDefinition[]
  /** Source topics (internal ones included) that must have the same number of partitions. */
  readonly copartitionGroups: readonly ReadonlySet<string>[]
}

export interface SubtopologyDefinition {
  readonly id: number
  /** In the order in which they were added, parents before children. */
  readonly nodes: readonly NodeDefinition[]
  /** In the order in which they were registered: the order of flushing. */
  readonly stores: readonly StoreDefinition[]
  /** All topics read: external ones and repartition topics. Those that a pattern matches, if the cluster's are known. */
  readonly sourceTopics: readonly string[]
  readonly sinkTopics: readonly string[]
  /** Repartition topics that this sub-topology reads (this side creates and purges them). */
  readonly repartitionTopics: ReadonlyMap<string, InternalTopicDefinition>
  /** By store name. */
  readonly changelogTopics: ReadonlyMap<string, InternalTopicDefinition>
  /** Stores restored from their source topic instead of a changelog: store name → topic. */
  readonly sourceTopicStores: ReadonlyMap<string, string>
  /** The topics upstream of each store, by its name. Those that a pattern matches, if the cluster's are known. */
  readonly storeSources: ReadonlyMap<string, readonly string[]>
}

export interface InternalTopicDefinition {
  readonly name: string
  /** Fixed by the user; otherwise derived from the sources. */
  readonly partitions: number | undefined
  /** Topic settings that Streams itself gives (with `retention.ms` including the additional day). */
  readonly config: Readonly<Record<string, string>>
}

export type NodeDefinition = SourceDefinition | ProcessorDefinition | SinkDefinition

export interface SourceDefinition {
  readonly kind: 'source'
  readonly name: string
  readonly topics: readonly string[] | RegExp
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
  readonly timestampExtractor: TimestampExtractor | undefined
  readonly offsetReset: OffsetReset | undefined
}

export interface ProcessorDefinition {
  readonly kind: 'processor'
  readonly name: string
  readonly parents: readonly string[]
  /** Makes the processor of one task: called once per task. */
  readonly create: () => Processor<unknown, unknown, unknown, unknown> | FixedKeyProcessor<unknown, unknown, unknown>
  readonly fixedKey: boolean
  /** Names of the stores it may use. */
  readonly stores: readonly string[]
  /** The topology's own, for what asks for them. */
  readonly defaultSerdes?: { readonly key: Serde<unknown> | undefined; readonly value: Serde<unknown> | undefined }
}

export interface SinkDefinition {
  readonly kind: 'sink'
  readonly name: string
  readonly parents: readonly string[]
  /** A topic name, or a function that chooses one per record. */
  readonly topic: string | TopicNameExtractor
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
  readonly partitioner: StreamPartitioner | undefined
}

export interface GlobalStoreDefinition {
  readonly id: number
  readonly source: SourceDefinition
  readonly processor: ProcessorDefinition
  readonly store: StoreDefinition
}

export type OffsetReset = 'earliest' | 'latest' | 'none' | { readonly byDurationMs: number }

/** What a timestamp extractor sees. Key and value are deserialized. */
export interface ConsumedRecord<K = unknown, V = unknown> extends RecordMetadata {
  readonly key: K
  readonly value: V
  readonly timestamp: number
  readonly headers: Headers
}
// The three types below are written as methods are, so that parameters compare in both directions: a stream of orders may
// then stand where a stream of anything is wanted, and nodes hold these functions without their types.

/** Returns milliseconds since 1970; a negative result drops the record. `partitionTimeMs` is −1 before the first record. */
export type TimestampExtractor<K = unknown, V = unknown> = {
  extract(record: ConsumedRecord<K, V>, partitionTimeMs: number): number
}['extract']

export type TopicNameExtractor<K = unknown, V = unknown> = {
  extract(
    key: K,
    value: V,
    metadata: RecordMetadata & { readonly headers: Headers; readonly timestamp: number },
  ): string
}['extract']

/** Undefined: the producer's default. An empty list drops the record; several numbers write it to each. */
export type StreamPartitioner<K = unknown, V = unknown> = {
  partitions(topic: string, key: K, value: V, partitionCount: number): readonly number[] | undefined
}['partitions']
