import { ErrorCode, errorInfo, kafkaError } from '@streamwright/protocol'
import type { ProduceResponsePartitionProduce } from '@streamwright/protocol/messages/produce'
import { StreamwrightError } from '@streamwright/std'
import type { ProducerBatch } from './producer-batch.ts'

/** What to do with a batch after an answer, or after none came. */
export type BatchOutcome =
  | { readonly kind: 'written'; readonly baseOffset: number; readonly logAppendTimeMs: number }
  /** `afresh`: under a new identity, since the sequence has a gap that will not be filled. */
  | { readonly kind: 'retry'; readonly error: Error; readonly afresh: boolean; readonly refreshMetadata: boolean }
  | { readonly kind: 'split'; readonly error: Error }
  | { readonly kind: 'failed'; readonly error: Error; readonly errorAt?: (index: number) => Error | null }

/** The outcome by a broker's answer. */
export function outcomeOf(batch: ProducerBatch, answer: ProduceResponsePartitionProduce): BatchOutcome {
  const { errorCode } = answer
  if (errorCode === ErrorCode.NONE || errorCode === ErrorCode.DUPLICATE_SEQUENCE_NUMBER) {
    return {
      kind: 'written',
      baseOffset: Number(answer.baseOffset),
      logAppendTimeMs: Number(answer.logAppendTimeMs),
    }
  }
  const { topic, partition } = batch.queue
  const error = kafkaError(errorCode, answer.errorMessage ?? `Writing to partition ${partition} of topic ${topic}`)
  if (errorCode === ErrorCode.MESSAGE_TOO_LARGE) {
    if (batch.recordCount > 1) return { kind: 'split', error }
    const detail = `The record for topic ${topic} exceeds what the topic takes: raise its max.message.bytes`
    return { kind: 'failed', error: kafkaError(errorCode, detail) }
  }
  if (batch.sequence !== undefined) {
    const afresh = needsNewSequence(batch, answer)
    if (afresh !== undefined) return { kind: 'retry', error, afresh, refreshMetadata: false }
  }
  const { retriable, refreshMetadata } = errorInfo(errorCode)
  if (retriable) return { kind: 'retry', error, afresh: false, refreshMetadata }
  return { kind: 'failed', error, ...recordErrors(answer, error) }
}

/** The outcome when no answer came. */
export function outcomeWithoutAnswer(error: Error): BatchOutcome {
  const isRetriable = error instanceof StreamwrightError && error.retriable
  return isRetriable ? { kind: 'retry', error, afresh: false, refreshMetadata: true } : { kind: 'failed', error }
}

/**
 * For answers about the sequence: whether the batch can go again as it is (false) or in a new sequence (true).
 * - OUT_OF_ORDER_SEQUENCE_NUMBER is what happens to all that was on the way behind a batch that failed: it goes again as
 *   it is, after that one. If nothing goes before it, the broker has lost track.
 * - UNKNOWN_PRODUCER_ID: the broker has forgotten the producer, because all its records were deleted.
 */
function needsNewSequence(batch: ProducerBatch, answer: ProduceResponsePartitionProduce): boolean | undefined {
  switch (answer.errorCode) {
    case ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER:
      return !batch.queue.hasBefore(batch)
    case ErrorCode.UNKNOWN_PRODUCER_ID:
      // Before version 5 the answer does not say where the log starts; then nothing can be concluded.
      return answer.logStartOffset !== -1n && !batch.queue.hasBefore(batch)
    default:
      return undefined
  }
}

/** One bad record fails its whole batch; the others are told so. */
function recordErrors(
  answer: ProduceResponsePartitionProduce,
  error: Error,
): { readonly errorAt?: (index: number) => Error } {
  if (answer.recordErrors.length === 0) return {}
  const bad = new Map(answer.recordErrors.map((each) => [each.batchIndex, each.batchIndexErrorMessage]))
  const collateral = kafkaError(answer.errorCode, 'Another record of its batch was refused; send it again')
  return {
    errorAt(index) {
      const message = bad.get(index)
      if (message === undefined) return collateral
      return message === null ? error : kafkaError(answer.errorCode, message)
    },
  }
}
