import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { alterClientQuotas } from '@streamwright/protocol/messages/alter-client-quotas'
import { consumerGroupHeartbeat } from '@streamwright/protocol/messages/consumer-group-heartbeat'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { produce } from '@streamwright/protocol/messages/produce'
import { deferred } from '@streamwright/std'
import { AddressInUseError, startBroker } from '../../src/index.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { batchOf } from '../log/batches.ts'
import { FaultyStorage } from '../log/faulty-storage.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { ask, scrape } from './scrape.ts'

const settings = { 'metrics.port': 0 }

async function create(client: ProtocolClient, name: string): Promise<void> {
  const topics = [{ name, numPartitions: 1, replicationFactor: 1 }]
  assert.equal((await client.send(createTopics, 7, { topics })).topics[0]?.errorCode, 0)
}

async function write(client: ProtocolClient, topic: string, records: Buffer): Promise<number> {
  const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }]
  const { responses } = await client.send(produce, 9, { acks: -1, timeoutMs: 1000, topicData })
  return responses[0]?.partitionResponses[0]?.errorCode ?? -1
}

async function read(client: ProtocolClient, topic: string): Promise<number> {
  const partitions = [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1_000_000 }]
  const { responses } = await client.send(fetch, 12, {
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1_000_000,
    topics: [{ topic, partitions }],
  })
  return responses[0]?.partitions[0]?.records?.length ?? 0
}

test('counters rise by what was done', async (context) => {
  const { broker, client, environment } = await testBroker(context, { settings })
  await create(client, 'orders')
  const before = await scrape(broker)
  const records = batchOf({ values: ['a', 'b', 'c'] })
  assert.equal(await write(client, 'orders', records), 0)
  assert.equal(await write(client, 'nowhere', batchOf()), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const fetchedBytes = await read(client, 'orders')
  assert.equal(await read(client, 'nowhere'), 0)
  await environment.advance(5000)
  const after = await scrape(broker)

  const ofTopic = (name: string, topic: string): number =>
    after(`kafka_server_brokertopicmetrics_${name}_total{topic="${topic}"}`)
  assert.equal(ofTopic('messagesin', 'orders'), 3)
  assert.equal(ofTopic('bytesin', 'orders'), records.length)
  assert.equal(ofTopic('bytesout', 'orders'), fetchedBytes)
  assert.equal(ofTopic('totalproducerequests', 'orders'), 1)
  assert.equal(ofTopic('totalfetchrequests', 'orders'), 1)
  assert.equal(ofTopic('failedproducerequests', 'orders'), 0)
  // What is no topic gets no series of its own.
  assert.ok(Number.isNaN(ofTopic('failedproducerequests', 'nowhere')))
  assert.equal(ofTopic('failedproducerequests', '(other)'), 1)
  assert.equal(ofTopic('failedfetchrequests', '(other)'), 1)

  assert.equal(after('kafka_network_requestmetrics_requests_total{request="Produce",version="9"}'), 2)
  assert.equal(after('kafka_network_requestmetrics_errors_total{request="Produce",error="NONE"}'), 1)
  const unknown = '{request="Produce",error="UNKNOWN_TOPIC_OR_PARTITION"}'
  assert.equal(after(`kafka_network_requestmetrics_errors_total${unknown}`), 1)
  assert.equal(after('kafka_network_requestmetrics_totaltime_seconds_count{request="Fetch"}'), 2)
  assert.equal(after('kafka_network_requestmetrics_totaltime_seconds_bucket{request="Fetch",le="+Inf"}'), 2)
  assert.ok(after('kafka_network_requestmetrics_requestbytes_total{request="Produce"}') > 2 * 68)
  assert.equal(after('kafka_network_connections'), 1)

  const log = '{topic="orders",partition="0"}'
  assert.equal(before(`kafka_log_log_logendoffset${log}`), 0)
  assert.equal(after(`kafka_log_log_logendoffset${log}`), 3)
  assert.equal(after(`kafka_log_log_logstartoffset${log}`), 0)
  assert.equal(after(`kafka_log_log_size${log}`), records.length)
  assert.equal(after(`kafka_log_log_numlogsegments${log}`), 1)
  assert.equal(after('kafka_server_uptime_seconds'), 5)
  assert.ok(after('process_resident_memory_bytes') > 1_000_000)
  assert.ok(after('nodejs_eventloop_lag_p99_seconds') >= 0)

  await client.send(deleteTopics, 6, { topics: [{ name: 'orders' }] })
  const gone = await scrape(broker)
  assert.ok(Number.isNaN(gone('kafka_server_brokertopicmetrics_messagesin_total{topic="orders"}')))
})

test('latency is that of the request: a parked fetch took as long as it waited', async (context) => {
  const { broker, client, environment } = await testBroker(context, { settings })
  await create(client, 'orders')
  const topics = [{ topic: 'orders', partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1000 }] }]
  const waiting = client.send(fetch, 12, { maxWaitMs: 400, minBytes: 1, maxBytes: 1000, topics })
  await environment.settle()
  const meanwhile = await scrape(broker)
  assert.equal(meanwhile('kafka_server_delayedoperationpurgatory_purgatorysize{delayedoperation="Fetch"}'), 1)
  await environment.advance(400)
  await waiting
  const after = await scrape(broker)
  const bucket = (le: string): number =>
    after(`kafka_network_requestmetrics_totaltime_seconds_bucket{request="Fetch",le="${le}"}`)
  assert.equal(after('kafka_network_requestmetrics_totaltime_seconds_sum{request="Fetch"}'), 0.4)
  assert.deepEqual([bucket('0.25'), bucket('0.5'), bucket('30')], [0, 1, 1])
})

