import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Producer } from '@streamwright/client'
import { partitionForKey } from '@streamwright/protocol'
import { environmentWith, silentLog } from '@streamwright/std'
import {
  KafkaStreams,
  KeyQuery,
  Position,
  PositionBound,
  QueryableStoreTypes,
  RangeQuery,
  SessionWindows,
  StateQueryRequest,
  StoreQueryParameters,
  StreamsBuilder,
  TimeWindows,
  WindowKeyQuery,
  WindowRangeQuery,
  serdes,
} from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })
const strings = { key: serdes.string, value: serdes.string }
const words = ['ann', 'bob', 'cy', 'dee', 'eve', 'fay', 'gus', 'hal']

describe('an application that is asked', () => {
  let broker: Broker
  let bootstrapServers = ''
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-queries-'))

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
      { name: 'words', partitions: 3 },
      { name: 'names', partitions: 2 },
    ])
    await admin.close()
  })
  after(async () => {
    await broker.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function send(topic: string, keys: readonly string[], timestamp: number): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    await Promise.all(keys.map((key) => producer.send({ topic, key, value: key.toUpperCase(), timestamp })))
    await producer.close()
  }

  function application(applicationId: string, stateDir: string, numStreamThreads = 2, applicationServer = '') {
    const builder = new StreamsBuilder(strings)
    const grouped = builder.stream<string, string>('words').groupByKey()
    const counts = grouped.count({ store: 'counts' })
    grouped.windowedBy(TimeWindows.ofSizeAndGrace(10, 1000)).count({ store: 'windows' })
    grouped.windowedBy(SessionWindows.ofInactivityGapAndGrace(5, 1000)).count({ store: 'sessions' })
    const names = builder.globalTable<string, string>('names', { store: 'names' })
    const config = {
      applicationId,
      bootstrapServers,
      stateDir: join(folder, stateDir),
      numStreamThreads,
      applicationServer,
      commitIntervalMs: 20,
      pollMs: 10,
      statestoreCacheMaxBytes: 0,
      producer: { lingerMs: 0 },
      consumer: { heartbeatIntervalMs: 50 },
    }
    return { streams: new KafkaStreams(builder.build(), config, environment), counts, names }
  }

  /** Until all that was sent is counted. */
  async function counted(streams: KafkaStreams, total: number): Promise<void> {
    const request = StateQueryRequest.inStore('counts').withQuery(RangeQuery.withNoBounds<string, number>())
    for (;;) {
      const { partitionResults } = await streams.query(request)
      let sum = 0
      for (const result of partitionResults.values()) {
        if (result.isSuccess) for (const { value } of result.result) sum += value
      }
      if (sum >= total) return
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  test('answers from the partition that has the key, with positions that later questions can wait for', async () => {
    const { streams: asked, counts, names } = application('ask', 'ask')
    await using streams = asked
    const one = StateQueryRequest.inStore(counts).withQuery(KeyQuery.withKey('ann'))
    await assert.rejects(streams.query(one), { name: 'StreamsNotStartedError', retriable: true })
    assert.throws(
      () => streams.store(StoreQueryParameters.fromNameAndType('counts', QueryableStoreTypes.keyValueStore())),
      {
        name: 'StreamsNotStartedError',
      },
    )
    await send('words', [...words, ...words], 3)
    await send('names', words, 3)
    await streams.start()
    await counted(streams, 2 * words.length)

    const all = await streams.query(one)
    assert.equal(all.onlyPartitionResult?.result, 2)
    assert.equal(all.partitionResults.size, 3)
    const place = [...all.partitionResults].find(([, result]) => result.isSuccess && result.result === 2)?.[0] ?? -1
    const only = await streams.query(one.withPartitions([place, 3]))
    assert.deepEqual(
      [...only.partitionResults].map(([partition, result]) => [partition, result.isSuccess || result.failureReason]),
      [
        [place, true],
        [3, 'DOES_NOT_EXIST'],
      ],
    )
    const seen = only.position.partitionPositions('words').get(place) ?? -1
    assert.ok(seen > 0)
    const later = PositionBound.at(Position.from({ words: { [place]: seen + 1 } }))
    const early = (await streams.query(one.withPartitions([place]).withPositionBound(later))).partitionResults.get(
      place,
    )
    assert.ok(early?.isSuccess === false && early.failureReason === 'NOT_UP_TO_BOUND')
    const active = await streams.query(one.requireActive().withPositionBound(later))
    assert.equal(active.onlyPartitionResult?.result, 2)

    const windows = StateQueryRequest.inStore('windows').withQuery(
      WindowKeyQuery.withKeyAndWindowStartRange('ann', 0, 100),
    )
    const found = [...(await streams.query(windows)).partitionResults.values()].flatMap((result) =>
      result.isSuccess ? [...result.result] : [],
    )
    assert.deepEqual(found, [[0, { value: 2, timestamp: 3 }]])
    const sessions = StateQueryRequest.inStore('sessions').withQuery(WindowRangeQuery.withKey<string, number>('ann'))
    const answer = await streams.query(sessions.withPartitions([place]))
    const [session] = answer.onlyPartitionResult?.result ?? []
    assert.deepEqual([String(session?.key), session?.value], ['[ann@3/3]', 2])

    const global = await streams.query(StateQueryRequest.inStore(names).withQuery(KeyQuery.withKey('bob')))
    assert.ok(global.globalResult?.isSuccess === true && global.partitionResults.size === 0)
    assert.equal(global.globalResult.result, 'BOB')
    assert.deepEqual(global.position.topics, ['names'])

    await assert.rejects(streams.query(StateQueryRequest.inStore('nowhere').withQuery(KeyQuery.withKey(''))), {
      name: 'UnknownStateStoreError',
    })
    await streams.close()
    await assert.rejects(streams.query(one), { name: 'StreamsStoppedError' })

    // The position of a persistent store is kept with its data; what is restored has seen all that was committed.
    for (const stateDir of ['ask', 'elsewhere']) {
      await using again = application('ask', stateDir).streams
      await again.start()
      const known = await again.query(one.withPartitions([place]).withPositionBound(PositionBound.at(all.position)))
      assert.equal(known.onlyPartitionResult?.result, 2)
    }
  })

  test('shows its stores as one, to be read', async () => {
    await using streams = application('read', 'read').streams
    await send('words', words, 100)
    await streams.start()
    await counted(streams, 3 * words.length)
    const { keyValueStore, timestampedKeyValueStore, windowStore, sessionStore } = QueryableStoreTypes

    const counts = streams.store(StoreQueryParameters.fromNameAndType('counts', keyValueStore<string, number>()))
    assert.deepEqual([counts.get('ann'), counts.get('nobody'), counts.name, counts.isOpen], [3, null, 'counts', true])
    assert.deepEqual([...counts.all()].map(({ key }) => key).toSorted(), words)
    assert.deepEqual([...counts.range('bob', 'dee')].map(({ key }) => key).toSorted(), ['bob', 'cy', 'dee'])
    assert.equal(counts.approximateNumEntries(), words.length)
    const timed = timestampedKeyValueStore<string, number>()
    assert.deepEqual(streams.store(StoreQueryParameters.fromNameAndType('counts', timed)).get('ann'), {
      value: 3,
      timestamp: 100,
    })
    const parts = [0, 1, 2].map((partition) => {
      const parameters = StoreQueryParameters.fromNameAndType('counts', timed).withPartition(partition)
      return [...streams.store(parameters.enableStaleStores()).all()].length
    })
    assert.equal(
      parts.reduce((sum, count) => sum + count),
      words.length,
    )

    const windows = streams.store(StoreQueryParameters.fromNameAndType('windows', windowStore<string, number>()))
    assert.equal(windows.fetch('ann', 100), 1)
    assert.deepEqual(
      [...windows.fetchRange('ann', 0, 200)],
      [
        [0, 2],
        [100, 1],
      ],
    )
    assert.equal([...windows.fetchAll(100, 100)].length, words.length)
    const sessions = streams.store(StoreQueryParameters.fromNameAndType('sessions', sessionStore<string, number>()))
    assert.deepEqual(
      [...sessions.fetch('ann')].map(({ value }) => value),
      [2, 1],
    )
    assert.equal([...sessions.fetchKeyRange(null, null)].length, 2 * words.length, 'sessions of all partitions')

    const names = streams.store(StoreQueryParameters.fromNameAndType('names', keyValueStore<string, string>()))
    assert.equal(names.get('cy'), 'CY')

    // What is counted is in its changelog only when the broker has it.
    const committed = async (): Promise<number> => {
      const lags = (await streams.allLocalStorePartitionLags()).get('counts')
      return [...(lags?.values() ?? [])].reduce((sum, { endOffsetPosition }) => sum + endOffsetPosition, 0)
    }
    while ((await committed()) < 3 * words.length) await new Promise((resolve) => setImmediate(resolve))
    const lags = await streams.allLocalStorePartitionLags()
    assert.deepEqual([...lags.keys()].toSorted(), ['counts', 'sessions', 'windows'])
    const ofCounts = [...(lags.get('counts')?.values() ?? [])]
    assert.equal(ofCounts.length, 3)
    assert.ok(ofCounts.every(({ offsetLag }) => offsetLag === 0))
    assert.equal(
      ofCounts.reduce((sum, { endOffsetPosition }) => sum + endOffsetPosition, 0),
      3 * words.length,
    )

    assert.throws(() => streams.store(StoreQueryParameters.fromNameAndType('windows', keyValueStore())).get('ann'), {
      name: 'InvalidStateStoreError',
      code: 'WRONG_STORE_TYPE',
    })
    assert.throws(() => streams.store(StoreQueryParameters.fromNameAndType('counts', timed).withPartition(7)).all(), {
      code: 'INVALID_STATE_STORE_PARTITION',
    })
    await streams.close()
    assert.throws(() => counts.get('ann'), { name: 'StreamsStoppedError' })
  })

  /** Whatever instance is asked, it knows which one has what. */
  function checkMetadata(streams: KafkaStreams, first: readonly string[]): void {
    const [one, two, ...more] = streams.metadataForAllStreamsClients()
    assert.deepEqual(
      [one?.hostInfo, two?.hostInfo, more.length],
      [{ host: 'localhost', port: 7001 }, { host: 'localhost', port: 7002 }, 0],
    )
    const partitions = (one?.topicPartitions ?? []).map(({ partition }) => partition)
    assert.deepEqual(new Set(partitions), new Set([0, 1, 2].filter((partition) => first[partition] === 'here')))
    assert.deepEqual([...(two?.stateStoreNames ?? [])].toSorted(), ['counts', 'names', 'sessions', 'windows'])
    assert.equal(streams.streamsMetadataForStore('counts').length, 2)
    for (const word of words) {
      const { activeHost, partition, standbyHosts } = streams.queryMetadataForKey('counts', word)
      assert.equal(partition, partitionForKey(Buffer.from(word), 3))
      assert.equal(activeHost?.port, first[partition] === 'here' ? 7001 : 7002)
      assert.deepEqual(standbyHosts, [])
    }
    const chosen = streams.queryMetadataForKey('windows', 'ann', { partitioner: () => [2] })
    assert.equal(chosen.partition, 2)
    assert.throws(() => streams.queryMetadataForKey('windows', 'ann', { partitioner: () => [0, 1] }), {
      code: 'INVALID_ARGUMENT',
    })
    assert.equal(streams.queryMetadataForKey('names', 'ann').partition, -1)
    assert.throws(() => streams.queryMetadataForKey('nowhere', 'ann'), { name: 'UnknownStateStoreError' })
  }

  test('does not answer for partitions that another instance has, and knows which has', async () => {
    const { streams: one, counts } = application('two', 'two-1', 1, 'localhost:7001')
    await using first = one
    await using second = application('two', 'two-2', 1, 'localhost:7002').streams
    await first.start()
    await second.start()
    const request = StateQueryRequest.inStore(counts).withQuery(RangeQuery.withNoBounds()).withPartitions([0, 1, 2])
    const placesOf = async (streams: KafkaStreams): Promise<readonly string[]> => {
      const { partitionResults } = await streams.query(request)
      return [0, 1, 2].map((partition) => {
        const result = partitionResults.get(partition)
        return result?.isSuccess === false ? result.failureReason : 'here'
      })
    }
    for (;;) {
      const [here, there] = [await placesOf(first), await placesOf(second)]
      const isSettled = here.every((place, index) => (place === 'here') !== (there[index] === 'here'))
      if (isSettled && here.includes('here') && there.includes('here')) {
        assert.ok([...here, ...there].every((place) => place === 'here' || place === 'NOT_PRESENT'))
        checkMetadata(first, here)
        checkMetadata(second, here)
        break
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  })

  test('knows the partitions of keys in topics that it reads by a pattern', async () => {
    const builder = new StreamsBuilder(strings)
    builder
      .stream<string, string>(/^wor.s$/)
      .groupByKey()
      .count({ store: 'matched' })
    const config = {
      applicationId: 'pattern',
      bootstrapServers,
      stateDir: join(folder, 'pattern'),
      applicationServer: 'localhost:7003',
      pollMs: 10,
    }
    await using streams = new KafkaStreams(builder.build(), config, environment)
    await streams.start()
    const { activeHost, partition } = streams.queryMetadataForKey('matched', 'ann')
    assert.deepEqual([activeHost?.port, partition], [7003, partitionForKey(Buffer.from('ann'), 3)])
    assert.equal(streams.streamsMetadataForStore('matched').length, 1)
  })
})
