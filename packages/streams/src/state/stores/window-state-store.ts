import type { Serde, Serialized } from '@streamwright/formats'
import { assert } from '@streamwright/std'
import { change } from '../../processor/change.ts'
import type { Change } from '../../processor/change.ts'
import { Record } from '../../processor/record.ts'
import { CacheEntry, cacheEntryBytes } from '../cache/cache-entry.ts'
import type { CachedStore, NamedCache } from '../cache/named-cache.ts'
import type { EngineWrite } from '../engine/engine.ts'
import type { EmittedWindows } from '../emitted-reads.ts'
import { KeyForm } from '../key-form.ts'
import type { KeptForm, WindowStoreDefinition } from '../store-definition.ts'
import { isPersistent } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import { StorePosition } from '../store-position.ts'
import type { CachingStore, KeyValue, StoreIterator } from '../store.ts'
import { Windowed } from '../store.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'
import type { Stored, ValueForm } from '../value-form.ts'
import { valueFormOf } from '../value-form.ts'
import { overlayBytes } from './overlay-write.ts'
import type { OverlayWrite } from './overlay-write.ts'
import { mapped, storeIterator } from './store-iterator.ts'
import { WindowEngine } from './window-engine.ts'
import { changelogWindowKey, parseChangelogWindowKey } from './window-keys.ts'

const measureEvery = 16

/** Two levels, by window start and then by key: five hopping updates are five lookups, and expiry drops an inner map. */
type ByWindow<T> = Map<number, Map<string, T>>

/** What a range is to find. */
interface Wanted {
  /** Only of this key. */
  readonly only?: string
  readonly accepts?: (mapKey: string) => boolean
  /** Beside the record cache. */
  readonly isEmitted?: boolean
}

/** An entry found by a range, with what it is ordered by. */
interface Found<V> {
  readonly startMs: number
  readonly mapKey: string
  /** As it was when the range was made. */
  readonly stored: () => Stored<V>
}

/**
 * A window store of one task in its three layers. What lies further back than the retention is neither read nor kept,
 * measured by the latest window start that was put. `T` is what callers see: value, or value with timestamp.
 */
