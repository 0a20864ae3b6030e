import type { TimestampedKeyValueStoreWithHeaders, ValueTimestampHeaders } from '../store.ts'
import type { Stored } from '../value-form.ts'
import { KeyValueStateStore } from './key-value-state-store.ts'
import { shownWithHeaders, storedWithHeaders } from './with-headers.ts'

/** A key-value store with timestamp and headers of the record beside each value (KIP-1271). */
export class HeadersKeyValueStateStore<K, V>
  extends KeyValueStateStore<K, V, ValueTimestampHeaders<V>>
  implements TimestampedKeyValueStoreWithHeaders<K, V>
{
  protected override toStored(value: ValueTimestampHeaders<V>): Stored<V> {
    return storedWithHeaders(value)
  }

  protected override fromStored(stored: Stored<V>): ValueTimestampHeaders<V> {
    return shownWithHeaders(stored)
  }
}
