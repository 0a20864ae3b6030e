import { randomInt } from 'node:crypto'
import type { Serialized } from '@streamwright/formats'
import { latin1Slice, latin1Write, present, utf8Write } from '@streamwright/std'
import { writeTime } from './time-bytes.ts'

// A row: float64 link | float64 time | float64 latest | int32 hash, sequence, key length, value length |
// key | int64 time | int32 sequence (both big-endian: with the key they are the key of the changelog) | value.
const linkAt = 0
const timeAt = 1
const latestAt = 2
const hashAt = 6
const sequenceAt = 7
const keyLengthAt = 8
const valueLengthAt = 9
const headBytes = 40
const suffixBytes = 12

/** Rows begin at multiples of this: positions count in it. */
const unitBytes = 8
const blockSpan = 2 ** 27
/** Then blocks are numbered anew: positions beyond 2^53 would not be exact. */
const blockNumberMax = 2 ** 25

/** Blocks are an eighth of what there is, within these: a task of a thousand takes little, one alone has few blocks. */
const blockBytesMin = 4 * 1024
const blockBytesMax = 512 * 1024
const blocksWanted = 8

const slotsMin = 64

/** Another in each process, so that nobody can choose keys that meet in one chain. What is seen of rows does not depend on it. */
const seed = randomInt(2 ** 31)
const none: readonly number[] = []

/** Memory that rows are appended to, one behind the other; it is never used again for others. */
class Block {
  number: number
  readonly bytes: Buffer
  readonly floats: Float64Array
  readonly ints: Int32Array
  end = 0
  /** Up to here the rows were taken for the engine. */
  taken = 0
  rows = 0
  latestMs = -Infinity
  /** Numbers of the chunks in the engine that end with a row of this block. */
  readonly chunks: number[] = []

  constructor(number: number, length: number) {
    const { buffer } = Buffer.allocUnsafeSlow(length)
    this.number = number
    this.bytes = Buffer.from(buffer)
    this.floats = new Float64Array(buffer)
    this.ints = new Int32Array(buffer)
  }
}

/** Rows of one block that the engine does not have yet. */
export interface UntakenRows {
  readonly bytes: Buffer
  /** Where to put down the number of the chunk that they become. */
  readonly chunks: number[]
}

/** A row as it was appended. */
export interface WindowRow {
  /** Latin-1. */
  readonly key: string
  readonly timeMs: number
  readonly sequence: number
  /** Undefined where the row says that an earlier one of its key, time and sequence is gone. */
  readonly value: Buffer | undefined
}

/**
 * The records of one side of a join by key and time, outside V8's heap: rows are appended to blocks of memory, and a table
 * of hashes leads to the newest row of each chain, which links to the one before it. The oldest block goes as a whole when
 * all in it has expired; links to it lead nowhere. So there is neither an object nor a Buffer per row, nothing for the
 * garbage collector to look at, and nothing to do when a row expires.
 *
 * Keys are Latin-1 text of their bytes. Positions are valid until blocks are dropped.
 */
export class WindowRows {
  #blocks: Block[] = []
  #firstBlock = 0
  /** Positions below are gone. */
  #floor = 0
  /** Pairs: position of the newest row, and the latest time of all rows in its chain. */
  #slots: Float64Array = new Float64Array(slotsMin * 2).fill(-1)
  #mask = slotsMin - 1
  #rows = 0
  #bytes = 0
  #untakenBytes = 0
  /** Positions of rows that were deleted or replaced: the engine may share the bytes of a row, so these stay as they are. */
  #deleted = new Set<number>()

  /** Bytes of all rows. */
  get bytes(): number {
    return this.#bytes
  }

  /** Bytes of the rows that {@link takeRows} will give. */
  get untakenBytes(): number {
    return this.#untakenBytes
  }

  get blockCount(): number {
    return this.#blocks.length
  }

  /** The latest time in the oldest block; undefined without any. */
  get oldestBlockLatestMs(): number | undefined {
    return this.#blocks[0]?.latestMs
  }

