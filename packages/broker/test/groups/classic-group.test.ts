import assert from 'node:assert/strict'
import test from 'node:test'
import { AclOperation, ErrorCode } from '@streamwright/protocol'
import { describeGroups } from '@streamwright/protocol/messages/describe-groups'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { newMemberJoinTimeoutMs } from '../../src/limits.ts'
import { testBroker } from '../support/test-broker.ts'
import { GroupClient, createTopic, rebalanceTimeoutMs, sessionTimeoutMs, subscription } from './group-client.ts'

type TestContext = Parameters<typeof testBroker>[0]

async function setUp(context: TestContext, settings: Record<string, unknown> = {}) {
  const { broker, connect, client, environment } = await testBroker(context, { settings })
  await createTopic(client)
  const member = (instanceId: string | null = null): GroupClient => new GroupClient(connect(), 'group', instanceId)
  const stateOf = async (): Promise<string> => {
    const { groups } = await client.send(describeGroups, 5, { groups: ['group'] })
    return groups[0]?.groupState ?? 'none'
  }
  return { broker, client, environment, member, stateOf }
}

/** Two members in a stable group; the first leads. */
async function stablePair(context: TestContext) {
  const { environment, member, ...rest } = await setUp(context)
  const first = member()
  const second = member()
  await first.enter()
  await first.sync({ [first.memberId]: 'all' })
  const joining = second.enter()
  await environment.settle()
  const rejoined = first.join()
  await Promise.all([joining, rejoined])
  const synced = second.sync()
  await first.sync({ [first.memberId]: 'one', [second.memberId]: 'two' })
  assert.equal((await synced).assignment.toString(), 'two')
  return { first, second, environment, member, ...rest }
}

