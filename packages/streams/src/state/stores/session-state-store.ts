import { Headers } from '@streamwright/formats'
import { CacheEntry } from '../cache/cache-entry.ts'
import type { EmittedSessions } from '../emitted-reads.ts'
import type { LiveSessions } from '../live-reads.ts'
import type { SessionStoreDefinition } from '../store-definition.ts'
import type { StoreHost } from '../store-host.ts'
import type { AggregationWithHeaders, KeyValue, SessionStore, StoreIterator } from '../store.ts'
import { Windowed } from '../store.ts'
import type { TaskStore } from '../task-store.ts'
import type { Stored } from '../value-form.ts'
import { unknownTimestamp } from '../value-form.ts'
import { sessionKeyForm } from './session-keys.ts'
import { mapped, storeIterator } from './store-iterator.ts'
import type { Found, Reading, TimelinePlace } from './timeline-state-store.ts'
import { TimelineStateStore } from './timeline-state-store.ts'
import { storedWithHeaders } from './with-headers.ts'

/**
 * The sessions of a task, each under its key, end and start. `T` is what callers see: the aggregate, or the aggregate
 * with headers.
 */
export abstract class SessionStateStore<K, AGG, T>
  extends TimelineStateStore<K, AGG>
  implements SessionStore<K, T>, LiveSessions<K, AGG>, EmittedSessions<K, AGG>
{
  constructor(definition: SessionStoreDefinition, host: StoreHost) {
    super(definition, host, sessionKeyForm)
  }

  protected abstract toStored(aggregate: T): Stored<AGG>
  protected abstract fromStored(stored: Stored<AGG>): T

  put(session: Windowed<K>, aggregate: T | null): void {
    this.#put(session, aggregate === null ? null : this.toStored(aggregate))
  }

  putLive(session: Windowed<K>, aggregate: AGG | null): void {
    this.#put(session, aggregate === null ? null : { value: aggregate, timestamp: unknownTimestamp })
  }

  remove({ key, window }: Windowed<K>): void {
    this.removeAt(this.keys.mapKey(key), { timeMs: window.endMs, otherMs: window.startMs })
  }

  fetchSession(key: K, startMs: number, endMs: number): T | null {
    const stored = this.getAt(this.keys.mapKey(key), { timeMs: endMs, otherMs: startMs })
    return stored === null ? null : this.fromStored(stored)
  }

  /** As `fetchSession`, but safe from later changes in place. */
  snapshot(session: Windowed<K>): T | null {
    const stored = this.#snapshot(session)
    return stored === null ? null : this.fromStored(stored)
  }

  snapshotLive(session: Windowed<K>): AGG | null {
    return this.#snapshot(session)?.value ?? null
  }

  liveSessions(key: K, earliestSessionEndMs: number, latestSessionStartMs: number): KeyValue<Windowed<K>, AGG>[] {
    const found = this.#ofKey(key, earliestSessionEndMs, latestSessionStartMs, 'live')
    return found.map(({ timeMs, otherMs, stored }) => ({
      key: new Windowed(key, { startMs: otherMs, endMs: timeMs }),
      value: stored().value,
    }))
  }

  emittedSessions(key: K): StoreIterator<KeyValue<Windowed<K>, Stored<AGG>>> {
    const found = this.#ofKey(key, 0, Infinity, 'emitted')
    return storeIterator(
      mapped(found, ({ timeMs, otherMs, stored }) => ({
        key: new Windowed(key, { startMs: otherMs, endMs: timeMs }),
        value: stored(),
      })),
    )
  }

  findSessions(
    key: K,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#iterator(this.#ofKey(key, earliestSessionEndMs, latestSessionStartMs))
  }

  backwardFindSessions(
    key: K,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#iterator(this.#ofKey(key, earliestSessionEndMs, latestSessionStartMs).toReversed())
  }

  findSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#iterator(this.#ofKeys(fromKey, toKey, earliestSessionEndMs, latestSessionStartMs))
  }

  backwardFindSessionsKeyRange(
    fromKey: K | null,
    toKey: K | null,
    earliestSessionEndMs: number,
    latestSessionStartMs: number,
  ): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#iterator(this.#ofKeys(fromKey, toKey, earliestSessionEndMs, latestSessionStartMs).toReversed())
  }

  fetch(key: K): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.findSessions(key, 0, Infinity)
  }

  backwardFetch(key: K): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.backwardFindSessions(key, 0, Infinity)
  }

  fetchKeyRange(fromKey: K | null, toKey: K | null): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.findSessionsKeyRange(fromKey, toKey, 0, Infinity)
  }

  backwardFetchKeyRange(fromKey: K | null, toKey: K | null): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.backwardFindSessionsKeyRange(fromKey, toKey, 0, Infinity)
  }

  findSessionsByEnd(earliestSessionEndMs: number, latestSessionEndMs: number): StoreIterator<KeyValue<Windowed<K>, T>> {
    return this.#iterator(this.#byEnd(earliestSessionEndMs, latestSessionEndMs))
  }

  *closedSessions(earliestSessionEndMs: number, latestSessionEndMs: number): Generator<KeyValue<Windowed<K>, AGG>> {
    for (const { mapKey, timeMs, otherMs, stored } of this.#byEnd(earliestSessionEndMs, latestSessionEndMs)) {
      yield { key: this.windowedKey(mapKey, timeMs, otherMs), value: stored().value }
    }
  }

  protected override windowedKey(mapKey: string, endMs: number, startMs: number): Windowed<K> {
    return new Windowed(this.keys.key(mapKey), { startMs, endMs })
  }

  /** A session's change has the time of its end. */
  protected override flushTimestamp(entry: CacheEntry<Stored<AGG>>): number {
    return entry.windowEndMs
  }

  protected override placeOf(entry: CacheEntry<Stored<AGG>>): TimelinePlace {
    return { timeMs: entry.windowEndMs, otherMs: entry.windowStartMs }
  }

  protected override cacheEntry(
    mapKey: string,
    { timeMs, otherMs }: TimelinePlace,
    live: Stored<AGG> | null,
  ): CacheEntry<Stored<AGG>> {
    return new CacheEntry(mapKey, otherMs, live, timeMs)
  }

  #snapshot({ key, window }: Windowed<K>): Stored<AGG> | null {
    return this.snapshotAt(this.keys.mapKey(key), { timeMs: window.endMs, otherMs: window.startMs })
  }

  #put({ key, window }: Windowed<K>, stored: Stored<AGG> | null): void {
    this.putAt(this.keys.mapKey(key), { timeMs: window.endMs, otherMs: window.startMs }, stored)
  }

  #ofKey(key: K, earliestEndMs: number, latestStartMs: number, reading: Reading = 'copies'): Found<AGG>[] {
    const found = this.ofKey(this.keys.mapKey(key), earliestEndMs, Infinity, reading)
    const inside = found.filter(({ otherMs }) => otherMs <= latestStartMs)
    if (this.persistent || inside.length < 2) return inside
    // Of sessions that end together, Java's in-memory store has the last start first.
    return inside.toSorted((left, right) => left.timeMs - right.timeMs || right.otherMs - left.otherMs)
  }

  #ofKeys(fromKey: K | null, toKey: K | null, earliestEndMs: number, latestStartMs: number): Found<AGG>[] {
    const found = this.ofKeys(this.between(fromKey, toKey), earliestEndMs, Infinity)
    return this.#byEndAndKey(found.filter(({ otherMs }) => otherMs <= latestStartMs))
  }

  #byEnd(earliestEndMs: number, latestEndMs: number): Found<AGG>[] {
    const found = this.scanKept(earliestEndMs, latestEndMs)
    return this.persistent ? this.#byEndAndStart(found) : this.#byEndAndKey(found)
  }

  #byEndAndKey(found: Found<AGG>[]): Found<AGG>[] {
    return this.#sorted(found, (left, right) => compareText(left.order, right.order) || right.otherMs - left.otherMs)
  }

  #byEndAndStart(found: Found<AGG>[]): Found<AGG>[] {
    return this.#sorted(found, (left, right) => left.otherMs - right.otherMs || compareText(left.order, right.order))
  }

  #sorted(found: Found<AGG>[], compare: (left: Ordered<AGG>, right: Ordered<AGG>) => number): Found<AGG>[] {
    const ordered = found.map((entry) => ({ ...entry, order: this.keys.orderKey(entry.mapKey) }))
    return ordered.toSorted((left, right) => left.timeMs - right.timeMs || compare(left, right))
  }

  #iterator(found: readonly Found<AGG>[]): StoreIterator<KeyValue<Windowed<K>, T>> {
    return storeIterator(this.#entries(found))
  }

  *#entries(found: readonly Found<AGG>[]): Generator<KeyValue<Windowed<K>, T>> {
    for (const { mapKey, timeMs, otherMs, stored } of found) {
      yield { key: this.windowedKey(mapKey, timeMs, otherMs), value: this.fromStored(stored()) }
    }
  }
}

type Ordered<V> = Found<V> & { readonly order: string }

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** Sessions as aggregates alone. */
class PlainSessionStore<K, AGG> extends SessionStateStore<K, AGG, AGG> {
  protected override toStored(value: AGG): Stored<AGG> {
    return { value, timestamp: unknownTimestamp }
  }

  protected override fromStored(stored: Stored<AGG>): AGG {
    return stored.value
  }
}

/** Sessions with headers beside each aggregate (KIP-1271). */
class HeadersSessionStore<K, AGG> extends SessionStateStore<K, AGG, AggregationWithHeaders<AGG>> {
  protected override toStored({ value, headers }: AggregationWithHeaders<AGG>): Stored<AGG> {
    return storedWithHeaders({ value, timestamp: unknownTimestamp, headers })
  }

  protected override fromStored({ value, headers }: Stored<AGG>): AggregationWithHeaders<AGG> {
    return { value, headers: headers?.copy() ?? new Headers() }
  }
}

/** The store of a definition. */
export function openSessionStore(definition: SessionStoreDefinition, host: StoreHost): TaskStore {
  return definition.withHeaders === true
    ? new HeadersSessionStore(definition, host)
    : new PlainSessionStore(definition, host)
}
