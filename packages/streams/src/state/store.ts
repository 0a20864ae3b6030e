import type { Change } from '../processor/change.ts'
import type { Headers } from '@streamwright/formats'
import type { Record } from '../processor/record.ts'

/** What all stores have in common. Everything is synchronous: a record runs without one `await`. */
export interface StateStore {
  readonly name: string
  readonly persistent: boolean
  readonly isOpen: boolean
}

/** A value with the timestamp of the record that made it. */
export interface ValueAndTimestamp<V> {
  readonly value: V
  readonly timestamp: number
}

export interface KeyValue<K, V> {
  readonly key: K
  readonly value: V
}

/** Iterators see the state at their creation. Close one that is not read to its end (`using` does). */
export interface StoreIterator<T> extends IterableIterator<T>, Disposable {
  close(): void
}

export interface ReadOnlyKeyValueStore<K, V> extends StateStore {
  get(key: K): V | null
  /** Both ends inclusive; null is unbounded. In the unsigned order of the serialized keys. */
  range(from: K | null, to: K | null): StoreIterator<KeyValue<K, V>>
  reverseRange(from: K | null, to: K | null): StoreIterator<KeyValue<K, V>>
  all(): StoreIterator<KeyValue<K, V>>
  reverseAll(): StoreIterator<KeyValue<K, V>>
  /** Keys whose serialized form begins with the serialized prefix. */
  prefixScan(prefix: Uint8Array | string): StoreIterator<KeyValue<K, V>>
  approximateNumEntries(): number
}

export interface KeyValueStore<K, V> extends ReadOnlyKeyValueStore<K, V> {
  /** Null deletes. */
  put(key: K, value: V | null): void
  /** Returns the value that was there, or null when the new one was put. */
  putIfAbsent(key: K, value: V): V | null
  putAll(entries: Iterable<readonly [K, V | null]>): void
  delete(key: K): V | null
}

/**
 * `get` hands out the live value: an aggregator may change it and put it back. Use {@link snapshot} for a value that
 * must survive such a change (an old value that is forwarded).
 */
export interface TimestampedKeyValueStore<K, V> extends KeyValueStore<K, ValueAndTimestamp<V>> {
  /** As `get`, but never aliased by later in-place changes: from bytes, unless the serde declares immutability. */
  snapshot(key: K): ValueAndTimestamp<V> | null
}

/** One version of a key: valid from `timestamp` (inclusive) to `validTo` (exclusive); null while nothing follows. */
export interface VersionedRecord<V> extends ValueAndTimestamp<V> {
  readonly validTo: number | null
}

/**
 * What became of a version that was put: `'latest'` when no later one is known, `'notPut'` when it lies behind the
 * history retention, else the timestamp until which it is valid. Java: −1, `Long.MIN_VALUE`, the timestamp.
 */
export type VersionedPutResult = 'latest' | 'notPut' | number

export interface ReadOnlyVersionedKeyValueStore<K, V> extends StateStore {
  /** The latest version; or the one that was valid at `asOfTimestamp`: null too when that lies behind the retention. */
  get(key: K, asOfTimestamp?: number): VersionedRecord<V> | null
  /** Versions that were valid at some time within the bounds, both inclusive, by time. Deletions leave gaps. */
  versions(key: K, fromMs: number, toMs: number, order?: 'ascending' | 'descending'): StoreIterator<VersionedRecord<V>>
  /** The latest version of every key, in the unsigned order of the serialized keys. */
  all(): StoreIterator<KeyValue<K, VersionedRecord<V>>>
}

/** Keeps for each key the values it had at earlier times, as far back as the history retention (KIP-889). */
export interface VersionedKeyValueStore<K, V> extends ReadOnlyVersionedKeyValueStore<K, V> {
  /** Null deletes from `timestamp` on. Timestamps may come in any order. */
  put(key: K, value: V | null, timestamp: number): VersionedPutResult
  /** Returns the version that was valid at `timestamp`, or null; also when that lies behind the retention. */
  delete(key: K, timestamp: number): VersionedRecord<V> | null
}

/** A key in a window: start inclusive, end exclusive (inclusive for sessions and sliding windows). */
export class Windowed<K> {
  readonly key: K
  readonly window: Window
  constructor(key: K, window: Window) {
    this.key = key
    this.window = window
  }

