import { latin1Slice } from '@streamwright/std'
import type { Engine, EngineEntry, EngineSpace, EngineWrite } from './engine.ts'

/** Beyond this share of keys added since the last range, sorting everything anew is cheaper than merging. */
const mergeLimit = 0.25

/**
 * Bytes in a hash map, under the key as Latin-1 text, whose order is that of the bytes. Sorted only when somebody asks
 * for a range, and then by merging in what was added since: point access costs nothing for it.
 */
export class MemoryEngine implements Engine {
  #values = new Map<string, Buffer>()
  #sorted: readonly string[] = []
  #added = new Set<string>()

  get(key: Buffer): Buffer | undefined {
    return this.#values.get(latin1Slice(key, 0, key.length))
  }

  apply(writes: readonly EngineWrite[]): void {
    for (const { key, value } of writes) {
      const text = latin1Slice(key, 0, key.length)
      if (value === null) {
        // Its place in the sorted list stays until the next merge: a range skips what has no value.
        this.#values.delete(text)
      } else {
        if (!this.#values.has(text)) this.#added.add(text)
        this.#values.set(text, value)
      }
    }
  }

  *range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): Iterable<EngineEntry> {
    const keys = this.#keys()
    const start = from === undefined ? 0 : lowerBound(keys, from.toString('latin1'))
    const end = to === undefined ? keys.length : lowerBound(keys, to.toString('latin1'))
    const step = reverse ? -1 : 1
    for (let index = reverse ? end - 1 : start; index >= start && index < end; index += step) {
      const key = keys[index] ?? ''
      const value = this.#values.get(key)
      if (value !== undefined) yield { key: Buffer.from(key, 'latin1'), value }
    }
  }

  approximateNumEntries(): number {
    return this.#values.size
  }

  clear(): void {
    this.#values = new Map()
    this.#sorted = []
    this.#added = new Set()
  }

  #keys(): readonly string[] {
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

/** Index of the first key that is not below `wanted`. */
export function lowerBound(keys: readonly string[], wanted: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < wanted) low = middle + 1
    else high = middle
  }
  return low
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
