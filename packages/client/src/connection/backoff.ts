import type { Random } from '@streamwright/std'
import { backoffDoublingsMax, backoffJitter } from '../limits.ts'

/** Waiting times that double with each failure up to a greatest, 20 % more or less at random. */
export interface Backoff {
  readonly initialMs: number
  readonly maxMs: number
}

/** How long to wait after `failures` failures in a row (at least 1), in milliseconds. */
export function backoffMs(backoff: Backoff, failures: number, random: Random): number {
  const doublings = Math.min(Math.max(failures - 1, 0), backoffDoublingsMax)
  const greatest = Math.max(backoff.initialMs, backoff.maxMs)
  const jitter = 1 - backoffJitter + 2 * backoffJitter * random.fraction()
  return Math.min(backoff.initialMs * 2 ** doublings * jitter, greatest)
}
