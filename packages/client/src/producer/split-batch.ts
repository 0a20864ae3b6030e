import type { RecordBatchBuilder } from '@streamwright/protocol'
import { RecordBatch } from '@streamwright/protocol'
import type { BatchSequence } from './producer-batch.ts'
import { addToSequence, ProducerBatch } from './producer-batch.ts'

/**
 * Splits a batch that the broker found too large into several of at most half its size, with the same records in the
 * same order. Sequence numbers go on through the parts, so that what follows the batch still fits.
 */
export function splitBatch(
  batch: ProducerBatch,
  bytesMax: number,
  newBuilder: () => RecordBatchBuilder,
): ProducerBatch[] {
  const targetBytes = Math.min(bytesMax, Math.ceil(batch.builder.sizeInBytes / 2))
  const builders: RecordBatchBuilder[] = []
  const [records] = RecordBatch.read(batch.builder.build())
  const cursor = records?.records()
  while (cursor?.next() === true) {
    const recordBytes = cursor.keyEnd - cursor.keyStart + (cursor.valueEnd - cursor.valueStart)
    let builder = builders.at(-1)
    if (builder === undefined || (!builder.isEmpty && builder.sizeInBytes + recordBytes > targetBytes)) {
      builder = newBuilder()
      builders.push(builder)
    }
    builder.append(cursor.timestamp, cursor.key(), cursor.value(), cursor.headers())
  }
  return parts(batch, builders)
}

function parts(batch: ProducerBatch, builders: readonly RecordBatchBuilder[]): ProducerBatch[] {
  let first = 0
  return builders.map((builder, index) => {
    const span = batch.span / builders.length
    const place = batch.place + index * span
    const part = new ProducerBatch(batch.queue, builder, { createdAtMs: batch.createdAtMs, place, span })
    part.isClosed = true
    part.attempts = batch.attempts
    part.sequence = later(batch.sequence, first)
    part.callbacks = batch.callbacks?.slice(first, first + builder.recordCount)
    part.bufferedBytes = builder.sizeInBytes
    first += builder.recordCount
    return part
  })
}

function later(sequence: BatchSequence | undefined, count: number): BatchSequence | undefined {
  return sequence === undefined ? undefined : { ...sequence, baseSequence: addToSequence(sequence.baseSequence, count) }
}
