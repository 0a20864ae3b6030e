import assert from 'node:assert/strict'
import { RecordBatchBuilder } from '@streamwright/protocol'
import type { RecordBatch } from '@streamwright/protocol'
import { toHex } from '@streamwright/std'
import type { JsonObject } from '../json.ts'

/**
 * Builds the batch anew from its records: byte for byte the same where a producer could have made it. Compressed bytes
 * depend on the library, and a broker changes what it appends (timestamps, gaps, delete horizons).
 */
export function checkRebuilt(batch: RecordBatch, expected: JsonObject): void {
  if (batch.compression !== 'none' || batch.timestampType !== 'create' || batch.hasDeleteHorizon || batch.isControl)
    return
  if (batch.recordCount === 0 || batch.lastOffset - batch.baseOffset + 1 !== batch.recordCount) return
  const builder = new RecordBatchBuilder()
  for (const cursor = batch.records(); cursor.next();) {
    builder.append(cursor.timestamp, cursor.key(), cursor.value(), cursor.headers())
  }
  const rebuilt = builder.build({
    baseOffset: batch.baseOffset,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    transactional: batch.isTransactional,
  })
  const original = batch.buffer.subarray(batch.start, batch.start + batch.sizeInBytes)
  assert.equal(toHex(rebuilt), toHex(original), `the batch of ${String(expected['count'])} records, built anew`)
}
