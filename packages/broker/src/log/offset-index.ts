import { IndexEntries, lastWhere } from './index-entries.ts'

const entryBytes = 8
const empty = Buffer.alloc(0)

/**
 * `.index`: from offsets to positions in the segment, one entry every few kilobytes. An entry names the last offset of
 * a batch, relative to the segment, and the position where that batch starts.
 */
export class OffsetIndex {
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

  /** Full at `indexBytesMax`, the topic's `segment.index.bytes`, when it gets `more` entries: the segment must be closed. */
  isFull(indexBytesMax: number, more = 0): boolean {
    return this.#entries.count + more >= Math.floor(indexBytesMax / entryBytes)
  }

  append(lastOffset: number, position: number): void {
    const at = this.#entries.grow()
    this.#entries.buffer.writeInt32BE(lastOffset - this.#baseOffset, at)
    this.#entries.buffer.writeInt32BE(position, at + 4)
  }

  /** A position at or before the batch that holds `offset`: where to start looking. */
  positionBefore(offset: number): number {
    const relative = offset - this.#baseOffset
    const { buffer } = this.#entries
    const index = lastWhere(this.#entries.count, (each) => buffer.readInt32BE(each * entryBytes) <= relative)
    return index < 0 ? 0 : buffer.readInt32BE(this.#entries.at(index) + 4)
  }

  /** Position of the last entry's batch; 0 without entries. */
  get lastPosition(): number {
    return this.count === 0 ? 0 : this.#entries.buffer.readInt32BE(this.#entries.at(this.count - 1) + 4)
  }

  /** Entries ascend, in offset and position, and stay inside a segment of `logBytes`. */
  isSound(logBytes: number): boolean {
    const { buffer } = this.#entries
    let previousOffset = -1
    let previousPosition = -1
    for (let at = 0; at < this.count * entryBytes; at += entryBytes) {
      const offset = buffer.readInt32BE(at)
      const position = buffer.readInt32BE(at + 4)
      if (offset < previousOffset || position <= previousPosition || position >= logBytes) return false
      previousOffset = offset
      previousPosition = position
    }
    return true
  }

  bytes(): Buffer {
    return this.#entries.bytes()
  }
}
