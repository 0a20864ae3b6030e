import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode, Reader } from '@streamwright/protocol'
import { consumerProtocolAssignment } from '@streamwright/protocol/messages/consumer-protocol-assignment'
import { describeGroups } from '@streamwright/protocol/messages/describe-groups'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { asBuffer } from '@streamwright/std'
import { consumerAssignment } from '../../../src/groups/consumer/consumer-protocol.ts'
import { MemoryStorage } from '../../../src/log/memory-storage.ts'
import { fakeEnvironment } from '../../support/fake-environment.ts'
import type { ProtocolClient } from '../../support/protocol-client.ts'
import { testBroker } from '../../support/test-broker.ts'
import { GroupClient } from '../group-client.ts'
import { ConsumerClient, createTopic, describeGroup } from './consumer-client.ts'

/** What a classic member was given, of its only topic. */
function partitionsOf(assignment: Uint8Array): readonly number[] {
  const reader = new Reader(asBuffer(assignment))
  const version = reader.int16()
  return consumerProtocolAssignment.decode(reader, version).assignedPartitions.flatMap(({ partitions }) => partitions)
}

function bytesOf(topicId: string, partitions: readonly number[]): string {
  const assignment = new Map([[topicId, new Set(partitions)]])
  return consumerAssignment(assignment, 1, { getById: () => ({ name: 'topic' }) as never }).toString('latin1')
}

/** Joins and syncs: what a classic member does when it is told to. */
async function rejoin(member: GroupClient): Promise<readonly number[]> {
  assert.equal((await member.join()).errorCode, ErrorCode.NONE)
  const { errorCode, assignment } = await member.sync()
  assert.equal(errorCode, ErrorCode.NONE)
  return partitionsOf(assignment)
}

/** A classic group of one member that has all four partitions. */
async function classicGroup(client: ProtocolClient, instanceId: string | null = null): Promise<GroupClient> {
  const topicId = await createTopic(client, 4)
  const member = new GroupClient(client, 'group', instanceId)
  await member.enter()
  const text = bytesOf(topicId, [0, 1, 2, 3])
  const assignments = [{ memberId: member.memberId, assignment: Buffer.from(text, 'latin1') }]
  await member.sync({}, { assignments })
  return member
}

async function typeOf(client: ProtocolClient): Promise<string> {
  const { groups } = await client.send(listGroups, 5, {})
  return groups.map(({ groupType, groupState }) => `${groupType} ${groupState}`).join()
}

