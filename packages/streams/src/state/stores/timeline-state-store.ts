import type { Headers, Serde, Serialized } from '@streamwright/formats'
import { change } from '../../processor/change.ts'
import type { Change } from '../../processor/change.ts'
import { Record } from '../../processor/record.ts'
import { CacheEntry, cacheEntryBytes } from '../cache/cache-entry.ts'
import type { CachedStore, NamedCache } from '../cache/named-cache.ts'
import { TimelineCacheIndex } from '../cache/timeline-cache.ts'
import type { EngineWrite } from '../engine/engine.ts'
import { KeyForm } from '../key-form.ts'
import type { KeptForm, SessionStoreDefinition, WindowStoreDefinition } from '../store-definition.ts'
import { isPersistent } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import { StorePosition } from '../store-position.ts'
import type { CachingStore, KeyValue, StoreIterator, Windowed } from '../store.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'
import type { Stored, ValueForm } from '../value-form.ts'
import { sessionValueForm, valueFormOf } from '../value-form.ts'
import { mapped, storeIterator } from './store-iterator.ts'
import { TimelineEngine } from './timeline-engine.ts'
import { TimelineOverlay } from './timeline-overlay.ts'
import { lowerBound } from './timeline.ts'
import type { TimelineEntry } from './timeline.ts'

const measureEvery = 16

/** Where an entry stands: windows have their start as time, sessions their end as time and their start besides. */
export interface TimelinePlace {
  readonly timeMs: number
  readonly otherMs: number
}

/** An entry found by a range. */
export interface Found<V> extends TimelinePlace {
  readonly mapKey: string
  /** Reads the value as it was when the range was made: bytes are decoded only when somebody asks. */
  readonly stored: () => Stored<V>
}

/**
 * What the values of a range are: copies, safe from later changes in place; the same beside the record cache; or the
 * live ones, for operators, which change them only when they put them back.
 */
export type Reading = 'copies' | 'emitted' | 'live'

/** The changelog key of an entry, and back; undefined for bytes that are too short to be one. */
export interface TimelineKeyForm {
  /** Bytes that Java's cache counts for a key beside the key itself. */
  readonly extraCacheBytes: number
  changelogKey(key: Buffer, timeMs: number, otherMs: number): Buffer
  parse(bytes: Buffer): { readonly key: Buffer; readonly timeMs: number; readonly otherMs: number } | undefined
}

/**
 * A store of one task whose entries are read by key and stretch of time, in its three layers: sessions, and windows
 * that are not found by their start alone. Both ends of every stretch are inclusive.
 *
 * What lies further back than the retention is not read. Java's persistent stores keep it until a whole segment has
 * expired, and so do these, since emission on close reads it (`scanKept`).
 */
