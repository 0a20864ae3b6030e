import { StreamsBuilder, TimeWindows, serdes } from '@streamwright/streams'
import type { Serde, Topology } from '@streamwright/streams'

/** Records that have left the consumer's buffer: of the input, and of the repartition topic. */
export interface Counters {
  read: number
  middle: number
}

interface Trade {
  readonly type: string
  readonly ticker: string
  readonly price: number
  readonly size: number
}

interface Statistics {
  ticker: string | null
  count: number
  sum: number
  min: number
  max: number
  avg: number
}

/** A serde that counts what it reads, as the harness counts for Java. */
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

/** The topology of a workload, as the Java program of the harness has it. */
export function workloadTopology(
  workload: string,
  input: string,
  output: string,
  inMemory: boolean,
  counters: Counters,
): Topology {
  const builder = new StreamsBuilder()
  const engine = inMemory ? 'memory' : 'persistent'
  const countRead = (): void => void counters.read++
  if (workload === 'word-count') {
    builder
      .stream(input, { key: serdes.string, value: counting(serdes.string, countRead) })
      .flatMapValues((line) => line.toLowerCase().split(' '))
      .groupBy((_key, word) => word, {
        name: 'words',
        key: serdes.string,
        value: counting(serdes.string, () => void counters.middle++),
      })
      .count({ store: 'counts', engine })
      .toStream()
      .to(output, { key: serdes.string, value: serdes.long })
  } else if (workload === 'hopping') {
    builder
      .stream(input, { key: serdes.string, value: counting(serdes.json<Trade>(), countRead) })
      .groupByKey()
      .windowedBy(TimeWindows.ofSizeWithNoGrace(5000).advanceBy(1000))
      .aggregate<Statistics>(
        () => ({ ticker: null, count: 0, sum: 0, min: 0, max: 0, avg: 0 }),
        (_key, trade, statistics) => add(statistics, trade),
        {
          store: 'stats',
          engine,
          key: serdes.string,
          value: serdes.json<Statistics>(),
        },
      )
      .toStream()
      .to(output, { key: serdes.timeWindowed(serdes.string, 5000), value: serdes.json<Statistics>() })
  } else throw new Error(`The workload ${workload} is not built yet; there are word-count and hopping`)
  return builder.build()
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
