import { ErrorCode, ProtocolError, RecordBatch, crc32c, kafkaError } from '@streamwright/protocol'
import {
  attributesAt,
  baseOffsetOf,
  batchHeaderBytes,
  crcAt,
  isControl,
  lastOffsetDeltaOf,
  magicOf,
  recordCountOf,
  sizeInBytesOf,
} from './batch-header.ts'
import type { RecordError } from './log-errors.ts'
import { invalidRecord, invalidRecords } from './log-errors.ts'
import type { LogSettings } from './log-settings.ts'

/** What the check of a produced batch found out, beside that it is in order. */
export interface CheckedBatch {
  /** Of its records, whatever the header says. */
  readonly maxTimestamp: number
  /** Offsets inside the batch count 0, 1, 2…, as readers of compressed batches rely upon. */
  readonly hasConsecutiveOffsets: boolean
}

/** What a check depends on beside the topic's settings. */
export interface CheckContext {
  /** The partition, as `topic-0`. */
  readonly name: string
  readonly nowMs: number
  /** `undefined`: the newest. */
  readonly produceVersion: number | undefined
}

const compressionBits = 0x07
const zstdId = 4
const firstVersionWithZstd = 7
/** A batch's offset and length; what any message of the first format has after them; where the format has been told. */
const lengthEnd = 12
const messageBytesMin = 14
const magicEnd = 17

/**
 * Checks a produced record set as Kafka's leader does: exactly one whole batch of format 2, sound, not too large, and
 * each record with a timestamp in range and, in a compacted topic, with a key. Changes nothing. Throws `KafkaError`;
 * where single records are at fault, with their indexes.
 */
export function checkProduced(records: Buffer, settings: LogSettings, context: CheckContext): CheckedBatch {
  checkEnvelope(records, context.produceVersion)
  if (records.length > settings.maxMessageBytes) {
    throw kafkaError(
      ErrorCode.MESSAGE_TOO_LARGE,
      `a batch of ${records.length} bytes where max.message.bytes is ${settings.maxMessageBytes}`,
    )
  }
  if (crc32c(records, attributesAt, records.length) !== records.readUInt32BE(crcAt)) {
    throw kafkaError(ErrorCode.CORRUPT_MESSAGE, 'the checksum of the batch is wrong')
  }
  const count = recordCountOf(records, 0)
  if (baseOffsetOf(records, 0) !== 0) throw invalidRecord('the batch must start at offset 0')
  if (count <= 0 || lastOffsetDeltaOf(records, 0) !== count - 1) {
    throw invalidRecord(`the batch claims ${count} records and offsets up to ${lastOffsetDeltaOf(records, 0)}`)
  }
  if (isControl(records, 0)) throw invalidRecord('clients do not write control batches')
  return checkRecords(records, settings, context)
}

/** Throws what {@link envelopeError} says, for those who have not asked it. */
function checkEnvelope(records: Buffer, produceVersion: number | undefined): void {
  const errorCode = envelopeError(records, produceVersion)
  if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, 'the record set does not hold exactly one whole batch')
  if (sizeInBytesOf(records, 0) < batchHeaderBytes) {
    throw kafkaError(ErrorCode.CORRUPT_MESSAGE, `a batch of ${sizeInBytesOf(records, 0)} bytes`)
  }
}

/**
 * What is wrong with a record set before any log is looked at: it must hold one batch of format 2, of which the
 * Produce version knows the codec. The beginning of another batch behind it, cut short, is nothing, as in Java.
 */
export function envelopeError(records: Buffer | null, produceVersion: number | undefined): number {
  if (records === null) return ErrorCode.INVALID_RECORD
  const size = nextBatchBytes(records, 0)
  if (size === undefined) return ErrorCode.CORRUPT_MESSAGE
  if (size === 0 || magicOf(records, 0) !== 2) return ErrorCode.INVALID_RECORD
  const codec = records.readInt16BE(attributesAt) & compressionBits
  if (codec > zstdId) return ErrorCode.UNKNOWN_SERVER_ERROR
  if (codec === zstdId && produceVersion !== undefined && produceVersion < firstVersionWithZstd) {
    return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
  }
  if (size === records.length) return ErrorCode.NONE
  const another = nextBatchBytes(records, size)
  if (another === undefined) return ErrorCode.CORRUPT_MESSAGE
  return another === 0 ? ErrorCode.NONE : ErrorCode.INVALID_RECORD
}

