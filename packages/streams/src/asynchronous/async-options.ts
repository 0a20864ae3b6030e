import { assert } from '@streamwright/std'
import { StreamsError } from '../errors.ts'

/**
 * In which order results go on. `key`: records of one key one after the other, the call for the next begins when the
 * result of the last has gone on; `input`: calls overlap, results go on as the records came; `none`: as they come.
 */
export type AsyncOrder = 'key' | 'input' | 'none'

/** How an asynchronous operator calls. Each limit holds for one operator of one task. */
export interface AsyncOptions {
  /** Default `key`. */
  readonly order?: AsyncOrder
  /** Calls that run at once. Default 32. */
  readonly maxConcurrent?: number
  /** Records inside the operator; beyond it the task takes no new one. Default 1000, at least `maxConcurrent`. */
  readonly maxPending?: number
  /** How long one attempt may take. Default 30 s. */
  readonly timeoutMs?: number
  /** Further attempts after a failed one. Default 0. */
  readonly retries?: number
  /** Wait before the first retry; it doubles with each, with jitter. Default 100. */
  readonly retryBackoffMs?: number
  /** Longest wait between two attempts. Default 1000. */
  readonly retryBackoffMaxMs?: number
  /** Whether to try again after this error. `attempt` counts from 1. Default: always. */
  readonly retryOn?: (error: unknown, attempt: number) => boolean
}

export type AsyncSettings = Required<AsyncOptions>

/** Limits on the limits: what is beyond is taken for a mistake. */
const maxPendingLimit = 1_000_000
const retriesLimit = 1000
/** Longest delay that a timer of Node.js can wait. */
const durationLimitMs = 2 ** 31 - 1

const defaults: AsyncSettings = {
  order: 'key',
  maxConcurrent: 32,
  maxPending: 1000,
  timeoutMs: 30_000,
  retries: 0,
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
  retryOn: () => true,
}
assert(defaults.maxConcurrent <= defaults.maxPending, 'What runs is inside the operator')

/** Fills in the defaults. Throws `StreamsError` (`INVALID_ARGUMENT`) on a value out of its range. */
export function asyncSettings(options: AsyncOptions): AsyncSettings {
  const { order, maxConcurrent, maxPending, timeoutMs, retries, retryBackoffMs, retryBackoffMaxMs, retryOn } = {
    ...defaults,
    ...options,
  }
  const settings = {
    order,
    maxConcurrent,
    maxPending: options.maxPending ?? Math.max(maxPending, maxConcurrent),
    timeoutMs,
    retries,
    retryBackoffMs,
    retryBackoffMaxMs: options.retryBackoffMaxMs ?? Math.max(retryBackoffMaxMs, retryBackoffMs),
    retryOn,
  }
  if (order !== 'key' && order !== 'input' && order !== 'none') {
    throw invalid('order', `one of key, input and none, not ${String(order)}`)
  }
  requireInteger('maxConcurrent', settings.maxConcurrent, 1, maxPendingLimit)
  requireInteger('maxPending', settings.maxPending, settings.maxConcurrent, maxPendingLimit)
  requireInteger('timeoutMs', settings.timeoutMs, 1, durationLimitMs)
  requireInteger('retries', settings.retries, 0, retriesLimit)
  requireInteger('retryBackoffMs', settings.retryBackoffMs, 0, durationLimitMs)
  requireInteger('retryBackoffMaxMs', settings.retryBackoffMaxMs, settings.retryBackoffMs, durationLimitMs)
  return settings
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalid(name, `a whole number from ${min} to ${max}, not ${value}`)
  }
}

function invalid(name: string, wanted: string): StreamsError {
  return new StreamsError(`${name} of an asynchronous operator has to be ${wanted}`, { code: 'INVALID_ARGUMENT' })
}
