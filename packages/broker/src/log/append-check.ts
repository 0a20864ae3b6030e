import { ErrorCode, crc32c, kafkaError } from '@streamwright/protocol'
import {
  baseOffsetOf,
  batchHeaderBytes,
  isControl,
  lastOffsetDeltaOf,
  lastOffsetOf,
  magicOf,
  maxTimestampOf,
  placeBatch,
  producerIdOf,
  recordCountOf,
  sizeInBytesOf,
} from './batch-header.ts'
import type { LogSettings } from './log-settings.ts'
import type { ProducedBatch, TransactionMarker } from './produced-batch.ts'
import { producedBatchAt, transactionMarkerAt } from './produced-batch.ts'
import type { ProducerBatch } from './producer-entry.ts'
import type { ProducerState } from './producer-state.ts'

/** Where the next batch goes. */
export interface AppendPlace {
  readonly baseOffset: number
  readonly leaderEpoch: number
}

/** A batch with its place in the log. */
export interface AppendedBatch {
  readonly buffer: Buffer
  readonly baseOffset: number
  readonly lastOffset: number
  readonly maxTimestamp: number
  readonly sizeInBytes: number
  /** Of an idempotent or transactional producer. */
  readonly produced: ProducedBatch | undefined
  readonly marker: TransactionMarker | undefined
}

/** What became of a produced record set. */
export type PreparedAppend =
  | { readonly kind: 'batch'; readonly records: Buffer; readonly logAppendTimeMs: number }
  | { readonly kind: 'duplicate'; readonly batch: ProducerBatch }

export interface ProducedContext extends AppendPlace {
  readonly nowMs: number
  readonly produceVersion: number | undefined
}

const crcAt = 17
const attributesAt = 21

/** Checks a produced record set as the leader does and gives it its place. Throws `KafkaError`. */
export function prepareProduced(
  records: Buffer,
  settings: LogSettings,
  producers: ProducerState,
  context: ProducedContext,
): PreparedAppend {
  checkProduced(records, settings)
  if (producerIdOf(records, 0) >= 0) {
    const duplicate = producers.check(producedBatchAt(records, 0))
    if (duplicate !== undefined) return { kind: 'duplicate', batch: duplicate }
  }
  placeBatch(records, 0, context.baseOffset, context.leaderEpoch)
  return { kind: 'batch', records, logAppendTimeMs: -1 }
}

function checkProduced(records: Buffer, settings: LogSettings): void {
  if (records.length < batchHeaderBytes) throw invalidRecord('the record set holds no batch')
  if (magicOf(records, 0) !== 2) throw invalidRecord('only record batches of format 2 are accepted')
  const sizeInBytes = sizeInBytesOf(records, 0)
  if (sizeInBytes !== records.length) throw invalidRecord('the record set must hold exactly one batch')
  if (sizeInBytes > settings.maxMessageBytes) throw kafkaError(ErrorCode.MESSAGE_TOO_LARGE)
  if (crc32c(records, attributesAt, records.length) !== records.readUInt32BE(crcAt)) {
    throw kafkaError(ErrorCode.CORRUPT_MESSAGE)
  }
  if (baseOffsetOf(records, 0) !== 0) throw invalidRecord('the batch must start at offset 0')
  const count = recordCountOf(records, 0)
  if (count <= 0 || lastOffsetDeltaOf(records, 0) !== count - 1) throw invalidRecord('the offsets have gaps')
  if (isControl(records, 0)) throw invalidRecord('clients do not write control batches')
}

function invalidRecord(detail: string): Error {
  return kafkaError(ErrorCode.INVALID_RECORD, detail)
}

/** Takes a record set apart into its batches. With `place` they get their offsets first, one behind the other. */
export function appendedBatches(records: Buffer, place?: AppendPlace): readonly AppendedBatch[] {
  const batches: AppendedBatch[] = []
  let nextOffset = place?.baseOffset ?? 0
  for (let at = 0; at < records.length;) {
    const sizeInBytes = sizeInBytesOf(records, at)
    if (place !== undefined) placeBatch(records, at, nextOffset, place.leaderEpoch)
    nextOffset = lastOffsetOf(records, at) + 1
    batches.push({
      buffer: sizeInBytes === records.length ? records : records.subarray(at, at + sizeInBytes),
      baseOffset: baseOffsetOf(records, at),
      lastOffset: nextOffset - 1,
      maxTimestamp: maxTimestampOf(records, at),
      sizeInBytes,
      produced: producerIdOf(records, at) >= 0 && !isControl(records, at) ? producedBatchAt(records, at) : undefined,
      marker: transactionMarkerAt(records, at, sizeInBytes),
    })
    at += sizeInBytes
  }
  return batches
}
