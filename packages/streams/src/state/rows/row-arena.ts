import { assert, latin1Slice } from '@streamwright/std'
import { arenaChunkBytesMax, arenaChunkBytesMin } from '../limits.ts'

/** Rows begin at multiples of eight bytes, so that a number of 31 bits names one among 16 GiB. */
const unitShift = 3
const unitBytes = 1 << unitShift
const unitsPerChunkShift = 17
const unitMask = (1 << unitsPerChunkShift) - 1
const chunksMax = 1 << (31 - unitsPerChunkShift)

/** What stands before a row: the length of its key, and that of its value. */
const headBytes = 8

/** The length of the value of a row that stands for a deletion. */
export const deletedLength = -1

assert(arenaChunkBytesMax <= (unitMask + 1) << unitShift, 'a chunk has numbers for all its rows')

const noBytes = Buffer.alloc(0)
const noWords = new Int32Array(0)

/**
 * Rows of bytes outside the heap: keys and values one behind the other in chunks of up to a megabyte, so that the garbage
 * collector sees a few objects in place of millions. A row is a number. What is freed is found again when a chunk
 * that others follow has become half empty: its rows are then moved ({@link RowArena.sparseChunk}).
 *
 *     row:  keyLength i32 · valueLength i32, −1 for a deletion · key · value · up to 7 bytes of nothing
 *     gap:  −units i32
 */
export class RowArena {
  readonly #chunks: Buffer[] = []
  readonly #words: Int32Array[] = []
  /** Of each chunk: units that are given out, and those of them that are free again. */
  readonly #used: number[] = []
  readonly #dead: number[] = []
  /** Numbers of chunks that are gone. */
  readonly #free: number[] = []
  #current = -1
  /** Chunks that have become half empty. */
  readonly #sparse: number[] = []
  #bytes = 0
  #usedUnits = 0

  /** What the chunks take. */
  get bytes(): number {
    return this.#bytes
  }

  /** What rows take, those that were freed and are not found again yet included. */
  get usedBytes(): number {
    return this.#usedUnits * unitBytes
  }

  /** The memory that a row lies in. */
  memory(row: number): Buffer {
    return this.#chunks[row >>> unitsPerChunkShift] as Buffer
  }

