import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  CogroupedKStream,
  GlobalKTable,
  KStream,
  KTable,
  SessionWindowedKStream,
  TimeWindowedKStream,
  Windowed,
} from '../../src/index.ts'
import {
  JoinWindows,
  SessionWindows,
  SlidingWindows,
  Stores,
  StreamsBuilder,
  Suppressed,
  TimeWindows,
  serdes,
} from '../../src/index.ts'

interface Trade {
  readonly symbol: string
  readonly price: number
}

/** Compiles only when both are the same type. */
function same<A>() {
  return <B extends A>(_value: [A] extends [B] ? B : never): void => {}
}

test('types flow from serde to sink without a cast', () => {
  const builder = new StreamsBuilder()
  const trades = builder.stream('trades', { key: serdes.string, value: serdes.json<Trade>() })
  same<KStream<string, Trade>>()(trades)
  const prices = trades.mapValues((trade) => trade.price)
  same<KStream<string, number>>()(prices)
  const counts = trades.groupBy((_key, trade) => trade.symbol, { key: serdes.string }).count({ store: 'counts' })
  same<KTable<string, number>>()(counts)
  const windowed = trades
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(5000).advanceBy(1000))
    .aggregate(
      () => ({ count: 0 }),
      (_key, _trade, aggregate) => ({ count: aggregate.count + 1 }),
      { value: serdes.json() },
    )
  same<KTable<Windowed<string>, { count: number }>>()(windowed)
  counts.toStream().to('out', { value: serdes.long })
  const cancellable = builder.stream<string, Trade | null>('cancellable', { value: serdes.json<Trade>() })
  same<KStream<string, Trade>>()(cancellable.filter((_key, trade) => trade !== null))
  same<KStream<string, Trade | null>>()(cancellable.filter((key) => key !== ''))

  const timestampExtractor = ({ value }: { readonly value: Trade }): number => value.price
  builder.stream('timed', { key: serdes.string, value: serdes.json<Trade>(), timestampExtractor })
  builder
    .stream('timed', {
      value: serdes.json<Trade>(),
      timestampExtractor: ({ value }, partitionTimeMs) => value.price || partitionTimeMs,
    })
    .to((_key, { symbol }) => `trades-${symbol}`, {
      partitioner: (_topic, _key, { price }, partitionCount) => [price % partitionCount],
    })
  // @ts-expect-error a trade has no `prize`
  trades.to((_key, { prize }) => `trades-${prize}`)
  // @ts-expect-error the values are numbers
  counts.toStream().to('out', { value: serdes.string })
  // @ts-expect-error a number has no `symbol`
  prices.mapValues((price) => price.symbol)
  // @ts-expect-error the aggregate is a number
  counts.mapValues((count) => count.length)
  // @ts-expect-error map returns a pair
  trades.map((key) => key)
  // @ts-expect-error there is no such option
  trades.filter(() => true, { nam: 'x' })
  assert.ok(counts.queryableStoreName() === 'counts')
})

test('types flow through suppress, versioned tables and joins with a grace', () => {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.json<Trade>() })
  const supplier = Stores.persistentVersionedKeyValueStore('prices', { historyRetentionMs: 1000 })
  const prices = builder.table('prices', { value: serdes.long, supplier })
  same<KTable<string, number>>()(prices)
  const joined = builder.stream('trades').join(prices, (trade, price) => trade.price - price, { graceMs: 10 })
  same<KStream<string, number>>()(joined)
  const closed = builder
    .stream('more')
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
    .count()
    .suppress(Suppressed.untilWindowCloses())
  same<KTable<Windowed<string>, number>>()(closed)
  same<KStream<string, number>>()(closed.toStream((windowed) => windowed.key))
  same<KTable<string, number>>()(builder.table('rows', { value: serdes.long }).suppress(Suppressed.untilTimeLimit(5)))
  const rows = builder.table('others', { value: serdes.long })
  // @ts-expect-error rows of a plain table have no windows
  const wrong = (): unknown => rows.suppress(Suppressed.untilWindowCloses())
  assert.ok(wrong)
})

test('default serdes of the builder give types', () => {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
  same<KStream<string, number>>()(builder.stream('in'))
  same<KStream<string, string>>()(builder.stream('texts', { value: serdes.string }))
  same<KTable<string, number>>()(builder.table('rows'))
  // @ts-expect-error values are numbers by default
  builder.stream('more').mapValues((value) => value.toUpperCase())
  assert.equal(builder.build().describe().subtopologies.length, 4)
})

