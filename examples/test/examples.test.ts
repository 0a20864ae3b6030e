import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import { serdes } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'
import type { Example } from '../example.ts'
import { stockStatistics } from '../stock-statistics/main.ts'
import { input, output, stockStatisticsTopology } from '../stock-statistics/topology.ts'
import type { StockStatistics, Trade } from '../stock-statistics/topology.ts'
import { trades } from '../stock-statistics/trades.ts'
import { wordCount } from '../word-count/main.ts'

async function run(example: Example, records: number | undefined): Promise<string[]> {
  const broker = await startBroker({ port: 0, inMemory: true })
  const stateDirectory = mkdtempSync(join(tmpdir(), 'streamwright-example-'))
  const lines: string[] = []
  try {
    await example({
      bootstrapServers: broker.bootstrapServers,
      records,
      print: (line) => lines.push(line),
      interrupted: new AbortController().signal,
      stateDirectory,
    })
  } finally {
    await broker.close()
    rmSync(stateDirectory, { recursive: true, force: true })
  }
  return lines
}

describe('examples', () => {
  test('word-count prints each update', async () => {
    assert.deepEqual(await run(wordCount, undefined), [
      'all\t1',
      'streams\t1',
      'lead\t1',
      'to\t1',
      'kafka\t1',
      'hello\t1',
      'kafka\t2',
      'streams\t2',
      'join\t1',
      'kafka\t3',
      'summit\t1',
    ])
  })

  test('stock-statistics prints windows', async () => {
    const lines = await run(stockStatistics, 20)
    assert.ok(lines.length > 0)
    for (const line of lines)
      assert.match(line, /^\S+Z {2}\w+ +trades \d+ {2}volume \d+ {2}lowest [\d.]+ {2}average \d+\.\d\d$/)
  })

  test('the statistics of every window are those of a plain computation', () => {
    using driver = new TopologyTestDriver(stockStatisticsTopology())
    const stocks = driver.createInputTopic(input, { key: serdes.string, value: serdes.json<Trade>() })
    const results = driver.createOutputTopic(output, {
      key: serdes.timeWindowed(serdes.string, 5000),
      value: serdes.json<StockStatistics>(),
    })
    const sent: (Trade & { readonly atMs: number })[] = []
    for (const trade of trades(7)) {
      const atMs = 10_000 + sent.length * 150
      sent.push({ ...trade, atMs })
      stocks.pipe({ key: trade.symbol, value: trade, timestamp: atMs })
      if (sent.length === 200) break
    }
    for (const [key, value] of results.readAsMap()) {
      assert.ok(key !== null && value !== null)
      const inside = sent.filter(
        ({ symbol, atMs }) => symbol === key.key && atMs >= key.window.startMs && atMs < key.window.endMs,
      )
      assert.ok(value.trades <= inside.length)
      if (value.trades < inside.length) continue
      assert.equal(
        value.volume,
        inside.reduce((sum, { size }) => sum + size, 0),
      )
      assert.equal(value.lowestAsk, Math.min(...inside.map(({ askPrice }) => askPrice)))
      assert.ok(
        Math.abs(value.averagePrice - inside.reduce((sum, { askPrice }) => sum + askPrice, 0) / inside.length) < 1e-9,
      )
    }
  })
})
