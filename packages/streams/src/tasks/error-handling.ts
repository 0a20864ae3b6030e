import type { Log } from '@streamwright/std'
import { AssertionError, asError } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { RecordContext } from '../processor/record-context.ts'

/** What becomes of a record that fails: it ends the task, or is logged and left out. */
export type FailurePolicy = 'logAndFail' | 'logAndContinue'

export interface FailurePolicies {
  readonly deserialization: FailurePolicy
  readonly processing: FailurePolicy
  readonly production: FailurePolicy
}

/** A record that failed for good: says where it came from and what to do. */
export class RecordError extends StreamsError {
  override readonly name: string = 'RecordError'
  readonly topic: string | null
  readonly partition: number
  readonly offset: number

  constructor(what: string, code: string, context: RecordContext, cause: unknown, remedy: string) {
    const place =
      context.topic === null ? 'a punctuation' : `record ${context.topic}-${context.partition}@${context.offset}`
    super(`${what} for ${place}: ${asError(cause).message}. ${remedy}`, { code, cause })
    this.topic = context.topic
    this.partition = context.partition
    this.offset = context.offset
  }
}

/**
 * Throws under `logAndFail`; otherwise logs, and the caller leaves the record out. `deadLetter` is told in both cases. A broken invariant of our own is
 * thrown as it is under either policy: no record is to blame for it.
 */
export function handleFailure(
  policy: FailurePolicy,
  error: RecordError,
  log: Log,
  deadLetter: (error: RecordError) => void,
): void {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AssertionError) throw cause
  }
  deadLetter(error)
  if (policy === 'logAndFail') throw error
  log.warn(`${error.message} The record is left out`, { code: error.code })
}
