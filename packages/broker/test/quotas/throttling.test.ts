import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import test from 'node:test'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import type { CreateTopicsResponse } from '@streamwright/protocol/messages/create-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { fetch } from '@streamwright/protocol/messages/fetch'
import type { FetchResponse } from '@streamwright/protocol/messages/fetch'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { produce } from '@streamwright/protocol/messages/produce'
import type { ProduceResponse } from '@streamwright/protocol/messages/produce'
import type { Clock } from '@streamwright/std'
import { ClientQuotas } from '../../src/quotas/client-quotas.ts'
import { throttled } from '../../src/server/throttling.ts'
import type { QuotaEntity } from '../../src/quotas/quota-entity.ts'
import { entityKey } from '../../src/quotas/quota-entity.ts'
import { batchOf } from '../log/batches.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { setQuotas } from './set-quotas.ts'

const topicsOf = (name: string, numPartitions = 1): object[] => [{ name, numPartitions, replicationFactor: 1 }]

function write(client: ProtocolClient, bytes: number): Promise<ProduceResponse> {
  const records = batchOf({ values: ['x'.repeat(bytes)] })
  const topicData = [{ name: 't', partitionData: [{ index: 0, records }] }]
  return client.send(produce, 9, { acks: -1, timeoutMs: 1000, topicData })
}

function read(client: ProtocolClient, session: { id: number; epoch: number }, isNew = true): Promise<FetchResponse> {
  const partitions = [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1_000_000 }]
  return client.send(fetch, 12, {
    maxBytes: 10_000_000,
    sessionId: session.id,
    sessionEpoch: session.epoch,
    topics: isNew ? [{ topic: 't', partitions }] : [],
  })
}

function bytesOf({ responses }: FetchResponse): number {
  return responses.reduce((sum, { partitions }) => sum + (partitions[0]?.records?.length ?? 0), 0)
}

test('who produces too much is answered at once, and not listened to for as long as it was told', async (context) => {
  const { client, environment, connect } = await testBroker(context)
  await client.send(createTopics, 5, { topics: topicsOf('t') })
  await setQuotas(client, { 'client-id': 'test' }, { producer_byte_rate: 1000 })
  const producer = connect()
  const first = await write(producer, 30_000)
  assert.equal(first.responses[0]?.partitionResponses[0]?.errorCode, ErrorCode.NONE)
  // 30,000 bytes and a little: twice what is allowed for ten seconds is to be waited for, and a little.
  assert.ok(first.throttleTimeMs >= 20_000 && first.throttleTimeMs < 20_500, String(first.throttleTimeMs))
  let isAnswered = false
  const second = producer.send(metadata, 9, { topics: [] }).then(() => (isAnswered = true))
  await environment.advance(first.throttleTimeMs - 1)
  assert.equal(isAnswered, false)
  await environment.advance(1)
  await second
  // Others are not concerned.
  assert.equal((await write(connect(), 10)).throttleTimeMs, 0)
})

test('with acks=0 there is no answer that could say so, but the client is not listened to', async (context) => {
  const { client, environment, connect } = await testBroker(context)
  await client.send(createTopics, 5, { topics: topicsOf('t') })
  await setQuotas(client, { user: null }, { producer_byte_rate: 1000 })
  const producer = connect()
  const records = batchOf({ values: ['x'.repeat(20_000)] })
  producer.tell(produce, 9, {
    acks: 0,
    timeoutMs: 1,
    topicData: [{ name: 't', partitionData: [{ index: 0, records }] }],
  })
  let isAnswered = false
  const next = producer.send(metadata, 9, { topics: [] }).then(() => (isAnswered = true))
  await environment.advance(10_000)
  assert.equal(isAnswered, false)
  await environment.advance(1000)
  await next
})

