import assert from 'node:assert/strict'
import test from 'node:test'
import type { Init } from '@streamwright/protocol'
import { ErrorCode, zeroUuid } from '@streamwright/protocol'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import type {
  CreateTopicsRequest,
  CreateTopicsResponseCreatableTopicResult,
} from '@streamwright/protocol/messages/create-topics'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { deleteRecords } from '@streamwright/protocol/messages/delete-records'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import { describeCluster } from '@streamwright/protocol/messages/describe-cluster'
import type { DescribeTopicPartitionsResponse } from '@streamwright/protocol/messages/describe-topic-partitions'
import { describeTopicPartitions } from '@streamwright/protocol/messages/describe-topic-partitions'
import { findCoordinator } from '@streamwright/protocol/messages/find-coordinator'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { offsetForLeaderEpoch } from '@streamwright/protocol/messages/offset-for-leader-epoch'
import { produce } from '@streamwright/protocol/messages/produce'
import { createLog, present } from '@streamwright/std'
import { batchOf } from '../log/batches.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

type Wish = NonNullable<Init<CreateTopicsRequest>['topics']>[number]

async function create(
  client: ProtocolClient,
  wish: Wish,
  validateOnly = false,
): Promise<CreateTopicsResponseCreatableTopicResult> {
  const { topics } = await client.send(createTopics, 7, {
    topics: [{ numPartitions: 1, replicationFactor: 1, ...wish }],
    validateOnly,
  })
  return present(topics[0], 'Each topic is answered')
}

/** A wish with replicas placed by hand. */
function assigned(assignments: readonly (readonly [number, readonly number[]])[]): Wish {
  return {
    name: 'new',
    numPartitions: -1,
    replicationFactor: -1,
    assignments: assignments.map(([partitionIndex, brokerIds]) => ({ partitionIndex, brokerIds })),
  }
}

function configured(name: string, value: string | null): Wish {
  return { name: 'new', configs: [{ name, value }] }
}

async function topicNames(client: ProtocolClient): Promise<(string | null)[]> {
  return (await client.send(metadata, 12, { topics: null })).topics.map(({ name }) => name)
}

test('a topic that is made is there, with its id, its partitions and its configurations', async (context) => {
  const { client } = await testBroker(context, { settings: { 'num.partitions': 3 } })
  const configs = [{ name: 'retention.ms', value: '1000' }]
  const made = await create(client, { name: 'made', numPartitions: 2, configs })
  assert.deepEqual([made.errorCode, made.numPartitions, made.replicationFactor], [0, 2, 1])
  assert.equal(made.errorMessage, null)
  assert.equal(made.configs?.length, 33)
  const ofName = (name: string): unknown => made.configs?.find((config) => config.name === name)
  assert.deepEqual(ofName('retention.ms'), {
    name: 'retention.ms',
    value: '1000',
    readOnly: false,
    configSource: 1,
    isSensitive: false,
  })
  const defaults = await create(client, { name: 'defaults', numPartitions: -1, replicationFactor: -1 })
  assert.equal(defaults.numPartitions, 3)
  const byId = await client.send(metadata, 12, { topics: [{ topicId: made.topicId, name: null }] })
  // Java's consumer asks for what it is assigned by an id, beside an empty name.
  const emptyName = await client.send(metadata, 12, { topics: [{ topicId: made.topicId, name: '' }] })
  assert.deepEqual(emptyName.topics, byId.topics)
  assert.deepEqual([byId.topics[0]?.name, byId.topics[0]?.partitions.length], ['made', 2])
  assert.deepEqual(byId.topics[0]?.partitions[1], {
    errorCode: 0,
    partitionIndex: 1,
    leaderId: 1,
    leaderEpoch: 0,
    replicaNodes: [1],
    isrNodes: [1],
    offlineReplicas: [],
  })
  const trial = await create(client, { name: 'trial' }, true)
  assert.equal(trial.errorCode, 0)
  assert.deepEqual(await topicNames(client), ['made', 'defaults'])
})