  /** Adds a row and returns its position. A value of undefined stands for a deletion. */
  append(key: string, timeMs: number, sequence: number, value: Serialized | undefined): number {
    const valueBytesMax = value === undefined ? 0 : typeof value === 'string' ? value.length * 3 : value.length
    const valueStart = headBytes + key.length + suffixBytes
    const block = this.#blockFor(valueStart + valueBytesMax)
    const { bytes, floats, ints, end } = block
    latin1Write(bytes, key, end + headBytes)
    writeTime(bytes, timeMs, end + headBytes + key.length)
    bytes.writeInt32BE(sequence, end + valueStart - 4)
    let valueBytes = -1
    if (typeof value === 'string') valueBytes = utf8Write(bytes, value, end + valueStart)
    else if (value !== undefined) {
      valueBytes = value.length
      bytes.set(value, end + valueStart)
    }
    const hash = hashOf(key)
    const at = end / unitBytes
    floats[at + timeAt] = timeMs
    ints[at * 2 + hashAt] = hash
    ints[at * 2 + sequenceAt] = sequence
    ints[at * 2 + keyLengthAt] = key.length
    ints[at * 2 + valueLengthAt] = valueBytes
    const length = rowBytes(key.length, valueBytes)
    block.end += length
    block.rows += 1
    if (timeMs > block.latestMs) block.latestMs = timeMs
    this.#bytes += length
    this.#untakenBytes += length
    this.#rows += 1
    this.#link(block, at, hash, timeMs)
    if (this.#rows > this.#mask) this.#rebuild((this.#mask + 1) * 2)
    return block.number * blockSpan + at
  }

  /**
   * Positions of the rows of a key in a stretch of time, both ends inclusive, in the order of time and sequence. Walks
   * no further back than to where everything is earlier.
   */
  find(key: string, fromMs: number, toMs: number, deletionsToo = false): readonly number[] {
    const hash = hashOf(key)
    let position = this.#slots[(hash & this.#mask) * 2] as number
    let found: number[] | undefined
    let isOrdered = true
    let lastMs = Infinity
    let lastSequence = 0
    const floor = this.#floor
    const deleted = this.#deleted
    while (position >= floor) {
      const number = Math.floor(position / blockSpan)
      const { floats, ints, bytes } = this.#blocks[number - this.#firstBlock] as Block
      const at = position - number * blockSpan
      if ((floats[at + latestAt] as number) < fromMs) break
      const timeMs = floats[at + timeAt] as number
      if (
        ints[at * 2 + hashAt] === hash &&
        timeMs >= fromMs &&
        timeMs <= toMs &&
        (deletionsToo ||
          ((ints[at * 2 + valueLengthAt] as number) >= 0 && !(deleted.size > 0 && deleted.has(position)))) &&
        isKey(bytes, at * unitBytes + headBytes, ints[at * 2 + keyLengthAt] as number, key)
      ) {
        const sequence = ints[at * 2 + sequenceAt] as number
        if (timeMs > lastMs || (timeMs === lastMs && sequence > lastSequence)) isOrdered = false
        lastMs = timeMs
        lastSequence = sequence
        if (found === undefined) found = [position]
        else found.push(position)
      }
      position = floats[at + linkAt] as number
    }
    if (found === undefined) return none
    if (found.length > 1) {
      found.reverse()
      if (!isOrdered) found.sort((left, right) => this.#compare(left, right))
    }
    return found
  }

  timeOf(position: number): number {
    return this.#block(position).floats[(position % blockSpan) + timeAt] as number
  }

  sequenceOf(position: number): number {
    return this.#block(position).ints[(position % blockSpan) * 2 + sequenceAt] as number
  }

  /** The key of the row in a changelog: memory that is never written again. */
  changelogKeyOf(position: number): Buffer {
    const { bytes, ints } = this.#block(position)
    const at = position % blockSpan
    const start = at * unitBytes + headBytes
    return bytes.subarray(start, start + (ints[at * 2 + keyLengthAt] as number) + suffixBytes)
  }

  /** Reads the value of a row in place. */
  readValue<T>(position: number, read: (memory: Buffer, start: number, end: number) => T): T {
    const { bytes, ints } = this.#block(position)
    const at = position % blockSpan
    const start = at * unitBytes + headBytes + (ints[at * 2 + keyLengthAt] as number) + suffixBytes
    return read(bytes, start, start + (ints[at * 2 + valueLengthAt] as number))
  }

  rowAt(position: number): WindowRow {
    const row = rowAt(this.#block(position), (position % blockSpan) * unitBytes)
    return this.#deleted.has(position) ? { ...row, value: undefined } : row
  }

  /** Every row, in the order in which they were appended; those that were deleted without their values. */
  *all(): Generator<WindowRow> {
    for (const block of this.#blocks) yield* this.#rowsOf(block)
  }

  /** Those of the oldest block. */
  *oldest(): Generator<WindowRow> {
    const [block] = this.#blocks
    if (block !== undefined) yield* this.#rowsOf(block)
  }

  /** A row is gone from now on. The engine has to learn it by another row. */
  delete(position: number): void {
    this.#deleted.add(position)
  }

  /** Forgets the oldest block, and returns the numbers of its chunks. */
  dropOldest(): readonly number[] {
    const block = present(this.#blocks.shift(), 'A block that is dropped is there')
    this.#firstBlock = block.number + 1
    this.#floor = this.#firstBlock * blockSpan
    this.#rows -= block.rows
    this.#bytes -= block.end
    this.#untakenBytes -= block.end - block.taken
    for (const position of this.#deleted) if (position < this.#floor) this.#deleted.delete(position)
    // What links to it stays: a table that is mostly empty would be looked through for nothing.
    if (this.#mask + 1 > slotsMin && this.#rows * 8 < this.#mask) this.#rebuild((this.#mask + 1) / 4)
    return block.chunks
  }

  /** The rows that have not been taken, by block. */
  takeRows(): UntakenRows[] {
    const taken: UntakenRows[] = []
    for (const block of this.#blocks) {
      if (block.taken === block.end) continue
      taken.push({ bytes: block.bytes.subarray(block.taken, block.end), chunks: block.chunks })
      block.taken = block.end
    }
    this.#untakenBytes = 0
    return taken
  }

  /** All rows are as the engine has them, the last of them in a chunk of this number. */
  markTaken(chunk: number): void {
    for (const block of this.#blocks) block.taken = block.end
    this.#blocks.at(-1)?.chunks.push(chunk)
    this.#untakenBytes = 0
  }

  #block(position: number): Block {
    return this.#blocks[Math.floor(position / blockSpan) - this.#firstBlock] as Block
  }

  #blockFor(bytesMax: number): Block {
    const last = this.#blocks[this.#blocks.length - 1]
    const needed = bytesMax + unitBytes
    if (last !== undefined && last.end + needed <= last.bytes.length) return last
    const wanted = Math.min(Math.max(this.#bytes / blocksWanted, blockBytesMin), blockBytesMax)
    const length = Math.ceil(Math.max(wanted, needed) / unitBytes) * unitBytes
    if (this.#firstBlock + this.#blocks.length >= blockNumberMax) this.#renumber()
    const block = new Block(this.#firstBlock + this.#blocks.length, length)
    this.#blocks.push(block)
    return block
  }

  /** Makes a row the newest of its chain. */
  #link({ number, floats }: Block, at: number, hash: number, timeMs: number): void {
    const slots = this.#slots
    const slot = (hash & this.#mask) * 2
    const before = slots[slot] as number
    const latest = before >= this.#floor ? Math.max(slots[slot + 1] as number, timeMs) : timeMs
    floats[at + linkAt] = before
    floats[at + latestAt] = latest
    slots[slot] = number * blockSpan + at
    slots[slot + 1] = latest
  }

  *#rowsOf(block: Block): Generator<WindowRow> {
    for (const offset of offsetsOf(block)) yield this.rowAt(block.number * blockSpan + offset / unitBytes)
  }

  #renumber(): void {
    this.#deleted = new Set([...this.#deleted].map((position) => position - this.#floor))
    for (const [index, block] of this.#blocks.entries()) block.number = index
    this.#firstBlock = 0
    this.#floor = 0
    this.#rebuild(this.#mask + 1)
  }

  #rebuild(slots: number): void {
    this.#slots = new Float64Array(slots * 2).fill(-1)
    this.#mask = slots - 1
    for (const block of this.#blocks) {
      for (const offset of offsetsOf(block)) {
        const at = offset / unitBytes
        this.#link(block, at, block.ints[at * 2 + hashAt] as number, block.floats[at + timeAt] as number)
      }
    }
  }

  #compare(left: number, right: number): number {
    return this.timeOf(left) - this.timeOf(right) || this.sequenceOf(left) - this.sequenceOf(right) || left - right
  }
}

/** The rows of a chunk, as {@link WindowRows.takeRows} gave it. */
export function* rowsOfChunk(chunk: Buffer): Generator<WindowRow> {
  const block = new Block(0, chunk.length)
  chunk.copy(block.bytes)
  block.end = chunk.length
  for (const offset of offsetsOf(block)) yield rowAt(block, offset)
}

/** Where the rows of a block begin. */
function* offsetsOf(block: Block): Generator<number> {
  for (let offset = 0; offset < block.end; offset += lengthAt(block, offset)) yield offset
}

function rowAt({ bytes, floats, ints }: Block, offset: number): WindowRow {
  const at = offset / unitBytes
  const keyStart = offset + headBytes
  const keyEnd = keyStart + (ints[at * 2 + keyLengthAt] as number)
  const valueLength = ints[at * 2 + valueLengthAt] as number
  const valueStart = keyEnd + suffixBytes
  return {
    key: latin1Slice(bytes, keyStart, keyEnd),
    timeMs: floats[at + timeAt] as number,
    sequence: ints[at * 2 + sequenceAt] as number,
    value: valueLength < 0 ? undefined : bytes.subarray(valueStart, valueStart + valueLength),
  }
}

function lengthAt({ ints }: Block, offset: number): number {
  const index = (offset / unitBytes) * 2
  return rowBytes(ints[index + keyLengthAt] as number, ints[index + valueLengthAt] as number)
}

function rowBytes(keyLength: number, valueLength: number): number {
  return Math.ceil((headBytes + keyLength + suffixBytes + Math.max(valueLength, 0)) / unitBytes) * unitBytes
}

/** Letter by letter: a key of 16 bytes is compared in 15 ns, where a text made of them takes 50. */
function isKey(bytes: Buffer, start: number, length: number, key: string): boolean {
  if (length !== key.length) return false
  for (let index = 0; index < length; index++) if (bytes[start + index] !== key.charCodeAt(index)) return false
  return true
}

/** FNV-1a, mixed once more so that the low bits depend on all letters. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5 ^ seed
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
