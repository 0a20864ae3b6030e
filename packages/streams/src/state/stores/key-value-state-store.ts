import type { Headers, Serde } from '@streamwright/formats'
import { latin1Slice } from '@streamwright/std'
import { change } from '../../processor/change.ts'
import type { Change } from '../../processor/change.ts'
import { Record } from '../../processor/record.ts'
import { CacheEntry, cacheEntryBytes } from '../cache/cache-entry.ts'
import { EntryTable } from '../cache/entry-table.ts'
import type { CachedStore, NamedCache } from '../cache/named-cache.ts'
import type { Engine, EngineRange, EngineWrite, EngineWrites } from '../engine/engine.ts'
import { TextKeyWrite } from '../engine/engine.ts'
import type { EmittedKeyValues } from '../emitted-reads.ts'
import { KeyForm } from '../key-form.ts'
import { liveRowsMax } from '../limits.ts'
import type { KeptForm, KeyValueStoreDefinition } from '../store-definition.ts'
import { isPersistent } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import { StorePosition } from '../store-position.ts'
import type { CachingStore, KeyValue, StoreIterator } from '../store.ts'
import { deletedLength } from '../rows/row-arena.ts'
import type { RowRun } from '../rows/row-run.ts'
import type { RecordBytes, RestoredRecord, RowRestorer, TaskStore } from '../task-store.ts'
import type { Stored, ValueForm } from '../value-form.ts'
import { valueFormOf } from '../value-form.ts'
import type { KeyValueOverlay } from './key-value-overlay.ts'
import { LiveOverlay } from './live-overlay.ts'
import { OrderedKeys } from './ordered-keys.ts'
import { RowBounds } from './row-bounds.ts'
import { RowOverlay } from './row-overlay.ts'
import { mergeLayers, storeIterator } from './store-iterator.ts'

/** How often a growing value is measured again, unless sizes must be exact. */
const measureEvery = 16

/**
 * A key-value store of one task in its three layers: record cache (where it has one), overlay of uncommitted writes,
 * engine. `T` is what callers see: the value, or the value with its timestamp.
 */
