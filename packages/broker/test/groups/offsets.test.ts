import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode, RecordBatch } from '@streamwright/protocol'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteGroups } from '@streamwright/protocol/messages/delete-groups'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { offsetCommit } from '@streamwright/protocol/messages/offset-commit'
import { offsetDelete } from '@streamwright/protocol/messages/offset-delete'
import { offsetFetch } from '@streamwright/protocol/messages/offset-fetch'
import { present } from '@streamwright/std'
import { readGroupRecord } from '../../src/groups/group-records.ts'
import { offsetsCompactionBytes } from '../../src/limits.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { GroupClient, createTopic, sessionTimeoutMs } from './group-client.ts'

test('somebody from outside commits for a group that does not exist yet, or that is empty', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client)
  const outside = new GroupClient(client)
  assert.equal(await outside.committed(), -1)
  assert.equal(await outside.commit(1, { generationId: 1, memberId: 'm' }), ErrorCode.GROUP_ID_NOT_FOUND)
  assert.equal(await outside.commit(1, { generationId: 1, version: 8 }), ErrorCode.ILLEGAL_GENERATION)
  assert.equal(await outside.commit(7), ErrorCode.NONE)
  assert.equal(await outside.committed(), 7)
  assert.equal(await outside.commit(-5), ErrorCode.NONE)
  assert.equal(await outside.committed(), -5)
  assert.equal(await outside.commit(1, { topic: 'none' }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await outside.commit(1, { partition: 99 }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await outside.commit(1, { metadata: 'm'.repeat(5000) }), ErrorCode.OFFSET_METADATA_TOO_LARGE)
  assert.equal(await outside.committed(), -5)
})

test('while a group has members, only they commit', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client)
  const member = new GroupClient(client)
  await member.enter()
  await member.sync()
  assert.equal(await member.commit(1, { generationId: -1, memberId: '' }), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await member.commit(1, { memberId: 'nobody' }), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await member.commit(1, { generationId: 2 }), ErrorCode.ILLEGAL_GENERATION)
  assert.equal(await member.commit(2), ErrorCode.NONE)
  await member.leave()
  assert.equal(await member.commit(3), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await member.commit(4, { generationId: -1, memberId: '' }), ErrorCode.NONE)
  assert.equal(await member.committed(), 4)
})

function seen(
  answers: readonly { partitionIndex: number; committedOffset: bigint; metadata: string | null }[] = [],
): (string | number | null)[][] {
  return answers.map(({ partitionIndex, committedOffset, metadata: note }) => [
    partitionIndex,
    Number(committedOffset),
    note,
  ])
}

test('offsets are asked for by name or id, of some partitions or all, of many groups', async (context) => {
  const { client } = await testBroker(context)
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 3, replicationFactor: 1 }] })
  const { topics } = await client.send(metadata, 12, { topics: [{ name: 'topic' }] })
  const topicId = topics[0]?.topicId ?? ''
  const outside = new GroupClient(client)
  await outside.commit(5, { partition: 1, metadata: 'note' })
  const byId = await client.send(offsetCommit, 10, {
    groupId: 'group',
    topics: [{ topicId, partitions: [{ partitionIndex: 2, committedOffset: 6n }] }],
  })
  assert.equal(byId.topics[0]?.partitions[0]?.errorCode, 0)
  const old = await client.send(offsetFetch, 1, {
    groupId: 'group',
    topics: [{ name: 'topic', partitionIndexes: [0, 1] }],
  })
  assert.deepEqual(seen(old.topics[0]?.partitions), [
    [0, -1, ''],
    [1, 5, 'note'],
  ])
  const all = await client.send(offsetFetch, 7, { groupId: 'group', topics: null, requireStable: true })
  assert.deepEqual(seen(all.topics[0]?.partitions), [
    [1, 5, 'note'],
    [2, 6, ''],
  ])
  const many = await client.send(offsetFetch, 10, {
    groups: [
      { groupId: 'group', topics: [{ topicId, partitionIndexes: [2] }] },
      { groupId: 'unknown', topics: null },
      { groupId: 'group', topics: [{ topicId: 'AQIDBAUGBwgJCgsMDQ4PEA', partitionIndexes: [0] }] },
    ],
  })
  assert.deepEqual(seen(many.groups[0]?.topics[0]?.partitions), [[2, 6, '']])
  assert.deepEqual(many.groups[1]?.topics, [])
  assert.equal(many.groups[2]?.topics[0]?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
})

