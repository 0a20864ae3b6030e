import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import { deleteGroups } from '@streamwright/protocol/messages/delete-groups'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { describeGroups } from '@streamwright/protocol/messages/describe-groups'
import { heartbeat } from '@streamwright/protocol/messages/heartbeat'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { ascending } from '../../../src/groups/consumer/topic-partitions.ts'
import { testBroker } from '../../support/test-broker.ts'
import { ConsumerClient, createTopic, describeGroup } from './consumer-client.ts'

test('a heartbeat that no group would allow is refused with the reason', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 4)
  const member = new ConsumerClient(client, 'member')
  const refusals: [object, string][] = [
    [{ memberId: '' }, "MemberId can't be empty."],
    [{ groupId: '' }, "GroupId can't be empty."],
    [{ rackId: '' }, "RackId can't be empty."],
    [{ instanceId: '' }, "InstanceId can't be empty."],
    [{ rebalanceTimeoutMs: -1 }, 'RebalanceTimeoutMs must be provided in first request.'],
    [{ topicPartitions: null }, 'TopicPartitions must be empty when (re-)joining.'],
    [
      { subscribedTopicNames: null },
      'Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.',
    ],
    [{ memberEpoch: -3 }, 'MemberEpoch is invalid.'],
    [{ memberEpoch: -2 }, "InstanceId can't be null."],
  ]
  for (const [request, message] of refusals) {
    const answer = await member.join(request)
    assert.deepEqual([answer.errorCode, answer.errorMessage], [ErrorCode.INVALID_REQUEST, message])
  }
  const assignor = await member.join({ serverAssignor: 'bogus' })
  assert.equal(assignor.errorCode, ErrorCode.UNSUPPORTED_ASSIGNOR)
  assert.equal(assignor.errorMessage, 'ServerAssignor bogus is not supported. Supported assignors: uniform, range.')
  const regex = await member.join({ subscribedTopicNames: null, subscribedTopicRegex: '((' })
  assert.equal(regex.errorCode, ErrorCode.INVALID_REGULAR_EXPRESSION)
  const reason = 'SubscribedTopicRegex `((` is not a valid regular expression: missing closing ).'
  assert.equal(regex.errorMessage, reason)
  for (const memberEpoch of [5, -1]) {
    assert.equal((await member.send({ memberEpoch })).errorCode, ErrorCode.GROUP_ID_NOT_FOUND)
  }
  assert.deepEqual((await client.send(listGroups, 5, {})).groups, [], 'what is refused leaves no group')
})

test('a first member gets everything, and an id of its own if it speaks version 0', async (context) => {
  const { client } = await testBroker(context)
  const topicId = await createTopic(client, 4)
  const answer = await new ConsumerClient(client, 'member').join({ serverAssignor: 'uniform' })
  assert.deepEqual([answer.memberId, answer.memberEpoch, answer.heartbeatIntervalMs], ['member', 2, 5000])
  assert.deepEqual(answer.assignment, { topicPartitions: [{ topicId, partitions: [0, 1, 2, 3] }] })
  const request = { rebalanceTimeoutMs: 5000, subscribedTopicNames: ['topic'], topicPartitions: [] }
  const old = await new ConsumerClient(client, '', { groupId: 'old' }).send(request, 0)
  assert.match(old.memberId ?? '', /^[\w-]{22}$/)
  assert.deepEqual(old.assignment, answer.assignment)
})

test('a partition goes from one member to the other when the first says that it has given it up', async (context) => {
  const { client, environment } = await testBroker(context)
  const topicId = await createTopic(client, 4)
  const first = new ConsumerClient(client, 'A')
  const second = new ConsumerClient(client, 'B')
  await first.join()
  assert.equal((await first.heartbeat()).assignment, null, 'nothing new')
  // Within a second of the last target there is no new one; the second member waits in the old epoch.
  const joined = await second.join()
  assert.deepEqual([joined.memberEpoch, joined.assignment], [2, { topicPartitions: [] }])
  assert.equal((await describeGroup(client)).groupState, 'Assigning')
  await environment.advance(1000)
  const waiting = await second.heartbeat()
  assert.deepEqual([waiting.memberEpoch, waiting.assignment], [3, null], 'in the new epoch, with nothing')
  const revoking = await first.shortHeartbeat()
  assert.equal(revoking.memberEpoch, 2, 'it has to give up first')
  assert.deepEqual(revoking.assignment?.topicPartitions, [{ topicId, partitions: [0, 1] }])
  const group = await describeGroup(client)
  assert.deepEqual([group.groupState, group.groupEpoch, group.assignmentEpoch], ['Reconciling', 3, 3])
  assert.deepEqual(group.members[0]?.assignment.topicPartitions[0]?.partitions, [0, 1, 2, 3])
  assert.deepEqual(group.members[0]?.targetAssignment.topicPartitions[0]?.partitions, [0, 1])
  assert.equal((await second.heartbeat()).assignment, null, 'the other has not said anything yet')
  const confirmed = await first.heartbeat()
  assert.deepEqual([confirmed.memberEpoch, confirmed.assignment], [3, null])
  const given = await second.heartbeat()
  assert.deepEqual(given.assignment?.topicPartitions, [{ topicId, partitions: [2, 3] }])
  assert.equal((await describeGroup(client)).groupState, 'Stable')
})

