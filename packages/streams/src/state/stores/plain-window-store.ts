import type { WindowStore } from '../store.ts'
import type { Stored } from '../value-form.ts'
import { unknownTimestamp } from '../value-form.ts'
import { WindowStateStore } from './window-state-store.ts'

/** A window store without timestamps beside its values. */
export class PlainWindowStore<K, V> extends WindowStateStore<K, V, V> implements WindowStore<K, V> {
  protected override toStored(value: V): Stored<V> {
    return { value, timestamp: unknownTimestamp }
  }

  protected override fromStored(stored: Stored<V>): V {
    return stored.value
  }
}
