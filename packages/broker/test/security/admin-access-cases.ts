import { ApiKey, ErrorCode, zeroUuid } from '@streamwright/protocol'
import type { AccessCase } from './access-case.ts'
import { cluster, existingTopic, group, missingTopic, otherTopic, silently, topic, transaction } from './access-case.ts'

const {
  TOPIC_AUTHORIZATION_FAILED,
  CLUSTER_AUTHORIZATION_FAILED,
  UNKNOWN_TOPIC_OR_PARTITION,
  GROUP_ID_NOT_FOUND,
  TRANSACTIONAL_ID_NOT_FOUND,
  LOG_DIR_NOT_FOUND,
  ELECTION_NOT_NEEDED,
  BROKER_ID_NOT_REGISTERED,
  UNSUPPORTED_VERSION,
} = ErrorCode

const anyAcl = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: 'User:nobody',
  hostFilter: null,
  operation: 1,
  permissionType: 1,
}

/** What those ask who look after a cluster, with what it needs of each kind. */
export const adminAccessCases: readonly AccessCase[] = [
  {
    apiKey: ApiKey.DescribeGroups,
    version: 5,
    body: () => ({ groups: ['g'], includeAuthorizedOperations: true }),
    needs: [group('DESCRIBE')],
  },
  {
    apiKey: ApiKey.ConsumerGroupDescribe,
    version: 1,
    body: () => ({ groupIds: ['g'], includeAuthorizedOperations: true }),
    needs: [group('DESCRIBE')],
    allowed: [GROUP_ID_NOT_FOUND],
  },
  {
    apiKey: ApiKey.ListGroups,
    version: 4,
    body: () => ({}),
    needs: [silently(group('DESCRIBE'))],
  },
  {
    apiKey: ApiKey.CreateTopics,
    version: 7,
    body: () => ({
      topics: [{ name: missingTopic, numPartitions: 1, replicationFactor: 1 }],
      timeoutMs: 1000,
      validateOnly: true,
    }),
    needs: [otherTopic('CREATE'), silently(otherTopic('DESCRIBE_CONFIGS'))],
  },
  {
    apiKey: ApiKey.DeleteTopics,
    version: 5,
    body: () => ({ topicNames: [missingTopic], timeoutMs: 1000 }),
    needs: [otherTopic('DESCRIBE')],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.DeleteTopics,
    version: 6,
    name: 'by id, without the right to',
    body: (ids) => ({ topics: [{ topicId: ids.get(existingTopic), name: null }], timeoutMs: 1000 }),
    needs: [topic('DESCRIBE')],
    allowed: [TOPIC_AUTHORIZATION_FAILED],
  },
  {
    apiKey: ApiKey.DeleteRecords,
    version: 2,
    body: () => ({
      topics: [{ name: existingTopic, partitions: [{ partitionIndex: 0, offset: 0n }] }],
      timeoutMs: 1000,
    }),
    needs: [topic('DELETE')],
  },
  {
    apiKey: ApiKey.DescribeAcls,
    version: 3,
    body: () => anyAcl,
    needs: [cluster('DESCRIBE')],
  },
  {
    apiKey: ApiKey.CreateAcls,
    version: 3,
    body: () => ({
      creations: [
        { resourceType: 2, resourceName: '', principal: 'User:nobody', host: '*', operation: 3, permissionType: 3 },
      ],
    }),
    needs: [cluster('ALTER')],
    allowed: [ErrorCode.INVALID_REQUEST],
  },
  {
    apiKey: ApiKey.DeleteAcls,
    version: 3,
    body: () => ({ filters: [anyAcl] }),
    needs: [cluster('ALTER')],
  },
  {
    apiKey: ApiKey.DescribeConfigs,
    version: 4,
    body: () => ({
      resources: [
        { resourceType: 2, resourceName: existingTopic, configurationKeys: ['retention.ms'] },
        { resourceType: 4, resourceName: '1', configurationKeys: ['log.retention.ms'] },
      ],
    }),
    needs: [
      topic('DESCRIBE_CONFIGS', TOPIC_AUTHORIZATION_FAILED),
      cluster('DESCRIBE_CONFIGS', CLUSTER_AUTHORIZATION_FAILED),
    ],
  },
  ...[ApiKey.AlterConfigs, ApiKey.IncrementalAlterConfigs].map((apiKey): AccessCase => ({
    apiKey,
    version: 1,
    body: () => ({
      resources: [
        { resourceType: 2, resourceName: existingTopic, configs: [{ name: 'retention.ms', value: '1000' }] },
        { resourceType: 4, resourceName: '', configs: [{ name: 'min.insync.replicas', value: '1' }] },
      ],
      validateOnly: true,
    }),
    needs: [topic('ALTER_CONFIGS', TOPIC_AUTHORIZATION_FAILED), cluster('ALTER_CONFIGS', CLUSTER_AUTHORIZATION_FAILED)],
  })),
  {
    apiKey: ApiKey.DescribeUserScramCredentials,
    version: 0,
    // Kafka has no answer for who may not ask for all of them.
    body: () => ({ users: [{ name: 'nobody' }] }),
    needs: [cluster('DESCRIBE')],
    allowed: [ErrorCode.RESOURCE_NOT_FOUND],
  },
  {
    apiKey: ApiKey.AlterUserScramCredentials,
    version: 0,
    body: () => ({ deletions: [{ name: 'nobody', mechanism: 1 }] }),
    needs: [cluster('ALTER')],
    allowed: [ErrorCode.RESOURCE_NOT_FOUND],
  },
  {
    apiKey: ApiKey.DescribeClientQuotas,
    version: 1,
    body: () => ({ components: [], strict: true }),
    needs: [cluster('DESCRIBE_CONFIGS')],
  },
  {
    apiKey: ApiKey.AlterClientQuotas,
    version: 1,
    body: () => ({
      entries: [
        { entity: [{ entityType: 'user', entityName: 'nobody' }], ops: [{ key: 'producer_byte_rate', value: 5 }] },
      ],
      validateOnly: true,
    }),
    needs: [cluster('ALTER_CONFIGS')],
  },
  {
    apiKey: ApiKey.CreatePartitions,
    version: 3,
    body: () => ({
      topics: [{ name: existingTopic, count: 3, assignments: null }],
      timeoutMs: 1000,
      validateOnly: true,
    }),
    needs: [topic('ALTER')],
  },
  {
    apiKey: ApiKey.DeleteGroups,
    version: 2,
    body: () => ({ groupsNames: ['no-such-group'] }),
    needs: [{ ...group('DELETE'), name: 'no-such-group' }],
    allowed: [GROUP_ID_NOT_FOUND],
  },
  {
    apiKey: ApiKey.OffsetDelete,
    version: 0,
    body: () => ({ groupId: 'g', topics: [{ name: missingTopic, partitions: [{ partitionIndex: 0 }] }] }),
    needs: [group('DELETE'), otherTopic('READ', TOPIC_AUTHORIZATION_FAILED)],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.DescribeCluster,
    version: 1,
    body: () => ({ includeClusterAuthorizedOperations: true }),
    needs: [silently(cluster('DESCRIBE'))],
  },
  {
    apiKey: ApiKey.DescribeProducers,
    version: 0,
    body: () => ({ topics: [{ name: missingTopic, partitionIndexes: [0] }] }),
    needs: [otherTopic('READ')],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.DescribeTransactions,
    version: 0,
    body: () => ({ transactionalIds: ['x'] }),
    needs: [transaction('DESCRIBE')],
    allowed: [TRANSACTIONAL_ID_NOT_FOUND],
  },
  { apiKey: ApiKey.ListTransactions, version: 1, body: () => ({}), needs: [silently(transaction('DESCRIBE'))] },
  {
    apiKey: ApiKey.DescribeTopicPartitions,
    version: 0,
    body: () => ({ topics: [{ name: existingTopic }, { name: missingTopic }], responsePartitionLimit: 10 }),
    needs: [
      topic('DESCRIBE', UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED),
      otherTopic('DESCRIBE', TOPIC_AUTHORIZATION_FAILED),
    ],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.DescribeTopicPartitions,
    version: 0,
    name: 'of all topics',
    body: () => ({ topics: [], responsePartitionLimit: 10 }),
    needs: [silently(topic('DESCRIBE'))],
  },
  {
    apiKey: ApiKey.AlterReplicaLogDirs,
    version: 2,
    body: () => ({ dirs: [{ path: '/', topics: [{ name: existingTopic, partitions: [0] }] }] }),
    needs: [cluster('ALTER')],
    allowed: [LOG_DIR_NOT_FOUND],
  },
  {
    apiKey: ApiKey.DescribeLogDirs,
    version: 3,
    body: () => ({ topics: null }),
    needs: [cluster('DESCRIBE')],
  },
  {
    apiKey: ApiKey.ElectLeaders,
    version: 2,
    body: () => ({ topicPartitions: [{ topic: existingTopic, partitions: [0] }] }),
    needs: [cluster('ALTER')],
    allowed: [ELECTION_NOT_NEEDED],
  },
  {
    apiKey: ApiKey.AlterPartitionReassignments,
    version: 1,
    body: () => ({ topics: [{ name: existingTopic, partitions: [{ partitionIndex: 0, replicas: [1] }] }] }),
    needs: [cluster('ALTER')],
  },
  {
    apiKey: ApiKey.ListPartitionReassignments,
    version: 0,
    body: () => ({ topics: null }),
    needs: [cluster('DESCRIBE')],
  },
  {
    apiKey: ApiKey.DescribeQuorum,
    version: 2,
    body: () => ({ topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] }),
    needs: [cluster('DESCRIBE')],
  },
  {
    apiKey: ApiKey.UpdateFeatures,
    version: 2,
    body: () => ({ featureUpdates: [] }),
    needs: [cluster('ALTER')],
  },
  {
    apiKey: ApiKey.UnregisterBroker,
    version: 0,
    body: () => ({ brokerId: 99 }),
    needs: [cluster('ALTER')],
    allowed: [BROKER_ID_NOT_REGISTERED],
  },
  {
    apiKey: ApiKey.ListConfigResources,
    version: 1,
    body: () => ({ resourceTypes: [] }),
    needs: [cluster('DESCRIBE_CONFIGS')],
  },
  {
    apiKey: ApiKey.AddRaftVoter,
    version: 1,
    body: () => ({
      clusterId: null,
      voterId: 2,
      voterDirectoryId: zeroUuid,
      listeners: [{ name: 'C', host: 'h', port: 1 }],
    }),
    needs: [cluster('ALTER')],
    allowed: [UNSUPPORTED_VERSION],
  },
  {
    apiKey: ApiKey.RemoveRaftVoter,
    version: 0,
    body: () => ({ clusterId: null, voterId: 2, voterDirectoryId: zeroUuid }),
    needs: [cluster('ALTER')],
    allowed: [UNSUPPORTED_VERSION],
  },
]
