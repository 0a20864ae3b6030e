import type {
  KeyValue,
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyWindowStore,
  StateStore,
  StoreIterator,
  ValueAndTimestamp,
} from './store.ts'
import { mapped, storeIterator } from './stores/store-iterator.ts'

/**
 * The values of a store without their timestamps, for whoever only wants these. Java: `ReadOnlyKeyValueStoreFacade`,
 * what `QueryableStoreTypes.keyValueStore()` gives for a timestamped store.
 */
export function plainKeyValueView<K, V>(
  store: ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>>,
): ReadOnlyKeyValueStore<K, V> {
  return keyValueView(store, ({ value }) => value)
}

/** The same for windows. Java: `ReadOnlyWindowStoreFacade`. */
export function plainWindowView<K, V>(store: ReadOnlyWindowStore<K, ValueAndTimestamp<V>>): ReadOnlyWindowStore<K, V> {
  return windowView(store, ({ value }) => value)
}

/** A store whose values are shown as something else. */
export function keyValueView<K, A, B>(
  store: ReadOnlyKeyValueStore<K, A>,
  show: (value: A) => B,
): ReadOnlyKeyValueStore<K, B> {
  const each = (entries: StoreIterator<KeyValue<K, A>>): StoreIterator<KeyValue<K, B>> => shown(entries, show)
  return {
    ...common(store),
    get: (key) => orNull(store.get(key), show),
    range: (from, to) => each(store.range(from, to)),
    reverseRange: (from, to) => each(store.reverseRange(from, to)),
    all: () => each(store.all()),
    reverseAll: () => each(store.reverseAll()),
    prefixScan: (prefix) => each(store.prefixScan(prefix)),
    approximateNumEntries: () => store.approximateNumEntries(),
  }
}

/** The same for windows. */
export function windowView<K, A, B>(
  store: ReadOnlyWindowStore<K, A>,
  show: (value: A) => B,
): ReadOnlyWindowStore<K, B> {
  const each = <W>(entries: StoreIterator<KeyValue<W, A>>): StoreIterator<KeyValue<W, B>> => shown(entries, show)
  const times = (entries: StoreIterator<readonly [number, A]>): StoreIterator<readonly [number, B]> =>
    storeIterator(
      mapped(entries, ([startMs, value]) => [startMs, show(value)] as const),
      () => entries.close(),
    )
  return {
    ...common(store),
    fetch: (key, startMs) => orNull(store.fetch(key, startMs), show),
    fetchRange: (key, fromMs, toMs) => times(store.fetchRange(key, fromMs, toMs)),
    backwardFetchRange: (key, fromMs, toMs) => times(store.backwardFetchRange(key, fromMs, toMs)),
    fetchKeyRange: (...bounds) => each(store.fetchKeyRange(...bounds)),
    backwardFetchKeyRange: (...bounds) => each(store.backwardFetchKeyRange(...bounds)),
    fetchAll: (fromMs, toMs) => each(store.fetchAll(fromMs, toMs)),
    backwardFetchAll: (fromMs, toMs) => each(store.backwardFetchAll(fromMs, toMs)),
    all: () => each(store.all()),
    backwardAll: () => each(store.backwardAll()),
  }
}

/** The same for sessions. Java: `ReadOnlySessionStoreFacade`. */
export function sessionView<K, A, B>(
  store: ReadOnlySessionStore<K, A>,
  show: (value: A) => B,
): ReadOnlySessionStore<K, B> {
  const each = <W>(entries: StoreIterator<KeyValue<W, A>>): StoreIterator<KeyValue<W, B>> => shown(entries, show)
  return {
    ...common(store),
    fetchSession: (key, startMs, endMs) => orNull(store.fetchSession(key, startMs, endMs), show),
    findSessions: (...bounds) => each(store.findSessions(...bounds)),
    backwardFindSessions: (...bounds) => each(store.backwardFindSessions(...bounds)),
    findSessionsKeyRange: (...bounds) => each(store.findSessionsKeyRange(...bounds)),
    backwardFindSessionsKeyRange: (...bounds) => each(store.backwardFindSessionsKeyRange(...bounds)),
    fetch: (key) => each(store.fetch(key)),
    backwardFetch: (key) => each(store.backwardFetch(key)),
    fetchKeyRange: (fromKey, toKey) => each(store.fetchKeyRange(fromKey, toKey)),
    backwardFetchKeyRange: (fromKey, toKey) => each(store.backwardFetchKeyRange(fromKey, toKey)),
  }
}

function common(store: StateStore): StateStore {
  const { name, persistent } = store
  return {
    name,
    persistent,
    get isOpen() {
      return store.isOpen
    },
  }
}

function orNull<A, B>(value: A | null, show: (value: A) => B): B | null {
  return value === null ? null : show(value)
}

function shown<K, A, B>(inner: StoreIterator<KeyValue<K, A>>, show: (value: A) => B): StoreIterator<KeyValue<K, B>> {
  return storeIterator(
    mapped(inner, ({ key, value }) => ({ key, value: show(value) })),
    () => inner.close(),
  )
}
