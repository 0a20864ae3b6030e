import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { describeCluster } from '@streamwright/protocol/messages/describe-cluster'
import type { Environment } from '@streamwright/std'
import { systemEnvironment } from '@streamwright/std'
import { Cluster } from '../cluster/cluster.ts'
import type { BrokerMetadata } from '../cluster/topic-metadata.ts'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import type { AdminOptions } from './admin-calls.ts'
import { AdminCalls } from './admin-calls.ts'
import type { AdminConfig } from './admin-settings.ts'
import { readAdminSettings } from './admin-settings.ts'
import type { ConfigAlteration, ConfigEntry, ConfigResource, DescribeConfigsOptions } from './configs.ts'
import { alterResources, describeResources } from './configs.ts'
import type { GroupOffset, ListGroupOffsetsOptions, NewGroupOffset } from './group-offsets.ts'
import { commitGroupOffsets, deleteOffsets, fetchGroupOffsets } from './group-offsets.ts'
import type { GroupDescription, GroupListing, ListGroupsOptions, MemberToRemove } from './groups.ts'
import { deleteNamedGroups, describeNamedGroups, listAllGroups, removeMembers } from './groups.ts'
import type {
  DeletedRecords,
  ListOffsetsOptions,
  OffsetInfo,
  OffsetQuery,
  RecordsToDelete,
} from './partition-offsets.ts'
import { deleteRecordsBefore, findOffsets } from './partition-offsets.ts'
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
  readonly brokers: readonly BrokerMetadata[]
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
  describeTopics(names: readonly string[], options: AdminOptions = {}): Promise<Map<string, TopicDescription>> {
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

  /** All groups that may be seen. */
  listGroups(options: ListGroupsOptions = {}): Promise<GroupListing[]> {
    return listAllGroups(this.#calls, options)
  }

  /** Groups with their members, by id. A group that does not exist is `Dead`. */
  describeGroups(groupIds: readonly string[], options: AdminOptions = {}): Promise<Map<string, GroupDescription>> {
    return describeNamedGroups(this.#calls, groupIds, options)
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

  /** The cluster's id, brokers and controller. */
  describeCluster(options: AdminOptions = {}): Promise<ClusterDescription> {
    return this.#calls.whole('Describing the cluster', options, async (timeoutMs) => {
      if ((await this.#cluster.versionOf('any', describeCluster)) < 0) {
        await this.#cluster.refresh({ timeoutMs })
        return { clusterId: this.#cluster.clusterId, controllerId: -1, brokers: this.#cluster.brokers }
      }
      const response = await this.#cluster.send('any', describeCluster, {}, { timeoutMs })
      const { errorCode, errorMessage, clusterId, controllerId } = response
      if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, errorMessage)
      const brokers = response.brokers.map(({ brokerId, host, port, rack }) => ({ id: brokerId, host, port, rack }))
      return { clusterId, controllerId, brokers }
    })
  }

  /** Closes the connections. Operations that run fail with `ClientClosedError`. */
  close(): Promise<void> {
    return this.#cluster.close()
  }
}
