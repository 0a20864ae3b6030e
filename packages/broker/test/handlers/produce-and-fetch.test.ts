import assert from 'node:assert/strict'
import test from 'node:test'
import type { Init } from '@streamwright/protocol'
import { ApiKey, ErrorCode, zeroUuid } from '@streamwright/protocol'
import type { FetchResponsePartitionData } from '@streamwright/protocol/messages/fetch'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { listOffsets } from '@streamwright/protocol/messages/list-offsets'
import type { ProduceRequest } from '@streamwright/protocol/messages/produce'
import { produce } from '@streamwright/protocol/messages/produce'
import { present } from '@streamwright/std'
import { batchOf } from '../log/batches.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

const produceVersion = 9
const fetchVersion = 12

async function createTopic(
  client: ProtocolClient,
  name: string,
  configs: Record<string, string> = {},
): Promise<string> {
  const { topics } = await client.send(createTopics, 7, {
    topics: [
      {
        name,
        numPartitions: 2,
        replicationFactor: 1,
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
  })
  assert.equal(topics[0]?.errorCode, 0)
  return topics[0]?.topicId ?? zeroUuid
}

interface ProduceOptions {
  readonly topic?: string
  readonly partition?: number
  readonly acks?: number
  readonly transactionalId?: string | null
}

async function produceTo(
  client: ProtocolClient,
  records: Buffer | null,
  options: ProduceOptions = {},
): Promise<{ errorCode: number; baseOffset: number }> {
  const { topic = 'topic', partition = 0, acks = -1, transactionalId = null } = options
  const { responses } = await client.send(produce, produceVersion, {
    acks,
    transactionalId,
    timeoutMs: 1000,
    topicData: [{ name: topic, partitionData: [{ index: partition, records }] }],
  })
  const answer = present(responses[0]?.partitionResponses[0], 'A partition is answered')
  return { errorCode: answer.errorCode, baseOffset: Number(answer.baseOffset) }
}

interface FetchOptions {
  readonly topic?: string
  readonly partition?: number
  readonly offset?: number
  readonly maxWaitMs?: number
  readonly minBytes?: number
  readonly maxBytes?: number
  readonly currentLeaderEpoch?: number
  readonly lastFetchedEpoch?: number
}

async function fetchFrom(client: ProtocolClient, options: FetchOptions = {}): Promise<FetchResponsePartitionData> {
  const { topic = 'topic', partition = 0, offset = 0, maxWaitMs = 0, minBytes = 1, maxBytes = 1_000_000 } = options
  const { currentLeaderEpoch = -1, lastFetchedEpoch = -1 } = options
  const response = await client.send(fetch, fetchVersion, {
    maxWaitMs,
    minBytes,
    maxBytes,
    topics: [
      {
        topic,
        partitions: [
          { partition, fetchOffset: BigInt(offset), partitionMaxBytes: maxBytes, currentLeaderEpoch, lastFetchedEpoch },
        ],
      },
    ],
  })
  return present(response.responses[0]?.partitions[0], 'A partition is answered')
}

test('what was produced is fetched, byte for byte but for its place', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic')
  const batch = batchOf({ values: ['one', 'two'] })
  assert.deepEqual(await produceTo(client, batch), { errorCode: 0, baseOffset: 0 })
  assert.deepEqual(await produceTo(client, batch, { acks: 1 }), { errorCode: 0, baseOffset: 2 })
  const fetched = await fetchFrom(client, { offset: 3 })
  assert.equal(fetched.highWatermark, 4n)
  const records = present(fetched.records, 'There are records')
  assert.equal(records.readBigInt64BE(0), 2n)
  assert.equal(records.readInt32BE(12), 0)
  assert.deepEqual(records.subarray(16), batch.subarray(16))
  assert.equal((await fetchFrom(client)).records?.length, 2 * batch.length)
})

test('the client keeps its own bytes: a batch in process can be sent again', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic')
  const batch = batchOf()
  const before = Buffer.from(batch)
  for (const baseOffset of [0, 1, 2]) assert.deepEqual(await produceTo(client, batch), { errorCode: 0, baseOffset })
  assert.deepEqual(batch, before)
})

