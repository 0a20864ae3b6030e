import type { TimestampedWindowStore, ValueAndTimestamp } from '../store.ts'
import type { Stored } from '../value-form.ts'
import { WindowStateStore } from './window-state-store.ts'

/** A window store with the timestamp of the record beside each value: the windowed aggregations of the DSL. */
export class TimestampedWindowStateStore<K, V>
  extends WindowStateStore<K, V, ValueAndTimestamp<V>>
  implements TimestampedWindowStore<K, V>
{
  protected override toStored(value: ValueAndTimestamp<V>): Stored<V> {
    return value
  }

  protected override fromStored(stored: Stored<V>): ValueAndTimestamp<V> {
    return stored
  }
}
