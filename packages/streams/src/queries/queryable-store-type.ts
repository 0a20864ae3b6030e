import type { StateStore } from '../state/store.ts'

/**
 * As what a store is read. `QueryableStoreTypes` has those of our stores; a store of your own may have one of its own.
 * Java: `QueryableStoreType`.
 */
export interface QueryableStoreType<T> {
  /** For messages. */
  readonly name: string
  /** Whether this store of a task can be read so. A store of your own comes as it is. */
  accepts(store: StateStore): boolean
  /**
   * What callers get. It asks `stores` with each call, which gives the stores of the partitions that are here then, or
   * throws `InvalidStateStoreError`.
   */
  create(stores: () => readonly StateStore[], storeName: string): T
}
