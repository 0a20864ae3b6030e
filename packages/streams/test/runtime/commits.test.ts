import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, Producer, eachRecord } from '@streamwright/client'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { deferred, environmentWith, silentLog } from '@streamwright/std'
import { KafkaStreams, StreamsBuilder, serdes } from '@streamwright/streams'
import type { StreamsConfig } from '@streamwright/streams'

const environment = environmentWith({ log: silentLog })

/**
 * Under load a broker was killed in the middle of a commit, and the application, which the group had not heard of in
 * time, ended with the error that the group was rebalancing.
 */
describe('commits that the group does not take', () => {
  let broker: Broker
  let bootstrapServers = ''
  let stateDir = ''
  let streams: KafkaStreams | undefined

  before(async () => {
    const settings = { 'group.initial.rebalance.delay.ms': '0' }
    broker = await startBroker({ port: 0, inMemory: true, environment, settings })
    bootstrapServers = broker.bootstrapServers
  })
  after(() => broker.close())
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'streamwright-commits-'))
  })
  afterEach(async () => {
    await streams?.close()
    rmSync(stateDir, { recursive: true, force: true })
  })

  async function start(name: string, config: Partial<StreamsConfig> = {}): Promise<KafkaStreams> {
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.createTopics([`${name}-in`, `${name}-out`].map((topic) => ({ name: topic, partitions: 1 })))
    await admin.close()
    const builder = new StreamsBuilder()
    builder
      .stream(`${name}-in`, { key: serdes.string, value: serdes.string })
      .groupByKey()
      .count()
      .toStream()
      .to(`${name}-out`, { value: serdes.long })
    const shared = { bootstrapServers, stateDir, commitIntervalMs: 20, pollMs: 10, statestoreCacheMaxBytes: 0 }
    const settings = { ...shared, producer: { lingerMs: 0 }, ...config, applicationId: name }
    streams = new KafkaStreams(builder.build(), settings, environment)
    await streams.start()
    return streams
  }

  async function send(name: string, count: number): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    await producer.send(Array.from({ length: count }, () => ({ topic: `${name}-in`, key: 'k', value: 'x' })))
    await producer.close()
  }

  /** Resolves when the count of the key has come to this, or beyond. */
  async function counted(name: string, atLeast: number): Promise<void> {
    const consumer = new Consumer({ bootstrapServers, autoOffsetReset: 'earliest', fetchMaxWaitMs: 20 }, environment)
    consumer.assign([{ topic: `${name}-out`, partition: 0 }])
    let last = 0
    while (last < atLeast) {
      for (const { value } of eachRecord(await consumer.poll(50))) last = Number(value?.readBigInt64BE() ?? 0)
    }
    await consumer.close()
  }

  /** Resolves when so much of the input is committed. */
  async function committed(name: string, offset: number): Promise<void> {
    const admin = new Admin({ bootstrapServers }, environment)
    let found = -1
    while (found < offset) found = (await admin.listGroupOffsets(name)).get(`${name}-in-0`)?.offset ?? -1
    await admin.close()
    assert.equal(found, offset)
  }

  test('while it rebalances: the application joins again and goes on', async () => {
    const name = 'rebalancing'
    let refused = 0
    const release = broker.intercept(ApiKey.OffsetCommit, () =>
      refused++ === 0 ? { errorCode: ErrorCode.REBALANCE_IN_PROGRESS } : undefined,
    )
    const application = await start(name)
    await send(name, 3)
    await counted(name, 3)
    await committed(name, 3)
    release()
    assert.ok(refused > 1)
    await send(name, 2)
    await counted(name, 5)
    await committed(name, 5)
    assert.notEqual(application.state, 'ERROR')
  })

  test('from a member that was put out of the group: the application joins again and goes on', async () => {
    const name = 'put-out'
    const application = await start(name)
    await send(name, 3)
    await committed(name, 3)
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.removeGroupMembers(name, 'all')
    await admin.close()
    await send(name, 3)
    // Processed by the old member and, as far as that could not commit it, again by the new one.
    await counted(name, 6)
    await committed(name, 6)
    assert.notEqual(application.state, 'ERROR')
  })

  test('because its coordinator cannot be asked: a later commit has it all, within task.timeout.ms', async () => {
    const name = 'unreachable'
    const application = await start(name, { consumer: { defaultApiTimeoutMs: 50, requestTimeoutMs: 50 } })
    await send(name, 1)
    await committed(name, 1)
    // More than one time-out of a commit long.
    const refusedOften = deferred()
    let refused = 0
    const release = broker.intercept(ApiKey.OffsetCommit, () => {
      refused += 1
      if (refused === 5) refusedOften.resolve()
      return { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE }
    })
    await send(name, 2)
    await counted(name, 3)
    await refusedOften.promise
    release()
    await committed(name, 3)
    assert.equal(application.state, 'RUNNING')
  })
})
