import type { AnyHandler } from './handler.ts'

/** One API that this broker serves. */
export interface RegistryEntry {
  readonly key: number
  /** What ApiVersions says; null: nothing, though who asks all the same is answered. */
  readonly advertised: readonly [number, number] | null
  /** What is really served; a request outside of it closes the connection, as in Kafka. */
  readonly served: readonly [number, number]
  /** The code of an API is loaded when its first request comes, so that the broker starts fast. */
  readonly load: () => Promise<AnyHandler>
}

function entry(
  key: number,
  served: readonly [number, number],
  load: () => Promise<AnyHandler>,
  advertised: readonly [number, number] | null = served,
): [number, RegistryEntry] {
  return [key, { key, advertised, served, load }]
}

/**
 * Every API that is served, with Apache Kafka 4.3's version ranges. Produce is advertised from 0, because older
 * librdkafka sends uncompressed data to a broker that does not say so; versions below 3 are refused all the same.
 */
export const registry: ReadonlyMap<number, RegistryEntry> = new Map([
  entry(0, [3, 13], async () => (await import('./00-produce.ts')).produceHandler, [0, 13]),
  entry(1, [4, 18], async () => (await import('./01-fetch.ts')).fetchHandler),
  entry(2, [1, 11], async () => (await import('./02-list-offsets.ts')).listOffsetsHandler),
  entry(3, [0, 13], async () => (await import('./03-metadata.ts')).metadataHandler),
  entry(8, [2, 10], async () => (await import('./08-offset-commit.ts')).offsetCommitHandler),
  entry(9, [1, 10], async () => (await import('./09-offset-fetch.ts')).offsetFetchHandler),
  entry(10, [0, 6], async () => (await import('./10-find-coordinator.ts')).findCoordinatorHandler),
  entry(11, [0, 9], async () => (await import('./11-join-group.ts')).joinGroupHandler),
  entry(12, [0, 4], async () => (await import('./12-heartbeat.ts')).heartbeatHandler),
  entry(13, [0, 5], async () => (await import('./13-leave-group.ts')).leaveGroupHandler),
  entry(14, [0, 5], async () => (await import('./14-sync-group.ts')).syncGroupHandler),
  entry(15, [0, 6], async () => (await import('./15-describe-groups.ts')).describeGroupsHandler),
  entry(16, [0, 5], async () => (await import('./16-list-groups.ts')).listGroupsHandler),
  entry(17, [0, 1], async () => (await import('./17-sasl-handshake.ts')).saslHandshakeHandler),
  entry(18, [0, 4], async () => (await import('./18-api-versions.ts')).apiVersionsHandler),
  entry(19, [2, 7], async () => (await import('./19-create-topics.ts')).createTopicsHandler),
  entry(20, [1, 6], async () => (await import('./20-delete-topics.ts')).deleteTopicsHandler),
  entry(21, [0, 2], async () => (await import('./21-delete-records.ts')).deleteRecordsHandler),
  entry(22, [0, 5], async () => (await import('./22-init-producer-id.ts')).initProducerIdHandler),
  entry(23, [2, 4], async () => (await import('./23-offset-for-leader-epoch.ts')).offsetForLeaderEpochHandler),
  entry(24, [0, 5], async () => (await import('./24-add-partitions-to-txn.ts')).addPartitionsToTxnHandler),
  entry(25, [0, 4], async () => (await import('./25-add-offsets-to-txn.ts')).addOffsetsToTxnHandler),
  entry(26, [0, 5], async () => (await import('./26-end-txn.ts')).endTxnHandler),
  entry(27, [1, 2], async () => (await import('./27-write-txn-markers.ts')).writeTxnMarkersHandler),
  entry(28, [0, 5], async () => (await import('./28-txn-offset-commit.ts')).txnOffsetCommitHandler),
  entry(29, [1, 3], async () => (await import('./29-describe-acls.ts')).describeAclsHandler),
  entry(30, [1, 3], async () => (await import('./30-create-acls.ts')).createAclsHandler),
  entry(31, [1, 3], async () => (await import('./31-delete-acls.ts')).deleteAclsHandler),
  entry(32, [1, 4], async () => (await import('./32-describe-configs.ts')).describeConfigsHandler),
  entry(33, [0, 2], async () => (await import('./33-alter-configs.ts')).alterConfigsHandler),
  entry(34, [1, 2], async () => (await import('./34-alter-replica-log-dirs.ts')).alterReplicaLogDirsHandler),
  entry(35, [1, 5], async () => (await import('./35-describe-log-dirs.ts')).describeLogDirsHandler),
  entry(36, [0, 2], async () => (await import('./36-sasl-authenticate.ts')).saslAuthenticateHandler),
  entry(37, [0, 3], async () => (await import('./37-create-partitions.ts')).createPartitionsHandler),
  entry(38, [1, 3], async () => (await import('./38-create-delegation-token.ts')).createDelegationTokenHandler),
  entry(39, [1, 2], async () => (await import('./39-renew-delegation-token.ts')).renewDelegationTokenHandler),
  entry(40, [1, 2], async () => (await import('./40-expire-delegation-token.ts')).expireDelegationTokenHandler),
  entry(41, [1, 3], async () => (await import('./41-describe-delegation-token.ts')).describeDelegationTokenHandler),
  entry(42, [0, 2], async () => (await import('./42-delete-groups.ts')).deleteGroupsHandler),
  entry(43, [0, 2], async () => (await import('./43-elect-leaders.ts')).electLeadersHandler),
  entry(44, [0, 1], async () => (await import('./44-incremental-alter-configs.ts')).incrementalAlterConfigsHandler),
  entry(
    45,
    [0, 1],
    async () => (await import('./45-alter-partition-reassignments.ts')).alterPartitionReassignmentsHandler,
  ),
  entry(
    46,
    [0, 0],
    async () => (await import('./46-list-partition-reassignments.ts')).listPartitionReassignmentsHandler,
  ),
  entry(47, [0, 0], async () => (await import('./47-offset-delete.ts')).offsetDeleteHandler),
  entry(48, [0, 1], async () => (await import('./48-describe-client-quotas.ts')).describeClientQuotasHandler),
  entry(49, [0, 1], async () => (await import('./49-alter-client-quotas.ts')).alterClientQuotasHandler),
  entry(
    50,
    [0, 0],
    async () => (await import('./50-describe-user-scram-credentials.ts')).describeUserScramCredentialsHandler,
  ),
  entry(
    51,
    [0, 0],
    async () => (await import('./51-alter-user-scram-credentials.ts')).alterUserScramCredentialsHandler,
  ),
  entry(55, [0, 2], async () => (await import('./55-describe-quorum.ts')).describeQuorumHandler),
  entry(57, [0, 2], async () => (await import('./57-update-features.ts')).updateFeaturesHandler),
  entry(60, [0, 2], async () => (await import('./60-describe-cluster.ts')).describeClusterHandler),
  entry(61, [0, 0], async () => (await import('./61-describe-producers.ts')).describeProducersHandler),
  entry(64, [0, 0], async () => (await import('./64-unregister-broker.ts')).unregisterBrokerHandler),
  entry(65, [0, 0], async () => (await import('./65-describe-transactions.ts')).describeTransactionsHandler),
  entry(66, [0, 2], async () => (await import('./66-list-transactions.ts')).listTransactionsHandler),
  entry(68, [0, 1], async () => (await import('./68-consumer-group-heartbeat.ts')).consumerGroupHeartbeatHandler),
  entry(69, [0, 1], async () => (await import('./69-consumer-group-describe.ts')).consumerGroupDescribeHandler),
  entry(
    71,
    [0, 0],
    async () => (await import('./71-get-telemetry-subscriptions.ts')).getTelemetrySubscriptionsHandler,
    null,
  ),
  entry(74, [0, 1], async () => (await import('./74-list-config-resources.ts')).listConfigResourcesHandler),
  entry(75, [0, 0], async () => (await import('./75-describe-topic-partitions.ts')).describeTopicPartitionsHandler),
  entry(80, [0, 1], async () => (await import('./80-add-raft-voter.ts')).addRaftVoterHandler),
  entry(81, [0, 0], async () => (await import('./81-remove-raft-voter.ts')).removeRaftVoterHandler),
])

/** What nearly every client asks first: loaded before the broker listens. */
export const preloadedKeys: readonly number[] = [18, 3]

/** What a listener for controllers serves: what controllers of Apache Kafka do for tools. */
export const controllerKeys: ReadonlySet<number> = new Set([
  17, 18, 19, 20, 29, 30, 31, 32, 33, 36, 37, 38, 39, 40, 41, 43, 44, 45, 46, 49, 50, 51, 55, 57, 60, 64, 80, 81,
])
