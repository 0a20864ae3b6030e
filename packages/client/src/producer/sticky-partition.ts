import type { Random } from '@streamwright/std'
import type { PartitionQueue } from './partition-queue.ts'

export interface StickyOptions {
  /** `batch.size`: so many bytes go to one partition before the next one's turn. */
  readonly turnBytes: number
  /** Choose partitions with little waiting more often. */
  readonly isAdaptive: boolean
  /** Whether the broker of a partition takes records at present. */
  readonly isAvailable: (queue: PartitionQueue) => boolean
}

/**
 * Where records without a key go: all to one partition until it has had `batch.size` bytes, so that batches get full,
 * then to another by chance (KIP-794). Each turn has the same size, so partitions get the same amount of data; with
 * adaptive partitioning, those get more whose broker is faster.
 */
export class StickyPartition {
  readonly #options: StickyOptions
  readonly #random: Random
  #current: PartitionQueue | undefined
  #producedBytes = 0

  constructor(options: StickyOptions, random: Random) {
    this.#options = options
    this.#random = random
  }

  /** The partition whose turn it is, for a record of at most so many bytes. `hasRoom`: it fits into the open batch. */
  current(
    queues: readonly PartitionQueue[],
    recordBytes: number,
    hasRoom: (queue: PartitionQueue) => boolean,
  ): PartitionQueue {
    const current = this.#current
    const isOver = this.#producedBytes + recordBytes > this.#options.turnBytes
    // The turn ends with a full batch: one that has room is filled first.
    if (current !== undefined && (this.#producedBytes === 0 || !isOver || hasRoom(current))) return current
    this.#producedBytes = 0
    this.#current = this.#choose(queues)
    return this.#current
  }

  produced(bytes: number): void {
    this.#producedBytes += bytes
  }

  #choose(queues: readonly PartitionQueue[]): PartitionQueue {
    const withLeader = queues.filter((queue) => queue.leader >= 0 && this.#options.isAvailable(queue))
    const candidates = withLeader.length > 0 ? withLeader : queues
    const even = (): PartitionQueue => candidates[this.#random.below(candidates.length)] as PartitionQueue
    if (!this.#options.isAdaptive) return even()
    const longest = Math.max(...candidates.map(({ waiting }) => waiting.length))
    const weights = candidates.map(({ waiting }) => longest + 1 - waiting.length)
    let point = this.#random.below(weights.reduce((sum, weight) => sum + weight, 0))
    for (const [index, weight] of weights.entries()) {
      point -= weight
      if (point < 0) return candidates[index] as PartitionQueue
    }
    return even()
  }
}
