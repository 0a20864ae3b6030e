export { ApiKey } from './api-table.ts'
export type { Api, Init, MessageCodec, UnknownTag } from './api.ts'
export type { ApiInfo } from './apis.ts'
export { allApis, apiInfo, requestHeaderVersion, responseHeaderVersion } from './apis.ts'
export {
  AclOperation,
  AclPermissionType,
  AlterConfigOp,
  ConfigResourceType,
  ConfigSource,
  ConfigType,
  ControlRecordType,
  CoordinatorType,
  IsolationLevel,
  PatternType,
  ResourceType,
  TransactionState,
  groupStates,
  groupTypes,
} from './constants.ts'
export type { GroupState, GroupType } from './constants.ts'
export type { Feature, FeatureLevel, MetadataVersion } from './features.ts'
export {
  defaultLevel,
  features,
  metadataVersionLatest,
  metadataVersionName,
  metadataVersionOf,
  metadataVersionOldest,
  metadataVersions,
} from './features.ts'
export { crc32c } from './crc32c.ts'
export type { ErrorName } from './errors/error-codes.ts'
export { ErrorCode } from './errors/error-codes.ts'
export type { ErrorInfo } from './errors/error-info.ts'
export { allErrors, errorInfo } from './errors/error-info.ts'
export { KafkaError, kafkaError } from './errors/kafka-error.ts'
export type { ProtocolErrorCode } from './errors/protocol-error.ts'
export { ProtocolError } from './errors/protocol-error.ts'
export { checkFrameSize, FrameDecoder } from './frame-decoder.ts'
export type { FrameReceiverOptions } from './frame-receiver.ts'
export { FrameReceiver } from './frame-receiver.ts'
export type { RequestHead } from './frames.ts'
export { decodeRequestHeader, decodeResponse, decodeResponseHeader, encodeRequest, encodeResponse } from './frames.ts'
export type { JaasEntry } from './jaas.ts'
export { parseJaasConfig } from './jaas.ts'
export { coordinatorPartition, javaStringHash } from './java-string-hash.ts'
export { directReceiveBytesMin, frameBytesMaxDefault } from './limits.ts'
export { loadApi } from './load-api.ts'
export { neverFlexible } from './message-codec.ts'
export { murmur2, partitionForKey, toPositive } from './murmur2.ts'
export { Reader } from './primitives/reader.ts'
export { Writer } from './primitives/writer.ts'
export { hasCollisionCharacters, isInternalTopic, topicNameProblem, unifiedTopicName } from './topic-name.ts'
export { decodeUuid, encodeUuid, metadataTopicUuid, parseUuid, randomUuid, zeroUuid } from './uuid.ts'
export { compress } from './compression/codec.ts'
export type { CompressionType } from './compression/compression-type.ts'
export { compressionTypes } from './compression/compression-type.ts'
export type { ControlType } from './records/control-record.ts'
export { controlBatch, controlTypeOf } from './records/control-record.ts'
export type { Header } from './records/header.ts'
export type { TimestampType } from './records/record-batch.ts'
export { RecordBatch } from './records/record-batch.ts'
export type { BatchSeal, RecordBatchBuilderOptions } from './records/record-batch-builder.ts'
export { RecordBatchBuilder } from './records/record-batch-builder.ts'
export { RecordCursor } from './records/record-cursor.ts'
