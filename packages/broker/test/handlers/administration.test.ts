import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode, zeroUuid } from '@streamwright/protocol'
import { addRaftVoter } from '@streamwright/protocol/messages/add-raft-voter'
import { alterPartitionReassignments } from '@streamwright/protocol/messages/alter-partition-reassignments'
import { alterReplicaLogDirs } from '@streamwright/protocol/messages/alter-replica-log-dirs'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { describeLogDirs } from '@streamwright/protocol/messages/describe-log-dirs'
import { describeQuorum } from '@streamwright/protocol/messages/describe-quorum'
import { electLeaders } from '@streamwright/protocol/messages/elect-leaders'
import { getTelemetrySubscriptions } from '@streamwright/protocol/messages/get-telemetry-subscriptions'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { listConfigResources } from '@streamwright/protocol/messages/list-config-resources'
import { listPartitionReassignments } from '@streamwright/protocol/messages/list-partition-reassignments'
import { produce } from '@streamwright/protocol/messages/produce'
import { removeRaftVoter } from '@streamwright/protocol/messages/remove-raft-voter'
import { unregisterBroker } from '@streamwright/protocol/messages/unregister-broker'
import { updateFeatures } from '@streamwright/protocol/messages/update-features'
import { batchOf } from '../log/batches.ts'
import { testBroker } from '../support/test-broker.ts'

// What is expected here is what a single node of Apache Kafka 4.3.0 answered to the same.

type Context = Parameters<typeof testBroker>[0]

async function withTopic(context: Context, options: Parameters<typeof testBroker>[1] = {}) {
  const opened = await testBroker(context, options)
  await opened.client.send(createTopics, 7, { topics: [{ name: 't', numPartitions: 2, replicationFactor: 1 }] })
  return opened
}

test('a log directory tells its partitions with their sizes, and the disk its size', async (context) => {
  const { client, broker } = await withTopic(context, { temporary: true })
  await client.send(produce, 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 't', partitionData: [{ index: 1, records: batchOf() }] }],
  })
  const all = await client.send(describeLogDirs, 5, { topics: null })
  const [directory] = all.results
  assert.deepEqual([directory?.logDir, directory?.isCordoned], [broker.dataDirectory, false])
  assert.ok(directory !== undefined && directory.totalBytes >= directory.usableBytes && directory.usableBytes > 0n)
  const size = BigInt(batchOf().length)
  assert.deepEqual(directory.topics, [
    {
      name: 't',
      partitions: [
        { partitionIndex: 0, partitionSize: 0n, offsetLag: 0n, isFutureKey: false },
        { partitionIndex: 1, partitionSize: size, offsetLag: 0n, isFutureKey: false },
      ],
    },
  ])
  const topics = [
    { topic: 't', partitions: [1, 9] },
    { topic: 'none', partitions: [0] },
  ]
  const some = await client.send(describeLogDirs, 1, { topics })
  assert.deepEqual(
    some.results[0]?.topics.map(({ name, partitions }) => [
      name,
      partitions.map(({ partitionIndex }) => partitionIndex),
    ]),
    [['t', [1]]],
  )
})

test('a replica is moved to the directory in which it is, and to no other', async (context) => {
  const { client, broker } = await withTopic(context)
  const move = async (path: string): Promise<readonly number[]> => {
    const topics = [
      { name: 't', partitions: [0, 9] },
      { name: 'none', partitions: [0] },
    ]
    const { results } = await client.send(alterReplicaLogDirs, 2, { dirs: [{ path, topics }] })
    return results.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
  }
  const unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  assert.deepEqual(await move(broker.dataDirectory), [0, unknown, unknown])
  assert.deepEqual(await move('/no'), Array(3).fill(ErrorCode.LOG_DIR_NOT_FOUND))
})

