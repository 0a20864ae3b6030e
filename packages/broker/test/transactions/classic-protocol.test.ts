import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { addPartitionsToTxn } from '@streamwright/protocol/messages/add-partitions-to-txn'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { listOffsets } from '@streamwright/protocol/messages/list-offsets'
import type { ProtocolClient } from '../support/protocol-client.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { testBroker } from '../support/test-broker.ts'
import { TransactionClient, committedOffset, readPartition } from './transaction-client.ts'

async function brokerWithTopic(context: Parameters<typeof testBroker>[0]): Promise<TestBroker> {
  const started = await testBroker(context)
  await started.client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
  return started
}

async function endOffset(client: ProtocolClient, isolationLevel: number): Promise<number> {
  const { topics } = await client.send(listOffsets, 6, {
    replicaId: -1,
    isolationLevel,
    topics: [{ name: 'topic', partitions: [{ partitionIndex: 0, timestamp: -1n }] }],
  })
  return Number(topics[0]?.partitions[0]?.offset)
}

// The answers are those of Apache Kafka 4.3.0 to the same requests.

test('InitProducerId: what is asked wrongly is refused', async (context) => {
  const { client } = await brokerWithTopic(context)
  const ask = async (
    transactionalId: string,
    transactionTimeoutMs: number,
    producer = { producerId: -1n, producerEpoch: -1 },
  ): Promise<number> =>
    (await client.send(initProducerId, 4, { transactionalId, transactionTimeoutMs, ...producer })).errorCode
  assert.equal(await ask('', 60_000), ErrorCode.INVALID_REQUEST)
  assert.equal(await ask('id', 0x7fff_ffff), ErrorCode.INVALID_TRANSACTION_TIMEOUT)
  assert.equal(await ask('id', 0), ErrorCode.INVALID_TRANSACTION_TIMEOUT)
  assert.equal(await ask('id', 1000, { producerId: 88n, producerEpoch: -1 }), ErrorCode.INVALID_REQUEST)
})

