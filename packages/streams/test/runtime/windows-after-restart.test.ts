import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import type { KTable, StoreEngine, Windowed } from '@streamwright/streams'
import {
  KafkaStreams,
  SessionWindows,
  SlidingWindows,
  StreamsBuilder,
  TimeWindows,
  serdes,
} from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })
const strings = { key: serdes.string, value: serdes.string }

/** Kept much longer than the windows are open, so that only the committed metadata can hold back what was emitted. */
const keep = { store: 'windows', retentionMs: 600_000 }
type Table = KTable<Windowed<string>, number>
const kinds: Readonly<Record<string, (builder: StreamsBuilder, topic: string) => Table>> = {
  time: (builder, topic) =>
    builder
      .stream(topic, strings)
      .groupByKey()
      .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
      .emitStrategy('onWindowClose')
      .count(keep),
  sliding: (builder, topic) =>
    builder
      .stream(topic, strings)
      .groupByKey()
      .windowedBy(SlidingWindows.ofTimeDifferenceWithNoGrace(10))
      .emitStrategy('onWindowClose')
      .count(keep),
  session: (builder, topic) =>
    builder
      .stream(topic, strings)
      .groupByKey()
      .windowedBy(SessionWindows.ofInactivityGapWithNoGrace(10))
      .emitStrategy('onWindowClose')
      .count(keep),
}

describe('windows that are emitted when they close, after a restart', () => {
  let broker: Broker
  let stateDir = ''
  const running: KafkaStreams[] = []

  before(async () => {
    const settings = { 'group.initial.rebalance.delay.ms': '0' }
    broker = await startBroker({ port: 0, inMemory: true, environment, settings })
    stateDir = mkdtempSync(join(tmpdir(), 'streamwright-windows-'))
  })
  afterEach(async () => {
    for (const streams of running.splice(0)) await streams.close()
  })
  after(async () => {
    await broker.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  for (const [kind, table] of Object.entries(kinds)) {
    for (const storeEngine of ['memory', 'persistent'] as const) {
      test(`are not emitted again, and the open ones are (${kind}, ${storeEngine})`, async () => {
        const name = `${kind}-${storeEngine}`
        await createTopics(name)
        const first = await start(name, table, storeEngine)
        await send(name, [100, 105, 200])
        const emitted = await results(name, 1)
        await first.close()
        await start(name, table, storeEngine)
        await send(name, [300])
        const all = await results(name, emitted.length + 1)
        assert.deepEqual(all.slice(0, emitted.length), emitted)
        const ofTheFirst = all.filter((result) => !result.startsWith('200') && !result.startsWith('190'))
        assert.equal(new Set(all).size, all.length, `each once: ${all.join(', ')}`)
        assert.ok(all.length > ofTheFirst.length, `the window that was open at the restart: ${all.join(', ')}`)
      })
    }
  }

  async function createTopics(name: string): Promise<void> {
    const admin = new Admin({ bootstrapServers: broker.bootstrapServers }, environment)
    const partition = { partitions: 1, replicationFactor: 1 }
    await admin.createTopics([
      { name: `${name}-in`, ...partition },
      { name: `${name}-out`, ...partition },
    ])
    await admin.close()
  }

  async function start(
    name: string,
    table: (builder: StreamsBuilder, topic: string) => Table,
    storeEngine: StoreEngine,
  ): Promise<KafkaStreams> {
    const builder = new StreamsBuilder({ storeEngine })
    table(builder, `${name}-in`)
      .toStream((windowed, count) => `${windowed.window.startMs} ${count}`)
      .to(`${name}-out`, { key: serdes.string, value: serdes.long })
    const streams = new KafkaStreams(
      builder.build(),
      {
        applicationId: name,
        bootstrapServers: broker.bootstrapServers,
        stateDir: join(stateDir, name),
        commitIntervalMs: 20,
        producer: { lingerMs: 0 },
        '__emit.interval.ms.kstreams.windowed.aggregation__': '0',
      },
      environment,
    )
    running.push(streams)
    await streams.start()
    return streams
  }

  async function send(name: string, timestamps: readonly number[]): Promise<void> {
    const producer = new Producer({ bootstrapServers: broker.bootstrapServers }, environment)
    await producer.send(timestamps.map((timestamp) => ({ topic: `${name}-in`, key: 'k', value: 'x', timestamp })))
    await producer.close()
  }

  async function results(name: string, atLeast: number): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers: broker.bootstrapServers, enableAutoCommit: false }, environment)
    const place = { topic: `${name}-out`, partition: 0 }
    consumer.assign([place])
    consumer.seek(place, 0)
    const found: string[] = []
    while (found.length < atLeast) {
      for (const { key } of eachRecord(await consumer.poll(50))) found.push(key?.toString() ?? '')
    }
    await consumer.close()
    return found
  }
})
