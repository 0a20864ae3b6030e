import type { StateStore, StoreIterator } from '../state/store.ts'
import { storeIterator } from '../state/stores/store-iterator.ts'

/**
 * The stores of several partitions as one. Which ones these are is asked with each call, since partitions come and go.
 * A key lies in one partition, whose answer is taken; iterations over keys go through one partition after the other,
 * each as it is when its turn comes.
 */
export abstract class CompositeStore<S extends StateStore> implements StateStore {
  readonly name: string
  readonly #stores: () => readonly S[]

  constructor(name: string, stores: () => readonly S[]) {
    this.name = name
    this.#stores = stores
  }

  get persistent(): boolean {
    return this.#stores().some(({ persistent }) => persistent)
  }

  get isOpen(): boolean {
    return this.#stores().every(({ isOpen }) => isOpen)
  }

  protected sum(countOf: (store: S) => number): number {
    return this.#stores().reduce((sum, store) => sum + countOf(store), 0)
  }

  /** What the first partition has that has anything. */
  protected first<T>(read: (store: S) => T | null): T | null {
    for (const store of this.#stores()) {
      const found = read(store)
      if (found !== null) return found
    }
    return null
  }

  /** The entries of a key: those of the first partition that has any. */
  protected ofKey<T>(open: (store: S) => StoreIterator<T>): StoreIterator<T> {
    return storeIterator(firstWithEntries(this.#stores(), open))
  }

  /** The entries of keys in all partitions. */
  protected ofKeys<T>(open: (store: S) => StoreIterator<T>): StoreIterator<T> {
    return storeIterator(concatenated(this.#stores(), open))
  }
}

function* firstWithEntries<S, T>(stores: readonly S[], open: (store: S) => StoreIterator<T>): Generator<T> {
  for (const store of stores) {
    using entries = open(store)
    const first = entries.next()
    if (first.done === true) continue
    yield first.value
    yield* entries
    return
  }
}

function* concatenated<S, T>(stores: readonly S[], open: (store: S) => StoreIterator<T>): Generator<T> {
  for (const store of stores) {
    using entries = open(store)
    yield* entries
  }
}
