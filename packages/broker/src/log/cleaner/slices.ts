import type { Environment } from '@streamwright/std'
import { cleaningRestMs, cleaningSliceBytes, cleaningSliceMs } from '../limits.ts'

/** The work is of no use any more: the log is gone or has changed, or the cleaner is closed. */
export class CleaningAbandoned extends Error {
  override readonly name = 'CleaningAbandoned'
}

/** What the work depends on, asked for anew at each pause. */
export interface SliceOptions {
  readonly isStopped: () => boolean
  /** `Infinity`: as much as there is time for. */
  readonly bytesPerSecondMax: () => number
}

/** Cuts long work into pieces of some milliseconds, between which everything else in the process has its turn. */
export class Slices {
  readonly #environment: Environment
  readonly #options: SliceOptions
  #startedMs: number
  #bytes = 0

  constructor(environment: Environment, options: SliceOptions) {
    this.#environment = environment
    this.#options = options
    this.#startedMs = environment.clock.monotonicMs()
  }

  /** After work on some bytes: whether it is time to {@link Slices.pause}. */
  isOver(bytes: number): boolean {
    this.#bytes += bytes
    if (this.#bytes >= cleaningSliceBytes) return true
    return this.#environment.clock.monotonicMs() - this.#startedMs >= cleaningSliceMs
  }

  /** These bytes count for the rate, too. */
  wrote(bytes: number): void {
    this.#bytes += bytes
  }

  /** Resolves when others have had their turn. Rejects with {@link CleaningAbandoned}. */
  async pause(): Promise<void> {
    await this.#rest()
    if (this.#options.isStopped()) throw new CleaningAbandoned('The log is gone, or the cleaner is closed')
    this.#startedMs = this.#environment.clock.monotonicMs()
    this.#bytes = 0
  }

  /** So long that what the slice has read and written keeps to the rate. In steps, since the rate may change meanwhile. */
  async #rest(): Promise<void> {
    const { clock, timers } = this.#environment
    await new Promise<void>((resolve) => timers.afterIo(resolve))
    for (;;) {
      const dueMs = this.#startedMs + (this.#bytes * 1000) / this.#options.bytesPerSecondMax()
      const restMs = Math.min(dueMs - clock.monotonicMs(), cleaningRestMs)
      if (!(restMs > 0) || this.#options.isStopped()) return
      // oxlint-disable-next-line no-await-in-loop
      await new Promise<void>((resolve) => timers.after(restMs, resolve))
    }
  }
}
