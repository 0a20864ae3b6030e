import type { KeptForm } from './store-definition.ts'
import type { StorePosition } from './store-position.ts'
import type { KeyValue, StoreIterator, Windowed } from './store.ts'
import type { Stored } from './value-form.ts'

/**
 * How queries read stores: what was emitted, beside the record cache, as copies. Java's stores answer from below their
 * caches, all but the queries for one key.
 */
interface EmittedReads {
  /** What callers of the store see of its values. */
  readonly shows: KeptForm
  /** How far the store below the cache has come. */
  readonly position: StorePosition
}

export interface EmittedKeyValues<K, V> extends EmittedReads {
  /** How far cache and store have come together. */
  readonly cachedPosition: StorePosition | undefined
  storedAt(key: K, skipsCache: boolean): Stored<V> | null
  /** Both ends inclusive; null is open. */
  emittedRange(from: K | null, to: K | null, reverse: boolean): StoreIterator<KeyValue<K, Stored<V>>>
}

export interface EmittedWindows<K, V> extends EmittedReads {
  /** What it reads back of that: less than it shows where a supplier keeps no timestamps. */
  readonly keeps: KeptForm
  /** By window start, both ends inclusive. */
  emittedOfKey(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, Stored<V>]>
  /** The window of a key, as callers know it. */
  windowOf(key: K, startMs: number): Windowed<K>
  emittedOfAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, Stored<V>>>
}

export interface EmittedSessions<K, V> extends EmittedReads {
  /** By session end. */
  emittedSessions(key: K): StoreIterator<KeyValue<Windowed<K>, Stored<V>>>
}
