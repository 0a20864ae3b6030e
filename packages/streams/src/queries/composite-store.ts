import type { StateStore, StoreIterator } from '../state/store.ts'
import { storeIterator } from '../state/stores/store-iterator.ts'
import { handOut } from './open-iterators.ts'

/** The store of one partition, as it is read. */
export interface StorePart<S> {
  readonly store: StateStore
  readonly view: S
}

/**
 * The stores of several partitions as one. Which ones these are is asked with each call, since partitions come and go.
 * A key lies in one partition, whose answer is taken; iterations over keys go through one partition after the other,
 * each as it is when its turn comes.
 */
export abstract class CompositeStore<S extends StateStore> implements StateStore {
  readonly name: string
  readonly #parts: () => readonly StorePart<S>[]

  constructor(name: string, parts: () => readonly StorePart<S>[]) {
    this.name = name
    this.#parts = parts
  }

  get persistent(): boolean {
    return this.#parts().some(({ store }) => store.persistent)
  }

  get isOpen(): boolean {
    return this.#parts().every(({ store }) => store.isOpen)
  }

  protected sum(countOf: (store: S) => number): number {
    return this.#parts().reduce((sum, { view }) => sum + countOf(view), 0)
  }

  /** What the first partition has that has anything. */
  protected first<T>(read: (store: S) => T | null): T | null {
    for (const { view } of this.#parts()) {
      const found = read(view)
      if (found !== null) return found
    }
    return null
  }

  /** The entries of a key: those of the first partition that has any. */
  protected ofKey<T>(open: (store: S) => StoreIterator<T>): StoreIterator<T> {
    return storeIterator(firstWithEntries(this.#parts(), open))
  }

  /** The entries of keys in all partitions. */
  protected ofKeys<T>(open: (store: S) => StoreIterator<T>): StoreIterator<T> {
    return storeIterator(concatenated(this.#parts(), open))
  }
}

function* firstWithEntries<S, T>(parts: readonly StorePart<S>[], open: (store: S) => StoreIterator<T>): Generator<T> {
  for (const { store, view } of parts) {
    using entries = handOut(store, open(view))
    const first = entries.next()
    if (first.done === true) continue
    yield first.value
    yield* entries
    return
  }
}

function* concatenated<S, T>(parts: readonly StorePart<S>[], open: (store: S) => StoreIterator<T>): Generator<T> {
  for (const { store, view } of parts) {
    using entries = handOut(store, open(view))
    yield* entries
  }
}
