import { latin1Slice } from '@streamwright/std'
import { sortedRows } from '../rows/row-order.ts'
import type { RowBatch } from '../rows/row-batch.ts'
import { RowTable, noRow } from '../rows/row-table.ts'
import type { Engine, EngineRange, EngineSpace, EngineWrite, EngineWrites } from './engine.ts'
import { areRows } from './engine.ts'
import { MemoryRange, MemorySnapshot } from './memory-snapshot.ts'

/** Beyond this share of keys added since the last range, sorting everything anew is cheaper than merging. */
const mergeLimit = 0.25

/**
 * Rows in a table outside the heap. Sorted only when somebody asks for a range, and then by merging in what was added
 * since: point access costs nothing for it.
 */
export class MemoryEngine implements Engine {
  #rows = new RowTable()
  #sorted: readonly string[] = []
  /** Undefined until somebody asks for a range: many stores are never asked, and it is as large as the table. */
  #added: Set<string> | undefined
  /** Snapshots since the last commit: most are closed again before the next. */
  #open = new Set<MemorySnapshot>()
  /** Older ones that still show their state. Weak, so that one that nobody closed does not cost for ever. */
  #lasting = new Set<WeakRef<MemorySnapshot>>()

  get(key: Buffer): Buffer | undefined {
    const row = this.#rows.findBytes(key, 0, key.length)
    return row === noRow ? undefined : (this.#rows.rows.value(row) ?? undefined)
  }

  readByText<T>(key: string, read: (memory: Buffer, start: number, end: number) => T): T | undefined {
    const { rows } = this.#rows
    const row = this.#rows.find(key)
    if (row === noRow) return undefined
    const start = rows.valueStart(row)
    return read(rows.memory(row), start, start + rows.valueLength(row))
  }

  range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): EngineRange {
    return new MemoryRange(this.snapshot(), from, to, reverse, true)
  }

  /** Costs nothing but the sorting of new keys until something is replaced. */
  snapshot(): MemorySnapshot {
    const snapshot = new MemorySnapshot(this.#rows, this.#keys(), this.#open)
    this.#open.add(snapshot)
    return snapshot
  }

  apply(writes: EngineWrites): void {
    const snapshots = this.#liveSnapshots()
    if (areRows(writes)) this.#applyRows(writes, snapshots)
    else this.#applyList(writes, snapshots)
  }

  approximateNumEntries(): number {
    return this.#rows.size
  }

  clear(): void {
    // Snapshots go on with the old table, which nobody changes any more.
    this.#rows = new RowTable()
    this.#sorted = []
    this.#added = undefined
    this.#open.clear()
    this.#lasting.clear()
  }

  #applyList(writes: readonly EngineWrite[], snapshots: readonly MemorySnapshot[]): void {
    const rows = this.#rows
    for (const write of writes) {
      const { value } = write
      const text = write.text ?? latin1Slice(write.key, 0, write.key.length)
      this.#beforeChange(text, snapshots)
      // Its place in the sorted list stays until the next merge: a range skips what has no value.
      if (value === null) rows.delete(text)
      else {
        const row = rows.put(text, value.length)
        value.copy(rows.rows.memory(row), rows.rows.valueStart(row))
      }
    }
  }

  #applyRows(writes: RowBatch, snapshots: readonly MemorySnapshot[]): void {
    const target = this.#rows
    const isWatched = snapshots.length > 0 || this.#added !== undefined
    for (const row of writes.all()) {
      if (isWatched) this.#beforeChange(writes.rows.text(row), snapshots)
      target.takeRow(writes.rows, row)
    }
  }

  #beforeChange(text: string, snapshots: readonly MemorySnapshot[]): void {
    for (const snapshot of snapshots) snapshot.beforeChange(text)
    if (this.#added !== undefined && this.#rows.find(text) === noRow) this.#added.add(text)
  }

  #liveSnapshots(): readonly MemorySnapshot[] {
    if (this.#open.size + this.#lasting.size === 0) return []
    const live: MemorySnapshot[] = []
    for (const reference of this.#lasting) {
      const snapshot = reference.deref()
      if (snapshot === undefined || snapshot.isClosed) this.#lasting.delete(reference)
      else live.push(snapshot)
    }
    // A weak reference costs far more than an entry of a set, so that only those get one that outlive a commit.
    for (const snapshot of this.#open) {
      live.push(snapshot)
      this.#lasting.add(new WeakRef(snapshot))
    }
    this.#open.clear()
    return live
  }

  #keys(): readonly string[] {
    if (this.#added === undefined) {
      this.#added = new Set()
      this.#sorted = this.#allSorted()
      return this.#sorted
    }
    if (this.#added.size === 0) return this.#sorted
    const isThere = (key: string): boolean => this.#rows.find(key) !== noRow
    const added = [...this.#added].filter(isThere).toSorted()
    this.#sorted =
      added.length > this.#rows.size * mergeLimit ? this.#allSorted() : merge(this.#sorted.filter(isThere), added)
    this.#added = new Set()
    return this.#sorted
  }

  #allSorted(): string[] {
    return Array.from(sortedRows(this.#rows), (row) => this.#rows.rows.text(row))
  }
}

function merge(left: readonly string[], right: readonly string[]): string[] {
  const merged: string[] = []
  let leftIndex = 0
  for (const key of right) {
    while (leftIndex < left.length && (left[leftIndex] ?? '') < key) merged.push(left[leftIndex++] ?? '')
    if (left[leftIndex] !== key) merged.push(key)
  }
  while (leftIndex < left.length) merged.push(left[leftIndex++] ?? '')
  return merged
}

/** The engines of a task whose stores live in memory. Nothing survives the process: the changelog restores it. */
export class MemoryEngineSpace implements EngineSpace {
  readonly #engines = new Map<string, MemoryEngine>()
  readonly #positions = new Map<string, number>()

  open(store: string): MemoryEngine {
    const engine = this.#engines.get(store) ?? new MemoryEngine()
    this.#engines.set(store, engine)
    return engine
  }

  position(store: string): number | undefined {
    return this.#positions.get(store)
  }

  /** Nothing outlives the store itself. */
  inputPosition(): undefined {
    return undefined
  }

  commit(writes: ReadonlyMap<string, EngineWrites>, positions: ReadonlyMap<string, number>): void {
    for (const [store, list] of writes) this.open(store).apply(list)
    for (const [store, position] of positions) this.#positions.set(store, position)
  }

  wipe(store: string): void {
    this.#positions.delete(store)
    this.#engines.get(store)?.clear()
  }

  close(): void {
    this.#engines.clear()
    this.#positions.clear()
  }
}
