import type { RecordBatch } from '@streamwright/protocol'

/** One record batch of a poll, as the broker keeps it. Decode what you need of it with `batch.records()`. */
export interface FetchedBatch {
  readonly topic: string
  readonly partition: number
  readonly batch: RecordBatch
  /** Records of the batch below this offset are not asked for: a position may lie inside a batch. */
  readonly skipBefore: number
  /** The end of the partition when it was fetched. */
  readonly highWatermark: number
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
