import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { offsetDelete } from '@streamwright/protocol/messages/offset-delete'
import { offsetFetch } from '@streamwright/protocol/messages/offset-fetch'
import { txnOffsetCommit } from '@streamwright/protocol/messages/txn-offset-commit'
import { initProducerId } from '@streamwright/protocol/messages/init-producer-id'
import { present } from '@streamwright/std'
import { testBroker } from '../../support/test-broker.ts'
import { GroupClient } from '../group-client.ts'
import { ConsumerClient, createTopic } from './consumer-client.ts'

const { NONE, STALE_MEMBER_EPOCH, UNKNOWN_MEMBER_ID, UNSUPPORTED_VERSION } = ErrorCode

/** Two members of two partitions each; the first is in epoch 3, and has had its two since epoch 2. */
async function sharedGroup(context: Parameters<typeof testBroker>[0], settings: Record<string, unknown> = {}) {
  const { client, environment } = await testBroker(context, { settings })
  await createTopic(client, 4)
  const first = new ConsumerClient(client, 'A')
  const second = new ConsumerClient(client, 'B')
  await first.join()
  await environment.advance(1000)
  await second.join()
  await first.heartbeat()
  await first.heartbeat()
  await second.heartbeat()
  assert.deepEqual([first.epoch, first.partitions, second.epoch, second.partitions], [3, [0, 1], 3, [2, 3]])
  return { client, environment, first, second }
}

test('a member commits in its epoch, and in an older one what it has had since then', async (context) => {
  const { client, first, second } = await sharedGroup(context)
  const commit = (memberId: string, generationId: number, partition: number, version = 9): Promise<number> =>
    new GroupClient(client).commit(1, { memberId, generationId, partition, version })
  assert.equal(await commit('A', 3, 0), NONE)
  assert.equal(await commit('A', 3, 3), NONE, 'in its own epoch nobody asks what it has')
  assert.equal(await commit('A', 2, 0), NONE)
  assert.equal(await commit('A', 2, 3), STALE_MEMBER_EPOCH, 'it gave that one up')
  assert.equal(await commit('A', 1, 0), STALE_MEMBER_EPOCH)
  assert.equal(await commit('A', 4, 0), STALE_MEMBER_EPOCH)
  assert.equal(await commit('B', 2, 2), STALE_MEMBER_EPOCH, 'it got that one in epoch 3')
  assert.equal(await commit('A', 3, 0, 8), UNSUPPORTED_VERSION)
  assert.equal(await commit('C', 3, 0), UNKNOWN_MEMBER_ID)
  assert.equal(await commit('', -1, 0), UNKNOWN_MEMBER_ID)
  await first.leave()
  await second.leave()
  assert.equal(await commit('', -1, 0), NONE, 'from outside, now that it is empty')
})

test('offsets are fetched by members in their epoch, and by those who do not say who they are', async (context) => {
  const { client } = await sharedGroup(context)
  await new GroupClient(client).commit(7, { memberId: 'A', generationId: 3 })
  const fetched = async (memberId: string | null, memberEpoch: number): Promise<readonly [number, number]> => {
    const request = { groups: [{ groupId: 'group', memberId, memberEpoch, topics: null }] }
    const group = present((await client.send(offsetFetch, 9, request)).groups[0], 'The group is answered')
    return [group.errorCode, Number(group.topics[0]?.partitions[0]?.committedOffset ?? -1)]
  }
  assert.deepEqual(await fetched('A', 3), [NONE, 7])
  assert.deepEqual(await fetched(null, -1), [NONE, 7])
  assert.deepEqual(await fetched('A', 2), [STALE_MEMBER_EPOCH, -1])
  assert.deepEqual(await fetched('nobody', 3), [UNKNOWN_MEMBER_ID, -1])
})

test('in a transaction, a producer speaks for a member in its epoch', async (context) => {
  const { client } = await sharedGroup(context)
  const { producerId, producerEpoch } = await client.send(initProducerId, 4, {
    transactionalId: 'id',
    transactionTimeoutMs: 10_000,
  })
  const commit = async (memberId: string, generationId: number, partition = 0): Promise<number> => {
    const { topics } = await client.send(txnOffsetCommit, 5, {
      transactionalId: 'id',
      groupId: 'group',
      producerId,
      producerEpoch,
      generationId,
      memberId,
      topics: [{ name: 'topic', partitions: [{ partitionIndex: partition, committedOffset: 5n }] }],
    })
    return present(topics[0]?.partitions[0], 'The partition is answered').errorCode
  }
  assert.equal(await commit('A', 3), NONE)
  assert.equal(await commit('A', 2), NONE)
  assert.equal(await commit('A', 2, 3), ErrorCode.ILLEGAL_GENERATION)
  assert.equal(await commit('A', 4), ErrorCode.ILLEGAL_GENERATION)
  assert.equal(await commit('C', 3), UNKNOWN_MEMBER_ID)
  assert.equal(await commit('', -1), NONE)
})

test('offsets of topics that nobody reads are deleted, and expire; the others stay', async (context) => {
  const settings = { 'offsets.retention.minutes': 1, 'offsets.retention.check.interval.ms': 1000 }
  const { client, environment, first, second } = await sharedGroup(context, settings)
  await createTopic(client, 1, 'other')
  const group = new GroupClient(client)
  assert.equal(await group.commit(3, { memberId: 'A', generationId: 3 }), NONE)
  assert.equal(await group.commit(4, { memberId: 'A', generationId: 3, topic: 'other' }), NONE)
  const deletion = async (name: string): Promise<number> => {
    const topics = [{ name, partitions: [{ partitionIndex: 0 }] }]
    const answer = await client.send(offsetDelete, 0, { groupId: 'group', topics })
    return present(answer.topics[0]?.partitions[0], 'The partition is answered').errorCode
  }
  assert.equal(await deletion('topic'), ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC)
  assert.equal(await deletion('other'), NONE)
  assert.equal(await group.committed('other'), -1)
  assert.equal(await group.commit(4, { memberId: 'A', generationId: 3, topic: 'other' }), NONE)
  for (const passedMs of [30_000, 29_000]) {
    await environment.advance(passedMs)
    await first.shortHeartbeat()
    await second.shortHeartbeat()
  }
  assert.equal(await group.committed('other'), 4)
  await environment.advance(2000)
  assert.deepEqual([await group.committed('topic'), await group.committed('other')], [3, -1])
})
