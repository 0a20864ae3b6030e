import type { Consumer, FetchedBatch } from '@streamwright/client'
import type { Clock } from '@streamwright/std'
import { TaskIdling } from '../tasks/task-idling.ts'
import type { Task } from '../tasks/task.ts'

/** The tasks that may have to wait for one of several partitions; all others process whatever they have. */
export class IdlingTasks {
  readonly #consumer: Consumer
  readonly #maxIdleMs: number
  readonly #clock: Clock
  readonly #tasks = new Map<Task, TaskIdling>()

  /** `maxIdleMs` is `max.task.idle.ms`: below 0 no task ever waits. */
  constructor(consumer: Consumer, maxIdleMs: number, clock: Clock) {
    this.#consumer = consumer
    this.#maxIdleMs = maxIdleMs
    this.#clock = clock
  }

  /** Takes in those of several partitions. A partition that was never fetched from says nothing of its end: the broker is asked once. */
  async add(tasks: readonly Task[]): Promise<void> {
    const several = this.#maxIdleMs < 0 ? [] : tasks.filter((task) => task.partitions.length > 1)
    if (several.length === 0) return
    const ends = await this.#consumer.endOffsets(several.flatMap((task) => [...task.partitions]))
    for (const task of several) {
      const idling = new TaskIdling(this.#maxIdleMs)
      for (const place of task.partitions) {
        const end = ends.get(`${place.topic}-${place.partition}`)
        if (end !== undefined) idling.learnEnd(place, end)
      }
      this.#tasks.set(task, idling)
    }
  }

  delete(task: Task): void {
    this.#tasks.delete(task)
  }

  /** Asks the consumer where it stands in partitions that are empty. Once before tasks process. */
  async learnPositions(): Promise<void> {
    for (const [task, idling] of this.#tasks) {
      if (task.state !== 'running' || task.allPartitionsHaveRecords) continue
      for (const place of task.partitions) idling.learnPosition(place, await this.#consumer.position(place))
    }
  }

  /** A batch says where its partition ended when it was fetched. */
  learnEnd(task: Task, fetched: FetchedBatch): void {
    this.#tasks.get(task)?.learnEnd(fetched, fetched.highWatermark)
  }

  /** Whether the task may take its next record. */
  isReady(task: Task): boolean {
    const idling = this.#tasks.get(task)
    if (idling === undefined) return task.hasRecords
    return idling.isStillReady(task) || idling.isReady(task, this.#clock.monotonicMs())
  }

  /** Whether the next record of the task may be overtaken by one that is still to come: it has waited long enough. */
  isEnforced(task: Task): boolean {
    return this.#tasks.size > 0 && this.#tasks.has(task) && !task.allPartitionsHaveRecords
  }
}
