/** Over how long rates are measured: `quota.window.num` windows of `quota.window.size.seconds`. */
export interface QuotaWindows {
  readonly count: number
  readonly sizeMs: number
}

interface Window {
  startMs: number
  lastRecordMs: number
  sum: number
}

/**
 * How much per second was recorded lately, as Kafka measures it: over windows that begin with the first record in them,
 * and as if there had been all windows but one from the start, so that a first record is no burst.
 */
export class WindowedRate {
  readonly #windows: QuotaWindows
  /** In order of their starts. One more than are counted: the oldest one may still reach into the time that is. */
  #kept: Window[] = []

  constructor(windows: QuotaWindows) {
    this.#windows = windows
  }

  record(value: number, nowMs: number): void {
    const last = this.#kept.at(-1)
    const isOver = last === undefined || nowMs - last.startMs >= this.#windows.sizeMs
    const window = isOver ? this.#begin(nowMs) : last
    window.sum += value
    window.lastRecordMs = nowMs
  }

  /** Per second. */
  perSecond(nowMs: number): number {
    this.#forget(nowMs)
    let sum = 0
    for (const window of this.#kept) sum += window.sum
    return (sum * 1000) / this.measuredMs(nowMs)
  }

  /** The time over which is measured. */
  measuredMs(nowMs: number): number {
    this.#forget(nowMs)
    const { count, sizeMs } = this.#windows
    const elapsedMs = nowMs - (this.#kept[0]?.startMs ?? nowMs)
    const missing = count - 1 - Math.floor(elapsedMs / sizeMs)
    return Math.max(elapsedMs + Math.max(0, missing) * sizeMs, 1)
  }

  /** How long nothing may be recorded until the rate is down to `limit`; 0 while it is not above. */
  excessMs(limit: number, nowMs: number): number {
    const rate = this.perSecond(nowMs)
    return rate <= limit ? 0 : Math.round(((rate - limit) / limit) * this.measuredMs(nowMs))
  }

  #begin(nowMs: number): Window {
    const window = { startMs: nowMs, lastRecordMs: nowMs, sum: 0 }
    this.#kept.push(window)
    if (this.#kept.length > this.#windows.count + 1) this.#kept.shift()
    return window
  }

  #forget(nowMs: number): void {
    const { count, sizeMs } = this.#windows
    const oldest = this.#kept[0]
    if (oldest === undefined || nowMs - oldest.lastRecordMs < count * sizeMs) return
    this.#kept = this.#kept.filter(({ lastRecordMs }) => nowMs - lastRecordMs < count * sizeMs)
  }
}
