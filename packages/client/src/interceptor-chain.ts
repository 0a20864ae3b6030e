import type { Log } from '@streamwright/std'
import { asError } from '@streamwright/std'

/** Calls what an application has put between a client and its caller: one after the other, failures only logged. */
export class InterceptorChain<Interceptor extends { close?(): void }> {
  readonly #interceptors: readonly Interceptor[]
  readonly #log: Log

  constructor(interceptors: readonly Interceptor[], log: Log) {
    this.#interceptors = interceptors
    this.#log = log
  }

  /** Each gets what the one before has made of it; one that fails is left out. */
  pass<T>(value: T, step: (interceptor: Interceptor, value: T) => T | undefined): T {
    let current = value
    for (const interceptor of this.#interceptors) {
      try {
        current = step(interceptor, current) ?? current
      } catch (error) {
        this.#failed(error)
      }
    }
    return current
  }

  tell(step: (interceptor: Interceptor) => void): void {
    for (const interceptor of this.#interceptors) {
      try {
        step(interceptor)
      } catch (error) {
        this.#failed(error)
      }
    }
  }

  close(): void {
    this.tell((interceptor) => interceptor.close?.())
  }

  #failed(error: unknown): void {
    this.#log.warn('An interceptor has failed; the client goes on without its word', { error: asError(error) })
  }
}
