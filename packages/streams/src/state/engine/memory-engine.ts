import { latin1Slice } from '@streamwright/std'
import type { Engine, EngineRange, EngineSpace, EngineWrite } from './engine.ts'
import { MemoryRange, MemorySnapshot } from './memory-snapshot.ts'

/** Beyond this share of keys added since the last range, sorting everything anew is cheaper than merging. */
const mergeLimit = 0.25

/**
 * Bytes in a hash map, under the key as Latin-1 text, whose order is that of the bytes. Sorted only when somebody asks
 * for a range, and then by merging in what was added since: point access costs nothing for it.
 */
export class MemoryEngine implements Engine {
  #values = new Map<string, Buffer>()
  #sorted: readonly string[] = []
  /** Undefined until somebody asks for a range: many stores are never asked, and it is as large as the map. */
  #added: Set<string> | undefined
  /** Snapshots since the last commit: most are closed again before the next. */
  #open = new Set<MemorySnapshot>()
  /** Older ones that still show their state. Weak, so that one that nobody closed does not cost for ever. */
  #lasting = new Set<WeakRef<MemorySnapshot>>()

  get(key: Buffer): Buffer | undefined {
    return this.#values.get(latin1Slice(key, 0, key.length))
  }

  readByText<T>(key: string, read: (memory: Buffer, end: number) => T): T | undefined {
    const value = this.#values.get(key)
    return value === undefined ? undefined : read(value, value.length)
  }

  range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): EngineRange {
    return new MemoryRange(this.snapshot(), from, to, reverse, true)
  }

  /** Costs nothing but the sorting of new keys until something is replaced. */
  snapshot(): MemorySnapshot {
    const snapshot = new MemorySnapshot(this.#values, this.#keys(), this.#open)
    this.#open.add(snapshot)
    return snapshot
  }

  apply(writes: readonly EngineWrite[]): void {
    const snapshots = this.#liveSnapshots()
    for (const write of writes) {
      const { value } = write
      const text = write.text ?? latin1Slice(write.key, 0, write.key.length)
      for (const snapshot of snapshots) snapshot.beforeChange(text)
      if (value === null) {
        // Its place in the sorted list stays until the next merge: a range skips what has no value.
        this.#values.delete(text)
      } else {
        if (this.#added !== undefined && !this.#values.has(text)) this.#added.add(text)
        this.#values.set(text, value)
      }
    }
  }

  approximateNumEntries(): number {
    return this.#values.size
  }

  clear(): void {
    // Snapshots go on with the old map, which nobody changes any more.
    this.#values = new Map()
    this.#sorted = []
    this.#added = undefined
    this.#open.clear()
    this.#lasting.clear()
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
      this.#sorted = [...this.#values.keys()].toSorted()
      return this.#sorted
    }
    if (this.#added.size === 0) return this.#sorted
    const added = [...this.#added].filter((key) => this.#values.has(key)).toSorted()
    this.#sorted =
      added.length > this.#values.size * mergeLimit
        ? [...this.#values.keys()].toSorted()
        : merge(
            this.#sorted.filter((key) => this.#values.has(key)),
            added,
          )
    this.#added = new Set()
    return this.#sorted
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

  commit(writes: ReadonlyMap<string, readonly EngineWrite[]>, positions: ReadonlyMap<string, number>): void {
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
