import type { CacheEntry } from './cache-entry.ts'
import { lowerBound } from '../stores/timeline.ts'

/** A cache entry by its place in time. */
interface Placed<T> {
  readonly timeMs: number
  readonly otherMs: number
  readonly entry: CacheEntry<T>
}

/** The cached entries of one key. */
interface CachedKey<T> {
  /** Every entry, deletions included, by time; several at one time are rare. */
  readonly byTime: Map<number, Placed<T>[]>
  /** Those that hold a value, in order. */
  readonly live: Placed<T>[]
}

/**
 * The index of a record cache whose store is read by key and stretch of time. Deletions, which a cache must keep until
 * it is flushed, are found by their time and never searched through: a session that grows leaves one per record.
 */
export class TimelineCacheIndex<T> {
  readonly #keys = new Map<string, CachedKey<T>>()

  get(mapKey: string, timeMs: number, otherMs: number): CacheEntry<T> | undefined {
    const atTime = this.#keys.get(mapKey)?.byTime.get(timeMs)
    if (atTime === undefined) return undefined
    for (const placed of atTime) if (placed.otherMs === otherMs) return placed.entry
    return undefined
  }

  /** Takes in an entry, or takes notice that the value of one has changed. */
  set(timeMs: number, otherMs: number, entry: CacheEntry<T>): void {
    let key = this.#keys.get(entry.mapKey)
    if (key === undefined) {
      key = { byTime: new Map(), live: [] }
      this.#keys.set(entry.mapKey, key)
    }
    const placed = { timeMs, otherMs, entry }
    const atTime = key.byTime.get(timeMs)
    if (atTime === undefined) key.byTime.set(timeMs, [placed])
    else if (!atTime.some((other) => other.otherMs === otherMs)) atTime.push(placed)
    const index = lowerBound(key.live, timeMs, otherMs)
    const there = key.live[index]
    const isThere = there !== undefined && there.timeMs === timeMs && there.otherMs === otherMs
    if (entry.live === null && isThere) key.live.splice(index, 1)
    else if (entry.live !== null && !isThere) key.live.splice(index, 0, placed)
  }

  delete(timeMs: number, otherMs: number, mapKey: string): void {
    const key = this.#keys.get(mapKey)
    if (key === undefined) return
    const rest = key.byTime.get(timeMs)?.filter((placed) => placed.otherMs !== otherMs) ?? []
    if (rest.length === 0) key.byTime.delete(timeMs)
    else key.byTime.set(timeMs, rest)
    const index = lowerBound(key.live, timeMs, otherMs)
    const there = key.live[index]
    if (there !== undefined && there.timeMs === timeMs && there.otherMs === otherMs) key.live.splice(index, 1)
    if (key.byTime.size === 0) this.#keys.delete(mapKey)
  }

  get keys(): Iterable<string> {
    return this.#keys.keys()
  }

  /** Entries of a key that hold a value, in order. */
  live(mapKey: string): readonly Placed<T>[] {
    return this.#keys.get(mapKey)?.live ?? []
  }
}
