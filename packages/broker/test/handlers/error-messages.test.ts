import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { alterConfigs } from '@streamwright/protocol/messages/alter-configs'
import { alterPartitionReassignments } from '@streamwright/protocol/messages/alter-partition-reassignments'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { describeUserScramCredentials } from '@streamwright/protocol/messages/describe-user-scram-credentials'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { listPartitionReassignments } from '@streamwright/protocol/messages/list-partition-reassignments'
import { produce } from '@streamwright/protocol/messages/produce'
import { updateFeatures } from '@streamwright/protocol/messages/update-features'
import { batchOf } from '../log/batches.ts'
import { testBroker } from '../support/test-broker.ts'

// Where no message belongs, Apache Kafka 4.3 sends null in some answers and an empty text in others.

test('answers without anything to tell have null or an empty message, each as in Kafka', async (context) => {
  const { client } = await testBroker(context)
  const reassigned = await client.send(alterPartitionReassignments, 1, {
    allowReplicationFactorChange: true,
    topics: [{ name: 't', partitions: [{ partitionIndex: 0, replicas: [1] }] }],
  })
  assert.equal(reassigned.errorMessage, null)
  assert.equal((await client.send(listPartitionReassignments, 0, { topics: null })).errorMessage, null)
  for (const version of [0, 1, 2])
    assert.equal((await client.send(updateFeatures, version, { featureUpdates: [] })).errorMessage, null)
  assert.equal((await client.send(describeUserScramCredentials, 0, { users: [{ name: 'anna' }] })).errorMessage, '')
})

test('an operation on settings that there is not is a fault of the server, without a word', async (context) => {
  const { client } = await testBroker(context)
  await client.send(createTopics, 7, { topics: [{ name: 't', numPartitions: 1, replicationFactor: 1 }] })
  const { responses } = await client.send(incrementalAlterConfigs, 1, {
    resources: [
      { resourceType: 2, resourceName: 't', configs: [{ name: 'retention.ms', configOperation: 9, value: '1' }] },
    ],
  })
  assert.deepEqual(
    responses.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
    [[ErrorCode.UNKNOWN_SERVER_ERROR, null]],
  )
})

test('a codec that nobody knows is met by the log, which tells where it starts', async (context) => {
  const { client } = await testBroker(context)
  await client.send(createTopics, 7, { topics: [{ name: 't', numPartitions: 1, replicationFactor: 1 }] })
  const records = Buffer.from(batchOf())
  records[22] = 5
  const { responses } = await client.send(produce, 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 't', partitionData: [{ index: 0, records }] }],
  })
  const [answer] = responses[0]?.partitionResponses ?? []
  assert.deepEqual(
    [answer?.errorCode, answer?.baseOffset, answer?.logStartOffset],
    [ErrorCode.UNKNOWN_SERVER_ERROR, -1n, 0n],
  )
})

test('settings of a topic that does not exist are looked at before the topic is missed', async (context) => {
  const { client } = await testBroker(context)
  const alter = async (value: string): Promise<number | undefined> => {
    const resource = { resourceType: 2, resourceName: 'none', configs: [{ name: 'retention.ms', value }] }
    const { responses } = await client.send(alterConfigs, 2, { resources: [resource] })
    return responses[0]?.errorCode
  }
  assert.equal(await alter('soon'), ErrorCode.INVALID_CONFIG)
  assert.equal(await alter('1000'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})
