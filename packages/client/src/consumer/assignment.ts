import { StreamwrightError } from '@streamwright/std'
import { PartitionState } from './partition-state.ts'
import type { TopicPartition } from './topic-partition.ts'
import { keyOf } from './topic-partition.ts'

/** The partitions that the consumer reads right now. */
export class Assignment implements Iterable<PartitionState> {
  readonly #states = new Map<string, PartitionState>()

  get size(): number {
    return this.#states.size
  }

  [Symbol.iterator](): MapIterator<PartitionState> {
    return this.#states.values()
  }

  places(): TopicPartition[] {
    return placesOf(this)
  }

  has(place: TopicPartition): boolean {
    return this.#states.has(keyOf(place))
  }

  /** The state of a partition. Throws `ILLEGAL_STATE` if it is not assigned. */
  require(place: TopicPartition): PartitionState {
    const state = this.#states.get(keyOf(place))
    if (state !== undefined) return state
    throw new StreamwrightError(`${keyOf(place)} is not assigned to this consumer`, { code: 'ILLEGAL_STATE' })
  }

  find(key: string): PartitionState | undefined {
    return this.#states.get(key)
  }

  /** Reads exactly these from now on. Those that stay keep their state; answers for the others are of no use any more. */
  set(partitions: readonly TopicPartition[]): void {
    const wanted = new Set(partitions.map(keyOf))
    for (const [key, state] of this.#states) {
      if (wanted.has(key)) continue
      state.discardFetched()
      this.#states.delete(key)
    }
    for (const place of partitions)
      if (!this.#states.has(keyOf(place))) this.#states.set(keyOf(place), new PartitionState(place))
  }

  /** Stops reading these. */
  remove(partitions: readonly TopicPartition[]): void {
    const gone = new Set(partitions.map(keyOf))
    this.set(this.places().filter((place) => !gone.has(keyOf(place))))
  }
}

export function placesOf(states: Iterable<TopicPartition>): TopicPartition[] {
  return Array.from(states, ({ topic, partition }) => ({ topic, partition }))
}
