import { readOnlyStore } from '../state/read-only-stores.ts'
import type { KeptForm } from '../state/store-definition.ts'
import type {
  AggregationWithHeaders,
  ReadOnlyKeyValueStore,
  ReadOnlySessionStore,
  ReadOnlyWindowStore,
  StateStore,
  ValueAndTimestamp,
  ValueTimestampHeaders,
} from '../state/store.ts'
import { KeyValueStateStore } from '../state/stores/key-value-state-store.ts'
import { SessionStateStore } from '../state/stores/session-state-store.ts'
import { keyValueView, sessionView, windowView } from '../state/value-views.ts'
import { CompositeKeyValueStore } from './composite-key-value-store.ts'
import type { StorePart } from './composite-store.ts'
import { CompositeSessionStore } from './composite-session-store.ts'
import { CompositeWindowStore } from './composite-window-store.ts'
import { isWindowStore } from './window-stores.ts'
import type { QueryableStoreType } from './queryable-store-type.ts'

/**
 * As what stores can be read. A store that keeps timestamps or headers can also be read without. Keys and values are
 * what the serdes of the store make of them; give their types, as in `keyValueStore<string, number>()`.
 */
export const QueryableStoreTypes: {
  readonly keyValueStore: <K, V>() => QueryableStoreType<ReadOnlyKeyValueStore<K, V>>
  readonly timestampedKeyValueStore: <K, V>() => QueryableStoreType<ReadOnlyKeyValueStore<K, ValueAndTimestamp<V>>>
  readonly timestampedKeyValueStoreWithHeaders: <K, V>() => QueryableStoreType<
    ReadOnlyKeyValueStore<K, ValueTimestampHeaders<V>>
  >
  readonly windowStore: <K, V>() => QueryableStoreType<ReadOnlyWindowStore<K, V>>
  readonly timestampedWindowStore: <K, V>() => QueryableStoreType<ReadOnlyWindowStore<K, ValueAndTimestamp<V>>>
  readonly timestampedWindowStoreWithHeaders: <K, V>() => QueryableStoreType<
    ReadOnlyWindowStore<K, ValueTimestampHeaders<V>>
  >
  readonly sessionStore: <K, AGG>() => QueryableStoreType<ReadOnlySessionStore<K, AGG>>
  readonly sessionStoreWithHeaders: <K, AGG>() => QueryableStoreType<
    ReadOnlySessionStore<K, AggregationWithHeaders<AGG>>
  >
} = {
  keyValueStore: () => keyValues('keyValueStore', 'value'),
  timestampedKeyValueStore: () => keyValues('timestampedKeyValueStore', 'timestamp'),
  timestampedKeyValueStoreWithHeaders: () => keyValues('timestampedKeyValueStoreWithHeaders', 'headers'),
  windowStore: () => windows('windowStore', 'value'),
  timestampedWindowStore: () => windows('timestampedWindowStore', 'timestamp'),
  timestampedWindowStoreWithHeaders: () => windows('timestampedWindowStoreWithHeaders', 'headers'),
  sessionStore: () => sessions('sessionStore', 'value'),
  sessionStoreWithHeaders: () => sessions('sessionStoreWithHeaders', 'headers'),
}

type Stores = () => readonly StateStore[]

function keyValues<K, T>(name: string, form: KeptForm): QueryableStoreType<ReadOnlyKeyValueStore<K, T>> {
  const viewOf = (store: StateStore): ReadOnlyKeyValueStore<K, T> =>
    keyValueView(readOnlyStore(store) as ReadOnlyKeyValueStore<K, unknown>, inForm<T>(store, form))
  return {
    name,
    accepts: (store) => store instanceof KeyValueStateStore && contains(store.shows, form),
    create: (stores: Stores, storeName) => new CompositeKeyValueStore<K, T>(storeName, () => partsOf(stores, viewOf)),
  }
}

function windows<K, T>(name: string, form: KeptForm): QueryableStoreType<ReadOnlyWindowStore<K, T>> {
  const viewOf = (store: StateStore): ReadOnlyWindowStore<K, T> =>
    windowView(readOnlyStore(store) as ReadOnlyWindowStore<K, unknown>, inForm<T>(store, form))
  return {
    name,
    accepts: (store) => isWindowStore(store) && contains(store.shows, form),
    create: (stores: Stores, storeName) => new CompositeWindowStore<K, T>(storeName, () => partsOf(stores, viewOf)),
  }
}

function sessions<K, T>(name: string, form: KeptForm): QueryableStoreType<ReadOnlySessionStore<K, T>> {
  const viewOf = (store: StateStore): ReadOnlySessionStore<K, T> =>
    sessionView(readOnlyStore(store) as ReadOnlySessionStore<K, unknown>, inForm<T>(store, form))
  return {
    name,
    accepts: (store) => store instanceof SessionStateStore && contains(store.shows, form),
    create: (stores: Stores, storeName) => new CompositeSessionStore<K, T>(storeName, () => partsOf(stores, viewOf)),
  }
}

function partsOf<S>(stores: Stores, viewOf: (store: StateStore) => S): StorePart<S>[] {
  return stores().map((store) => ({ store, view: viewOf(store) }))
}

const forms: readonly KeptForm[] = ['value', 'timestamp', 'headers']

function contains(shown: KeptForm, wanted: KeptForm): boolean {
  return forms.indexOf(shown) >= forms.indexOf(wanted)
}

/** Leaves out of a value what is not wanted. The types are those of the accepted store, which nobody here knows. */
function inForm<T>(store: StateStore, wanted: KeptForm): (value: unknown) => T {
  const shows = (store as { readonly shows?: KeptForm }).shows
  if (shows === wanted) return (value) => value as T
  if (wanted === 'value') return (value) => (value as { readonly value: T }).value
  return (shown) => {
    const { value, timestamp } = shown as ValueAndTimestamp<unknown>
    return { value, timestamp } as T
  }
}
