import type { KafkaError } from '@streamwright/protocol'
import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { describeCluster } from '@streamwright/protocol/messages/describe-cluster'
import { unregisterBroker } from '@streamwright/protocol/messages/unregister-broker'
import type { Environment } from '@streamwright/std'
import { systemEnvironment } from '@streamwright/std'
import { Cluster } from '../cluster/cluster.ts'
import type { BrokerMetadata } from '../cluster/topic-metadata.ts'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import type { AclBinding, AclFilter } from './acls.ts'
import { createNewAcls, deleteMatchingAcls, describeMatchingAcls } from './acls.ts'
import type { AdminOptions } from './admin-calls.ts'
import { AdminCalls, outcome } from './admin-calls.ts'
import type { AdminMetrics } from './admin-metrics.ts'
import type { AdminConfig } from './admin-settings.ts'
import { readAdminSettings } from './admin-settings.ts'
import { listResources } from './config-resources.ts'
import type {
  ConfigAlteration,
  ConfigEntry,
  ConfigResource,
  ConfigResourceType,
  DescribeConfigsOptions,
} from './configs.ts'
import type { ClientQuotaAlteration, ClientQuotaFilter, ClientQuotas } from './client-quotas.ts'
import { alterQuotas, describeMatchingQuotas } from './client-quotas.ts'
import { alterResources, describeResources } from './configs.ts'
import type { BrokerVersions, DescribeFeaturesOptions, FeatureMetadata, FeatureUpdate } from './features.ts'
import { changeFeatures, versionsOf } from './features.ts'
import type { GroupOffset, ListGroupOffsetsOptions, NewGroupOffset } from './group-offsets.ts'
import { commitGroupOffsets, deleteOffsets, fetchGroupOffsets } from './group-offsets.ts'
import type { GroupDescription, GroupListing, ListGroupsOptions, MemberToRemove } from './groups.ts'
import { deleteNamedGroups, describeNamedGroups, listAllGroups, removeMembers } from './groups.ts'
import type {
  CreateDelegationTokenOptions,
  DelegationToken,
  DescribeDelegationTokensOptions,
} from './delegation-tokens.ts'
import { createToken, describeTokens, expireToken, renewToken } from './delegation-tokens.ts'
import type { LogDirDescription, Replica, ReplicaLogDirs, ReplicaMove } from './log-dirs.ts'
import { describeLogDirsOf, describeReplicas, moveReplicas } from './log-dirs.ts'
import type {
  DeletedRecords,
  ListOffsetsOptions,
  OffsetInfo,
  OffsetQuery,
  RecordsToDelete,
} from './partition-offsets.ts'
import { deleteRecordsBefore, findOffsets } from './partition-offsets.ts'
import type { QuorumEndpoint, QuorumInfo, RaftVoter, RaftVoterOptions } from './quorum.ts'
import { addVoter, describeMetadataQuorum, removeVoter } from './quorum.ts'
import type { AlterReassignmentsOptions, ElectionType, OngoingReassignment, PartitionReassignment } from './replicas.ts'
import { alterReassignments, electLeadersOf, listReassignments } from './replicas.ts'
import type { ScramCredentialAlteration, ScramCredentialInfo } from './scram-credentials.ts'
import { alterScramUsers, describeScramUsers } from './scram-credentials.ts'
import type { StreamsGroupDescription } from './streams-groups.ts'
import { describeNamedStreamsGroups } from './streams-groups.ts'
import type {
  ListTransactionsOptions,
  ProducerDescription,
  TransactionDescription,
  TransactionListing,
  TransactionToAbort,
} from './transactions.ts'
import {
  abortHangingTransaction,
  describeNamedTransactions,
  describeProducersOf,
  fenceNamedProducers,
  listAllTransactions,
} from './transactions.ts'
import type {
  CreatedTopic,
  DescribeTopicsOptions,
  NewPartitions,
  NewTopic,
  TopicDescription,
  TopicListing,
  ValidateOptions,
} from './topics.ts'
import { createNewTopics, deleteNamedTopics, describeNamedTopics, growTopics, listAllTopics } from './topics.ts'

/** A cluster as it describes itself. */
export interface ClusterDescription {
  /** Null from brokers that do not say. */
  readonly clusterId: string | null
  /** A broker id; −1 if there is none, or it is not told. */
  readonly controllerId: number
  readonly brokers: readonly ClusterNode[]
}

