import { TimeOrderedQueue } from '../time-ordered-queue.ts'

export interface RowBoundsOptions {
  readonly maxEntries: number | undefined
  readonly ttlMs: number | undefined
}

interface TimedRow {
  readonly timeMs: number
  readonly order: string
}

interface UsedRow {
  timestamp: number
  /** Where it stands in the queue: not later than its timestamp. */
  queuedMs: number
}

/**
 * Which rows of a bounded store have to go: those that were used longest ago, beyond a number of rows, and those that
 * were put longer ago than a time, by the latest timestamp that was put. Knows every key, so what is bounded is small.
 */
export class RowBounds {
  readonly #maxEntries: number
  readonly #ttlMs: number
  /** By use, the last one at the end. */
  readonly #used = new Map<string, UsedRow>()
  readonly #byTime = new TimeOrderedQueue<TimedRow>()
  #observedMs = -1

  constructor({ maxEntries = Infinity, ttlMs = Infinity }: RowBoundsOptions) {
    this.#maxEntries = maxEntries
    this.#ttlMs = ttlMs
  }

  get size(): number {
    return this.#used.size
  }

  /** A row was read. */
  touch(mapKey: string): void {
    const row = this.#used.get(mapKey)
    if (row !== undefined) this.#moveToEnd(mapKey, row)
  }

  put(mapKey: string, timestamp: number): void {
    if (timestamp > this.#observedMs) this.#observedMs = timestamp
    const row = this.#used.get(mapKey) ?? { timestamp, queuedMs: Infinity }
    row.timestamp = timestamp
    this.#moveToEnd(mapKey, row)
    if (this.#ttlMs !== Infinity && timestamp < row.queuedMs) this.#enqueue(mapKey, row)
  }

  delete(mapKey: string): void {
    this.#used.delete(mapKey)
  }

  /** Takes out the rows that have to go now. */
  takeOverdue(): string[] {
    const overdue: string[] = []
    for (let oldest = this.#byTime.peek(); oldest !== undefined && this.#isExpired(oldest.timeMs);) {
      this.#byTime.poll()
      const row = this.#used.get(oldest.order)
      if (row?.queuedMs === oldest.timeMs) {
        if (this.#isExpired(row.timestamp)) this.#take(oldest.order, overdue)
        else this.#enqueue(oldest.order, row)
      }
      oldest = this.#byTime.peek()
    }
    for (const mapKey of this.#used.keys()) {
      if (this.#used.size <= this.#maxEntries) break
      this.#take(mapKey, overdue)
    }
    return overdue
  }

  clear(): void {
    this.#used.clear()
    this.#byTime.clear()
    this.#observedMs = -1
  }

  #take(mapKey: string, overdue: string[]): void {
    this.#used.delete(mapKey)
    overdue.push(mapKey)
  }

  #moveToEnd(mapKey: string, row: UsedRow): void {
    this.#used.delete(mapKey)
    this.#used.set(mapKey, row)
  }

  #enqueue(mapKey: string, row: UsedRow): void {
    row.queuedMs = row.timestamp
    this.#byTime.add({ timeMs: row.timestamp, order: mapKey })
  }

  #isExpired(timeMs: number): boolean {
    return timeMs <= this.#observedMs - this.#ttlMs
  }
}
