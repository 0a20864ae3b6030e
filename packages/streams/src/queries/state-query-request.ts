import type { GlobalKTable } from '../dsl/global-table.ts'
import type { KTable } from '../dsl/table.ts'
import { StreamsError } from '../errors.ts'
import type { KeyValue, StoreIterator, ValueAndTimestamp, VersionedRecord, Windowed } from '../state/store.ts'
import type {
  ReadOnlyRecord,
  TimestampedKeyWithHeadersQuery,
  TimestampedRangeWithHeadersQuery,
  TimestampedWindowKeyWithHeadersQuery,
  TimestampedWindowRangeWithHeadersQuery,
} from './headers-query.ts'
import type { KeyQuery, TimestampedKeyQuery } from './key-query.ts'
import { PositionBound } from './position-bound.ts'
import type { Query } from './query.ts'
import type { RangeQuery, TimestampedRangeQuery } from './range-query.ts'
import type { MultiVersionedKeyQuery, VersionedKeyQuery } from './versioned-query.ts'
import type { WindowKeyQuery, WindowRangeOf, WindowRangeQuery } from './window-query.ts'

interface RequestOptions {
  readonly positionBound: PositionBound
  /** Undefined is all. */
  readonly partitions: ReadonlySet<number> | undefined
  readonly executionInfoEnabled: boolean
  readonly isRequireActive: boolean
  readonly isOfTable: boolean
}

const defaults: RequestOptions = {
  positionBound: PositionBound.unbounded(),
  partitions: undefined,
  executionInfoEnabled: false,
  isRequireActive: false,
  isOfTable: false,
}

/** A store known by its name: what it answers is as the query says. */
export interface InStore {
  withQuery<R>(query: Query<R>): StateQueryRequest<R>
}

/** What the store of a table answers, by the type of the query. */
export interface TableAnswers<K, V> {
  readonly KeyQuery: V | null
  readonly TimestampedKeyQuery: ValueAndTimestamp<V> | null
  readonly RangeQuery: StoreIterator<KeyValue<K, V>>
  readonly TimestampedRangeQuery: StoreIterator<KeyValue<K, ValueAndTimestamp<V>>>
  readonly TimestampedKeyWithHeadersQuery: ReadOnlyRecord<K, V> | null
  readonly TimestampedRangeWithHeadersQuery: StoreIterator<ReadOnlyRecord<K, V>>
  readonly VersionedKeyQuery: VersionedRecord<V> | null
  readonly MultiVersionedKeyQuery: StoreIterator<VersionedRecord<V>>
}

/** What the store of a table of windows or sessions answers. Windows come with the timestamps that their store keeps. */
export interface WindowedTableAnswers<K, V, Of extends WindowRangeOf> {
  readonly WindowKeyQuery: StoreIterator<readonly [number, ValueAndTimestamp<V>]>
  readonly WindowRangeQuery: StoreIterator<KeyValue<Windowed<K>, Of extends 'windows' ? ValueAndTimestamp<V> : V>>
  readonly TimestampedWindowKeyWithHeadersQuery: StoreIterator<ReadOnlyRecord<Windowed<K>, V>>
  readonly TimestampedWindowRangeWithHeadersQuery: StoreIterator<ReadOnlyRecord<Windowed<K>, V>>
}

/** Ranges without bounds know no type of keys: they fit every table. */
type TableQuery<K> =
  | KeyQuery<K, unknown>
  | TimestampedKeyQuery<K, unknown>
  | RangeQuery<K, unknown>
  | RangeQuery<unknown, unknown>
  | TimestampedRangeQuery<K, unknown>
  | TimestampedRangeQuery<unknown, unknown>
  | TimestampedKeyWithHeadersQuery<K, unknown>
  | TimestampedRangeWithHeadersQuery<K, unknown>
  | TimestampedRangeWithHeadersQuery<unknown, unknown>
  | VersionedKeyQuery<K, unknown>
  | MultiVersionedKeyQuery<K, unknown>

