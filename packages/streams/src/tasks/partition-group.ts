import type { RecordQueue } from './record-queue.ts'

/**
 * The source partitions of a task. The next record is the one with the smallest timestamp among the heads; on a tie
 * the order is that of the binary heap which Java's PriorityQueue is, because results can depend on it.
 */
export class PartitionGroup {
  readonly queues: readonly RecordQueue[]
  readonly #heap: RecordQueue[] = []

  constructor(queues: readonly RecordQueue[]) {
    this.queues = queues
  }

  /** A queue that was empty has got a head. */
  offer(queue: RecordQueue): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(queue)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] as RecordQueue
      if (above.headTimestamp <= queue.headTimestamp) break
      heap[index] = above
      index = parent
    }
    heap[index] = queue
  }

  peek(): RecordQueue | undefined {
    return this.#heap[0]
  }

  /** Takes the queue with the next record out; the caller offers it again when it still has one. */
  poll(): RecordQueue | undefined {
    const heap = this.#heap
    const first = heap[0]
    const moved = heap.pop()
    if (first === undefined || moved === undefined || heap.length === 0) return first
    const size = heap.length
    let index = 0
    for (let child = 1; child < size; child = 2 * index + 1) {
      const left = heap[child] as RecordQueue
      const right = heap[child + 1]
      let smaller = left
      if (right !== undefined && right.headTimestamp < left.headTimestamp) {
        smaller = right
        child += 1
      }
      if (moved.headTimestamp <= smaller.headTimestamp) break
      heap[index] = smaller
      index = child
    }
    heap[index] = moved
    return first
  }

  get isEmpty(): boolean {
    return this.#heap.length === 0
  }

  /** Partitions that have a record. */
  get size(): number {
    return this.#heap.length
  }

  get allHaveRecords(): boolean {
    return this.#heap.length === this.queues.length
  }

  clear(): void {
    this.#heap.length = 0
    for (const queue of this.queues) queue.clear()
  }
}
