import assert from 'node:assert/strict'
import test from 'node:test'
import type { Init } from '@streamwright/protocol'
import { ErrorCode } from '@streamwright/protocol'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { describeProducers } from '@streamwright/protocol/messages/describe-producers'
import { describeTransactions } from '@streamwright/protocol/messages/describe-transactions'
import type { ListTransactionsRequest } from '@streamwright/protocol/messages/list-transactions'
import { listTransactions } from '@streamwright/protocol/messages/list-transactions'
import { writeTxnMarkers } from '@streamwright/protocol/messages/write-txn-markers'
import type { ProtocolClient } from '../support/protocol-client.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { testBroker } from '../support/test-broker.ts'
import { TransactionClient, committedOffset, readPartition } from './transaction-client.ts'

async function brokerWithTopic(
  context: Parameters<typeof testBroker>[0],
  settings: Readonly<Record<string, unknown>> = {},
): Promise<TestBroker> {
  const started = await testBroker(context, { settings })
  await started.client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
  return started
}

async function listed(client: ProtocolClient, filter: Init<ListTransactionsRequest> = {}): Promise<string[]> {
  const { transactionStates } = await client.send(listTransactions, 2, filter)
  return transactionStates.map(({ transactionalId, transactionState }) => `${transactionalId} ${transactionState}`)
}

test('transactions are listed by state, producer, age and name', async (context) => {
  const { client, environment } = await brokerWithTopic(context)
  const open = new TransactionClient(client, 'orders-1')
  const idle = new TransactionClient(client, 'orders-2')
  const done = new TransactionClient(client, 'other')
  for (const producer of [open, idle, done]) await producer.init()
  await done.write('topic', 0, 'x')
  await done.end('commit')
  await open.write('topic', 0, 'y')
  await environment.advance(5000)
  assert.deepEqual(await listed(client), ['orders-1 Ongoing', 'orders-2 Empty', 'other CompleteCommit'])
  assert.deepEqual(await listed(client, { stateFilters: ['Ongoing'] }), ['orders-1 Ongoing'])
  assert.deepEqual(await listed(client, { producerIdFilters: [BigInt(idle.producerId)] }), ['orders-2 Empty'])
  assert.deepEqual(await listed(client, { transactionalIdPattern: 'orders-.*' }), [
    'orders-1 Ongoing',
    'orders-2 Empty',
  ])
  assert.deepEqual(await listed(client, { transactionalIdPattern: 'orders' }), [])
  assert.deepEqual(await listed(client, { stateFilters: ['Ongoing'], durationFilter: 5001n }), [])
  assert.deepEqual(await listed(client, { stateFilters: ['Ongoing'], durationFilter: 4999n }), ['orders-1 Ongoing'])
  const unknown = await client.send(listTransactions, 2, { stateFilters: ['Bogus'] })
  assert.deepEqual([unknown.unknownStateFilters, unknown.transactionStates], [['Bogus'], []])
  const broken = await client.send(listTransactions, 2, { transactionalIdPattern: '((' })
  assert.equal(broken.errorCode, ErrorCode.INVALID_REGULAR_EXPRESSION)
})