export abstract class TimelineStateStore<K, V>
  implements TaskStore, CachingStore<Windowed<K>, V>, CachedStore<Stored<V>>
{
  readonly name: string
  readonly persistent: boolean
  readonly shows: KeptForm
  readonly keeps: KeptForm
  readonly position: StorePosition
  isOpen = true
  protected readonly keys: KeyForm<K>
  protected readonly values: ValueForm<V>
  protected readonly host: StoreHost
  readonly #form: TimelineKeyForm
  readonly #retentionMs: number
  readonly #timestamped: boolean
  readonly #withHeaders: boolean
  readonly #isWindow: boolean
  readonly #engine: TimelineEngine
  readonly #overlay: TimelineOverlay<K, V>
  readonly #changelog: ChangelogWriter | undefined
  readonly #cache: NamedCache<Stored<V>> | undefined
  readonly #cached = new TimelineCacheIndex<Stored<V>>()
  #observedMs: number
  #listener: ((record: Record<Windowed<K>, Change<V>>) => void) | undefined
  #sendOldValues = false

  constructor(definition: SessionStoreDefinition | WindowStoreDefinition, host: StoreHost, form: TimelineKeyForm) {
    const topic = host.changelogTopic(definition.name)
    this.name = definition.name
    this.persistent = isPersistent(definition.engine)
    this.host = host
    this.#form = form
    const isWindow = definition.kind === 'window'
    this.#retentionMs = definition.retentionMs + (isWindow ? (definition.extraReadMs ?? 0) : 0)
    this.#withHeaders = definition.withHeaders === true
    this.#isWindow = isWindow
    this.#timestamped = isWindow && (definition.timestamped || this.#withHeaders)
    this.shows = this.#withHeaders ? 'headers' : this.#timestamped ? 'timestamp' : 'value'
    this.keeps = definition.keeps ?? this.shows
    this.position = new StorePosition(host.engines.inputPosition(definition.name))
    this.keys = new KeyForm(definition.key as Serde<K>, topic)
    const value = definition.value as Serde<V>
    this.values = isWindow ? valueFormOf(definition, value, topic) : sessionValueForm(definition, value, topic)
    this.#engine = new TimelineEngine(host.engines.open(definition.name), this.#retentionMs, this.persistent)
    this.#overlay = new TimelineOverlay(this.#engine, this.keys, this.values)
    this.#changelog = host.changelog(definition.name)
    this.#cache = definition.caching ? host.cache?.open<Stored<V>>(this) : undefined
    this.#observedMs = this.#engine.latestMs()
  }

  /** The key of an entry as callers know it. */
  protected abstract windowedKey(mapKey: string, timeMs: number, otherMs: number): Windowed<K>
  /** The timestamp of a change that leaves the cache. */
  protected abstract flushTimestamp(entry: CacheEntry<Stored<V>>): number
  /** Where a cache entry stands, and the reverse. */
  protected abstract placeOf(entry: CacheEntry<Stored<V>>): TimelinePlace
  protected abstract cacheEntry(mapKey: string, place: TimelinePlace, live: Stored<V> | null): CacheEntry<Stored<V>>

  // ---- what processors ask, by place ----

  protected putAt(mapKey: string, place: TimelinePlace, stored: Stored<V> | null): void {
    if (this.#cache === undefined) this.#write(mapKey, place, stored)
    else this.#putCached(this.#cache, mapKey, place, stored)
  }

  /** Tells the changelog of a put that changes nothing. */
  protected logOnly(mapKey: string, place: TimelinePlace): void {
    const { timestamp, headers } = this.host.context
    this.#log(mapKey, place, timestamp, null, this.#withHeaders ? headers : undefined)
  }

  /** Deletes; unlike a put of null this is never refused as expired. */
  protected removeAt(mapKey: string, place: TimelinePlace): void {
    if (this.#cache !== undefined) this.#putCached(this.#cache, mapKey, place, null)
    else {
      // Java's persistent store sees the time of what it removes, its in-memory store does not.
      if (this.persistent) this.#observe(place.timeMs)
      this.#delete(mapKey, place)
    }
  }

  protected getAt(mapKey: string, { timeMs, otherMs }: TimelinePlace): Stored<V> | null {
    // What the cache holds is read as long as it is there, as in Java, even behind the retention.
    const cached = this.#cached.get(mapKey, timeMs, otherMs)
    if (cached !== undefined) {
      this.#cache?.touch(cached)
      return cached.live
    }
    const entry = this.#entryBelow(mapKey, timeMs, otherMs)
    return entry === undefined ? null : this.#overlay.read(entry)
  }

  protected snapshotAt(mapKey: string, { timeMs, otherMs }: TimelinePlace): Stored<V> | null {
    const cached = this.#cached.get(mapKey, timeMs, otherMs)
    if (cached === undefined) return this.#snapshotBelow(mapKey, timeMs, otherMs)
    if (cached.live === null || this.values.immutable) return cached.live
    return { ...cached.live, value: this.values.deserialize(this.values.serialize(cached.live.value)) }
  }

  /** The entries of one key in a stretch of time, in order. */
  protected ofKey(mapKey: string, fromMs: number, toMs: number, reading: Reading): Found<V>[] {
    const found: Found<V>[] = []
    const visibleFrom = Math.max(fromMs, this.#visibleFromMs)
    const { entries, index } = this.#overlay.from(mapKey, visibleFrom)
    for (let next = index; next < entries.length; next++) {
      const entry = entries[next]
      if (entry === undefined || entry.timeMs > toMs) break
      if (reading === 'emitted' || this.#cached.get(mapKey, entry.timeMs, entry.otherMs) === undefined)
        found.push(this.#found(mapKey, entry, reading))
    }
    return reading === 'emitted' ? found : this.#withCached(found, mapKey, fromMs, toMs, reading)
  }

  /** The entries of all keys that are accepted, in a stretch of time; in no order. */
  protected ofKeys(accepts: (mapKey: string) => boolean, fromMs: number, toMs: number): Found<V>[] {
    const isUncached = (mapKey: string, { timeMs, otherMs }: TimelinePlace): boolean =>
      accepts(mapKey) && this.#cached.get(mapKey, timeMs, otherMs) === undefined
    const found = this.#scan(isUncached, Math.max(fromMs, this.#visibleFromMs), toMs)
    for (const mapKey of this.#cached.keys) {
      if (accepts(mapKey)) found.push(...this.#withCached([], mapKey, fromMs, toMs, 'copies'))
    }
    return found
  }

  /** The entries of all keys in a stretch of time, beside the cache, by time and key. */
  emittedOfAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, Stored<V>>> {
    const found = this.#scan(() => true, Math.max(fromMs, this.#visibleFromMs), toMs)
    const ordered = found.map((entry) => ({ ...entry, order: this.keys.orderKey(entry.mapKey) }))
    ordered.sort(
      (left, right) =>
        left.timeMs - right.timeMs ||
        (left.order === right.order ? left.otherMs - right.otherMs : left.order < right.order ? -1 : 1),
    )
    return storeIterator(mapped(ordered, (entry) => this.#emitted(entry)))
  }

  /** The entries of all keys in a stretch of time as long as they are kept at all, in no order. Beside the cache. */
  protected scanKept(fromMs: number, toMs: number): Found<V>[] {
    const keptFromMs = this.persistent ? fromMs : Math.max(fromMs, this.#visibleFromMs)
    const isUncached = (mapKey: string, { timeMs, otherMs }: TimelinePlace): boolean =>
      this.#cached.get(mapKey, timeMs, otherMs) === undefined
    return this.#scan(isUncached, keptFromMs, toMs).filter(({ timeMs }) =>
      this.#engine.isLive(timeMs, this.#observedMs),
    )
  }

  /** Whether a key lies between two others, both inclusive, by its bytes; null is open. */
  protected between(fromKey: K | null, toKey: K | null): (mapKey: string) => boolean {
    const from = fromKey === null ? undefined : this.keys.orderKey(this.keys.mapKey(fromKey))
    const to = toKey === null ? undefined : this.keys.orderKey(this.keys.mapKey(toKey))
    return (mapKey) => {
      const order = this.keys.orderKey(mapKey)
      return (from === undefined || order >= from) && (to === undefined || order <= to)
    }
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
    return this.#overlay.uncommittedBytes
  }

  takeWrites(): EngineWrite[] {
    const writes = this.#overlay.takeWrites(this.#observedMs, this.#visibleFromMs)
    for (const write of this.#engine.expired(this.#observedMs)) writes.push(write)
    return writes
  }

  discard(): void {
    this.#cache?.clear()
    this.#engine.reload()
    this.#overlay.discard()
    this.#observedMs = this.#engine.latestMs()
  }

  restoreWrite(record: RestoredRecord): undefined {
    this.#restore(record)
    return undefined
  }

  /** By way of the overlay, since several entries share a row of the engine. */
  restoreWrites(records: Iterable<RestoredRecord>): EngineWrite[] {
    for (const record of records) this.#restore(record)
    return this.takeWrites()
  }

  close(): void {
    this.isOpen = false
    this.#cache?.clear()
    this.#overlay.discard()
    if (this.#cache !== undefined) this.host.cache?.close(this.#cache)
  }

  // ---- what the cache asks ----

  forget(entry: CacheEntry<Stored<V>>): void {
    const { timeMs, otherMs } = this.placeOf(entry)
    this.#cached.delete(timeMs, otherMs, entry.mapKey)
  }

  writeThrough(entry: CacheEntry<Stored<V>>): void {
    const { mapKey, live, context } = entry
    const place = this.placeOf(entry)
    const wanted = this.#listener !== undefined && (live === null || this.#sendOldValues)
    const old = wanted ? this.#snapshotBelow(mapKey, place.timeMs, place.otherMs) : null
    // What came and went inside the cache was never there for anybody.
    if (this.#listener !== undefined && live === null && old === null) return
    const current = this.host.context.capture()
    if (context !== undefined) this.host.context.restore(context)
    try {
      this.#write(mapKey, place, live)
      this.#listener?.(
        new Record(
          this.windowedKey(mapKey, place.timeMs, place.otherMs),
          change(live === null ? null : live.value, this.#sendOldValues && old !== null ? old.value : null),
          this.flushTimestamp(entry),
          this.#flushHeaders(live),
        ),
      )
    } finally {
      this.host.context.restore(current)
    }
  }

  // ---- layers ----

  #restore({ key, value, timestamp, headers }: RestoredRecord): void {
    const parts = this.#form.parse(key)
    if (parts === undefined) return
    const { timeMs, otherMs } = parts
    this.#observe(timeMs)
    if (!this.#engine.isLive(timeMs, this.#observedMs)) return
    const mapKey = this.keys.mapKeyOfBytes(parts.key)
    if (value === null) this.#overlay.delete(mapKey, timeMs, otherMs)
    else this.#overlay.restore(mapKey, timeMs, otherMs, this.values.packRestored(value, timestamp, headers))
  }

  /** The latest time that was put, here or before a restart; -1 before the first. */
  protected get observedMs(): number {
    return this.#observedMs
  }

  get #visibleFromMs(): number {
    return this.#observedMs - this.#retentionMs + 1
  }

  #observe(timeMs: number): void {
    if (timeMs > this.#observedMs) this.#observedMs = timeMs
  }

  #entryBelow(mapKey: string, timeMs: number, otherMs: number): TimelineEntry<V> | undefined {
    return timeMs < this.#visibleFromMs ? undefined : this.#overlay.get(mapKey, timeMs, otherMs)
  }

  #snapshotBelow(mapKey: string, timeMs: number, otherMs: number): Stored<V> | null {
    const entry = this.#entryBelow(mapKey, timeMs, otherMs)
    return entry === undefined ? null : this.#overlay.snapshot(entry)
  }

  #putCached(cache: NamedCache<Stored<V>>, mapKey: string, place: TimelinePlace, stored: Stored<V> | null): void {
    const { timeMs, otherMs } = place
    let entry = this.#cached.get(mapKey, timeMs, otherMs)
    if (entry === undefined) {
      entry = this.cacheEntry(mapKey, place, stored)
      cache.insert(entry, 0)
    } else {
      entry.live = stored
      cache.touch(entry)
    }
    this.#cached.set(timeMs, otherMs, entry)
    entry.context = this.host.context.capture()
    cache.markDirty(entry)
    if (this.host.cache?.exactSizes === true || entry.writes % measureEvery === 0 || stored === null) {
      const valueBytes =
        stored === null ? 0 : this.values.byteLength(this.values.serialize(stored.value), stored.headers)
      const keyBytes = this.keys.byteLength(mapKey) + this.#form.extraCacheBytes
      cache.resize(entry, cacheEntryBytes(keyBytes, valueBytes, entry.context))
    }
    entry.writes += 1
    this.host.cache?.makeRoom(cache)
  }

  #write(mapKey: string, place: TimelinePlace, stored: Stored<V> | null): void {
    const { timeMs, otherMs } = place
    this.#observe(timeMs)
    const isLive = this.#engine.isLive(timeMs, this.#observedMs)
    if (!isLive) this.host.recordDropped('expired window')
    // What Java's persistent store refuses does not move its position; the in-memory store has moved by then.
    if (isLive || !this.persistent) this.position.observe(this.host.context)
    if (stored === null) {
      this.#delete(mapKey, place)
      return
    }
    const serialized = this.values.serialize(stored.value)
    const timestamp = this.#timestamped ? stored.timestamp : this.host.context.timestamp
    if (isLive) this.#overlay.put(mapKey, timeMs, otherMs, this.values.kept(stored, timestamp), serialized)
    this.#log(mapKey, place, timestamp, serialized, this.#withHeaders ? stored.headers : undefined)
  }

  #delete(mapKey: string, place: TimelinePlace): void {
    const { timestamp, headers } = this.host.context
    this.#overlay.delete(mapKey, place.timeMs, place.otherMs)
    this.#log(mapKey, place, timestamp, null, this.#withHeaders ? headers : undefined)
  }

  // What leaves a session store with headers has those that were put, others have those of the record.
  #flushHeaders(live: Stored<V> | null): Headers | undefined {
    const headers = this.#withHeaders && !this.#isWindow ? live?.headers : this.host.context.headers
    return headers?.copy()
  }

  #log(
    mapKey: string,
    { timeMs, otherMs }: TimelinePlace,
    timestamp: number,
    serialized: Serialized | null,
    headers: Headers | undefined,
  ): void {
    const key = this.#form.changelogKey(this.keys.bytes(mapKey), timeMs, otherMs)
    this.#changelog?.append(timestamp, key, serialized, headers)
  }

  // ---- ranges: collected at creation, so that an iterator sees the state of that moment ----

  #scan(accepts: (mapKey: string, place: TimelinePlace) => boolean, fromMs: number, toMs: number): Found<V>[] {
    const found: Found<V>[] = []
    for (const { mapKey, entry } of this.#overlay.scan(fromMs, toMs)) {
      if (accepts(mapKey, entry)) found.push(this.#found(mapKey, entry, 'copies'))
    }
    return found
  }

  #emitted({ mapKey, timeMs, otherMs, stored }: Found<V>): KeyValue<Windowed<K>, Stored<V>> {
    return { key: this.windowedKey(mapKey, timeMs, otherMs), value: stored() }
  }

  #found(mapKey: string, entry: TimelineEntry<V>, reading: Reading): Found<V> {
    const { timeMs, otherMs } = entry
    const stored = reading === 'live' ? () => this.#overlay.read(entry) : () => this.#overlay.snapshot(entry)
    return { mapKey, timeMs, otherMs, stored }
  }

  /** Adds what is cached of a key to what lies below, in order. */
  #withCached(found: Found<V>[], mapKey: string, fromMs: number, toMs: number, reading: Reading): Found<V>[] {
    const live = this.#cached.live(mapKey)
    const first = lowerBound(live, fromMs)
    let next = first
    for (; next < live.length; next++) {
      const placed = live[next]
      if (placed === undefined || placed.timeMs > toMs) break
      const { timeMs, otherMs, entry } = placed
      const { live: stored } = entry
      if (stored === null) continue
      const read = reading === 'live' ? () => stored : this.values.copyOf(stored)
      if (read !== null) found.push({ mapKey, timeMs, otherMs, stored: read })
      // Java's iterators read each entry through the cache, which counts as use.
      this.#cache?.touch(entry)
    }
    return next > first
      ? found.toSorted((left, right) => left.timeMs - right.timeMs || left.otherMs - right.otherMs)
      : found
  }
}
