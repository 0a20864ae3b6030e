import type { Serde } from '@streamwright/formats'
import type { OffsetReset, StreamPartitioner, TimestampExtractor } from '../topology/definition.ts'
import type { StoreEngine } from '../state/store-definition.ts'
import type { StoreSupplier, WindowStoreSupplier } from './stores.ts'

/** Java: `Named`. The name of the node, and part of the names of what belongs to it. */
export interface NamedOptions {
  readonly name?: string
}

/** Java: `Consumed`. */
export interface ConsumedOptions<K, V> extends NamedOptions {
  readonly key?: Serde<NonNullable<K>>
  readonly value?: Serde<NonNullable<V>>
  /** Default: the timestamp of the record. */
  readonly timestampExtractor?: TimestampExtractor<K, V>
  /** Where to begin without a committed offset. Default: the consumer's `auto.offset.reset`. */
  readonly offsetReset?: OffsetReset
}

/** Java: `Produced`. */
export interface ProducedOptions<K, V> extends NamedOptions {
  readonly key?: Serde<NonNullable<K>>
  readonly value?: Serde<NonNullable<V>>
  /** Default: the producer's, by the bytes of the key; windowed keys by the key inside. */
  readonly partitioner?: StreamPartitioner<K, V>
}

/** Java: `Grouped`. The name also becomes that of the repartition topic. */
export interface GroupedOptions<K, V> extends NamedOptions {
  readonly key?: Serde<NonNullable<K>>
  readonly value?: Serde<NonNullable<V>>
}

/** Java: `Joined`, of a stream with a table. The name also becomes that of the repartition topic. */
export interface JoinedOptions<K, V, Row> extends NamedOptions {
  readonly key?: Serde<NonNullable<K>>
  /** Of the stream's values, for the repartition topic. */
  readonly value?: Serde<NonNullable<V>>
  /** Of the rows; taken for symmetry, the table knows it. */
  readonly otherValue?: Serde<NonNullable<Row>>
  /**
   * How long a record waits, in stream time, for updates of the row it belongs to; it is then joined with the row as it
   * was at its own time. Only with a versioned table that remembers as much. Later records are joined at once.
   */
  readonly graceMs?: number
}

/** Java: `StreamJoined`, of two streams. The name also becomes part of the names of repartition topics. */
export interface StreamJoinedOptions<K, V, V2> extends NamedOptions {
  readonly key?: Serde<NonNullable<K>>
  /** Of the values of this stream, and of the other one. Default: what is known of the streams. */
  readonly value?: Serde<NonNullable<V>>
  readonly otherValue?: Serde<NonNullable<V2>>
  /** Beginning of the names of the stores. Default: made up. */
  readonly storeName?: string
  /** Where the records are kept. Default: the builder's `storeEngine`. */
  readonly storeType?: StoreEngine
  /** Stores of a chosen kind for each side; they must retain duplicates, and fit the windows. */
  readonly thisSupplier?: WindowStoreSupplier
  readonly otherSupplier?: WindowStoreSupplier
  /** `false`: no changelogs. An object: topic settings. Default: changelogs. */
  readonly logging?: boolean | Readonly<Record<string, string>>
}

/** Java: `TableJoined`. The name becomes part of the names of everything that the join makes. */
export interface TableJoinedOptions extends NamedOptions {
  /** How the left table's topic is partitioned, where it is not by the bytes of its keys. */
  readonly partitioner?: StreamPartitioner
  /** The same for the right table's topic. */
  readonly otherPartitioner?: StreamPartitioner
}

/** Java: `Repartitioned`. */
export interface RepartitionedOptions<K, V> extends NamedOptions {
  readonly key?: Serde<NonNullable<K>>
  readonly value?: Serde<NonNullable<V>>
  /** Default: as many as the topics above have. */
  readonly partitions?: number
  readonly partitioner?: StreamPartitioner<K, V>
}

/** Java: `Materialized`. One field of these is enough for the result to count as materialised explicitly. */
export interface MaterializedOptions<K, V> {
  /** Name of the store: makes it queryable, and names its changelog topic. */
  readonly store?: string
  /** A store of a chosen kind, in place of `store`. */
  readonly supplier?: StoreSupplier
  readonly key?: Serde<NonNullable<K>>
  readonly value?: Serde<NonNullable<V>>
  /** Where rows are kept: `memory`, `persistent`, or an engine of your own. Default: the builder's `storeEngine`. */
  readonly engine?: StoreEngine
  /** Whether a record cache merges updates of a key between commits. Default: yes. */
  readonly caching?: boolean
  /** `false`: no changelog, so nothing to restore from. An object: topic settings. Default: a changelog. */
  readonly logging?: boolean | Readonly<Record<string, string>>
  /** Windowed stores only, in milliseconds; at least window size plus grace, which is the default. */
  readonly retentionMs?: number
}

/** Java: `Printed`. */
export interface PrintedOptions<K, V> extends NamedOptions {
  /** Stands in brackets before each line. Default: the name of the stream's node. */
  readonly label?: string
  /** The text of a record. Default: key, comma, value. */
  readonly mapper?: (key: K, value: V) => string
  /** Takes each line, which ends with a line feed. Default: standard output. */
  readonly write?: (line: string) => void
}
