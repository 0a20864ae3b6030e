import type { Log, Timer, Timers } from '@streamwright/std'
import { asError } from '@streamwright/std'
import { backgroundJobsMax } from './limits.ts'

/**
 * Work on files that nobody waits for: syncs after a roll, removal of deleted files. A few at a time, in order. What
 * fails is logged, not repeated: each job is one that the next start does again.
 */
export class BackgroundJobs {
  readonly #timers: Timers
  readonly #log: Log
  readonly #waiting: (() => Promise<void> | void)[] = []
  readonly #delayed = new Set<Timer>()
  readonly #idleListeners: (() => void)[] = []
  #running = 0

  constructor(timers: Timers, log: Log) {
    this.#timers = timers
    this.#log = log
  }

  add(job: () => Promise<void> | void): void {
    this.#waiting.push(job)
    this.#startNext()
  }

  addAfter(delayMs: number, job: () => Promise<void> | void): void {
    const run = (): void => {
      this.#delayed.delete(timer)
      this.add(job)
    }
    const timer = this.#timers.after(delayMs, run, { background: true })
    this.#delayed.add(timer)
  }

  /** Drops what has not come due and resolves when everything that has is done. */
  close(): Promise<void> {
    for (const timer of this.#delayed) timer.cancel()
    this.#delayed.clear()
    return this.idle()
  }

  /** Resolves when nothing runs or waits, apart from jobs that have not come due. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idleListeners.push(resolve))
  }

  #startNext(): void {
    while (this.#running < backgroundJobsMax) {
      const job = this.#waiting.shift()
      if (job === undefined) break
      this.#running++
      void this.#run(job)
    }
  }

  async #run(job: () => Promise<void> | void): Promise<void> {
    try {
      await job()
    } catch (error) {
      this.#log.warn('A background task on the data directory failed', { error: asError(error) })
    }
    this.#running--
    this.#startNext()
    if (this.#running === 0) for (const listener of this.#idleListeners.splice(0)) listener()
  }
}