test('groups and transactions are counted by their states', async (context) => {
  const { broker, client } = await testBroker(context, { settings })
  await create(client, 'orders')
  await client.send(consumerGroupHeartbeat, 0, {
    groupId: 'readers',
    memberId: 'one',
    memberEpoch: 0,
    rebalanceTimeoutMs: 5000,
    subscribedTopicNames: ['orders'],
    topicPartitions: [],
  })
  await client.send(initProducerId, 4, { transactionalId: 'mover', transactionTimeoutMs: 1000 })
  const metric = await scrape(broker)
  const groups = 'kafka_server_group_coordinator_metrics_group_count'
  const consumerGroups = ['Assigning', 'Reconciling', 'Stable'].map((state) =>
    metric(`${groups}{protocol="consumer",state="${state}"}`),
  )
  assert.equal(
    consumerGroups.reduce((sum, count) => sum + count),
    1,
  )
  assert.equal(metric(`${groups}{protocol="classic",state="Stable"}`), 0)
  assert.equal(metric('kafka_server_group_coordinator_metrics_member_count'), 1)
  assert.equal(metric('kafka_server_transaction_coordinator_metrics_transaction_count{state="Empty"}'), 1)
})

test('throttled requests are counted, and what was kept back from a client has not gone out', async (context) => {
  const { broker, client } = await testBroker(context, { settings })
  await create(client, 'orders')
  await write(client, 'orders', batchOf({ values: ['x'.repeat(10_000)] }))
  const quota = {
    entity: [{ entityType: 'client-id', entityName: 'test' }],
    ops: [{ key: 'consumer_byte_rate', value: 1 }],
  }
  await client.send(alterClientQuotas, 1, { entries: [quota] })
  assert.equal(await read(client, 'orders'), 0)
  const metric = await scrape(broker)
  assert.equal(metric('kafka_network_requestmetrics_throttled_total{request="Fetch"}'), 1)
  assert.ok(metric('kafka_network_requestmetrics_throttletime_seconds_total{request="Fetch"}') > 0)
  assert.equal(metric('kafka_server_brokertopicmetrics_totalfetchrequests_total{topic="orders"}'), 1)
  assert.equal(metric('kafka_server_brokertopicmetrics_bytesout_total{topic="orders"}'), 0)
})

test('interception and what is no request are counted, too', async (context) => {
  const { broker, client, connect: another } = await testBroker(context, { settings })
  broker.intercept(ApiKey.Metadata, () => ({ errorCode: ErrorCode.UNKNOWN_SERVER_ERROR }))
  await client.send(metadata, 12, { topics: [{ name: 'orders' }] })
  const hostile = another()
  hostile.sendFrame(Buffer.from([3, 231, 0, 0, 0, 0, 0, 1]))
  await hostile.closed
  const metric = await scrape(broker)
  assert.equal(metric('kafka_network_malformed_requests_total'), 1)
  assert.equal(metric('kafka_network_requestmetrics_requests_total{request="Metadata",version="12"}'), 1)
})

test('a broker that runs is live and ready; one whose disk fails is live, and says what is wrong', async (context) => {
  const storage = new MemoryStorage()
  const { broker } = await testBroker(context, { settings, storage, dataDirectory: '/data' })
  const live = await ask(broker, '/health/live')
  assert.deepEqual([live.status, JSON.parse(live.body)], [200, { status: 'live' }])
  const ready = await ask(broker, '/health/ready')
  assert.deepEqual([ready.status, JSON.parse(ready.body)], [200, { status: 'ready' }])
  assert.equal(ready.headers['content-type'], 'application/json')
  storage.space = () => ({ totalBytes: 1000, usableBytes: 0 })
  const full = await ask(broker, '/health/ready')
  const problems = ['There is no space left for the log directory /data']
  assert.deepEqual([full.status, JSON.parse(full.body)], [503, { status: 'not ready', problems }])
  assert.equal((await ask(broker, '/health/live')).status, 200)
})

