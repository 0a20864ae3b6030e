import { CacheEntry } from '../cache/cache-entry.ts'
import type { EmittedWindows } from '../emitted-reads.ts'
import type { WindowStoreDefinition } from '../store-definition.ts'
import type { StoreHost } from '../store-host.ts'
import type {
  KeyValue,
  StoreIterator,
  TimestampedWindowStoreWithHeaders,
  ValueTimestampHeaders,
  WindowStore,
} from '../store.ts'
import { Windowed } from '../store.ts'
import type { TaskStore } from '../task-store.ts'
import type { Stored } from '../value-form.ts'
import { unknownTimestamp } from '../value-form.ts'
import { shownWithHeaders, storedWithHeaders } from './with-headers.ts'
import { mapped, storeIterator } from './store-iterator.ts'
import type { Found, TimelineKeyForm, TimelinePlace } from './timeline-state-store.ts'
import { TimelineStateStore } from './timeline-state-store.ts'
import { changelogWindowKey, parseChangelogWindowKey } from './window-keys.ts'

const duplicatesKeyForm: TimelineKeyForm = {
  extraCacheBytes: 20,
  changelogKey: (key, startMs, sequence) => changelogWindowKey(key, startMs, sequence),
  parse(bytes) {
    const parts = parseChangelogWindowKey(bytes)
    return parts === undefined ? undefined : { key: parts.key, timeMs: parts.startMs, otherMs: parts.sequence }
  },
}

/** Sequence numbers are 31 bits and begin anew after the largest. */
const sequenceMask = 0x7fff_ffff

/**
 * A window store that keeps every put of a key and time, told apart by a number that grows with each put: what the joins
 * of two streams look into. It is never cached. Null is written nowhere but uses up a number, and is told to the
 * changelog, as in Java. Numbers begin anew with each start, as Java's do; what was there before is not overwritten.
 */
export abstract class DuplicatesWindowStore<K, V, T> extends TimelineStateStore<K, V> implements EmittedWindows<K, V> {
  readonly #windowSizeMs: number
  #sequence = 0
  /** Puts up to here may meet those from before the start. */
  #inheritedUntilMs: number | undefined

  constructor(definition: WindowStoreDefinition, host: StoreHost) {
    super({ ...definition, caching: false }, host, duplicatesKeyForm)
    this.#windowSizeMs = definition.windowSizeMs
  }

  protected abstract toStored(value: T): Stored<V>
  protected abstract fromStored(stored: Stored<V>): T

  put(key: K, value: T | null, windowStartMs: number): void {
    const mapKey = this.keys.mapKey(key)
    this.#sequence = (this.#sequence + 1) & sequenceMask
    this.#inheritedUntilMs ??= this.observedMs
    if (windowStartMs <= this.#inheritedUntilMs) this.#passInherited(mapKey, windowStartMs)
    const place = { timeMs: windowStartMs, otherMs: this.#sequence }
    if (value !== null) this.putAt(mapKey, place, this.toStored(value))
    // Java's persistent store does not even look at the time of what it does not keep.
    else if (this.persistent) this.logOnly(mapKey, place)
    else this.putAt(mapKey, place, null)
  }

  /** Several values may stand there, so that none is the one: null, as in Java. */
  fetch(_key: K, _windowStartMs: number): T | null {
    return null
  }

  snapshot(_key: K, _windowStartMs: number): T | null {
    return null
  }

  /** As {@link fetchRange}, but of live values: for operators, which do not change them. */
  liveRange(key: K, fromMs: number, toMs: number): Found<V>[] {
    return this.ofKey(this.keys.mapKey(key), fromMs, toMs, 'live')
  }

  fetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#pairs(this.ofKey(this.keys.mapKey(key), fromMs, toMs, 'copies'))
  }

  backwardFetchRange(key: K, fromMs: number, toMs: number): StoreIterator<readonly [number, T]> {
    return this.#pairs(this.ofKey(this.keys.mapKey(key), fromMs, toMs, 'copies').toReversed())
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
    return this.#windowed(this.ofKeys(this.between(fromKey, toKey), fromMs, toMs), false)
  }

  backwardFetchKeyRange(
    fromKey: K | null,
    toKey: K | null,
    fromMs: number,
    toMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#windowed(this.ofKeys(this.between(fromKey, toKey), fromMs, toMs), true)
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

  protected override flushTimestamp(): number {
    return this.host.context.timestamp
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

  /** Goes on with the number behind those that stand at this place already. */
  #passInherited(mapKey: string, timeMs: number): void {
    for (const { otherMs } of this.ofKey(mapKey, timeMs, timeMs, 'live')) {
      if (otherMs >= this.#sequence) this.#sequence = (otherMs + 1) & sequenceMask
    }
  }

  #pairs(found: readonly Found<V>[]): StoreIterator<readonly [number, T]> {
    return storeIterator(found.map(({ timeMs, stored }) => [timeMs, this.fromStored(stored())] as const))
  }

  #windowed(found: readonly Found<V>[], reverse: boolean): StoreIterator<KeyValue<Windowed<K>, T>> {
    const ordered = found.map((entry) => ({ ...entry, order: this.keys.orderKey(entry.mapKey) }))
    ordered.sort(
      (left, right) =>
        left.timeMs - right.timeMs ||
        (left.order === right.order ? left.otherMs - right.otherMs : left.order < right.order ? -1 : 1),
    )
    if (reverse) ordered.reverse()
    return storeIterator(
      ordered.map(({ mapKey, timeMs, stored }) => ({
        key: this.windowedKey(mapKey, timeMs),
        value: this.fromStored(stored()),
      })),
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
