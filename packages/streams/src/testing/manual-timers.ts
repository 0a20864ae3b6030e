import type { Timer, Timers } from '@streamwright/std'
import type { ManualClock } from './manual-clock.ts'

interface WaitingTimer {
  readonly atMs: number
  readonly action: () => void
}

/** Timers of a {@link ManualClock}: they fire when the test moves the clock, in the order of their times. */
export class ManualTimers implements Timers {
  readonly #clock: ManualClock
  readonly #waiting = new Set<WaitingTimer>()

  constructor(clock: ManualClock) {
    this.#clock = clock
  }

  after(delayMs: number, action: () => void): Timer {
    const timer = { atMs: this.#clock.monotonicMs() + delayMs, action }
    this.#waiting.add(timer)
    return { cancel: () => this.#waiting.delete(timer) }
  }

  every(intervalMs: number, action: () => void): Timer {
    let timer = this.after(intervalMs, again.bind(this))
    function again(this: ManualTimers): void {
      timer = this.after(intervalMs, again.bind(this))
      action()
    }
    return { cancel: () => timer.cancel() }
  }

  afterIo(action: () => void): void {
    queueMicrotask(action)
  }

  /** When the next timer is due; undefined when none waits. */
  get nextMs(): number | undefined {
    return this.#next()?.atMs
  }

  /** Runs what is due by now, and what that makes due. */
  fire(): void {
    for (let timer = this.#next(); timer !== undefined; timer = this.#next()) {
      if (timer.atMs > this.#clock.monotonicMs()) return
      this.#waiting.delete(timer)
      timer.action()
    }
  }

  #next(): WaitingTimer | undefined {
    let next: WaitingTimer | undefined
    for (const timer of this.#waiting) if (next === undefined || timer.atMs < next.atMs) next = timer
    return next
  }
}