/** A broker of a cluster, or a controller. */
export interface ClusterNode extends BrokerMetadata {
  /** It is registered, and does not take part. */
  readonly isFenced: boolean
}

export interface DescribeClusterOptions extends AdminOptions {
  /** Also those that are registered and do not take part. From Kafka 4.0 on. Default false. */
  readonly includeFencedBrokers?: boolean
}

/**
 * Looks after a cluster: topics, settings, groups, offsets. All methods try again after failures that may pass, until
 * `timeoutMs` (default `default.api.timeout.ms`), and then reject with `OperationTimeoutError`. What fails for good
 * rejects with `AdminError`, a `KafkaError` that tells what failed for which item. Results that concern partitions are
 * keyed by `topic-partition`.
 *
 * ```ts
 * const admin = new Admin({ bootstrapServers: 'localhost:9092' })
 * await admin.createTopics([{ name: 'orders', partitions: 6, config: { 'cleanup.policy': 'compact' } }])
 * await admin.close()
 * ```
 */
export class Admin {
  readonly #calls: AdminCalls
  readonly #cluster: Cluster

  /** Connects when it is first used. Throws `ConfigurationError`. */
  constructor(config: AdminConfig, environment: Environment = systemEnvironment) {
    const settings = readAdminSettings(config, environment)
    this.#cluster = new Cluster(settings, environment)
    this.#calls = new AdminCalls(this.#cluster, environment, settings.defaultApiTimeoutMs)
  }

