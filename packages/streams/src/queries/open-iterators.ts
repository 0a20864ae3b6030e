import { StreamsError } from '../errors.ts'
import type { StateStore, StoreIterator } from '../state/store.ts'
import { storeIterator } from '../state/stores/store-iterator.ts'
import { openIteratorsMax } from './limits.ts'

const openOf = new WeakMap<StateStore, number>()

/** Hands an iterator over a store to a reader outside its task. Throws when too many are open already. */
export function handOut<T>(store: StateStore, iterator: StoreIterator<T>): StoreIterator<T> {
  const open = openOf.get(store) ?? 0
  if (open >= openIteratorsMax) {
    iterator.close()
    throw new StreamsError(
      `${open} iterators over the store ${store.name} are open. Close each when you are done with it: \`using\` does`,
      { code: 'TOO_MANY_ITERATORS' },
    )
  }
  openOf.set(store, open + 1)
  return storeIterator(iterator, () => {
    openOf.set(store, (openOf.get(store) ?? 1) - 1)
    iterator.close()
  })
}

/** Whether the answer of a query is an iterator. */
export function isStoreIterator(value: unknown): value is StoreIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.dispose in value && Symbol.iterator in value
}