export abstract class WindowStateStore<K, V, T>
  implements TaskStore, CachingStore<Windowed<K>, V>, CachedStore<Stored<V>>, EmittedWindows<K, V>
{
  readonly name: string
  readonly persistent: boolean
  readonly shows: KeptForm
  readonly keeps: KeptForm
  readonly position: StorePosition
  isOpen = true
  readonly #host: StoreHost
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  readonly #engine: WindowEngine
  readonly #changelog: ChangelogWriter | undefined
  readonly #cache: NamedCache<Stored<V>> | undefined
  readonly #cached: ByWindow<CacheEntry<Stored<V>>> = new Map()
  readonly #retentionMs: number
  readonly #windowSizeMs: number
  readonly #timestamped: boolean
  readonly #withHeaders: boolean
  #overlay: ByWindow<OverlayWrite<Stored<V>>> = new Map()
  #uncommittedBytes = 0
  #observedMs = -1
  #listener: ((record: Record<Windowed<K>, Change<V>>) => void) | undefined
  #sendOldValues = false

  constructor(definition: WindowStoreDefinition, host: StoreHost) {
    assert(!definition.retainDuplicates, 'Stores that retain duplicates have a class of their own')
    const topic = host.changelogTopic(definition.name)
    this.name = definition.name
    this.persistent = isPersistent(definition.engine)
    this.#host = host
    this.#withHeaders = definition.withHeaders ?? false
    this.#timestamped = definition.timestamped || this.#withHeaders
    this.shows = this.#withHeaders ? 'headers' : this.#timestamped ? 'timestamp' : 'value'
    this.keeps = definition.keeps ?? this.shows
    this.position = new StorePosition(host.engines.inputPosition(definition.name))
    this.#retentionMs = definition.retentionMs + (definition.extraReadMs ?? 0)
    this.#windowSizeMs = definition.windowSizeMs
    this.#keys = new KeyForm(definition.key as Serde<K>, topic)
    this.#values = valueFormOf(definition, definition.value as Serde<V>, topic)
    this.#engine = new WindowEngine(host.engines.open(definition.name), this.#retentionMs)
    this.#changelog = host.changelog(definition.name)
    this.#cache = definition.caching ? host.cache?.open<Stored<V>>(this) : undefined
    this.#observedMs = this.#engine.latestStartMs()
  }

  protected abstract toStored(value: T): Stored<V>
  protected abstract fromStored(stored: Stored<V>): T

  put(key: K, value: T | null, windowStartMs: number): void {
    const stored = value === null ? null : this.toStored(value)
    const mapKey = this.#keys.mapKey(key)
    if (this.#cache === undefined) this.#write(mapKey, windowStartMs, stored)
    else this.#putCached(this.#cache, mapKey, windowStartMs, stored)
  }

  fetch(key: K, windowStartMs: number): T | null {
    const mapKey = this.#keys.mapKey(key)
    // What the cache holds is read as long as it is there, as in Java, even behind the retention.
    const cached = this.#cached.get(windowStartMs)?.get(mapKey)
    if (cached !== undefined) {
      this.#cache?.touch(cached)
      return cached.live === null ? null : this.fromStored(cached.live)
    }
    const stored = this.#fetchBelow(mapKey, windowStartMs)
    return stored === null ? null : this.fromStored(stored)
  }

  /** As `fetch`, but safe from later changes in place: see the interface. */
  snapshot(key: K, windowStartMs: number): T | null {
    const mapKey = this.#keys.mapKey(key)
    const cached = this.#cached.get(windowStartMs)?.get(mapKey)
    if (cached === undefined) {
      const stored = this.#snapshotBelow(mapKey, windowStartMs)
      return stored === null ? null : this.fromStored(stored)
    }
    if (cached.live === null) return null
    return this.fromStored(this.#values.immutable ? cached.live : this.#copy(cached.live))
  }

  fetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#ofKey(key, fromMs, toMs, false)
  }

  backwardFetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#ofKey(key, fromMs, toMs, true)
  }

  fetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#shown(this.#collect(fromMs, toMs, { accepts: this.#between(fromKey, toKey) }), false)
  }

  backwardFetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#shown(this.#collect(fromMs, toMs, { accepts: this.#between(fromKey, toKey) }), true)
  }

  fetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#shown(this.#collect(fromMs, toMs), false)
  }

  backwardFetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#shown(this.#collect(fromMs, toMs), true)
  }

  all(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.fetchAll(0, Number.MAX_SAFE_INTEGER)
  }

  backwardAll(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.backwardFetchAll(0, Number.MAX_SAFE_INTEGER)
  }

  // ---- what queries ask ----

  emittedOfKey(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, Stored<V>]> {
    const found = this.#collect(fromMs, toMs, { only: this.#keys.mapKey(key), isEmitted: true })
    found.sort((left, right) => left.startMs - right.startMs)
    return storeIterator(mapped(found, ({ startMs, stored }) => [startMs, stored()] as const))
  }

  windowOf(key: K, startMs: number): Windowed<K> {
    return new Windowed(key, { startMs, endMs: startMs + this.#windowSizeMs })
  }

  emittedOfAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, Stored<V>>> {
    return this.#windowed(this.#collect(fromMs, toMs, { isEmitted: true }), false, (stored) => stored)
  }

  // ---- what the task asks ----

  setFlushListener(listener: (record: Record<Windowed<K>, Change<V>>) => void, sendOldValues: boolean): boolean {
    this.#listener = listener
    this.#sendOldValues = sendOldValues
    return this.#cache !== undefined
  }

  flushCache(): void {
    this.#cache?.flush()
  }

  get uncommittedBytes(): number {
    return this.#uncommittedBytes
  }

  takeWrites(): EngineWrite[] {
    const writes: EngineWrite[] = []
    for (const [startMs, byKey] of this.#overlay) {
      if (this.#isExpired(startMs)) continue
      for (const [mapKey, { live, serialized, timestamp }] of byKey) {
        const value = serialized === null ? null : this.#values.pack(serialized, timestamp, live?.headers)
        writes.push({ key: this.#engine.key(this.#keys.bytes(mapKey), startMs), value })
      }
    }
    this.#overlay = new Map()
    this.#uncommittedBytes = 0
    return [...writes, ...this.#engine.expired(this.#observedMs)]
  }

  discard(): void {
    this.#cache?.clear()
    this.#overlay = new Map()
    this.#uncommittedBytes = 0
    this.#engine.forgetExpired()
    this.#observedMs = this.#engine.latestStartMs()
  }

  restoreWrite({ key, value, timestamp, headers }: RestoredRecord): EngineWrite | undefined {
    const parts = parseChangelogWindowKey(key)
    if (parts === undefined) return undefined
    if (parts.startMs > this.#observedMs) this.#observedMs = parts.startMs
    if (this.#isExpired(parts.startMs)) return undefined
    return {
      key: this.#engine.key(parts.key, parts.startMs),
      value: value === null ? null : this.#values.packRestored(value, timestamp, headers),
    }
  }

  close(): void {
    this.isOpen = false
    this.#cache?.clear()
    this.#overlay = new Map()
    if (this.#cache !== undefined) this.#host.cache?.close(this.#cache)
  }

  // ---- what the cache asks ----

  forget(entry: CacheEntry<Stored<V>>): void {
    const byKey = this.#cached.get(entry.windowStartMs)
    byKey?.delete(entry.mapKey)
    if (byKey?.size === 0) this.#cached.delete(entry.windowStartMs)
  }

  writeThrough(entry: CacheEntry<Stored<V>>): void {
    const { mapKey, windowStartMs, live, context } = entry
    const wanted = this.#listener !== undefined && (live === null || this.#sendOldValues)
    const old = wanted ? this.#snapshotBelow(mapKey, windowStartMs) : null
    if (this.#listener !== undefined && live === null && old === null) return
    const current = this.#host.context.capture()
    if (context !== undefined) this.#host.context.restore(context)
    try {
      this.#write(mapKey, windowStartMs, live)
      this.#listener?.(
        new Record(
          this.#windowedKey(mapKey, windowStartMs),
          change(live === null ? null : live.value, this.#sendOldValues && old !== null ? old.value : null),
          live !== null && this.#timestamped ? live.timestamp : this.#host.context.timestamp,
          this.#host.context.headers?.copy(),
        ),
      )
    } finally {
      this.#host.context.restore(current)
    }
  }

  // ---- layers ----

  #isExpired(startMs: number): boolean {
    return startMs <= this.#observedMs - this.#retentionMs
  }

  #fetchBelow(mapKey: string, startMs: number): Stored<V> | null {
    if (this.#isExpired(startMs)) return null
    const write = this.#overlay.get(startMs)?.get(mapKey)
    if (write !== undefined) return write.live
    const packed = this.#engine.get(this.#keys.bytes(mapKey), startMs)
    return packed === undefined ? null : this.#values.unpack(packed)
  }

  #snapshotBelow(mapKey: string, startMs: number): Stored<V> | null {
    const write = this.#overlay.get(startMs)?.get(mapKey)
    if (write === undefined || this.#isExpired(startMs)) return this.#fetchBelow(mapKey, startMs)
    if (write.live === null || write.serialized === null || this.#values.immutable) return write.live
    return { ...write.live, value: this.#values.deserialize(write.serialized) }
  }

  #copy(stored: Stored<V>): Stored<V> {
    return { ...stored, value: this.#values.deserialize(this.#values.serialize(stored.value)) }
  }

  #putCached(cache: NamedCache<Stored<V>>, mapKey: string, startMs: number, stored: Stored<V> | null): void {
    let byKey = this.#cached.get(startMs)
    if (byKey === undefined) {
      byKey = new Map()
      this.#cached.set(startMs, byKey)
    }
    let entry = byKey.get(mapKey)
    if (entry === undefined) {
      entry = new CacheEntry<Stored<V>>(mapKey, startMs, stored)
      byKey.set(mapKey, entry)
      cache.insert(entry, 0)
    } else {
      entry.live = stored
      cache.touch(entry)
    }
    entry.context = this.#host.context.capture()
    cache.markDirty(entry)
    if (this.#host.cache?.exactSizes === true || entry.writes % measureEvery === 0 || stored === null) {
      const valueBytes =
        stored === null ? 0 : this.#values.byteLength(this.#values.serialize(stored.value), stored.headers)
      // Key, start, sequence, and the segment that Java's cache puts before them.
      cache.resize(entry, cacheEntryBytes(this.#keys.byteLength(mapKey) + 20, valueBytes, entry.context))
    }
    entry.writes += 1
    this.#host.cache?.makeRoom(cache)
  }

  #write(mapKey: string, startMs: number, stored: Stored<V> | null): void {
    // Time goes on when a write leaves the cache, as in Java, whose store does not see it before.
    if (startMs > this.#observedMs) this.#observedMs = startMs
    const serialized = stored === null ? null : this.#values.serialize(stored.value)
    const timestamp = stored !== null && this.#timestamped ? stored.timestamp : this.#host.context.timestamp
    const isExpired = this.#isExpired(startMs)
    const isRefused = isExpired && (!this.persistent || this.#engine.isSegmentExpired(startMs, this.#observedMs))
    // What Java's persistent store refuses does not move its position; the in-memory store has moved by then.
    if (!isRefused || !this.persistent) this.position.observe(this.#host.context)
    if (!isExpired) {
      let byKey = this.#overlay.get(startMs)
      if (byKey === undefined) {
        byKey = new Map()
        this.#overlay.set(startMs, byKey)
      }
      const replaced = byKey.get(mapKey)
      if (replaced !== undefined) this.#uncommittedBytes -= overlayBytes(mapKey, replaced.serialized)
      byKey.set(mapKey, { live: stored === null ? null : this.#values.kept(stored, timestamp), serialized, timestamp })
      this.#uncommittedBytes += overlayBytes(mapKey, serialized)
    } else if (isRefused) this.#host.recordDropped('expired window')
    const headers = this.#withHeaders ? (stored === null ? this.#host.context.headers : stored.headers) : undefined
    this.#changelog?.append(timestamp, changelogWindowKey(this.#keys.bytes(mapKey), startMs, 0), serialized, headers)
  }

  // ---- ranges: collected at creation, so that an iterator sees the state of that moment ----

  #ofKey(key: K, fromMs: number, toMs: number, reverse: boolean): StoreIterator<readonly [number, T]> {
    const wanted = this.#keys.mapKey(key)
    const found = this.#collect(fromMs, toMs, { only: wanted })
    found.sort((left, right) => left.startMs - right.startMs)
    if (reverse) found.reverse()
    return storeIterator(found.map(({ startMs, stored }) => [startMs, this.fromStored(stored())] as const))
  }

  #between(fromKey: K | null, toKey: K | null): (mapKey: string) => boolean {
    const from = fromKey === null ? undefined : this.#keys.orderKey(this.#keys.mapKey(fromKey))
    const to = toKey === null ? undefined : this.#keys.orderKey(this.#keys.mapKey(toKey))
    return (mapKey) => {
      const order = this.#keys.orderKey(mapKey)
      return (from === undefined || order >= from) && (to === undefined || order <= to)
    }
  }

  /** Of one key this is a lookup per window; of several, every uncommitted window is visited. */
  #collect(fromMs: number, toMs: number, { accepts, only, isEmitted = false }: Wanted = {}): Found<V>[] {
    const keyBytes = only === undefined ? undefined : this.#keys.bytes(only)
    const from = Math.max(fromMs, this.#observedMs - this.#retentionMs + 1, 0)
    const found = new Map<string, Found<V> | null>()
    for (const entry of this.#engine.range(keyBytes, from, toMs)) {
      const mapKey = this.#keys.mapKeyOfBytes(entry.key)
      if (accepts?.(mapKey) === false) continue
      const stored = this.#values.unpack(entry.value)
      found.set(`${entry.startMs}:${mapKey}`, { startMs: entry.startMs, mapKey, stored: () => stored })
    }
    const add = (startMs: number, mapKey: string, live: Stored<V> | null, serialized?: Serialized | null): void => {
      if (accepts?.(mapKey) === false) return
      const stored = this.#values.copyOf(live, serialized)
      found.set(`${startMs}:${mapKey}`, stored === null ? null : { startMs, mapKey, stored })
    }
    for (const [startMs, byKey] of this.#overlay) {
      if (startMs < from || startMs > toMs) continue
      if (only === undefined) for (const [mapKey, { live, serialized }] of byKey) add(startMs, mapKey, live, serialized)
      else {
        const write = byKey.get(only)
        if (write !== undefined) add(startMs, only, write.live, write.serialized)
      }
    }
    for (const [startMs, byKey] of this.#cached) {
      if (isEmitted || startMs < fromMs || startMs > toMs) continue
      if (only === undefined) for (const [mapKey, entry] of byKey) add(startMs, mapKey, entry.live)
      else {
        const entry = byKey.get(only)
        if (entry !== undefined) add(startMs, only, entry.live)
      }
    }
    return [...found.values()].flatMap((entry) => entry ?? [])
  }

  #shown(found: Found<V>[], reverse: boolean): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#windowed(found, reverse, (stored) => this.fromStored(stored))
  }

  #windowed<R>(
    found: Found<V>[],
    reverse: boolean,
    show: (stored: Stored<V>) => R,
  ): StoreIterator<KeyValue<Windowed<K>, R>> {
    const ordered = found.map((entry) => ({ ...entry, order: this.#keys.orderKey(entry.mapKey) }))
    ordered.sort((left, right) => left.startMs - right.startMs || (left.order < right.order ? -1 : 1))
    if (reverse) ordered.reverse()
    return storeIterator(
      mapped(ordered, ({ mapKey, startMs, stored }) => ({
        key: this.#windowedKey(mapKey, startMs),
        value: show(stored()),
      })),
    )
  }

  #windowedKey(mapKey: string, startMs: number): Windowed<K> {
    return this.windowOf(this.#keys.key(mapKey), startMs)
  }
}
