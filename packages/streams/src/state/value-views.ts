import type {
  KeyValue,
  ReadOnlyKeyValueStore,
  ReadOnlyWindowStore,
  StoreIterator,
  ValueAndTimestamp,
  Windowed,
} from './store.ts'
import { mapped, storeIterator } from './stores/store-iterator.ts'

/**
 * The values of a store without their timestamps, for whoever only wants these. Java: `ReadOnlyKeyValueStoreFacade`,
 * what `QueryableStoreTypes.keyValueStore()` gives for a timestamped store.
 */
export function plainKeyValueView<K, V>(
  store: ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>>,
): ReadOnlyKeyValueStore<K, V> {
  return {
    name: store.name,
    persistent: store.persistent,
    get isOpen() {
      return store.isOpen
    },
    get: (key) => store.get(key)?.value ?? null,
    range: (from, to) => plain(store.range(from, to)),
    reverseRange: (from, to) => plain(store.reverseRange(from, to)),
    all: () => plain(store.all()),
    reverseAll: () => plain(store.reverseAll()),
    prefixScan: (prefix) => plain(store.prefixScan(prefix)),
    approximateNumEntries: () => store.approximateNumEntries(),
  }
}

/** The same for windows. Java: `ReadOnlyWindowStoreFacade`. */
export function plainWindowView<K, V>(store: ReadOnlyWindowStore<K, ValueAndTimestamp<V>>): ReadOnlyWindowStore<K, V> {
  return {
    name: store.name,
    persistent: store.persistent,
    get isOpen() {
      return store.isOpen
    },
    fetch: (key, startMs) => store.fetch(key, startMs)?.value ?? null,
    fetchRange: (key, fromMs, toMs) => plainTimes(store.fetchRange(key, fromMs, toMs)),
    backwardFetchRange: (key, fromMs, toMs) => plainTimes(store.backwardFetchRange(key, fromMs, toMs)),
    fetchKeyRange: (...bounds) => plain<Windowed<K>, V>(store.fetchKeyRange(...bounds)),
    backwardFetchKeyRange: (...bounds) => plain<Windowed<K>, V>(store.backwardFetchKeyRange(...bounds)),
    fetchAll: (fromMs, toMs) => plain<Windowed<K>, V>(store.fetchAll(fromMs, toMs)),
    backwardFetchAll: (fromMs, toMs) => plain<Windowed<K>, V>(store.backwardFetchAll(fromMs, toMs)),
    all: () => plain<Windowed<K>, V>(store.all()),
    backwardAll: () => plain<Windowed<K>, V>(store.backwardAll()),
  }
}

function plain<K, V>(inner: StoreIterator<KeyValue<K, ValueAndTimestamp<V>>>): StoreIterator<KeyValue<K, V>> {
  return storeIterator(
    mapped(inner, ({ key, value }) => ({ key, value: value.value })),
    () => inner.close(),
  )
}

function plainTimes<V>(
  inner: StoreIterator<readonly [number, ValueAndTimestamp<V>]>,
): StoreIterator<readonly [number, V]> {
  return storeIterator(
    mapped(inner, ([startMs, value]) => [startMs, value.value] as const),
    () => inner.close(),
  )
}