test('no election is needed where one broker leads all', async (context) => {
  const { client } = await withTopic(context)
  const elected = await client.send(electLeaders, 2, {
    electionType: 0,
    topicPartitions: [
      { topic: 't', partitions: [0, 5] },
      { topic: 'none', partitions: [0] },
    ],
  })
  assert.deepEqual(
    elected.replicaElectionResults.flatMap(({ partitionResult }) =>
      partitionResult.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
    ),
    [
      [ErrorCode.ELECTION_NOT_NEEDED, 'Leader election not needed for topic partition.'],
      [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'No such partition as t-5'],
      [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'No such topic as none'],
    ],
  )
  const all = await client.send(electLeaders, 2, { electionType: 1, topicPartitions: null })
  assert.deepEqual(all.replicaElectionResults, [{ topic: 't', partitionResult: [] }])
  const strange = await client.send(electLeaders, 2, {
    electionType: 9,
    topicPartitions: [{ topic: 't', partitions: [0] }],
  })
  assert.equal(strange.errorCode, ErrorCode.INVALID_REQUEST)
  assert.equal(strange.replicaElectionResults[0]?.partitionResult[0]?.errorMessage, 'Unknown election type 9')
})

test('a partition is assigned to this broker or to none', async (context) => {
  const { client } = await withTopic(context)
  const reassign = async (name: string, partitionIndex: number, replicas: readonly number[] | null) => {
    const topics = [{ name, partitions: [{ partitionIndex, replicas }] }]
    const { responses } = await client.send(alterPartitionReassignments, 1, { topics })
    const outcome = responses[0]?.partitions[0]
    return [outcome?.errorCode, outcome?.errorMessage]
  }
  const { INVALID_REPLICA_ASSIGNMENT: invalid, UNKNOWN_TOPIC_OR_PARTITION: unknown } = ErrorCode
  const includes = 'The manual partition assignment includes'
  assert.deepEqual(await reassign('t', 0, [1]), [0, null])
  assert.deepEqual(await reassign('t', 0, [1, 1]), [invalid, `${includes} the broker 1 more than once.`])
  assert.deepEqual(await reassign('t', 0, [1, 2]), [invalid, `${includes} broker 2, but no such broker is registered.`])
  assert.deepEqual(await reassign('t', 0, []), [invalid, `${includes} an empty replica list.`])
  assert.deepEqual(await reassign('t', 0, null), [ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, null])
  assert.deepEqual(await reassign('t', 9, [1]), [unknown, 'Unable to find partition t:9.'])
  assert.deepEqual(await reassign('none', 0, null), [unknown, 'Unable to find a topic named none.'])
  assert.deepEqual((await client.send(listPartitionReassignments, 0, { topics: null })).topics, [])
})

