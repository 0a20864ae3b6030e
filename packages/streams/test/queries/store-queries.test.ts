import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Headers } from '@streamwright/formats'
import {
  KeyQuery,
  MultiVersionedKeyQuery,
  PositionBound,
  Position,
  RangeQuery,
  StateQueryRequest,
  Stores,
  StreamsBuilder,
  TimeWindows,
  TimestampedKeyQuery,
  TimestampedKeyWithHeadersQuery,
  TimestampedRangeQuery,
  TimestampedRangeWithHeadersQuery,
  TimestampedWindowKeyWithHeadersQuery,
  TimestampedWindowRangeWithHeadersQuery,
  Topology,
  VersionedKeyQuery,
  WindowKeyQuery,
  WindowRangeQuery,
  Windowed,
  serdes,
} from '../../src/index.ts'
import type {
  KeyValueStore,
  Query,
  Record,
  SessionStore,
  StateStore,
  StoreDefinition,
  VersionedKeyValueStore,
  WindowStore,
} from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'
import { systemClock } from '@streamwright/std'
import { answerRequest } from '../../src/queries/answer-request.ts'
import { openIteratorsMax } from '../../src/queries/limits.ts'
import { openStore } from '../../src/state/open-store.ts'
import { Host } from '../state/store-host.ts'
import { ask, resultOf } from './query-asking.ts'

type Input = Record<string, string | null>
type Put = (store: StateStore, record: Input) => void

const options = { key: serdes.string, value: serdes.string }
const window = { retentionMs: 1000, windowSizeMs: 10 }

/** Every query, with what each kind of store answers. What a kind does not name is UNKNOWN_QUERY_TYPE. */
const queries: { readonly [name: string]: Query<unknown> } = {
  key: KeyQuery.withKey('a'),
  absentKey: KeyQuery.withKey('zz'),
  timestampedKey: TimestampedKeyQuery.withKey('a'),
  range: RangeQuery.withNoBounds(),
  rangeBetween: RangeQuery.withRange('a', 'b'),
  rangeReversed: RangeQuery.withRange('b', 'a'),
  rangeUpDescending: RangeQuery.withUpperBound('b').withDescendingKeys(),
  rangeFrom: RangeQuery.withLowerBound('b').withAscendingKeys(),
  timestampedRange: TimestampedRangeQuery.withNoBounds().withDescendingKeys(),
  windowKey: WindowKeyQuery.withKeyAndWindowStartRange('a', 0, 100),
  windowKeyInside: WindowKeyQuery.withKeyAndWindowStartRange('a', -100, 15),
  windowKeyReversed: WindowKeyQuery.withKeyAndWindowStartRange('a', 100, 0),
  windowRange: WindowRangeQuery.withWindowStartRange(0, 20),
  sessions: WindowRangeQuery.withKey('a'),
  versionedKey: VersionedKeyQuery.withKey('a'),
  versionedKeyAsOf: VersionedKeyQuery.withKey('a').asOf(12),
  versions: MultiVersionedKeyQuery.withKey('a'),
  versionsAscending: MultiVersionedKeyQuery.withKey('a').fromTime(-20).toTime(10).withAscendingTimestamps(),
  headersKey: TimestampedKeyWithHeadersQuery.withKey('a'),
  headersRange: TimestampedRangeWithHeadersQuery.withNoBounds().withDescendingKeys(),
  headersWindowKey: TimestampedWindowKeyWithHeadersQuery.withKeyAndWindowStartRange('b', 0, 100),
  headersWindowRange: TimestampedWindowRangeWithHeadersQuery.withWindowStartRange(0, 10),
  headersSessions: TimestampedWindowRangeWithHeadersQuery.withKey('b'),
}

