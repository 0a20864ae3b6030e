import assert from 'node:assert/strict'
import test from 'node:test'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { offsetCommit } from '@streamwright/protocol/messages/offset-commit'
import { produce } from '@streamwright/protocol/messages/produce'
import { present, seededRandom } from '@streamwright/std'
import { startBroker } from '../src/index.ts'
import type { Storage } from '../src/log/storage.ts'
import { batchOf } from './log/batches.ts'
import { fakeEnvironment } from './support/fake-environment.ts'
import type { FakeEnvironment } from './support/fake-environment.ts'
import { PowerLossStorage } from './support/power-loss-storage.ts'
import { ProtocolClient } from './support/protocol-client.ts'
import { TransactionClient, committedOffset, readPartition } from './transactions/transaction-client.ts'

/** A broker that acknowledges what it has synced. */
const settings = { 'log.flush.interval.messages': '1', 'log.roll.ms': '1000', 'offsets.topic.num.partitions': '1' }
const dataDirectory = '/data'
const topicType = 2
/** Between two moments of the loss: each takes two starts of a broker. Prime, so that turns of work do not hide from it. */
const changesBetween = 3

/** What a client was told before the power failed. */
class Heard {
  readonly #storage: PowerLossStorage
  records: string[] = []
  committed: string[] = []
  aborted: string[] = []
  offset = -1
  topicId: string | undefined
  partitions = 0
  retentionMs: string | undefined
  isDeleted = false

  constructor(storage: PowerLossStorage) {
    this.#storage = storage
  }

  /** An answer that left before the end counts. */
  note(action: () => void): void {
    if (!this.#storage.isDead) action()
  }
}

async function write(client: ProtocolClient, value: string, timestamp?: number): Promise<number> {
  const records = batchOf({ values: [value], ...(timestamp !== undefined && { timestamp }) })
  const { responses } = await client.send(produce, 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 'topic', partitionData: [{ index: 0, records }] }],
  })
  return present(responses[0]?.partitionResponses[0], 'A partition has an answer').errorCode
}

/** Topics made, changed and deleted; records over several segments; offsets; transactions of both outcomes. */
async function work(client: ProtocolClient, environment: FakeEnvironment, heard: Heard): Promise<void> {
  const names = ['topic', 'doomed', 'transactions']
  const created = await client.send(createTopics, 7, {
    topics: names.map((name) => ({ name, numPartitions: 1, replicationFactor: 1 })),
  })
  const { topicId } = present(created.topics[0], 'A topic has an answer')
  heard.note(() => Object.assign(heard, { topicId, partitions: 1 }))
  for (let number = 0; number < 6; number++) {
    assert.equal(await write(client, `record ${number}`, environment.clock.wallMs()), 0)
    heard.note(() => heard.records.push(`record ${number}`))
    if (number % 2 === 1) await environment.advance(2000)
  }
  const committed = await client.send(offsetCommit, 8, {
    groupId: 'group',
    topics: [{ name: 'topic', partitions: [{ partitionIndex: 0, committedOffset: 4n }] }],
  })
  assert.equal(committed.topics[0]?.partitions[0]?.errorCode, 0)
  heard.note(() => (heard.offset = 4))
  const resource = { resourceType: topicType, resourceName: 'topic' }
  const altered = await client.send(incrementalAlterConfigs, 1, {
    resources: [{ ...resource, configs: [{ name: 'retention.ms', configOperation: 0, value: '7654321' }] }],
  })
  assert.equal(altered.responses[0]?.errorCode, 0)
  heard.note(() => (heard.retentionMs = '7654321'))
  const grown = await client.send(createPartitions, 3, {
    topics: [{ name: 'topic', count: 3, assignments: null }],
    timeoutMs: 1000,
  })
  assert.equal(grown.results[0]?.errorCode, 0)
  heard.note(() => (heard.partitions = 3))
  const deleted = await client.send(deleteTopics, 5, { topicNames: ['doomed'], timeoutMs: 1000 })
  assert.equal(deleted.responses[0]?.errorCode, 0)
  heard.note(() => (heard.isDeleted = true))
  const producer = new TransactionClient(client)
  await producer.initialize()
  for (const outcome of ['commit', 'abort', 'commit'] as const) {
    const value = `${outcome} ${heard.committed.length}`
    assert.equal(await producer.write('transactions', 0, value), 0)
    assert.equal(await producer.end(outcome), 0)
    heard.note(() => (outcome === 'commit' ? heard.committed : heard.aborted).push(value))
  }
}

