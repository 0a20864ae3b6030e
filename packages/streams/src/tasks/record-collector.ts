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
  /** For partitioners; throws for a topic that does not exist. */
  partitionCount(topic: string): number
  /** Partitioners may choose any partition, whatever the count says: topics of the test driver have no real ones. */
  readonly acceptsAnyPartition?: boolean
}
