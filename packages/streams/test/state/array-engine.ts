import type {
  CustomEngine,
  CustomEngineFactory,
  EngineEntry,
  EngineRange,
  EngineSnapshot,
  EngineWrite,
} from '../../src/index.ts'

type Entries = readonly EngineEntry[]

/** The least that an engine can be: entries in order, in an array that is never changed but replaced. */
class ArrayReader {
  readonly entries: () => Entries

  constructor(entries: () => Entries) {
    this.entries = entries
  }

  get(key: Buffer): Buffer | undefined {
    return this.entries().find((entry) => entry.key.equals(key))?.value
  }

  range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): EngineRange {
    const inside = this.entries().filter(
      ({ key }) => (from === undefined || key.compare(from) >= 0) && (to === undefined || key.compare(to) < 0),
    )
    let inner = (reverse ? inside.toReversed() : inside).values()
    return {
      next: () => inner.next(),
      return() {
        inner = [].values()
        return { done: true, value: undefined }
      },
      [Symbol.iterator]() {
        return this
      },
    }
  }
}

interface Place {
  entries: Entries
  position: number | undefined
}

class ArrayEngine extends ArrayReader implements CustomEngine {
  readonly #place: Place

  constructor(place: Place) {
    super(() => place.entries)
    this.#place = place
  }

  apply(writes: readonly EngineWrite[], position: number | undefined): void {
    const byKey = new Map(this.#place.entries.map((entry) => [entry.key.toString('latin1'), entry]))
    for (const { key, value } of writes) {
      if (value === null) byKey.delete(key.toString('latin1'))
      else byKey.set(key.toString('latin1'), { key: Buffer.from(key), value: Buffer.from(value) })
    }
    this.#place.entries = [...byKey.values()].toSorted((left, right) => left.key.compare(right.key))
    if (position !== undefined) this.#place.position = position
  }

  snapshot(): EngineSnapshot {
    const { entries } = this.#place
    const reader = new ArrayReader(() => entries)
    return {
      get: (key) => reader.get(key),
      range: (from, to, reverse) => reader.range(from, to, reverse),
      close() {},
      [Symbol.dispose]() {},
    }
  }

  approximateNumEntries(): number {
    return this.#place.entries.length
  }

  position(): number | undefined {
    return this.#place.position
  }

  wipe(): void {
    this.#place.entries = []
    this.#place.position = undefined
  }

  close(): void {}
}

/** Keeps what was applied for as long as the factory is there. */
export function arrayEngines(): CustomEngineFactory {
  const places = new Map<string, Place>()
  return {
    persistent: true,
    open({ store }) {
      const place = places.get(store) ?? { entries: [], position: undefined }
      places.set(store, place)
      return new ArrayEngine(place)
    },
  }
}
