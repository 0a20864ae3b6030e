import { StreamsError } from '../errors.ts'
import { DuplicatesWindowStore } from './stores/duplicates-window-store.ts'
import { KeyValueStateStore } from './stores/key-value-state-store.ts'
import { RangeWindowStateStore } from './stores/range-window-state-store.ts'
import { SessionStateStore } from './stores/session-state-store.ts'
import { VersionedStateStore } from './stores/versioned-state-store.ts'
import { WindowStateStore } from './stores/window-state-store.ts'
import type {
  KeyValue,
  KeyValueStore,
  ReadOnlyWindowStore,
  SessionStore,
  StateStore,
  StoreIterator,
  VersionedKeyValueStore,
  VersionedRecord,
  WindowStore,
} from './store.ts'
import { Windowed } from './store.ts'

/** What all facades have: they read as the store does, give copies, and refuse to write. */
abstract class ReadOnlyFacade implements StateStore {
  readonly #store: StateStore

  constructor(store: StateStore) {
    this.#store = store
  }

  get name(): string {
    return this.#store.name
  }

  get persistent(): boolean {
    return this.#store.persistent
  }

  get isOpen(): boolean {
    return this.#store.isOpen
  }

  protected refuse(): never {
    throw new StreamsError(
      `The store ${this.name} can only be read here. Write to it in a processor that it is connected to`,
      { code: 'STORE_READ_ONLY' },
    )
  }
}

/** A key-value store of any form of value, to be read. */
export class ReadOnlyKeyValueFacade<K, T> extends ReadOnlyFacade implements KeyValueStore<K, T> {
  readonly #inner: KeyValueStateStore<K, unknown, T>

  constructor(store: KeyValueStateStore<K, unknown, T>) {
    super(store)
    this.#inner = store
  }

  get(key: K): T | null {
    return this.#inner.snapshot(key)
  }

  range(from: K | null, to: K | null): StoreIterator<KeyValue<K, T>> {
    return this.#inner.range(from, to)
  }

  reverseRange(from: K | null, to: K | null): StoreIterator<KeyValue<K, T>> {
    return this.#inner.reverseRange(from, to)
  }

  all(): StoreIterator<KeyValue<K, T>> {
    return this.#inner.all()
  }

  reverseAll(): StoreIterator<KeyValue<K, T>> {
    return this.#inner.reverseAll()
  }

  prefixScan(prefix: Uint8Array | string): StoreIterator<KeyValue<K, T>> {
    return this.#inner.prefixScan(prefix)
  }

  approximateNumEntries(): number {
    return this.#inner.approximateNumEntries()
  }

  /** As `get`: whoever reads timestamped stores by `snapshot` may go on to. */
  snapshot(key: K): T | null {
    return this.get(key)
  }

  put(): void {
    this.refuse()
  }

  putIfAbsent(): T | null {
    return this.refuse()
  }

  putAll(): void {
    this.refuse()
  }

  delete(): T | null {
    return this.refuse()
  }
}

interface SnapshotWindows<K, T> {
  snapshot(key: K, windowStartMs: number): T | null
}

/** A window store of any form of value, to be read. */
export class ReadOnlyWindowFacade<K, T> extends ReadOnlyFacade implements WindowStore<K, T> {
  readonly #inner: ReadOnlyWindowStore<K, T> & SnapshotWindows<K, T>

  constructor(store: ReadOnlyWindowStore<K, T> & SnapshotWindows<K, T>) {
    super(store)
    this.#inner = store
  }

  fetch(key: K, windowStartMs: number): T | null {
    return this.#inner.snapshot(key, windowStartMs)
  }

  snapshot(key: K, windowStartMs: number): T | null {
    return this.fetch(key, windowStartMs)
  }

  fetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#inner.fetchRange(key, fromMs, toMs)
  }

  backwardFetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#inner.backwardFetchRange(key, fromMs, toMs)
  }

  fetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.fetchKeyRange(fromKey, toKey, fromMs, toMs)
  }

  backwardFetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.backwardFetchKeyRange(fromKey, toKey, fromMs, toMs)
  }

  fetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.fetchAll(fromMs, toMs)
  }

  backwardFetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.backwardFetchAll(fromMs, toMs)
  }

  all(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.all()
  }

  backwardAll(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.backwardAll()
  }

  put(): void {
    this.refuse()
  }
}

/** A session store of any form of value, to be read. */
export class ReadOnlySessionFacade<K, T> extends ReadOnlyFacade implements SessionStore<K, T> {
  readonly #inner: SessionStateStore<K, unknown, T>

  constructor(store: SessionStateStore<K, unknown, T>) {
    super(store)
    this.#inner = store
  }

  fetchSession(key: K, startMs: number, endMs: number): T | null {
    return this.#inner.snapshot(new Windowed(key, { startMs, endMs }))
  }

  findSessions(key: K, earliestEndMs: number, latestStartMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.findSessions(key, earliestEndMs, latestStartMs)
  }

  backwardFindSessions(key: K, earliestEndMs: number, latestStartMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.backwardFindSessions(key, earliestEndMs, latestStartMs)
  }

  findSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestEndMs: number,
    latestStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.findSessionsKeyRange(fromKey, toKey, earliestEndMs, latestStartMs)
  }

  backwardFindSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestEndMs: number,
    latestStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.backwardFindSessionsKeyRange(fromKey, toKey, earliestEndMs, latestStartMs)
  }

  findSessionsByEnd(earliestEndMs: number, latestEndMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.findSessionsByEnd(earliestEndMs, latestEndMs)
  }

  fetch(key: K): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.fetch(key)
  }

  backwardFetch(key: K): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.backwardFetch(key)
  }

  fetchKeyRange(fromKey: K | null, toKey: K | null): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.fetchKeyRange(fromKey, toKey)
  }

  backwardFetchKeyRange(fromKey: K | null, toKey: K | null): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#inner.backwardFetchKeyRange(fromKey, toKey)
  }

  put(): void {
    this.refuse()
  }

  remove(): void {
    this.refuse()
  }
}

/** A versioned store, to be read. */
export class ReadOnlyVersionedFacade<K, V> extends ReadOnlyFacade implements VersionedKeyValueStore<K, V> {
  readonly #inner: VersionedStateStore<K, V>

  constructor(store: VersionedStateStore<K, V>) {
    super(store)
    this.#inner = store
  }

  get(key: K, asOfTimestamp?: number): VersionedRecord<V> | null {
    return asOfTimestamp === undefined ? this.#inner.snapshot(key) : this.#inner.snapshotAsOf(key, asOfTimestamp)
  }

  versions(
    key: K,
    fromMs: number,
    toMs: number,
    order?: 'ascending' | 'descending',
  ): StoreIterator<VersionedRecord<V>> {
    return this.#inner.versions(key, fromMs, toMs, order)
  }

  all(): StoreIterator<KeyValue<K, VersionedRecord<V>>> {
    return this.#inner.all()
  }

  put(): never {
    return this.refuse()
  }

  delete(): never {
    return this.refuse()
  }
}

/**
 * A store as those see it who may only read: the same methods, values that are copies of what the store holds, and
 * writes that fail. A store of the user's own is its own business, and is returned as it is.
 */
export function readOnlyStore(store: StateStore): StateStore {
  if (store instanceof KeyValueStateStore) return new ReadOnlyKeyValueFacade<unknown, unknown>(store)
  if (store instanceof RangeWindowStateStore) return new ReadOnlyWindowFacade<unknown, unknown>(store)
  if (store instanceof SessionStateStore) return new ReadOnlySessionFacade<unknown, unknown>(store)
  if (store instanceof WindowStateStore) return new ReadOnlyWindowFacade<unknown, unknown>(store)
  if (store instanceof DuplicatesWindowStore) return new ReadOnlyWindowFacade<unknown, unknown>(store)
  if (store instanceof VersionedStateStore) return new ReadOnlyVersionedFacade<unknown, unknown>(store)
  return store
}
