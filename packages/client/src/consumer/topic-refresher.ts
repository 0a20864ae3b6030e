import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import type { Cluster } from '../cluster/cluster.ts'
import { backoffMs } from '../connection/backoff.ts'
import type { Wakeup } from './wakeup.ts'

/**
 * Asks the cluster anew about topics of which something turned out to be wrong or missing, in the background: one
 * request at a time, with a growing pause between them for as long as the trouble lasts.
 */
export class TopicRefresher {
  readonly #cluster: Cluster
  readonly #environment: Environment
  readonly #wakeup: Wakeup
  readonly #allowAutoCreate: boolean
  readonly #wanted = new Set<string>()
  #all = false
  #running = false
  /** Requests in a row that left something to ask for. */
  #repetitions = 0
  #notBeforeMs = 0

  constructor(cluster: Cluster, environment: Environment, wakeup: Wakeup, allowAutoCreate: boolean) {
    this.#cluster = cluster
    this.#environment = environment
    this.#wakeup = wakeup
    this.#allowAutoCreate = allowAutoCreate
  }

  /** What is known of the topic is wrong. */
  refresh(topic: string): void {
    this.#cluster.invalidate(topic)
    this.#wanted.add(topic)
  }

  /** A topic is there that is not known, maybe. */
  refreshAll(): void {
    this.#all = true
  }

  /** Sends a request if there is something to ask for and the last one is long enough ago. Called by each poll. */
  run(): void {
    if (this.#running || (this.#wanted.size === 0 && !this.#all)) return
    if (this.#environment.clock.monotonicMs() < this.#notBeforeMs) return
    this.#running = true
    const topics = this.#all ? 'all' : [...this.#wanted]
    this.#all = false
    this.#wanted.clear()
    void this.#request(topics).finally(() => {
      this.#running = false
      this.#wakeup.wake()
    })
  }

  async #request(topics: readonly string[] | 'all'): Promise<void> {
    const { clock, log, random } = this.#environment
    try {
      await this.#cluster.topicMetadata(topics, { refresh: true, allowAutoCreate: this.#allowAutoCreate })
    } catch (error) {
      log.debug('Metadata could not be refreshed', { error: asError(error) })
      if (topics === 'all') this.#all = true
      else for (const topic of topics) this.#wanted.add(topic)
    }
    const nowMs = clock.monotonicMs()
    // Trouble that comes back at once is still the same trouble.
    this.#repetitions = nowMs - this.#notBeforeMs > this.#cluster.retryBackoff.maxMs ? 1 : this.#repetitions + 1
    this.#notBeforeMs = nowMs + backoffMs(this.#cluster.retryBackoff, this.#repetitions, random)
  }
}