test('a partition that cannot be written is named, until a write succeeds again', async (context) => {
  const storage = new FaultyStorage(new MemoryStorage())
  const { broker, client } = await testBroker(context, { settings, storage, dataDirectory: '/data' })
  await create(client, 'orders')
  storage.freeBytes = 0
  assert.equal(await write(client, 'orders', batchOf()), ErrorCode.KAFKA_STORAGE_ERROR)
  const failed = await ask(broker, '/health/ready')
  assert.equal(failed.status, 503)
  assert.match(failed.body, /orders-0 cannot be written/)
  assert.equal((await scrape(broker))('kafka_server_replicamanager_offlinereplicacount'), 1)
  storage.freeBytes = Infinity
  assert.equal(await write(client, 'orders', batchOf()), 0)
  assert.equal((await ask(broker, '/health/ready')).status, 200)
})

/** A disk that syncs nothing until it is let go: a long recovery, a long shut-down. */
class HeldStorage extends FaultyStorage {
  hold: Promise<void> | undefined

  override async sync(path: string): Promise<void> {
    await this.hold
    await super.sync(path)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

test('a broker that starts, or closes, is live and not ready, from the first moment to the last', async () => {
  const storage = new HeldStorage(new MemoryStorage())
  const metricsPort = await freePort()
  const held = (): (() => void) => {
    const { promise, resolve } = deferred()
    storage.hold = promise
    return resolve
  }
  const release = held()
  const starting = startBroker({
    listen: false,
    dataDirectory: '/data',
    storage,
    environment: fakeEnvironment(),
    settings: { metricsPort },
  })
  const problems = async (): Promise<unknown[]> => {
    const { status, body } = await ask({ metricsPort }, '/health/ready')
    return [status, JSON.parse(body)]
  }
  const whileIt = (is: string): unknown[] => [503, { status: 'not ready', problems: [`The broker is ${is}`] }]
  // The port opens in one of the next turns.
  let started = await problems().catch(() => undefined)
  while (started === undefined) started = await problems().catch(() => undefined)
  assert.deepEqual(started, whileIt('starting'))
  assert.equal((await ask({ metricsPort }, '/health/live')).status, 200)
  assert.match((await ask({ metricsPort }, '/metrics')).body, /process_cpu_seconds_total/)
  release()
  const broker = await starting
  assert.deepEqual(await problems(), [200, { status: 'ready' }])
  const releaseAgain = held()
  const closing = broker.close()
  assert.deepEqual(await problems(), whileIt('closing'))
  assert.equal((await ask({ metricsPort }, '/health/live')).status, 200)
  releaseAgain()
  await closing
  await assert.rejects(ask({ metricsPort }, '/health/live'), /ECONNREFUSED/)
})

test('anything else is refused: paths, methods, and what is no HTTP', async (context) => {
  const { broker } = await testBroker(context, { settings })
  assert.equal((await ask(broker, '/')).status, 404)
  assert.equal((await ask(broker, '/metrics/../etc/passwd')).status, 404)
  assert.equal((await ask(broker, '/metrics?name=x')).status, 200)
  const post = await ask(broker, '/metrics', 'POST', 'x'.repeat(100_000))
  assert.deepEqual([post.status, post.headers['allow'], post.headers['connection']], [405, 'GET, HEAD', 'close'])
  const head = await ask(broker, '/metrics', 'HEAD')
  assert.deepEqual([head.status, head.body], [200, ''])
  assert.equal((await ask(broker, `/${'x'.repeat(20_000)}`)).status, 431)
  const socket = connect(broker.metricsPort ?? 0, '127.0.0.1')
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.on('error', () => {})
  socket.resume()
  socket.write('\0\0\0\u0010 no http\r\n\r\n')
  await closed
  assert.equal((await ask(broker, '/health/live')).status, 200)
})

test('no port, no endpoint; a taken one is refused, and nothing is left behind', async (context) => {
  const { broker } = await testBroker(context, { settings })
  const without = await testBroker(context)
  assert.equal(without.broker.metricsPort, undefined)
  const second = startBroker({
    inMemory: true,
    port: 0,
    environment: fakeEnvironment(),
    settings: { 'metrics.port': String(broker.metricsPort) },
  })
  await assert.rejects(second, AddressInUseError)
})
