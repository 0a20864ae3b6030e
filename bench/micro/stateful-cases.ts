import {
  JoinWindows,
  SessionWindows,
  SlidingWindows,
  Stores,
  Suppressed,
  TimeWindows,
  serdes,
} from '@streamwright/streams'
import type { MicroCase } from './micro-case.ts'
import { operator, text } from './operator-cases.ts'
import type { OperatorOptions, TextBuilder } from './operator-cases.ts'
import type { RecordMaker } from './task-run.ts'

const uncached: OperatorOptions = { cacheMaxBytes: 0 }
const persistent: OperatorOptions = { storeEngine: 'persistent' }
const log: OperatorOptions = { storeEngine: 'log' }
const windows = TimeWindows.ofSizeAndGrace(1000, 500)
const hopping = TimeWindows.ofSizeAndGrace(1000, 500).advanceBy(200)
const sessions = SessionWindows.ofInactivityGapAndGrace(150, 500)
const sliding = SlidingWindows.ofTimeDifferenceAndGrace(150, 500)
const count = { store: 'counts' }

const grouped = (builder: TextBuilder) => builder.stream('in').groupByKey()

/** Aggregations: a hundred keys, one store. */
export const aggregationCases: readonly MicroCase[] = [
  operator('count', (builder) => void grouped(builder).count(count)),
  operator('count, no cache', (builder) => void grouped(builder).count(count), uncached),
  operator('count, persistent', (builder) => void grouped(builder).count(count), persistent),
  operator('count, persistent, no cache', (builder) => void grouped(builder).count(count), {
    ...persistent,
    ...uncached,
  }),
  operator('count, log, no cache', (builder) => void grouped(builder).count(count), { ...log, ...uncached }),
  operator('reduce', (builder) => void grouped(builder).reduce((left, right) => (left > right ? left : right), count)),
  operator(
    'aggregate',
    (builder) =>
      void grouped(builder).aggregate(
        () => 0,
        (_key, value, sum) => sum + value.length,
        { ...count, value: serdes.long },
      ),
  ),
  operator('aggregate, JSON changed in place, no cache', aggregateJson, uncached),
  operator(
    'groupBy, count',
    (builder) =>
      void builder
        .stream('in')
        .groupBy((_key, value) => value.slice(0, 8))
        .count(count),
  ),
  operator(
    'cogroup',
    (builder) => {
      const sum = (_key: string, value: string, total: number): number => total + value.length
      grouped(builder)
        .cogroup(sum)
        .cogroup(builder.stream('more').groupByKey(), sum)
        .aggregate(() => 0, { ...count, value: serdes.long })
    },
    { inputs: { in: text, more: text } },
  ),
  operator('count in tumbling windows', (builder) => void grouped(builder).windowedBy(windows).count(count)),
  operator(
    'count in tumbling windows, no cache',
    (builder) => void grouped(builder).windowedBy(windows).count(count),
    uncached,
  ),
  operator('count in 5 hopping windows', (builder) => void grouped(builder).windowedBy(hopping).count(count)),
  operator(
    'count in 5 hopping windows, no cache',
    (builder) => void grouped(builder).windowedBy(hopping).count(count),
    uncached,
  ),
  operator(
    'count in 5 hopping windows, persistent',
    (builder) => void grouped(builder).windowedBy(hopping).count(count),
    persistent,
  ),
  operator('count in 5 hopping windows, log', (builder) => void grouped(builder).windowedBy(hopping).count(count), log),
  operator('count in sliding windows', (builder) => void grouped(builder).windowedBy(sliding).count(count)),
  operator('count in sessions', (builder) => void grouped(builder).windowedBy(sessions).count(count)),
  operator(
    'count in sessions, no cache',
    (builder) => void grouped(builder).windowedBy(sessions).count(count),
    uncached,
  ),
  operator(
    'count in windows, emitted on close',
    (builder) => void grouped(builder).windowedBy(windows).emitStrategy('onWindowClose').count(count),
  ),
]

function aggregateJson(builder: TextBuilder): void {
  interface Seen {
    first: string
    last: string
    times: number
  }
  grouped(builder).aggregate<Seen>(
    () => ({ first: '', last: '', times: 0 }),
    (_key, value, seen) => {
      if (seen.times === 0) seen.first = value
      seen.last = value
      seen.times += 1
      return seen
    },
    { ...count, value: serdes.json<Seen>() },
  )
}

