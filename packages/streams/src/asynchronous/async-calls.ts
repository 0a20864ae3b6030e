import type { Environment, Timer } from '@streamwright/std'
import { assert } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { RecordContext } from '../processor/record-context.ts'
import type { AsyncCall } from './async-processor.ts'
import type { AsyncSettings } from './async-options.ts'
import type { PendingResult, PendingWork } from './pending-work.ts'

type Outcome<Result> =
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'error'; readonly error: unknown }

/** One record inside the operator. */
interface Entry<Input, Result> {
  readonly input: Input
  readonly context: RecordContext
  /** Equal for records that must not overtake each other; undefined when the record has no such order. */
  readonly orderKey: unknown
  attempt: number
  /** Cuts off the attempt that runs, or the wait for the next one. */
  cancel: ((reason: Error) => void) | undefined
  outcome: Outcome<Result> | undefined
}

export interface AsyncCallsOptions<Input, Result> {
  readonly settings: AsyncSettings
  readonly environment: Environment
  readonly call: (input: Input, call: AsyncCall) => PromiseLike<Result> | Result
  readonly complete: (input: Input, result: Result) => void
  /** An attempt has ended: there is a result to take, or one thing less to wait for. */
  readonly onProgress: () => void
}

/**
 * The records that one asynchronous operator of one task is working on. Calls begin and end whenever they like;
 * results leave only by {@link takeResult}, so that operators below run where the task wants them to.
 *
 * ```
 *   add ──▶ behind its key ──▶ waiting ──▶ running ──▶ done ──▶ takeResult
 *                                 ▲           │
 *                                 └─ backing off (retry)
 * ```
 */
export class AsyncCalls<Input, Result> implements PendingWork {
  readonly #options: AsyncCallsOptions<Input, Result>
  /** Allowed to run, in the order in which they were allowed. */
  readonly #waiting: Entry<Input, Result>[] = []
  /** Records of keys that are in work, behind the one that is. */
  readonly #behind = new Map<unknown, Entry<Input, Result>[]>()
  /** Order `input`: all records as they came. */
  readonly #arrivals: Entry<Input, Result>[] = []
  /** Other orders: records with an outcome, as it came. */
  readonly #done: Entry<Input, Result>[] = []
  readonly #open = new Set<Entry<Input, Result>>()
  #running = 0

  constructor(options: AsyncCallsOptions<Input, Result>) {
    this.#options = options
  }

  get size(): number {
    return this.#open.size
  }

  get running(): number {
    return this.#running
  }

  get isFull(): boolean {
    return this.#open.size >= this.#options.settings.maxPending
  }

  /** Takes a record in. `orderKey` matters to order `key` only. */
  add(input: Input, context: RecordContext, orderKey: unknown): void {
    const { order } = this.#options.settings
    const entry: Entry<Input, Result> = {
      input,
      context,
      orderKey: order === 'key' ? orderKey : undefined,
      attempt: 0,
      cancel: undefined,
      outcome: undefined,
    }
    this.#open.add(entry)
    if (order === 'input') this.#arrivals.push(entry)
    if (entry.orderKey === undefined) return this.#admit(entry)
    const behind = this.#behind.get(entry.orderKey)
    if (behind === undefined) {
      this.#behind.set(entry.orderKey, [])
      this.#admit(entry)
    } else behind.push(entry)
  }

  takeResult(): PendingResult | undefined {
    const isOrdered = this.#options.settings.order === 'input'
    const queue = isOrdered ? this.#arrivals : this.#done
    const entry = queue[0]
    const outcome = entry?.outcome
    if (entry === undefined || outcome === undefined) return undefined
    queue.shift()
    return {
      context: entry.context,
      complete: () => {
        this.#open.delete(entry)
        try {
          if (outcome.kind === 'error') throw outcome.error
          this.#options.complete(entry.input, outcome.result)
        } finally {
          this.#release(entry.orderKey)
        }
      },
    }
  }

