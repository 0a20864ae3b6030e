import type { Deferred, Environment } from '@streamwright/std'
import { deferred } from '@streamwright/std'

/** Lets work in the background tell a poll that waits that there is something to do. */
export class Wakeup {
  readonly #environment: Environment
  #waiting: Deferred<void> | undefined
  #isSet = false

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** Ends the wait, or the next one if nobody waits. */
  wake(): void {
    this.#isSet = true
    this.#waiting?.resolve()
  }

  /** Resolves when there was a wake-up since the last wait, or after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.#isSet) {
      this.#waiting = deferred()
      const { promise, resolve } = this.#waiting
      const timer = this.#environment.timers.after(timeoutMs, resolve)
      await promise
      timer.cancel()
      this.#waiting = undefined
    }
    this.#isSet = false
  }
}
