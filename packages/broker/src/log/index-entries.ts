import { assert } from '@streamwright/std'

const smallestCapacityEntries = 16

/**
 * Entries of fixed size in one growing buffer, exactly as they stand in the file. Shared by the three kinds of index;
 * those know what an entry means.
 */
export class IndexEntries {
  readonly entryBytes: number
  #buffer: Buffer
  #count: number

  /** Takes `content` over: whole entries, as read from the file. */
  constructor(entryBytes: number, content: Buffer) {
    assert(content.length % entryBytes === 0, 'An index holds whole entries')
    this.entryBytes = entryBytes
    this.#buffer = content
    this.#count = content.length / entryBytes
  }

  get count(): number {
    return this.#count
  }

  /** Memory in use. */
  get sizeInBytes(): number {
    return this.#buffer.length
  }

  /** For reading entries; valid until the next {@link IndexEntries.grow}. */
  get buffer(): Buffer {
    return this.#buffer
  }

  /** Where entry `index` starts in {@link IndexEntries.buffer}. */
  at(index: number): number {
    assert(index >= 0 && index < this.#count, 'An index entry exists')
    return index * this.entryBytes
  }

  /** Makes room for one more entry and returns where it starts. */
  grow(): number {
    const start = this.#count * this.entryBytes
    if (start + this.entryBytes > this.#buffer.length) {
      const entries = Math.max(smallestCapacityEntries, this.#count * 2)
      const grown = Buffer.allocUnsafeSlow(entries * this.entryBytes)
      this.#buffer.copy(grown, 0, 0, start)
      this.#buffer = grown
    }
    this.#count++
    return start
  }

  /** The file's content. A view: write it before anything is added. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#count * this.entryBytes)
  }
}

/** The largest index below `count` for which `isAtMost` holds, −1 for none. It holds for a prefix of the entries. */
export function lastWhere(count: number, isAtMost: (index: number) => boolean): number {
  let low = -1
  let high = count - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (isAtMost(middle)) low = middle
    else high = middle - 1
  }
  return low
}
