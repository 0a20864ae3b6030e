import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  KeyQuery,
  MultiVersionedKeyQuery,
  Query,
  QueryableStoreTypes,
  RangeQuery,
  StateQueryRequest,
  StoreQueryParameters,
  StreamsBuilder,
  TimeWindows,
  TimestampedKeyQuery,
  TimestampedKeyWithHeadersQuery,
  TimestampedRangeQuery,
  VersionedKeyQuery,
  WindowKeyQuery,
  WindowRangeQuery,
  serdes,
} from '../../src/index.ts'
import type {
  KafkaStreams,
  KeyValue,
  ReadOnlyKeyValueStore,
  ReadOnlyRecord,
  ReadOnlySessionStore,
  StoreIterator,
  ValueAndTimestamp,
  VersionedRecord,
  Windowed,
} from '../../src/index.ts'

/** Compiles only when both are the same type. */
function same<A>() {
  return <B extends A>(_value: [A] extends [B] ? B : never): void => {}
}

const builder = new StreamsBuilder()
const clicks = builder.stream('clicks', { key: serdes.string, value: serdes.string }).groupByKey()
const counts = clicks.count({ store: 'counts' })
const windowed = clicks.windowedBy(TimeWindows.ofSizeWithNoGrace(10)).count({ store: 'windowed' })
const names = builder.globalTable('names', { key: serdes.integer, value: serdes.string, store: 'names' })

test('the answers of the store of a table have the types of the table', () => {
  const table = StateQueryRequest.inStore(counts)
  same<StateQueryRequest<number | null>>()(table.withQuery(KeyQuery.withKey('a')))
  same<StateQueryRequest<ValueAndTimestamp<number> | null>>()(table.withQuery(TimestampedKeyQuery.withKey('a')))
  same<StateQueryRequest<StoreIterator<KeyValue<string, number>>>>()(table.withQuery(RangeQuery.withRange('a', 'b')))
  const descending = RangeQuery.withNoBounds().withDescendingKeys()
  same<StateQueryRequest<StoreIterator<KeyValue<string, number>>>>()(table.withQuery(descending))
  same<StateQueryRequest<StoreIterator<KeyValue<string, ValueAndTimestamp<number>>>>>()(
    table.withQuery(TimestampedRangeQuery.withLowerBound('a')),
  )
  same<StateQueryRequest<VersionedRecord<number> | null>>()(table.withQuery(VersionedKeyQuery.withKey('a').asOf(1)))
  same<StateQueryRequest<StoreIterator<VersionedRecord<number>>>>()(
    table.withQuery(MultiVersionedKeyQuery.withKey('a').fromTime(1)),
  )
  same<StateQueryRequest<ReadOnlyRecord<string, number> | null>>()(
    table.withQuery(TimestampedKeyWithHeadersQuery.withKey('a')),
  )
  same<StateQueryRequest<string | null>>()(StateQueryRequest.inStore(names).withQuery(KeyQuery.withKey(7)))
  // @ts-expect-error the keys are strings
  table.withQuery(KeyQuery.withKey(7))
  // @ts-expect-error the keys are strings
  table.withQuery(RangeQuery.withRange(1, 2))
  // @ts-expect-error the rows of this table have no windows
  table.withQuery(WindowKeyQuery.withKeyAndWindowStartRange('a', 0, 10))
  // @ts-expect-error the keys are numbers
  StateQueryRequest.inStore(names).withQuery(KeyQuery.withKey('a'))
  assert.equal(table.withQuery(KeyQuery.withKey('a')).storeName, 'counts')
})

test('windows come with the timestamps that their store keeps, sessions without', () => {
  const table = StateQueryRequest.inStore(windowed)
  same<StateQueryRequest<StoreIterator<readonly [number, ValueAndTimestamp<number>]>>>()(
    table.withQuery(WindowKeyQuery.withKeyAndWindowStartRange('a', 0, 10)),
  )
  same<StateQueryRequest<StoreIterator<KeyValue<Windowed<string>, ValueAndTimestamp<number>>>>>()(
    table.withQuery(WindowRangeQuery.withWindowStartRange(0, 10)),
  )
  same<StateQueryRequest<StoreIterator<KeyValue<Windowed<string>, number>>>>()(
    table.withQuery(WindowRangeQuery.withKey('a')),
  )
  // @ts-expect-error a table of windows is asked for windows
  table.withQuery(KeyQuery.withKey('a'))
  // @ts-expect-error the keys are strings
  table.withQuery(WindowRangeQuery.withKey(7))
  assert.equal(table.withQuery(WindowRangeQuery.withKey('a')).partitions, undefined)
})

test('a store known by its name answers as the query says', () => {
  class SizeQuery extends Query<{ readonly rows: number }> {
    readonly type = 'SizeQuery' as const
  }
  const store = StateQueryRequest.inStore('counts')
  same<StateQueryRequest<number | null>>()(store.withQuery(KeyQuery.withKey<string, number>('a')))
  same<StateQueryRequest<unknown>>()(store.withQuery(KeyQuery.withKey('a')))
  same<StateQueryRequest<{ readonly rows: number }>>()(store.withQuery(new SizeQuery()))
  assert.equal(String(new SizeQuery()), 'SizeQuery')
})

test('a table whose rows nobody keeps cannot be asked', () => {
  const table = builder
    .stream('t', { key: serdes.string, value: serdes.string })
    .toTable()
    .mapValues((v) => v.length)
  assert.throws(() => StateQueryRequest.inStore(table), { code: 'NOT_QUERYABLE' })
})

test('a facade has the types that its store is said to have', () => {
  const types = QueryableStoreTypes
  const check = (streams: KafkaStreams): void => {
    same<ReadOnlyKeyValueStore<string, number>>()(
      streams.store(StoreQueryParameters.fromNameAndType('counts', types.keyValueStore<string, number>())),
    )
    same<ReadOnlySessionStore<string, number>>()(
      streams.store(StoreQueryParameters.fromNameAndType('s', types.sessionStore<string, number>()).withPartition(0)),
    )
  }
  assert.equal(typeof check, 'function')
})
