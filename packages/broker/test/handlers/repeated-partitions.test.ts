import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode, zeroUuid } from '@streamwright/protocol'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteRecords } from '@streamwright/protocol/messages/delete-records'
import { describeProducers } from '@streamwright/protocol/messages/describe-producers'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { listOffsets } from '@streamwright/protocol/messages/list-offsets'
import { offsetForLeaderEpoch } from '@streamwright/protocol/messages/offset-for-leader-epoch'
import { produce } from '@streamwright/protocol/messages/produce'
import { batchOf } from '../log/batches.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

async function topicOf(client: ProtocolClient): Promise<void> {
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
}

function wanted(fetchOffset: bigint, partitionMaxBytes = 1000): object {
  return { partition: 0, fetchOffset, partitionMaxBytes, currentLeaderEpoch: -1 }
}

test('of a partition that a request names twice, the last mention counts; a topic without any is not answered', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const partitionData = ['first', 'second'].map((value) => ({ index: 0, records: batchOf({ values: [value] }) }))
  const { responses } = await client.send(produce, 9, {
    acks: 1,
    timeoutMs: 1000,
    topicData: [
      { name: 'topic', partitionData },
      { name: 'empty', partitionData: [] },
    ],
  })
  assert.equal(responses.length, 1)
  assert.deepEqual(
    responses[0]?.partitionResponses.map(({ baseOffset }) => baseOffset),
    [0n],
  )
  const topics = [
    { topic: 'topic', partitions: [wanted(9n), wanted(0n)] },
    { topic: 'empty', partitions: [] },
  ]
  const fetched = await client.send(fetch, 12, { maxWaitMs: 0, topics })
  assert.equal(fetched.responses.length, 1)
  assert.equal(fetched.responses[0]?.partitions.length, 1)
  assert.match(fetched.responses[0]?.partitions[0]?.records?.toString() ?? '', /second/)
  const deleted = await client.send(deleteRecords, 2, {
    topics: [
      { name: 'topic', partitions: [{ partitionIndex: 0, offset: 9n }] },
      { name: 'topic', partitions: [{ partitionIndex: 0, offset: 1n }] },
    ],
  })
  assert.deepEqual(
    deleted.topics.map(({ partitions }) => partitions.map(({ lowWatermark }) => lowWatermark)),
    [[1n]],
  )
})

test('what is wrong with the topic or the batch comes before what is wrong with acks', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const ask = async (name: string, records: Buffer): Promise<number | undefined> => {
    const topicData = [{ name, partitionData: [{ index: 0, records }] }]
    const { responses } = await client.send(produce, 9, { acks: 2, timeoutMs: 1000, topicData })
    return responses[0]?.partitionResponses[0]?.errorCode
  }
  assert.equal(await ask('none', batchOf()), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await ask('topic', Buffer.alloc(0)), ErrorCode.INVALID_RECORD)
  assert.equal(await ask('topic', batchOf()), ErrorCode.INVALID_REQUIRED_ACKS)
})

test('a transactional batch without an id, and bytes that are no batch, fail all of the request', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const ask = async (records: Buffer): Promise<(number | undefined)[]> => {
    const partitionData = [
      { index: 0, records: batchOf() },
      { index: 1, records },
    ]
    const topicData = [{ name: 'topic', partitionData }]
    const { responses } = await client.send(produce, 9, { acks: -1, timeoutMs: 1000, topicData })
    return responses.flatMap(({ partitionResponses }) => partitionResponses.map(({ errorCode }) => errorCode))
  }
  const { CORRUPT_MESSAGE, INVALID_RECORD, TRANSACTIONAL_ID_AUTHORIZATION_FAILED } = ErrorCode
  const transactional = batchOf({ producerId: 1, producerEpoch: 0, baseSequence: 0, isTransactional: true })
  assert.deepEqual(await ask(transactional), [
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ])
  const strange = batchOf()
  strange.writeInt8(9, 16)
  assert.deepEqual(await ask(strange), [CORRUPT_MESSAGE, CORRUPT_MESSAGE])
  assert.deepEqual(await ask(batchOf({ isControl: true, producerId: 1, producerEpoch: 0 })), [0, INVALID_RECORD])
})

test('a session may be opened for nothing, and is over when nothing is left in it', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const opened = await client.send(fetch, 12, { maxWaitMs: 0, sessionEpoch: 0, topics: [] })
  assert.notEqual(opened.sessionId, 0)
  const { sessionId } = opened
  const topics = [{ topic: 'topic', partitions: [wanted(0n)] }]
  const forgottenTopicsData = [{ topic: 'topic', partitions: [0] }]
  const last = await client.send(fetch, 12, { maxWaitMs: 0, sessionId, sessionEpoch: 1, topics, forgottenTopicsData })
  assert.equal(last.sessionId, 0)
  const after = await client.send(fetch, 12, { maxWaitMs: 0, sessionId, sessionEpoch: 2, topics: [] })
  assert.equal(after.errorCode, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
})

test('numbers that mean nothing are errors where they are in Kafka', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const topicData = [{ name: 'topic', partitionData: [{ index: 0, records: batchOf() }] }]
  await client.send(produce, 9, { acks: 1, timeoutMs: 1000, topicData })
  const topics = [{ topic: 'topic', partitions: [wanted(0n)] }]
  const isolated = await client.send(fetch, 12, { maxWaitMs: 0, isolationLevel: 2, topics })
  assert.equal(isolated.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR)
  const negative = [{ topic: 'topic', partitions: [wanted(0n, -1)] }]
  const bytes = await client.send(fetch, 12, { maxWaitMs: 0, topics: negative })
  assert.equal(bytes.responses[0]?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR)
  const nameless = [{ topicId: zeroUuid, partitions: [wanted(0n)] }]
  const unknown = await client.send(fetch, 13, { maxWaitMs: 0, topics: nameless })
  assert.equal(unknown.responses[0]?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
  const partitions = [{ partitionIndex: 0, timestamp: -1n }]
  const offsets = await client.send(listOffsets, 6, {
    replicaId: -1,
    isolationLevel: 3,
    topics: [{ name: 'topic', partitions }],
  })
  assert.equal(offsets.topics[0]?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR)
  const epochs = await client.send(offsetForLeaderEpoch, 4, {
    topics: [{ topic: 'topic', partitions: [{ partition: 0, currentLeaderEpoch: -2, leaderEpoch: 0 }] }],
  })
  assert.equal(epochs.topics[0]?.partitions[0]?.errorCode, ErrorCode.FENCED_LEADER_EPOCH)
  const producers = await client.send(describeProducers, 0, { topics: [{ name: 'topic', partitionIndexes: [7] }] })
  assert.equal(producers.topics[0]?.partitions[0]?.errorMessage, null)
})
