import { shape } from '@streamwright/formats'
import type { ShapeType } from '@streamwright/formats'
import { JoinWindows, SessionWindows, StreamsBuilder, TimeWindows, serdes } from '@streamwright/streams'
import type { Serde, Topology } from '@streamwright/streams'
import type { TopologyName } from './workloads.ts'

/** Records that have left the consumer's buffer: of the input, and of the last stage behind it. */
export interface Counters {
  read: number
  middle: number
}

export interface TopologyOptions {
  readonly inputs: readonly string[]
  readonly output: string
  readonly store: 'persistent' | 'log' | 'memory'
  readonly counters: Counters
}

// What Java's programs say by classes, ours says by shapes.

const order = shape.object({
  id: shape.integer,
  user: shape.string,
  page: shape.string,
  region: shape.string,
  cur: shape.string,
  amount: shape.number,
  qty: shape.integer,
  active: shape.boolean,
  ts: shape.integer,
})
type Order = ShapeType<typeof order>

const orderTotal = shape.object({
  id: shape.integer,
  user: shape.string,
  region: shape.string,
  totalCents: shape.integer,
  ts: shape.integer,
})

const trade = shape.object({
  type: shape.string,
  ticker: shape.string,
  price: shape.number,
  size: shape.integer,
})
type Trade = ShapeType<typeof trade>

const statistics = shape.object({
  ticker: shape.nullable(shape.string),
  count: shape.integer,
  sum: shape.number,
  min: shape.number,
  max: shape.number,
  avg: shape.number,
})
type Statistics = ShapeType<typeof statistics>

const user = shape.object({
  user: shape.string,
  name: shape.string,
  city: shape.string,
  tier: shape.integer,
  score: shape.integer,
})
type User = ShapeType<typeof user>

const view = shape.object({
  id: shape.integer,
  user: shape.string,
  page: shape.string,
  amount: shape.number,
  ts: shape.integer,
})
type View = ShapeType<typeof view>

const enrichedView = shape.object({
  id: shape.integer,
  user: shape.string,
  name: shape.string,
  city: shape.string,
  page: shape.string,
  tier: shape.integer,
  amount: shape.number,
  ts: shape.integer,
})
type EnrichedView = ShapeType<typeof enrichedView>

type Build = (builder: StreamsBuilder, options: TopologyOptions) => void

/** A serde that counts what it reads, as Java's programs do. */
function counting<T>(serde: Serde<T>, count: () => void): Serde<T> {
  const { deserializeSlice } = serde
  return {
    ...serde,
    name: serde.name,
    serialize: (value, topic, headers) => serde.serialize(value, topic, headers),
    deserialize(bytes, topic, headers) {
      count()
      return serde.deserialize(bytes, topic, headers)
    },
    ...(deserializeSlice === undefined
      ? {}
      : {
          deserializeSlice(buffer: Buffer, start: number, end: number) {
            count()
            return deserializeSlice(buffer, start, end)
          },
        }),
  }
}

function countingInput<T>(serde: Serde<T>, { counters }: TopologyOptions): { key: Serde<string>; value: Serde<T> } {
  return { key: serdes.string, value: counting(serde, () => void counters.read++) }
}

/** With JSON of a declared shape, or of any. */
const jsonMap =
  (isShaped: boolean): Build =>
  (builder, options) => {
    const value = isShaped ? serdes.json(order) : serdes.json<Order>()
    builder
      .stream(input(options), countingInput(value, options))
      .filter((_key, { active }) => active)
      .mapValues(({ id, user: name, region, amount, qty, ts }) => ({
        id,
        user: name,
        region,
        totalCents: Math.round(amount * qty * 100),
        ts,
      }))
      .to(options.output, { key: serdes.string, value: isShaped ? serdes.json(orderTotal) : serdes.json() })
  }

const stringMap: Build = (builder, options) => {
  builder
    .stream(input(options), countingInput(serdes.string, options))
    .mapValues((value) => value.toUpperCase())
    .to(options.output, { key: serdes.string, value: serdes.string })
}

const wordCount: Build = (builder, options) => {
  const { counters, store, output } = options
  builder
    .stream(input(options), countingInput(serdes.string, options))
    .flatMapValues((line) => line.toLowerCase().split(' '))
    .groupBy((_key, word) => word, {
      name: 'words',
      key: serdes.string,
      value: counting(serdes.string, () => void counters.middle++),
    })
    .count({ store: 'counts', engine: store })
    .toStream()
    .to(output, { key: serdes.string, value: serdes.long })
}

