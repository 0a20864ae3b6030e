import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { deferred, environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, StreamsBuilder, serdes } from '@streamwright/streams'
import type { AsyncCall } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })

describe('asynchronous operators on a broker', () => {
  let broker: Broker
  let bootstrapServers = ''
  const stateDir = mkdtempSync(join(tmpdir(), 'streamwright-asynchronous-'))

  before(async () => {
    broker = await startBroker({
      port: 0,
      inMemory: true,
      environment,
      settings: { 'group.initial.rebalance.delay.ms': '0' },
    })
    bootstrapServers = broker.bootstrapServers
  })
  after(async () => {
    await broker.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  async function start(name: string, call: (value: string, call: AsyncCall) => Promise<string>): Promise<KafkaStreams> {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
    const stream = builder.stream<string, string>(`${name}-in`)
    stream.mapValuesAsync((value, _key, details) => call(value, details)).to(`${name}-out`)
    // A table beside it, whose counts would be doubled if offsets and results did not go together.
    stream.groupByKey().count({ store: 'counts' })
    const config = { applicationId: name, bootstrapServers, stateDir, commitIntervalMs: 20, producer: { lingerMs: 0 } }
    const streams = new KafkaStreams(builder.build(), config, environment)
    await streams.start()
    return streams
  }

  async function prepare(name: string, values: readonly string[]): Promise<void> {
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics(['in', 'out'].map((suffix) => ({ name: `${name}-${suffix}`, partitions: 1 })))
    await admin.close()
    const producer = new Producer({ bootstrapServers }, environment)
    await producer.send(values.map((value) => ({ topic: `${name}-in`, key: 'k', value })))
    await producer.close()
  }

  async function read(name: string, count: number): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest' }, environment)
    consumer.assign([{ topic: `${name}-out`, partition: 0 }])
    const values: string[] = []
    while (values.length < count) {
      for (const { value } of eachRecord(await consumer.poll(1000))) values.push(String(value))
    }
    await consumer.close()
    return values
  }

  async function committed(name: string): Promise<number | undefined> {
    const consumer = new Consumer({ bootstrapServers, groupId: name }, environment)
    const place = { topic: `${name}-in`, partition: 0 }
    const offset = (await consumer.committed([place])).get(`${name}-in-0`)?.offset
    await consumer.close()
    return offset
  }

  test('nothing is committed while a call is open; when it has ended, everything is', async () => {
    await prepare('drain', ['1', '2', '3'])
    const gate = deferred()
    const reached = deferred()
    const streams = await start('drain', async (value) => {
      if (value === '2') {
        reached.resolve()
        await gate.promise
      }
      return `${value}!`
    })
    await reached.promise
    // Each look at the group takes longer than a commit interval.
    for (let round = 0; round < 5; round++) assert.equal(await committed('drain'), undefined)
    gate.resolve()
    assert.deepEqual(await read('drain', 3), ['1!', '2!', '3!'])
    await streams.close()
    assert.equal(await committed('drain'), 3)
  })

  test('closing waits for the calls a while, then aborts them; the next start repeats what they left open', async () => {
    await prepare('abort', ['1', '2'])
    const reached = deferred()
    let aborted = 0
    const first = await start('abort', (_value, { signal }) => {
      reached.resolve()
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted += 1
          reject(signal.reason as Error)
        })
      })
    })
    await reached.promise
    await first.close({ timeoutMs: 200 })
    assert.equal(aborted, 1, 'the second record waits behind the first, which has its key')
    assert.equal(await committed('abort'), undefined)
    const second = await start('abort', (value) => Promise.resolve(`${value} again`))
    assert.deepEqual(await read('abort', 2), ['1 again', '2 again'])
    await second.close()
    assert.equal(await committed('abort'), 2)
  })
})
