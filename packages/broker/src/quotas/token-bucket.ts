import type { QuotaWindows } from './windowed-rate.ts'

/**
 * Tokens that come in at a rate, and of which at most those of all windows can be saved up. More may be taken than are
 * there, but only from who owes none.
 */
export class TokenBucket {
  readonly #windows: QuotaWindows
  #tokens = Infinity
  #filledMs: number

  /** It is full at first. */
  constructor(windows: QuotaWindows, nowMs: number) {
    this.#windows = windows
    this.#filledMs = nowMs
  }

  take(count: number, perSecond: number, nowMs: number): void {
    this.#fill(perSecond, nowMs)
    this.#tokens = Math.min(this.#burst(perSecond), this.#tokens - count)
  }

  /** How long until nothing is owed; 0 when nothing is. */
  owedMs(perSecond: number, nowMs: number): number {
    this.#fill(perSecond, nowMs)
    return this.#tokens >= 0 ? 0 : Math.round((-this.#tokens / perSecond) * 1000)
  }

  #fill(perSecond: number, nowMs: number): void {
    this.#tokens = Math.min(this.#burst(perSecond), this.#tokens + (perSecond * (nowMs - this.#filledMs)) / 1000)
    this.#filledMs = nowMs
  }

  #burst(perSecond: number): number {
    return (perSecond * this.#windows.count * this.#windows.sizeMs) / 1000
  }
}
