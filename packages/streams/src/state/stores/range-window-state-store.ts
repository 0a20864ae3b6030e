import { CacheEntry } from '../cache/cache-entry.ts'
import type { EmittedWindows } from '../emitted-reads.ts'
import type { LiveWindows } from '../live-reads.ts'
import type { WindowStoreDefinition } from '../store-definition.ts'
import type { StoreHost } from '../store-host.ts'
import type {
  KeyValue,
  StoreIterator,
  TimestampedWindowStore,
  TimestampedWindowStoreWithHeaders,
  ValueAndTimestamp,
  ValueTimestampHeaders,
  WindowStore,
} from '../store.ts'
import { Windowed } from '../store.ts'
import type { Stored } from '../value-form.ts'
import { unknownTimestamp } from '../value-form.ts'
import type { TaskStore } from '../task-store.ts'
import { shownWithHeaders, storedWithHeaders } from './with-headers.ts'
import { mapped, storeIterator } from './store-iterator.ts'
import type { Found, TimelineKeyForm, TimelinePlace } from './timeline-state-store.ts'
import { TimelineStateStore } from './timeline-state-store.ts'
import { changelogWindowKey, parseChangelogWindowKey } from './window-keys.ts'

const windowKeyForm: TimelineKeyForm = {
  // Start, sequence, and the segment that Java's cache puts before them.
  extraCacheBytes: 20,
  changelogKey: (key, startMs) => changelogWindowKey(key, startMs, 0),
  parse(bytes) {
    const parts = parseChangelogWindowKey(bytes)
    return parts === undefined ? undefined : { key: parts.key, timeMs: parts.startMs, otherMs: 0 }
  },
}

/**
 * A window store whose windows are read as ranges of one key: sliding windows, and the Processor API. Windows of the
 * other operators are found by their start, for which `WindowStateStore` is made. `T` is what callers see.
 */
