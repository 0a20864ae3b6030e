import type { CompressionType } from '@streamwright/protocol'
import { ErrorCode, RecordBatch, RecordBatchBuilder, crc32c, kafkaError } from '@streamwright/protocol'
import type { CheckedBatch } from './append-check.ts'
import {
  attributesAt,
  baseOffsetOf,
  crcAt,
  isControl,
  lastOffsetOf,
  maxTimestampAt,
  maxTimestampOf,
  placeBatch,
  producerIdOf,
  sizeInBytesOf,
  writeInt64,
} from './batch-header.ts'
import type { LogSettings } from './log-settings.ts'
import type { ProducedBatch, TransactionMarker } from './produced-batch.ts'
import { producedBatchAt, transactionMarkerAt } from './produced-batch.ts'

/** Where the next batch goes. */
export interface AppendPlace {
  readonly baseOffset: number
  readonly leaderEpoch: number
}

/** A batch with its place in the log. */
export interface PlacedBatch {
  readonly buffer: Buffer
  readonly baseOffset: number
  readonly lastOffset: number
  readonly maxTimestamp: number
  readonly sizeInBytes: number
  /** Of an idempotent or transactional producer. */
  readonly produced: ProducedBatch | undefined
  readonly marker: TransactionMarker | undefined
}

const logAppendTimeBit = 0x08

/**
 * Gives a checked batch its place, and what the topic wants of it: LogAppendTime, another compression. It stays the
 * same memory where only its place changes, which is the rule. Throws MESSAGE_TOO_LARGE when recompression has made it
 * so, and RECORD_LIST_TOO_LARGE when no segment can hold it.
 */
export function placeProduced(
  records: Buffer,
  checked: CheckedBatch,
  settings: LogSettings,
  place: AppendPlace,
  nowMs: number,
): PlacedBatch {
  const isLogAppendTime = settings.messageTimestampType === 'LogAppendTime'
  const maxTimestamp = isLogAppendTime ? nowMs : checked.maxTimestamp
  const target = rewriteTarget(records, checked, settings)
  let batch = target === undefined ? records : rewrite(records, target)
  if (batch.length > settings.maxMessageBytes) {
    throw kafkaError(ErrorCode.MESSAGE_TOO_LARGE, `the batch has ${batch.length} bytes as ${target ?? 'sent'}`)
  }
  if (batch.length > settings.segmentBytes) {
    throw kafkaError(
      ErrorCode.RECORD_LIST_TOO_LARGE,
      `a batch of ${batch.length} bytes where segment.bytes is ${settings.segmentBytes}`,
    )
  }
  const attributes = batch.readInt16BE(attributesAt)
  const wanted = isLogAppendTime ? attributes | logAppendTimeBit : attributes & ~logAppendTimeBit
  if (attributes !== wanted || maxTimestampOf(batch, 0) !== maxTimestamp) {
    // The producer may send the same memory again, and must find it as it was.
    if (batch === records) batch = Buffer.from(records)
    batch.writeInt16BE(wanted, attributesAt)
    writeInt64(batch, maxTimestamp, maxTimestampAt)
    batch.writeUInt32BE(crc32c(batch, attributesAt, batch.length), crcAt)
  }
  placeBatch(batch, 0, place.baseOffset, place.leaderEpoch)
  return placedBatchAt(batch, 0)
}

function rewriteTarget(records: Buffer, checked: CheckedBatch, settings: LogSettings): CompressionType | undefined {
  const { compression } = new RecordBatch(records, 0, records.length)
  const { compressionType } = settings
  const isKept = compressionType === 'producer' || compressionType === compression
  if (isKept && (checked.hasConsecutiveOffsets || compression === 'none')) return undefined
  switch (compressionType) {
    case 'gzip':
    case 'snappy':
    case 'lz4':
    case 'zstd':
      return compressionType
    case 'uncompressed':
    case 'none':
      return compression === 'none' ? undefined : 'none'
    default:
      return compression
  }
}

function rewrite(records: Buffer, compression: CompressionType): Buffer {
  const batch = new RecordBatch(records, 0, records.length)
  if (batch.producerId >= 0 && batch.producerEpoch < 0) {
    throw kafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, `a producer of epoch ${batch.producerEpoch} has no batches`)
  }
  const builder = new RecordBatchBuilder({ compression, initialCapacity: records.length })
  const cursor = batch.records()
  while (cursor.next()) builder.append(cursor.timestamp, cursor.key(), cursor.value(), cursor.headers())
  return builder.build({
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    transactional: batch.isTransactional,
  })
}

/** Takes a record set of our own apart into its batches, and gives them their offsets, one behind the other. */
export function placeTrusted(records: Buffer, place: AppendPlace): readonly PlacedBatch[] {
  const batches: PlacedBatch[] = []
  let nextOffset = place.baseOffset
  for (let at = 0; at < records.length; at += sizeInBytesOf(records, at)) {
    placeBatch(records, at, nextOffset, place.leaderEpoch)
    const batch = placedBatchAt(records, at)
    nextOffset = batch.lastOffset + 1
    batches.push(batch)
  }
  return batches
}

function placedBatchAt(records: Buffer, at: number): PlacedBatch {
  const sizeInBytes = sizeInBytesOf(records, at)
  return {
    buffer: sizeInBytes === records.length ? records : records.subarray(at, at + sizeInBytes),
    baseOffset: baseOffsetOf(records, at),
    lastOffset: lastOffsetOf(records, at),
    maxTimestamp: maxTimestampOf(records, at),
    sizeInBytes,
    produced: producerIdOf(records, at) >= 0 && !isControl(records, at) ? producedBatchAt(records, at) : undefined,
    marker: transactionMarkerAt(records, at, sizeInBytes),
  }
}
