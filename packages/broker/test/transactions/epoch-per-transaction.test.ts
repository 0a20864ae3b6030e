import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import type { TestBroker } from '../support/test-broker.ts'
import { testBroker } from '../support/test-broker.ts'
import { TransactionClient, committedOffset, readPartition } from './transaction-client.ts'

async function brokerWithTopic(context: Parameters<typeof testBroker>[0]): Promise<TestBroker> {
  const started = await testBroker(context)
  await started.client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
  return started
}

// The answers are those of Apache Kafka 4.3.0 to the same requests.

test('the protocol is announced', async (context) => {
  const { client } = await testBroker(context)
  const answer = await client.send(apiVersions, 4, { clientSoftwareName: 'x', clientSoftwareVersion: '1' })
  const feature = answer.finalizedFeatures.find(({ name }) => name === 'transaction.version')
  assert.equal(feature?.maxVersionLevel, 2)
})

test('each end begins another epoch, and what was under way in the old one is refused', async (context) => {
  const { client } = await brokerWithTopic(context)
  const producer = new TransactionClient(client, 'id', 'epochPerTransaction')
  assert.equal(await producer.init(5), 0)
  const { producerId } = producer
  assert.equal(await producer.end('commit'), ErrorCode.INVALID_TXN_STATE)
  assert.equal(await producer.end('abort'), 0)
  assert.equal(producer.epoch, 1)
  assert.equal(await producer.produce('topic', 0, ['a', 'b']), 0)
  assert.equal(await producer.sendOffset('group', 'topic', 3), 0)
  assert.equal(await committedOffset(client, 'group', 'topic'), 'unstable')
  assert.equal(await producer.end('commit'), 0)
  assert.deepEqual([producer.producerId, producer.epoch], [producerId, 2])
  assert.equal(await committedOffset(client, 'group', 'topic'), 3)
  producer.epoch = 1
  assert.equal(await producer.end('commit'), 0)
  assert.equal(producer.epoch, 2)
  producer.epoch = 1
  assert.equal(await producer.end('abort'), ErrorCode.INVALID_TXN_STATE)
  assert.equal(await producer.produce('topic', 0, ['x'], { sequence: 2 }), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await producer.sendOffset('group', 'topic', 4), ErrorCode.INVALID_PRODUCER_EPOCH)
  producer.epoch = 2
  assert.equal(await producer.produce('topic', 0, ['x'], { sequence: 2 }), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  assert.equal(await producer.produce('topic', 0, ['c'], { sequence: 0 }), 0)
  assert.equal(await producer.produce('topic', 1, ['x'], { sequence: 1 }), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  // An older client may go on in the same transaction: each request counts by its own version.
  assert.equal(await producer.addPartitions('topic', [1]), 0)
  assert.equal(await producer.end('commit', 4), 0)
  assert.deepEqual((await readPartition(client, 'topic')).values, ['a', 'b', 'c'])
})

test('a transaction that takes too long is aborted; its producer goes on by asking for its epoch', async (context) => {
  const { client, environment } = await brokerWithTopic(context)
  const producer = new TransactionClient(client, 'id', 'epochPerTransaction')
  producer.timeoutMs = 1000
  await producer.init(5)
  await producer.write('topic', 1, 'lost')
  await producer.commitOffset('group', 'topic', 3)
  await environment.advance(20_000)
  assert.equal(await committedOffset(client, 'group', 'topic'), -1)
  assert.equal(await producer.produce('topic', 1, ['x']), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await producer.sendOffset('group', 'topic', 4), ErrorCode.INVALID_PRODUCER_EPOCH)
  assert.equal(await producer.end('commit', 5), ErrorCode.INVALID_TXN_STATE)
  assert.equal(await producer.end('commit', 4), ErrorCode.PRODUCER_FENCED)
  const seen = await readPartition(client, 'topic', 1)
  assert.deepEqual(seen, { values: [], highWatermark: 2, lastStableOffset: 2 })
  assert.equal(await producer.init(5, { producerId: producer.producerId, epoch: 0 }), 0)
  assert.equal(producer.epoch, 1)
  await producer.write('topic', 1, 'kept')
  assert.equal(await producer.end('commit'), 0)
  assert.deepEqual((await readPartition(client, 'topic', 1)).values, ['kept'])
})

test('when epochs are used up the producer gets another id, whichever way it came to the last one', async (context) => {
  const { client } = await brokerWithTopic(context)
  const producer = new TransactionClient(client, 'id', 'epochPerTransaction')
  await producer.init(5)
  const first = producer.producerId
  for (let ends = 0; ends < 0x7fff - 2; ends++) {
    // oxlint-disable-next-line no-await-in-loop
    assert.equal(await producer.end('abort'), 0)
  }
  assert.deepEqual([producer.producerId, producer.epoch], [first, 0x7fff - 2])
  await producer.write('topic', 0, 'a')
  assert.equal(await producer.end('commit'), 0)
  assert.deepEqual([producer.producerId, producer.epoch], [first, 0x7fff - 1])
  await producer.write('topic', 0, 'b')
  assert.equal(await producer.end('commit'), 0)
  assert.notEqual(producer.producerId, first)
  assert.equal(producer.epoch, 0)
  const second = producer.producerId
  // The end is asked for again by a producer that has not got the answer.
  producer.producerId = first
  producer.epoch = 0x7fff - 1
  assert.equal(await producer.end('commit'), 0)
  assert.deepEqual([producer.producerId, producer.epoch], [second, 0])
  await producer.write('topic', 0, 'c')
  assert.equal(await producer.end('commit'), 0)
  assert.deepEqual((await readPartition(client, 'topic')).values, ['a', 'b', 'c'])
})
