import { assert } from '@streamwright/std'
import type { TopicPartition } from '../topic-partition.ts'
import { inJavaHashOrder, topicPartitionHash } from './java-hash-order.ts'

interface Movement {
  readonly from: string
  readonly to: string
}

/** Partitions that moved between the same two members, and how many there were at most (for Java's order). */
interface MovedSet {
  readonly partitions: Set<TopicPartition>
  sizeMax: number
}

/**
 * Remembers what a rebalance moved from whom to whom, so that it doesn't swap two partitions of a topic between two
 * members: instead of moving another partition back, the one that had moved goes back.
 */
export class PartitionMovements {
  readonly #movements = new Map<TopicPartition, Movement>()
  readonly #moved = new Map<string, MovedSet>()

  /** Which partition to move instead of `partition`, so that movements stay as few as possible. */
  partitionToMove(partition: TopicPartition, from: string, to: string): TopicPartition {
    const origin = this.#movements.get(partition)?.from ?? from
    const reverse = this.#moved.get(pairKey(partition.topic, to, origin))
    if (reverse === undefined) return partition
    return inJavaHashOrder(reverse.partitions, topicPartitionHash, reverse.sizeMax)[0] ?? partition
  }

  /** Notes a movement. Several movements of a partition count as one, and a return to its origin as none. */
  move(partition: TopicPartition, from: string, to: string): void {
    const before = this.#movements.get(partition)
    if (before === undefined) return this.#add(partition, { from, to })
    assert(before.to === from, 'A partition moves on from where it went')
    this.#remove(partition, before)
    if (before.from !== to) this.#add(partition, { from: before.from, to })
  }

  #add(partition: TopicPartition, movement: Movement): void {
    this.#movements.set(partition, movement)
    const key = pairKey(partition.topic, movement.from, movement.to)
    const moved = this.#moved.get(key) ?? { partitions: new Set(), sizeMax: 0 }
    moved.partitions.add(partition)
    moved.sizeMax = Math.max(moved.sizeMax, moved.partitions.size)
    this.#moved.set(key, moved)
  }

  #remove(partition: TopicPartition, movement: Movement): void {
    this.#movements.delete(partition)
    const key = pairKey(partition.topic, movement.from, movement.to)
    const moved = this.#moved.get(key)
    moved?.partitions.delete(partition)
    if (moved?.partitions.size === 0) this.#moved.delete(key)
  }
}

function pairKey(topic: string, from: string, to: string): string {
  return JSON.stringify([topic, from, to])
}