test('groups and their offsets are deleted when nobody uses them', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client)
  const member = new GroupClient(client)
  await member.enter()
  await member.sync()
  await member.commit(3)
  const removeOffset = async (): Promise<readonly [number, number | undefined]> => {
    const answer = await client.send(offsetDelete, 0, {
      groupId: 'group',
      topics: [{ name: 'topic', partitions: [{ partitionIndex: 0 }] }],
    })
    return [answer.errorCode, answer.topics[0]?.partitions[0]?.errorCode]
  }
  const removeGroups = async (...groupsNames: string[]): Promise<number[]> =>
    (await client.send(deleteGroups, 2, { groupsNames })).results.map(({ errorCode }) => errorCode)
  assert.deepEqual(await removeOffset(), [0, ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC])
  assert.deepEqual(await removeGroups('group', 'unknown'), [ErrorCode.NON_EMPTY_GROUP, ErrorCode.GROUP_ID_NOT_FOUND])
  await member.leave()
  assert.deepEqual(await removeOffset(), [0, 0])
  assert.equal(await member.committed(), -1)
  await member.commit(4, { generationId: -1, memberId: '' })
  assert.deepEqual(await removeGroups('group'), [0])
  assert.equal(await member.committed(), -1)
  assert.deepEqual(await removeOffset(), [ErrorCode.GROUP_ID_NOT_FOUND, undefined])
})

test('a deleted topic takes the offsets committed for it along', async (context) => {
  const { client, environment } = await testBroker(context)
  await createTopic(client)
  const outside = new GroupClient(client)
  await outside.commit(3)
  await client.send(deleteTopics, 6, { topics: [{ name: 'topic' }] })
  await environment.settle()
  await createTopic(client)
  assert.equal(await outside.committed(), -1)
})

/** Everything that `__consumer_offsets` holds, read as any client would. */
async function recordsOf(client: ProtocolClient): Promise<ReturnType<typeof readGroupRecord>[]> {
  const records: ReturnType<typeof readGroupRecord>[] = []
  for (let partition = 0; partition < 50; partition++) {
    const { responses } = await client.send(fetch, 12, {
      minBytes: 1,
      topics: [
        { topic: '__consumer_offsets', partitions: [{ partition, fetchOffset: 0n, partitionMaxBytes: 10_000_000 }] },
      ],
    })
    const bytes = present(responses[0]?.partitions[0]?.records, 'A partition is answered')
    for (const batch of RecordBatch.read(bytes)) {
      const cursor = batch.records()
      while (cursor.next())
        records.push(readGroupRecord(present(cursor.key(), 'A group record has a key'), cursor.value()))
    }
  }
  return records
}

test("groups are kept in Kafka's records: of offsets, of generations, and of their deletion", async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client)
  const member = new GroupClient(client)
  await member.enter()
  await member.sync({ [member.memberId]: 'all' })
  await member.commit(3)
  await member.leave()
  await client.send(deleteGroups, 2, { groupsNames: ['group'] })
  const records = await recordsOf(client)
  assert.deepEqual(
    records.map((record) => {
      if (record.kind === 'group') return record.value === null ? 'no group' : `generation ${record.value.generation}`
      if (record.kind === 'offset') return record.offset === null ? 'no offset' : `offset ${record.offset.offset}`
      return record.kind
    }),
    ['generation 0', 'generation 1', 'offset 3', 'generation 2', 'no offset', 'no group'],
  )
})