test('what cannot be a topic is refused as Kafka does', async (context) => {
  const { client } = await testBroker(context, { settings: { 'replication.factor.lenient': 'false' } })
  await create(client, { name: 'there' })
  await create(client, { name: 'with.dot' })
  const cases: readonly (readonly [Wish, number])[] = [
    [{ name: 'there' }, ErrorCode.TOPIC_ALREADY_EXISTS],
    [{ name: 'new', numPartitions: 0 }, ErrorCode.INVALID_PARTITIONS],
    [{ name: 'new', numPartitions: -2 }, ErrorCode.INVALID_PARTITIONS],
    [{ name: 'new', numPartitions: 1_000_000 }, ErrorCode.POLICY_VIOLATION],
    [{ name: 'new', replicationFactor: 0 }, ErrorCode.INVALID_REPLICATION_FACTOR],
    [{ name: 'new', replicationFactor: 3 }, ErrorCode.INVALID_REPLICATION_FACTOR],
    [configured('no.such', '1'), ErrorCode.INVALID_CONFIG],
    [configured('retention.ms', 'soon'), ErrorCode.INVALID_CONFIG],
    [configured('min.insync.replicas', '0'), ErrorCode.INVALID_CONFIG],
    [configured('retention.ms', null), ErrorCode.INVALID_CONFIG],
    [{ name: 'a name' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    [{ name: '.' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    [{ name: '' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    [{ name: 'x'.repeat(250) }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    [{ name: 'with_dot' }, ErrorCode.INVALID_TOPIC_EXCEPTION],
    [{ name: '__cluster_metadata' }, ErrorCode.INVALID_REQUEST],
    [{ ...assigned([[0, [1]]]), numPartitions: 1 }, ErrorCode.INVALID_REQUEST],
    [assigned([[1, [1]]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT],
    [assigned([[0, [99]]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT],
    [assigned([[0, [1, 1]]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT],
    [assigned([[0, []]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT],
  ]
  for (const [wish, errorCode] of cases) {
    const answer = await create(client, wish)
    assert.equal(answer.errorCode, errorCode, JSON.stringify(wish))
    assert.ok((answer.errorMessage ?? '').length > 0)
  }
  const twice = await client.send(createTopics, 7, { topics: [{ name: 'new' }, { name: 'new' }] })
  assert.deepEqual(
    twice.topics.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_REQUEST],
  )
  const manual = await create(client, {
    ...assigned([
      [0, [1]],
      [1, [1]],
    ]),
  })
  assert.deepEqual([manual.errorCode, manual.numPartitions], [0, 2])
  assert.deepEqual(await topicNames(client), ['there', 'with.dot', 'new'])
})

test('more replicas than brokers are taken for one, with a warning', async (context) => {
  const lines: string[] = []
  const environment = fakeEnvironment({ log: createLog({ write: (line) => lines.push(line) }) })
  const { client } = await testBroker(context, {}, environment)
  const answer = await create(client, { name: 'wide', replicationFactor: 3 })
  assert.deepEqual([answer.errorCode, answer.replicationFactor], [0, 1])
  assert.match(lines.join('\n'), /one replica.*topic=wide asked=3/)
})

test('asking for a topic makes it, where that is allowed', async (context) => {
  const { client } = await testBroker(context)
  const ask = async (name: string, allowAutoTopicCreation: boolean): Promise<number> =>
    present(
      (await client.send(metadata, 12, { topics: [{ name }], allowAutoTopicCreation })).topics[0],
      'It is answered',
    ).errorCode
  assert.equal(await ask('new', false), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await ask('new', true), ErrorCode.NONE)
  assert.equal(await ask('new', false), ErrorCode.NONE)
  assert.equal(await ask('not valid', true), ErrorCode.INVALID_TOPIC_EXCEPTION)
  assert.equal(await ask('', true), ErrorCode.INVALID_TOPIC_EXCEPTION)
  const unknownId = 'AQIDBAUGBwgJCgsMDQ4PEA'
  const { topics } = await client.send(metadata, 12, { topics: [{ topicId: unknownId, name: null }] })
  assert.deepEqual([topics[0]?.errorCode, topics[0]?.name], [ErrorCode.UNKNOWN_TOPIC_ID, null])
  const neither = await client.send(metadata, 12, { topics: [{ topicId: zeroUuid, name: null }] })
  assert.equal(neither.topics[0]?.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR)

  const closed = await testBroker(context, { settings: { autoCreateTopicsEnable: false } })
  const refused = await closed.client.send(metadata, 12, { topics: [{ name: 'new' }], allowAutoTopicCreation: true })
  assert.equal(refused.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('metadata of no topics, of all, and what one may do', async (context) => {
  const { client } = await testBroker(context)
  await create(client, { name: 'a' })
  assert.deepEqual((await client.send(metadata, 12, { topics: [] })).topics, [])
  assert.deepEqual((await client.send(metadata, 0, { topics: [] })).topics.length, 1)
  const allowed = await client.send(metadata, 9, {
    topics: null,
    includeTopicAuthorizedOperations: true,
    includeClusterAuthorizedOperations: true,
  })
  assert.equal(allowed.topics[0]?.topicAuthorizedOperations, 3576)
  assert.equal(allowed.clusterAuthorizedOperations, 8096)
  assert.deepEqual([allowed.controllerId, allowed.brokers.length], [1, 1])
})

test('topics are deleted by name or id; the name is free for another one then', async (context) => {
  const { client } = await testBroker(context)
  const first = await create(client, { name: 'topic' })
  const remove = async (topics: readonly { name: string | null; topicId?: string }[]): Promise<number[]> =>
    (await client.send(deleteTopics, 6, { topics })).responses.map(({ errorCode }) => errorCode)
  assert.deepEqual(await remove([{ name: 'none' }, { name: null, topicId: 'AQIDBAUGBwgJCgsMDQ4PEA' }]), [
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    ErrorCode.UNKNOWN_TOPIC_ID,
  ])
  assert.deepEqual(await remove([{ name: 'topic', topicId: first.topicId }]), [ErrorCode.INVALID_REQUEST])
  assert.deepEqual(await remove([{ name: null }]), [ErrorCode.INVALID_REQUEST])
  assert.deepEqual(await remove([{ name: 'topic' }, { name: 'topic' }]), [ErrorCode.INVALID_REQUEST])
  assert.deepEqual(await remove([{ name: null, topicId: first.topicId }]), [ErrorCode.NONE])
  assert.deepEqual(await topicNames(client), [])
  const second = await create(client, { name: 'topic' })
  assert.notEqual(second.topicId, first.topicId)

  const locked = await testBroker(context, { settings: { 'delete.topic.enable': false } })
  await create(locked.client, { name: 'topic' })
  const refused = await locked.client.send(deleteTopics, 6, { topics: [{ name: 'topic' }] })
  assert.equal(refused.responses[0]?.errorCode, ErrorCode.TOPIC_DELETION_DISABLED)
})

test('partitions are added, never taken away', async (context) => {
  const { client } = await testBroker(context)
  await create(client, { name: 'topic', numPartitions: 2 })
  const grow = async (
    count: number,
    name = 'topic',
    assignments: readonly number[][] | null = null,
    validateOnly = false,
  ) => {
    const { results } = await client.send(createPartitions, 3, {
      topics: [{ name, count, assignments: assignments?.map((brokerIds) => ({ brokerIds })) ?? null }],
      validateOnly,
    })
    return results[0]?.errorCode
  }
  assert.equal(await grow(3), ErrorCode.NONE)
  for (const count of [3, 1, 0]) assert.equal(await grow(count), ErrorCode.INVALID_PARTITIONS)
  assert.equal(await grow(3, 'none'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await grow(4, 'topic', [[99]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT)
  assert.equal(await grow(4, 'topic', [[1], [1]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT)
  assert.equal(await grow(9, 'topic', null, true), ErrorCode.NONE)
  assert.equal(await grow(4, 'topic', [[1]]), ErrorCode.NONE)
  const { topics } = await client.send(metadata, 12, { topics: [{ name: 'topic' }] })
  assert.equal(topics[0]?.partitions.length, 4)
})

test('partitions are described page by page', async (context) => {
  const { client } = await testBroker(context)
  await create(client, { name: 'b', numPartitions: 2 })
  await create(client, { name: 'a', numPartitions: 1 })
  const seen: string[] = []
  let cursor: { topicName: string; partitionIndex: number } | null = null
  for (let page = 0; page < 10; page++) {
    const answer: DescribeTopicPartitionsResponse = await client.send(describeTopicPartitions, 0, {
      topics: [],
      responsePartitionLimit: 1,
      cursor,
    })
    for (const { name, partitions } of answer.topics) {
      for (const { partitionIndex } of partitions) seen.push(`${name}-${partitionIndex}`)
    }
    cursor = answer.nextCursor
    if (cursor === null) break
  }
  assert.deepEqual(seen, ['a-0', 'b-0', 'b-1'])
  const errorOf = async (name: string, partitionIndex?: number): Promise<number | undefined> => {
    const request = {
      topics: [{ name }],
      ...(partitionIndex !== undefined && { cursor: { topicName: name, partitionIndex } }),
    }
    return (await client.send(describeTopicPartitions, 0, request)).topics[0]?.errorCode
  }
  assert.equal(await errorOf('none'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await errorOf('not valid'), ErrorCode.INVALID_TOPIC_EXCEPTION)
  assert.equal(await errorOf('a', -1), ErrorCode.INVALID_REQUEST)
})

test('records are deleted up to an offset, but not of a topic that is only compacted', async (context) => {
  const { client } = await testBroker(context)
  await create(client, { name: 'topic' })
  await create(client, { name: 'compacted', configs: [{ name: 'cleanup.policy', value: 'compact' }] })
  for (let count = 0; count < 3; count++) {
    await client.send(produce, 9, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: 'topic', partitionData: [{ index: 0, records: batchOf({ values: ['a', 'b'] }) }] }],
    })
  }
  const removed = async (offset: number, name = 'topic', partitionIndex = 0): Promise<readonly unknown[]> => {
    const { topics } = await client.send(deleteRecords, 2, {
      topics: [{ name, partitions: [{ partitionIndex, offset: BigInt(offset) }] }],
    })
    const answer = topics[0]?.partitions[0]
    return [answer?.errorCode, Number(answer?.lowWatermark)]
  }
  assert.deepEqual(await removed(3), [0, 3])
  assert.deepEqual(await removed(1), [0, 3])
  assert.deepEqual(await removed(100), [ErrorCode.OFFSET_OUT_OF_RANGE, -1])
  assert.deepEqual(await removed(-2), [ErrorCode.OFFSET_OUT_OF_RANGE, -1])
  assert.deepEqual(await removed(-1), [0, 6])
  assert.deepEqual(await removed(0, 'none'), [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1])
  assert.deepEqual(await removed(0, 'topic', 9), [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1])
  assert.deepEqual(await removed(0, 'compacted'), [ErrorCode.POLICY_VIOLATION, -1])
  const epochs = await client.send(offsetForLeaderEpoch, 4, {
    topics: [
      {
        topic: 'topic',
        partitions: [
          { partition: 0, leaderEpoch: 0 },
          { partition: 0, leaderEpoch: 5 },
          { partition: 0, leaderEpoch: -1 },
          { partition: 0, leaderEpoch: 0, currentLeaderEpoch: 9 },
        ],
      },
    ],
  })
  assert.deepEqual(
    epochs.topics[0]?.partitions.map((each) => [each.errorCode, each.leaderEpoch, Number(each.endOffset)]),
    [
      [0, 0, 6],
      [0, -1, -1],
      [0, -1, -1],
      [ErrorCode.UNKNOWN_LEADER_EPOCH, -1, -1],
    ],
  )
})

test('the cluster is this broker, which coordinates all groups and transactional ids', async (context) => {
  const { broker, client } = await testBroker(context, { settings: { 'node.id': 7 } })
  const cluster = await client.send(describeCluster, 2, { includeClusterAuthorizedOperations: true })
  assert.deepEqual([cluster.clusterId, cluster.controllerId, cluster.brokers[0]?.brokerId], [broker.clusterId, 7, 7])
  assert.equal(cluster.clusterAuthorizedOperations, 8096)
  const errorOf = async (endpointType: number): Promise<number> =>
    (await client.send(describeCluster, 2, { endpointType })).errorCode
  assert.equal(await errorOf(2), ErrorCode.MISMATCHED_ENDPOINT_TYPE)
  assert.equal(await errorOf(3), ErrorCode.UNSUPPORTED_ENDPOINT_TYPE)
  const coordinators = await client.send(findCoordinator, 4, { keyType: 0, coordinatorKeys: ['a', ''] })
  assert.deepEqual(
    coordinators.coordinators.map((each) => [each.key, each.nodeId, each.errorCode]),
    [
      ['a', 7, 0],
      ['', 7, 0],
    ],
  )
  const strange = await client.send(findCoordinator, 3, { keyType: 9, key: 'x' })
  assert.deepEqual([strange.errorCode, strange.nodeId], [ErrorCode.INVALID_REQUEST, -1])
})

test('a request for too many partitions is refused as a whole, before anything else is looked at', async (context) => {
  const { client } = await testBroker(context)
  const topics = [{ name: 'a', numPartitions: 5000 }, { name: 'bad name' }, { name: 'b', numPartitions: 5001 }]
  const answer = await client.send(createTopics, 7, { topics })
  assert.deepEqual(
    answer.topics.map(({ errorCode }) => errorCode),
    [ErrorCode.POLICY_VIOLATION, ErrorCode.POLICY_VIOLATION, ErrorCode.POLICY_VIOLATION],
  )
})

test('of several faults of a topic that of its configurations is told first, and that of its count last', async (context) => {
  const { client } = await testBroker(context)
  const configs = [
    { name: 'retention.ms', value: 'soon' },
    { name: 'no.such', value: '' },
  ]
  const answer = await create(client, { name: 'new', numPartitions: 0, configs })
  assert.equal(answer.errorMessage, 'Unknown topic config name: no.such')
  const foreign = await create(
    client,
    assigned([
      [1, [1]],
      [2, [7]],
    ]),
  )
  assert.match(foreign.errorMessage ?? '', /broker 7/)
})

test('names of one request are not held against one another', async (context) => {
  const { client } = await testBroker(context)
  const topics = ['a.b', 'a_b'].map((name) => ({ name, numPartitions: 1, replicationFactor: 1 }))
  await client.send(createTopics, 7, { topics })
  assert.deepEqual(await topicNames(client), ['a.b', 'a_b'])
})

test('metadata tells each topic once, and by id where one is asked for so, which v10 and v11 cannot', async (context) => {
  const { client } = await testBroker(context)
  const { topicId } = await create(client, { name: 'there' })
  const twice = [{ name: 'there' }, { name: 'none' }, { name: 'there' }]
  const named = await client.send(metadata, 9, { topics: twice, allowAutoTopicCreation: false })
  assert.equal(named.topics.length, 2)
  const byId = [{ topicId, name: null }, { name: null }, { topicId, name: 'other' }]
  const found = await client.send(metadata, 12, { topics: byId })
  assert.deepEqual(
    found.topics.map(({ name, errorCode }) => [name, errorCode]),
    [['there', 0]],
  )
  const early = await client.send(metadata, 11, { topics: [{ topicId, name: null }] })
  assert.deepEqual([early.topics[0]?.errorCode, early.brokers], [ErrorCode.INVALID_REQUEST, []])
  const own = [{ name: '__consumer_offsets' }]
  const absent = await client.send(metadata, 12, { topics: own, allowAutoTopicCreation: false })
  assert.equal(absent.topics[0]?.isInternal, true)
})

test('a topic whose name collides is not made by being asked for, and nothing is said of it', async (context) => {
  const { client } = await testBroker(context)
  await create(client, { name: 'a.b' })
  const asked = await client.send(metadata, 12, { topics: [{ name: 'a_b' }], allowAutoTopicCreation: true })
  assert.equal(asked.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('a cursor that is not among the topics asked for is refused', async (context) => {
  const { client } = await testBroker(context)
  await create(client, { name: 'there' })
  const cursor = { topicName: 'another', partitionIndex: 0 }
  const answer = await client.send(describeTopicPartitions, 0, { topics: [{ name: 'there' }], cursor })
  assert.equal(answer.topics[0]?.errorCode, ErrorCode.INVALID_REQUEST)
  assert.equal((await client.send(describeTopicPartitions, 0, { topics: [], cursor })).topics[0]?.errorCode, 0)
})

test('deletions that name no topic are each refused', async (context) => {
  const { client } = await testBroker(context)
  const { responses } = await client.send(deleteTopics, 6, { topics: [{ name: null }, { name: null }] })
  assert.deepEqual(
    responses.map(({ errorMessage }) => errorMessage),
    Array.from({ length: 2 }, () => 'Neither topic name nor id were specified.'),
  )
})