test('the quorum is this broker', async (context) => {
  const { client, environment } = await withTopic(context)
  const ask = (topicName: string) =>
    client.send(describeQuorum, 2, { topics: [{ topicName, partitions: [{ partitionIndex: 0 }] }] })
  const { topics, nodes } = await ask('__cluster_metadata')
  const [partition] = topics[0]?.partitions ?? []
  const [voter] = partition?.currentVoters ?? []
  assert.deepEqual([partition?.leaderId, partition?.errorCode, partition?.observers], [1, 0, []])
  assert.deepEqual([voter?.replicaId, voter?.replicaDirectoryId], [1, zeroUuid])
  assert.equal(voter?.logEndOffset, partition?.highWatermark)
  assert.equal(voter?.lastFetchTimestamp, BigInt(environment.clock.wallMs()))
  assert.deepEqual(nodes, [{ nodeId: 1, listeners: [] }])
  assert.equal((await ask('t')).topics[0]?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const before = partition?.highWatermark ?? 0n
  await client.send(createTopics, 7, { topics: [{ name: 'more', numPartitions: 1, replicationFactor: 1 }] })
  const after = (await ask('__cluster_metadata')).topics[0]?.partitions[0]?.highWatermark ?? 0n
  assert.ok(after > before, 'the metadata has grown')
})

test('nobody joins the quorum, and its only voter stays', async (context) => {
  const { client, broker } = await testBroker(context)
  const listeners = [{ name: 'CONTROLLER', host: 'h', port: 1 }]
  const add = async (more: object = {}) =>
    (
      await client.send(addRaftVoter, 1, {
        clusterId: null,
        voterId: 2,
        voterDirectoryId: zeroUuid,
        listeners,
        ...more,
      })
    ).errorCode
  const remove = async (more: object = {}) =>
    (await client.send(removeRaftVoter, 0, { clusterId: null, voterId: 2, voterDirectoryId: zeroUuid, ...more }))
      .errorCode
  assert.deepEqual(
    [await add(), await add({ clusterId: 'x' }), await add({ listeners: [] })],
    [ErrorCode.UNSUPPORTED_VERSION, ErrorCode.INCONSISTENT_CLUSTER_ID, ErrorCode.INVALID_REQUEST],
  )
  assert.deepEqual(
    [await remove(), await remove({ clusterId: broker.clusterId }), await remove({ voterId: -1 })],
    [ErrorCode.UNSUPPORTED_VERSION, ErrorCode.UNSUPPORTED_VERSION, ErrorCode.INVALID_REQUEST],
  )
  const update = { feature: 'kraft.version', maxVersionLevel: 1, upgradeType: 1 }
  await client.send(updateFeatures, 2, { featureUpdates: [update] })
  assert.deepEqual([await add({ voterId: 1 }), await remove()], [ErrorCode.DUPLICATE_VOTER, ErrorCode.VOTER_NOT_FOUND])
})

test('this broker stays registered while it runs, and no other ever was', async (context) => {
  const { client } = await testBroker(context)
  const other = await client.send(unregisterBroker, 0, { brokerId: 99 })
  assert.deepEqual(
    [other.errorCode, other.errorMessage],
    [ErrorCode.BROKER_ID_NOT_REGISTERED, 'Broker ID 99 is not currently registered'],
  )
  assert.equal((await client.send(unregisterBroker, 0, { brokerId: 1 })).errorCode, ErrorCode.INVALID_REQUEST)
})

test('what has configurations is listed by type', async (context) => {
  const { client } = await withTopic(context)
  const resources = [
    { resourceType: 32, resourceName: 'g', configs: [{ name: 'share.isolation.level', value: 'read_committed' }] },
    { resourceType: 16, resourceName: 'm', configs: [{ name: 'interval.ms', value: '1000' }] },
  ]
  await client.send(incrementalAlterConfigs, 1, { resources })
  const list = async (version: number, body: object) => {
    const { errorCode, configResources } = await client.send(listConfigResources, version, body)
    return [errorCode, ...configResources.map(({ resourceType, resourceName }) => `${resourceType}:${resourceName}`)]
  }
  assert.deepEqual(await list(1, { resourceTypes: [] }), [0, '32:g', '16:m', '8:1', '4:1', '2:t'])
  assert.deepEqual(await list(1, { resourceTypes: [2, 32] }), [0, '32:g', '2:t'])
  assert.deepEqual(await list(0, {}), [0, '16:m'])
  assert.deepEqual(await list(1, { resourceTypes: [2, 99] }), [ErrorCode.UNSUPPORTED_VERSION])
})

test('nobody asks clients for their metrics', async (context) => {
  const { client } = await testBroker(context)
  const answer = await client.send(getTelemetrySubscriptions, 0, { clientInstanceId: zeroUuid })
  assert.notEqual(answer.clientInstanceId, zeroUuid)
  assert.deepEqual([answer.requestedMetrics, answer.acceptedCompressionTypes], [[], [4, 3, 1, 2]])
  const own = 'AAAAAAAAAAAAAAAAAAAAZg'
  assert.equal((await client.send(getTelemetrySubscriptions, 0, { clientInstanceId: own })).clientInstanceId, own)
})