const ofKeyValues = {
  key: '3',
  absentKey: null,
  range: ['a=3', 'b=1', 'c=4'],
  rangeBetween: ['a=3', 'b=1'],
  rangeReversed: [],
  rangeUpDescending: ['b=1', 'a=3'],
  rangeFrom: ['b=1', 'c=4'],
}
const ofTimestamped = {
  ...ofKeyValues,
  timestampedKey: '3@20',
  timestampedRange: ['c=4@25', 'b=1@5', 'a=3@20'],
}
const ofForgetful = {
  ...ofKeyValues,
  timestampedKey: '3@-1',
  timestampedRange: ['c=4@-1', 'b=1@-1', 'a=3@-1'],
}
const ofHeaders = {
  ...ofTimestamped,
  headersKey: 'a=3@20[]',
  headersRange: ['c=4@25[]', 'b=1@5[h]', 'a=3@20[]'],
}
const ofWindows = {
  windowKey: ['10=2', '20=3'],
  windowKeyInside: ['10=2'],
  windowKeyReversed: [],
  windowRange: ['[b@0/10]=1', '[a@10/20]=2', '[a@20/30]=3', '[c@20/30]=4'],
}
const ofTimestampedWindows = {
  windowKey: ['10=2@10', '20=3@20'],
  windowKeyInside: ['10=2@10'],
  windowKeyReversed: [],
  windowRange: ['[b@0/10]=1@5', '[a@10/20]=2@10', '[a@20/30]=3@20', '[c@20/30]=4@25'],
}
const ofHeadersWindows = {
  ...ofTimestampedWindows,
  headersWindowKey: ['[b@0/10]=1@5[h]'],
  headersWindowRange: ['[b@0/10]=1@5[h]', '[a@10/20]=2@10[]'],
}
const ofSessions = { sessions: ['[a@10/15]=2', '[a@20/25]=3'] }
const ofHeadersSessions = { ...ofSessions, headersSessions: ['[b@5/10]=1@10[h]'] }
const unsupported = Object.fromEntries(
  Object.entries(queries)
    .filter(([, query]) => query instanceof KeyQuery || query instanceof RangeQuery)
    .map(([name]) => [name, 'throws UNSUPPORTED_QUERY'] as const),
)
const ofVersions = {
  ...unsupported,
  versionedKey: '3@20-',
  versionedKeyAsOf: '2@10-20',
  versions: ['3@20-', '2@10-20'],
  versionsAscending: ['2@10-20'],
}

const putValue: Put = (store, { key, value }) => (store as KeyValueStore<string, string>).put(key, value)
const putTimestamped: Put = (store, { key, value, timestamp }) =>
  (store as KeyValueStore<string, unknown>).put(key, value === null ? null : { value, timestamp })
const putHeaders: Put = (store, { key, value, timestamp, headers }) =>
  (store as KeyValueStore<string, unknown>).put(key, value === null ? null : { value, timestamp, headers })
const startOf = (timestamp: number): number => Math.floor(timestamp / 10) * 10
const putWindow: Put = (store, { key, value, timestamp }) =>
  (store as WindowStore<string, string>).put(key, value, startOf(timestamp))
const putTimestampedWindow: Put = (store, { key, value, timestamp }) =>
  (store as WindowStore<string, unknown>).put(key, value === null ? null : { value, timestamp }, startOf(timestamp))
const putHeadersWindow: Put = (store, { key, value, timestamp, headers }) =>
  (store as WindowStore<string, unknown>).put(
    key,
    value === null ? null : { value, timestamp, headers },
    startOf(timestamp),
  )
const sessionOf = ({ key, timestamp }: Input): Windowed<string> =>
  new Windowed(key, { startMs: timestamp, endMs: timestamp + 5 })
const putSession: Put = (store, record) => (store as SessionStore<string, string>).put(sessionOf(record), record.value)
const putHeadersSession: Put = (store, record) => {
  const { value, headers } = record
  ;(store as SessionStore<string, unknown>).put(sessionOf(record), value === null ? null : { value, headers })
}
const putVersion: Put = (store, { key, value, timestamp }) =>
  (store as VersionedKeyValueStore<string, string>).put(key, value, timestamp)