export abstract class RangeWindowStateStore<K, V, T>
  extends TimelineStateStore<K, V>
  implements LiveWindows<K, T>, EmittedWindows<K, V>
{
  readonly #windowSizeMs: number
  readonly #timestamped: boolean

  constructor(definition: WindowStoreDefinition, host: StoreHost) {
    super(definition, host, windowKeyForm)
    this.#windowSizeMs = definition.windowSizeMs
    this.#timestamped = definition.timestamped || definition.withHeaders === true
  }

  protected abstract toStored(value: T): Stored<V>
  protected abstract fromStored(stored: Stored<V>): T

  put(key: K, value: T | null, windowStartMs: number): void {
    const stored = value === null ? null : this.toStored(value)
    this.putAt(this.keys.mapKey(key), { timeMs: windowStartMs, otherMs: 0 }, stored)
  }

  fetch(key: K, windowStartMs: number): T | null {
    const stored = this.getAt(this.keys.mapKey(key), { timeMs: windowStartMs, otherMs: 0 })
    return stored === null ? null : this.fromStored(stored)
  }

  /** As `fetch`, but safe from later changes in place: see the interface. */
  snapshot(key: K, windowStartMs: number): T | null {
    const stored = this.snapshotAt(this.keys.mapKey(key), { timeMs: windowStartMs, otherMs: 0 })
    return stored === null ? null : this.fromStored(stored)
  }

  liveWindows(key: K, fromMs: number, toMs: number, order: 'ascending' | 'descending'): Iterable<readonly [number, T]> {
    const found = this.ofKey(this.keys.mapKey(key), fromMs, toMs, 'live')
    return this.#pairs(order === 'ascending' ? found : found.toReversed())
  }

  fetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return storeIterator(this.#pairs(this.ofKey(this.keys.mapKey(key), fromMs, toMs, 'copies')))
  }

  backwardFetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return storeIterator(this.#pairs(this.ofKey(this.keys.mapKey(key), fromMs, toMs, 'copies').toReversed()))
  }

  windowOf(key: K, startMs: number): Windowed<K> {
    return new Windowed(key, { startMs, endMs: startMs + this.#windowSizeMs })
  }

  emittedOfKey(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, Stored<V>]> {
    const found = this.ofKey(this.keys.mapKey(key), fromMs, toMs, 'emitted')
    return storeIterator(mapped(found, ({ timeMs, stored }) => [timeMs, stored()] as const))
  }

  fetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#iterator(this.ofKeys(this.between(fromKey, toKey), fromMs, toMs), false)
  }

  backwardFetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#iterator(this.ofKeys(this.between(fromKey, toKey), fromMs, toMs), true)
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

  protected override windowedKey(mapKey: string, startMs: number): Windowed<K> {
    return this.windowOf(this.keys.key(mapKey), startMs)
  }

  protected override flushTimestamp({ live }: CacheEntry<Stored<V>>): number {
    return live !== null && this.#timestamped ? live.timestamp : this.host.context.timestamp
  }

  protected override placeOf(entry: CacheEntry<Stored<V>>): TimelinePlace {
    return { timeMs: entry.windowStartMs, otherMs: 0 }
  }

  protected override cacheEntry(
    mapKey: string,
    { timeMs }: TimelinePlace,
    live: Stored<V> | null,
  ): CacheEntry<Stored<V>> {
    return new CacheEntry(mapKey, timeMs, live)
  }

  *#pairs(found: readonly Found<V>[]): Generator<readonly [number, T]> {
    for (const { timeMs, stored } of found) yield [timeMs, this.fromStored(stored())]
  }

  #iterator(found: readonly Found<V>[], reverse: boolean): StoreIterator<KeyValue<Windowed<K>, T>> {
    const ordered = found.map((entry) => ({ ...entry, order: this.keys.orderKey(entry.mapKey) }))
    ordered.sort((left, right) => left.timeMs - right.timeMs || (left.order < right.order ? -1 : 1))
    if (reverse) ordered.reverse()
    return storeIterator(this.#entries(ordered))
  }

  *#entries(found: readonly Found<V>[]): Generator<KeyValue<Windowed<K>, T>> {
    for (const { mapKey, timeMs, stored } of found) {
      yield { key: this.windowedKey(mapKey, timeMs), value: this.fromStored(stored()) }
    }
  }
}

/** A window store without timestamps beside its values. */
class PlainRangeWindowStore<K, V> extends RangeWindowStateStore<K, V, V> implements WindowStore<K, V> {
  protected override toStored(value: V): Stored<V> {
    return { value, timestamp: unknownTimestamp }
  }

  protected override fromStored(stored: Stored<V>): V {
    return stored.value
  }
}

/** A window store with the timestamp of the record beside each value. */
class TimestampedRangeWindowStore<K, V>
  extends RangeWindowStateStore<K, V, ValueAndTimestamp<V>>
  implements TimestampedWindowStore<K, V>
{
  protected override toStored(value: ValueAndTimestamp<V>): Stored<V> {
    return value
  }

  protected override fromStored(stored: Stored<V>): ValueAndTimestamp<V> {
    return stored
  }
}

/** A window store with timestamp and headers of the record beside each value (KIP-1271). */
class HeadersRangeWindowStore<K, V>
  extends RangeWindowStateStore<K, V, ValueTimestampHeaders<V>>
  implements TimestampedWindowStoreWithHeaders<K, V>
{
  protected override toStored(value: ValueTimestampHeaders<V>): Stored<V> {
    return storedWithHeaders(value)
  }

  protected override fromStored(stored: Stored<V>): ValueTimestampHeaders<V> {
    return shownWithHeaders(stored)
  }
}

/** The store of a definition that says `readsRanges`. */
export function openRangeWindowStore(definition: WindowStoreDefinition, host: StoreHost): TaskStore {
  if (definition.withHeaders === true) return new HeadersRangeWindowStore(definition, host)
  return definition.timestamped
    ? new TimestampedRangeWindowStore(definition, host)
    : new PlainRangeWindowStore(definition, host)
}
