import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Query } from '../../src/index.ts'
import {
  KeyQuery,
  MultiVersionedKeyQuery,
  RangeQuery,
  SessionWindows,
  SlidingWindows,
  Stores,
  StreamsBuilder,
  TimeWindows,
  TimestampedRangeQuery,
  VersionedKeyQuery,
  WindowKeyQuery,
  WindowRangeQuery,
  serdes,
} from '../../src/index.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'
import { ask, resultOf } from './query-asking.ts'

const strings = { key: serdes.string, value: serdes.string }
const config = { '__emit.interval.ms.kstreams.windowed.aggregation__': '0' }

const windowKey = WindowKeyQuery.withKeyAndWindowStartRange('a', 0, 100_000)
const windowRange = WindowRangeQuery.withWindowStartRange(0, 100_000)
const sessions = WindowRangeQuery.withKey('a')

type Build = (builder: StreamsBuilder) => unknown
type Expected = readonly (readonly [Query<unknown>, unknown])[]

function grouped(builder: StreamsBuilder) {
  return builder.stream<string, string>('in').groupByKey()
}

/** What Kafka Streams 4.3 answers, with and without a cache; its last position, where that is not 5. */
const cases: readonly (readonly [string, Build, Expected, number?])[] = [
  [
    'time windows',
    (builder) => grouped(builder).windowedBy(TimeWindows.ofSizeAndGrace(10, 1000)).count({ store: 'st' }),
    [
      [windowKey, ['0=1@1', '10=1@12', '20=1@27']],
      [windowRange, ['[a@0/10]=1@1', '[a@10/20]=1@12', '[a@20/30]=1@27', '[b@0/10]=2@5', '[c@30/40]=1@30']],
      [sessions, 'UNKNOWN_QUERY_TYPE'],
      [KeyQuery.withKey('a'), 'UNKNOWN_QUERY_TYPE'],
    ],
  ],
  [
    'hopping windows',
    (builder) => {
      const windows = TimeWindows.ofSizeAndGrace(20, 1000).advanceBy(10)
      return grouped(builder).windowedBy(windows).count({ store: 'st' })
    },
    [[windowKey, ['0=2@12', '10=2@27', '20=1@27']]],
  ],
  [
    'sliding windows',
    (builder) => grouped(builder).windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(10, 1000)).count({ store: 'st' }),
    [[windowKey, ['0=1@1', '2=1@12', '17=1@27']]],
  ],
  [
    'sessions',
    (builder) => grouped(builder).windowedBy(SessionWindows.ofInactivityGapAndGrace(10, 1000)).count({ store: 'st' }),
    [
      [sessions, ['[a@1/1]=1', '[a@12/12]=1', '[a@27/27]=1']],
      [windowRange, 'UNKNOWN_QUERY_TYPE'],
    ],
  ],
  [
    'windows that are told when they close',
    (builder) => {
      const windowed = grouped(builder).windowedBy(TimeWindows.ofSizeAndGrace(10, 5))
      return windowed.emitStrategy('onWindowClose').count({ store: 'st' })
    },
    [
      [windowKey, ['20=1@27']],
      [windowRange, ['[a@20/30]=1@27', '[c@30/40]=1@30']],
    ],
    4,
  ],
  [
    'sessions that are told when they close',
    (builder) => {
      const windowed = grouped(builder).windowedBy(SessionWindows.ofInactivityGapAndGrace(10, 5))
      return windowed.emitStrategy('onWindowClose').count({ store: 'st' })
    },
    [[sessions, ['[a@27/27]=1']]],
    4,
  ],
  [
    'a stream that is grouped anew',
    (builder) =>
      builder
        .stream<string, string>('in')
        .groupBy((_key, value) => value, strings)
        .count({ store: 'st' }),
    [
      [KeyQuery.withKey('a'), null],
      [TimestampedRangeQuery.withNoBounds(), ['1=3@30', '2=1@12', '3=1@27', '7=1@4']],
    ],
  ],
  [
    'a reduction that deletes',
    (builder) => grouped(builder).reduce((earlier, later) => (later === '7' ? null : earlier + later), { store: 'st' }),
    [
      [KeyQuery.withKey('a'), '123'],
      [RangeQuery.withNoBounds(), ['a=123', 'c=1']],
    ],
  ],
  [
    'a versioned table',
    (builder) =>
      builder.table<string, string>('in', {
        supplier: Stores.persistentVersionedKeyValueStore('st', { historyRetentionMs: 15 }),
      }),
    [
      [VersionedKeyQuery.withKey('a'), '3@27-'],
      [MultiVersionedKeyQuery.withKey('a'), ['3@27-', '2@12-27', '1@1-12']],
    ],
  ],
  [
    'a global table',
    (builder) => builder.globalTable<string, string>('in', { store: 'st' }),
    [[RangeQuery.withNoBounds(), ['a=3', 'b=7', 'c=1']]],
  ],
]

describe('queries of what the DSL keeps give Java’s answers', () => {
  for (const [name, build, expected, lastOffset = 5] of cases) {
    for (const cacheMaxBytes of [0, 1_000_000]) {
      test(`${name}${cacheMaxBytes === 0 ? '' : ', with a cache'}`, () => {
        const builder = new StreamsBuilder(strings)
        build(builder)
        using driver = new TopologyTestDriver(builder.build(), { cacheMaxBytes, config })
        const input = driver.createInputTopic('in', strings)
        for (const [key, value, timestamp] of [
          ['a', '1', 1],
          ['b', '1', 5],
          ['a', '2', 12],
          ['a', '3', 27],
          ['c', '1', 30],
          ['b', '7', 4],
        ] as const) {
          input.pipeKeyValue(key, value, timestamp)
        }
        for (const [query, answer] of expected) {
          const found = ask(driver, 'st', query)
          // Persistent stores of Java's have windows of several keys by key, ours by time.
          const isOfSeveral = query === windowRange && Array.isArray(found)
          assert.deepEqual(isOfSeveral ? found.map(String).toSorted() : found, answer, String(query))
        }
        const [first] = expected
        assert.ok(first !== undefined)
        const offsets = [...(resultOf(driver, 'st', first[0]).position?.components() ?? [])]
        assert.deepEqual(
          offsets.map(({ offset }) => offset),
          [lastOffset],
        )
      })
    }
  }
})
