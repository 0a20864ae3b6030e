import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, Stores, StreamsBuilder, Suppressed, TimeWindows, serdes } from '@streamwright/streams'
import type { ReadOnlyVersionedKeyValueStore, Topology, VersionedRecord } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })

describe('stores of an application, through restarts', () => {
  let broker: Broker
  let bootstrapServers = ''

  before(async () => {
    const settings = { 'group.initial.rebalance.delay.ms': '0' }
    broker = await startBroker({ port: 0, inMemory: true, environment, settings })
    bootstrapServers = broker.bootstrapServers
  })
  after(() => broker.close())

  /** Counts in a versioned store, and in windows that are told once, when they have closed. */
  function counting(name: string): Topology {
    const builder = new StreamsBuilder({ storeFormat: 'HEADERS' })
    const group = builder.stream(`${name}-in`, { key: serdes.string, value: serdes.string }).groupByKey()
    const supplier = Stores.persistentVersionedKeyValueStore('versions', { historyRetentionMs: 1000 })
    group.count({ supplier }).toStream().to(`${name}-out`, { value: serdes.long })
    group
      .windowedBy(TimeWindows.ofSizeWithNoGrace(10))
      .count({ store: 'windows' })
      .suppress(Suppressed.untilWindowCloses({ name: 'closed' }))
      .toStream((windowed) => `${windowed.key}@${windowed.window.startMs}`)
      .to(`${name}-out`, { key: serdes.string, value: serdes.long })
    return builder.build()
  }

  /** Everything written, as `key count`, once there is that much. */
  async function output(name: string, atLeast: number): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false }, environment)
    const place = { topic: `${name}-out`, partition: 0 }
    consumer.assign([place])
    consumer.seek(place, 0)
    const found: string[] = []
    while (found.length < atLeast)
      for (const { key, value } of eachRecord(await consumer.poll(50)))
        found.push(`${key?.toString() ?? ''} ${value?.readBigInt64BE() ?? ''}`)
    await consumer.close()
    return found
  }

  async function send(name: string, times: readonly number[]): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    const headers = [{ key: 'h', value: Buffer.from('1') }]
    await producer.send(times.map((timestamp) => ({ topic: `${name}-in`, key: 'a', value: 'x', timestamp, headers })))
    await producer.close()
  }

  for (const state of ['is kept', 'is lost'] as const) {
    test(`what waits in a buffer, and what rows were, is there again when the local state ${state}`, async () => {
      const name = state.replace(' ', '-')
      const stateDir = mkdtempSync(join(tmpdir(), 'streamwright-stores-'))
      const admin = new Admin({ bootstrapServers }, environment)
      await admin.createTopics(
        ['in', 'out'].map((suffix) => ({ name: `${name}-${suffix}`, partitions: 1, replicationFactor: 1 })),
      )
      await admin.close()
      const config = {
        applicationId: name,
        bootstrapServers,
        stateDir,
        statestoreCacheMaxBytes: 0,
        commitIntervalMs: 20,
      }
      const first = new KafkaStreams(counting(name), { ...config, producer: { lingerMs: 0 } }, environment)
      await first.start()
      await send(name, [1, 3])
      assert.deepEqual(await output(name, 2), ['a 1', 'a 2'])
      await first.close()
      if (state === 'is lost') first.cleanUp()

      const second = new KafkaStreams(counting(name), { ...config, producer: { lingerMs: 0 } }, environment)
      const restored = new Set<string>()
      second.setRestoreListener({ onRestoreEnd: (_place, store) => restored.add(store) })
      await second.start()
      assert.deepEqual(
        [...restored].toSorted(),
        state === 'is lost' ? ['closed-store', 'versions', 'windows'] : ['closed-store'],
      )
      const versions = (): (VersionedRecord<number> | null)[] => {
        const store = second.localStores('versions').get(0) as
          | ReadOnlyVersionedKeyValueStore<string, number>
          | undefined
        return [store?.get('a', 0) ?? null, store?.get('a', 2) ?? null, store?.get('a') ?? null]
      }
      assert.deepEqual(versions(), [
        null,
        { value: 1, timestamp: 1, validTo: 3 },
        { value: 2, timestamp: 3, validTo: null },
      ])
      await send(name, [30])
      assert.deepEqual((await output(name, 4)).slice(2).toSorted(), ['a 3', 'a@0 2'])
      assert.deepEqual(versions()[2], { value: 3, timestamp: 30, validTo: null })
      await second.close()
      rmSync(stateDir, { recursive: true, force: true })
    })
  }
})
