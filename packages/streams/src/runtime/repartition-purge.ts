import type { Admin } from '@streamwright/client'
import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import type { CommittableOffset } from '../tasks/task.ts'
import type { TopologyDefinition } from '../topology/definition.ts'

/**
 * Deletes what is processed and committed from repartition topics, which have no retention of their own. It is done
 * beside the processing, one request at a time; a failure only means that the next one deletes more.
 */
export class RepartitionPurge {
  readonly #admin: Admin
  readonly #environment: Environment
  readonly #intervalMs: number
  readonly #topics: ReadonlySet<string>
  #lastMs: number
  #running = false

  constructor(admin: Admin, definition: TopologyDefinition, intervalMs: number, environment: Environment) {
    this.#admin = admin
    this.#environment = environment
    this.#intervalMs = intervalMs
    this.#topics = new Set(definition.subtopologies.flatMap((subtopology) => [...subtopology.repartitionTopics.keys()]))
    this.#lastMs = environment.clock.monotonicMs()
  }

  /** These offsets are committed: what lies before them is needed no more. */
  committed(offsets: readonly CommittableOffset[]): void {
    const nowMs = this.#environment.clock.monotonicMs()
    if (this.#running || nowMs - this.#lastMs < this.#intervalMs) return
    const deletable = offsets.filter(({ topic, offset }) => this.#topics.has(topic) && offset > 0)
    if (deletable.length === 0) return
    this.#running = true
    this.#lastMs = nowMs
    const places = deletable.map(({ topic, partition, offset }) => ({ topic, partition, offset }))
    void this.#admin
      .deleteRecords(places)
      .catch((error: unknown) =>
        this.#environment.log.debug('Repartition records were not purged this time', { error: asError(error) }),
      )
      .finally(() => {
        this.#running = false
      })
  }
}