  /** `[key@start/end]`, as Java prints it. */
  toString(): string {
    return `[${String(this.key)}@${this.window.startMs}/${this.window.endMs}]`
  }
}
export interface Window {
  readonly startMs: number
  readonly endMs: number
}

export interface ReadOnlyWindowStore<K, V> extends StateStore {
  fetch(key: K, windowStartMs: number): V | null
  /** Entries of one key, window start ascending, as `[windowStartMs, value]`. Bounds inclusive. */
  fetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, V]>
  backwardFetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, V]>
  fetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, V>>
  backwardFetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, V>>
  fetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, V>>
  backwardFetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, V>>
  all(): StoreIterator<KeyValue<Windowed<K>, V>>
  backwardAll(): StoreIterator<KeyValue<Windowed<K>, V>>
}

export interface WindowStore<K, V> extends ReadOnlyWindowStore<K, V> {
  put(key: K, value: V | null, windowStartMs: number): void
}

/** See {@link TimestampedKeyValueStore} for the difference between `fetch` and `snapshot`. */
export interface TimestampedWindowStore<K, V> extends WindowStore<K, ValueAndTimestamp<V>> {
  snapshot(key: K, windowStartMs: number): ValueAndTimestamp<V> | null
}

/** Sessions of keys. Those of one key come in the order of their ends; of several, in the order of ends, then keys. */
export interface ReadOnlySessionStore<K, AGG> extends StateStore {
  fetchSession(key: K, startMs: number, endMs: number): AGG | null
  /** Sessions of the key that overlap the time between: they end at or after one bound, begin at or before the other. */
  findSessions(
    key: K,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, AGG>>
  backwardFindSessions(
    key: K,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, AGG>>
  /** As `findSessions`, of all keys between two, both inclusive; null is open. */
  findSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, AGG>>
  backwardFindSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, AGG>>
  /** All sessions of the key. */
  fetch(key: K): StoreIterator<KeyValue<Windowed<K>, AGG>>
  backwardFetch(key: K): StoreIterator<KeyValue<Windowed<K>, AGG>>
  /** All sessions of all keys between two, both inclusive; null is open. */
  fetchKeyRange(fromKey: K | null, toKey: K | null): StoreIterator<KeyValue<Windowed<K>, AGG>>
  backwardFetchKeyRange(fromKey: K | null, toKey: K | null): StoreIterator<KeyValue<Windowed<K>, AGG>>
}

export interface SessionStore<K, AGG> extends ReadOnlySessionStore<K, AGG> {
  /** Null removes. */
  put(session: Windowed<K>, aggregate: AGG | null): void
  remove(session: Windowed<K>): void
  /** Sessions of all keys that end within the bounds, both inclusive: what emission on close reads. */
  findSessionsByEnd(earliestSessionEndMs: number, latestSessionEndMs: number): StoreIterator<KeyValue<Windowed<K>, AGG>>
}

/** The aggregate of a session with the headers that were put with it (KIP-1271). */
export interface AggregationWithHeaders<AGG> {
  readonly value: AGG
  readonly headers: Headers
}

export type SessionStoreWithHeaders<K, AGG> = SessionStore<K, AggregationWithHeaders<AGG>>

/**
 * A store behind a record cache tells, when an entry leaves the cache, what changed; the operator forwards that
 * instead of forwarding each update itself. Returns false when this store has no cache: the operator then forwards.
 * The record's timestamp and headers are those of the last buffered write; the task sets the record context
 * (topic, partition, offset) of that write around the call. Key is `Windowed<K>` for window and session stores.
 */
export interface CachingStore<K, V> {
  setFlushListener(listener: (record: Record<K, Change<V>>) => void, sendOldValues: boolean): boolean
}

/** A store whose entries carry headers besides (KIP-1271). */
export interface ValueTimestampHeaders<V> extends ValueAndTimestamp<V> {
  readonly headers: Headers
}

/** Gives and takes the headers of records beside values and timestamps (KIP-1271). */
export interface TimestampedKeyValueStoreWithHeaders<K, V> extends KeyValueStore<K, ValueTimestampHeaders<V>> {
  /** See {@link TimestampedKeyValueStore}. */
  snapshot(key: K): ValueTimestampHeaders<V> | null
}

/** The same for windows. */
export interface TimestampedWindowStoreWithHeaders<K, V> extends WindowStore<K, ValueTimestampHeaders<V>> {
  snapshot(key: K, windowStartMs: number): ValueTimestampHeaders<V> | null
}
