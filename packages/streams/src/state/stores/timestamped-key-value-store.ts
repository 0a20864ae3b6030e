import type { TimestampedKeyValueStore, ValueAndTimestamp } from '../store.ts'
import type { Stored } from '../value-form.ts'
import { KeyValueStateStore } from './key-value-state-store.ts'

/** A key-value store with the timestamp of the record beside each value: the tables of the DSL. */
export class TimestampedKeyValueStateStore<K, V>
  extends KeyValueStateStore<K, V, ValueAndTimestamp<V>>
  implements TimestampedKeyValueStore<K, V>
{
  protected override toStored(value: ValueAndTimestamp<V>): Stored<V> {
    return value
  }

  protected override fromStored(stored: Stored<V>): ValueAndTimestamp<V> {
    return stored
  }
}
