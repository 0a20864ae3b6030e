import type { Environment } from '@streamwright/std'
import { cleaningSliceBytes, cleaningSliceMs } from '../limits.ts'

/** The work is of no use any more: the log is gone or has changed, or the cleaner is closed. */
export class CleaningAbandoned extends Error {
  override readonly name = 'CleaningAbandoned'
}

/** Cuts long work into pieces of some milliseconds, between which everything else in the process has its turn. */
export class Slices {
  readonly #environment: Environment
  readonly #isStopped: () => boolean
  #startedMs: number
  #bytes = 0

  constructor(environment: Environment, isStopped: () => boolean) {
    this.#environment = environment
    this.#isStopped = isStopped
    this.#startedMs = environment.clock.monotonicMs()
  }

  /** After work on some bytes: whether it is time to {@link Slices.pause}. */
  isOver(bytes: number): boolean {
    this.#bytes += bytes
    if (this.#bytes >= cleaningSliceBytes) return true
    return this.#environment.clock.monotonicMs() - this.#startedMs >= cleaningSliceMs
  }

  /** Resolves when others have had their turn. Rejects with {@link CleaningAbandoned}. */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => this.#environment.timers.afterIo(resolve))
    if (this.#isStopped()) throw new CleaningAbandoned('The log is gone, or the cleaner is closed')
    this.#startedMs = this.#environment.clock.monotonicMs()
    this.#bytes = 0
  }
}