const count: Build = (builder, options) => {
  builder
    .stream(input(options), countingInput(serdes.string, options))
    .groupByKey()
    .count({ store: 'counts', engine: options.store })
    .toStream()
    .to(options.output, { key: serdes.string, value: serdes.long })
}

const hopping: Build = (builder, options) => {
  builder
    .stream(input(options), countingInput(serdes.json(trade), options))
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(5000).advanceBy(1000))
    .aggregate<Statistics>(
      () => ({ ticker: null, count: 0, sum: 0, min: 0, max: 0, avg: 0 }),
      (_ticker, next, sums) => add(sums, next),
      { store: 'statistics', engine: options.store, key: serdes.string, value: serdes.json(statistics) },
    )
    .toStream()
    .to(options.output, { key: serdes.timeWindowed(serdes.string, 5000), value: serdes.json(statistics) })
}

/** Changes the aggregate in place: what an aggregator returns belongs to the store. */
function add(sums: Statistics, { ticker, price }: Trade): Statistics {
  sums.ticker = ticker
  if (sums.count === 0) {
    sums.min = price
    sums.max = price
  } else {
    if (price < sums.min) sums.min = price
    if (price > sums.max) sums.max = price
  }
  sums.count += 1
  sums.sum += price
  sums.avg = sums.sum / sums.count
  return sums
}

const session: Build = (builder, options) => {
  builder
    .stream(input(options), countingInput(serdes.string, options))
    .groupByKey()
    .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(60_000))
    .count({ store: 'sessions', engine: options.store })
    .toStream()
    .to(options.output, { key: serdes.sessionWindowed(serdes.string), value: serdes.long })
}

const streamStreamJoin: Build = (builder, options) => {
  const consumed = countingInput(serdes.string, options)
  builder
    .stream<string, string>(input(options), consumed)
    .join(
      builder.stream<string, string>(input(options, 1), consumed),
      (left, right) => `${left}|${right}`,
      JoinWindows.ofTimeDifferenceWithNoGrace(10_000),
      { key: serdes.string, value: serdes.string, otherValue: serdes.string, storeType: options.store },
    )
    .to(options.output, { key: serdes.string, value: serdes.string })
}

const streamTableJoin: Build = (builder, options) => {
  const users = builder.table<string, User>(input(options, 1), {
    key: serdes.string,
    value: serdes.json(user),
    store: 'users',
    engine: options.store,
  })
  builder
    .stream<string, View>(input(options), countingInput(serdes.json(view), options))
    .join(users, enrich)
    .to(options.output, { key: serdes.string, value: serdes.json(enrichedView) })
}

const foreignKeyJoin: Build = (builder, options) => {
  const { counters, store, output } = options
  // A row and its user may meet twice, when they come at about the same time.
  const joined = new Set<number>()
  const users = builder.table<string, User>(input(options, 1), {
    key: serdes.string,
    value: serdes.json(user),
    store: 'users',
    engine: store,
  })
  builder
    .table<string, View>(input(options), {
      ...countingInput(serdes.json(view), options),
      store: 'views',
      engine: store,
    })
    .join(
      users,
      (row: View) => row.user,
      (row: View, match: User) => {
        joined.add(row.id)
        counters.middle = joined.size
        return enrich(row, match)
      },
      { store: 'enriched', engine: store, key: serdes.string, value: serdes.json(enrichedView) },
    )
    .toStream()
    .to(output, { key: serdes.string, value: serdes.json(enrichedView) })
}

function enrich({ id, user: name, page, amount, ts }: View, row: User): EnrichedView {
  return { id, user: name, name: row.name, city: row.city, page, tier: row.tier, amount, ts }
}

const builds: Readonly<Record<TopologyName, Build>> = {
  'json-map': jsonMap(true),
  'json-map-plain': jsonMap(false),
  'string-map': stringMap,
  'word-count': wordCount,
  count,
  hopping,
  session,
  'stream-stream-join': streamStreamJoin,
  'stream-table-join': streamTableJoin,
  'foreign-key-join': foreignKeyJoin,
}

export function isTopologyName(name: string): name is TopologyName {
  return name in builds
}

/** The topology of a workload, as Java's programs have it. */
export function topologyOf(name: TopologyName, options: TopologyOptions): Topology {
  const builder = new StreamsBuilder()
  builds[name](builder, options)
  return builder.build()
}

function input({ inputs }: TopologyOptions, index = 0): string {
  const topic = inputs[index]
  if (topic === undefined) throw new Error(`The workload reads ${index + 1} topics; ${inputs.length} were given`)
  return topic
}