async function workUntilPowerLoss(
  seed: number,
  changesLeft: number,
): Promise<{ storage: PowerLossStorage; heard: Heard }> {
  const storage = new PowerLossStorage(seededRandom(seed), changesLeft)
  const heard = new Heard(storage)
  const environment = fakeEnvironment()
  const broker = await startBroker({ listen: false, storage, dataDirectory, environment, settings })
  await work(new ProtocolClient(broker.connect()), environment, heard)
  // The process ends without a word; what it does while it closes is no longer part of the story.
  if (!storage.isDead) storage.change()
  await broker.close()
  return { storage, heard }
}

async function check(survivor: Storage, heard: Heard, when: string): Promise<void> {
  const broker = await startBroker({
    listen: false,
    storage: survivor,
    dataDirectory,
    environment: fakeEnvironment(),
    settings,
  })
  try {
    const client = new ProtocolClient(broker.connect())
    const { topics } = await client.send(metadata, 12, { topics: null })
    const topic = topics.find(({ name }) => name === 'topic')
    if (heard.topicId === undefined) return
    assert.equal(topic?.topicId, heard.topicId, when)
    assert.ok(topic.partitions.length >= heard.partitions, `${when}: partitions`)
    if (heard.isDeleted) assert.ok(!topics.some(({ name }) => name === 'doomed'), `${when}: a deleted topic is back`)
    const seen = await readPartition(client, 'topic', 0, 'read_uncommitted')
    assert.deepEqual(seen.values.slice(0, heard.records.length), heard.records, `${when}: records`)
    const offset = await committedOffset(client, 'group', 'topic')
    assert.ok(Number(offset) >= heard.offset, `${when}: offset ${offset}`)
    if (heard.retentionMs !== undefined) assert.equal(await retentionMs(client), heard.retentionMs, when)
    const ended = await readPartition(client, 'transactions')
    assert.deepEqual(ended.values.slice(0, heard.committed.length), heard.committed, `${when}: transactions`)
    for (const value of heard.aborted) assert.ok(!ended.values.includes(value), `${when}: an aborted record is visible`)
    assert.equal(await write(client, 'next'), 0, when)
  } finally {
    await broker.close()
  }
}

async function retentionMs(client: ProtocolClient): Promise<string | null | undefined> {
  const resource = { resourceType: topicType, resourceName: 'topic', configurationKeys: ['retention.ms'] }
  const { results } = await client.send(describeConfigs, 4, { resources: [resource] })
  return results[0]?.configs[0]?.value
}

test('a disk that loses what was not synced, at any of its changes, loses nothing that was acknowledged with log.flush.interval.messages=1', async () => {
  const whole = await workUntilPowerLoss(1, Infinity)
  assert.deepEqual([whole.heard.records.length, whole.heard.committed.length, whole.heard.isDeleted], [6, 2, true])
  const { changes } = whole.storage
  assert.ok(changes > 100)
  assert.ok(whole.storage.list(`${dataDirectory}/topic-0`).filter((name) => name.endsWith('.log')).length > 2)
  for (let left = 1; left < changes; left += changesBetween) {
    // oxlint-disable-next-line no-await-in-loop
    const { storage, heard } = await workUntilPowerLoss(left, left)
    // oxlint-disable-next-line no-await-in-loop
    await check(storage.survivor, heard, `power lost at change ${left} of ${changes}`)
  }
})
