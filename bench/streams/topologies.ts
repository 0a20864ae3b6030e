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

interface Order {
  id: number
  user: string
  page: string
  region: string
  cur: string
  amount: number
  qty: number
  active: boolean
  ts: number
}

interface Trade {
  type: string
  ticker: string
  price: number
  size: number
}

interface Statistics {
  ticker: string | null
  count: number
  sum: number
  min: number
  max: number
  avg: number
}

interface User {
  user: string
  name: string
  city: string
  tier: number
  score: number
}

interface View {
  id: number
  user: string
  page: string
  amount: number
  ts: number
}

type EnrichedView = View & Pick<User, 'name' | 'city' | 'tier'>

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

const jsonMap: Build = (builder, options) => {
  builder
    .stream(input(options), countingInput(serdes.json<Order>(), options))
    .filter((_key, { active }) => active)
    .mapValues(({ id, user, region, amount, qty, ts }) => ({
      id,
      user,
      region,
      totalCents: Math.round(amount * qty * 100),
      ts,
    }))
    .to(options.output, { key: serdes.string, value: serdes.json() })
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
    .stream(input(options), countingInput(serdes.json<Trade>(), options))
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(5000).advanceBy(1000))
    .aggregate<Statistics>(
      () => ({ ticker: null, count: 0, sum: 0, min: 0, max: 0, avg: 0 }),
      (_ticker, trade, statistics) => add(statistics, trade),
      { store: 'statistics', engine: options.store, key: serdes.string, value: serdes.json<Statistics>() },
    )
    .toStream()
    .to(options.output, { key: serdes.timeWindowed(serdes.string, 5000), value: serdes.json<Statistics>() })
}

/** Changes the aggregate in place: what an aggregator returns belongs to the store. */
function add(statistics: Statistics, { ticker, price }: Trade): Statistics {
  statistics.ticker = ticker
  if (statistics.count === 0) {
    statistics.min = price
    statistics.max = price
  } else {
    if (price < statistics.min) statistics.min = price
    if (price > statistics.max) statistics.max = price
  }
  statistics.count += 1
  statistics.sum += price
  statistics.avg = statistics.sum / statistics.count
  return statistics
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
    value: serdes.json<User>(),
    store: 'users',
    engine: options.store,
  })
  builder
    .stream<string, View>(input(options), countingInput(serdes.json<View>(), options))
    .join(users, enrich)
    .to(options.output, { key: serdes.string, value: serdes.json<EnrichedView>() })
}

const foreignKeyJoin: Build = (builder, options) => {
  const { counters, store, output } = options
  // A row and its user may meet twice, when they come at about the same time.
  const joined = new Set<number>()
  const users = builder.table<string, User>(input(options, 1), {
    key: serdes.string,
    value: serdes.json<User>(),
    store: 'users',
    engine: store,
  })
  builder
    .table<string, View>(input(options), {
      ...countingInput(serdes.json<View>(), options),
      store: 'views',
      engine: store,
    })
    .join(
      users,
      ({ user }: View) => user,
      (view: View, user: User) => {
        joined.add(view.id)
        counters.middle = joined.size
        return enrich(view, user)
      },
      { store: 'enriched', engine: store, key: serdes.string, value: serdes.json<EnrichedView>() },
    )
    .toStream()
    .to(output, { key: serdes.string, value: serdes.json<EnrichedView>() })
}

function enrich(view: View, user: User): EnrichedView {
  return {
    id: view.id,
    user: view.user,
    name: user.name,
    city: user.city,
    page: view.page,
    tier: user.tier,
    amount: view.amount,
    ts: view.ts,
  }
}

const builds: Readonly<Record<TopologyName, Build>> = {
  'json-map': jsonMap,
  'json-map-plain': jsonMap,
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