test('a transaction is added to, ended, and its end is repeated', async (context) => {
  const { client } = await brokerWithTopic(context)
  const producer = new TransactionClient(client)
  assert.equal(await producer.addPartitions('topic', [0]), ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  assert.equal(await producer.init(), 0)
  assert.equal(producer.epoch, 0)
  assert.equal(await producer.end('commit', 4), ErrorCode.INVALID_TXN_STATE)
  const { producerId } = producer
  producer.producerId = producerId + 1000
  assert.equal(await producer.addPartitions('topic', [0]), ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  assert.equal(await producer.end('commit'), ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  producer.producerId = producerId
  producer.epoch = 5
  assert.equal(await producer.addPartitions('topic', [0]), ErrorCode.PRODUCER_FENCED)
  assert.equal(await producer.end('commit'), ErrorCode.PRODUCER_FENCED)
  producer.epoch = 0
  assert.equal(await producer.addPartitions('none', [0]), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await producer.produce('topic', 0, ['x']), ErrorCode.TRANSACTION_ABORTABLE)
  assert.equal(await producer.produce('topic', 0, ['x'], { version: 9 }), ErrorCode.INVALID_TXN_STATE)
  const unnamed = { version: 9, named: false }
  assert.equal(await producer.produce('topic', 0, ['x'], unnamed), ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  assert.equal(await producer.addPartitions('topic', [0]), 0)
  assert.equal(await producer.addPartitions('topic', [0]), 0)
  assert.equal(await producer.produce('topic', 0, ['a', 'b']), 0)
  assert.equal(await producer.produce('topic', 0, ['x'], { isTransactional: false }), ErrorCode.INVALID_TXN_STATE)
  const open = await readPartition(client, 'topic')
  assert.deepEqual(open, { values: [], highWatermark: 2, lastStableOffset: 0 })
  assert.equal(await endOffset(client, 1), 0)
  assert.equal(await endOffset(client, 0), 2)
  assert.equal(await producer.end('commit'), 0)
  assert.equal(await producer.end('commit'), 0)
  assert.equal(await producer.end('abort'), ErrorCode.INVALID_TXN_STATE)
  assert.deepEqual((await readPartition(client, 'topic')).values, ['a', 'b'])
  assert.equal(await endOffset(client, 1), 3)
  await producer.write('topic', 0, 'c')
  assert.equal(await producer.end('abort'), 0)
  assert.equal(await producer.end('commit'), ErrorCode.INVALID_TXN_STATE)
  assert.deepEqual((await readPartition(client, 'topic')).values, ['a', 'b'])
  assert.deepEqual((await readPartition(client, 'topic', 0, 'read_uncommitted')).values, ['a', 'b', 'c'])
})

test('AddPartitionsToTxn adds all or nothing; newer versions also only ask', async (context) => {
  const { client } = await brokerWithTopic(context)
  const producer = new TransactionClient(client)
  await producer.init()
  const some = await client.send(addPartitionsToTxn, 3, {
    v3AndBelowTransactionalId: 'id',
    v3AndBelowProducerId: BigInt(producer.producerId),
    v3AndBelowProducerEpoch: 0,
    v3AndBelowTopics: [{ name: 'topic', partitions: [0, 7] }],
  })
  assert.deepEqual(some.resultsByTopicV3AndBelow[0]?.resultsByPartition, [
    { partitionIndex: 0, partitionErrorCode: ErrorCode.OPERATION_NOT_ATTEMPTED },
    { partitionIndex: 7, partitionErrorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
  ])
  await producer.addPartitions('topic', [0])
  const asked = await client.send(addPartitionsToTxn, 4, {
    transactions: [
      {
        transactionalId: 'id',
        producerId: BigInt(producer.producerId),
        producerEpoch: 0,
        verifyOnly: true,
        topics: [{ name: 'topic', partitions: [0, 1] }],
      },
    ],
  })
  assert.deepEqual(asked.resultsByTransaction[0]?.topicResults[0]?.resultsByPartition, [
    { partitionIndex: 0, partitionErrorCode: 0 },
    { partitionIndex: 1, partitionErrorCode: ErrorCode.TRANSACTION_ABORTABLE },
  ])
})

test('offsets in a transaction are pending until it commits', async (context) => {
  const { client } = await brokerWithTopic(context)
  const producer = new TransactionClient(client)
  await producer.init()
  await producer.addPartitions('topic', [0])
  assert.equal(await producer.sendOffset('group', 'topic', 1), ErrorCode.INVALID_TXN_STATE)
  assert.equal(await producer.sendOffset('group', 'topic', 1, { version: 4 }), ErrorCode.TRANSACTION_ABORTABLE)
  assert.equal(await producer.addOffsets('group'), 0)
  const stranger = { memberId: 'nobody', generationId: 1 }
  assert.equal(await producer.sendOffset('group', 'topic', 1, stranger), ErrorCode.ILLEGAL_GENERATION)
  assert.equal(await producer.sendOffset('group', 'topic', 1, { generationId: 1 }), ErrorCode.ILLEGAL_GENERATION)
  assert.equal(await producer.sendOffset('group', 'none', 1), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await producer.sendOffset('', 'topic', 1), ErrorCode.INVALID_GROUP_ID)
  assert.equal(await producer.sendOffset('group', 'topic', 7), 0)
  assert.equal(await committedOffset(client, 'group', 'topic'), 'unstable')
  assert.equal(await committedOffset(client, 'group', 'topic', false), -1)
  assert.equal(await producer.end('commit'), 0)
  assert.equal(await committedOffset(client, 'group', 'topic'), 7)
  assert.equal(await producer.commitOffset('group', 'topic', 9), 0)
  assert.equal(await committedOffset(client, 'group', 'topic', false), 7)
  assert.equal(await producer.end('abort'), 0)
  assert.equal(await committedOffset(client, 'group', 'topic'), 7)
})

test('a second instance fences the first, whose transaction is aborted', async (context) => {
  const { client } = await brokerWithTopic(context)
  const first = new TransactionClient(client)
  await first.init()
  await first.write('topic', 0, 'lost')
  const second = new TransactionClient(client)
  assert.equal(await second.init(), ErrorCode.CONCURRENT_TRANSACTIONS)
  assert.equal(await first.addPartitions('topic', [0], 1), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await first.addPartitions('topic', [0], 3), ErrorCode.PRODUCER_FENCED)
  assert.equal(await first.addOffsets('group', 3), ErrorCode.PRODUCER_FENCED)
  assert.equal(await first.addOffsets('group', 1), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await first.end('commit', 3), ErrorCode.PRODUCER_FENCED)
  assert.equal(await first.end('commit', 1), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await second.init(), 0)
  assert.equal(second.producerId, first.producerId)
  assert.equal(second.epoch, 2)
  const old = { producerId: first.producerId, epoch: 0 }
  assert.equal(await first.init(4, old), ErrorCode.PRODUCER_FENCED)
  assert.equal(await first.init(3, old), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await first.produce('topic', 0, ['x']), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await first.produce('topic', 0, ['x'], { version: 9 }), ErrorCode.INVALID_PRODUCER_EPOCH)
  await second.write('topic', 0, 'kept')
  assert.equal(await second.end('commit'), 0)
  assert.deepEqual((await readPartition(client, 'topic')).values, ['kept'])
  const current = { producerId: second.producerId, epoch: 2 }
  assert.equal(await second.init(4, current), 0)
  assert.equal(second.epoch, 3)
  assert.equal(await second.init(4, current), 0)
  assert.equal(second.epoch, 3)
  assert.equal(await second.init(4, { producerId: second.producerId + 1000, epoch: 2 }), ErrorCode.PRODUCER_FENCED)
  assert.equal(await second.init(4, { producerId: 0, epoch: 0 }), ErrorCode.PRODUCER_FENCED)
})
