import type { KeyValue, ReadOnlyKeyValueStore, StoreIterator } from '../state/store.ts'
import { CompositeStore } from './composite-store.ts'

/** Rows of all partitions that are here. Java: `CompositeReadOnlyKeyValueStore`. */
export class CompositeKeyValueStore<K, T>
  extends CompositeStore<ReadOnlyKeyValueStore<K, T>>
  implements ReadOnlyKeyValueStore<K, T>
{
  get(key: K): T | null {
    return this.first((store) => store.get(key))
  }

  range(from: K | null, to: K | null): StoreIterator<KeyValue<K, T>> {
    return this.ofKeys((store) => store.range(from, to))
  }

  reverseRange(from: K | null, to: K | null): StoreIterator<KeyValue<K, T>> {
    return this.ofKeys((store) => store.reverseRange(from, to))
  }

  all(): StoreIterator<KeyValue<K, T>> {
    return this.ofKeys((store) => store.all())
  }

  reverseAll(): StoreIterator<KeyValue<K, T>> {
    return this.ofKeys((store) => store.reverseAll())
  }

  prefixScan(prefix: Uint8Array | string): StoreIterator<KeyValue<K, T>> {
    return this.ofKeys((store) => store.prefixScan(prefix))
  }

  approximateNumEntries(): number {
    return this.sum((store) => store.approximateNumEntries())
  }
}