test('each wrong record set has its error', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic', { 'max.message.bytes': '300' })
  const good = batchOf()
  const corrupt = Buffer.from(good)
  corrupt.writeUInt8(corrupt.readUInt8(corrupt.length - 1) ^ 1, corrupt.length - 1)
  const cases: readonly (readonly [Buffer | null, number, ProduceOptions?])[] = [
    [null, ErrorCode.INVALID_RECORD],
    [Buffer.alloc(0), ErrorCode.INVALID_RECORD],
    [corrupt, ErrorCode.CORRUPT_MESSAGE],
    [good.subarray(0, good.length - 2), ErrorCode.INVALID_RECORD],
    [Buffer.concat([good, good]), ErrorCode.INVALID_RECORD],
    [batchOf({ values: ['x'.repeat(300)] }), ErrorCode.MESSAGE_TOO_LARGE],
    [good, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, { topic: 'none' }],
    [good, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, { partition: 7 }],
    [good, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, { partition: -1 }],
    [good, ErrorCode.INVALID_REQUIRED_ACKS, { acks: 2 }],
    [
      batchOf({ isTransactional: true, producerId: 1, producerEpoch: 0, baseSequence: 0 }),
      ErrorCode.INVALID_PRODUCER_ID_MAPPING,
      { transactionalId: 't' },
    ],
    [
      batchOf({ isTransactional: true, producerId: 1, producerEpoch: 0, baseSequence: 0 }),
      ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    ],
    [batchOf({ isTransactional: true, isControl: true }), ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED],
  ]
  for (const [records, errorCode, options] of cases) {
    assert.deepEqual(await produceTo(client, records, options), { errorCode, baseOffset: -1 })
  }
  assert.equal((await fetchFrom(client)).highWatermark, 0n)
})

test('records without a key are named one by one in a compacted topic', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic', { 'cleanup.policy': 'compact' })
  const { responses } = await client.send(produce, produceVersion, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 'topic', partitionData: [{ index: 0, records: batchOf({ values: ['a', 'b'] }) }] }],
  })
  const answer = present(responses[0]?.partitionResponses[0], 'A partition is answered')
  assert.equal(answer.errorCode, ErrorCode.INVALID_RECORD)
  assert.deepEqual(
    answer.recordErrors.map(({ batchIndex }) => batchIndex),
    [0, 1],
  )
})

test('a fetch waits for data, and no longer', async (context) => {
  const { client, connect, environment } = await testBroker(context)
  await createTopic(client, 'topic')
  const consumer = connect()
  const waiting = fetchFrom(consumer, { maxWaitMs: 500 })
  await environment.settle()
  await produceTo(client, batchOf())
  assert.ok(present((await waiting).records, 'There are records').length > 0)

  let isAnswered = false
  const inVain = fetchFrom(consumer, { offset: 1, maxWaitMs: 500 }).finally(() => (isAnswered = true))
  await environment.advance(499)
  assert.equal(isAnswered, false)
  await environment.advance(1)
  assert.equal((await inVain).records?.length, 0)
})

test('a fetch that wants many bytes waits until they are there', async (context) => {
  const { client, connect, environment } = await testBroker(context)
  await createTopic(client, 'topic')
  const batch = batchOf()
  let isAnswered = false
  const waiting = fetchFrom(connect(), { maxWaitMs: 5000, minBytes: 3 * batch.length }).finally(
    () => (isAnswered = true),
  )
  for (let count = 0; count < 2; count++) await produceTo(client, Buffer.from(batch))
  await environment.settle()
  assert.equal(isAnswered, false)
  await produceTo(client, Buffer.from(batch))
  assert.equal((await waiting).records?.length, 3 * batch.length)
})

test('the first batch is returned whole, whatever the limits', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic')
  const batch = batchOf()
  await produceTo(client, Buffer.from(batch))
  await produceTo(client, Buffer.from(batch))
  assert.equal((await fetchFrom(client, { maxBytes: 1 })).records?.length, batch.length)
  assert.equal((await fetchFrom(client, { maxBytes: 0 })).records?.length, batch.length)
})