test('a transaction is described, and so are the producers of a partition', async (context) => {
  const { client, environment } = await brokerWithTopic(context)
  const producer = new TransactionClient(client)
  await producer.init()
  await producer.write('topic', 1, 'a', 'b')
  await producer.addOffsets('group')
  const { transactionStates } = await client.send(describeTransactions, 0, { transactionalIds: ['id', 'none', ''] })
  const [found, none, empty] = transactionStates
  assert.deepEqual(
    { ...found, topics: found?.topics.map(({ topic, partitions }) => [topic, partitions.length]) },
    {
      errorCode: 0,
      transactionalId: 'id',
      transactionState: 'Ongoing',
      transactionTimeoutMs: 60_000,
      transactionStartTimeMs: BigInt(environment.clock.wallMs()),
      producerId: BigInt(producer.producerId),
      producerEpoch: 0,
      topics: [
        ['topic', 1],
        ['__consumer_offsets', 1],
      ],
    },
  )
  assert.equal(none?.errorCode, ErrorCode.TRANSACTIONAL_ID_NOT_FOUND)
  assert.equal(empty?.errorCode, ErrorCode.INVALID_REQUEST)
  const described = await client.send(describeProducers, 0, { topics: [{ name: 'topic', partitionIndexes: [1, 7] }] })
  const [partition, missing] = described.topics[0]?.partitions ?? []
  assert.equal(missing?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.deepEqual(partition?.activeProducers, [
    {
      producerId: BigInt(producer.producerId),
      producerEpoch: 0,
      lastSequence: 1,
      lastTimestamp: 1_700_000_000_000n,
      coordinatorEpoch: -1,
      currentTxnStartOffset: 0n,
    },
  ])
})

test('a transaction that no coordinator knows of is aborted by hand', async (context) => {
  const { client } = await brokerWithTopic(context)
  const producer = new TransactionClient(client)
  await producer.init()
  await producer.write('topic', 0, 'hangs')
  await producer.commitOffset('group', 'topic', 5)
  // With the topic of transactions, all that is known of them goes.
  await client.send(deleteTopics, 6, { topics: [{ name: '__transaction_state' }] })
  assert.deepEqual(await listed(client), [])
  assert.equal((await readPartition(client, 'topic')).lastStableOffset, 0)
  const { producerId, epoch } = producer
  const abort = async (topic: string, producerEpoch: number): Promise<number | undefined> => {
    const { markers } = await client.send(writeTxnMarkers, 1, {
      markers: [
        {
          producerId: BigInt(producerId),
          producerEpoch,
          transactionResult: false,
          topics: [{ name: topic, partitionIndexes: [0] }],
          coordinatorEpoch: 0,
        },
      ],
    })
    return markers[0]?.topics[0]?.partitions[0]?.errorCode
  }
  assert.equal(await abort('none', epoch), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await abort('topic', epoch - 1), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await abort('topic', epoch), 0)
  assert.deepEqual(await readPartition(client, 'topic'), { values: [], highWatermark: 2, lastStableOffset: 2 })
})

test('a transactional id that nobody uses for transactional.id.expiration.ms is forgotten, an open one never', async (context) => {
  const { client, environment } = await brokerWithTopic(context, {
    'transactional.id.expiration.ms': 1000,
    'transaction.remove.expired.transaction.cleanup.interval.ms': 100,
    'transaction.abort.timed.out.transaction.cleanup.interval.ms': 1_000_000,
  })
  const idle = new TransactionClient(client, 'idle')
  const open = new TransactionClient(client, 'open')
  await idle.init()
  await open.init()
  await open.write('topic', 0, 'x')
  await environment.advance(1500)
  assert.deepEqual(await listed(client), ['open Ongoing'])
  assert.equal(await idle.addPartitions('topic', [0]), ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  assert.equal(await idle.init(), 0)
  assert.equal(await open.end('commit'), 0)
})

test('the later of two commits of an offset counts, whichever transaction ends first', async (context) => {
  const { client } = await brokerWithTopic(context)
  const [first, second] = [new TransactionClient(client, 'first'), new TransactionClient(client, 'second')]
  await first.init()
  await second.init()
  await first.commitOffset('group', 'topic', 1)
  await second.commitOffset('group', 'topic', 2)
  await second.end('commit')
  assert.equal(await committedOffset(client, 'group', 'topic'), 'unstable')
  await first.end('commit')
  assert.equal(await committedOffset(client, 'group', 'topic'), 2)
})

test('a topic that is deleted in the middle of a transaction does not keep it from ending', async (context) => {
  const { client } = await brokerWithTopic(context)
  await client.send(createTopics, 7, { topics: [{ name: 'gone', numPartitions: 1, replicationFactor: 1 }] })
  const producer = new TransactionClient(client)
  await producer.init()
  await producer.write('gone', 0, 'x')
  await producer.write('topic', 0, 'y')
  await client.send(deleteTopics, 6, { topics: [{ name: 'gone' }] })
  assert.equal(await producer.end('commit'), 0)
  assert.deepEqual((await readPartition(client, 'topic')).values, ['y'])
})

test('a marker of a producer id that no broker gives away is refused', async (context) => {
  const { client } = await brokerWithTopic(context)
  const marker = { producerEpoch: 0, transactionResult: true, coordinatorEpoch: 0 }
  for (const producerId of [-2n, 2n ** 63n - 1n]) {
    // oxlint-disable-next-line no-await-in-loop
    const { markers } = await client.send(writeTxnMarkers, 1, {
      markers: [{ ...marker, producerId, topics: [{ name: 'topic', partitionIndexes: [0] }] }],
    })
    assert.equal(markers[0]?.topics[0]?.partitions[0]?.errorCode, ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  }
})
