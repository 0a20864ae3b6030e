import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { asError } from '@streamwright/std'

/** The bytes of a segment make no sense. Start-up after a crash repairs the end of a log; nothing repairs its middle. */
export function logCorrupt(path: string, cause?: unknown): KafkaError {
  const detail = `${path} is damaged: restore it from a copy, or move consumers past it and let retention remove it`
  return new KafkaError(ErrorCode.CORRUPT_MESSAGE, detail, cause)
}

/** What is wrong with one record of a batch. */
export interface RecordError {
  /** Counts from 0 in the batch. */
  readonly batchIndex: number
  readonly message: string
}

/** A batch was refused because of some of its records. */
export class InvalidRecordsError extends KafkaError {
  readonly recordErrors: readonly RecordError[]

  constructor(errorCode: number, message: string, recordErrors: readonly RecordError[]) {
    super(errorCode, message)
    this.recordErrors = recordErrors
  }
}

export function invalidRecords(errorCode: number, recordErrors: readonly RecordError[]): InvalidRecordsError {
  const some = recordErrors
    .slice(0, 3)
    .map(({ batchIndex, message }) => `RecordError(batchIndex=${batchIndex}, message='${message}')`)
  const reason =
    errorCode === ErrorCode.INVALID_TIMESTAMP
      ? 'invalid timestamp'
      : `${recordErrors.length} record errors in total, and only showing the first three errors at most: [${some.join(', ')}]`
  return new InvalidRecordsError(errorCode, `One or more records have been rejected due to ${reason}`, recordErrors)
}

/** A batch that no leader accepts, whatever its records. */
export function invalidRecord(detail: string): KafkaError {
  return kafkaError(ErrorCode.INVALID_RECORD, detail)
}

/** The disk did not take what was to be written. */
export function storageFailed(path: string, cause: unknown): KafkaError {
  return new KafkaError(
    ErrorCode.KAFKA_STORAGE_ERROR,
    `${path} cannot be written (${asError(cause).message}): make room on the disk, or see what it reports`,
    cause,
  )
}

export function offsetOutOfRange(name: string, offset: number, start: number, end: number): KafkaError {
  return kafkaError(
    ErrorCode.OFFSET_OUT_OF_RANGE,
    `Offset ${offset} is not in ${name}, which has offsets ${start} to ${end}`,
  )
}
