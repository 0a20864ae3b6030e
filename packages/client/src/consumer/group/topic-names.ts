import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { backoffMs } from '../../connection/backoff.ts'

/** Asks the cluster for the names of topics by their ids, in the background: one request at a time. */
export class TopicNames {
  readonly #cluster: Cluster
  readonly #environment: Environment
  readonly #wake: () => void
  #isUnderWay = false
  /** Requests in a row that left something to ask for. */
  #repetitions = 0
  #notBeforeMs = 0

  constructor(cluster: Cluster, environment: Environment, wake: () => void) {
    this.#cluster = cluster
    this.#environment = environment
    this.#wake = wake
  }

  /** Asks, if these are any and the last question is long enough ago; wakes the poll when there is an answer. */
  ask(topicIds: readonly string[]): void {
    if (topicIds.length === 0) this.#repetitions = 0
    if (topicIds.length === 0 || this.#isUnderWay) return
    const { clock, log, random } = this.#environment
    if (clock.monotonicMs() < this.#notBeforeMs) return
    this.#isUnderWay = true
    this.#repetitions += 1
    void this.#cluster
      .learnTopicIds(topicIds)
      .catch((error: unknown) => log.debug('The names of topics are not known yet', { error: asError(error) }))
      .finally(() => {
        this.#isUnderWay = false
        this.#notBeforeMs = clock.monotonicMs() + backoffMs(this.#cluster.retryBackoff, this.#repetitions, random)
        this.#wake()
      })
  }
}
