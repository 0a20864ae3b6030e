import { Headers } from '@streamwright/formats'
import { plainKeyValueView, plainWindowView } from '../state/value-views.ts'
import { storeIterator } from '../state/stores/store-iterator.ts'
import type {
  KeyValue,
  KeyValueStore,
  SessionStore,
  SessionStoreWithHeaders,
  StoreIterator,
  ValueTimestampHeaders,
  Windowed,
  WindowStore,
} from '../state/store.ts'

/** What is put by way of a view has no timestamp, as in Java. */
const noTimestamp = -1

/** A store with timestamps as one without: a test that only wants values need not unwrap them. */
export function plainKeyValueStore<K, V>(store: KeyValueStore<K, ValueTimestampHeaders<V>>): KeyValueStore<K, V> {
  const { name, persistent, ...reads } = plainKeyValueView(store)
  return {
    ...reads,
    name,
    persistent,
    get isOpen() {
      return store.isOpen
    },
    put: (key, value) => store.put(key, wrapped(value)),
    putIfAbsent: (key, value) => store.putIfAbsent(key, withoutTime(value))?.value ?? null,
    putAll: (entries) => store.putAll([...entries].map(([key, value]) => [key, wrapped(value)] as const)),
    delete: (key) => store.delete(key)?.value ?? null,
  }
}

/** The same for windows. */
export function plainWindowStore<K, V>(store: WindowStore<K, ValueTimestampHeaders<V>>): WindowStore<K, V> {
  const { name, persistent, ...reads } = plainWindowView(store)
  return {
    ...reads,
    name,
    persistent,
    get isOpen() {
      return store.isOpen
    },
    put: (key, value, windowStartMs) => store.put(key, wrapped(value), windowStartMs),
  }
}

/** A store of sessions with headers as one without. */
export function plainSessionStore<K, AGG>(store: SessionStoreWithHeaders<K, AGG>): SessionStore<K, AGG> {
  return {
    name: store.name,
    persistent: store.persistent,
    get isOpen() {
      return store.isOpen
    },
    fetchSession: (...place) => store.fetchSession(...place)?.value ?? null,
    findSessions: (...bounds) => values(store.findSessions(...bounds)),
    backwardFindSessions: (...bounds) => values(store.backwardFindSessions(...bounds)),
    findSessionsKeyRange: (...bounds) => values(store.findSessionsKeyRange(...bounds)),
    backwardFindSessionsKeyRange: (...bounds) => values(store.backwardFindSessionsKeyRange(...bounds)),
    fetch: (key) => values(store.fetch(key)),
    backwardFetch: (key) => values(store.backwardFetch(key)),
    fetchKeyRange: (from, to) => values(store.fetchKeyRange(from, to)),
    backwardFetchKeyRange: (from, to) => values(store.backwardFetchKeyRange(from, to)),
    findSessionsByEnd: (...bounds) => values(store.findSessionsByEnd(...bounds)),
    put: (session, aggregate) =>
      store.put(session, aggregate === null ? null : { value: aggregate, headers: new Headers() }),
    remove: (session) => store.remove(session),
  }
}

function withoutTime<V>(value: V): ValueTimestampHeaders<V> {
  return { value, timestamp: noTimestamp, headers: new Headers() }
}

function wrapped<V>(value: V | null): ValueTimestampHeaders<V> | null {
  return value === null ? null : withoutTime(value)
}

function values<K, V>(
  inner: StoreIterator<KeyValue<Windowed<K>, { readonly value: V }>>,
): StoreIterator<KeyValue<Windowed<K>, V>> {
  return storeIterator(unwrapped(inner), () => inner.close())
}

function* unwrapped<K, V>(entries: Iterable<KeyValue<K, { readonly value: V }>>): Generator<KeyValue<K, V>> {
  for (const { key, value } of entries) yield { key, value: value.value }
}
