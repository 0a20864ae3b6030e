import { assert } from '@streamwright/std'

/** Room for four keys of the greatest length, and for some 150 of 16 bytes. */
export const pageBytes = 8192

const pageShift = 7
const pagesPerChunk = 1 << pageShift
const pageMask = pagesPerChunk - 1

/** 2^31 pages would be 16 TiB: memory ends before. */
const pagesMax = 2 ** 31

/**
 * Pages of the index, outside the heap: chunks of a megabyte, cut into pages that are named by number, so that ten
 * million keys cost the garbage collector a few hundred objects.
 */
export class PageSlab {
  readonly #chunks: Uint8Array[] = []
  readonly #views: DataView[] = []
  readonly #free: number[] = []
  #allocated = 0

  /** Pages that are in use. */
  get used(): number {
    return this.#allocated - this.#free.length
  }

  allocate(): number {
    const reused = this.#free.pop()
    if (reused !== undefined) return reused
    assert(this.#allocated < pagesMax, 'more pages than numbers for them')
    if (this.#allocated >> pageShift === this.#chunks.length) {
      const chunk = new Uint8Array(pageBytes * pagesPerChunk)
      this.#chunks.push(chunk)
      this.#views.push(new DataView(chunk.buffer))
    }
    return this.#allocated++
  }

  release(page: number): void {
    this.#free.push(page)
  }

  /** The bytes that hold the page, from `base(page)` on. */
  bytes(page: number): Uint8Array {
    return this.#chunks[page >> pageShift] as Uint8Array
  }

  view(page: number): DataView {
    return this.#views[page >> pageShift] as DataView
  }

  /** Where the page begins in its chunk. */
  base(page: number): number {
    return (page & pageMask) * pageBytes
  }

  copy(from: number, to: number): void {
    const start = this.base(from)
    this.bytes(to).set(this.bytes(from).subarray(start, start + pageBytes), this.base(to))
  }
}
