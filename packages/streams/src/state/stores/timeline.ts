import type { Serialized } from '@streamwright/formats'
import type { Stored } from '../value-form.ts'

/**
 * One entry of a {@link Timeline}. As committed it is bytes (`packed`), read anew each time, or a value that is never
 * changed in place (`live`); once written it is a live value with the bytes that went to the changelog (`serialized`).
 */
export interface TimelineEntry<V> {
  readonly timeMs: number
  readonly otherMs: number
  readonly packed: Buffer | undefined
  readonly live: Stored<V> | undefined
  /** Set as long as the entry is not committed. */
  serialized: Serialized | undefined
}

/** Of timelines without any; never changed. */
const none: never[] = []

/** Most keys have few entries at a time: a pushed array has room for 17, which were a third of a join's memory. */
const fewEntries = 8

/**
 * What a task knows of one key: its entries in order of time, complete from the bucket `loadedFrom` on. Entries come
 * mostly in order, so that inserting is appending.
 */
export class Timeline<V> {
  readonly mapKey: string
  entries: TimelineEntry<V>[] = none
  loadedFrom: number
  /** Buckets whose rows in the engine no longer fit. */
  dirtyBuckets: readonly number[] = none
  /** Whether it is kept until the next commit, and answers for its key. */
  isKept = false

  constructor(mapKey: string, loadedFrom: number) {
    this.mapKey = mapKey
    this.loadedFrom = loadedFrom
  }

  /** Index of the first entry at or after a time. */
  lowerBound(timeMs: number, otherMs: number = -Infinity): number {
    return lowerBound(this.entries, timeMs, otherMs)
  }

  get(timeMs: number, otherMs: number): TimelineEntry<V> | undefined {
    const entry = this.entries[this.lowerBound(timeMs, otherMs)]
    return entry !== undefined && entry.timeMs === timeMs && entry.otherMs === otherMs ? entry : undefined
  }

  /** Sets or replaces an entry; returns the one that was there. */
  set(entry: TimelineEntry<V>): TimelineEntry<V> | undefined {
    const index = this.lowerBound(entry.timeMs, entry.otherMs)
    const there = this.entries[index]
    if (there !== undefined && there.timeMs === entry.timeMs && there.otherMs === entry.otherMs) {
      this.entries[index] = entry
      return there
    }
    if (this.entries.length < fewEntries) this.entries = this.entries.toSpliced(index, 0, entry)
    else if (index === this.entries.length) this.entries.push(entry)
    else this.entries.splice(index, 0, entry)
    return undefined
  }

  delete(timeMs: number, otherMs: number): TimelineEntry<V> | undefined {
    const index = this.lowerBound(timeMs, otherMs)
    const there = this.entries[index]
    if (there === undefined || there.timeMs !== timeMs || there.otherMs !== otherMs) return undefined
    this.entries = this.entries.toSpliced(index, 1)
    return there
  }
}

/** Index of the first element at or after a time, of elements in order of time. */
export function lowerBound(
  elements: readonly { readonly timeMs: number; readonly otherMs: number }[],
  timeMs: number,
  otherMs: number = -Infinity,
): number {
  let low = 0
  let high = elements.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const element = elements[middle]
    const isBefore =
      element !== undefined && (element.timeMs < timeMs || (element.timeMs === timeMs && element.otherMs < otherMs))
    if (isBefore) low = middle + 1
    else high = middle
  }
  return low
}
