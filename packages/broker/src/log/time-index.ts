import { int64At, writeInt64 } from './batch-header.ts'
import { IndexEntries, lastWhere } from './index-entries.ts'

const entryBytes = 12
const empty = Buffer.alloc(0)

export interface TimestampOffset {
  readonly timestamp: number
  readonly offset: number
}

/**
 * `.timeindex`: an entry says that no record up to this offset of the segment has a larger timestamp. Timestamps and
 * offsets ascend.
 */
export class TimeIndex {
  static readonly entryBytes: number = entryBytes
  readonly #baseOffset: number
  readonly #entries: IndexEntries

  constructor(baseOffset: number, content: Buffer = empty) {
    this.#baseOffset = baseOffset
    this.#entries = new IndexEntries(entryBytes, content)
  }

  get count(): number {
    return this.#entries.count
  }

  get sizeInBytes(): number {
    return this.#entries.sizeInBytes
  }

  /** One entry stays free for the one that is forced when the segment is closed. */
  isFull(indexBytesMax: number, more = 0): boolean {
    return this.#entries.count + more >= Math.floor(indexBytesMax / entryBytes) - 1
  }

  /** The largest timestamp so far and where it is; −1 and the segment's first offset when there is none. */
  get last(): TimestampOffset {
    return this.count === 0 ? { timestamp: -1, offset: this.#baseOffset } : this.#entryAt(this.count - 1)
  }

  /** Adds an entry if it says something new. */
  append(timestamp: number, offset: number): void {
    const last = this.last
    if (timestamp <= last.timestamp || offset < last.offset) return
    const at = this.#entries.grow()
    writeInt64(this.#entries.buffer, timestamp, at)
    this.#entries.buffer.writeInt32BE(offset - this.#baseOffset, at + 8)
  }

  /** All records before the returned offset are older than `timestamp`. */
  offsetBefore(timestamp: number): number {
    const { buffer } = this.#entries
    const index = lastWhere(this.count, (each) => int64At(buffer, each * entryBytes) < timestamp)
    return index < 0 ? this.#baseOffset : this.#entryAt(index).offset
  }

  isSound(): boolean {
    const { buffer } = this.#entries
    let previousTimestamp = -1
    let previousOffset = -1
    for (let at = 0; at < this.count * entryBytes; at += entryBytes) {
      const timestamp = int64At(buffer, at)
      const offset = buffer.readInt32BE(at + 8)
      if (timestamp <= previousTimestamp || offset < previousOffset) return false
      previousTimestamp = timestamp
      previousOffset = offset
    }
    return true
  }

  bytes(): Buffer {
    return this.#entries.bytes()
  }

  #entryAt(index: number): TimestampOffset {
    const at = this.#entries.at(index)
    const { buffer } = this.#entries
    return { timestamp: int64At(buffer, at), offset: this.#baseOffset + buffer.readInt32BE(at + 8) }
  }
}
