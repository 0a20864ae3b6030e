import { RecordTooLargeError } from '../errors.ts'
import type { ProducerSettings } from './producer-settings.ts'

/** What a batch has before its records. */
export const recordBatchHeaderBytes = 61

/** Why a record of so many bytes cannot be sent; undefined: it can. */
export function tooLarge(
  recordBytes: number,
  { maxRequestSize, bufferMemory }: ProducerSettings,
): RecordTooLargeError | undefined {
  const bytes = recordBytes + recordBatchHeaderBytes
  if (bytes > maxRequestSize) {
    return new RecordTooLargeError(
      `A record of ${bytes} bytes is larger than max.request.size (${maxRequestSize}): raise it, with the topic's ` +
        'max.message.bytes, or send less in one record',
    )
  }
  if (bytes <= bufferMemory) return undefined
  return new RecordTooLargeError(`A record of ${bytes} bytes is larger than buffer.memory (${bufferMemory}): raise it`)
}