/** Java's answers to the same, but for what `docs/compatibility.md` names. */
const kinds: readonly (readonly [string, StoreDefinition, Put, { readonly [query: string]: unknown }])[] = [
  ...['memory', 'persistent'].flatMap((engine) => {
    const isMemory = engine === 'memory'
    const keyValue = isMemory ? Stores.inMemoryKeyValueStore('st') : Stores.persistentTimestampedKeyValueStore('st')
    const plain = isMemory ? Stores.inMemoryKeyValueStore('st') : Stores.persistentKeyValueStore('st')
    const windows = isMemory
      ? Stores.inMemoryWindowStore('st', window)
      : Stores.persistentTimestampedWindowStore('st', window)
    const sessions = isMemory ? Stores.inMemorySessionStore('st', 1000) : Stores.persistentSessionStore('st', 1000)
    return [
      [`key-value, ${engine}`, Stores.keyValueStoreBuilder(plain, options), putValue, ofKeyValues],
      [
        `timestamped, ${engine}`,
        Stores.timestampedKeyValueStoreBuilder(keyValue, options),
        putTimestamped,
        ofTimestamped,
      ],
      [`windows, ${engine}`, Stores.windowStoreBuilder(windows, options), putWindow, ofWindows],
      [
        `timestamped windows, ${engine}`,
        Stores.timestampedWindowStoreBuilder(windows, options),
        putTimestampedWindow,
        ofTimestampedWindows,
      ],
      [`sessions, ${engine}`, Stores.sessionStoreBuilder(sessions, options), putSession, ofSessions],
    ] as const
  }),
  [
    'timestamped over a plain one',
    Stores.timestampedKeyValueStoreBuilder(Stores.persistentKeyValueStore('st'), options),
    putTimestamped,
    ofForgetful,
  ],
  [
    'the last hundred rows',
    Stores.timestampedKeyValueStoreBuilder(Stores.lruMap('st', 100), options),
    putTimestamped,
    ofTimestamped,
  ],
  [
    'headers',
    Stores.timestampedKeyValueStoreWithHeadersBuilder(
      Stores.persistentTimestampedKeyValueStoreWithHeaders('st'),
      options,
    ),
    putHeaders,
    ofHeaders,
  ],
  [
    'windows with headers',
    Stores.timestampedWindowStoreWithHeadersBuilder(
      Stores.persistentTimestampedWindowStoreWithHeaders('st', window),
      options,
    ),
    putHeadersWindow,
    ofHeadersWindows,
  ],
  [
    'sessions with headers',
    Stores.sessionStoreWithHeadersBuilder(Stores.persistentSessionStoreWithHeaders('st', 1000), options),
    putHeadersSession,
    ofHeadersSessions,
  ],
  [
    'versions',
    Stores.versionedKeyValueStoreBuilder(
      Stores.persistentVersionedKeyValueStore('st', { historyRetentionMs: 1000 }),
      options,
    ),
    putVersion,
    ofVersions,
  ],
]

function driverOf(definition: StoreDefinition, put: Put, onRecord?: () => void): TopologyTestDriver {
  const topology = new Topology()
  topology.addSource('source', 'in', options)
  topology.addProcessor<string, string | null, never, never>(
    'processor',
    {
      create: () => {
        let store: StateStore
        return {
          init: (context) => {
            store = context.getStateStore('st')
          },
          process: (record) => {
            put(store, record)
            onRecord?.()
          },
        }
      },
      stores: [definition],
    },
    'source',
  )
  return new TopologyTestDriver(topology)
}

function pipeAll(driver: TopologyTestDriver): void {
  const input = driver.createInputTopic('in', options)
  input.pipe({ key: 'b', value: '1', timestamp: 5, headers: new Headers().add('h', '1') })
  input.pipeKeyValue('a', '2', 10)
  input.pipeKeyValue('a', '3', 20)
  input.pipeKeyValue('c', '4', 25)
  input.pipeKeyValue('d', '5', 27)
  input.pipeKeyValue('d', null, 27)
}

function attempt(driver: TopologyTestDriver, query: Query<unknown>): unknown {
  try {
    return ask(driver, 'st', query)
  } catch (error) {
    return `throws ${String((error as { readonly code?: unknown }).code)}`
  }
}

