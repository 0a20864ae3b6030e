import type { Epochs } from './epochs.ts'
import { KeyTree } from './key-tree.ts'
import { recordBytes } from './log-frame.ts'
import type { PageSlab } from './page-slab.ts'

/** One store of a log: where its records lie, and what is known of it. */
export class LogStore {
  /** By which entries of the log call it. */
  readonly id: number
  readonly name: string
  readonly tree: KeyTree
  /** Of the changelog: the offset of the next record that the store has not seen. */
  position: number | undefined
  inputPosition: string | undefined
  /** Bytes of the log that its records take. */
  liveBytes = 0
  /** Whether an entry of the log says its name. */
  isDefined = false

  constructor(id: number, name: string, slab: PageSlab, epochs: Epochs) {
    this.id = id
    this.name = name
    this.tree = new KeyTree(slab, epochs)
  }

  /** Has a key point at its record; `bytes` has the value at `valueAt`. */
  put(key: Uint8Array, segment: number, offset: number, valueLength: number, bytes: Uint8Array, valueAt: number): void {
    if (this.tree.put(key, segment, offset, valueLength, bytes, valueAt)) {
      this.liveBytes -= recordBytes(key.length, this.tree.valueLength)
    }
    this.liveBytes += recordBytes(key.length, valueLength)
  }

  delete(key: Uint8Array): void {
    if (this.tree.remove(key)) this.liveBytes -= recordBytes(key.length, this.tree.valueLength)
  }

  wipe(): void {
    this.tree.clear()
    this.liveBytes = 0
    this.position = undefined
    this.inputPosition = undefined
  }
}
