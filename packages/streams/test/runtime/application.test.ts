import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { ConfigurationError, environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, StreamsBuilder, serdes } from '@streamwright/streams'
import type { StreamsConfig, Topology } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })

describe('an application on a broker', () => {
  let broker: Broker
  let bootstrapServers = ''
  let stateDir = ''
  const running: KafkaStreams[] = []

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
    stateDir = mkdtempSync(join(tmpdir(), 'streamwright-application-'))
  })
  afterEach(async () => {
    for (const streams of running.splice(0)) await streams.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  function counting(name: string): Topology {
    const builder = new StreamsBuilder()
    builder
      .stream(`${name}-in`, { key: serdes.string, value: serdes.string })
      .groupByKey()
      .count({ store: 'counts' })
      .toStream()
      .to(`${name}-out`, { value: serdes.long })
    return builder.build()
  }

  async function start(name: string, topology: Topology, config: Partial<StreamsConfig> = {}): Promise<KafkaStreams> {
    const streams = new KafkaStreams(
      topology,
      {
        commitIntervalMs: 20,
        statestoreCacheMaxBytes: 0,
        stateDir,
        producer: { lingerMs: 0 },
        ...config,
        applicationId: name,
        bootstrapServers,
      },
      environment,
    )
    running.push(streams)
    await streams.start()
    return streams
  }

  async function topics(name: string, partitions: number): Promise<void> {
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics(
      ['in', 'out'].map((suffix) => ({ name: `${name}-${suffix}`, partitions, replicationFactor: 1 })),
    )
    await admin.close()
  }

  async function send(name: string, keys: readonly string[]): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    await producer.send(keys.map((key) => ({ topic: `${name}-in`, key, value: 'x' })))
    await producer.close()
  }

  /** `key count` of everything written, once there is that much. */
  async function counts(name: string, partitions: number, atLeast: number): Promise<string[]> {
    const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false }, environment)
    const places = Array.from({ length: partitions }, (_none, partition) => ({ topic: `${name}-out`, partition }))
    consumer.assign(places)
    for (const place of places) consumer.seek(place, 0)
    const found: string[] = []
    while (found.length < atLeast)
      for (const { key, value } of eachRecord(await consumer.poll(50)))
        found.push(`${key?.toString() ?? ''} ${value?.readBigInt64BE() ?? ''}`)
    await consumer.close()
    return found
  }

  for (const engine of ['persistent', 'memory'] as const) {
    test(`goes on counting after a restart, with its state and without (${engine})`, async () => {
      const name = `restart-${engine}`
      await topics(name, 1)
      const config = engine === 'memory' ? { stateDir } : {}
      const first = await start(name, counting(name), config)
      await send(name, ['a', 'b', 'a'])
      assert.deepEqual(await counts(name, 1, 3), ['a 1', 'b 1', 'a 2'])
      await first.close()
      const second = await start(name, counting(name), config)
      await send(name, ['a'])
      assert.deepEqual((await counts(name, 1, 4)).slice(3), ['a 3'])
      await second.close()
      second.cleanUp()
      const restored: number[] = []
      const third = new KafkaStreams(
        counting(name),
        { applicationId: name, bootstrapServers, stateDir, statestoreCacheMaxBytes: 0, commitIntervalMs: 20 },
        environment,
      )
      running.push(third)
      third.setRestoreListener({ onRestoreEnd: (_place, _store, records) => restored.push(records) })
      await third.start()
      assert.deepEqual(restored, [4])
      const ofTask = { group: 'stream-task-metrics' }
      assert.equal(third.metrics().get('restore-total', ofTask)?.value, 4)
      assert.equal(third.metrics().get('restore-remaining-records-total', ofTask)?.value, 0)
      await send(name, ['b'])
      assert.deepEqual((await counts(name, 1, 5)).slice(4), ['b 2'])
    })
  }

  test('waits while it is paused, before its start too, and tells what its threads do', async () => {
    const name = 'paused'
    await topics(name, 2)
    const streams = new KafkaStreams(
      counting(name),
      { applicationId: name, bootstrapServers, stateDir, statestoreCacheMaxBytes: 0, commitIntervalMs: 20, pollMs: 10 },
      environment,
    )
    running.push(streams)
    streams.pause()
    await streams.start()
    assert.equal(streams.isPaused, true)
    await send(name, ['a', 'b'])
    const [thread, ...others] = streams.metadataForLocalThreads()
    assert.deepEqual(others, [])
    assert.match(thread?.threadName ?? '', /-StreamThread-1$/)
    assert.equal(thread?.threadState, 'RUNNING')
    assert.deepEqual(
      thread?.activeTasks.map(({ taskId, topicPartitions }) => ({ taskId, topicPartitions })),
      [0, 1].map((partition) => ({
        taskId: { subtopology: 0, partition },
        topicPartitions: [{ topic: 'paused-in', partition }],
      })),
    )
    // Another application that reads the same shows that there was time enough.
    const other = await start('not-paused', counting(name))
    assert.deepEqual((await counts(name, 2, 2)).toSorted(), ['a 1', 'b 1'])
    await other.close()
    assert.equal(processed(streams), 0)
    streams.resume()
    assert.deepEqual((await counts(name, 2, 4)).toSorted(), ['a 1', 'a 1', 'b 1', 'b 1'])
    assert.equal(processed(streams), 2)
  })

  /** Records that its tasks have taken. */
  function processed(streams: KafkaStreams): number {
    return streams.metrics().sum('process-total', { group: 'stream-task-metrics' })
  }

  test('tells under Kafka’s names what the instance, its thread, task, nodes and topics have done', async () => {
    await topics('measured', 1)
    const streams = await start('measured', counting('measured'), { clientId: 'me' })
    await send('measured', ['a', 'b', 'a'])
    await counts('measured', 1, 3)
    const metrics = streams.metrics()
    const own = { tags: { 'client-id': 'me' } }
    assert.equal(metrics.get('state', own)?.value, 'RUNNING')
    assert.equal(metrics.get('application-id', own)?.value, 'measured')
    assert.equal(metrics.get('alive-stream-threads', own)?.value, 1)
    assert.match(String(metrics.get('topology-description')?.value), /^Topologies:/)
    const thread = { group: 'stream-thread-metrics', tags: { 'thread-id': 'me-StreamThread-1' } }
    assert.equal(metrics.get('process-total', thread)?.value, 3)
    assert.equal(metrics.get('state', thread)?.value, 'RUNNING')
    assert.ok(Number(metrics.get('poll-total', thread)?.value) > 0)
    assert.ok(Number(metrics.get('process-latency-avg', thread)?.value) > 0)
    assert.equal(metrics.get('process-total', { tags: { 'task-id': '0_0' } })?.value, 3)
    assert.equal(metrics.get('records-consumed-total', { tags: { topic: 'measured-in' } })?.value, 3)
    assert.equal(metrics.get('records-produced-total', { tags: { topic: 'measured-out' } })?.value, 3)
    const ages = metrics.all('record-e2e-latency-max', { group: 'stream-processor-node-metrics' })
    assert.deepEqual([ages.length, ages.every(({ value }) => Number(value) < 60_000)], [2, true])
    assert.ok(metrics.sum('record-send-total', { group: 'producer-metrics' }) >= 6)
    await streams.close()
    assert.equal(streams.metrics().get('alive-stream-threads')?.value, 0)
    assert.equal(streams.metrics().sum('task-closed-total'), 1)
  })

  test('two instances share the partitions, and the one that is left takes them all', async () => {
    await topics('shared', 4)
    const states: string[] = []
    const first = await start('shared', counting('shared'), {
      stateDir: join(stateDir, '1'),
      consumer: { heartbeatIntervalMs: 20 },
    })
    first.onStateChange((state) => states.push(state))
    const second = await start('shared', counting('shared'), {
      stateDir: join(stateDir, '2'),
      consumer: { heartbeatIntervalMs: 20 },
    })
    const keys = Array.from({ length: 40 }, (_none, index) => `key-${index}`)
    await send('shared', keys)
    assert.deepEqual((await counts('shared', 4, 40)).toSorted(), keys.map((key) => `${key} 1`).toSorted())
    assert.deepEqual(states.slice(0, 2), ['REBALANCING', 'RUNNING'])
    const shares = [first, second].map((streams) => streams.localStores('counts').size)
    assert.deepEqual(shares, [2, 2])
    await second.close()
    await send('shared', keys)
    assert.deepEqual(
      (await counts('shared', 4, 80)).slice(40).every((count) => count.endsWith(' 2') || count.endsWith(' 1')),
      true,
    )
    assert.equal(first.localStores('counts').size, 4)
  })

  test('a source topic that is missing is named', async () => {
    await assert.rejects(start('missing', counting('missing')), /The source topic missing-in does not exist/)
    assert.equal(running.at(-1)?.state, 'ERROR')
  })

  test('a processor that throws ends the instance with an error that says where', async () => {
    await topics('failing', 1)
    const builder = new StreamsBuilder()
    builder
      .stream('failing-in', { key: serdes.string, value: serdes.string })
      .mapValues((): string => {
        throw new Error('boom')
      })
      .to('failing-out', { value: serdes.string })
    const streams = await start('failing', builder.build())
    const failed = new Promise<Error>((resolve) => streams.onFailure(resolve))
    await send('failing', ['a'])
    assert.match((await failed).message, /KSTREAM-MAPVALUES-0000000001 failed for record failing-in-0@0: boom/)
    assert.equal(streams.state, 'ERROR')
  })

  test('the state directory is not shared by two processes at work', async () => {
    await topics('locked', 1)
    await start('locked', counting('locked'))
    await assert.rejects(
      start('locked', counting('locked')),
      /is used by process \d+\. Stop that one, or give this instance another state.dir/,
    )
  })

  test('what cannot be is refused when the instance is made', () => {
    const config = { applicationId: 'wrong', bootstrapServers }
    assert.throws(
      () => new KafkaStreams(counting('wrong'), { ...config, commitIntervalMs: -1 }),
      /commit.interval.ms: it must be at least 0/,
    )
    assert.throws(
      () => new KafkaStreams(counting('wrong'), { ...config, processingGuarantee: 'exactly_once_v2' }),
      ConfigurationError,
    )
  })
})
