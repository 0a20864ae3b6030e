import type { Deferred } from '@streamwright/std'
import { deferred } from '@streamwright/std'

/** What one metadata request asks for. */
export interface MetadataQuestion {
  readonly topics: readonly string[] | 'all'
  readonly allowAutoCreate: boolean
}

interface Gathering {
  readonly topics: Set<string>
  all: boolean
  readonly answered: Deferred<void>
}

/**
 * At most one metadata request at a time, for all who ask. Who asks while one is under way takes part in the next one:
 * the answer under way may be older than the reason to ask.
 */
export class MetadataRequests {
  readonly #ask: (question: MetadataQuestion) => Promise<void>
  readonly #allowAutoCreate: boolean
  #next: Gathering | undefined
  #running = false

  constructor(allowAutoCreate: boolean, ask: (question: MetadataQuestion) => Promise<void>) {
    this.#allowAutoCreate = allowAutoCreate
    this.#ask = ask
  }

  /** Resolves when an answer that was asked for from now on has come. */
  request(topics: readonly string[] | 'all'): Promise<void> {
    this.#next ??= { topics: new Set(), all: false, answered: deferred() }
    const { answered } = this.#next
    if (topics === 'all') this.#next.all = true
    else for (const topic of topics) this.#next.topics.add(topic)
    if (!this.#running) void this.#run()
    return answered.promise
  }

  async #run(): Promise<void> {
    this.#running = true
    // Everyone who asks in the same turn goes along.
    await Promise.resolve()
    for (let current = this.#next; current !== undefined; current = this.#next) {
      this.#next = undefined
      const topics = current.all ? 'all' : [...current.topics]
      await this.#ask({ topics, allowAutoCreate: this.#allowAutoCreate }).then(
        current.answered.resolve,
        current.answered.reject,
      )
    }
    this.#running = false
  }
}
