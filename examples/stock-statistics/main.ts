import { Producer } from '@streamwright/client'
import { systemTimers, delay } from '@streamwright/std'
import { KafkaStreams } from '@streamwright/streams'
import { ensureTopics, follow } from '../example.ts'
import type { ExampleOptions } from '../example.ts'
import { input, output, stockStatisticsTopology } from './topology.ts'
import type { StockStatistics } from './topology.ts'
import { trades } from './trades.ts'

const tradesPerTick = 10
const tickMs = 100

/** Generates trades, and prints the statistics of each window as they change. */
export async function stockStatistics({
  bootstrapServers,
  records,
  print,
  interrupted,
  stateDirectory,
}: ExampleOptions): Promise<void> {
  await ensureTopics(bootstrapServers, [input, output])
  const streams = new KafkaStreams(stockStatisticsTopology(), {
    applicationId: 'stock-statistics',
    bootstrapServers,
    commitIntervalMs: 1000,
    ...(stateDirectory === undefined ? {} : { stateDir: stateDirectory }),
  })
  await streams.start()
  let sent = 0
  let counted = 0
  const following = follow(
    bootstrapServers,
    { topic: output, offset: 0 },
    interrupted,
    ({ key, value }) => {
      const statistics: StockStatistics = JSON.parse(value?.toString() ?? '{}')
      const startMs = Number(key?.readBigInt64BE(key.length - 8) ?? 0)
      counted = Math.max(counted, statistics.trades)
      print(
        `${new Date(startMs).toISOString()}  ${statistics.symbol.padEnd(5)} trades ${statistics.trades}  volume ${statistics.volume}  lowest ${statistics.lowestAsk}  average ${statistics.averagePrice.toFixed(2)}`,
      )
    },
    () => records !== undefined && sent >= records && counted > 0,
  )
  await generate(bootstrapServers, records ?? Number.POSITIVE_INFINITY, interrupted, () => {
    sent += 1
  })
  await following
  await streams.close()
}

async function generate(
  bootstrapServers: string,
  records: number,
  interrupted: AbortSignal,
  onSent: () => void,
): Promise<void> {
  const producer = new Producer({ bootstrapServers })
  let left = records
  for (const trade of trades(1)) {
    if (left <= 0 || interrupted.aborted) break
    await producer.send({ topic: input, key: trade.symbol, value: JSON.stringify(trade) })
    onSent()
    left -= 1
    if (left % tradesPerTick === 0) await delay(systemTimers, tickMs)
  }
  await producer.close()
}