test('a classic group goes over while it works, and back when the last of the new members has left', async (context) => {
  const { client, environment } = await testBroker(context)
  const classic = await classicGroup(client)
  assert.equal(await classic.commit(5), ErrorCode.NONE)
  const consumer = new ConsumerClient(client, 'new')
  const joined = await consumer.join()
  assert.deepEqual([joined.errorCode, consumer.partitions], [ErrorCode.NONE, []])
  assert.equal(await typeOf(client), 'consumer Reconciling')
  const { members } = await describeGroup(client)
  assert.deepEqual(
    members.map(({ memberType }) => memberType),
    [0, 1],
  )
  assert.equal(await classic.commit(6), ErrorCode.NONE, 'in its generation it goes on')
  assert.equal(await classic.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  // An eager member has given up all before it joins.
  assert.deepEqual(await rejoin(classic), [0, 1])
  await consumer.heartbeat()
  assert.deepEqual(consumer.partitions, [2, 3])
  assert.equal(await typeOf(client), 'consumer Stable')
  assert.equal(await classic.heartbeat(), ErrorCode.NONE)
  assert.equal(await new GroupClient(client).committed(), 6)

  await consumer.leave()
  assert.equal(await typeOf(client), 'classic PreparingRebalance')
  assert.equal(await classic.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  const rejoined = await classic.join()
  assert.deepEqual([rejoined.errorCode, rejoined.leader], [ErrorCode.NONE, classic.memberId])
  assert.equal((await classic.sync({ [classic.memberId]: 'x' })).errorCode, ErrorCode.NONE)
  assert.equal(await typeOf(client), 'classic Stable')
  assert.equal(await new GroupClient(client).committed(), 6)
  await environment.advance(11_000)
  assert.equal(await typeOf(client), 'classic Empty', 'sessions run on')
})

test('members of both protocols: each of them is removed when it is silent or does not do as it is told', async (context) => {
  const { client, environment } = await testBroker(context)
  const classic = await classicGroup(client)
  const consumer = new ConsumerClient(client, 'new')
  await consumer.join()
  assert.equal(await classic.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  // Told to join, it has its rebalance time-out of 20 s for it, however often it is heard of.
  for (let waited = 0; waited < 21; waited += 3) {
    await environment.advance(3000)
    await classic.heartbeat()
    await consumer.heartbeat()
  }
  assert.equal(await classic.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID)
  await consumer.heartbeat()
  assert.deepEqual(consumer.partitions, [0, 1, 2, 3])
  const other = new GroupClient(client)
  assert.equal((await other.join()).errorCode, ErrorCode.MEMBER_ID_REQUIRED)
  assert.equal((await other.join()).errorCode, ErrorCode.NONE)
  assert.equal((await other.sync({}, { protocolName: 'other' })).errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  assert.equal((await other.sync({}, { generationId: 99 })).errorCode, ErrorCode.ILLEGAL_GENERATION)
  for (let waited = 0; waited < 21; waited += 3) {
    await environment.advance(3000)
    await consumer.heartbeat()
    await other.heartbeat()
  }
  assert.equal(await other.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID, 'it joined, and did not sync')
  assert.equal(await new GroupClient(client).leave('nobody'), ErrorCode.UNKNOWN_MEMBER_ID)
  const connect = await new GroupClient(client).join({ protocolType: 'connect' })
  assert.equal(connect.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
})

test('a static member goes over and comes back under one instance id', async (context) => {
  const { client } = await testBroker(context)
  const classic = await classicGroup(client, 'i')
  const consumer = new ConsumerClient(client, 'new', { instanceId: 'i' })
  await consumer.join()
  assert.deepEqual(consumer.partitions, [0, 1, 2, 3], 'nobody else is there')
  assert.equal(await classic.heartbeat(), ErrorCode.FENCED_INSTANCE_ID)
  assert.equal(await typeOf(client), 'consumer Stable')
  const back = new GroupClient(client, 'group', 'i')
  assert.equal((await back.join()).errorCode, ErrorCode.NONE)
  assert.equal(await typeOf(client), 'classic Stable')
  assert.deepEqual(partitionsOf((await back.sync()).assignment), [0, 1, 2, 3], 'the assignment stays')
  assert.equal(await back.heartbeat(), ErrorCode.NONE)
})

for (const policy of ['DISABLED', 'downgrade'] as const) {
  test(`with migration policy ${policy} a group with members does not go over`, async (context) => {
    const { client } = await testBroker(context, { settings: { 'group.consumer.migration.policy': policy } })
    const classic = await classicGroup(client)
    const refused = await new ConsumerClient(client, 'new').join()
    assert.equal(refused.errorCode, ErrorCode.GROUP_ID_NOT_FOUND)
    assert.match(refused.errorMessage ?? '', /^Cannot upgrade classic group group .* online upgrade is disabled\.$/)
    assert.equal(await classic.heartbeat(), ErrorCode.NONE)
    assert.equal(await typeOf(client), 'classic Stable')
  })
}

test('with migration policy upgrade a group does not go back', async (context) => {
  const { client } = await testBroker(context, { settings: { 'group.consumer.migration.policy': 'upgrade' } })
  const classic = await classicGroup(client)
  const consumer = new ConsumerClient(client, 'new')
  await consumer.join()
  await rejoin(classic)
  await consumer.heartbeat()
  await consumer.leave()
  assert.match(await typeOf(client), /^consumer/)
})

test('an empty group is of either kind, and keeps its offsets when it becomes the other', async (context) => {
  const place = { dataDirectory: '/data', storage: new MemoryStorage() }
  const environment = fakeEnvironment()
  const before = await testBroker(
    context,
    { ...place, settings: { 'group.consumer.migration.policy': 'disabled' } },
    environment,
  )
  const classic = await classicGroup(before.client)
  await classic.commit(9)
  await classic.leave()
  const consumer = new ConsumerClient(before.client, 'new')
  await consumer.join()
  assert.deepEqual(consumer.partitions, [0, 1, 2, 3])
  assert.equal(await new GroupClient(before.client).committed(), 9)
  await consumer.leave()
  const again = new GroupClient(before.client)
  await again.enter()
  assert.equal(await typeOf(before.client), 'classic CompletingRebalance')
  assert.equal(await new GroupClient(before.client).committed(), 9)
  await before.broker.close()
  const { client } = await testBroker(context, place, environment)
  assert.equal(await typeOf(client), 'classic Empty', 'nothing of the other kind is left on the disk')
  assert.equal(await new GroupClient(client).committed(), 9)
})

test('a group of both protocols is the same after a restart', async (context) => {
  const place = { dataDirectory: '/data', storage: new MemoryStorage() }
  const environment = fakeEnvironment()
  const before = await testBroker(context, place, environment)
  const classic = await classicGroup(before.client)
  const consumer = new ConsumerClient(before.client, 'new')
  await consumer.join()
  const described = await describeGroup(before.client)
  await before.broker.close()
  const { client } = await testBroker(context, place, environment)
  assert.deepEqual(await describeGroup(client), described)
  const same = new GroupClient(client)
  same.memberId = classic.memberId
  same.generationId = classic.generationId
  assert.equal(await same.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  assert.deepEqual(await rejoin(same), [0, 1])
  const gone = await client.send(describeGroups, 6, { groups: ['group'] })
  assert.equal(gone.groups[0]?.errorMessage, 'Group group is not a classic group.')
})

test('a classic group that is in the middle of a rebalance is told to begin anew', async (context) => {
  const { client, connect } = await testBroker(context)
  const classic = await classicGroup(client)
  const other = new GroupClient(connect())
  await other.join()
  const waiting = other.join()
  const consumer = new ConsumerClient(client, 'new')
  await consumer.join()
  assert.equal((await waiting).errorCode, ErrorCode.REBALANCE_IN_PROGRESS)
  assert.deepEqual(await rejoin(classic), [0, 1])
  assert.equal((await describeGroup(client)).members.length, 3)
})
