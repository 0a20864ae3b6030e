import { present } from '@streamwright/std'
import type { ProcessingContext } from '../processor/processor-context.ts'
import type { StateStore, TimestampedKeyValueStore, ValueAndTimestamp, VersionedPutResult } from '../state/store.ts'
import { VersionedStateStore } from '../state/stores/versioned-state-store.ts'

/** The rows of a table, whichever kind of store keeps them. Java: `KeyValueStoreWrapper`. */
export class TableRows<K, V> {
  readonly store: StateStore
  readonly #timestamped: TimestampedKeyValueStore<K, V> | undefined
  readonly #versioned: VersionedStateStore<K, V> | undefined

  constructor(context: ProcessingContext, storeName: string) {
    const store = context.getStateStore<StateStore>(storeName)
    this.store = store
    if (store instanceof VersionedStateStore) this.#versioned = store
    // The DSL makes the stores of its operators itself: what is not versioned has timestamps.
    else this.#timestamped = store as TimestampedKeyValueStore<K, V>
  }

  get isVersioned(): boolean {
    return this.#versioned !== undefined
  }

  /** The live row: see `TimestampedKeyValueStore`. */
  get(key: K): ValueAndTimestamp<V> | null {
    return this.#timestamped === undefined ? this.#versions.get(key) : this.#timestamped.get(key)
  }

  /** The row as it was at a time; only where versions are kept. */
  getAsOf(key: K, timestamp: number): ValueAndTimestamp<V> | null {
    return this.#versions.get(key, timestamp)
  }

  /** The row, safe from later changes in place. */
  snapshot(key: K): ValueAndTimestamp<V> | null {
    return this.#timestamped === undefined ? this.#versions.snapshot(key) : this.#timestamped.snapshot(key)
  }

  /** `'latest'` unless the store keeps versions and a later one is there, or the row is too old: `'notPut'`. */
  put(key: K, value: V | null, timestamp: number): VersionedPutResult {
    if (this.#timestamped === undefined) return this.#versions.put(key, value, timestamp)
    this.#timestamped.put(key, value === null ? null : { value, timestamp })
    return 'latest'
  }

  get #versions(): VersionedStateStore<K, V> {
    return present(this.#versioned, 'A store of rows keeps timestamps or versions')
  }
}
