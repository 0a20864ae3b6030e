import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { addPartitionsToTxn } from '@streamwright/protocol/messages/add-partitions-to-txn'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { endTxn } from '@streamwright/protocol/messages/end-txn'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { leaveGroup } from '@streamwright/protocol/messages/leave-group'
import { offsetCommit } from '@streamwright/protocol/messages/offset-commit'
import { txnOffsetCommit } from '@streamwright/protocol/messages/txn-offset-commit'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

async function topicOf(client: ProtocolClient): Promise<void> {
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 2, replicationFactor: 1 }] })
}

const tooLong = { partitionIndex: 0, committedOffset: 1n, committedMetadata: 'x'.repeat(5000) }
const unknown = { partitionIndex: 9, committedOffset: 1n, committedMetadata: null }

test('what the group says to a commit goes before metadata that is too long, and after partitions that are not there', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const topics = [
    { name: 'topic', partitions: [tooLong] },
    { name: 'topic', partitions: [unknown] },
  ]
  const member = { memberId: 'somebody', generationIdOrMemberEpoch: 5 }
  const refused = await client.send(offsetCommit, 8, { groupId: 'group', ...member, topics })
  assert.deepEqual(
    refused.topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
    [[ErrorCode.ILLEGAL_GENERATION, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]],
  )
  const simple = { memberId: '', generationIdOrMemberEpoch: -1 }
  const nothing = [
    { name: 'topic', partitions: [tooLong] },
    { name: 'topic', partitions: [] },
  ]
  const long = await client.send(offsetCommit, 8, { groupId: 'group', ...simple, topics: nothing })
  assert.deepEqual(
    long.topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
    [[ErrorCode.OFFSET_METADATA_TOO_LARGE]],
  )
  const transaction = { transactionalId: 'none', groupId: 'group', producerId: 1n, producerEpoch: 0 }
  const inTransaction = await client.send(txnOffsetCommit, 3, { ...transaction, topics: nothing })
  assert.deepEqual(
    inTransaction.topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode)),
    [[ErrorCode.INVALID_PRODUCER_ID_MAPPING]],
  )
})

test('the empty name is no transactional id and no group', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const producer = { transactionalId: '', producerId: 1n, producerEpoch: 0 }
  const { INVALID_GROUP_ID, INVALID_REQUEST, UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode
  assert.equal((await client.send(endTxn, 5, { ...producer, committed: true })).errorCode, INVALID_REQUEST)
  const transactions = [{ ...producer, verifyOnly: true, topics: [{ name: 'topic', partitions: [0, 7] }] }]
  const verified = await client.send(addPartitionsToTxn, 4, { transactions })
  assert.deepEqual(
    verified.resultsByTransaction[0]?.topicResults[0]?.resultsByPartition.map((each) => each.partitionErrorCode),
    [ErrorCode.OPERATION_NOT_ATTEMPTED, UNKNOWN_TOPIC_OR_PARTITION],
  )
  const left = await client.send(leaveGroup, 4, { groupId: '', members: [{ memberId: 'm' }] })
  assert.deepEqual([left.errorCode, left.members], [INVALID_GROUP_ID, []])
})

test('a topic that is named twice is added to a transaction once', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const { resultsByTopicV3AndBelow: results } = await client.send(addPartitionsToTxn, 3, {
    v3AndBelowTransactionalId: 'none',
    v3AndBelowProducerId: 1n,
    v3AndBelowProducerEpoch: 0,
    v3AndBelowTopics: [
      { name: 'topic', partitions: [0] },
      { name: 'topic', partitions: [1] },
    ],
  })
  assert.deepEqual(
    results.map(({ resultsByPartition }) => resultsByPartition.length),
    [2],
  )
})

test('what a configuration belongs to is looked at before what is to be done with it', async (context) => {
  const { client } = await testBroker(context)
  await topicOf(client)
  const ask = async (resourceType: number, resourceName: string, value: string | null = '1'): Promise<unknown> => {
    const configs = [{ name: 'retention.ms', value, configOperation: 9 }]
    const resources = [{ resourceType, resourceName, configs }]
    return (await client.send(incrementalAlterConfigs, 1, { resources })).responses[0]?.errorCode
  }
  assert.equal(await ask(2, 'none'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await ask(2, 'topic'), ErrorCode.UNKNOWN_SERVER_ERROR)
  assert.equal(await ask(2, 'topic', null), ErrorCode.INVALID_REQUEST)
  assert.equal(await ask(4, '1'), ErrorCode.INVALID_REQUEST)
  const resources = [2, 1].map((resourceType) => ({ resourceType, resourceName: 'topic', configurationKeys: null }))
  const described = await client.send(describeConfigs, 4, { resources })
  assert.deepEqual(
    described.results.map(({ errorCode, configs }) => [errorCode, configs.length]),
    Array.from({ length: 2 }, () => [ErrorCode.INVALID_REQUEST, 0]),
  )
})
