import { assert, present } from '@streamwright/std'
import type { Segment } from './segment.ts'

/** The segments of a log, oldest first; the last one is written to. Never empty. */
export class SegmentList {
  #segments: Segment[]
  /** Of all but the active one, which alone changes its size. */
  #closedBytes = 0

  constructor(segments: readonly Segment[]) {
    assert(segments.length > 0, 'A log has at least one segment')
    this.#segments = [...segments]
    for (const segment of segments) if (segment !== this.active) this.#closedBytes += segment.sizeInBytes
  }

  get count(): number {
    return this.#segments.length
  }

  get sizeInBytes(): number {
    return this.#closedBytes + this.active.sizeInBytes
  }

  get first(): Segment {
    return present(this.#segments[0], 'A log has a first segment')
  }

  get active(): Segment {
    return present(this.#segments.at(-1), 'A log has an active segment')
  }

  at(index: number): Segment | undefined {
    return this.#segments[index]
  }

  [Symbol.iterator](): IterableIterator<Segment> {
    return this.#segments[Symbol.iterator]()
  }

  /** Index of the last segment that starts at or before `offset`; 0 when all start behind it. */
  floorIndex(offset: number): number {
    let low = 0
    let high = this.#segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#segments[middle]?.baseOffset ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  push(segment: Segment): void {
    assert(segment.baseOffset > this.active.baseOffset, 'A new segment starts behind the one before')
    this.#closedBytes += this.active.sizeInBytes
    this.#segments.push(segment)
  }

  /** Puts another one in the place of closed ones that stand in a row. False: they do not, any more. */
  replace(old: readonly Segment[], next: Segment): boolean {
    const from = old[0] === undefined ? -1 : this.#segments.indexOf(old[0])
    const isThere = from >= 0 && old.every((segment, index) => this.#segments[from + index] === segment)
    if (!isThere || from + old.length >= this.#segments.length) return false
    for (const segment of old) this.#closedBytes -= segment.sizeInBytes
    this.#closedBytes += next.sizeInBytes
    this.#segments.splice(from, old.length, next)
    return true
  }

  /** Takes the oldest ones off. One must stay. */
  removeFirst(count: number): readonly Segment[] {
    assert(count < this.#segments.length, 'A log keeps at least one segment')
    const removed = this.#segments.splice(0, count)
    for (const segment of removed) this.#closedBytes -= segment.sizeInBytes
    return removed
  }
}
