import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import { within } from '../cluster/retry.ts'

/** Commits positions every so often, in the background, and once more before partitions go. Never rejects. */
export class AutoCommit {
  readonly #environment: Environment
  readonly #intervalMs: number
  readonly #commit: () => Promise<void>
  #dueMs: number
  #isUnderWay = false

  constructor(environment: Environment, intervalMs: number, commit: () => Promise<void>) {
    this.#environment = environment
    this.#intervalMs = intervalMs
    this.#commit = commit
    this.#dueMs = environment.clock.monotonicMs() + intervalMs
  }

  /** Starts a commit if it is time. Called by each poll, before it returns what is new. */
  run(): void {
    const nowMs = this.#environment.clock.monotonicMs()
    if (nowMs < this.#dueMs || this.#isUnderWay) return
    this.#dueMs = nowMs + this.#intervalMs
    this.#isUnderWay = true
    void this.#commit()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => (this.#isUnderWay = false))
  }

  /** Commits now, and waits no longer than `timeoutMs` for it. */
  async finish(timeoutMs: number): Promise<void> {
    this.#dueMs = this.#environment.clock.monotonicMs() + this.#intervalMs
    try {
      await within(this.#environment, timeoutMs, 'Committing offsets automatically', this.#commit())
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    this.#environment.log.warn('Offsets were not committed automatically; records may be read again', {
      error: asError(error),
    })
  }
}
