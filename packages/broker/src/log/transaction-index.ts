import { int64At, writeInt64 } from './batch-header.ts'
import { IndexEntries } from './index-entries.ts'

const entryBytes = 34
const version = 0
const empty = Buffer.alloc(0)

/** A transaction that ended with an abort marker at `lastOffset`. */
export interface AbortedTransactionEntry {
  readonly producerId: number
  readonly firstOffset: number
  readonly lastOffset: number
  /** Of the partition, when the marker was written: later transactions cannot start below it. */
  readonly lastStableOffset: number
}

/** `.txnindex`: aborted transactions, in the segment that holds their marker, in the order of the markers. */
export class TransactionIndex {
  static readonly entryBytes: number = entryBytes
  readonly #entries: IndexEntries

  constructor(content: Buffer = empty) {
    this.#entries = new IndexEntries(entryBytes, content)
  }

  get count(): number {
    return this.#entries.count
  }

  get sizeInBytes(): number {
    return this.#entries.sizeInBytes
  }

  append(entry: AbortedTransactionEntry): void {
    const at = this.#entries.grow()
    const { buffer } = this.#entries
    buffer.writeInt16BE(version, at)
    writeInt64(buffer, entry.producerId, at + 2)
    writeInt64(buffer, entry.firstOffset, at + 10)
    writeInt64(buffer, entry.lastOffset, at + 18)
    writeInt64(buffer, entry.lastStableOffset, at + 26)
  }

  entryAt(index: number): AbortedTransactionEntry {
    const at = this.#entries.at(index)
    const { buffer } = this.#entries
    return {
      producerId: int64At(buffer, at + 2),
      firstOffset: int64At(buffer, at + 10),
      lastOffset: int64At(buffer, at + 18),
      lastStableOffset: int64At(buffer, at + 26),
    }
  }

  isSound(): boolean {
    let previous = -1
    for (let index = 0; index < this.count; index++) {
      if (this.#entries.buffer.readInt16BE(this.#entries.at(index)) > version) return false
      const { firstOffset, lastOffset } = this.entryAt(index)
      if (lastOffset <= previous || firstOffset > lastOffset) return false
      previous = lastOffset
    }
    return true
  }

  bytes(): Buffer {
    return this.#entries.bytes()
  }
}