test('offsets outside of the log, and leader epochs that are not its own, are errors', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic')
  await produceTo(client, batchOf())
  const errorOf = async (options: FetchOptions): Promise<number> => (await fetchFrom(client, options)).errorCode
  assert.equal(await errorOf({ offset: 2 }), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(await errorOf({ offset: -5 }), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(await errorOf({ currentLeaderEpoch: 5 }), ErrorCode.UNKNOWN_LEADER_EPOCH)
  assert.equal(await errorOf({ currentLeaderEpoch: 0 }), ErrorCode.NONE)
  assert.equal(await errorOf({ lastFetchedEpoch: 7 }), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(await errorOf({ topic: 'none' }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await errorOf({ partition: 9 }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

function unanswered(name: string): Init<ProduceRequest> {
  return {
    acks: 0,
    timeoutMs: 1000,
    topicData: [{ name, partitionData: [{ index: 0, records: batchOf() }] }],
  }
}

test('acks=0 has no answer when it succeeds, and an end of the connection when it fails', async (context) => {
  const { client, connect } = await testBroker(context)
  await createTopic(client, 'topic')
  client.tell(produce, produceVersion, unanswered('topic'))
  assert.equal((await client.send(apiVersions, 0, {})).errorCode, 0)
  assert.equal((await fetchFrom(client, { maxWaitMs: 1000 })).highWatermark, 1n)
  const doomed = connect()
  doomed.tell(produce, produceVersion, unanswered('none'))
  await doomed.closed
})

test('an idempotent producer may send again what was written, and nothing out of order', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic')
  const { producerId } = await client.send(initProducerId, 4, { transactionalId: null, transactionTimeoutMs: 1 })
  const batch = (baseSequence: number): Buffer =>
    batchOf({ values: ['a', 'b'], producerId: Number(producerId), producerEpoch: 0, baseSequence })
  assert.deepEqual(await produceTo(client, batch(0)), { errorCode: 0, baseOffset: 0 })
  assert.deepEqual(await produceTo(client, batch(2)), { errorCode: 0, baseOffset: 2 })
  assert.deepEqual(await produceTo(client, batch(0)), { errorCode: 0, baseOffset: 0 })
  assert.equal((await produceTo(client, batch(9))).errorCode, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  assert.equal((await fetchFrom(client)).highWatermark, 4n)
})

test('producer ids are different, also of producers that ask at once', async (context) => {
  const { connect } = await testBroker(context)
  const ask = async (): Promise<bigint> => {
    const answer = await connect().send(initProducerId, 4, { transactionalId: null, transactionTimeoutMs: 1 })
    return answer.producerId
  }
  const ids = await Promise.all(Array.from({ length: 20 }, ask))
  assert.equal(new Set(ids).size, 20)
})

test('by topic id: the id of a topic, of none, and of one that is gone', async (context) => {
  const { client } = await testBroker(context)
  const topicId = await createTopic(client, 'topic')
  const errorOf = async (id: string): Promise<number> => {
    const { responses } = await client.send(produce, 13, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ topicId: id, partitionData: [{ index: 0, records: batchOf() }] }],
    })
    return present(responses[0]?.partitionResponses[0], 'A partition is answered').errorCode
  }
  assert.equal(await errorOf(topicId), ErrorCode.NONE)
  assert.equal(await errorOf(zeroUuid), ErrorCode.UNKNOWN_TOPIC_ID)
  const fetchById = async (): Promise<number> => {
    const { responses } = await client.send(fetch, 17, {
      minBytes: 1,
      topics: [{ topicId, partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1000 }] }],
    })
    return present(responses[0]?.partitions[0], 'A partition is answered').errorCode
  }
  assert.equal(await fetchById(), ErrorCode.NONE)
  await client.send(deleteTopics, 6, { topics: [{ name: 'topic' }] })
  assert.notEqual(await createTopic(client, 'topic'), topicId)
  assert.equal(await fetchById(), ErrorCode.UNKNOWN_TOPIC_ID)
  assert.equal(await errorOf(topicId), ErrorCode.UNKNOWN_TOPIC_ID)
})

test('a session tells what is new, remembers what was asked, and forgets what it is told to forget', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic')
  const ask = (sessionId: number, sessionEpoch: number, partitions: readonly (readonly [number, number])[] = []) =>
    client.send(fetch, fetchVersion, {
      minBytes: 1,
      sessionId,
      sessionEpoch,
      topics: [
        {
          topic: 'topic',
          partitions: partitions.map(([partition, offset]) => ({
            partition,
            fetchOffset: BigInt(offset),
            partitionMaxBytes: 1000,
          })),
        },
      ].filter(() => partitions.length > 0),
    })
  await produceTo(client, batchOf())
  const full = await ask(0, 0, [[0, 0]])
  const id = full.sessionId
  assert.ok(id > 0)
  assert.deepEqual((await ask(id, 1, [[0, 1]])).responses, [])
  await produceTo(client, batchOf())
  assert.equal((await ask(id, 2)).responses[0]?.partitions[0]?.highWatermark, 2n)
  assert.equal((await ask(id, 2)).errorCode, ErrorCode.INVALID_FETCH_SESSION_EPOCH)
  const added = await ask(id, 3, [
    [0, 2],
    [1, 0],
  ])
  assert.deepEqual(
    added.responses[0]?.partitions.map(({ partitionIndex }) => partitionIndex),
    [1],
  )
  const forgotten = await client.send(fetch, fetchVersion, {
    minBytes: 1,
    sessionId: id,
    sessionEpoch: 4,
    forgottenTopicsData: [{ topic: 'topic', partitions: [0] }],
  })
  assert.deepEqual(forgotten.responses, [])
  await produceTo(client, batchOf())
  assert.deepEqual((await ask(id, 5)).responses, [])
  assert.equal((await ask(id, -1)).sessionId, 0)
  assert.equal((await ask(id, 6)).errorCode, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
})

test('a parked fetch is answered when its topic is deleted, and when the broker closes', async (context) => {
  const { broker, client, connect, environment } = await testBroker(context)
  await createTopic(client, 'topic')
  await createTopic(client, 'other')
  const first = fetchFrom(connect(), { maxWaitMs: 60_000 })
  await environment.settle()
  await client.send(deleteTopics, 6, { topics: [{ name: 'topic' }] })
  assert.equal((await first).errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const second = fetchFrom(connect(), { topic: 'other', maxWaitMs: 60_000 })
  await environment.settle()
  const closed = broker.close()
  assert.equal((await second).errorCode, ErrorCode.NONE)
  await closed
})

test('offsets are found by the ends of the log and by time', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 'topic')
  await produceTo(client, batchOf({ values: ['a', 'b', 'c'], timestamps: [1000, 3000, 2000] }))
  const look = async (timestamp: number, version = 11, partitions = [0]): Promise<readonly unknown[]> => {
    const { topics } = await client.send(listOffsets, version, {
      replicaId: -1,
      topics: [
        {
          name: 'topic',
          partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp: BigInt(timestamp) })),
        },
      ],
    })
    const [answer] = present(topics[0], 'A topic is answered').partitions
    return [answer?.errorCode, Number(answer?.offset), Number(answer?.timestamp)]
  }
  assert.deepEqual(await look(-1), [0, 3, -1])
  assert.deepEqual(await look(-2), [0, 0, -1])
  assert.deepEqual(await look(-3), [0, 1, 3000])
  assert.deepEqual(await look(-4), [0, 0, -1])
  assert.deepEqual(await look(-5), [0, -1, -1])
  assert.deepEqual(await look(0), [0, 0, 1000])
  assert.deepEqual(await look(1001), [0, 1, 3000])
  assert.deepEqual(await look(3001), [0, -1, -1])
  assert.equal((await look(-3, 6))[0], ErrorCode.UNSUPPORTED_VERSION)
  assert.equal((await look(-7))[0], ErrorCode.UNSUPPORTED_VERSION)
  assert.equal((await look(-1, 11, [0, 0]))[0], ErrorCode.INVALID_REQUEST)
  assert.equal((await look(-1, 11, [5]))[0], ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('requests can be failed, delayed, observed and lost by a test', async (context) => {
  const { broker, client, connect, environment } = await testBroker(context)
  await createTopic(client, 'topic')
  const seen: number[] = []
  const restore = broker.intercept(ApiKey.Produce, ({ count }) => {
    seen.push(count)
    if (count === 1) return { errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER }
    if (count === 2) return { disconnect: 'after' }
    if (count === 3) return { delayMs: 100 }
    return undefined
  })
  assert.equal((await produceTo(client, batchOf())).errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER)
  await assert.rejects(produceTo(connect(), batchOf()))
  const delayed = produceTo(client, batchOf())
  await environment.advance(100)
  assert.deepEqual(await delayed, { errorCode: 0, baseOffset: 1 })
  restore()
  await produceTo(client, batchOf())
  assert.deepEqual(seen, [1, 2, 3])
})