test('the previous epoch is accepted from a member that has no more than it should', async (context) => {
  const { client, environment } = await testBroker(context)
  const topicId = await createTopic(client, 4)
  const first = new ConsumerClient(client, 'A')
  await first.join()
  await environment.advance(1000)
  await new ConsumerClient(client, 'B').join()
  await first.heartbeat()
  assert.equal((await first.heartbeat()).memberEpoch, 3)
  const lost = await first.send({ memberEpoch: 2, topicPartitions: [{ topicId, partitions: [0, 1] }] })
  assert.deepEqual([lost.errorCode, lost.memberEpoch], [0, 3])
  const tooMany = await first.send({ memberEpoch: 2, topicPartitions: [{ topicId, partitions: [0, 1, 2] }] })
  assert.equal(tooMany.errorCode, ErrorCode.FENCED_MEMBER_EPOCH)
  assert.match(tooMany.errorMessage ?? '', /smaller member epoch \(2\) than the one known .* \(3\)/)
  const ahead = await first.send({ memberEpoch: 9 })
  assert.equal(ahead.errorCode, ErrorCode.FENCED_MEMBER_EPOCH)
  assert.match(ahead.errorMessage ?? '', /greater member epoch \(9\)/)
  const stranger = await new ConsumerClient(client, 'C').send({ memberEpoch: 3 })
  assert.equal(stranger.errorMessage, 'Member C is not a member of group group.')
})

