import type { Environment } from '@streamwright/std'
import { asError, deferred, delay, int32Max } from '@streamwright/std'
import type { Backoff } from '../connection/backoff.ts'
import { backoffMs } from '../connection/backoff.ts'
import { isRetriable, OperationTimeoutError } from '../errors.ts'

export interface RetryOptions {
  /** What is tried, for the error: `Creating topics`. */
  readonly what: string
  /** A point in monotonic time. */
  readonly deadlineMs: number
  readonly backoff: Backoff
  /** How often to try again at most. Default: as often as there is time. */
  readonly retries?: number
  /** Which failures to try again after. Default: by their own word. */
  readonly isRetriable?: (error: unknown) => boolean
  /** Called between two tries: the place to invalidate what was cached. */
  readonly beforeRetry?: (error: unknown) => void
  /** Ends the waiting: the client was closed. */
  readonly signal?: AbortSignal
}

/**
 * Tries until it succeeds, fails for good or time is over, and waits longer between tries each time. `remainingMs` is
 * what is left for the try.
 */
export async function retrying<T>(
  environment: Environment,
  options: RetryOptions,
  attempt: (remainingMs: number) => Promise<T>,
): Promise<T> {
  const { clock, timers, random } = environment
  const mayRetry = options.isRetriable ?? isRetriable
  for (let failures = 1; ; failures++) {
    try {
      return await attempt(Math.max(0, options.deadlineMs - clock.monotonicMs()))
    } catch (error) {
      if (!mayRetry(error) || failures > (options.retries ?? Infinity)) throw error
      const waitMs = backoffMs(options.backoff, failures, random)
      if (clock.monotonicMs() + waitMs >= options.deadlineMs) throw timedOut(options.what, error)
      options.beforeRetry?.(error)
      await delay(timers, waitMs, options.signal)
    }
  }
}

function timedOut(what: string, error: unknown): OperationTimeoutError {
  return new OperationTimeoutError(
    `${what} did not succeed in time; the last failure: ${asError(error).message}`,
    error,
  )
}

/**
 * Resolves with `promise`, or rejects when it takes longer than `timeoutMs`; it then goes on unheard. `why` may know
 * what keeps it from succeeding.
 */
export function within<T>(
  environment: Environment,
  timeoutMs: number,
  what: string,
  promise: Promise<T>,
  why?: () => Error | undefined,
): Promise<T> {
  const { promise: result, resolve, reject } = deferred<T>()
  const timer = environment.timers.after(Math.min(timeoutMs, int32Max), () => {
    const cause = why?.()
    const reason = cause === undefined ? '' : `; the last failure: ${cause.message}`
    reject(new OperationTimeoutError(`${what} did not succeed within ${Math.round(timeoutMs)} ms${reason}`, cause))
  })
  promise.then(resolve, reject).finally(() => timer.cancel())
  return result
}
