import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { asError } from '@streamwright/std'

/** The bytes of a segment make no sense. Start-up after a crash repairs the end of a log; nothing repairs its middle. */
export function logCorrupt(path: string, cause?: unknown): KafkaError {
  const detail = `${path} is damaged: restore it from a copy, or move consumers past it and let retention remove it`
  return new KafkaError(ErrorCode.CORRUPT_MESSAGE, detail, cause)
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