test('who leaves, is silent, or does not give up in time is removed, and the others get its partitions', async (context) => {
  const { client, environment } = await testBroker(context)
  await createTopic(client, 4)
  const first = new ConsumerClient(client, 'A')
  const second = new ConsumerClient(client, 'B')
  const third = new ConsumerClient(client, 'C')
  const step = async (...members: ConsumerClient[]): Promise<void> => {
    for (let round = 0; round < 3; round++) {
      await environment.advance(1000)
      for (const member of members) await member.heartbeat()
    }
  }
  await first.join()
  await step(first)
  await second.join()
  await step(first, second)
  await third.join()
  await step(first, second, third)
  assert.deepEqual([first, second, third].map(({ partitions }) => partitions.length).toSorted(ascending), [1, 1, 2])
  assert.equal((await third.leave()).memberEpoch, -1)
  assert.equal((await third.send()).errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  await step(first, second)
  assert.deepEqual([first.partitions.length, second.partitions.length], [2, 2])
  for (let waited = 0; waited < 46; waited += 3) await step(first)
  assert.equal(first.partitions.length, 4, 'the other was silent for 45 s')
  await second.join()
  // The first one hears that it has to give up two, and does not.
  for (let waited = 0; waited < 7; waited++) {
    await environment.advance(1000)
    await first.shortHeartbeat()
    await second.heartbeat()
  }
  assert.equal((await first.send()).errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  await step(second)
  assert.equal(second.partitions.length, 4)
})

test('a static member that is away keeps its place, and comes back under another id', async (context) => {
  const { client, environment } = await testBroker(context)
  await createTopic(client, 4)
  const old = new ConsumerClient(client, 'A', { instanceId: 'i1' })
  const successor = new ConsumerClient(client, 'B', { instanceId: 'i1' })
  await old.join()
  const early = await successor.join()
  assert.equal(early.errorCode, ErrorCode.UNRELEASED_INSTANCE_ID)
  assert.equal(
    early.errorMessage,
    'Static member B with instance id i1 cannot join the group because the instance id is owned by A member.',
  )
  assert.equal((await successor.send({ memberEpoch: 2 })).errorCode, ErrorCode.FENCED_INSTANCE_ID)
  assert.equal((await old.send({ instanceId: 'i2' })).errorMessage, 'Instance id i2 is unknown.')
  assert.equal((await old.leave(-2)).memberEpoch, -2)
  const back = await successor.join()
  assert.deepEqual([back.memberEpoch, successor.partitions], [2, [0, 1, 2, 3]], 'no new epoch')
  const late = await old.send({ memberEpoch: 2 })
  assert.equal(late.errorMessage, 'Static member A with instance id i1 was fenced by member B.')
  await successor.leave(-2)
  await environment.advance(46_000)
  assert.equal((await describeGroup(client)).groupState, 'Empty', 'it did not come back in time')
})

test('members learn of topics that come, grow and go', async (context) => {
  const { client, environment } = await testBroker(context)
  await createTopic(client, 2)
  const member = new ConsumerClient(client, 'A')
  const next = async (): Promise<number> => {
    await environment.advance(1000)
    await member.heartbeat()
    return (await member.heartbeat()).memberEpoch
  }
  await member.join({ subscribedTopicNames: ['topic', 'later'] })
  assert.equal(await next(), 2)
  await client.send(createPartitions, 3, { topics: [{ name: 'topic', count: 3, assignments: null }], timeoutMs: 1000 })
  assert.equal(await next(), 3)
  assert.deepEqual(member.partitions, [0, 1, 2])
  await createTopic(client, 1, 'unrelated')
  assert.equal(await next(), 3)
  await createTopic(client, 1, 'later')
  assert.equal(await next(), 4)
  assert.equal(member.owned.size, 2)
  await client.send(deleteTopics, 6, { topics: [{ name: 'topic' }], timeoutMs: 1000 })
  assert.equal(await next(), 5)
  assert.equal(member.owned.size, 1)
})

test('a regular expression is resolved after the answer, and again when topics come', async (context) => {
  const { client, environment } = await testBroker(context)
  await createTopic(client, 2, 'logs.a')
  await createTopic(client, 2, 'other')
  const member = new ConsumerClient(client, 'A')
  const joined = await member.join({ subscribedTopicNames: null, subscribedTopicRegex: 'logs\\..*' })
  assert.deepEqual([joined.memberEpoch, joined.assignment], [1, { topicPartitions: [] }])
  await environment.settle()
  assert.equal((await member.heartbeat()).memberEpoch, 2)
  assert.deepEqual(member.partitions, [0, 1])
  await createTopic(client, 1, 'logs.b')
  await environment.advance(5000)
  await member.heartbeat()
  await environment.settle()
  assert.equal((await member.heartbeat()).memberEpoch, 2, 'not again within ten seconds')
  await environment.advance(6000)
  await member.heartbeat()
  await environment.settle()
  await member.heartbeat()
  assert.equal(member.owned.size, 2)
  assert.equal((await describeGroup(client)).members[0]?.subscribedTopicRegex, 'logs\\..*')
  await member.heartbeat({ subscribedTopicNames: ['other'], subscribedTopicRegex: '' })
  await environment.advance(1000)
  for (let round = 0; round < 3; round++) await member.heartbeat()
  assert.equal(member.owned.size, 1)
})

test('requests of the classic protocol do not take a consumer group for theirs', async (context) => {
  const { client } = await testBroker(context)
  await createTopic(client, 1)
  const member = new ConsumerClient(client, 'A')
  await member.join()
  const old = await client.send(describeGroups, 5, { groups: ['group'] })
  assert.deepEqual([old.groups[0]?.errorCode, old.groups[0]?.groupState], [0, 'Dead'])
  const { groups } = await client.send(describeGroups, 6, { groups: ['group'] })
  assert.equal(groups[0]?.errorMessage, 'Group group is not a classic group.')
  const beat = await client.send(heartbeat, 4, { groupId: 'group', memberId: 'A', generationId: 2 })
  assert.equal(beat.errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  const listed = await client.send(listGroups, 5, { statesFilter: ['stable'], typesFilter: ['Consumer'] })
  assert.deepEqual(listed.groups, [
    { groupId: 'group', protocolType: 'consumer', groupState: 'Stable', groupType: 'consumer' },
  ])
  assert.deepEqual((await client.send(listGroups, 5, { typesFilter: ['classic'] })).groups, [])
  const deletion = async (): Promise<number | undefined> =>
    (await client.send(deleteGroups, 2, { groupsNames: ['group'] })).results[0]?.errorCode
  assert.equal(await deletion(), ErrorCode.NON_EMPTY_GROUP)
  await member.leave()
  assert.equal(await deletion(), ErrorCode.NONE)
  assert.equal((await describeGroup(client)).errorCode, ErrorCode.GROUP_ID_NOT_FOUND)
})
