import type { Headers, Serde } from '@streamwright/formats'
import type { EmittedWindows } from '../emitted-reads.ts'
import type { EngineWrite } from '../engine/engine.ts'
import { KeyForm } from '../key-form.ts'
import type { KeptForm, WindowStoreDefinition } from '../store-definition.ts'
import { isPersistent } from '../store-definition.ts'
import type { ChangelogWriter, StoreHost } from '../store-host.ts'
import { StorePosition } from '../store-position.ts'
import type {
  KeyValue,
  StoreIterator,
  TimestampedWindowStoreWithHeaders,
  ValueTimestampHeaders,
  WindowStore,
} from '../store.ts'
import { Windowed } from '../store.ts'
import type { RestoredRecord, TaskStore } from '../task-store.ts'
import type { Stored, ValueForm } from '../value-form.ts'
import { unknownTimestamp, valueFormOf } from '../value-form.ts'
import { shownWithHeaders, storedWithHeaders } from './with-headers.ts'
import { mapped, storeIterator } from './store-iterator.ts'
import { changelogWindowKey, parseChangelogWindowKey } from './window-keys.ts'
import type { PlacedRow } from './window-rows-engine.ts'
import { WindowRowsEngine } from './window-rows-engine.ts'

/** Sequence numbers are 31 bits and begin anew after the largest. */
const sequenceMask = 0x7fff_ffff

/** A record that was found by key and stretch of time. */
export interface Match<V> {
  readonly timeMs: number
  readonly value: V
}

const noMatches: readonly never[] = []

/**
 * A window store that keeps every put of a key and time, told apart by a number that grows with each put: what the joins
 * of two streams look into. It is never cached. Null is written nowhere but uses up a number, and is told to the
 * changelog, as in Java. Numbers begin anew with each start, as Java's do; what was there before is not overwritten.
 *
 * Values are kept as bytes, outside the heap ({@link WindowRowsEngine}), and read anew each time. What lies further back
 * than the retention is not read, and goes. Java's persistent stores take it until its segment has expired.
 */
export abstract class DuplicatesWindowStore<K, V, T> implements TaskStore, EmittedWindows<K, V> {
  readonly name: string
  readonly persistent: boolean
  readonly shows: KeptForm
  readonly keeps: KeptForm
  readonly position: StorePosition
  isOpen = true
  readonly #keys: KeyForm<K>
  readonly #values: ValueForm<V>
  readonly #host: StoreHost
  readonly #windowSizeMs: number
  readonly #retentionMs: number
  readonly #timestamped: boolean
  readonly #withHeaders: boolean
  readonly #engine: WindowRowsEngine
  readonly #changelog: ChangelogWriter | undefined
  readonly #readValue: (memory: Buffer, start: number, end: number) => V
  /** The latest time that was put, here or before a restart; -1 before the first. */
  #observedMs: number
  #sequence = 0
  /** Puts up to here may meet those from before the start. */
  #inheritedUntilMs: number | undefined

  constructor(definition: WindowStoreDefinition, host: StoreHost) {
    const topic = host.changelogTopic(definition.name)
    this.name = definition.name
    this.persistent = isPersistent(definition.engine)
    this.#host = host
    this.#windowSizeMs = definition.windowSizeMs
    this.#retentionMs = definition.retentionMs + (definition.extraReadMs ?? 0)
    this.#withHeaders = definition.withHeaders === true
    this.#timestamped = definition.timestamped || this.#withHeaders
    this.shows = this.#withHeaders ? 'headers' : this.#timestamped ? 'timestamp' : 'value'
    this.keeps = definition.keeps ?? this.shows
    this.position = new StorePosition(host.engines.inputPosition(definition.name))
    this.#keys = new KeyForm(definition.key as Serde<K>, topic)
    const values = valueFormOf(definition, definition.value as Serde<V>, topic)
    this.#values = values
    this.#readValue = (memory, start, end) => values.valueFrom(memory, start, end)
    this.#engine = new WindowRowsEngine(host.engines.open(definition.name), this.#retentionMs, this.persistent)
    this.#changelog = host.changelog(definition.name)
    this.#observedMs = this.#engine.latestMs
  }

  protected abstract toStored(value: T): Stored<V>
  protected abstract fromStored(stored: Stored<V>): T

  put(key: K, value: T | null, windowStartMs: number): void {
    if (value === null) return this.putNull(key, windowStartMs)
    const { value: inner, timestamp, headers } = this.toStored(value)
    this.putValue(key, inner, timestamp, headers, windowStartMs)
  }

  /** Several values may stand there, so that none is the one: null, as in Java. */
  fetch(_key: K, _windowStartMs: number): T | null {
    return null
  }

  snapshot(_key: K, _windowStartMs: number): T | null {
    return null
  }

