import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import test from 'node:test'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { produce } from '@streamwright/protocol/messages/produce'
import { ConfigurationError, createLog, silentLog, systemEnvironment } from '@streamwright/std'
import { startBroker } from '../src/index.ts'
import { MemoryStorage } from '../src/log/memory-storage.ts'
import { producerIdBlockSize } from '../src/limits.ts'
import { batchOf } from './log/batches.ts'
import { fakeEnvironment } from './support/fake-environment.ts'
import { ProtocolClient } from './support/protocol-client.ts'
import { testBroker } from './support/test-broker.ts'

const dataDirectory = '/data'

function emptyStorage(): MemoryStorage {
  const storage = new MemoryStorage()
  storage.makeDirectory(dataDirectory)
  return storage
}

async function fill(client: ProtocolClient): Promise<void> {
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
  await client.send(incrementalAlterConfigs, 1, {
    resources: [
      { resourceType: 2, resourceName: 'topic', configs: [{ name: 'retention.ms', configOperation: 0, value: '-1' }] },
    ],
  })
  await client.send(produce, 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 'topic', partitionData: [{ index: 1, records: batchOf({ values: ['kept'] }) }] }],
  })
}

async function highWatermark(client: ProtocolClient): Promise<number> {
  const { responses } = await client.send(fetch, 12, {
    minBytes: 1,
    topics: [{ topic: 'topic', partitions: [{ partition: 1, fetchOffset: 0n, partitionMaxBytes: 1000 }] }],
  })
  return Number(responses[0]?.partitions[0]?.highWatermark)
}

test('topics with their ids and configurations, records and the cluster id outlive the process', async (context) => {
  const storage = emptyStorage()
  const before = await testBroker(context, { storage, dataDirectory })
  await fill(before.client)
  const known = await before.client.send(metadata, 12, { topics: null })
  const { producerId } = await before.client.send(initProducerId, 4, { transactionalId: null, transactionTimeoutMs: 1 })
  await before.broker.close()

  const after = await testBroker(context, { storage, dataDirectory })
  assert.deepEqual(await after.client.send(metadata, 12, { topics: null }), known)
  assert.equal(await highWatermark(after.client), 1)
  const { results } = await after.client.send(describeConfigs, 4, {
    resources: [{ resourceType: 2, resourceName: 'topic', configurationKeys: ['retention.ms'] }],
  })
  assert.equal(results[0]?.configs[0]?.value, '-1')
  const next = await after.client.send(initProducerId, 4, { transactionalId: null, transactionTimeoutMs: 1 })
  assert.equal(next.producerId, producerId + BigInt(producerIdBlockSize))
})

test('logs without metadata are taken over: topics are made from what is there', async (context) => {
  const storage = emptyStorage()
  const before = await testBroker(context, { storage, dataDirectory })
  await fill(before.client)
  const [known] = (await before.client.send(metadata, 12, { topics: null })).topics
  await before.broker.close()
  storage.removeFile(`${dataDirectory}/metadata.log`)
  const lines: string[] = []
  const environment = fakeEnvironment({ log: createLog({ write: (line) => lines.push(line) }) })
  const after = await testBroker(context, { storage, dataDirectory }, environment)
  const [adopted] = (await after.client.send(metadata, 12, { topics: null })).topics
  assert.deepEqual([adopted?.name, adopted?.topicId, adopted?.partitions.length], ['topic', known?.topicId, 2])
  assert.equal(await highWatermark(after.client), 1)
  assert.match(lines.join('\n'), /topics are made from the logs/)
})

test('what a deletion left behind when the process died is removed at the next start', async (context) => {
  const storage = emptyStorage()
  const before = await testBroker(context, { storage, dataDirectory })
  await fill(before.client)
  await before.client.send(createTopics, 7, { topics: [{ name: 'other', numPartitions: 1, replicationFactor: 1 }] })
  const metadataBytes = storage.readFile(`${dataDirectory}/metadata.log`)
  await before.client.send(createTopics, 7, { topics: [{ name: 'ghost', numPartitions: 1, replicationFactor: 1 }] })
  await before.broker.close()
  assert.ok(storage.exists(`${dataDirectory}/ghost-0`))
  storage.replaceFile(`${dataDirectory}/metadata.log`, metadataBytes)
  const after = await testBroker(context, { storage, dataDirectory })
  const { topics } = await after.client.send(metadata, 12, { topics: null })
  assert.deepEqual(
    topics.map(({ name }) => name),
    ['topic', 'other'],
  )
  assert.ok(!storage.exists(`${dataDirectory}/ghost-0`))
})

test('a temporary broker leaves nothing behind', async () => {
  const environment = { ...systemEnvironment, log: silentLog }
  const broker = await startBroker({ temporary: true, listen: false, environment })
  const { dataDirectory: path } = broker
  await fill(new ProtocolClient(broker.connect()))
  assert.ok(existsSync(path))
  await broker.close()
  assert.ok(!existsSync(path))
})

test('where data goes must be said, once', async () => {
  const environment = { ...systemEnvironment, log: silentLog }
  await assert.rejects(startBroker({ listen: false, environment }), ConfigurationError)
  await assert.rejects(startBroker({ listen: false, environment, inMemory: true, temporary: true }), ConfigurationError)
  await assert.rejects(
    startBroker({ listen: false, environment, settings: { 'log.dirs': '/a,/b' } }),
    /several directories/,
  )
})

test('settings of Kafka that mean nothing here are taken silently, names that do not exist with a warning', async (context) => {
  const lines: string[] = []
  const environment = fakeEnvironment({ log: createLog({ write: (line) => lines.push(line) }) })
  const settings = { 'num.network.threads': 3, zookeeperConnect: 'x', 'listener.name.internal.ssl.client.auth': 'none' }
  await testBroker(context, { settings }, environment)
  assert.deepEqual(
    lines.map((line) => /Unknown broker setting (\S+)/.exec(line)?.[1]),
    ['zookeeperConnect'],
  )
  await assert.rejects(
    startBroker({ inMemory: true, listen: false, environment, settings: { 'num.partitions': 'many' } }),
    ConfigurationError,
  )
})

test('closing twice is closing once', async (context) => {
  const { broker } = await testBroker(context)
  await Promise.all([broker.close(), broker.close()])
})
