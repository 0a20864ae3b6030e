import type { Consumer } from '@streamwright/client'
import { decodeCommitMetadata } from '../tasks/commit-metadata.ts'
import type { Task } from '../tasks/task.ts'
import type { Restorer } from './restorer.ts'
import type { TaskCreation } from './task-creation.ts'

/** Brings tasks to where the group has committed: their stores, their times, and what operators knew. */
export class TaskRestoration {
  readonly #consumer: Consumer
  readonly #restorer: Restorer
  readonly #creation: TaskCreation

  /** `consumer` is the member of the group. */
  constructor(consumer: Consumer, restorer: Restorer, creation: TaskCreation) {
    this.#consumer = consumer
    this.#restorer = restorer
    this.#creation = creation
  }

  /** Resolves when the tasks can start, or when `stopped` says that nobody waits any more. */
  async restore(tasks: readonly Task[], stopped: () => boolean): Promise<void> {
    const limits = await this.#limits(tasks)
    if (stopped()) return
    await this.#restorer.restore(tasks, (task) => this.#creation.changelogs(task), limits, stopped)
    if (stopped()) return
    await this.#seed(tasks)
  }

  /** Of source topics that stores are restored from, what the group has committed: the rest is yet to be processed. */
  async #limits(tasks: readonly Task[]): Promise<Map<string, number>> {
    const places = tasks.flatMap((task) =>
      [...new Set(this.#creation.subtopologyOf(task).sourceTopicStores.values())].map((topic) => ({
        topic,
        partition: task.taskId.partition,
      })),
    )
    if (places.length === 0) return new Map()
    const committed = await this.#consumer.committed(places)
    return new Map(
      places.map(({ topic, partition }) => {
        const name = `${topic}-${partition}`
        return [name, committed.get(name)?.offset ?? 0] as const
      }),
    )
  }

  /**
   * A task goes on with the partition times, and what operators knew, that its last owner committed. What is restored has
   * seen all that was committed, so the positions of its stores are there at once.
   */
  async #seed(tasks: readonly Task[]): Promise<void> {
    const committed = await this.#consumer.committed(tasks.flatMap((task) => [...task.partitions]))
    for (const task of tasks) {
      for (const { topic, partition } of task.partitions) {
        const { offset = 0, metadata = null } = committed.get(`${topic}-${partition}`) ?? {}
        if (offset > 0) this.#seedPositions(task, { topic, partition, offset: offset - 1 })
        if (metadata === null) continue
        const { partitionTimeMs, processors } = decodeCommitMetadata(metadata)
        if (partitionTimeMs >= 0) task.seedPartitionTime(topic, partition, partitionTimeMs)
        task.seedProcessorMetadata(processors)
      }
    }
  }

  #seedPositions(
    task: Task,
    seen: { readonly topic: string; readonly partition: number; readonly offset: number },
  ): void {
    const { storeSources } = this.#creation.subtopologyOf(task)
    // A store without a changelog may have lost what it had.
    for (const store of this.#creation.changelogs(task).keys()) {
      if (storeSources.get(store)?.includes(seen.topic) === true) task.stores.get(store)?.position?.seed(seen)
    }
  }
}