test('who fetches too much gets nothing, and all of it later; a session is not begun by that', async (context) => {
  const { client, environment, connect } = await testBroker(context)
  await client.send(createTopics, 5, { topics: topicsOf('t') })
  await write(client, 9000)
  await setQuotas(client, { user: null, 'client-id': null }, { consumer_byte_rate: 1000 })
  const consumer = connect()
  const first = await read(consumer, { id: 0, epoch: 0 })
  assert.equal(first.throttleTimeMs, 0)
  assert.ok(bytesOf(first) > 9000)
  const held = await read(consumer, { id: first.sessionId, epoch: 1 })
  assert.ok(held.throttleTimeMs > 0, String(held.throttleTimeMs))
  assert.deepEqual([held.sessionId, held.responses], [first.sessionId, []])
  // What was kept back did not count: there is room for it when the first answer's window is over.
  await environment.advance(11_000)
  const later = await read(consumer, { id: first.sessionId, epoch: 2 }, false)
  assert.equal(later.throttleTimeMs, 0)
  assert.equal(bytesOf(later), bytesOf(first))
  const fresh = await read(consumer, { id: 0, epoch: 0 })
  assert.ok(fresh.throttleTimeMs > 0)
  assert.deepEqual([fresh.sessionId, fresh.responses], [0, []])
})

test('no more is read than can be sent without a pause', async (context) => {
  const { client, connect } = await testBroker(context)
  await client.send(createTopics, 5, { topics: topicsOf('t') })
  for (let batch = 0; batch < 20; batch++) await write(client, 1000)
  await setQuotas(client, { 'client-id': 'test' }, { consumer_byte_rate: 500 })
  const answer = await read(connect(), { id: 0, epoch: -1 })
  assert.equal(answer.throttleTimeMs, 0)
  assert.ok(bytesOf(answer) <= 5000, String(bytesOf(answer)))
})

test('partitions are made and deleted at a rate; newer clients are refused, older ones told to wait', async (context) => {
  const { client, environment, connect } = await testBroker(context)
  await setQuotas(client, { user: null }, { controller_mutation_rate: 1 })
  const create = (version: number, ...names: string[]): Promise<CreateTopicsResponse> =>
    connect().send(createTopics, version, { topics: names.flatMap((name) => topicsOf(name, 11)) })
  const first = await create(7, 'a', 'b', 'c')
  assert.deepEqual(
    first.topics.map(({ errorCode }) => errorCode),
    [ErrorCode.NONE, ErrorCode.NONE, ErrorCode.THROTTLING_QUOTA_EXCEEDED],
  )
  // Eleven were saved up, 22 are taken.
  assert.equal(first.throttleTimeMs, 11_000)
  assert.equal(first.topics[2]?.errorMessage, 'The throttling quota has been exceeded.')
  const deleted = await connect().send(deleteTopics, 6, { topics: [{ name: 'a' }] })
  assert.equal(deleted.responses[0]?.errorCode, ErrorCode.THROTTLING_QUOTA_EXCEEDED)
  const grown = await connect().send(createPartitions, 3, { topics: [{ name: 'a', count: 12, assignments: null }] })
  assert.equal(grown.results[0]?.errorCode, ErrorCode.THROTTLING_QUOTA_EXCEEDED)
  await environment.advance(11_000)
  const older = await create(5, 'd')
  assert.equal(older.topics[0]?.errorCode, ErrorCode.NONE)
  assert.equal(older.throttleTimeMs, 11_000)
})

test('the most specific quota holds', async (context) => {
  const { broker, client } = await testBroker(context)
  const levels: readonly QuotaEntity[] = [
    { 'client-id': null },
    { 'client-id': 'test' },
    { user: null },
    { user: null, 'client-id': null },
    { user: null, 'client-id': 'test' },
    { user: 'u' },
    { user: 'u', 'client-id': null },
    { user: 'u', 'client-id': 'test' },
  ]
  await client.send(createTopics, 5, { topics: topicsOf('t') })
  await write(client, 1)
  for (const [index, entity] of levels.entries()) {
    // Each one lets ten times as many bytes a second go by as the one before.
    await setQuotas(client, entity, { consumer_byte_rate: 10 ** (index + 1) })
    const producer = new ProtocolClient(broker.connect('u'))
    const answer = await read(producer, { id: 0, epoch: -1 })
    const expected = index === 0
    assert.equal(answer.throttleTimeMs > 0, expected, JSON.stringify(entity))
  }
  for (const entity of levels.toReversed().slice(0, -1)) {
    await setQuotas(client, entity, { consumer_byte_rate: undefined })
  }
})

