import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, KeyQuery, StateQueryRequest, StreamsBuilder, serdes } from '@streamwright/streams'
import type { ReadOnlyKeyValueStore, ValueAndTimestamp } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })
const strings = { key: serdes.string, value: serdes.string }

describe('a global table on a broker', () => {
  let broker: Broker
  let bootstrapServers = ''
  const stateDir = mkdtempSync(join(tmpdir(), 'streamwright-global-'))

  before(async () => {
    broker = await startBroker({
      port: 0,
      inMemory: true,
      environment,
      settings: { 'group.initial.rebalance.delay.ms': '0' },
    })
    bootstrapServers = broker.bootstrapServers
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics([
      { name: 'customers', partitions: 3 },
      { name: 'orders', partitions: 2 },
      { name: 'enriched', partitions: 1 },
    ])
    await admin.close()
  })
  after(async () => {
    await broker.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  async function send(topic: string, records: readonly (readonly [string, string | null])[]): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    for (const [key, value] of records) await producer.send({ topic, key, value })
    await producer.close()
  }

  function application(): KafkaStreams {
    const builder = new StreamsBuilder(strings)
    const customers = builder.globalTable<string, string>('customers', { store: 'customers' })
    builder
      .stream<string, string>('orders')
      .join(
        customers,
        (_order, customer) => customer,
        (customer, name, order) => `${order}: ${customer} is ${name}`,
      )
      .to('enriched')
    const config = { applicationId: 'global', bootstrapServers, stateDir, commitIntervalMs: 20, pollMs: 10 }
    return new KafkaStreams(builder.build(), { ...config, producer: { lingerMs: 0 } }, environment)
  }

  async function enriched(count: number): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest' }, environment)
    consumer.assign([{ topic: 'enriched', partition: 0 }])
    const values: string[] = []
    while (values.length < count) {
      for (const { value } of eachRecord(await consumer.poll(500))) values.push(String(value))
    }
    await consumer.close()
    return values.toSorted()
  }

  function names(streams: KafkaStreams): Map<string, string> {
    const store = streams.globalStore('customers') as ReadOnlyKeyValueStore<string, ValueAndTimestamp<string>>
    return new Map([...store.all()].map(({ key, value }) => [key, value.value]))
  }

  test('is full before the first record is joined, follows its topic, and goes on after a restart', async () => {
    await send('customers', [
      ['ann', 'Ann'],
      ['bob', 'Bob'],
      ['cy', 'Cy'],
    ])
    await send('orders', [
      ['o1', 'ann'],
      ['o2', 'bob'],
      ['o3', 'nobody'],
    ])
    const first = application()
    await first.start()
    assert.deepEqual(await enriched(2), ['o1: ann is Ann', 'o2: bob is Bob'])
    assert.deepEqual(names(first).size, 3)
    await send('customers', [
      ['ann', 'Anna'],
      ['bob', null],
    ])
    while (names(first).get('ann') !== 'Anna' || names(first).has('bob'))
      await new Promise((resolve) => setImmediate(resolve))
    assert.throws(
      () => (first.globalStore('customers') as unknown as { put(key: string, value: null): void }).put('ann', null),
      /can only be read/,
    )
    await first.close()
    await send('customers', [['dee', 'Dee']])
    await send('orders', [
      ['o4', 'ann'],
      ['o5', 'dee'],
      ['o6', 'bob'],
    ])
    const second = application()
    await second.start()
    assert.deepEqual((await enriched(4)).slice(2), ['o4: ann is Anna', 'o5: dee is Dee'])
    assert.deepEqual([...names(second).keys()].toSorted(), ['ann', 'cy', 'dee'])
    await second.close()
  })

  test('a topic that is missing ends the start with its name', async () => {
    const builder = new StreamsBuilder(strings)
    builder.globalTable<string, string>('no-such-topic')
    builder.stream<string, string>('orders').to('enriched')
    const config = {
      applicationId: 'missing',
      bootstrapServers,
      stateDir,
      'global.consumer.default.api.timeout.ms': 300,
    }
    const streams = new KafkaStreams(builder.build(), config, environment)
    try {
      await assert.rejects(streams.start(), /no-such-topic/)
    } finally {
      await streams.close()
    }
  })

  test('a topic that was made anew is read anew, and the store is where the new topic is', async () => {
    const admin = new Admin({ bootstrapServers }, environment)
    const ask = async (): Promise<readonly [unknown, unknown]> => {
      const builder = new StreamsBuilder(strings)
      const table = builder.globalTable<string, string>('remade', { store: 'remade' })
      builder.stream<string, string>('orders').to('enriched')
      const config = { applicationId: 'remade', bootstrapServers, stateDir, commitIntervalMs: 20, pollMs: 10 }
      await using streams = new KafkaStreams(builder.build(), config, environment)
      await streams.start()
      const { globalResult } = await streams.query(StateQueryRequest.inStore(table).withQuery(KeyQuery.withKey('ann')))
      return [globalResult?.isSuccess === true && globalResult.result, globalResult?.position?.toJSON()]
    }
    await admin.createTopics([{ name: 'remade', partitions: 1 }])
    await send('remade', [
      ['ann', 'Ann'],
      ['bob', 'Bob'],
      ['ann', 'Anna'],
    ])
    assert.deepEqual(await ask(), ['Anna', { remade: { 0: 2 } }])
    assert.deepEqual(await ask(), ['Anna', { remade: { 0: 2 } }], 'kept with the rows')
    await admin.deleteTopics(['remade'])
    await admin.createTopics([{ name: 'remade', partitions: 1 }])
    await admin.close()
    await send('remade', [['ann', 'Annie']])
    assert.deepEqual(await ask(), ['Annie', { remade: { 0: 0 } }])
  })
})
