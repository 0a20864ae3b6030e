import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { batchOf } from '../log/batches.ts'
import type { AccessCase } from './access-case.ts'
import { cluster, existingTopic, group, missingTopic, otherTopic, silently, topic, transaction } from './access-case.ts'

const {
  TOPIC_AUTHORIZATION_FAILED,
  CLUSTER_AUTHORIZATION_FAILED,
  UNKNOWN_TOPIC_OR_PARTITION,
  UNKNOWN_MEMBER_ID,
  INVALID_PRODUCER_ID_MAPPING,
  OPERATION_NOT_ATTEMPTED,
} = ErrorCode

/** What producers, consumers and members of groups ask, with what it needs of each kind. */
export const clientAccessCases: readonly AccessCase[] = [
  {
    apiKey: ApiKey.Produce,
    version: 9,
    body: () => ({
      acks: -1,
      timeoutMs: 5000,
      topicData: [existingTopic, missingTopic].map((name) => ({
        name,
        partitionData: [{ index: 0, records: batchOf() }],
      })),
    }),
    needs: [
      topic('WRITE', UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED),
      otherTopic('WRITE', TOPIC_AUTHORIZATION_FAILED),
    ],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.Produce,
    version: 13,
    name: 'by id',
    body: (ids) => ({
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ topicId: ids.get(existingTopic), partitionData: [{ index: 0, records: batchOf() }] }],
    }),
    needs: [topic('WRITE')],
  },
  {
    apiKey: ApiKey.Produce,
    version: 9,
    name: 'in a transaction',
    body: () => ({
      transactionalId: 'x',
      acks: -1,
      timeoutMs: 5000,
      topicData: [
        {
          name: existingTopic,
          partitionData: [
            { index: 0, records: batchOf({ producerId: 77_777, producerEpoch: 0, isTransactional: true }) },
          ],
        },
      ],
    }),
    needs: [transaction('WRITE'), topic('WRITE')],
    allowed: [INVALID_PRODUCER_ID_MAPPING],
  },
  {
    apiKey: ApiKey.Fetch,
    version: 12,
    body: () => ({
      maxBytes: 1_000_000,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [existingTopic, missingTopic].map((name) => ({
        topic: name,
        partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1000 }],
      })),
    }),
    needs: [
      topic('READ', UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED),
      otherTopic('READ', TOPIC_AUTHORIZATION_FAILED),
    ],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.Fetch,
    version: 16,
    name: 'by id, in a session',
    body: (ids) => ({
      maxBytes: 1_000_000,
      sessionId: 0,
      sessionEpoch: 0,
      topics: [
        { topicId: ids.get(existingTopic), partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1000 }] },
      ],
    }),
    needs: [topic('READ')],
  },
  {
    apiKey: ApiKey.ListOffsets,
    version: 7,
    body: () => ({
      replicaId: -1,
      topics: [existingTopic, missingTopic].map((name) => ({
        name,
        partitions: [{ partitionIndex: 0, timestamp: -1n }],
      })),
    }),
    needs: [
      topic('DESCRIBE', UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED),
      otherTopic('DESCRIBE', TOPIC_AUTHORIZATION_FAILED),
    ],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.Metadata,
    version: 9,
    body: () => ({
      topics: [{ name: existingTopic }, { name: missingTopic }],
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: true,
    }),
    needs: [
      topic('DESCRIBE', UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED),
      otherTopic('DESCRIBE', TOPIC_AUTHORIZATION_FAILED),
    ],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  {
    apiKey: ApiKey.Metadata,
    version: 12,
    name: 'by id',
    body: (ids) => ({
      topics: [{ topicId: ids.get(existingTopic), name: null }],
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: true,
    }),
    needs: [topic('DESCRIBE')],
  },
  {
    apiKey: ApiKey.Metadata,
    version: 9,
    name: 'of all topics',
    body: () => ({
      topics: null,
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: true,
      includeTopicAuthorizedOperations: true,
    }),
    needs: [silently(topic('DESCRIBE')), silently(cluster('DESCRIBE'))],
  },
  {
    apiKey: ApiKey.Metadata,
    version: 9,
    name: 'that may make a topic',
    body: () => ({ topics: [{ name: missingTopic }], allowAutoTopicCreation: true }),
    needs: [otherTopic('DESCRIBE')],
    allowed: [TOPIC_AUTHORIZATION_FAILED],
  },
  {
    apiKey: ApiKey.OffsetCommit,
    version: 8,
    body: () => ({
      groupId: 'g',
      topics: [existingTopic, missingTopic].map((name) => ({
        name,
        partitions: [{ partitionIndex: 0, committedOffset: 0n, committedMetadata: '' }],
      })),
    }),
    needs: [
      group('READ'),
      topic('READ', UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED),
      otherTopic('READ', TOPIC_AUTHORIZATION_FAILED),
    ],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
  ...[1, 5, 8].map((version): AccessCase => ({
    apiKey: ApiKey.OffsetFetch,
    version,
    body: () => {
      const asked = [{ name: existingTopic, partitionIndexes: [0] }]
      return version < 8 ? { groupId: 'g', topics: asked } : { groups: [{ groupId: 'g', topics: asked }] }
    },
    needs: [group('DESCRIBE'), topic('DESCRIBE')],
  })),
  {
    apiKey: ApiKey.OffsetFetch,
    version: 8,
    name: 'of all topics',
    body: () => ({ groups: [{ groupId: 'g', topics: null }] }),
    needs: [group('DESCRIBE'), silently(topic('DESCRIBE'))],
  },
  ...[0, 1].flatMap((keyType) =>
    [3, 4].map((version): AccessCase => ({
      apiKey: ApiKey.FindCoordinator,
      version,
      name: keyType === 0 ? 'of a group' : 'of a transaction',
      body: () =>
        version < 4
          ? { key: keyType === 0 ? 'g' : 'x', keyType }
          : { coordinatorKeys: [keyType === 0 ? 'g' : 'x'], keyType },
      needs: [keyType === 0 ? group('DESCRIBE') : transaction('DESCRIBE')],
    })),
  ),
  {
    apiKey: ApiKey.JoinGroup,
    version: 5,
    body: () => ({
      groupId: 'g',
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 10_000,
      memberId: 'unknown',
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
    }),
    needs: [group('READ')],
    allowed: [UNKNOWN_MEMBER_ID],
  },
  {
    apiKey: ApiKey.Heartbeat,
    version: 4,
    body: () => ({ groupId: 'g', generationId: 1, memberId: 'm' }),
    needs: [group('READ')],
    allowed: [UNKNOWN_MEMBER_ID],
  },
  {
    apiKey: ApiKey.LeaveGroup,
    version: 4,
    body: () => ({ groupId: 'g', members: [{ memberId: 'm' }] }),
    needs: [group('READ')],
    allowed: [UNKNOWN_MEMBER_ID],
  },
  {
    apiKey: ApiKey.SyncGroup,
    version: 4,
    body: () => ({ groupId: 'g', generationId: 1, memberId: 'm' }),
    needs: [group('READ')],
    allowed: [UNKNOWN_MEMBER_ID],
  },
  {
    apiKey: ApiKey.ConsumerGroupHeartbeat,
    version: 1,
    body: () => ({ groupId: 'g', memberId: 'm', memberEpoch: 3, subscribedTopicNames: [existingTopic] }),
    needs: [group('READ'), topic('DESCRIBE')],
    allowed: [ErrorCode.GROUP_ID_NOT_FOUND],
  },
  {
    apiKey: ApiKey.InitProducerId,
    version: 4,
    body: () => ({ transactionalId: null, transactionTimeoutMs: 1000 }),
    needs: [cluster('IDEMPOTENT_WRITE')],
  },
  {
    apiKey: ApiKey.InitProducerId,
    version: 4,
    name: 'of somebody who may write to a topic',
    body: () => ({ transactionalId: null, transactionTimeoutMs: 1000 }),
    needs: [topic('WRITE', CLUSTER_AUTHORIZATION_FAILED)],
  },
  {
    apiKey: ApiKey.InitProducerId,
    version: 4,
    name: 'for transactions',
    body: () => ({ transactionalId: 'x', transactionTimeoutMs: 0 }),
    needs: [transaction('WRITE')],
    allowed: [ErrorCode.INVALID_TRANSACTION_TIMEOUT],
  },
  {
    apiKey: ApiKey.OffsetForLeaderEpoch,
    version: 4,
    body: () => ({ replicaId: -1, topics: [{ topic: existingTopic, partitions: [{ partition: 0, leaderEpoch: 0 }] }] }),
    needs: [topic('DESCRIBE')],
  },
  {
    apiKey: ApiKey.AddPartitionsToTxn,
    version: 3,
    body: () => ({
      v3AndBelowTransactionalId: 'x',
      v3AndBelowProducerId: 1n,
      v3AndBelowTopics: [
        { name: existingTopic, partitions: [0] },
        { name: missingTopic, partitions: [0] },
      ],
    }),
    needs: [
      transaction('WRITE'),
      topic('WRITE', UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED),
      otherTopic('WRITE', TOPIC_AUTHORIZATION_FAILED, OPERATION_NOT_ATTEMPTED),
    ],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION, OPERATION_NOT_ATTEMPTED],
  },
  {
    apiKey: ApiKey.AddPartitionsToTxn,
    version: 3,
    name: 'of an internal topic',
    body: () => ({
      v3AndBelowTransactionalId: 'x',
      v3AndBelowProducerId: 1n,
      v3AndBelowTopics: [{ name: '__consumer_offsets', partitions: [0] }],
    }),
    needs: [transaction('WRITE')],
    allowed: [TOPIC_AUTHORIZATION_FAILED],
  },
  {
    apiKey: ApiKey.AddPartitionsToTxn,
    version: 5,
    name: 'by a broker',
    body: () => ({
      transactions: [{ transactionalId: 'x', producerId: 1n, topics: [{ name: existingTopic, partitions: [0] }] }],
    }),
    needs: [cluster('CLUSTER_ACTION')],
    allowed: [INVALID_PRODUCER_ID_MAPPING],
  },
  {
    apiKey: ApiKey.AddOffsetsToTxn,
    version: 3,
    body: () => ({ transactionalId: 'x', producerId: 1n, groupId: 'g' }),
    needs: [transaction('WRITE'), group('READ')],
    allowed: [INVALID_PRODUCER_ID_MAPPING],
  },
  {
    apiKey: ApiKey.EndTxn,
    version: 3,
    body: () => ({ transactionalId: 'x', producerId: 1n, committed: true }),
    needs: [transaction('WRITE')],
    allowed: [INVALID_PRODUCER_ID_MAPPING],
  },
  ...(['ALTER', 'CLUSTER_ACTION'] as const).map((operation): AccessCase => ({
    apiKey: ApiKey.WriteTxnMarkers,
    version: 1,
    name: `by who may ${operation}`,
    body: () => ({
      markers: [{ producerId: 1n, transactionResult: true, topics: [{ name: missingTopic, partitionIndexes: [0] }] }],
    }),
    needs: [cluster(operation)],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  })),
  {
    apiKey: ApiKey.TxnOffsetCommit,
    version: 3,
    body: () => ({
      transactionalId: 'x',
      groupId: 'g',
      producerId: 1n,
      topics: [missingTopic].map((name) => ({ name, partitions: [{ partitionIndex: 0, committedOffset: 0n }] })),
    }),
    needs: [transaction('WRITE'), group('READ'), otherTopic('READ')],
    allowed: [UNKNOWN_TOPIC_OR_PARTITION],
  },
]
