import { Headers } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { EmittedKeyValues, EmittedSessions, EmittedWindows } from '../state/emitted-reads.ts'
import type { KeyValue, StoreIterator, ValueAndTimestamp } from '../state/store.ts'
import { mapped, storeIterator } from '../state/stores/store-iterator.ts'
import type { VersionedStateStore } from '../state/stores/versioned-state-store.ts'
import type { Stored } from '../state/value-form.ts'
import type { ReadOnlyRecord } from './headers-query.ts'
import {
  TimestampedKeyWithHeadersQuery,
  TimestampedRangeWithHeadersQuery,
  TimestampedWindowKeyWithHeadersQuery,
  TimestampedWindowRangeWithHeadersQuery,
} from './headers-query.ts'
import { KeyQuery, TimestampedKeyQuery } from './key-query.ts'
import type { Query, ResultOrder } from './query.ts'
import { RangeQuery, TimestampedRangeQuery } from './range-query.ts'
import { MultiVersionedKeyQuery, VersionedKeyQuery } from './versioned-query.ts'
import { WindowKeyQuery, WindowRangeQuery } from './window-query.ts'

/** How a store answers a query. Undefined in place of it: it cannot. */
export interface Answer {
  /** Whether the record cache is read too, and its position counts. */
  readonly readsCache: boolean
  read(): unknown
}

type AnyQuery = Query<unknown>
type Pairs<K, V> = StoreIterator<KeyValue<K, Stored<V>>>

/** Key-value stores: values alone from all, timestamps and headers from those that keep them. */
export function answerOfKeyValues(store: EmittedKeyValues<unknown, unknown>, query: AnyQuery): Answer | undefined {
  const { shows } = store
  if (query instanceof KeyQuery) return ofKey(store, query, plain)
  if (query instanceof RangeQuery) return emitted(() => show(rangeOf(store, query), plain))
  if (shows === 'value') return undefined
  if (query instanceof TimestampedKeyQuery) return ofKey(store, query, timestamped)
  if (query instanceof TimestampedRangeQuery) return emitted(() => show(rangeOf(store, query), timestamped))
  if (shows === 'timestamp') return undefined
  if (query instanceof TimestampedKeyWithHeadersQuery) return ofKey(store, query, recordOf(query.key))
  if (query instanceof TimestampedRangeWithHeadersQuery) return emitted(() => records(rangeOf(store, query)))
  return undefined
}

/**
 * Window stores. Where they keep timestamps, what they answer has them, as in Java; and where a table is asked, since its
 * type says so, even if its supplier keeps none.
 */
export function answerOfWindows(
  store: EmittedWindows<unknown, unknown>,
  query: AnyQuery,
  isOfTable: boolean,
): Answer | undefined {
  const form = store.shows === 'value' || (store.keeps === 'value' && !isOfTable) ? plain : timestamped
  if (query instanceof WindowKeyQuery) {
    const { key, fromMs, toMs } = query
    return emitted(() => each(store.emittedOfKey(key, fromMs, toMs), ([startMs, stored]) => [startMs, form(stored)]))
  }
  if (query instanceof WindowRangeQuery && query.of === 'windows') {
    return emitted(() => show(store.emittedOfAll(query.fromMs, query.toMs), form))
  }
  if (store.shows !== 'headers') return undefined
  if (query instanceof TimestampedWindowKeyWithHeadersQuery) {
    const { key, fromMs, toMs } = query
    const record = ([startMs, stored]: readonly [number, Stored<unknown>]): unknown =>
      recordOf(store.windowOf(key, startMs))(stored)
    return emitted(() => each(store.emittedOfKey(key, fromMs, toMs), record))
  }
  if (query instanceof TimestampedWindowRangeWithHeadersQuery && query.of === 'windows') {
    return emitted(() => records(store.emittedOfAll(query.fromMs, query.toMs)))
  }
  return undefined
}

export function answerOfSessions(store: EmittedSessions<unknown, unknown>, query: AnyQuery): Answer | undefined {
  if (query instanceof WindowRangeQuery && query.of === 'sessions') {
    return emitted(() => show(store.emittedSessions(query.key), plain))
  }
  if (store.shows === 'headers' && query instanceof TimestampedWindowRangeWithHeadersQuery && query.of === 'sessions') {
    // A session has no timestamp but its end.
    return emitted(() =>
      each(store.emittedSessions(query.key), ({ key, value }) =>
        recordOf(key)({ ...value, timestamp: key.window.endMs }),
      ),
    )
  }
  return undefined
}

export function answerOfVersions(store: VersionedStateStore<unknown, unknown>, query: AnyQuery): Answer | undefined {
  if (query instanceof VersionedKeyQuery) {
    const { key, asOfTimestamp: asOf } = query
    return emitted(() => (asOf === undefined ? store.snapshot(key) : store.snapshotAsOf(key, asOf)))
  }
  if (query instanceof MultiVersionedKeyQuery) {
    const { key, fromMs, toMs, resultOrder } = query
    const bounds = [fromMs ?? -Infinity, toMs ?? Infinity] as const
    if (bounds[0] > bounds[1]) {
      throw new StreamsError(`Versions are wanted from ${fromMs} to ${toMs}: give the earlier time first`, {
        code: 'INVALID_QUERY',
      })
    }
    const order = resultOrder === 'ascending' ? 'ascending' : 'descending'
    return emitted(() => store.versions(key, ...bounds, order))
  }
  if (query instanceof KeyQuery || query instanceof RangeQuery) {
    throw new StreamsError(
      `The versioned store ${store.name} does not answer a ${query.type}: ask by VersionedKeyQuery or MultiVersionedKeyQuery`,
      { code: 'UNSUPPORTED_QUERY' },
    )
  }
  return undefined
}

function emitted(read: () => unknown): Answer {
  return { readsCache: false, read }
}

function ofKey<K, V>(
  store: EmittedKeyValues<K, V>,
  { key, isSkipCache }: { readonly key: K; readonly isSkipCache: boolean },
  form: (stored: Stored<V>) => unknown,
): Answer {
  const read = (): unknown => {
    const stored = store.storedAt(key, isSkipCache)
    return stored === null ? null : form(stored)
  }
  return { readsCache: !isSkipCache, read }
}

function rangeOf<K, V>(
  store: EmittedKeyValues<K, V>,
  query: { readonly lowerBound: K | null; readonly upperBound: K | null; readonly resultOrder: ResultOrder },
): Pairs<K, V> {
  return store.emittedRange(query.lowerBound, query.upperBound, query.resultOrder === 'descending')
}

function plain<V>({ value }: Stored<V>): V {
  return value
}

function timestamped<V>({ value, timestamp }: Stored<V>): ValueAndTimestamp<V> {
  return { value, timestamp }
}

function recordOf<K>(key: K): <V>(stored: Stored<V>) => ReadOnlyRecord<K, V> {
  return ({ value, timestamp, headers }) => ({ key, value, timestamp, headers: headers?.copy() ?? new Headers() })
}

function show<K, V>(found: Pairs<K, V>, form: (stored: Stored<V>) => unknown): StoreIterator<unknown> {
  return each(found, ({ key, value }) => ({ key, value: form(value) }))
}

function records<K, V>(found: Pairs<K, V>): StoreIterator<unknown> {
  return each(found, ({ key, value }) => recordOf(key)(value))
}

function each<A>(found: StoreIterator<A>, map: (entry: A) => unknown): StoreIterator<unknown> {
  return storeIterator(mapped(found, map), () => found.close())
}