describe('stores answer the queries of their kind, and refuse the others', () => {
  for (const [name, definition, put, expected] of kinds) {
    for (const caching of definition.kind === 'versionedKeyValue' ? [false] : [false, true]) {
      test(`${name}${caching ? ', cached' : ''}`, () => {
        using driver = driverOf({ ...definition, caching }, put)
        pipeAll(driver)
        const answers = Object.entries(queries).map(([query, asked]) => [query, attempt(driver, asked)] as const)
        const unknown = Object.fromEntries(Object.keys(queries).map((query) => [query, 'UNKNOWN_QUERY_TYPE'] as const))
        // What the cache still has of a key is known with its timestamp, in Java as here.
        const cached = caching && expected === ofForgetful ? { timestampedKey: '3@20' } : {}
        assert.deepEqual(Object.fromEntries(answers), { ...unknown, ...expected, ...cached })
      })
    }
  }
})

describe('a query', () => {
  const definition = Stores.timestampedKeyValueStoreBuilder(Stores.inMemoryKeyValueStore('st'), options)

  test('of one key sees the record cache, unless it skips it; ranges see what was emitted, as in Java', () => {
    let driver: TopologyTestDriver | undefined
    const seen: unknown[] = []
    const look = (): void => {
      if (driver === undefined) return
      for (const query of [
        KeyQuery.withKey('a'),
        KeyQuery.withKey('a').skipCache(),
        TimestampedKeyQuery.withKey('a').skipCache(),
        RangeQuery.withNoBounds(),
      ]) {
        seen.push(ask(driver, 'st', query), resultOf(driver, 'st', query).position?.toJSON())
      }
    }
    using opened = driverOf({ ...definition, caching: true }, putTimestamped, look)
    opened.createInputTopic('in', options).pipeKeyValue('a', '1', 5)
    driver = opened
    opened.createInputTopic('in', options).pipeKeyValue('a', '2', 6)
    const [now, before] = [{ in: { 0: 1 } }, { in: { 0: 0 } }]
    assert.deepEqual(seen, ['2', now, '1', before, '1@5', before, ['a=1'], before])
  })

  test('of windows over a supplier without timestamps has none either, as in Java; a table is answered as its type says', () => {
    const builder = new StreamsBuilder(options)
    const supplier = Stores.persistentWindowStore('st', window)
    const grouped = builder.stream<string, string>('in').groupByKey()
    const table = grouped.windowedBy(TimeWindows.ofSizeAndGrace(10, 100)).count({ supplier })
    using driver = new TopologyTestDriver(builder.build())
    driver.createInputTopic('in', options).pipeKeyValue('a', '1', 5)
    const query = WindowKeyQuery.withKeyAndWindowStartRange('a', 0, 100)
    assert.deepEqual(ask(driver, 'st', query), ['0=1'])
    const typed = driver.query(StateQueryRequest.inStore(table).withQuery(query)).onlyPartitionResult?.result ?? []
    assert.deepEqual([...typed], [[0, { value: 1, timestamp: -1 }]])
  })

  test('that requires an active task is refused by one that does not process now', () => {
    using driver = driverOf(definition, putTimestamped)
    pipeAll(driver)
    const store = openStore(definition, new Host(0))
    const local = { store, partition: 0, isRunning: false }
    const request = StateQueryRequest.inStore('st').withQuery(KeyQuery.withKey('a'))
    const asked = answerRequest(request, [local], 1, systemClock).partitionResults.get(0)
    assert.ok(asked?.isSuccess === true && asked.result === null, 'what is being restored answers with what it has')
    const refused = answerRequest(request.requireActive(), [local], 1, systemClock).partitionResults.get(0)
    assert.ok(refused?.isSuccess === false && refused.failureReason === 'NOT_ACTIVE')
  })

  test('is answered from the position bound on', () => {
    using driver = driverOf(definition, putTimestamped)
    pipeAll(driver)
    const request = StateQueryRequest.inStore('st').withQuery(KeyQuery.withKey<string, string>('a'))
    const at = (position: Position): unknown => {
      const result = driver.query(request.withPositionBound(PositionBound.at(position))).partitionResults.get(0)
      return result?.isSuccess === true ? result.result : result?.failureReason
    }
    assert.equal(at(Position.from({ in: { 0: 5 } })), '3')
    assert.equal(at(Position.from({ in: { 0: 6 } })), 'NOT_UP_TO_BOUND')
    assert.equal(at(Position.from({ other: { 0: 0 } })), 'NOT_UP_TO_BOUND', 'nothing was ever seen of that topic')
    assert.equal(at(Position.from({ other: { 1: 7 } })), '3', 'other partitions bound other tasks')
    const active = request.requireActive().withPositionBound(PositionBound.at(Position.from({ in: { 0: 6 } })))
    assert.equal(driver.query(active).onlyPartitionResult?.result, '3', 'an active store is asked whatever the bound')
  })

  test('asks the partitions it names, and tells which are not there', () => {
    using driver = driverOf(definition, putTimestamped)
    pipeAll(driver)
    const result = driver.query(
      StateQueryRequest.inStore('st').withQuery(KeyQuery.withKey('a')).withPartitions([0, 3]).enableExecutionInfo(),
    )
    const [here, there] = [result.partitionResults.get(0), result.partitionResults.get(3)]
    assert.ok(here?.isSuccess === true && /Handled KeyQuery in partition 0 of st/.test(here.executionInfo.join()))
    assert.ok(there?.isSuccess === false && there.failureReason === 'DOES_NOT_EXIST')
    assert.deepEqual(result.position.toJSON(), { in: { 0: 5 } })
    assert.throws(() => driver.query(StateQueryRequest.inStore('nowhere').withQuery(KeyQuery.withKey('a'))), {
      name: 'UnknownStateStoreError',
    })
  })

  test('of a store that fails is told as such; what a serde throws is thrown', () => {
    const serialize = (value: string): string => value
    const failing = { name: 'failing', serialize, deserialize: (): string => assert.fail('cannot read') }
    const values = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore('st'), { ...options, value: failing })
    using driver = driverOf(values, putValue)
    driver.createInputTopic('in', options).pipeKeyValue('a', '1', 5)
    assert.throws(() => ask(driver, 'st', KeyQuery.withKey('a')), { name: 'SerdeError' })
    const range = driver
      .query(StateQueryRequest.inStore('st').withQuery(RangeQuery.withNoBounds()))
      .partitionResults.get(0)
    assert.ok(range?.isSuccess === true)
    assert.throws(() => [...(range.result as Iterable<unknown>)], { name: 'SerdeError' })
  })

  test('of versions from a later to an earlier time is an error, as in Java', () => {
    const versions = Stores.persistentVersionedKeyValueStore('st', { historyRetentionMs: 1000 })
    using driver = driverOf(Stores.versionedKeyValueStoreBuilder(versions, options), putVersion)
    const query = MultiVersionedKeyQuery.withKey('a').fromTime(20).toTime(10)
    assert.throws(() => ask(driver, 'st', query), { code: 'INVALID_QUERY' })
  })

  test('has a result that closes all its iterators', () => {
    using driver = driverOf(definition, putTimestamped)
    pipeAll(driver)
    const request = StateQueryRequest.inStore('st').withQuery(RangeQuery.withNoBounds<string, string>())
    for (let count = 0; count < 2 * openIteratorsMax; count++) {
      using result = driver.query(request)
      assert.equal(result.onlyPartitionResult?.result.next().done, false)
    }
  })

  test('has an iterator that shows the state of its moment, and can be left', () => {
    using driver = driverOf(definition, putTimestamped)
    pipeAll(driver)
    const request = StateQueryRequest.inStore('st').withQuery(RangeQuery.withNoBounds<string, string>())
    const result = driver.query(request).onlyPartitionResult
    assert.ok(result !== undefined)
    using entries = result.result
    assert.deepEqual(entries.next().value, { key: 'a', value: '3' })
    driver.createInputTopic('in', options).pipeKeyValue('b', 'new', 30)
    driver.createInputTopic('in', options).pipeKeyValue('c', null, 30)
    assert.deepEqual(
      [...entries],
      [
        { key: 'b', value: '1' },
        { key: 'c', value: '4' },
      ],
    )
  })
})
