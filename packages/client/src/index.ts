export type { Connect } from './connection/transport.ts'
export {
  ClientClosedError,
  ConnectionError,
  OperationTimeoutError,
  RecordTooLargeError,
  RequestTimeoutError,
  UnsupportedVersionError,
} from './errors.ts'
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
export type { ConsumerCloseOptions, RebalanceListener } from './consumer/consumer.ts'
export { Consumer } from './consumer/consumer.ts'
export { CommitFailedError, NoOffsetError } from './consumer/consumer-errors.ts'
export type { ConsumerConfig } from './consumer/consumer-settings.ts'
export { consumerSettingSpecs } from './consumer/consumer-settings.ts'
export type { ConsumedRecord, FetchedBatch } from './consumer/fetch/fetched-batch.ts'
export { eachRecord } from './consumer/fetch/fetched-batch.ts'
export type { CommittedOffset, OffsetToCommit } from './consumer/offsets/group-offsets.ts'
export type { ListedOffset } from './consumer/offsets/list-offsets.ts'
export type { TopicPartition } from './consumer/topic-partition.ts'
