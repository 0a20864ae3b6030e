import type { RecordBatch } from '@streamwright/protocol'
import type { TopicPartition } from '../topic-partition.ts'
import type { ResponseLease } from './response-lease.ts'

/** One record batch of a poll, as the broker keeps it. Decode what you need of it with `batch.records()`. */
export class FetchedBatch implements TopicPartition {
  readonly topic: string
  readonly partition: number
  readonly batch: RecordBatch
  /** Records of the batch below this offset are not asked for: a position may lie inside a batch. */
  readonly skipBefore: number
  /** The end of the partition when it was fetched. */
  readonly highWatermark: number
  #lease: ResponseLease | undefined

  constructor(
    place: TopicPartition,
    batch: RecordBatch,
    options: {
      readonly skipBefore: number
      readonly highWatermark: number
      /** Of the memory that the batch lies in. */
      readonly lease?: ResponseLease
    },
  ) {
    this.topic = place.topic
    this.partition = place.partition
    this.batch = batch
    this.skipBefore = options.skipBefore
    this.highWatermark = options.highWatermark
    this.#lease = options.lease
  }

  /**
   * Says that the batch, its records, and every view of its bytes (keys, values, headers) are done with, so that their
   * memory can take the next response: twice the speed for large records. Optional; whoever keeps a view must not call
   * it, and leaves the memory to the garbage collector.
   */
  release(): void {
    this.#lease?.release()
    this.#lease = undefined
  }
}

/** A record on its own: what {@link eachRecord} yields. */
export interface ConsumedRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[]
}

/** The records of fetched batches, one object each. Keys and values are views of the batch. */
export function* eachRecord(batches: Iterable<FetchedBatch>): Generator<ConsumedRecord> {
  for (const { topic, partition, batch, skipBefore } of batches) {
    const cursor = batch.records()
    while (cursor.next()) {
      if (cursor.offset < skipBefore) continue
      const { offset, timestamp } = cursor
      yield { topic, partition, offset, timestamp, key: cursor.key(), value: cursor.value(), headers: cursor.headers() }
    }
  }
}
