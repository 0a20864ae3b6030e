import { latin1Slice } from '@streamwright/std'
import type { RowTable } from '../rows/row-table.ts'
import { noRow } from '../rows/row-table.ts'
import type { EngineEntry, EngineRange, EngineSnapshot } from './engine.ts'

/**
 * The state of a memory engine at one moment: its rows, the keys it had, and the values that have been replaced or
 * deleted since.
 */
export class MemorySnapshot implements EngineSnapshot {
  readonly keys: readonly string[]
  readonly #rows: RowTable
  readonly #replaced = new Map<string, Buffer | undefined>()
  /** Of the engine: where it stands until the next commit. */
  readonly #open: Set<MemorySnapshot>
  isClosed = false

  constructor(rows: RowTable, keys: readonly string[], open: Set<MemorySnapshot>) {
    this.#rows = rows
    this.keys = keys
    this.#open = open
  }

  get(key: Buffer): Buffer | undefined {
    return this.valueOf(latin1Slice(key, 0, key.length))
  }

  valueOf(key: string): Buffer | undefined {
    return this.#replaced.has(key) ? this.#replaced.get(key) : this.#present(key)
  }

  range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): EngineRange {
    return new MemoryRange(this, from, to, reverse, false)
  }

  /** The engine is about to change a key. */
  beforeChange(key: string): void {
    if (!this.#replaced.has(key)) this.#replaced.set(key, this.#present(key))
  }

  #present(key: string): Buffer | undefined {
    const row = this.#rows.find(key)
    return row === noRow ? undefined : (this.#rows.rows.value(row) ?? undefined)
  }

  close(): void {
    this.isClosed = true
    this.#open.delete(this)
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

/** Entries of a snapshot in the order of their keys. */
export class MemoryRange implements EngineRange {
  readonly #snapshot: MemorySnapshot
  readonly #start: number
  readonly #end: number
  readonly #step: number
  readonly #ownsSnapshot: boolean
  #index: number

  constructor(
    snapshot: MemorySnapshot,
    from: Buffer | undefined,
    to: Buffer | undefined,
    reverse: boolean,
    ownsSnapshot: boolean,
  ) {
    const { keys } = snapshot
    this.#snapshot = snapshot
    this.#start = from === undefined ? 0 : lowerBound(keys, from.toString('latin1'))
    this.#end = to === undefined ? keys.length : lowerBound(keys, to.toString('latin1'))
    this.#step = reverse ? -1 : 1
    this.#index = reverse ? this.#end - 1 : this.#start
    this.#ownsSnapshot = ownsSnapshot
  }

  next(): IteratorResult<EngineEntry, undefined> {
    for (; this.#index >= this.#start && this.#index < this.#end;) {
      const key = this.#snapshot.keys[this.#index] ?? ''
      this.#index += this.#step
      const value = this.#snapshot.valueOf(key)
      if (value !== undefined) return { done: false, value: { key: Buffer.from(key, 'latin1'), value } }
    }
    return this.return()
  }

  return(): IteratorReturnResult<undefined> {
    this.#index = -1
    if (this.#ownsSnapshot) this.#snapshot.close()
    return { done: true, value: undefined }
  }

  [Symbol.iterator](): this {
    return this
  }
}

/** Index of the first key that is not below `wanted`. */
function lowerBound(keys: readonly string[], wanted: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < wanted) low = middle + 1
    else high = middle
  }
  return low
}
