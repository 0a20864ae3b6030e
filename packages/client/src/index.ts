export type {
  CreateDelegationTokenOptions,
  DelegationToken,
  DescribeDelegationTokensOptions,
} from './admin/delegation-tokens.ts'
export type {
  StreamsGroupAssignment,
  StreamsGroupDescription,
  StreamsGroupMember,
  StreamsGroupSubtopology,
  StreamsGroupTaskOffset,
  StreamsGroupTasks,
  StreamsGroupTopic,
} from './admin/streams-groups.ts'
export type { AclBinding, AclFilter, AclOperationName, AclResourceType } from './admin/acls.ts'
export type { AdminConfig } from './admin/admin-settings.ts'
export { adminSettingSpecs } from './admin/admin-settings.ts'
export type { AdminOptions } from './admin/admin-calls.ts'
export { AdminError } from './admin/admin-error.ts'
export type { ClusterDescription, ClusterNode, DescribeClusterOptions } from './admin/admin.ts'
export type {
  ClientQuotaAlteration,
  ClientQuotaEntity,
  ClientQuotaFilter,
  ClientQuotas,
} from './admin/client-quotas.ts'
export { Admin } from './admin/admin.ts'
export type {
  ConfigAlteration,
  ConfigEntry,
  ConfigResource,
  ConfigResourceType,
  ConfigSource,
  ConfigType,
  DescribeConfigsOptions,
} from './admin/configs.ts'
export type { GroupOffset, ListGroupOffsetsOptions, NewGroupOffset } from './admin/group-offsets.ts'
export type {
  GroupDescription,
  GroupListing,
  ListGroupsOptions,
  MemberDescription,
  MemberToRemove,
} from './admin/groups.ts'
export type { AdminMetrics } from './admin/admin-metrics.ts'
export type {
  ApiVersionRange,
  BrokerVersions,
  DescribeFeaturesOptions,
  FeatureMetadata,
  FeatureRange,
  FeatureUpdate,
  FeatureUpgradeType,
} from './admin/features.ts'
export type { LogDirDescription, Replica, ReplicaDescription, ReplicaLogDirs, ReplicaMove } from './admin/log-dirs.ts'
export type {
  ScramCredentialAlteration,
  ScramCredentialDeletion,
  ScramCredentialInfo,
  ScramCredentialUpsertion,
} from './admin/scram-credentials.ts'
export type { QuorumEndpoint, QuorumInfo, QuorumReplica, RaftVoter, RaftVoterOptions } from './admin/quorum.ts'
export type {
  AlterReassignmentsOptions,
  ElectionType,
  OngoingReassignment,
  PartitionReassignment,
} from './admin/replicas.ts'
export type {
  DeletedRecords,
  ListOffsetsOptions,
  OffsetInfo,
  OffsetQuery,
  RecordsToDelete,
} from './admin/partition-offsets.ts'
export type {
  CreatedTopic,
  DescribeTopicsOptions,
  NewPartitions,
  NewTopic,
  PartitionDescription,
  TopicDescription,
  TopicListing,
  ValidateOptions,
} from './admin/topics.ts'
export type {
  ListTransactionsOptions,
  ProducerDescription,
  TransactionDescription,
  TransactionListing,
  TransactionToAbort,
} from './admin/transactions.ts'
export type { WaitOptions } from './abortable.ts'
export type {
  CommitEvent,
  ConnectEvent,
  EventChannel,
  FetchEvent,
  ProduceEvent,
  RebalanceEvent,
  RequestEvent,
} from './diagnostics.ts'
export { clientChannels } from './diagnostics.ts'
export type { ConsumerInterceptor } from './consumer/consumer-interceptor.ts'
export type { ProducerInterceptor } from './producer/producer-interceptor.ts'
export type { BrokerMetadata } from './cluster/topic-metadata.ts'
export type { Connect } from './connection/transport.ts'
export type {
  AssignmentMetadata,
  Assignor,
  GroupMetadata,
  MemberAssignment,
  MemberSubscription,
  RebalanceProtocol,
} from './consumer/assignors/index.ts'
export {
  assignorByName,
  cooperativeStickyAssignor,
  rangeAssignor,
  roundRobinAssignor,
  stickyAssignor,
} from './consumer/assignors/index.ts'
export { inJavaHashOrder, topicPartitionHash } from './consumer/assignors/java-hash-order.ts'
export type { ConsumerCloseOptions, PollOptions } from './consumer/consumer.ts'
export { Consumer } from './consumer/consumer.ts'
export { CommitFailedError, LogTruncationError, NoOffsetError } from './consumer/consumer-errors.ts'
export type { ConsumerConfig, OffsetResetPolicy } from './consumer/consumer-settings.ts'
export { consumerSettingSpecs } from './consumer/consumer-settings.ts'
export type { ConsumedRecord, FetchedBatch } from './consumer/fetch/fetched-batch.ts'
export { eachRecord } from './consumer/fetch/fetched-batch.ts'
export type { CommittedOffset, OffsetToCommit } from './consumer/offsets/group-offsets.ts'
export type { ListedOffset } from './consumer/offsets/list-offsets.ts'
export type { RebalanceListener } from './consumer/rebalance.ts'
export type { SubscriptionPattern } from './consumer/subscription.ts'
export type { TopicPartition } from './consumer/topic-partition.ts'
export {
  ClientClosedError,
  AuthenticationError,
  ConnectionError,
  OperationTimeoutError,
  RecordTooLargeError,
  RequestTimeoutError,
  UnsupportedVersionError,
} from './errors.ts'
export type { OnAcknowledged } from './producer/producer-batch.ts'
export type { ProducerMetrics } from './producer/producer-metrics.ts'
export type { ProducerRecord, RecordMetadata } from './producer/producer-record.ts'
export type { Partitioner, ProducerConfig } from './producer/producer-settings.ts'
export { producerSettingSpecs } from './producer/producer-settings.ts'
export type { TransactionOptions } from './producer/producer-transactions.ts'
export { Producer } from './producer/producer.ts'
export type { TransactionErrorCode } from './producer/transaction-error.ts'
export { TransactionError } from './producer/transaction-error.ts'
export type { ClientConfig } from './settings/client-settings.ts'
