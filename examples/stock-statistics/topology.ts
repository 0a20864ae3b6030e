import { StreamsBuilder, TimeWindows, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'

export const input = 'stocks'
export const output = 'stockstats-output'

/** An offer to sell `size` shares of `symbol` at `askPrice`. */
export interface Trade {
  readonly symbol: string
  readonly askPrice: number
  readonly size: number
}

/** What happened to one symbol within one window. */
export interface StockStatistics {
  readonly symbol: string
  readonly trades: number
  readonly volume: number
  readonly lowestAsk: number
  readonly averagePrice: number
}

export const windowSizeMs = 5000
export const advanceMs = 1000

/** Trades by symbol in; per symbol, the statistics of each 5-second window, of which one begins every second, out. */
export function stockStatisticsTopology(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream(input, { key: serdes.string, value: serdes.json<Trade>() })
    .groupByKey()
    .windowedBy(TimeWindows.ofSizeWithNoGrace(windowSizeMs).advanceBy(advanceMs))
    .aggregate<StockStatistics>(
      () => ({ symbol: '', trades: 0, volume: 0, lowestAsk: Number.MAX_VALUE, averagePrice: 0 }),
      (symbol, { askPrice, size }, before) => ({
        symbol,
        trades: before.trades + 1,
        volume: before.volume + size,
        lowestAsk: Math.min(before.lowestAsk, askPrice),
        averagePrice: (before.averagePrice * before.trades + askPrice) / (before.trades + 1),
      }),
      { store: 'stock-statistics', key: serdes.string, value: serdes.json<StockStatistics>() },
    )
    .toStream()
    .to(output, { key: serdes.timeWindowed(serdes.string, windowSizeMs), value: serdes.json<StockStatistics>() })
  return builder.build()
}
