import type { Headers, Serialized } from '@streamwright/formats'

/** Told what became of a record: null is well. Must not throw. */
export type Delivered = (error: Error | null) => void

/** Takes what a task writes: to sinks, repartition topics and changelogs. Never waits. */
export interface RecordCollector {
  /** Without a partition the producer's partitioner decides. */
  send(
    topic: string,
    partition: number | undefined,
    timestamp: number,
    key: Serialized | null,
    value: Serialized | null,
    headers: Headers | undefined,
    onDelivered: Delivered,
  ): void
  /** For partitioners; undefined as long as it is not known. */
  partitionCount(topic: string): number | undefined
  /**
   * Finds out how many partitions a topic has, then calls `send`, after what was held back before for the same topic.
   * `failed` is called instead when that cannot be found out.
   */
  whenKnown(topic: string, send: () => void, failed: (error: Error) => void): void
  /** Partitioners may choose any partition, whatever the count says: topics of the test driver have no real ones. */
  readonly acceptsAnyPartition?: boolean
}