/** Quotas that are measured by hand. */
function quotasWith(
  environment: { readonly clock: Clock },
  entity: QuotaEntity,
  name: string,
  value: number,
): ClientQuotas {
  const state = { clientQuotas: new Map([[entityKey(entity), { entity, values: new Map([[name, value]]) }]]) }
  const settings = {
    quotaWindowNum: 11,
    quotaWindowSizeSeconds: 1,
    controllerQuotaWindowNum: 11,
    controllerQuotaWindowSizeSeconds: 1,
  }
  return new ClientQuotas({ state } as never, settings as never, environment.clock)
}

test('time counts in per cent, and nobody waits for longer than a window because of it', () => {
  const quotas = quotasWith(fakeEnvironment(), { 'client-id': 'c' }, 'request_percentage', 10)
  const asker = { principal: { name: 'u' }, clientId: 'c' }
  assert.equal(quotas.worked(asker, 1000), 0)
  assert.equal(quotas.worked(asker, 10), 100)
  assert.equal(quotas.worked(asker, 5000), 1000)
  assert.equal(quotas.worked({ ...asker, clientId: 'other' }, 100_000), 0)
})

test('time counts from reading a request to writing its answer, which the next request pays for', () => {
  const environment = fakeEnvironment()
  const quotas = quotasWith(environment, { 'client-id': 'c' }, 'request_percentage', 10)
  const context = { principal: { name: 'u' }, clientId: 'c' } as never
  const handler = { api: { key: ApiKey.Metadata } } as never
  const ask = (): number => {
    const request = { handler, body: {}, context, frame: Buffer.alloc(0), workedMs: 0 }
    const encode = (): Buffer[] => {
      request.workedMs += 2000
      return []
    }
    return throttled({ quotas } as never, request, {}, encode).throttleMs
  }
  assert.equal(ask(), 0)
  // Two seconds in eleven are more than a tenth of the time.
  assert.ok(ask() > 0)
})

test('clients that share a quota are measured together, each one with a default for clients alone', () => {
  const shared = (entity: QuotaEntity): boolean[] => {
    const quotas = quotasWith(fakeEnvironment(), entity, 'producer_byte_rate', 1000)
    const send = (name: string, clientId: string): number => quotas.produced({ principal: { name }, clientId }, 10_000)
    send('u', 'c')
    return [send('u', 'other') > 0, send('v', 'c') > 0]
  }
  assert.deepEqual(shared({ user: 'u' }), [true, false])
  assert.deepEqual(shared({ user: null }), [true, false])
  assert.deepEqual(shared({ 'client-id': 'c' }), [false, true])
  assert.deepEqual(shared({ 'client-id': null }), [false, true])
  assert.deepEqual(shared({ user: null, 'client-id': null }), [false, false])
  assert.deepEqual(shared({ user: 'u', 'client-id': null }), [false, false])
})

test('an address that connects too often is let in no more, and its connections are closed later', async (context) => {
  const { broker, client, environment } = await testBroker(context, { listen: true, port: 0 })
  await setQuotas(client, { ip: null }, { connection_creation_rate: 1 })
  const sockets = Array.from({ length: 11 }, () => connectSocket(broker.port, '127.0.0.1'))
  for (const socket of sockets) context.after(() => void socket.destroy())
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  await environment.settle()
  const asked = sockets.slice(0, 10).map((socket) => new ProtocolClient(socket).send(apiVersions, 0, {}))
  assert.equal((await Promise.all(asked)).length, 10)
  const refused = new ProtocolClient(sockets[10] as never)
  await environment.advance(1000)
  await refused.closed
})
