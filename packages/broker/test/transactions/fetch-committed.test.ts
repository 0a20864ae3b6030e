import assert from 'node:assert/strict'
import test from 'node:test'
import { RecordBatch } from '@streamwright/protocol'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import type { FetchResponse } from '@streamwright/protocol/messages/fetch'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { produce } from '@streamwright/protocol/messages/produce'
import { batchOf } from '../log/batches.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { TransactionClient } from './transaction-client.ts'

function ask(client: ProtocolClient, minBytes: number, fetchOffset = 0n): Promise<FetchResponse> {
  return client.send(fetch, 12, {
    isolationLevel: 1,
    minBytes,
    maxWaitMs: 10_000,
    topics: [{ topic: 'topic', partitions: [{ partition: 0, fetchOffset, partitionMaxBytes: 1_000_000 }] }],
  })
}

function count({ responses }: FetchResponse): number {
  return RecordBatch.read(responses[0]?.partitions[0]?.records ?? Buffer.alloc(0)).length
}

async function plain(client: ProtocolClient): Promise<void> {
  await client.send(produce, 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 'topic', partitionData: [{ index: 0, records: batchOf() }] }],
  })
}

test('a reader of committed records sleeps through what is written in a transaction, and wakes at its end', async (context) => {
  const { client, connect, environment } = await testBroker(context)
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 1, replicationFactor: 1 }] })
  const producer = new TransactionClient(client)
  await producer.init()
  let isAnswered = false
  const waiting = ask(connect(), 1).finally(() => (isAnswered = true))
  await producer.write('topic', 0, 'a')
  await producer.write('topic', 0, 'b')
  await plain(client)
  await environment.settle()
  assert.equal(isAnswered, false)
  await producer.end('commit')
  assert.equal(count(await waiting), 4)
})

test('without transactions it waits for as many bytes as it wants, like any reader', async (context) => {
  const { client, connect, environment } = await testBroker(context)
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 1, replicationFactor: 1 }] })
  let isAnswered = false
  const waiting = ask(connect(), 3 * batchOf().length).finally(() => (isAnswered = true))
  await plain(client)
  await plain(client)
  await environment.settle()
  assert.equal(isAnswered, false)
  await plain(client)
  assert.equal(count(await waiting), 3)
})
