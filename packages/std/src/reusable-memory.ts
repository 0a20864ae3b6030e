import { assert } from './assert.ts'

export interface ReusableMemoryLimits {
  /** Pieces are powers of two, at least this long. */
  readonly pieceBytesMin: number
  /** Longer pieces are made for each use, and never kept. */
  readonly pieceBytesMax: number
  /** Bytes that may wait for their next use. */
  readonly keptBytesMax: number
}

/**
 * Pieces of memory for large messages. What is given back is used again: fresh memory costs 0.3 us per KB for pages
 * that the system has to clear, and as much again in garbage collection, which is more than reading and checking the
 * bytes of a message. What nobody gives back is left to the garbage collector.
 */
export class ReusableMemory {
  readonly #limits: ReusableMemoryLimits
  /** By size. */
  readonly #free = new Map<number, ArrayBuffer[]>()
  readonly #lent = new WeakSet<ArrayBufferLike>()
  #keptBytes = 0

  constructor(limits: ReusableMemoryLimits) {
    assert(limits.pieceBytesMin >= 1 && limits.pieceBytesMin <= limits.pieceBytesMax, 'Pieces have a size')
    this.#limits = limits
  }

  /** Bytes that wait for their next use. */
  get keptBytes(): number {
    return this.#keptBytes
  }

  /** A buffer of this length, not cleared, with an `ArrayBuffer` of its own. */
  allocate(length: number): Buffer {
    const { pieceBytesMin, pieceBytesMax } = this.#limits
    if (length > pieceBytesMax) return Buffer.allocUnsafeSlow(length)
    const size = Math.max(pieceBytesMin, 2 ** Math.ceil(Math.log2(length)))
    const kept = this.#free.get(size)?.pop()
    const memory = kept ?? Buffer.allocUnsafeSlow(size).buffer
    if (kept !== undefined) this.#keptBytes -= size
    this.#lent.add(memory)
    return Buffer.from(memory, 0, length)
  }

  /**
   * Nobody reads this memory any more: neither the buffer that was allocated nor a view of it. Does nothing for memory
   * that came from elsewhere, or was given back before.
   */
  giveBack(memory: ArrayBufferLike): void {
    if (!(memory instanceof ArrayBuffer) || !this.#lent.delete(memory)) return
    const size = memory.byteLength
    if (this.#keptBytes + size > this.#limits.keptBytesMax) return
    const free = this.#free.get(size)
    if (free === undefined) this.#free.set(size, [memory])
    else free.push(memory)
    this.#keptBytes += size
  }
}
