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
  readonly nowMs: number
  /** `undefined`: the newest. */
  readonly produceVersion: number | undefined
}

const compressionBits = 0x07
const zstdId = 4
const firstVersionWithZstd = 7

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
  return checkRecords(records, settings, context.nowMs)
}

function checkEnvelope(records: Buffer, produceVersion: number | undefined): void {
  if (records.length < batchHeaderBytes) throw invalidRecord('the record set holds no whole batch')
  if (magicOf(records, 0) !== 2) throw invalidRecord(`batches have format 2, this one has ${magicOf(records, 0)}`)
  if (sizeInBytesOf(records, 0) !== records.length) throw invalidRecord('the record set must hold exactly one batch')
  const codec = records.readInt16BE(attributesAt) & compressionBits
  if (codec > zstdId) throw kafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, `there is no compression codec ${codec}`)
  if (codec === zstdId && produceVersion !== undefined && produceVersion < firstVersionWithZstd) {
    throw kafkaError(
      ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
      `zstd needs Produce version ${firstVersionWithZstd}, the request has ${produceVersion}`,
    )
  }
}

function checkRecords(records: Buffer, settings: LogSettings, nowMs: number): CheckedBatch {
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
        errors.push({ batchIndex: index, message: 'A compacted topic takes no record without a key.' })
      } else if (isTimed ? timestamp < earliest || timestamp > latest : claimsAppendTime) {
        timestampErrors++
        errors.push({ batchIndex: index, message: timestampProblem(timestamp, isTimed, settings) })
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

function timestampProblem(timestamp: number, isTimed: boolean, settings: LogSettings): string {
  if (!isTimed) return 'A producer does not set the timestamp type to LogAppendTime.'
  return (
    `Timestamp ${timestamp} is more than message.timestamp.before.max.ms=${settings.messageTimestampBeforeMaxMs} ` +
    `before or message.timestamp.after.max.ms=${settings.messageTimestampAfterMaxMs} after the broker's time.`
  )
}
