import type { TopicPartition } from './topic-partition.ts'

/** What the consumer keeps of one partition assigned to it. */
export interface PartitionState extends TopicPartition {
  /** Where the next poll goes on; undefined until it is known. */
  position: number | undefined
  /** Set when the position was out of range: the reset policy decides, not the group. */
  outOfRange: boolean
  paused: boolean
  highWatermark: number
  lastStableOffset: number
  /** Grows with each seek, so that data fetched before it is told apart. */
  version: number
  /** No fetch before this point in monotonic time: the last one failed. */
  retryAtMs: number
}

export function partitionState({ topic, partition }: TopicPartition): PartitionState {
  return {
    topic,
    partition,
    position: undefined,
    outOfRange: false,
    paused: false,
    highWatermark: -1,
    lastStableOffset: -1,
    version: 0,
    retryAtMs: 0,
  }
}