test('joins know which side may be missing', () => {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
  const numbers = builder.table('numbers')
  const texts = builder.table('texts', { value: serdes.string })
  const both = numbers.join(texts, (number, text) => text.repeat(number))
  same<KTable<string, string>>()(both)
  const left = numbers.leftJoin(texts, (number, text) => ({ number, length: text?.length }))
  same<KTable<string, { number: number; length: number | undefined }>>()(left)
  const stream = builder.stream('in')
  same<KStream<string, string>>()(stream.join(texts, (number, text, key) => `${key}${number}${text}`))

  const words = builder.stream('words', { value: serdes.string })
  const pairs = stream.leftJoin(words, (number, word) => ({ number, word }), JoinWindows.ofTimeDifferenceWithNoGrace(5))
  same<KStream<string, { number: number; word: string | null }>>()(pairs)

  const sized = texts.transformValues(() => ({ transform: (text, key) => (text === null ? null : key.length) }))
  same<KTable<string, number>>()(sized)
  // @ts-expect-error the row may have been deleted
  texts.transformValues(() => ({ transform: (text) => text.length }))
  // @ts-expect-error a transformer cannot forward
  texts.transformValues(() => ({ init: (context) => context.forward, transform: (text) => text }))
  // @ts-expect-error the store keeps what the transformer makes
  texts.transformValues(() => ({ transform: () => 1 }), { value: serdes.string })

  // @ts-expect-error two streams need windows
  assert.throws(() => stream.join(words, () => 1), /JoinWindows/)
  // @ts-expect-error either record may be missing
  stream.outerJoin(words, (number) => number.toFixed(), JoinWindows.ofTimeDifferenceWithNoGrace(5))
  // @ts-expect-error the row may be missing
  stream.leftJoin(texts, (_number, text) => text.length)
  // @ts-expect-error either side may be missing
  numbers.outerJoin(texts, (number) => number.toFixed())
  // @ts-expect-error the keys differ
  stream.join(builder.table('others', { key: serdes.long }), (number) => number)
  assert.equal(both.queryableStoreName(), undefined)
})

test('joins of streams and with global tables know what may be missing', () => {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
  const numbers = builder.stream('numbers')
  const maybe = builder.stream<string, Trade | null>('trades', { value: serdes.json<Trade>() })
  const windows = JoinWindows.ofTimeDifferenceWithNoGrace(5)
  // Null values are not joined, so that an inner join shows none.
  const inner = numbers.join(maybe, (number, trade, key) => `${key}${trade.symbol}${number}`, windows)
  same<KStream<string, string>>()(inner)
  const outer = numbers.outerJoin(maybe, (number, trade) => ({ number, symbol: trade?.symbol }), windows, {
    value: serdes.long,
    otherValue: serdes.json<Trade>(),
  })
  same<KStream<string, { number: number | null; symbol: string | undefined }>>()(outer)
  const rates = builder.globalTable('rates', { key: serdes.long, value: serdes.double })
  same<GlobalKTable<number, number>>()(rates)
  const rated = maybe.join(
    rates,
    (_key, trade) => trade.price,
    (trade, rate, key) => ({ key, total: trade.price * rate }),
  )
  same<KStream<string, { key: string; total: number }>>()(rated)
  const perhaps = maybe.leftJoin(
    rates,
    () => null,
    (_trade, rate) => rate,
  )
  same<KStream<string, number | null>>()(perhaps)

  const byText = (): string => 'a'
  // @ts-expect-error the keys of the table are numbers
  const wrongKey = (): unknown => numbers.join(rates, byText, (number) => number)
  const price = (_key: string, trade: Trade): number => trade.price
  // @ts-expect-error the row may be missing
  const wrongRow = (): unknown => maybe.leftJoin(rates, price, (_trade, rate) => rate.toFixed())
  // @ts-expect-error the right record may be missing
  const wrongRight = (): unknown => numbers.leftJoin(maybe, (_number, trade) => trade.symbol, windows)
  // @ts-expect-error the values of the other stream are trades
  const wrongSerde = (): unknown => numbers.join(maybe, (number) => number, windows, { otherValue: serdes.string })
  // @ts-expect-error a join with a global table needs a selector and a joiner
  const wrongCall = (): unknown => numbers.join(rates, (number: number) => number)
  // @ts-expect-error a stream has no outer join with a global table
  const wrongKind = (): unknown => numbers.outerJoin(rates, (number: number) => number, windows)
  assert.ok([wrongKey, wrongRow, wrongRight, wrongSerde, wrongCall, wrongKind].every(Boolean))
})

