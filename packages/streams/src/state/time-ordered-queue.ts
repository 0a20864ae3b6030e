/** What stands in a {@link TimeOrderedQueue}. Its place never changes while it is there. */
export interface TimeOrdered {
  readonly timeMs: number
  /** Decides between equal times. */
  readonly order: string
}

/** A binary heap by time, then by `order`: the oldest is found at once, whatever order entries come in. */
export class TimeOrderedQueue<T extends TimeOrdered> {
  readonly #heap: T[] = []

  peek(): T | undefined {
    return this.#heap[0]
  }

  add(entry: T): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (above === undefined || !isBefore(entry, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = entry
  }

  /** Takes the oldest out. */
  poll(): T | undefined {
    const heap = this.#heap
    const first = heap[0]
    const moved = heap.pop()
    if (first === undefined || moved === undefined || heap.length === 0) return first
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      let smaller = heap[child]
      const right = heap[child + 1]
      if (smaller !== undefined && right !== undefined && isBefore(right, smaller)) {
        smaller = right
        child += 1
      }
      if (smaller === undefined || !isBefore(smaller, moved)) break
      heap[index] = smaller
      index = child
    }
    heap[index] = moved
    return first
  }

  clear(): void {
    this.#heap.length = 0
  }
}

function isBefore(left: TimeOrdered, right: TimeOrdered): boolean {
  return left.timeMs < right.timeMs || (left.timeMs === right.timeMs && left.order < right.order)
}
