import type { Producer } from '@streamwright/client'
import { assert } from '@streamwright/std'
import type { Headers, Serialized } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { RecordCollector } from '../tasks/record-collector.ts'

type Acknowledgement = (error: Error | null, partition: number, baseOffset: number, indexInBatch: number) => void

/**
 * Hands what tasks write to the producer, and keeps how far each changelog is acknowledged. `send` never waits: the
 * stream thread takes no new record while the producer is full.
 */
export class ProducerCollector implements RecordCollector {
  /** The first record that could not be delivered. Everything since the last commit is in doubt then. */
  failure: Error | undefined
  readonly #producer: Producer
  readonly #partitionCounts = new Map<string, number>()
  readonly #changelogs = new Map<
    string,
    { readonly topic: string; readonly partition: number; nextOffset: number; acknowledge: Acknowledgement }
  >()
  readonly #onAcknowledged: Acknowledgement = (error) => {
    if (error !== null) this.#failed(error)
  }

  constructor(producer: Producer) {
    this.#producer = producer
  }

  /** Follows the offsets of a changelog partition from now on. */
  track(topic: string, partition: number): void {
    const name = `${topic}-${partition}`
    if (this.#changelogs.has(name)) return
    const changelog = {
      topic,
      partition,
      nextOffset: -1,
      acknowledge: (error: Error | null, _partition: number, baseOffset: number, indexInBatch: number): void => {
        if (error !== null) this.#failed(error)
        else changelog.nextOffset = Math.max(changelog.nextOffset, baseOffset + indexInBatch + 1)
      },
    }
    this.#changelogs.set(name, changelog)
  }

  untrack(topic: string, partition: number): void {
    this.#changelogs.delete(`${topic}-${partition}`)
  }

  /** Where the changelog stands after all that was acknowledged; undefined when nothing was written since {@link track}. */
  changelogOffset(topic: string, partition: number): number | undefined {
    const offset = this.#changelogs.get(`${topic}-${partition}`)?.nextOffset ?? -1
    return offset < 0 ? undefined : offset
  }

  send(
    topic: string,
    partition: number | undefined,
    timestamp: number,
    key: Serialized | null,
    value: Serialized | null,
    headers: Headers | undefined,
  ): void {
    const acknowledge =
      partition === undefined
        ? this.#onAcknowledged
        : (this.#changelogs.get(`${topic}-${partition}`)?.acknowledge ?? this.#onAcknowledged)
    this.#producer.append(topic, partition, timestamp, key, value, headers?.toArray(), acknowledge)
  }

  /** Fetches what partitioners will ask for; called before a task runs. */
  async learnPartitions(topics: Iterable<string>): Promise<void> {
    for (const topic of topics) this.#partitionCounts.set(topic, await this.#producer.partitionsFor(topic))
  }

  partitionCount(topic: string): number {
    const count = this.#partitionCounts.get(topic)
    if (count === undefined) {
      throw new StreamsError(
        `The number of partitions of ${topic} is not known, so that no partition can be chosen. Create the topic before the application starts`,
        {
          code: 'UNKNOWN_TOPIC_OR_PARTITION',
        },
      )
    }
    return count
  }

  get isFull(): boolean {
    return this.#producer.isFull
  }

  /** Resolves when everything sent so far is acknowledged; rejects with the first failure. */
  async flush(): Promise<void> {
    await this.#producer.flush()
    if (this.failure !== undefined) throw this.failure
  }

  #failed(error: Error): void {
    assert(error instanceof Error, 'A delivery fails with an error')
    this.failure ??= error
  }
}