  // ---- what operators ask ----

  /** As {@link put}, without an object for what comes with the value. */
  putValue(key: K, value: V, timestamp: number, headers: Headers | undefined, timeMs: number): void {
    const text = this.#keys.latin1(this.#keys.mapKey(key))
    const sequence = this.#nextSequence(text, timeMs)
    if (timeMs > this.#observedMs) this.#observedMs = timeMs
    const isLive = this.#engine.isLive(timeMs, this.#observedMs)
    if (!isLive) this.#host.recordDropped('expired window')
    // What Java's persistent store refuses does not move its position; the in-memory store has moved by then.
    if (isLive || !this.persistent) this.position.observe(this.#host.context)
    const serialized = this.#values.serialize(value)
    const time = this.#timestamped ? timestamp : this.#host.context.timestamp
    let logKey: Buffer | undefined
    const visibleFromMs = this.#visibleFromMs
    if (timeMs >= visibleFromMs) {
      const packed = this.#values.packedFrom(serialized, time, headers)
      const position = this.#engine.append(text, timeMs, sequence, packed, visibleFromMs)
      if (this.#changelog !== undefined) logKey = this.#engine.rows.changelogKeyOf(position)
    }
    logKey ??= changelogWindowKey(Buffer.from(text, 'latin1'), timeMs, sequence)
    this.#changelog?.append(time, logKey, serialized, this.#withHeaders ? headers : undefined)
  }

  putNull(key: K, timeMs: number): void {
    const text = this.#keys.latin1(this.#keys.mapKey(key))
    const sequence = this.#nextSequence(text, timeMs)
    // Java's persistent store does not even look at the time of what it does not keep.
    if (!this.persistent) {
      if (timeMs > this.#observedMs) this.#observedMs = timeMs
      if (!this.#engine.isLive(timeMs, this.#observedMs)) this.#host.recordDropped('expired window')
      this.position.observe(this.#host.context)
    }
    const { timestamp, headers } = this.#host.context
    const logKey = changelogWindowKey(Buffer.from(text, 'latin1'), timeMs, sequence)
    this.#changelog?.append(timestamp, logKey, null, this.#withHeaders ? headers : undefined)
  }

  /** What stands in a stretch of time, both ends inclusive, in order. The values are the caller's. */
  matches(key: K, fromMs: number, toMs: number): readonly Match<V>[] {
    const text = this.#keys.latin1(this.#keys.mapKey(key))
    const visibleFromMs = Math.max(fromMs, this.#visibleFromMs)
    if (this.#engine.hasMoved(visibleFromMs)) {
      const rows = this.#engine.find(text, visibleFromMs, toMs)
      return rows.map(({ timeMs, value }) => ({ timeMs, value: this.#values.unpack(value).value }))
    }
    const { rows } = this.#engine
    const positions = rows.find(text, visibleFromMs, toMs)
    if (positions.length === 0) return noMatches
    const found: Match<V>[] = []
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index] as number
      found.push({ timeMs: rows.timeOf(position), value: rows.readValue(position, this.#readValue) })
    }
    return found
  }

  // ---- what others ask ----

  fetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#pairs(this.#ofKey(key, fromMs, toMs))
  }

  backwardFetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#pairs(this.#ofKey(key, fromMs, toMs).toReversed())
  }

  windowOf(key: K, startMs: number): Windowed<K> {
    return new Windowed(key, { startMs, endMs: startMs + this.#windowSizeMs })
  }

  emittedOfKey(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, Stored<V>]> {
    const rows = this.#ofKey(key, fromMs, toMs)
    return storeIterator(mapped(rows, ({ timeMs, value }) => [timeMs, this.#values.unpack(value)] as const))
  }

  /** By time and key. */
  emittedOfAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, Stored<V>>> {
    const rows = this.#ofKeys(null, null, fromMs, toMs)
    return storeIterator(mapped(rows, (row) => ({ key: this.#windowed(row), value: this.#values.unpack(row.value) })))
  }

  fetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#entries(this.#ofKeys(fromKey, toKey, fromMs, toMs))
  }

  backwardFetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#entries(this.#ofKeys(fromKey, toKey, fromMs, toMs).toReversed())
  }

  fetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.fetchKeyRange(null, null, fromMs, toMs)
  }

  backwardFetchAll(fromMs: number, toMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.backwardFetchKeyRange(null, null, fromMs, toMs)
  }

  all(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.fetchAll(0, Infinity)
  }

  backwardAll(): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.backwardFetchAll(0, Infinity)
  }

  // ---- what the task asks ----

  flushCache(): void {
    // There is none.
  }

  get uncommittedBytes(): number {
    return this.#engine.rows.untakenBytes
  }

  takeWrites(): EngineWrite[] {
    return this.#engine.takeWrites(this.#observedMs, this.#visibleFromMs)
  }

  discard(): void {
    this.#engine.reload()
    this.#observedMs = this.#engine.latestMs
  }

  restoreWrite(record: RestoredRecord): undefined {
    this.#restore(record)
    return undefined
  }

  /** By way of the rows in memory. */
  restoreWrites(records: Iterable<RestoredRecord>): EngineWrite[] {
    for (const record of records) this.#restore(record)
    return this.takeWrites()
  }

  close(): void {
    this.isOpen = false
  }

  // ---- rows ----

  #restore({ key, value, timestamp, headers }: RestoredRecord): void {
    const parts = parseChangelogWindowKey(key)
    if (parts === undefined) return
    const { startMs: timeMs, sequence } = parts
    if (timeMs > this.#observedMs) this.#observedMs = timeMs
    if (timeMs < this.#visibleFromMs) return
    const text = parts.key.toString('latin1')
    const packed = value === null ? undefined : this.#values.packRestored(value, timestamp, headers)
    this.#engine.replace({ key: text, timeMs, sequence, value: packed }, this.#visibleFromMs)
  }

  get #visibleFromMs(): number {
    return this.#observedMs - this.#retentionMs + 1
  }

  #nextSequence(key: string, timeMs: number): number {
    this.#sequence = (this.#sequence + 1) & sequenceMask
    this.#inheritedUntilMs ??= this.#observedMs
    if (timeMs <= this.#inheritedUntilMs) this.#passInherited(key, timeMs)
    return this.#sequence
  }

  /** Goes on with the number behind those that stand at this place already. */
  #passInherited(key: string, timeMs: number): void {
    for (const { sequence } of this.#engine.find(key, timeMs, timeMs)) {
      if (sequence >= this.#sequence) this.#sequence = (sequence + 1) & sequenceMask
    }
  }

  #ofKey(key: K, fromMs: number, toMs: number): PlacedRow[] {
    const text = this.#keys.latin1(this.#keys.mapKey(key))
    return this.#engine.find(text, Math.max(fromMs, this.#visibleFromMs), toMs)
  }

  /** By time, then key, then sequence. Both ends of keys and times are inclusive; null is open. */
  #ofKeys(fromKey: K | null, toKey: K | null, fromMs: number, toMs: number): PlacedRow[] {
    const from = fromKey === null ? undefined : this.#keys.latin1(this.#keys.mapKey(fromKey))
    const to = toKey === null ? undefined : this.#keys.latin1(this.#keys.mapKey(toKey))
    return this.#engine
      .scan(Math.max(fromMs, this.#visibleFromMs), toMs)
      .filter(({ key }) => (from === undefined || key >= from) && (to === undefined || key <= to))
  }

  #windowed({ key, timeMs }: PlacedRow): Windowed<K> {
    return this.windowOf(this.#keys.fromBytes(Buffer.from(key, 'latin1')), timeMs)
  }

  #pairs(rows: readonly PlacedRow[]): StoreIterator<readonly [number, T]> {
    return storeIterator(
      mapped(rows, ({ timeMs, value }) => [timeMs, this.fromStored(this.#values.unpack(value))] as const),
    )
  }

  #entries(rows: readonly PlacedRow[]): StoreIterator<KeyValue<Windowed<K>, T>> {
    return storeIterator(
      mapped(rows, (row) => ({ key: this.#windowed(row), value: this.fromStored(this.#values.unpack(row.value)) })),
    )
  }
}

class PlainDuplicatesWindowStore<K, V> extends DuplicatesWindowStore<K, V, V> implements WindowStore<K, V> {
  protected override toStored(value: V): Stored<V> {
    return { value, timestamp: unknownTimestamp }
  }

  protected override fromStored(stored: Stored<V>): V {
    return stored.value
  }
}

/** The stores of joins: what is put has timestamp and headers, which go to the changelog and no further. */
export class JoinWindowStore<K, V>
  extends DuplicatesWindowStore<K, V, ValueTimestampHeaders<V>>
  implements TimestampedWindowStoreWithHeaders<K, V>
{
  protected override toStored(value: ValueTimestampHeaders<V>): Stored<V> {
    return storedWithHeaders(value)
  }

  protected override fromStored(stored: Stored<V>): ValueTimestampHeaders<V> {
    return shownWithHeaders(stored)
  }
}

/** The store of a definition that says `retainDuplicates`. */
export function openDuplicatesWindowStore(definition: WindowStoreDefinition, host: StoreHost): TaskStore {
  return definition.withHeaders === true
    ? new JoinWindowStore(definition, host)
    : new PlainDuplicatesWindowStore(definition, host)
}