type WindowedTableQuery<K> =
  | WindowKeyQuery<K, unknown>
  | WindowRangeQuery<K, unknown, 'sessions'>
  | WindowRangeQuery<unknown, unknown, 'windows'>
  | TimestampedWindowKeyWithHeadersQuery<K, unknown>
  | TimestampedWindowRangeWithHeadersQuery<K, unknown, 'sessions'>
  | TimestampedWindowRangeWithHeadersQuery<unknown, unknown, 'windows'>

/** The store of a table: what it answers has the types of the table. */
export interface InTable<K, V> {
  withQuery<Q extends TableQuery<K>>(query: Q): StateQueryRequest<TableAnswers<K, V>[Q['type']]>
}

/** The store of a table of windows or sessions. */
export interface InWindowedTable<K, V> {
  withQuery<Q extends WindowedTableQuery<K>>(
    query: Q,
  ): StateQueryRequest<
    WindowedTableAnswers<
      K,
      V,
      Q extends { readonly of: infer Of extends WindowRangeOf } ? Of : WindowRangeOf
    >[Q['type']]
  >
}

/**
 * A query with the store that it goes to, and how. A value: what changes one returns another. Java: `StateQueryRequest`.
 *
 * @example
 * ```ts
 * const request = StateQueryRequest.inStore(counts).withQuery(KeyQuery.withKey('kafka'))
 * const result = await streams.query(request)
 * result.onlyPartitionResult?.result // number | undefined
 * ```
 */
export class StateQueryRequest<R> {
  readonly storeName: string
  readonly query: Query<R>
  readonly #options: RequestOptions

  private constructor(storeName: string, query: Query<R>, options: RequestOptions) {
    this.storeName = storeName
    this.query = query
    this.#options = options
  }

  /** A store by its name, or the store of a table, which gives the answer its types. */
  static inStore(name: string): InStore
  static inStore<K, V>(table: KTable<Windowed<K>, V>): InWindowedTable<K, V>
  static inStore<K, V>(table: KTable<K, V> | GlobalKTable<K, V>): InTable<K, V>
  static inStore<K, V>(store: string | KTable<K, V> | GlobalKTable<K, V>): unknown {
    const name = typeof store === 'string' ? store : store.queryableStoreName()
    if (name === undefined) {
      throw new StreamsError(
        'This table cannot be queried: no store of a name keeps its rows. Give it one by `store`',
        {
          code: 'NOT_QUERYABLE',
        },
      )
    }
    const options = { ...defaults, isOfTable: typeof store !== 'string' }
    return { withQuery: (query: Query<unknown>) => new StateQueryRequest(name, query, options) }
  }

  get positionBound(): PositionBound {
    return this.#options.positionBound
  }

  /** Undefined asks all partitions that are here. */
  get partitions(): ReadonlySet<number> | undefined {
    return this.#options.partitions
  }

  get executionInfoEnabled(): boolean {
    return this.#options.executionInfoEnabled
  }

  get isRequireActive(): boolean {
    return this.#options.isRequireActive
  }

  /** Whether the store was named by its table: then windows come with timestamps, whatever the store keeps. */
  get isOfTable(): boolean {
    return this.#options.isOfTable
  }

  /** Asks only stores that have come so far. Not looked at where {@link requireActive} is set, as in Java. */
  withPositionBound(positionBound: PositionBound): StateQueryRequest<R> {
    return new StateQueryRequest(this.storeName, this.query, { ...this.#options, positionBound })
  }

  withAllPartitions(): StateQueryRequest<R> {
    return new StateQueryRequest(this.storeName, this.query, { ...this.#options, partitions: undefined })
  }

  withPartitions(partitions: Iterable<number>): StateQueryRequest<R> {
    return new StateQueryRequest(this.storeName, this.query, { ...this.#options, partitions: new Set(partitions) })
  }

  /** Has each result tell what was done for it. */
  enableExecutionInfo(): StateQueryRequest<R> {
    return new StateQueryRequest(this.storeName, this.query, { ...this.#options, executionInfoEnabled: true })
  }

  /** Asks only active tasks of running threads, which have seen all that was committed. */
  requireActive(): StateQueryRequest<R> {
    return new StateQueryRequest(this.storeName, this.query, { ...this.#options, isRequireActive: true })
  }
}
