import type { KeyValueStore } from '../store.ts'
import type { Stored } from '../value-form.ts'
import { unknownTimestamp } from '../value-form.ts'
import { KeyValueStateStore } from './key-value-state-store.ts'

/** A key-value store without timestamps: what the Processor API asks for by `keyValueStoreBuilder`. */
export class PlainKeyValueStore<K, V> extends KeyValueStateStore<K, V, V> implements KeyValueStore<K, V> {
  protected override toStored(value: V): Stored<V> {
    return { value, timestamp: unknownTimestamp }
  }

  protected override fromStored(stored: Stored<V>): V {
    return stored.value
  }
}
