import type { KeyValue, ReadOnlyWindowStore, StoreIterator, Windowed } from '../state/store.ts'
import { CompositeStore } from './composite-store.ts'

/** Windows of all partitions that are here. Java: `CompositeReadOnlyWindowStore`. */
export class CompositeWindowStore<K, T>
  extends CompositeStore<ReadOnlyWindowStore<K, T>>
  implements ReadOnlyWindowStore<K, T>
{
  fetch(key: K, windowStartMs: number): T | null {
    return this.first((store) => store.fetch(key, windowStartMs))
  }

  fetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.ofKey((store) => store.fetchRange(key, fromMs, toMs))
  }

  backwardFetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.ofKey((store) => store.backwardFetchRange(key, fromMs, toMs))
  }

  fetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.ofKeys((store) => store.fetchKeyRange(fromKey, toKey, fromMs, toMs))
  }

  backwardFetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.ofKeys((store) => store.backwardFetchKeyRange(fromKey, toKey, fromMs, toMs))
  }

  fetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.ofKeys((store) => store.fetchAll(fromMs, toMs))
  }

  backwardFetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.ofKeys((store) => store.backwardFetchAll(fromMs, toMs))
  }

  all(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.ofKeys((store) => store.all())
  }

  backwardAll(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.ofKeys((store) => store.backwardAll())
  }
}