const other: RecordMaker = (index) => [`key-${index % 100}`, `other-${index}`]
/** Rows of a table that name a row of another. */
const orders: RecordMaker = (index) => [`order-${index % 500}`, `key-${(index * 7) % 100}`]
const within = JoinWindows.ofTimeDifferenceAndGrace(50, 200)
const both = { inputs: { in: text, other } }
const join = (left: string, right: string | null): string => (right === null ? left : right)

/** Tables, and what is joined with what. */
export const tableAndJoinCases: readonly MicroCase[] = [
  operator('table', (builder) => void builder.table('in', { store: 'rows' })),
  operator('toTable', (builder) => void builder.stream('in').toTable({ store: 'rows' })),
  operator('table, persistent', (builder) => void builder.table('in', { store: 'rows' }), persistent),
  operator('table, log', (builder) => void builder.table('in', { store: 'rows' }), log),
  operator('table, versioned', (builder) => {
    const supplier = Stores.persistentVersionedKeyValueStore('rows', { historyRetentionMs: 10_000 })
    builder.table('in', { supplier: Stores.onEngine(supplier, 'memory') })
  }),
  operator(
    'table filter',
    (builder) => void builder.table('in').filter((_key, value) => value !== 'value-7', { store: 'rows' }),
  ),
  operator(
    'table mapValues',
    (builder) => void builder.table('in').mapValues((value) => value.length, { store: 'rows', value: serdes.long }),
  ),
  operator(
    'table transformValues',
    (builder) =>
      void builder.table('in').transformValues(() => ({ transform: (value: string | null) => value }), {
        store: 'rows',
        value: serdes.string,
      }),
  ),
  operator('table toStream', (builder) => void builder.table('in', { store: 'rows' }).toStream()),
  operator(
    'table groupBy, aggregate',
    (builder) =>
      void builder
        .table('in')
        .groupBy((key, value) => [value.slice(0, 8), key])
        .aggregate(
          () => 0,
          (_key, _value, sum) => sum + 1,
          (_key, _value, sum) => sum - 1,
          { store: 'sums', value: serdes.long },
        ),
  ),
  operator(
    'suppress until windows close',
    (builder) => void grouped(builder).windowedBy(windows).count(count).suppress(Suppressed.untilWindowCloses()),
  ),
  operator(
    'suppress until a time has passed',
    (builder) => void builder.table('in', { store: 'rows' }).suppress(Suppressed.untilTimeLimit(500)),
  ),
  operator(
    'join of stream and table',
    (builder) => void builder.stream('in').join(builder.table('other', { store: 'rows' }), join),
    {
      rows: { other },
    },
  ),
  operator(
    'join of stream and table, persistent',
    (builder) => void builder.stream('in').join(builder.table('other', { store: 'rows' }), join),
    {
      rows: { other },
      ...persistent,
    },
  ),
  operator(
    'join of stream and global table',
    (builder) => void builder.stream('in').join(builder.globalTable('other', { store: 'rows' }), (key) => key, join),
    {
      rows: { other },
    },
  ),
  operator('join of tables', (builder) => void builder.table('in').join(builder.table('other'), join), both),
  operator('left join of tables', (builder) => void builder.table('in').leftJoin(builder.table('other'), join), both),
  operator(
    'outer join of tables',
    (builder) => void builder.table('in').outerJoin(builder.table('other'), (left, right) => left ?? right ?? ''),
    both,
  ),
  operator(
    'join of tables by a foreign key',
    (builder) => void builder.table('orders').join(builder.table('other'), (order) => order, join),
    {
      inputs: { orders },
      rows: { other },
    },
  ),
  operator('join of streams', (builder) => void builder.stream('in').join(builder.stream('other'), join, within), both),
  operator(
    'left join of streams',
    (builder) => void builder.stream('in').leftJoin(builder.stream('other'), join, within),
    both,
  ),
  operator(
    'outer join of streams',
    (builder) =>
      void builder.stream('in').outerJoin(builder.stream('other'), (left, right) => left ?? right ?? '', within),
    both,
  ),
  operator(
    'join of a stream with itself',
    (builder) => {
      const stream = builder.stream('in')
      stream.join(stream, join, within)
    },
    { topologyOptimization: 'single.store.self.join' },
  ),
]
