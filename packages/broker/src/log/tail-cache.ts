import { lastOffsetOf, sizeInBytesOf } from './batch-header.ts'
import { tailBytesMax, tailBytesPerPartitionMax } from './limits.ts'
import { endOfWholeBatches } from './whole-batches.ts'

const smallestArenaBytes = 4 * 1024
const largestArenaBytes = 256 * 1024

interface Chunk {
  buffer: Buffer
  readonly baseOffset: number
  nextOffset: number
  /** Memory that the chunk keeps alive. */
  readonly backingBytes: number
}

/** Memory of all partitions' tails together. The partition that was written longest ago gives up its tail first. */
export class TailBudget {
  readonly #bytesMax: number
  readonly #tails = new Set<TailCache>()
  #bytes = 0

  constructor(bytesMax: number = tailBytesMax) {
    this.#bytesMax = bytesMax
  }

  get bytes(): number {
    return this.#bytes
  }

  change(tail: TailCache, bytes: number): void {
    this.#bytes += bytes
    this.#tails.delete(tail)
    if (tail.bytes > 0) this.#tails.add(tail)
    for (const idle of this.#tails) {
      if (this.#bytes <= this.#bytesMax || idle === tail) return
      idle.clear()
    }
  }
}

/**
 * The small batches that a partition wrote last, for readers at its end, which are nearly all readers: they need no file
 * and, mostly, no copy. Large ones are read from the file: that costs one copy into memory that is used again, while
 * keeping them here would take the memory of a request away from the next one. What it returns is shared and must not be
 * changed.
 */
export class TailCache {
  readonly #budget: TailBudget
  readonly #bytesMax: number
  #chunks: Chunk[] = []
  #arena: Buffer | undefined
  #arenaUsed = 0
  #bytes = 0

  constructor(budget: TailBudget, bytesMax: number = tailBytesPerPartitionMax) {
    this.#budget = budget
    this.#bytesMax = bytesMax
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Copies small pieces one after the other, behind those of the last call where there is room. */
  gather(pieces: readonly Buffer[], sizeInBytes: number): Buffer {
    let arena = this.#arena
    if (arena === undefined || this.#arenaUsed + sizeInBytes > arena.length) {
      const next = Math.min(largestArenaBytes, (arena?.length ?? smallestArenaBytes / 4) * 4)
      this.#arena = arena = Buffer.allocUnsafeSlow(Math.max(next, sizeInBytes))
      this.#arenaUsed = 0
    }
    const start = this.#arenaUsed
    for (const piece of pieces) {
      arena.set(piece, this.#arenaUsed)
      this.#arenaUsed += piece.length
    }
    return arena.subarray(start, this.#arenaUsed)
  }

  /** Takes up what {@link TailCache.gather} returned, when it was written. */
  push(buffer: Buffer, baseOffset: number, nextOffset: number): void {
    const last = this.#chunks.at(-1)
    if (last !== undefined && last.nextOffset !== baseOffset) this.clear()
    if (last !== undefined && extend(last, buffer, nextOffset)) return this.#budget.change(this, 0)
    const backingBytes = buffer.buffer.byteLength
    this.#chunks.push({ buffer, baseOffset, nextOffset, backingBytes })
    let change = backingBytes
    while (this.#bytes + change > this.#bytesMax && this.#chunks.length > 0) {
      change -= this.#chunks.shift()?.backingBytes ?? 0
    }
    this.#bytes += change
    this.#budget.change(this, change)
  }

  clear(): void {
    const freed = this.#bytes
    this.#chunks = []
    this.#arena = undefined
    this.#bytes = 0
    this.#budget.change(this, -freed)
  }

  /**
   * As {@link Segment.read}, by offset. `undefined`: the offset is older than the tail. `limitOffset` is beyond `offset`.
   */
  read(offset: number, maxBytes: number, atLeastOne: boolean, limitOffset: number): Buffer | undefined {
    const first = this.#chunks.findLastIndex((chunk) => chunk.baseOffset <= offset)
    const chunk = this.#chunks[first]
    if (chunk === undefined || offset >= chunk.nextOffset) return undefined
    const start = startOf(chunk, offset)
    let allowed = atLeastOne ? Math.max(maxBytes, sizeInBytesOf(chunk.buffer, start)) : maxBytes
    const pieces: Buffer[] = []
    for (let index = first; index < this.#chunks.length; index++) {
      const { buffer } = this.#chunks[index] ?? chunk
      const from = index === first ? start : 0
      const { at } = endOfWholeBatches(buffer, from, buffer.length, allowed, limitOffset)
      if (at > from) pieces.push(buffer.subarray(from, at))
      if (at < buffer.length) break
      allowed -= at - from
    }
    return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
  }
}

/** Small writes follow each other in one arena: they are one chunk for the reader. */
function extend(last: Chunk, buffer: Buffer, nextOffset: number): boolean {
  const { buffer: known } = last
  if (known.buffer !== buffer.buffer || known.byteOffset + known.length !== buffer.byteOffset) return false
  last.buffer = Buffer.from(known.buffer, known.byteOffset, known.length + buffer.length)
  last.nextOffset = nextOffset
  return true
}

function startOf(chunk: Chunk, offset: number): number {
  if (chunk.baseOffset === offset) return 0
  let at = 0
  while (lastOffsetOf(chunk.buffer, at) < offset) at += sizeInBytesOf(chunk.buffer, at)
  return at
}
