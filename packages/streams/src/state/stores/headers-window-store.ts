import type { TimestampedWindowStoreWithHeaders, ValueTimestampHeaders } from '../store.ts'
import type { Stored } from '../value-form.ts'
import { WindowStateStore } from './window-state-store.ts'
import { shownWithHeaders, storedWithHeaders } from './with-headers.ts'

/** A window store with timestamp and headers of the record beside each value (KIP-1271). */
export class HeadersWindowStateStore<K, V>
  extends WindowStateStore<K, V, ValueTimestampHeaders<V>>
  implements TimestampedWindowStoreWithHeaders<K, V>
{
  protected override toStored(value: ValueTimestampHeaders<V>): Stored<V> {
    return storedWithHeaders(value)
  }

  protected override fromStored(stored: Stored<V>): ValueTimestampHeaders<V> {
    return shownWithHeaders(stored)
  }
}
