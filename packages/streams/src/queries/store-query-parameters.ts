import type { QueryableStoreType } from './queryable-store-type.ts'

/**
 * Which store is read, as what, and where. A value: what changes one returns another. Java: `StoreQueryParameters`.
 *
 * @example
 * ```ts
 * const type = QueryableStoreTypes.keyValueStore<string, number>()
 * const counts = streams.store(StoreQueryParameters.fromNameAndType('counts', type))
 * counts.get('kafka') // number | null
 * ```
 */
export class StoreQueryParameters<T> {
  readonly storeName: string
  readonly type: QueryableStoreType<T>
  /** Undefined is all that are here. */
  readonly partition: number | undefined
  readonly staleStoresEnabled: boolean

  private constructor(
    storeName: string,
    type: QueryableStoreType<T>,
    partition: number | undefined,
    staleStoresEnabled: boolean,
  ) {
    this.storeName = storeName
    this.type = type
    this.partition = partition
    this.staleStoresEnabled = staleStoresEnabled
  }

  static fromNameAndType<T>(storeName: string, type: QueryableStoreType<T>): StoreQueryParameters<T> {
    return new StoreQueryParameters(storeName, type, undefined, false)
  }

  /** Only this partition. */
  withPartition(partition: number): StoreQueryParameters<T> {
    return new StoreQueryParameters(this.storeName, this.type, partition, this.staleStoresEnabled)
  }

  /** Also stores of tasks that are being restored, or that wait for the end of a rebalance. */
  enableStaleStores(): StoreQueryParameters<T> {
    return new StoreQueryParameters(this.storeName, this.type, this.partition, true)
  }
}
