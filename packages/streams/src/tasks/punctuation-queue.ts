import type { Cancellable } from '../processor/processor-context.ts'

interface Schedule extends Cancellable {
  atMs: number
  readonly intervalMs: number
  readonly punctuate: (timestampMs: number) => void
  cancelled: boolean
}

/** The punctuations of one task and one kind of time. Java: `PunctuationQueue`, `PunctuationSchedule`. */
export class PunctuationQueue {
  readonly #schedules = new Set<Schedule>()

  schedule(atMs: number, intervalMs: number, punctuate: (timestampMs: number) => void): Cancellable {
    const schedules = this.#schedules
    const schedule: Schedule = {
      atMs,
      intervalMs,
      punctuate,
      cancelled: false,
      cancel() {
        schedule.cancelled = true
        schedules.delete(schedule)
      },
    }
    schedules.add(schedule)
    return schedule
  }

  get isEmpty(): boolean {
    return this.#schedules.size === 0
  }

  /** Calls what is due, the earliest first, each once: intervals that were missed are skipped. True when any was. */
  run(nowMs: number): boolean {
    let any = false
    for (let due = this.#earliest(); due !== undefined && due.atMs <= nowMs; due = this.#earliest()) {
      const missed = Math.floor((nowMs - due.atMs) / due.intervalMs)
      due.atMs += (missed + 1) * due.intervalMs
      due.punctuate(nowMs)
      any = true
    }
    return any
  }

  /** Nothing is called any more. */
  clear(): void {
    for (const schedule of this.#schedules) schedule.cancelled = true
    this.#schedules.clear()
  }

  #earliest(): Schedule | undefined {
    let earliest: Schedule | undefined
    for (const schedule of this.#schedules)
      if (earliest === undefined || schedule.atMs < earliest.atMs) earliest = schedule
    return earliest
  }
}
