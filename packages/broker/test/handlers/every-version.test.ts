import assert from 'node:assert/strict'
import test from 'node:test'
import type { Api } from '@streamwright/protocol'
import { ApiKey, ErrorCode, loadApi, zeroUuid } from '@streamwright/protocol'
import { registry } from '../../src/handlers/registry.ts'
import { batchOf } from '../log/batches.ts'
import { testBroker } from '../support/test-broker.ts'

/** A request of each API that has something in every place, in the form that `version` has. */
const requests: Readonly<Record<number, (version: number) => object>> = {
  [ApiKey.Produce]: (version) => ({
    acks: -1,
    timeoutMs: 1000,
    topicData: [
      {
        ...(version < 13 ? { name: 'none' } : { topicId: zeroUuid }),
        partitionData: [{ index: 0, records: batchOf() }],
      },
    ],
  }),
  [ApiKey.Fetch]: (version) => ({
    minBytes: 1,
    topics: [
      {
        ...(version < 13 ? { topic: 'none' } : { topicId: zeroUuid }),
        partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1000 }],
      },
    ],
  }),
  [ApiKey.ListOffsets]: () => ({
    replicaId: -1,
    topics: [{ name: 'none', partitions: [{ partitionIndex: 0, timestamp: -1n }] }],
  }),
  [ApiKey.Metadata]: (version) => ({
    topics: [{ name: 'none' }],
    ...(version >= 4 && { allowAutoTopicCreation: false }),
  }),
  [ApiKey.OffsetCommit]: (version) => ({
    groupId: 'g',
    topics: [
      {
        ...(version < 10 ? { name: 'none' } : { topicId: zeroUuid }),
        partitions: [{ partitionIndex: 0, committedOffset: 5n, committedMetadata: 'm' }],
      },
    ],
  }),
  [ApiKey.OffsetFetch]: (version) =>
    version < 8
      ? { groupId: 'g', topics: [{ name: 'none', partitionIndexes: [0] }] }
      : {
          groups: [
            {
              groupId: 'g',
              topics: [{ ...(version < 10 ? { name: 'none' } : { topicId: zeroUuid }), partitionIndexes: [0] }],
            },
          ],
        },
  [ApiKey.FindCoordinator]: (version) => (version < 4 ? { key: 'g' } : { coordinatorKeys: ['g', 'h'] }),
  [ApiKey.JoinGroup]: () => ({
    groupId: 'g',
    sessionTimeoutMs: 10_000,
    memberId: 'unknown',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from('m') }],
  }),
  [ApiKey.Heartbeat]: () => ({ groupId: 'g', generationId: 1, memberId: 'm' }),
  [ApiKey.LeaveGroup]: (version) =>
    version < 3 ? { groupId: 'g', memberId: 'm' } : { groupId: 'g', members: [{ memberId: 'm' }] },
  [ApiKey.SyncGroup]: () => ({ groupId: 'g', generationId: 1, memberId: 'm' }),
  [ApiKey.ConsumerGroupHeartbeat]: (version) => ({
    groupId: 'consumers',
    memberId: 'member',
    rebalanceTimeoutMs: 1000,
    subscribedTopicNames: ['none'],
    ...(version >= 1 && { subscribedTopicRegex: 'no.*' }),
    topicPartitions: [],
  }),
  [ApiKey.ConsumerGroupDescribe]: () => ({ groupIds: ['consumers', 'g'] }),
  [ApiKey.DescribeGroups]: () => ({ groups: ['g'] }),
  [ApiKey.ListGroups]: () => ({}),
  [ApiKey.ApiVersions]: (version) => (version < 3 ? {} : { clientSoftwareName: 'a-b.c', clientSoftwareVersion: '1.0' }),
  [ApiKey.SaslHandshake]: () => ({ mechanism: 'PLAIN' }),
  [ApiKey.SaslAuthenticate]: () => ({ authBytes: Buffer.from('x') }),
  [ApiKey.CreateTopics]: (version) => ({
    topics: [
      {
        name: `new-${version}`,
        numPartitions: 1,
        replicationFactor: 1,
        configs: [{ name: 'retention.ms', value: '1' }],
      },
    ],
    validateOnly: true,
  }),
  [ApiKey.DeleteTopics]: (version) => (version < 6 ? { topicNames: ['none'] } : { topics: [{ name: 'none' }] }),
  [ApiKey.DeleteRecords]: () => ({ topics: [{ name: 'none', partitions: [{ partitionIndex: 0, offset: 1n }] }] }),
  [ApiKey.InitProducerId]: () => ({ transactionalId: null, transactionTimeoutMs: 1000 }),
  [ApiKey.AddPartitionsToTxn]: (version) =>
    version < 4
      ? {
          v3AndBelowTransactionalId: 't',
          v3AndBelowProducerId: 1n,
          v3AndBelowTopics: [{ name: 'none', partitions: [0] }],
        }
      : { transactions: [{ transactionalId: 't', producerId: 1n, topics: [{ name: 'none', partitions: [0] }] }] },
  [ApiKey.AddOffsetsToTxn]: () => ({ transactionalId: 't', producerId: 1n, groupId: 'g' }),
  [ApiKey.EndTxn]: () => ({ transactionalId: 't', producerId: 1n, committed: true }),
  [ApiKey.WriteTxnMarkers]: () => ({
    markers: [{ producerId: 1n, transactionResult: true, topics: [{ name: 'none', partitionIndexes: [0] }] }],
  }),
  [ApiKey.TxnOffsetCommit]: () => ({
    transactionalId: 't',
    groupId: 'g',
    producerId: 1n,
    topics: [{ name: 'none', partitions: [{ partitionIndex: 0, committedOffset: 5n }] }],
  }),
  [ApiKey.DescribeProducers]: () => ({ topics: [{ name: 'none', partitionIndexes: [0] }] }),
  [ApiKey.DescribeTransactions]: () => ({ transactionalIds: ['t'] }),
  [ApiKey.ListTransactions]: () => ({}),
  [ApiKey.OffsetForLeaderEpoch]: () => ({
    topics: [{ topic: 'none', partitions: [{ partition: 0, leaderEpoch: 0 }] }],
  }),
  [ApiKey.DescribeAcls]: () => ({
    resourceTypeFilter: 1,
    resourceNameFilter: null,
    patternTypeFilter: 1,
    principalFilter: null,
    hostFilter: null,
    operation: 1,
    permissionType: 1,
  }),
  [ApiKey.CreateAcls]: () => ({
    creations: [
      { resourceType: 2, resourceName: 'none', principal: 'User:a', host: '*', operation: 3, permissionType: 3 },
    ],
  }),
  [ApiKey.DeleteAcls]: () => ({
    filters: [
      {
        resourceTypeFilter: 2,
        resourceNameFilter: 'none',
        patternTypeFilter: 1,
        principalFilter: null,
        hostFilter: null,
        operation: 1,
        permissionType: 1,
      },
    ],
  }),
  [ApiKey.DescribeConfigs]: () => ({
    resources: [
      { resourceType: 2, resourceName: 'none' },
      { resourceType: 4, resourceName: '1' },
    ],
    includeSynonyms: true,
  }),
  [ApiKey.AlterConfigs]: () => ({
    resources: [{ resourceType: 2, resourceName: 'none', configs: [{ name: 'retention.ms', value: '1' }] }],
  }),
  [ApiKey.CreatePartitions]: () => ({ topics: [{ name: 'none', count: 3 }] }),
  [ApiKey.DeleteGroups]: () => ({ groupsNames: ['g'] }),
  [ApiKey.IncrementalAlterConfigs]: () => ({
    resources: [{ resourceType: 2, resourceName: 'none', configs: [{ name: 'retention.ms', value: '1' }] }],
  }),
  [ApiKey.OffsetDelete]: () => ({ groupId: 'g', topics: [{ name: 'none', partitions: [{ partitionIndex: 0 }] }] }),
  [ApiKey.DescribeClientQuotas]: () => ({ components: [{ entityType: 'user', matchType: 2, match: null }] }),
  [ApiKey.AlterClientQuotas]: () => ({
    entries: [{ entity: [{ entityType: 'user', entityName: 'a' }], ops: [{ key: 'producer_byte_rate', value: 5 }] }],
  }),
  [ApiKey.DescribeCluster]: () => ({}),
  [ApiKey.DescribeTopicPartitions]: () => ({ topics: [{ name: 'none' }] }),
  [ApiKey.AlterReplicaLogDirs]: () => ({ dirs: [{ path: '/', topics: [{ name: 'none', partitions: [0] }] }] }),
  [ApiKey.DescribeLogDirs]: () => ({ topics: [{ topic: 'none', partitions: [0] }] }),
  [ApiKey.ElectLeaders]: () => ({ topicPartitions: [{ topic: 'none', partitions: [0] }] }),
  [ApiKey.AlterPartitionReassignments]: () => ({
    topics: [{ name: 'none', partitions: [{ partitionIndex: 0, replicas: [1] }] }],
  }),
  [ApiKey.ListPartitionReassignments]: () => ({ topics: null }),
  [ApiKey.DescribeQuorum]: () => ({
    topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }],
  }),
  [ApiKey.DescribeUserScramCredentials]: () => ({ users: [{ name: 'nobody' }] }),
  [ApiKey.AlterUserScramCredentials]: () => ({ deletions: [{ name: 'nobody', mechanism: 1 }] }),
  [ApiKey.CreateDelegationToken]: () => ({ maxLifetimeMs: 1000n }),
  [ApiKey.RenewDelegationToken]: () => ({ hmac: Buffer.from('x') }),
  [ApiKey.ExpireDelegationToken]: () => ({ hmac: Buffer.from('x') }),
  [ApiKey.DescribeDelegationToken]: () => ({ owners: null }),
  [ApiKey.UpdateFeatures]: () => ({ featureUpdates: [{ feature: 'group.version', maxVersionLevel: 1 }] }),
  [ApiKey.UnregisterBroker]: () => ({ brokerId: 99 }),
  [ApiKey.GetTelemetrySubscriptions]: () => ({ clientInstanceId: zeroUuid }),
  [ApiKey.ListConfigResources]: () => ({}),
  [ApiKey.AddRaftVoter]: () => ({
    voterId: 2,
    voterDirectoryId: zeroUuid,
    listeners: [{ name: 'CONTROLLER', host: 'h', port: 1 }],
  }),
  [ApiKey.RemoveRaftVoter]: () => ({ voterId: 2, voterDirectoryId: zeroUuid }),
}

test('every version that is served gets an answer of that version, to a request and to its failure', async (context) => {
  const { broker, client } = await testBroker(context)
  for (const { key, served } of registry.values()) {
    const api = (await loadApi(key)) as Api<object, object>
    const request = requests[key]
    assert.ok(request !== undefined, `${api.name} has a request here`)
    for (let version = served[0]; version <= served[1]; version++) {
      const body: object = request(version)
      const answer: object = await client.send(api, version, body)
      assert.doesNotMatch(JSON.stringify(answer, numbers), /"errorCode":-1\b/, `${api.name} v${version}`)
      const restore = broker.intercept(key, () => ({ errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED }))
      const failure = await client.send(api, version, body)
      restore()
      // Metadata has no place for an error of the whole, and an empty list has none for its elements.
      assert.match(
        JSON.stringify(failure, numbers),
        /"(?:partitionE|e)rrorCode":31|"topics":\[\]/,
        `${api.name} v${version}`,
      )
    }
  }
})

function numbers(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}