  abort(): void {
    const reason = new StreamsError('The task ends: nobody waits for the result any more', { code: 'TASK_CLOSED' })
    const open = [...this.#open]
    this.#open.clear()
    this.#waiting.length = 0
    this.#arrivals.length = 0
    this.#done.length = 0
    this.#behind.clear()
    for (const entry of open) entry.cancel?.(reason)
    assert(this.#running === 0, 'An aborted operator has nothing running')
  }

  /** The record of this key is done with: the next one may begin. */
  #release(orderKey: unknown): void {
    if (orderKey === undefined) return
    const next = this.#behind.get(orderKey)?.shift()
    if (next === undefined) this.#behind.delete(orderKey)
    else this.#admit(next)
  }

  #admit(entry: Entry<Input, Result>): void {
    this.#waiting.push(entry)
    this.#startWaiting()
  }

  #startWaiting(): void {
    while (this.#running < this.#options.settings.maxConcurrent) {
      const entry = this.#waiting.shift()
      if (entry === undefined) return
      this.#start(entry)
    }
  }

  #start(entry: Entry<Input, Result>): void {
    const { call, environment, settings } = this.#options
    const controller = new AbortController()
    let isOver = false
    // Whatever comes first: the answer, the time-out, or the end of the task.
    const end = (): boolean => {
      if (isOver) return false
      isOver = true
      timer.cancel()
      entry.cancel = undefined
      this.#running -= 1
      return true
    }
    const timer: Timer = environment.timers.after(settings.timeoutMs, () => {
      if (!end()) return
      const error = timedOut(settings.timeoutMs)
      controller.abort(error)
      this.#failed(entry, error)
    })
    entry.attempt += 1
    entry.cancel = (reason) => {
      if (end()) controller.abort(reason)
    }
    this.#running += 1
    const { topic, partition, offset } = entry.context
    const metadata = topic === null ? undefined : { topic, partition, offset }
    // A function that throws at once is a call that fails like any other.
    Promise.try(() => call(entry.input, { signal: controller.signal, attempt: entry.attempt, metadata })).then(
      (result) => {
        if (end()) this.#finish(entry, { kind: 'result', result })
      },
      (error: unknown) => {
        if (end()) this.#failed(entry, error)
      },
    )
  }

  #failed(entry: Entry<Input, Result>, error: unknown): void {
    const { settings, environment } = this.#options
    if (entry.attempt > settings.retries || !mayRetry(settings, error, entry.attempt)) {
      return this.#finish(entry, { kind: 'error', error })
    }
    const fullMs = Math.min(settings.retryBackoffMs * 2 ** (entry.attempt - 1), settings.retryBackoffMaxMs)
    // From half of it to all of it, so that records that failed together do not come back together.
    const waitMs = Math.ceil(fullMs * (1 - environment.random.fraction() / 2))
    const timer = environment.timers.after(waitMs, () => {
      entry.cancel = undefined
      this.#admit(entry)
    })
    entry.cancel = () => timer.cancel()
    this.#startWaiting()
    this.#options.onProgress()
  }

  #finish(entry: Entry<Input, Result>, outcome: Outcome<Result>): void {
    entry.outcome = outcome
    if (this.#options.settings.order !== 'input') this.#done.push(entry)
    this.#startWaiting()
    this.#options.onProgress()
  }
}

/** A test of the user's that throws has not said that another attempt helps. */
function mayRetry(settings: AsyncSettings, error: unknown, attempt: number): boolean {
  try {
    return settings.retryOn(error, attempt)
  } catch {
    return false
  }
}

function timedOut(timeoutMs: number): StreamsError {
  return new StreamsError(
    `The call took longer than ${timeoutMs} ms. Give the operator a longer timeoutMs, or make the call faster`,
    { code: 'CALL_TIMED_OUT', retriable: true },
  )
}