test('a first member gets an id, joins with it, leads, assigns, and lives', async (context) => {
  const { member, stateOf } = await setUp(context)
  const alone = member()
  const given = await alone.join()
  assert.equal(given.errorCode, ErrorCode.MEMBER_ID_REQUIRED)
  assert.match(given.memberId, /^test-[0-9a-f]{8}-[0-9a-f-]{27}$/)
  assert.equal(await alone.heartbeat(0), ErrorCode.UNKNOWN_MEMBER_ID)
  const joined = await alone.join()
  assert.deepEqual(
    [joined.errorCode, joined.generationId, joined.leader, joined.protocolName],
    [0, 1, alone.memberId, 'range'],
  )
  assert.deepEqual(joined.members[0]?.metadata, subscription)
  assert.equal(await stateOf(), 'CompletingRebalance')
  assert.equal(await alone.heartbeat(), ErrorCode.NONE)
  assert.equal(await alone.commit(1), ErrorCode.REBALANCE_IN_PROGRESS)
  assert.equal((await alone.sync({}, { generationId: 8 })).errorCode, ErrorCode.ILLEGAL_GENERATION)
  assert.equal((await alone.sync({}, { protocolName: 'other' })).errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  assert.equal((await alone.sync({}, { protocolType: 'connect' })).errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  assert.equal((await alone.sync({}, { memberId: 'nobody' })).errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  const synced = await alone.sync({ [alone.memberId]: 'all' })
  assert.deepEqual([synced.errorCode, synced.protocolType, synced.assignment.toString()], [0, 'consumer', 'all'])
  assert.equal(await stateOf(), 'Stable')
  assert.equal((await alone.sync()).assignment.toString(), 'all')
  assert.equal(await alone.commit(3), ErrorCode.NONE)
  assert.equal(await alone.committed(), 3)
})

test('what a JoinGroup may not say is refused', async (context) => {
  const { client, member } = await setUp(context)
  const errorOf = async (request: Parameters<GroupClient['join']>[0]): Promise<number> =>
    (await member().join(request)).errorCode
  assert.equal(await errorOf({ groupId: '' }), ErrorCode.INVALID_GROUP_ID)
  assert.equal(await errorOf({ sessionTimeoutMs: 1 }), ErrorCode.INVALID_SESSION_TIMEOUT)
  assert.equal(await errorOf({ sessionTimeoutMs: 0x7fff_ffff }), ErrorCode.INVALID_SESSION_TIMEOUT)
  assert.equal(await errorOf({ protocols: [] }), ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  assert.equal(await errorOf({ protocolType: '' }), ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  assert.equal(await errorOf({ memberId: 'nobody' }), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.deepEqual((await client.send(listGroups, 5, {})).groups, [])
  const unknown = new GroupClient(client, 'unknown')
  assert.equal(await unknown.heartbeat(1, 'nobody'), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal((await unknown.sync({}, { memberId: 'nobody' })).errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await unknown.leave('nobody'), ErrorCode.UNKNOWN_MEMBER_ID)
})

test('a second member makes the first rejoin; both wait for each other', async (context) => {
  const { environment, member, stateOf } = await setUp(context)
  const first = member()
  const second = member()
  await first.enter()
  await first.sync({ [first.memberId]: 'all' })
  await second.join()
  const other = await member().join({
    memberId: second.memberId,
    protocols: [{ name: 'other', metadata: Buffer.from('m') }],
  })
  assert.equal(other.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  const joining = second.join()
  await environment.settle()
  assert.equal(await stateOf(), 'PreparingRebalance')
  assert.equal(await first.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  assert.equal((await first.sync()).errorCode, ErrorCode.REBALANCE_IN_PROGRESS)
  assert.equal(await first.commit(4), ErrorCode.NONE)
  const rejoined = await first.join()
  const joined = await joining
  assert.deepEqual([rejoined.generationId, joined.generationId], [2, 2])
  assert.equal(joined.leader, first.memberId)
  assert.deepEqual(joined.members, [])
  assert.deepEqual(
    rejoined.members.map(({ memberId }) => memberId),
    [first.memberId, second.memberId],
  )
  assert.equal(await first.commit(5), ErrorCode.REBALANCE_IN_PROGRESS)
  assert.equal(await first.commit(5, { generationId: 1 }), ErrorCode.ILLEGAL_GENERATION)
  const following = second.sync()
  await first.sync({ [first.memberId]: 'one', [second.memberId]: 'two' })
  assert.equal((await following).assignment.toString(), 'two')
})

test('in a stable group only news make a rebalance: a follower that repeats itself gets the same generation', async (context) => {
  const { first, second, environment } = await stablePair(context)
  assert.deepEqual((await second.join()).generationId, 2)
  const news = second.join({ protocols: [{ name: 'range', metadata: Buffer.from('news') }] })
  await environment.settle()
  assert.equal(await first.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  await first.join()
  assert.equal((await news).generationId, 3)
  const following = second.sync()
  await first.sync()
  await following
  const leading = first.join()
  await environment.settle()
  assert.equal(await second.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  await second.join({ protocols: [{ name: 'range', metadata: Buffer.from('news') }] })
  assert.equal((await leading).generationId, 4)
})

test('who leaves is gone at once, and the others share what it had', async (context) => {
  const { first, second, stateOf } = await stablePair(context)
  assert.equal(await second.leave(), ErrorCode.NONE)
  assert.equal(await second.leave(), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await second.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await first.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  assert.equal((await first.join()).generationId, 3)
  await first.sync()
  assert.equal(await first.leave(), ErrorCode.NONE)
  assert.equal(await stateOf(), 'Empty')
})

test('a member that is silent for its session is gone; heartbeats and commits are signs of life', async (context) => {
  const { first, second, environment } = await stablePair(context)
  for (let turn = 0; turn < 3; turn++) {
    await environment.advance(sessionTimeoutMs - 1)
    assert.equal(await first.heartbeat(), ErrorCode.NONE)
    assert.equal(await second.commit(turn), ErrorCode.NONE)
  }
  await environment.advance(sessionTimeoutMs - 1)
  assert.equal(await first.heartbeat(), ErrorCode.NONE)
  await environment.advance(2)
  assert.equal(await second.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await first.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
})

test('a rebalance does not wait longer than the members asked for', async (context) => {
  const { first, member, second, environment } = await stablePair(context)
  const third = member()
  const joining = third.enter()
  await environment.settle()
  void first.join()
  let waitedMs = 0
  for (; waitedMs < rebalanceTimeoutMs - 5000; waitedMs += 5000) {
    await environment.advance(5000)
    assert.equal(await second.heartbeat(), ErrorCode.REBALANCE_IN_PROGRESS)
  }
  await environment.advance(rebalanceTimeoutMs - waitedMs)
  assert.equal((await joining).generationId, 3)
  assert.equal(await second.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID)
})

test('an id that was given and never used holds a rebalance up no longer than a session', async (context) => {
  const { first, second, member, environment } = await stablePair(context)
  await member().join()
  await second.leave()
  const joining = first.join()
  let isJoined = false
  void joining.then(() => (isJoined = true))
  await environment.advance(sessionTimeoutMs - 1)
  assert.equal(isJoined, false)
  await environment.advance(1)
  assert.equal((await joining).generationId, 3)
})

test('a member that joins and never syncs is gone after the rebalance time-out', async (context) => {
  const { member, environment, stateOf } = await setUp(context)
  const lazy = member()
  await lazy.enter()
  for (let waitedMs = 0; waitedMs < rebalanceTimeoutMs; waitedMs += 5000) {
    assert.equal(await lazy.heartbeat(), ErrorCode.NONE)
    await environment.advance(5000)
  }
  assert.equal(await lazy.heartbeat(), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await stateOf(), 'Empty')
})

function protocols(...names: string[]): { name: string; metadata: Buffer }[] {
  return names.map((name) => ({ name, metadata: Buffer.from(name) }))
}

test('members choose the protocol that most would take among those all can do', async (context) => {
  const { member, environment } = await setUp(context, { 'group.initial.rebalance.delay.ms': 3000 })
  const wishes = [protocols('a', 'b', 'c'), protocols('c', 'b'), protocols('c', 'd', 'b')]
  const members = wishes.map(() => member())
  const joining = members.map(async (each, index) => {
    const wish = { protocols: wishes[index] ?? [] }
    await each.join(wish)
    return each.join(wish)
  })
  await environment.advance(6000)
  const answers = await Promise.all(joining)
  assert.deepEqual(
    answers.map(({ generationId, protocolName }) => [generationId, protocolName]),
    [
      [1, 'c'],
      [1, 'c'],
      [1, 'c'],
    ],
  )
})

test('an empty group waits for more members while they come, up to the rebalance time-out', async (context) => {
  const { member, environment } = await setUp(context, { 'group.initial.rebalance.delay.ms': 3000 })
  const answered: number[] = []
  const enter = (number: number): void =>
    void member()
      .enter()
      .then(() => answered.push(number))
  enter(1)
  await environment.advance(2999)
  enter(2)
  await environment.advance(2999)
  assert.deepEqual(answered, [])
  await environment.advance(2)
  assert.deepEqual(
    answered.toSorted((left, right) => left - right),
    [1, 2],
  )
})

test('a static member that restarts takes its place back; nobody else notices', async (context) => {
  const { environment, member, stateOf } = await setUp(context)
  const before = member('i1')
  const joined = await before.join()
  assert.match(joined.memberId, /^i1-/)
  await before.sync({ [before.memberId]: 'mine' })
  const after = member('i1')
  const again = await after.join()
  assert.deepEqual([again.errorCode, again.generationId, again.skipAssignment], [0, 1, true])
  assert.notEqual(after.memberId, before.memberId)
  assert.equal(again.leader, after.memberId)
  assert.deepEqual(
    again.members.map(({ memberId, groupInstanceId }) => [memberId, groupInstanceId]),
    [[after.memberId, 'i1']],
  )
  assert.equal((await after.sync()).assignment.toString(), 'mine')
  assert.equal(await before.heartbeat(), ErrorCode.FENCED_INSTANCE_ID)
  assert.equal(await before.commit(1), ErrorCode.FENCED_INSTANCE_ID)
  assert.equal((await before.sync()).errorCode, ErrorCode.FENCED_INSTANCE_ID)
  assert.equal((await before.join()).errorCode, ErrorCode.FENCED_INSTANCE_ID)
  assert.equal(await before.leave(), ErrorCode.FENCED_INSTANCE_ID)
  assert.equal(await after.heartbeat(), ErrorCode.NONE)
  assert.equal(await after.leave('', 'i9'), ErrorCode.UNKNOWN_MEMBER_ID)
  assert.equal(await after.leave('', 'i1'), ErrorCode.NONE)
  assert.equal(await stateOf(), 'Empty')
  await environment.settle()
})

test('an old static client that comes back as the leader is not told to lead', async (context) => {
  const { member } = await setUp(context)
  const before = member('i1')
  await before.join()
  await before.sync({ [before.memberId]: 'mine' })
  const after = member('i1')
  const again = await after.join({}, 8)
  assert.deepEqual([again.errorCode, again.leader, again.members], [0, before.memberId, []])
})

test('a static member that comes back with other protocols makes a rebalance', async (context) => {
  const { member } = await setUp(context)
  const before = member('i1')
  await before.join()
  await before.sync({ [before.memberId]: 'mine' })
  const again = await member('i1').join({ protocols: [{ name: 'other', metadata: Buffer.from('m') }] })
  // The only member: what it can do is what the group can do, but it shares no protocol with its former self.
  assert.equal(again.errorCode, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  const both = [
    { name: 'other', metadata: Buffer.from('m') },
    { name: 'range', metadata: subscription },
  ]
  const rebalanced = await member('i1').join({ protocols: both })
  assert.deepEqual([rebalanced.errorCode, rebalanced.generationId, rebalanced.protocolName], [0, 2, 'other'])
})

test('clients of the first versions join without a first round', async (context) => {
  const { member } = await setUp(context)
  const old = member()
  const joined = await old.join({}, 0)
  assert.deepEqual([joined.errorCode, joined.generationId, joined.leader], [0, 1, old.memberId])
})

test('a group takes no more members than its size', async (context) => {
  const { member } = await setUp(context, { 'group.max.size': 1 })
  const first = member()
  await first.enter()
  await first.sync()
  assert.equal((await member().join()).errorCode, ErrorCode.GROUP_MAX_SIZE_REACHED)
  assert.equal(await first.heartbeat(), ErrorCode.NONE)
})

test('a group is described by its state, and what members say only while it is in force', async (context) => {
  const { first, second, client, environment } = await stablePair(context)
  const describe = async () =>
    (await client.send(describeGroups, 5, { groups: ['group'], includeAuthorizedOperations: true })).groups[0]
  const stable = await describe()
  assert.deepEqual([stable?.groupState, stable?.protocolType, stable?.protocolData], ['Stable', 'consumer', 'range'])
  assert.equal(stable?.authorizedOperations, 3400)
  assert.deepEqual(
    stable?.members.map((each) => [each.memberId, each.clientId, each.clientHost, each.memberAssignment.toString()]),
    [
      [first.memberId, 'test', '/127.0.0.1', 'one'],
      [second.memberId, 'test', '/127.0.0.1', 'two'],
    ],
  )
  assert.deepEqual(stable?.members[0]?.memberMetadata, subscription)
  void first.join()
  await environment.settle()
  const preparing = await describe()
  assert.deepEqual([preparing?.groupState, preparing?.protocolData], ['PreparingRebalance', ''])
  assert.deepEqual(preparing?.members[0]?.memberMetadata.length, 0)
  const states = async (statesFilter: string[], typesFilter: string[] = []) =>
    (await client.send(listGroups, 5, { statesFilter, typesFilter })).groups.map(({ groupState }) => groupState)
  assert.deepEqual(await states(['preparingrebalance'], ['Classic']), ['PreparingRebalance'])
  assert.deepEqual(await states(['Stable']), [])
  assert.deepEqual(await states([], ['consumer']), [])
  const unknown = await client.send(describeGroups, 6, { groups: ['unknown'] })
  assert.deepEqual(
    [unknown.groups[0]?.errorCode, unknown.groups[0]?.groupState],
    [ErrorCode.GROUP_ID_NOT_FOUND, 'Dead'],
  )
  const unknownBefore = await client.send(describeGroups, 5, { groups: ['unknown'] })
  assert.deepEqual([unknownBefore.groups[0]?.errorCode, unknownBefore.groups[0]?.groupState], [0, 'Dead'])
})

/** A test of @platformatic/kafka asks so: until version 6 a group that is not there is dead, but no error. */
test('what one may do with a group is told of an unknown one too, if asked for', async (context) => {
  const { client } = await setUp(context)
  const ask = async (version: number): Promise<number | undefined> => {
    const { groups } = await client.send(describeGroups, version, {
      groups: ['unknown'],
      includeAuthorizedOperations: true,
    })
    return groups[0]?.authorizedOperations
  }
  assert.equal(
    await ask(5),
    (1 << AclOperation.READ) |
      (1 << AclOperation.DELETE) |
      (1 << AclOperation.DESCRIBE) |
      (1 << AclOperation.DESCRIBE_CONFIGS) |
      (1 << AclOperation.ALTER_CONFIGS),
  )
  assert.equal(await ask(6), -(2 ** 31))
})

test('who waits in a group when the broker closes is sent away', async (context) => {
  const { first, broker, environment } = await stablePair(context)
  const joining = first.join()
  await environment.settle()
  await Promise.all([
    broker.close(),
    joining.then(({ errorCode }) => assert.equal(errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE)),
  ])
})

test('a new member may be silent while its first rebalance goes on, but not for ever', async (context) => {
  const { member, environment, stateOf } = await setUp(context, { 'group.initial.rebalance.delay.ms': 3000 })
  assert.ok(newMemberJoinTimeoutMs > sessionTimeoutMs)
  const patient = member()
  const joining = patient.enter()
  await environment.advance(3000)
  assert.equal((await joining).errorCode, 0)
  await environment.advance(sessionTimeoutMs + 1)
  assert.equal(await stateOf(), 'Empty')
})