  /** Creates topics, and resolves with them by name. A topic that exists is a failure: `TOPIC_ALREADY_EXISTS`. */
  createTopics(topics: readonly NewTopic[], options: ValidateOptions = {}): Promise<Map<string, CreatedTopic>> {
    return createNewTopics(this.#calls, topics, options)
  }

  /** Deletes topics with all that is in them. */
  deleteTopics(names: readonly string[], options: AdminOptions = {}): Promise<void> {
    return deleteNamedTopics(this.#calls, names, options)
  }

  /** All topics that may be seen. */
  listTopics(options: AdminOptions & { readonly includeInternal?: boolean } = {}): Promise<TopicListing[]> {
    return listAllTopics(this.#calls, options)
  }

  /** Topics with their partitions, by name. A topic that does not exist is a failure: `UNKNOWN_TOPIC_OR_PARTITION`. */
  describeTopics(
    names: readonly string[],
    options: DescribeTopicsOptions = {},
  ): Promise<Map<string, TopicDescription>> {
    return describeNamedTopics(this.#calls, names, options)
  }

  /** Gives topics more partitions. Which records have which key in which partition changes with that. */
  createPartitions(topics: Readonly<Record<string, NewPartitions>>, options: ValidateOptions = {}): Promise<void> {
    return growTopics(this.#calls, topics, options)
  }

  /** The settings of topics, brokers and so on, by `type:name`, such as `topic:orders`. */
  describeConfigs(
    resources: readonly ConfigResource[],
    options: DescribeConfigsOptions = {},
  ): Promise<Map<string, ConfigEntry[]>> {
    return describeResources(this.#calls, resources, options)
  }

  /** Changes some settings and leaves the others as they are. */
  incrementalAlterConfigs(alterations: readonly ConfigAlteration[], options: ValidateOptions = {}): Promise<void> {
    return alterResources(this.#calls, alterations, options)
  }

  /** What has configurations of its own, or may have. No types: all. */
  listConfigResources(
    types: readonly ConfigResourceType[] = [],
    options: AdminOptions = {},
  ): Promise<ConfigResource[]> {
    return listResources(this.#calls, types, options)
  }

  /** The names of subscriptions to metrics of clients. */
  async listClientMetricsResources(options: AdminOptions = {}): Promise<string[]> {
    return (await listResources(this.#calls, ['clientMetrics'], options)).map(({ name }) => name)
  }

  /** All groups that may be seen. */
  listGroups(options: ListGroupsOptions = {}): Promise<GroupListing[]> {
    return listAllGroups(this.#calls, options)
  }

  /** Groups with their members, by id. A group that does not exist is `Dead`. */
  describeGroups(groupIds: readonly string[], options: AdminOptions = {}): Promise<Map<string, GroupDescription>> {
    return describeNamedGroups(this.#calls, groupIds, options)
  }

  /**
   * Groups of Streams applications with `group.protocol=streams`, with their topologies and tasks, by id. One that does
   * not exist is a failure: `GROUP_ID_NOT_FOUND`. From Kafka 4.1 on. Their offsets, and their deletion: as of all groups.
   */
  describeStreamsGroups(
    groupIds: readonly string[],
    options: AdminOptions = {},
  ): Promise<Map<string, StreamsGroupDescription>> {
    return describeNamedStreamsGroups(this.#calls, groupIds, options)
  }

  /** Deletes groups with their offsets. Groups that have members cannot be deleted: `NON_EMPTY_GROUP`. */
  deleteGroups(groupIds: readonly string[], options: AdminOptions = {}): Promise<void> {
    return deleteNamedGroups(this.#calls, groupIds, options)
  }

  /** What a group has committed, by `topic-partition`. Nothing for a group that does not exist. */
  listGroupOffsets(groupId: string, options: ListGroupOffsetsOptions = {}): Promise<Map<string, GroupOffset>> {
    return fetchGroupOffsets(this.#calls, groupId, options)
  }

  /** Sets where a group without members goes on. With members it is a failure: `UNKNOWN_MEMBER_ID`. */
  alterGroupOffsets(groupId: string, offsets: readonly NewGroupOffset[], options: AdminOptions = {}): Promise<void> {
    return commitGroupOffsets(this.#calls, groupId, offsets, options)
  }

  /** Forgets offsets of topics that no member of the group is subscribed to. */
  deleteGroupOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options: AdminOptions = {},
  ): Promise<void> {
    return deleteOffsets(this.#calls, groupId, partitions, options)
  }

  /** Makes members leave a group. Those that still run will join again. */
  removeGroupMembers(
    groupId: string,
    members: readonly MemberToRemove[] | 'all',
    options: AdminOptions & { readonly reason?: string } = {},
  ): Promise<void> {
    return removeMembers(this.#calls, groupId, members, options)
  }

  /** Offsets by time or place, by `topic-partition`. */
  listOffsets(queries: readonly OffsetQuery[], options: ListOffsetsOptions = {}): Promise<Map<string, OffsetInfo>> {
    return findOffsets(this.#calls, queries, options)
  }

  /** Deletes the records before an offset, by `topic-partition`. */
  deleteRecords(targets: readonly RecordsToDelete[], options: AdminOptions = {}): Promise<Map<string, DeletedRecords>> {
    return deleteRecordsBefore(this.#calls, targets, options)
  }

  /** The transactional ids that the cluster knows. From Kafka 3.0 on. */
  listTransactions(options: ListTransactionsOptions = {}): Promise<TransactionListing[]> {
    return listAllTransactions(this.#calls, options)
  }

  /** Transactions, by their id. One that is not known is a failure: `TRANSACTIONAL_ID_NOT_FOUND`. */
  describeTransactions(
    transactionalIds: readonly string[],
    options: AdminOptions = {},
  ): Promise<Map<string, TransactionDescription>> {
    return describeNamedTransactions(this.#calls, transactionalIds, options)
  }

  /** Who wrote to partitions lately, and where open transactions begin, by `topic-partition`. */
  describeProducers(
    partitions: readonly TopicPartition[],
    options: AdminOptions = {},
  ): Promise<Map<string, ProducerDescription[]>> {
    return describeProducersOf(this.#calls, partitions, options)
  }

  /** Ends a transaction that hangs: one that its coordinator knows nothing of, in one partition. */
  abortTransaction(transaction: TransactionToAbort, options: AdminOptions = {}): Promise<void> {
    return abortHangingTransaction(this.#calls, transaction, options)
  }

  /** Makes sure that no producer with these transactional ids goes on: what they left open is aborted. */
  fenceProducers(transactionalIds: readonly string[], options: AdminOptions = {}): Promise<void> {
    return fenceNamedProducers(this.#calls, transactionalIds, options)
  }

  /** As {@link fenceProducers} for one id: what it left open is aborted, however long that may take. */
  forceTerminateTransaction(transactionalId: string, options: AdminOptions = {}): Promise<void> {
    return fenceNamedProducers(this.#calls, [transactionalId], options)
  }

  /** The directories in which brokers keep logs, with the logs, by the brokers' ids. */
  describeLogDirs(brokers: readonly number[], options: AdminOptions = {}): Promise<Map<number, LogDirDescription[]>> {
    return describeLogDirsOf(this.#calls, brokers, options)
  }

  /** In which directories replicas are, by `topic-partition-broker`. */
  describeReplicaLogDirs(
    replicas: readonly Replica[],
    options: AdminOptions = {},
  ): Promise<Map<string, ReplicaLogDirs>> {
    return describeReplicas(this.#calls, replicas, options)
  }

  /** Moves replicas to other directories of their brokers. They are copied first; see `describeReplicaLogDirs`. */
  alterReplicaLogDirs(moves: readonly ReplicaMove[], options: AdminOptions = {}): Promise<void> {
    return moveReplicas(this.#calls, moves, options)
  }

  /**
   * Elects leaders, and tells for each `topic-partition` what came of it: null is success. Where all is well already
   * the error is `ELECTION_NOT_NEEDED`; when `all` are asked for, such partitions are left out.
   */
  electLeaders(
    type: ElectionType,
    partitions: readonly TopicPartition[] | 'all',
    options: AdminOptions = {},
  ): Promise<Map<string, KafkaError | null>> {
    return electLeadersOf(this.#calls, type, partitions, options)
  }

  /** Moves partitions to other brokers, or takes such moves back. They go on after the promise has resolved. */
  alterPartitionReassignments(
    reassignments: readonly PartitionReassignment[],
    options: AlterReassignmentsOptions = {},
  ): Promise<void> {
    return alterReassignments(this.#calls, reassignments, options)
  }

  /** The moves that are under way, by `topic-partition`. No partitions: all. */
  listPartitionReassignments(
    partitions?: readonly TopicPartition[],
    options: AdminOptions = {},
  ): Promise<Map<string, OngoingReassignment>> {
    return listReassignments(this.#calls, partitions, options)
  }

  /** The controllers, and how far they have read. */
  describeMetadataQuorum(options: AdminOptions = {}): Promise<QuorumInfo> {
    return describeMetadataQuorum(this.#calls, options)
  }

  /** Makes a controller a voter of the quorum. Only with `kraft.version` 1. */
  addRaftVoter(
    voter: RaftVoter & { readonly endpoints: readonly QuorumEndpoint[] },
    options: RaftVoterOptions = {},
  ): Promise<void> {
    return addVoter(this.#calls, voter, options)
  }

  /** Takes a voter out of the quorum. Only with `kraft.version` 1. */
  removeRaftVoter(voter: RaftVoter, options: RaftVoterOptions = {}): Promise<void> {
    return removeVoter(this.#calls, voter, options)
  }

  /** The levels of features that are in force, and those that could be. */
  async describeFeatures(options: DescribeFeaturesOptions = {}): Promise<FeatureMetadata> {
    const { finalized, finalizedEpoch, supported } = await versionsOf(this.#calls, options)
    return { finalized, finalizedEpoch, supported }
  }

  /** The versions of APIs that a broker offers, with its features. */
  describeApiVersions(options: DescribeFeaturesOptions = {}): Promise<BrokerVersions> {
    return versionsOf(this.#calls, options)
  }

  /** Changes levels of features; all or none. */
  updateFeatures(updates: Readonly<Record<string, FeatureUpdate>>, options: ValidateOptions = {}): Promise<void> {
    return changeFeatures(this.#calls, updates, options)
  }

  /**
   * How the passwords of users are kept for SCRAM, by user; without users, those of all. A user without any is a failure:
   * `RESOURCE_NOT_FOUND`.
   */
  describeUserScramCredentials(
    users?: readonly string[],
    options: AdminOptions = {},
  ): Promise<Map<string, ScramCredentialInfo[]>> {
    return describeScramUsers(this.#calls, users, options)
  }

  /** Sets or deletes what the cluster keeps of users' passwords for SCRAM: of each user one after the other. */
  alterUserScramCredentials(
    alterations: readonly ScramCredentialAlteration[],
    options: AdminOptions = {},
  ): Promise<void> {
    return alterScramUsers(this.#calls, alterations, options)
  }

  /**
   * Creates a token with which programs log in in the place of who asks, or of `owner`. Only on connections that tell who
   * asks: by SASL without a token, or by TLS with a certificate of the client.
   */
  createDelegationToken(options: CreateDelegationTokenOptions = {}): Promise<DelegationToken> {
    return createToken(this.#calls, options)
  }

  /** Renews a token for `renewTimePeriodMs`, or the broker's default, and resolves with when it expires. */
  renewDelegationToken(
    hmac: Uint8Array,
    options: AdminOptions & { readonly renewTimePeriodMs?: number } = {},
  ): Promise<number> {
    return renewToken(this.#calls, hmac, options)
  }

  /** Lets a token expire after `expiryTimePeriodMs`, or at once, and resolves with when. */
  expireDelegationToken(
    hmac: Uint8Array,
    options: AdminOptions & { readonly expiryTimePeriodMs?: number } = {},
  ): Promise<number> {
    return expireToken(this.#calls, hmac, options)
  }

  /** Tokens that may be seen: one's own, those that one may renew, and those that ACLs allow. */
  describeDelegationTokens(options: DescribeDelegationTokensOptions = {}): Promise<DelegationToken[]> {
    return describeTokens(this.#calls, options)
  }

  /** Forgets a broker that will not come back. */
  unregisterBroker(broker: number, options: AdminOptions = {}): Promise<void> {
    return this.#calls.whole('Unregistering a broker', options, async (timeoutMs) => {
      const request = { brokerId: broker }
      const response = await this.#cluster.send('controller', unregisterBroker, request, { timeoutMs })
      const { errorCode, errorMessage } = response
      const failure = outcome(null, errorCode, `broker ${broker}`, errorMessage === '' ? null : errorMessage)
      if (failure !== null) throw failure
    })
  }

  /** How often each operation was called, how often it failed, and how long it took, by its name in error messages. */
  metrics(): Map<string, AdminMetrics> {
    return this.#calls.counts.metrics()
  }

  /** ACLs that a filter means; without one, all. Without an authorizer: `SECURITY_DISABLED`. */
  describeAcls(filter: AclFilter = {}, options: AdminOptions = {}): Promise<AclBinding[]> {
    return describeMatchingAcls(this.#calls, filter, options)
  }

  /** Creates ACLs. One that exists stays as it is. */
  createAcls(acls: readonly AclBinding[], options: AdminOptions = {}): Promise<void> {
    return createNewAcls(this.#calls, acls, options)
  }

  /** Deletes the ACLs that any of the filters means, and resolves with them. */
  deleteAcls(filters: readonly AclFilter[], options: AdminOptions = {}): Promise<AclBinding[]> {
    return deleteMatchingAcls(this.#calls, filters, options)
  }

  /** Quotas of users, clients and addresses that a filter means; without one, all. */
  describeClientQuotas(filter: ClientQuotaFilter = {}, options: AdminOptions = {}): Promise<ClientQuotas[]> {
    return describeMatchingQuotas(this.#calls, filter, options)
  }

  /** Changes some quotas and leaves the others as they are. */
  alterClientQuotas(alterations: readonly ClientQuotaAlteration[], options: ValidateOptions = {}): Promise<void> {
    return alterQuotas(this.#calls, alterations, options)
  }

  /** The cluster's id, brokers and controller. */
  describeCluster(options: DescribeClusterOptions = {}): Promise<ClusterDescription> {
    return this.#calls.whole('Describing the cluster', options, async (timeoutMs) => {
      if ((await this.#cluster.versionOf('any', describeCluster)) < 0) {
        await this.#cluster.refresh({ timeoutMs })
        return {
          clusterId: this.#cluster.clusterId,
          controllerId: -1,
          brokers: this.#cluster.brokers.map((broker) => ({ ...broker, isFenced: false })),
        }
      }
      const { includeFencedBrokers } = options
      const endpointType = this.#cluster.settings.asksControllers === true ? 2 : 1
      const response = await this.#cluster.send(
        'any',
        describeCluster,
        (version) => ({
          ...(version === 0 && endpointType === 1 ? {} : { endpointType }),
          ...(version < 2 && includeFencedBrokers !== true
            ? {}
            : { includeFencedBrokers: includeFencedBrokers ?? false }),
        }),
        { timeoutMs },
      )
      const { errorCode, errorMessage, clusterId, controllerId } = response
      if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, errorMessage)
      const brokers = response.brokers.map(({ brokerId, ...broker }) => ({
        id: brokerId,
        host: broker.host,
        port: broker.port,
        rack: broker.rack,
        isFenced: broker.isFenced,
      }))
      return { clusterId, controllerId, brokers }
    })
  }

  /** Closes the connections. Operations that run fail with `ClientClosedError`. */
  close(): Promise<void> {
    return this.#cluster.close()
  }
}