export abstract class KeyValueStateStore<K, V, T>
  implements TaskStore, CachingStore<K, V>, CachedStore<Stored<V>>, EmittedKeyValues<K, V>
{
  readonly name: string
  readonly persistent: boolean
  readonly shows: KeptForm
  readonly position: StorePosition
  readonly cachedPosition: StorePosition | undefined
  readonly restoreRow: RowRestorer | undefined
  isOpen = true
  readonly #host: StoreHost
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  readonly #engine: Engine
  readonly #changelog: ChangelogWriter | undefined
  readonly #cache: NamedCache<Stored<V>> | undefined
  readonly #cached = new EntryTable<CacheEntry<Stored<V>>>()
  readonly #overlay: KeyValueOverlay<V>
  /** Clean entries in the cache: beyond so many they are read from bytes each time. */
  readonly #cleanMax: number
  /** Of the cache, in order; undefined until somebody asks for a range. */
  #cachedKeys: OrderedKeys | undefined
  /** The key that was looked up last, and what was found: nearly always the next one to be put. */
  #recentKey: string | undefined
  #recentEntry: CacheEntry<Stored<V>> | undefined
  #listener: ((record: Record<K, Change<V>>) => void) | undefined
  #sendOldValues = false
  readonly #timestamped: boolean
  readonly #bounds: RowBounds | undefined
  readonly #logsEvictions: boolean
  readonly #withHeaders: boolean
  /** Of the value that was read last from the engine. */
  #readBytes = 0
  readonly #unpack = (memory: Buffer, start: number, end: number): Stored<V> => {
    this.#readBytes = end - start
    return this.#values.unpackFrom(memory, start, end)
  }

  constructor(definition: KeyValueStoreDefinition, host: StoreHost) {
    const topic = host.changelogTopic(definition.name)
    this.name = definition.name
    this.persistent = isPersistent(definition.engine)
    this.#host = host
    this.#withHeaders = definition.withHeaders ?? false
    this.#timestamped = definition.timestamped || this.#withHeaders
    this.shows = this.#withHeaders ? 'headers' : this.#timestamped ? 'timestamp' : 'value'
    this.position = new StorePosition(host.engines.inputPosition(definition.name))
    this.#keys = new KeyForm(definition.key as Serde<K>, topic)
    this.#values = valueFormOf(definition, definition.value as Serde<V>, topic)
    this.#engine = host.engines.open(definition.name)
    this.#changelog = host.changelog(definition.name)
    const { maxEntries, ttlMs, logsEvictions = true } = definition
    this.#logsEvictions = logsEvictions
    this.#bounds = maxEntries === undefined && ttlMs === undefined ? undefined : new RowBounds({ maxEntries, ttlMs })
    this.#loadBounds()
    const isRestoredByRow = this.#bounds === undefined && !this.#withHeaders
    this.restoreRow = isRestoredByRow ? (rows, record) => this.#restoreRow(rows, record) : undefined
    // Before values that may change in place there has to be a cache, so that each change need not be read from bytes.
    const isCached = definition.caching && ttlMs === undefined && host.cache !== undefined
    const hasRows = this.#values.areReadFromBytes && (this.#values.immutable || (isCached && !host.cache.exactSizes))
    this.#overlay = hasRows ? new RowOverlay(this.#keys, this.#values) : new LiveOverlay(this.#keys, this.#values)
    // A cache would keep rows whose time has come.
    this.#cleanMax = hasRows && host.cache?.exactSizes === false ? liveRowsMax : Infinity
    this.#cache = isCached ? host.cache.open<Stored<V>>(this, this.#cleanMax) : undefined
    this.cachedPosition = this.#cache === undefined ? undefined : new StorePosition()
  }

  protected abstract toStored(value: T): Stored<V>
  protected abstract fromStored(stored: Stored<V>): T

  get(key: K): T | null {
    const mapKey = this.#keys.mapKey(key)
    const stored = this.#get(mapKey)
    return stored === null ? null : this.fromStored(stored)
  }

  /** As `get`, but safe from later changes in place: see the interface. */
  snapshot(key: K): T | null {
    const stored = this.#snapshotOf(this.#keys.mapKey(key))
    return stored === null ? null : this.fromStored(stored)
  }

  put(key: K, value: T | null): void {
    this.#put(this.#keys.mapKey(key), value === null ? null : this.toStored(value))
  }

  putIfAbsent(key: K, value: T): T | null {
    const existing = this.get(key)
    if (existing === null) this.put(key, value)
    return existing
  }

  putAll(entries: Iterable<readonly [K, T | null]>): void {
    for (const [key, value] of entries) this.put(key, value)
  }

  delete(key: K): T | null {
    const existing = this.snapshot(key)
    this.put(key, null)
    return existing
  }

  range(from: K | null, to: K | null): StoreIterator<KeyValue<K, T>> {
    return this.#shown(this.#boundOf(from, false), this.#boundOf(to, true), false)
  }

  reverseRange(from: K | null, to: K | null): StoreIterator<KeyValue<K, T>> {
    return this.#shown(this.#boundOf(from, false), this.#boundOf(to, true), true)
  }

  all(): StoreIterator<KeyValue<K, T>> {
    return this.#shown(undefined, undefined, false)
  }

  reverseAll(): StoreIterator<KeyValue<K, T>> {
    return this.#shown(undefined, undefined, true)
  }

  prefixScan(prefix: Uint8Array | string): StoreIterator<KeyValue<K, T>> {
    const from = Buffer.from(prefix)
    return this.#shown(from, successor(from), false)
  }

  approximateNumEntries(): number {
    return this.#bounds?.size ?? this.#engine.approximateNumEntries() + this.#overlay.size
  }

  // ---- what queries ask ----

  storedAt(key: K, skipsCache: boolean): Stored<V> | null {
    const mapKey = this.#keys.mapKey(key)
    const stored = skipsCache ? this.#snapshotBelow(mapKey) : this.#snapshotOf(mapKey)
    if (stored !== null) this.#bounds?.touch(mapKey)
    return stored
  }

  emittedRange(from: K | null, to: K | null, reverse: boolean): StoreIterator<KeyValue<K, Stored<V>>> {
    const bounds = [this.#boundOf(from, false), this.#boundOf(to, true)] as const
    return this.#range(...bounds, reverse, false, (key, value) => ({ key, value }))
  }

  // ---- what the task asks ----

  setFlushListener(listener: (record: Record<K, Change<V>>) => void, sendOldValues: boolean): boolean {
    this.#listener = listener
    this.#sendOldValues = sendOldValues
    return this.#cache !== undefined
  }

  flushCache(): void {
    this.#cache?.flush()
  }

  get uncommittedBytes(): number {
    return this.#overlay.bytes
  }

  takeWrites(): EngineWrites {
    this.#forgetRecent()
    return this.#overlay.take()
  }

  discard(): void {
    this.#cache?.clear()
    this.cachedPosition?.clear()
    this.#overlay.clear()
    this.#forgetRecent()
    this.#loadBounds()
  }

  /** Rows go again as they went when they were put. */
  restoreWrites(records: Iterable<RestoredRecord>): EngineWrite[] {
    const writes: EngineWrite[] = []
    for (const record of records) {
      writes.push(this.restoreWrite(record))
      if (this.#bounds === undefined) continue
      const mapKey = this.#keys.mapKeyOfBytes(record.key)
      if (record.value === null) this.#bounds.delete(mapKey)
      else this.#bounds.put(mapKey, record.timestamp)
      for (const gone of this.#bounds.takeOverdue()) writes.push({ key: this.#keys.bytes(gone), value: null })
    }
    return writes
  }

  restoreWrite({ key, value, timestamp, headers }: RestoredRecord): EngineWrite {
    const packed = value === null ? null : this.#values.packRestored(value, timestamp, headers)
    return new TextKeyWrite(latin1Slice(key, 0, key.length), packed)
  }

  #restoreRow(rows: RowRun, { buffer, keyStart, keyEnd, valueStart, valueEnd, timestamp }: RecordBytes): void {
    if (valueStart < 0) {
      rows.append(buffer, keyStart, keyEnd, deletedLength)
      return
    }
    const row = rows.append(buffer, keyStart, keyEnd, this.#values.packedLength(valueEnd - valueStart))
    this.#values.packBytes(buffer, valueStart, valueEnd, timestamp, rows.rows.memory(row), rows.rows.valueStart(row))
  }

  close(): void {
    this.isOpen = false
    this.discard()
    if (this.#cache !== undefined) this.#host.cache?.close(this.#cache)
  }

  // ---- what the cache asks ----

  forget(entry: CacheEntry<Stored<V>>): void {
    if (entry === this.#recentEntry) this.#forgetRecent()
    this.#cached.delete(entry.mapKey)
    this.#cachedKeys?.delete(this.#keys.latin1(entry.mapKey))
  }

  writeThrough(entry: CacheEntry<Stored<V>>): void {
    const { mapKey, live, context } = entry
    const old =
      this.#listener !== undefined && (live === null || this.#sendOldValues) ? this.#snapshotBelow(mapKey) : null
    // A key that came and went inside the cache was never there for anybody.
    if (this.#listener !== undefined && live === null && old === null) return
    const current = this.#host.context.capture()
    if (context !== undefined) this.#host.context.restore(context)
    try {
      this.#write(mapKey, live)
      this.#listener?.(
        new Record(
          this.#keys.key(mapKey),
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

  #get(mapKey: string): Stored<V> | null {
    const cache = this.#cache
    if (cache === undefined) {
      const stored = this.#getBelow(mapKey)
      if (stored !== null) this.#bounds?.touch(mapKey)
      return stored
    }
    const cached = this.#cached.get(mapKey)
    if (cached !== undefined) {
      this.#recentKey = mapKey
      this.#recentEntry = cached
      cache.touch(cached)
      return cached.live
    }
    const written = this.#overlay.get(mapKey)
    const stored = written === undefined ? this.#getCommitted(mapKey) : written
    if (stored === null) return null
    this.#bounds?.touch(mapKey)
    if (this.#keepsClean(cache, written !== undefined)) this.#insertClean(cache, mapKey, stored, written !== undefined)
    return stored
  }

  #getBelow(mapKey: string): Stored<V> | null {
    const written = this.#overlay.get(mapKey)
    return written === undefined ? this.#getCommitted(mapKey) : written
  }

  #getCommitted(mapKey: string): Stored<V> | null {
    const engine = this.#engine
    if (engine.readByText !== undefined) return engine.readByText(this.#keys.latin1(mapKey), this.#unpack) ?? null
    const packed = engine.get(this.#keys.bytes(mapKey))
    return packed === undefined ? null : this.#unpack(packed, 0, packed.length)
  }

  #snapshotOf(mapKey: string): Stored<V> | null {
    const cached = this.#cached.get(mapKey)
    if (cached === undefined) return this.#snapshotBelow(mapKey)
    if (cached.live === null || this.#values.immutable) return cached.live
    return { ...cached.live, value: this.#values.deserialize(this.#values.serialize(cached.live.value)) }
  }

  #snapshotBelow(mapKey: string): Stored<V> | null {
    const written = this.#overlay.snapshot(mapKey)
    return written === undefined ? this.#getCommitted(mapKey) : written
  }

  #put(mapKey: string, stored: Stored<V> | null): void {
    const cache = this.#cache
    if (cache === undefined) {
      this.#write(mapKey, stored)
      return
    }
    let entry = this.#recentKey === mapKey ? this.#recentEntry : undefined
    entry ??= this.#cached.get(mapKey)
    if (entry === undefined) {
      entry = new CacheEntry<Stored<V>>(mapKey, 0, stored)
      this.#setCached(mapKey, entry)
      cache.insert(entry, 0)
    } else {
      entry.live = stored
      cache.touch(entry)
    }
    entry.context = this.#host.context.capture()
    this.cachedPosition?.observe(this.#host.context)
    cache.markDirty(entry)
    const measured = this.#host.cache?.exactSizes === true || entry.writes % measureEvery === 0 || stored === null
    entry.writes += 1
    if (measured) {
      cache.resize(
        entry,
        this.#entryBytes(
          entry,
          stored === null ? 0 : this.#values.byteLength(this.#values.serialize(stored.value), stored.headers),
        ),
      )
    }
    this.#host.cache?.makeRoom(cache)
  }

  /** Whether what was read gets a place in the cache. It does where that must be as in Java. */
  #keepsClean(cache: NamedCache<Stored<V>>, isUncommitted: boolean): boolean {
    if (this.#host.cache?.exactSizes === true) return true
    // A live value of the overlay is as near. Of rows that are read from bytes, the first ones have their values here.
    return this.#cleanMax === Infinity ? !isUncommitted : cache.size < this.#cleanMax
  }

  /** What was read: from an uncommitted write, or just now from the engine. */
  #insertClean(cache: NamedCache<Stored<V>>, mapKey: string, stored: Stored<V>, isUncommitted: boolean): void {
    const entry = new CacheEntry(mapKey, 0, stored)
    this.#setCached(mapKey, entry)
    // Bytes that are there already are measured: serializing each row that was read took a fifth of a join's time.
    const valueBytes = isUncommitted ? this.#overlay.valueBytes() : this.#committedBytes(stored)
    cache.insert(entry, this.#entryBytes(entry, valueBytes))
    this.#host.cache?.makeRoom(cache)
  }

  #committedBytes(stored: Stored<V>): number {
    const length = this.#values.byteLengthOfPacked(this.#readBytes)
    return length ?? this.#values.byteLength(this.#values.serialize(stored.value), stored.headers)
  }

  #setCached(mapKey: string, entry: CacheEntry<Stored<V>>): void {
    this.#cached.add(entry)
    this.#cachedKeys?.add(this.#keys.latin1(mapKey))
  }

  #entryBytes(entry: CacheEntry<Stored<V>>, valueBytes: number): number {
    return cacheEntryBytes(this.#keys.byteLength(entry.mapKey), valueBytes, entry.context)
  }

  /** Below the cache: serialized once, for the changelog now and for the engine at the commit. */
  #write(mapKey: string, stored: Stored<V> | null): void {
    const serialized = stored === null ? null : this.#values.serialize(stored.value)
    const timestamp = stored !== null && this.#timestamped ? stored.timestamp : this.#host.context.timestamp
    const live = stored === null ? null : this.#values.kept(stored, timestamp)
    this.position.observe(this.#host.context)
    this.#overlay.put(mapKey, live, serialized)
    if (this.#bounds === undefined) {
      this.#changelog?.append(timestamp, this.#keys.serialized(mapKey), serialized, this.#loggedHeaders(stored))
      return
    }
    if (stored === null) this.#bounds.delete(mapKey)
    else this.#bounds.put(mapKey, timestamp)
    const overdue = this.#bounds.takeOverdue()
    for (const gone of overdue) if (gone !== mapKey) this.#evict(gone)
    this.#changelog?.append(timestamp, this.#keys.serialized(mapKey), serialized, this.#loggedHeaders(stored))
    if (overdue.includes(mapKey)) this.#evict(mapKey)
  }

  #forgetRecent(): void {
    this.#recentKey = undefined
    this.#recentEntry = undefined
  }

  #evict(mapKey: string): void {
    const { timestamp } = this.#host.context
    this.#overlay.put(mapKey, null, null)
    if (this.#logsEvictions) this.#changelog?.append(timestamp, this.#keys.serialized(mapKey), null)
  }

  /** In which order rows were used is not committed: after a restart they go in the order of their keys. */
  #loadBounds(): void {
    if (this.#bounds === undefined) return
    this.#bounds.clear()
    for (const { key, value } of this.#engine.range(undefined, undefined, false)) {
      this.#bounds.put(this.#keys.mapKeyOfBytes(key), this.#values.timestampOf(value))
    }
  }

  /** A value is logged with its own headers, a deletion with those of the record that caused it. */
  #loggedHeaders(stored: Stored<V> | null): Headers | undefined {
    if (!this.#withHeaders) return undefined
    return stored === null ? this.#host.context.headers : stored.headers
  }

  /** The bytes of a bound; an upper one is made exclusive. */
  #boundOf(key: K | null, upper: boolean): Buffer | undefined {
    if (key === null) return undefined
    const bytes = this.#keys.bytes(this.#keys.mapKey(key))
    return upper ? Buffer.concat([bytes, Buffer.from([0])]) : bytes
  }

  #shown(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): StoreIterator<KeyValue<K, T>> {
    const show = (key: K, stored: Stored<V>): KeyValue<K, T> => ({ key, value: this.fromStored(stored) })
    return this.#range(from, to, reverse, true, show)
  }

  /** Everything that may change is taken now: uncommitted entries are copied, committed ones pinned by the engine. */
  #range<R>(
    from: Buffer | undefined,
    to: Buffer | undefined,
    reverse: boolean,
    isCacheIncluded: boolean,
    show: (key: K, stored: Stored<V>) => R,
  ): StoreIterator<R> {
    const first = from?.toString('latin1')
    const end = to?.toString('latin1')
    const top = new Map<string, (() => Stored<V>) | null>()
    for (const { mapKey, copy } of this.#overlay.range(first, end)) top.set(mapKey, copy)
    if (isCacheIncluded && this.#cached.size > 0) {
      this.#cachedKeys ??= new OrderedKeys(this.#cached.keys().map((mapKey) => this.#keys.latin1(mapKey)))
      for (const order of this.#cachedKeys.range(first, end)) {
        const mapKey = this.#keys.mapKeyOfLatin1(order)
        const entry = this.#cached.get(mapKey)
        if (entry !== undefined) top.set(mapKey, this.#values.copyOf(entry.live))
      }
    }
    const upper = [...top]
      .map(([mapKey, copy]) => ({
        order: this.#keys.orderKey(mapKey),
        entry: copy === null ? null : () => show(this.#keys.key(mapKey), copy()),
      }))
      .toSorted((left, right) => (left.order < right.order !== reverse ? -1 : 1))
    const committed = this.#engine.range(from, to, reverse)
    return storeIterator(mergeLayers(upper, this.#committed(committed, show), reverse), () => committed.return())
  }

  *#committed<R>(
    range: EngineRange,
    show: (key: K, stored: Stored<V>) => R,
  ): Generator<{ order: string; entry: () => R }> {
    for (const { key, value } of range) {
      const entry = (): R => show(this.#keys.fromBytes(key), this.#values.unpack(value))
      yield { order: key.toString('latin1'), entry }
    }
  }
}

/** The first key that no longer begins with the prefix; undefined when there is none. */
function successor(prefix: Buffer): Buffer | undefined {
  for (let length = prefix.length; length > 0; length--) {
    const last = prefix[length - 1] ?? 0
    if (last === 0xff) continue
    const next = Buffer.from(prefix.subarray(0, length))
    next[length - 1] = last + 1
    return next
  }
  return undefined
}
