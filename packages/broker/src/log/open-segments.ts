import { assert } from '@streamwright/std'
import { loadedIndexBytesMax, openSegmentsMax } from './limits.ts'

/** What {@link OpenSegments} sees of a segment. */
export interface Releasable {
  /** Set by {@link OpenSegments}: larger is more recent. */
  lastUse: number
  /** Memory that {@link Releasable.release} would give back. */
  readonly releasableBytes: number
  /** A sync is under way: its file must stay open. */
  readonly isPinned: boolean
  /** Closes the file, drops what can be read again. It opens itself when it is used the next time. */
  release(): void
}

/**
 * Bounds the file handles and index memory of all segments of a data directory: the segment that was used longest ago
 * lets go first. Looking for it walks over all open ones, which only happens when a segment is opened.
 */
export class OpenSegments {
  readonly #open = new Set<Releasable>()
  readonly #segmentsMax: number
  readonly #indexBytesMax: number
  #clock = 0
  #indexBytes = 0

  constructor(segmentsMax: number = openSegmentsMax, indexBytesMax: number = loadedIndexBytesMax) {
    assert(segmentsMax > 0, 'At least one segment can be open')
    this.#segmentsMax = segmentsMax
    this.#indexBytesMax = indexBytesMax
  }

  get count(): number {
    return this.#open.size
  }

  used(segment: Releasable): void {
    segment.lastUse = ++this.#clock
  }

  /** The segment has just opened its file or loaded its indexes. */
  opened(segment: Releasable, indexBytes: number): void {
    this.#open.add(segment)
    this.used(segment)
    this.#indexBytes += indexBytes
    while (this.#open.size > this.#segmentsMax || this.#indexBytes > this.#indexBytesMax) {
      const victim = this.#leastRecent(segment)
      if (victim === undefined) return
      victim.release()
    }
  }

  /** The segment has let go by itself. */
  closed(segment: Releasable, indexBytes: number): void {
    this.#open.delete(segment)
    this.#indexBytes -= indexBytes
    assert(this.#indexBytes >= 0, 'Index memory is given back once')
  }

  #leastRecent(except: Releasable): Releasable | undefined {
    let found: Releasable | undefined
    const byMemory = this.#open.size <= this.#segmentsMax
    for (const each of this.#open) {
      if (each === except || each.isPinned || (byMemory && each.releasableBytes === 0)) continue
      if (found === undefined || each.lastUse < found.lastUse) found = each
    }
    return found
  }
}
