import type { RowBatch } from '../rows/row-batch.ts'
import type { StorePosition } from '../store-position.ts'

/** One write of a commit: null deletes. */
export interface EngineWrite {
  readonly key: Buffer
  readonly value: Buffer | null
  /** The key as Latin-1 text, where that is at hand: engines of ours then do without the key's Buffer. */
  readonly text?: string
}

/** A write whose key is made of its text only when somebody asks for it. */
export class TextKeyWrite implements EngineWrite {
  readonly text: string
  readonly value: Buffer | null
  #key: Buffer | undefined

  constructor(text: string, value: Buffer | null) {
    this.text = text
    this.value = value
  }

  get key(): Buffer {
    this.#key ??= Buffer.from(this.text, 'latin1')
    return this.#key
  }
}

/** The writes of a commit to one store: a list, or rows outside the heap. */
export type EngineWrites = readonly EngineWrite[] | RowBatch

export function areRows(writes: EngineWrites): writes is RowBatch {
  return 'rows' in writes
}

export function writesNothing(writes: EngineWrites): boolean {
  return areRows(writes) ? writes.size === 0 : writes.length === 0
}

/** For engines that take lists alone. */
export function writeList(writes: EngineWrites): readonly EngineWrite[] {
  if (!areRows(writes)) return writes
  const { rows } = writes
  return Array.from(writes.all(), (row) => ({ key: rows.key(row), value: rows.value(row) }))
}

/** Key and value as they lie in the engine. Views: valid until the next call on the engine. */
export interface EngineEntry {
  readonly key: Buffer
  readonly value: Buffer
}

/** Leaving the loop over it ends it, and it gives out nothing more; one that is not read at all must be closed by `return`: in LMDB it holds a reader. */
export interface EngineRange extends IterableIterator<EngineEntry, undefined> {
  return(): IteratorReturnResult<undefined>
}

/** What can be read of an engine. */
export interface EngineReader {
  get(key: Buffer): Buffer | undefined
  /** Keys from `from` (inclusive) to `to` (exclusive); undefined is open. The state at the call, whatever is committed since. */
  range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): EngineRange
}

/** The state of an engine at one moment. Close it: it keeps what has been replaced since from being freed. */
export interface EngineSnapshot extends EngineReader, Disposable {
  close(): void
}

/**
 * Where a store keeps its committed bytes, in unsigned order of the keys. Any key from 0 bytes up.
 * Nothing uncommitted ever gets here: that is the overlay's.
 */
export interface Engine extends EngineReader {
  /**
   * Reads a value, under a key given as Latin-1 text; undefined where there is none. `read` gets memory that is valid
   * during the call, and where in it the value begins and ends. Optional: it saves three Buffers, 0.5 us of a count's 5.
   */
  readByText?<T>(key: string, read: (memory: Buffer, start: number, end: number) => T): T | undefined
  snapshot(): EngineSnapshot
  approximateNumEntries(): number
}

/**
 * The engines of one task. `commit` applies the writes of all its stores, and where their changelogs stood then, in
 * one transaction, so that a crash finds data and offsets in agreement. Rows of a store with a changelog position may be
 * there before the position is: the changelog then brings the same rows again.
 */
export interface EngineSpace {
  open(store: string): Engine
  /** The changelog offset of the next record that the store has not seen; undefined for an empty store. */
  position(store: string): number | undefined
  /** How far the store had come in its input at the last commit; undefined where nobody knows. */
  inputPosition(store: string): string | undefined
  commit(
    writes: ReadonlyMap<string, EngineWrites>,
    positions: ReadonlyMap<string, number>,
    inputPositions?: ReadonlyMap<string, StorePosition>,
  ): void
  /** Forgets everything of one store: its changelog no longer fits it. */
  wipe(store: string): void
  close(): void
}