test('types flow through sessions, sliding windows and cogroups', () => {
  const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
  const group = builder.stream('numbers').groupByKey()
  const sessions = group.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(5000))
  same<SessionWindowedKStream<string, number>>()(sessions)
  same<KTable<Windowed<string>, number>>()(sessions.emitStrategy('onWindowClose').count())
  same<KTable<Windowed<string>, number>>()(sessions.reduce((sum, value) => sum + value))
  const texts = sessions.aggregate(
    () => '',
    (_key, value, text) => `${text}${value.toFixed(1)}`,
    (key, left, right) => `${key.toUpperCase()}${left}${right}`,
    { value: serdes.string },
  )
  same<KTable<Windowed<string>, string>>()(texts)
  texts.toStream().to('texts', { key: serdes.sessionWindowed(serdes.string), value: serdes.string })
  const sliding = group.windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(5000, 1000))
  same<TimeWindowedKStream<string, number>>()(sliding)
  const names = builder.stream('names', { value: serdes.string }).groupByKey()
  const cogrouped = group
    .cogroup<{ sum: number }>((_key, value, { sum }) => ({ sum: sum + value }))
    .cogroup(names, (_key, name, { sum }) => ({ sum: sum + name.length }))
  same<CogroupedKStream<string, { sum: number }>>()(cogrouped)
  const initializer = () => ({ sum: 0 })
  const options = { value: serdes.json<{ sum: number }>() }
  same<KTable<string, { sum: number }>>()(cogrouped.aggregate(initializer, options))
  const windows = TimeWindows.ofSizeWithNoGrace(10)
  const windowed = cogrouped.windowedBy(windows).aggregate(initializer, options)
  same<KTable<Windowed<string>, { sum: number }>>()(windowed)
  const gap = SessionWindows.ofInactivityGapWithNoGrace(10)
  const merged = cogrouped.windowedBy(gap).aggregate(initializer, (_key, left) => left, options)
  same<KTable<Windowed<string>, { sum: number }>>()(merged)

  // @ts-expect-error sessions need a merger
  sessions.aggregate(initializer, (_key, _value, aggregate) => aggregate)
  // @ts-expect-error the merger unites aggregates, not values
  cogrouped.windowedBy(gap).aggregate(initializer, (_key, left: number) => left)
  // @ts-expect-error the aggregator of names gets text
  cogrouped.cogroup(names, (_key, name: number, aggregate) => ({ sum: aggregate.sum + name }))
  // @ts-expect-error the keys of the groups are of one type
  cogrouped.cogroup(builder.stream('other', { key: serdes.long }).groupByKey(), (_key, _value, sum) => sum)
  // @ts-expect-error a session is a key of its own kind
  texts.toStream().to('wrong', { key: serdes.string, value: serdes.string })
  // @ts-expect-error there is no such strategy
  sliding.emitStrategy('onClose')
  assert.equal(texts.queryableStoreName(), undefined)
})

test('types flow through joins by a foreign key', () => {
  const builder = new StreamsBuilder({ key: serdes.string })
  const orders = builder.table('orders', { value: serdes.json<{ person: number; sum: number }>() })
  const people = builder.table('people', { key: serdes.long, value: serdes.string })
  const joined = orders.join(
    people,
    ({ person }) => person,
    (order, name) => `${name.trim()} ${order.sum.toFixed(2)}`,
  )
  same<KTable<string, string>>()(joined)
  orders.join(
    people,
    // @ts-expect-error the foreign key is of the other table's type
    ({ person }) => String(person),
    (_order, name) => name,
  )
  orders.leftJoin(
    people,
    ({ person }) => person,
    // @ts-expect-error nobody may be there
    (_order, name) => name.trim(),
  )
  assert.match(joined.queryableStoreName() ?? '', /^KTABLE-FK-JOIN-OUTPUT-/)
})
