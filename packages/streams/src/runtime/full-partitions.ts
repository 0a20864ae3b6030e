import type { Consumer, TopicPartition } from '@streamwright/client'
import type { Task } from '../tasks/task.ts'

/** Partitions that are not fetched while their tasks have enough of them to do: `buffered.records.per.partition`. */
export class FullPartitions {
  readonly #consumer: Consumer
  readonly #recordsMax: number
  readonly #names = new Set<string>()

  constructor(consumer: Consumer, recordsMax: number) {
    this.#consumer = consumer
    this.#recordsMax = recordsMax
  }

  /** Pauses a partition whose task has just been given records, if they are enough. */
  pauseIfFull(task: Task, { topic, partition }: TopicPartition): void {
    const name = `${topic}-${partition}`
    if (task.bufferedRecords(topic, partition) <= this.#recordsMax || this.#names.has(name)) return
    this.#names.add(name)
    this.#consumer.pause([{ topic, partition }])
  }

  /** Resumes those whose tasks have worked them off. Of partitions that have no task here, nothing is known any more. */
  resume(owners: ReadonlyMap<string, Task>): void {
    for (const name of this.#names) {
      const task = owners.get(name)
      const place = task?.partitions.find(({ topic, partition }) => `${topic}-${partition}` === name)
      if (task !== undefined && place !== undefined) {
        if (task.bufferedRecords(place.topic, place.partition) > this.#recordsMax) continue
        this.#consumer.resume([place])
      }
      this.#names.delete(name)
    }
  }

  /** Somebody else says from now on whether these are fetched. */
  forget(places: readonly TopicPartition[]): void {
    for (const { topic, partition } of places) this.#names.delete(`${topic}-${partition}`)
  }

  clear(): void {
    this.#names.clear()
  }
}