/** Without what stands behind the first batch, when that is none. */
export function withoutRest(records: Buffer): Buffer {
  const size = nextBatchBytes(records, 0) ?? 0
  if (size === 0 || size === records.length || nextBatchBytes(records, size) !== 0) return records
  return records.subarray(0, size)
}

/** Of the batch at a place; 0 when there is no whole one, `undefined` when what is there cannot be one. */
export function nextBatchBytes(records: Buffer, at: number): number | undefined {
  const left = records.length - at
  if (left < lengthEnd) return 0
  const size = sizeInBytesOf(records, at)
  if (size - lengthEnd < messageBytesMin) return undefined
  if (left < magicEnd) return 0
  const magic = magicOf(records, at)
  if (magic < 0 || magic > 2) return undefined
  return left < size ? 0 : size
}

function checkRecords(records: Buffer, settings: LogSettings, { name, nowMs }: CheckContext): CheckedBatch {
  const batch = new RecordBatch(records, 0, records.length)
  const needsKey = settings.cleanupPolicy.includes('compact')
  const isCreateTime = settings.messageTimestampType === 'CreateTime'
  const claimsAppendTime = batch.timestampType === 'logAppend'
  const earliest = isCreateTime ? nowMs - settings.messageTimestampBeforeMaxMs : -Infinity
  const latest = isCreateTime ? nowMs + settings.messageTimestampAfterMaxMs : Infinity
  const errors: RecordError[] = []
  let timestampErrors = 0
  let maxTimestamp = -1
  let hasConsecutiveOffsets = true
  try {
    const cursor = batch.records()
    for (let index = 0; cursor.next(); index++) {
      const { timestamp } = cursor
      if (timestamp > maxTimestamp) maxTimestamp = timestamp
      if (cursor.offset !== index) hasConsecutiveOffsets = false
      const isTimed = isCreateTime && timestamp !== -1
      if (needsKey && cursor.keyStart < 0) {
        errors.push({
          batchIndex: index,
          message: `Compacted topic cannot accept message without key in topic partition ${name}`,
        })
      } else if (isTimed ? timestamp < earliest || timestamp > latest : claimsAppendTime) {
        timestampErrors++
        errors.push({ batchIndex: index, message: timestampProblem(index, timestamp, isTimed, settings, nowMs) })
      }
    }
  } catch (error) {
    if (error instanceof ProtocolError) throw invalidRecord(error.message)
    throw error
  }
  if (errors.length > 0) {
    throw invalidRecords(timestampErrors > 0 ? ErrorCode.INVALID_TIMESTAMP : ErrorCode.INVALID_RECORD, errors)
  }
  return { maxTimestamp, hasConsecutiveOffsets }
}

function timestampProblem(
  index: number,
  timestamp: number,
  isTimed: boolean,
  settings: LogSettings,
  nowMs: number,
): string {
  if (!isTimed) return 'A producer does not set the timestamp type to LogAppendTime.'
  const earliest = BigInt(nowMs) - longOf(settings.messageTimestampBeforeMaxMs)
  const latest = BigInt(nowMs) + longOf(settings.messageTimestampAfterMaxMs)
  const range = `[${earliest}, ${BigInt.asIntN(64, latest)}]`
  return `Timestamp ${timestamp} of message with offset ${index} is out of range. The timestamp should be within ${range}`
}

/** The largest of Java's numbers is none of ours. */
function longOf(value: number): bigint {
  return value >= 2 ** 63 ? 2n ** 63n - 1n : BigInt(value)
}
