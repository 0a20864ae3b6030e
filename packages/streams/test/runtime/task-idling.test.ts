import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { ApiKey } from '@streamwright/protocol'
import { deferred, environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, StreamsBuilder, serdes } from '@streamwright/streams'
import type { StreamsConfig } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })
const strings = { key: serdes.string, value: serdes.string }

describe('a task that reads several topics', () => {
  let broker: Broker
  let bootstrapServers = ''
  let stateDir = ''
  let running: KafkaStreams | undefined

  before(async () => {
    broker = await startBroker({
      port: 0,
      inMemory: true,
      environment,
      settings: { 'group.initial.rebalance.delay.ms': '0' },
    })
    bootstrapServers = broker.bootstrapServers
  })
  after(() => broker.close())
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'streamwright-idling-'))
  })
  afterEach(async () => {
    await running?.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  async function topics(name: string): Promise<void> {
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics(
      ['left', 'right', 'none', 'out'].map((part) => ({ name: `${name}-${part}`, partitions: 1 })),
    )
    await admin.close()
  }

  /** Each record is a batch of its own. */
  async function send(to: readonly string[], times: readonly number[]): Promise<void> {
    const producer = new Producer({ bootstrapServers, lingerMs: 0 }, environment)
    for (const [index, timestamp] of times.entries())
      await producer.send({ topic: to[index % to.length] ?? '', key: 'k', value: String(timestamp), timestamp })
    await producer.close()
  }

  /** Left, right and none in one task, as they are, to out. */
  async function start(name: string, config: Partial<StreamsConfig>): Promise<void> {
    const builder = new StreamsBuilder(strings)
    const [left, right, none] = [
      builder.stream(`${name}-left`),
      builder.stream(`${name}-right`),
      builder.stream(`${name}-none`),
    ]
    left.merge(right).merge(none).to(`${name}-out`)
    const shared = { bootstrapServers, stateDir, commitIntervalMs: 20, pollMs: 10, producer: { lingerMs: 0 } }
    running = new KafkaStreams(builder.build(), { ...shared, ...config, applicationId: name }, environment)
    await running.start()
  }

  async function read(name: string, count: number): Promise<number[]> {
    const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest', fetchMaxWaitMs: 20 }, environment)
    consumer.assign([{ topic: `${name}-out`, partition: 0 }])
    const found: number[] = []
    while (found.length < count)
      for (const { value } of eachRecord(await consumer.poll(50))) found.push(Number(String(value)))
    await consumer.close()
    return found
  }

  // So small that an answer has one record: they arrive in turns, whatever their times, and every second fetch leaves
  // one of the two topics without a record.
  const oneRecordAtATime = { fetchMaxBytes: 1 }
  const inOrder = Array.from({ length: 60 }, (_none, time) => time)

  for (const [maxTaskIdleMs, isOrdered] of [
    [0, true],
    [-1, false],
  ] as const) {
    const what = isOrdered
      ? 'waits for a record that is on its way, so that they are taken in the order of time; an empty topic holds nothing up'
      : 'does not wait with max.task.idle.ms −1: then the same records are taken as they arrive'
    test(what, async () => {
      const name = `order${maxTaskIdleMs}`
      await topics(name)
      await send([`${name}-left`, `${name}-right`, `${name}-right`], inOrder)
      await start(name, { maxTaskIdleMs, consumer: oneRecordAtATime })
      const found = await read(name, inOrder.length)
      if (isOrdered) assert.deepEqual(found, inOrder)
      else assert.notDeepEqual(found, inOrder)
      assert.deepEqual(
        found.toSorted((a, b) => a - b),
        inOrder,
      )
    })
  }

  test('waits max.task.idle.ms longer for a record that is yet to be written', async () => {
    await topics('late')
    await start('late', { maxTaskIdleMs: 60_000 })
    const fetchedTwice = deferred()
    let fetches = 0
    const release = broker.intercept(ApiKey.Fetch, ({ clientId }) => {
      if (clientId?.startsWith('late-') === true && (fetches += 1) === 2) fetchedTwice.resolve()
      return undefined
    })
    fetches = -Infinity
    await send(['late-left'], [5])
    fetches = 0
    // The next answer but one comes when the application has had the record of the left topic.
    await fetchedTwice.promise
    release()
    await send(['late-right', 'late-none'], [3, 4])
    await send(['late-right', 'late-none'], [9, 9])
    assert.deepEqual(await read('late', 3), [3, 4, 5])
  })
})
