import type { Task, TopicPartition } from './task.ts'

/**
 * Decides whether a task with several source partitions may go on while some are empty, so that records are taken in
 * the order of their timestamps. An empty partition is waited for until the consumer has caught up with its end, and
 * `maxIdleMs` longer after that. Java: `PartitionGroup.readyToProcess`, `max.task.idle.ms`.
 */
export class TaskIdling {
  readonly #maxIdleMs: number
  /** The end of each partition when it was last heard of. */
  readonly #ends = new Map<string, number>()
  readonly #positions = new Map<string, number>()
  /** Since when each partition has been empty with nothing left to fetch. */
  readonly #idleSinceMs = new Map<string, number>()
  /** How many partitions had records when the task was found ready, as long as nothing has been learnt since. */
  #readyWith = -1

  /** `maxIdleMs` is `max.task.idle.ms`, 0 or more: a task that never waits needs no idling. */
  constructor(maxIdleMs: number) {
    this.#maxIdleMs = maxIdleMs
  }

  /** The end of the partition, as a fetch or the broker tells it. */
  learnEnd({ topic, partition }: TopicPartition, endOffset: number): void {
    this.#readyWith = -1
    this.#ends.set(`${topic}-${partition}`, endOffset)
  }

  /** Where the consumer goes on: everything before it has been handed to the task. */
  learnPosition({ topic, partition }: TopicPartition, position: number): void {
    this.#readyWith = -1
    this.#positions.set(`${topic}-${partition}`, position)
  }

  /**
   * Whether the task was ready and nothing has changed but that records were taken: asked for each record, since looking
   * at each partition took 0.9 us. A partition that gets records tells its end first.
   */
  isStillReady(task: Pick<Task, 'partitionsWithRecords'>): boolean {
    return this.#readyWith > 0 && this.#readyWith === task.partitionsWithRecords
  }

  /** Whether the next record may be taken. Not when there is none. */
  isReady(
    task: Pick<
      Task,
      'partitions' | 'hasRecords' | 'allPartitionsHaveRecords' | 'bufferedRecords' | 'partitionsWithRecords'
    >,
    nowMs: number,
  ): boolean {
    const ready = this.#isReady(task, nowMs)
    this.#readyWith = ready ? task.partitionsWithRecords : -1
    return ready
  }

  #isReady(
    task: Pick<Task, 'partitions' | 'hasRecords' | 'allPartitionsHaveRecords' | 'bufferedRecords'>,
    nowMs: number,
  ): boolean {
    if (task.allPartitionsHaveRecords) {
      if (this.#idleSinceMs.size > 0) this.#idleSinceMs.clear()
      return true
    }
    let ready = task.hasRecords
    for (const place of task.partitions) {
      const name = `${place.topic}-${place.partition}`
      const isEmpty = task.bufferedRecords(place.topic, place.partition) === 0
      if (!isEmpty || !this.#isCaughtUp(name)) {
        if (isEmpty) ready = false
        this.#idleSinceMs.delete(name)
        continue
      }
      const sinceMs = this.#idleSinceMs.get(name) ?? nowMs
      this.#idleSinceMs.set(name, sinceMs)
      if (nowMs - sinceMs < this.#maxIdleMs) ready = false
    }
    return ready
  }

  #isCaughtUp(name: string): boolean {
    const end = this.#ends.get(name)
    const position = this.#positions.get(name)
    return end !== undefined && position !== undefined && position >= end
  }
}
