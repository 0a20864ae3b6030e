import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { offsetsCompactionBytes } from '../../../src/limits.ts'
import { MemoryStorage } from '../../../src/log/memory-storage.ts'
import { fakeEnvironment } from '../../support/fake-environment.ts'
import { testBroker } from '../../support/test-broker.ts'
import { GroupClient } from '../group-client.ts'
import { ConsumerClient, createTopic, describeGroup } from './consumer-client.ts'

test('a group is the same after a restart, and its members go on as if nothing had happened', async (context) => {
  const place = { dataDirectory: '/data', storage: new MemoryStorage() }
  const environment = fakeEnvironment()
  const before = await testBroker(context, place, environment)
  await createTopic(before.client, 4)
  const first = new ConsumerClient(before.client, 'A', { instanceId: 'i' })
  await first.join()
  await environment.advance(1000)
  await new ConsumerClient(before.client, 'B').join({ subscribedTopicNames: [], subscribedTopicRegex: 'top.*' })
  await environment.settle()
  await first.shortHeartbeat()
  const described = await describeGroup(before.client)
  assert.equal(described.groupState, 'Reconciling')
  await before.broker.close()

  const after = await testBroker(context, place, environment)
  assert.deepEqual(await describeGroup(after.client), described)
  const again = new ConsumerClient(after.client, 'A', { instanceId: 'i' })
  again.epoch = first.epoch
  again.owned = first.owned
  const answer = await again.heartbeat()
  assert.deepEqual([answer.errorCode, answer.memberEpoch], [ErrorCode.NONE, first.epoch + 1])
  await environment.advance(46_000)
  assert.equal((await describeGroup(after.client)).groupState, 'Empty', 'sessions begin anew, and end')
})

test('a member that does not give up in time is removed, also when the broker started anew meanwhile', async (context) => {
  const place = { dataDirectory: '/data', storage: new MemoryStorage() }
  const environment = fakeEnvironment()
  const before = await testBroker(context, place, environment)
  await createTopic(before.client, 4)
  const first = new ConsumerClient(before.client, 'A')
  await first.join({ rebalanceTimeoutMs: 5000 })
  await environment.advance(1000)
  await new ConsumerClient(before.client, 'B').join()
  await first.shortHeartbeat()
  await before.broker.close()
  const { client } = await testBroker(context, place, environment)
  await environment.advance(5001)
  const { members } = await describeGroup(client)
  assert.deepEqual(
    members.map(({ memberId }) => memberId),
    ['B'],
  )
})

test('a deleted group is gone after a restart, and an empty one is there', async (context) => {
  const place = { dataDirectory: '/data', storage: new MemoryStorage() }
  const environment = fakeEnvironment()
  const before = await testBroker(context, place, environment)
  await createTopic(before.client, 1)
  for (const groupId of ['kept', 'gone']) {
    const member = new ConsumerClient(before.client, 'A', { groupId })
    await member.join()
    await member.leave()
  }
  await new GroupClient(before.client, 'kept').commit(5)
  // What has no offsets and no members is not kept for long.
  await environment.advance(600_000)
  await before.broker.close()
  const { client } = await testBroker(context, place, environment)
  const { groups } = await client.send(listGroups, 5, {})
  assert.deepEqual(groups, [{ groupId: 'kept', protocolType: 'consumer', groupState: 'Empty', groupType: 'consumer' }])
  assert.equal(await new GroupClient(client, 'kept').committed(), 5)
})

test('when most of the log is outdated, groups are written anew, and are whole after a restart', async (context) => {
  const settings = { 'offset.metadata.max.bytes': 32_000 }
  const place = { dataDirectory: '/data', storage: new MemoryStorage(), settings }
  const environment = fakeEnvironment()
  const before = await testBroker(context, place, environment)
  await createTopic(before.client, 4)
  const member = new ConsumerClient(before.client, 'A')
  await member.join({ subscribedTopicRegex: 'to.*' })
  await environment.settle()
  await member.heartbeat()
  const described = await describeGroup(before.client)
  const outside = new GroupClient(before.client)
  const metadata = 'm'.repeat(32_000)
  for (let written = 0; written < offsetsCompactionBytes * 1.2; written += 32_000) {
    const options = { memberId: 'A', generationId: member.epoch, metadata }
    assert.equal(await outside.commit(1, options), ErrorCode.NONE)
  }
  await environment.settle()
  await before.broker.close()
  const { client } = await testBroker(context, place, environment)
  assert.deepEqual(await describeGroup(client), described)
})