  keyLength(row: number): number {
    return (this.#words[row >>> unitsPerChunkShift] as Int32Array)[(row & unitMask) << 1] as number
  }

  /** {@link deletedLength} for a deletion. */
  valueLength(row: number): number {
    return (this.#words[row >>> unitsPerChunkShift] as Int32Array)[((row & unitMask) << 1) + 1] as number
  }

  /** Where the key begins in {@link memory}. */
  keyStart(row: number): number {
    return ((row & unitMask) << unitShift) + headBytes
  }

  /** Where the value begins. */
  valueStart(row: number): number {
    return this.keyStart(row) + this.keyLength(row)
  }

  /** The key as text. */
  text(row: number): string {
    const start = this.keyStart(row)
    return latin1Slice(this.memory(row), start, start + this.keyLength(row))
  }

  /** A copy of the key. */
  key(row: number): Buffer {
    const start = this.keyStart(row)
    return Buffer.from(this.memory(row).subarray(start, start + this.keyLength(row)))
  }

  /** A copy of the value; null for a deletion. */
  value(row: number): Buffer | null {
    const length = this.valueLength(row)
    if (length === deletedLength) return null
    const start = this.valueStart(row)
    return Buffer.from(this.memory(row).subarray(start, start + length))
  }

  /** Four bytes of the key, of which the first is at a multiple of four, in the order of the machine. */
  keyWord(row: number, at: number): number {
    return (this.#words[row >>> unitsPerChunkShift] as Int32Array)[
      ((row & unitMask) << 1) + ((headBytes + at) >> 2)
    ] as number
  }

  /**
   * Looks at some of the rows, so that the processor fetches their memory all at once: rows in the order of their keys
   * lie anywhere, and waiting for one after the other is a seventh of what it takes to put them into LMDB. Returns
   * something of what it saw, so that looking is not left out.
   */
  fetch(rows: Int32Array, start: number, end: number): number {
    let seen = 0
    for (let index = start; index < end && index < rows.length; index++) {
      const row = rows[index] as number
      const words = this.#words[row >>> unitsPerChunkShift] as Int32Array
      const at = (row & unitMask) << 1
      // The head, and what lies a line further, where rows of this size end.
      seen ^= (words[at] as number) ^ (words[Math.min(at + 8, words.length - 1)] as number)
    }
    return seen
  }

  /** Room for a row; its key and value are still to be written. */
  allocate(keyLength: number, valueLength: number): number {
    const units = unitsOf(keyLength, valueLength)
    let chunk = this.#current
    if (chunk < 0 || ((this.#used[chunk] as number) + units) << unitShift > (this.#chunks[chunk] as Buffer).length) {
      chunk = this.#begin(units)
    }
    const unit = this.#used[chunk] as number
    this.#used[chunk] = unit + units
    this.#usedUnits += units
    const words = this.#words[chunk] as Int32Array
    words[unit << 1] = keyLength
    words[(unit << 1) + 1] = valueLength
    return (chunk << unitsPerChunkShift) | unit
  }

  /** Gives a row a value of another length, where it lies. False if it has no room there. */
  resize(row: number, valueLength: number): boolean {
    const words = this.#words[row >>> unitsPerChunkShift] as Int32Array
    const at = (row & unitMask) << 1
    const keyLength = words[at] as number
    const there = unitsOf(keyLength, words[at + 1] as number)
    const wanted = unitsOf(keyLength, valueLength)
    if (wanted > there) return false
    words[at + 1] = valueLength
    if (wanted < there) this.#leave(row + wanted, there - wanted)
    return true
  }

  release(row: number): void {
    this.#leave(row, unitsOf(this.keyLength(row), this.valueLength(row)))
  }

  /** A chunk that is half empty, once; undefined if there is none. Its rows are to be copied, and it is to be {@link drop dropped}. */
  sparseChunk(): number | undefined {
    return this.#sparse.length === 0 ? undefined : this.#sparse.pop()
  }

  /** A copy of a row elsewhere. The old one stays until its chunk is dropped. */
  copy(row: number): number {
    const keyLength = this.keyLength(row)
    const valueLength = this.valueLength(row)
    const copied = this.allocate(keyLength, valueLength)
    const start = this.keyStart(row)
    const end = start + keyLength + Math.max(valueLength, 0)
    this.memory(row).copy(this.memory(copied), this.keyStart(copied), start, end)
    return copied
  }

  drop(chunk: number): void {
    this.#bytes -= (this.#chunks[chunk] as Buffer).length
    this.#usedUnits -= this.#used[chunk] as number
    this.#chunks[chunk] = noBytes
    this.#words[chunk] = noWords
    this.#used[chunk] = 0
    this.#dead[chunk] = 0
    this.#free.push(chunk)
  }

  /** Adds the rows of a chunk, or of all, to `rows` from `at` on, in the order in which they lie. Returns where they end. */
  collect(rows: Int32Array, at: number, onlyChunk?: number): number {
    let end = at
    const first = onlyChunk ?? 0
    const last = onlyChunk ?? this.#chunks.length - 1
    for (let chunk = first; chunk <= last; chunk++) {
      const words = this.#words[chunk] as Int32Array
      const used = this.#used[chunk] as number
      for (let unit = 0; unit < used;) {
        const keyLength = words[unit << 1] as number
        if (keyLength < 0) unit -= keyLength
        else {
          rows[end++] = (chunk << unitsPerChunkShift) | unit
          unit += unitsOf(keyLength, words[(unit << 1) + 1] as number)
        }
      }
    }
    return end
  }

  /** At most so many rows lie in a chunk. */
  rowsMax(chunk: number): number {
    return this.#used[chunk] as number
  }

  #leave(row: number, units: number): void {
    const chunk = row >>> unitsPerChunkShift
    ;(this.#words[chunk] as Int32Array)[(row & unitMask) << 1] = -units
    this.#dead[chunk] = (this.#dead[chunk] as number) + units
    this.#look(chunk)
  }

  #look(chunk: number): void {
    if (chunk === this.#current || (this.#dead[chunk] as number) * 2 <= (this.#used[chunk] as number)) return
    if (!this.#sparse.includes(chunk)) this.#sparse.push(chunk)
  }

  #begin(units: number): number {
    const number = this.#free.pop() ?? this.#chunks.length
    assert(number < chunksMax, 'more rows than numbers for them')
    const target = Math.min(Math.max(this.#bytes, arenaChunkBytesMin), arenaChunkBytesMax)
    const chunk = Buffer.allocUnsafeSlow(Math.max(units << unitShift, target))
    this.#chunks[number] = chunk
    this.#words[number] = new Int32Array(chunk.buffer, chunk.byteOffset, chunk.length >> 2)
    this.#used[number] = 0
    this.#dead[number] = 0
    this.#bytes += chunk.length
    const previous = this.#current
    this.#current = number
    if (previous >= 0) this.#look(previous)
    return number
  }
}

function unitsOf(keyLength: number, valueLength: number): number {
  return (headBytes + keyLength + (valueLength > 0 ? valueLength : 0) + 7) >>> unitShift
}