test('after a restart groups are as they were, and members that stay away are gone after a session', async (context) => {
  const storage = new MemoryStorage()
  storage.makeDirectory('/data')
  const options = { storage, dataDirectory: '/data' }
  const before = await testBroker(context, options)
  await createTopic(before.client)
  const first = new GroupClient(before.connect())
  await first.enter()
  await first.sync({ [first.memberId]: 'mine' })
  await first.commit(42)
  await new GroupClient(before.client, 'other').commit(7)
  await before.broker.close()

  const environment = fakeEnvironment()
  const after = await testBroker(context, options, environment)
  const again = new GroupClient(after.connect())
  again.memberId = first.memberId
  again.generationId = first.generationId
  assert.equal(await again.heartbeat(), ErrorCode.NONE)
  assert.equal((await again.sync()).assignment.toString(), 'mine')
  assert.equal(await again.committed(), 42)
  assert.equal(await new GroupClient(after.client, 'other').committed(), 7)
  await environment.advance(sessionTimeoutMs + 1)
  assert.equal(await again.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID)
})

test('offsets of an empty group are dropped after a while, and of a working one those that it does not read', async (context) => {
  const settings = { 'offsets.retention.minutes': 1, 'offsets.retention.check.interval.ms': 10_000 }
  const { client, connect, environment } = await testBroker(context, { settings })
  await createTopic(client)
  await createTopic(client, 'unread')
  const worker = new GroupClient(connect(), 'working')
  await worker.enter()
  await worker.sync()
  await worker.commit(1)
  await worker.commit(1, { topic: 'unread' })
  const outside = new GroupClient(client, 'outside')
  await outside.commit(2)
  const left = new GroupClient(connect(), 'left')
  await left.enter()
  await left.sync()
  await left.commit(3)
  for (let elapsedMs = 0; elapsedMs < 55_000; elapsedMs += 5000) {
    await environment.advance(5000)
    assert.equal(await worker.heartbeat(), ErrorCode.NONE)
    assert.equal(await left.heartbeat(), ErrorCode.NONE)
  }
  assert.equal(await outside.committed(), 2)
  await left.leave()
  for (let elapsedMs = 0; elapsedMs < 20_000; elapsedMs += 5000) {
    await environment.advance(5000)
    await worker.heartbeat()
  }
  assert.equal(await outside.committed(), -1)
  assert.equal(await worker.committed(), 1)
  assert.equal(await worker.committed('unread'), -1)
  assert.equal(await left.committed(), 3)
  await environment.advance(60_000)
  assert.equal(await left.committed(), -1)
  const { groups } = await client.send(listGroups, 5, {})
  assert.deepEqual(
    groups.map(({ groupId }) => groupId),
    ['working'],
  )
})

test('when most of what is kept is outdated it is written anew, and nothing is forgotten', async (context) => {
  const storage = new MemoryStorage()
  storage.makeDirectory('/data')
  const options = { storage, dataDirectory: '/data', settings: { 'offsets.topic.num.partitions': 1 } }
  const before = await testBroker(context, options)
  await createTopic(before.client)
  const outside = new GroupClient(before.client)
  await new GroupClient(before.client, 'quiet').commit(11)
  const metadataText = 'm'.repeat(4096)
  const commits = Math.ceil(offsetsCompactionBytes / metadataText.length) + 10
  for (let offset = 0; offset < commits; offset++) await outside.commit(offset, { metadata: metadataText })
  await before.environment.settle()
  const records = await before.client.send(fetch, 12, {
    minBytes: 1,
    topics: [{ topic: '__consumer_offsets', partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1 }] }],
  })
  assert.equal(records.responses[0]?.partitions[0]?.errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  await before.broker.close()
  const after = await testBroker(context, options)
  assert.equal(await new GroupClient(after.client).committed(), commits - 1)
  assert.equal(await new GroupClient(after.client, 'quiet').committed(), 11)
})

test('with the topic that groups are kept in go the groups; it comes back with the next one', async (context) => {
  const { client, connect, environment } = await testBroker(context)
  await createTopic(client)
  const member = new GroupClient(connect())
  await member.enter()
  await member.sync()
  await member.commit(3)
  const { results } = await client.send(createPartitions, 3, { topics: [{ name: '__consumer_offsets', count: 60 }] })
  assert.equal(results[0]?.errorCode, ErrorCode.INVALID_PARTITIONS)
  await client.send(deleteTopics, 6, { topics: [{ name: '__consumer_offsets' }] })
  await environment.settle()
  assert.equal(await member.committed(), -1)
  assert.equal(await member.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await member.commit(4, { generationId: -1, memberId: '' }), ErrorCode.NONE)
  assert.equal(await member.committed(), 4)
})
