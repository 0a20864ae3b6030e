// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface ConsumerGroupHeartbeatRequest {
  readonly groupId: string
  readonly memberId: string
  readonly memberEpoch: number
  /** Default: null. */
  readonly instanceId: string | null
  /** Default: null. */
  readonly rackId: string | null
  /** Default: -1. */
  readonly rebalanceTimeoutMs: number
  /** Default: null. */
  readonly subscribedTopicNames: readonly string[] | null
  /** Since version 1. Default: null. */
  readonly subscribedTopicRegex: string | null
  /** Default: null. */
  readonly serverAssignor: string | null
  /** Default: null. */
  readonly topicPartitions: readonly ConsumerGroupHeartbeatRequestTopicPartitions[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface ConsumerGroupHeartbeatResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  /** Default: null. */
  readonly memberId: string | null
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  /** Default: null. */
  readonly assignment: ConsumerGroupHeartbeatResponseAssignment | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupHeartbeatResponseAssignment {
  readonly topicPartitions: readonly ConsumerGroupHeartbeatResponseTopicPartitions[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConsumerGroupHeartbeatRequestTopicPartitions(reader: Reader, _version: number): ConsumerGroupHeartbeatRequestTopicPartitions {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupHeartbeatRequestTopicPartitions>({ topicId, partitions }, unknownTags)
}

function decodeConsumerGroupHeartbeatRequestTopicPartitionsArray(reader: Reader, version: number, count: number): ConsumerGroupHeartbeatRequestTopicPartitions[] {
  const elements: ConsumerGroupHeartbeatRequestTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupHeartbeatRequestTopicPartitions(reader, version))
  return elements
}

function decodeNullableConsumerGroupHeartbeatRequestTopicPartitionsArray(reader: Reader, version: number, count: number): ConsumerGroupHeartbeatRequestTopicPartitions[] | null {
  return count < 0 ? null : decodeConsumerGroupHeartbeatRequestTopicPartitionsArray(reader, version, count)
}

function decodeConsumerGroupHeartbeatRequest(reader: Reader, version: number): ConsumerGroupHeartbeatRequest {
  const groupId = reader.compactString()
  const memberId = reader.compactString()
  const memberEpoch = reader.int32()
  const instanceId = reader.compactNullableString()
  const rackId = reader.compactNullableString()
  const rebalanceTimeoutMs = reader.int32()
  const subscribedTopicNames = reader.nullableCompactStringArray(reader.compactNullableArrayLength(1))
  const subscribedTopicRegex = version >= 1 ? reader.compactNullableString() : null
  const serverAssignor = reader.compactNullableString()
  const topicPartitions = decodeNullableConsumerGroupHeartbeatRequestTopicPartitionsArray(reader, version, reader.compactNullableArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupHeartbeatRequest>({
    groupId,
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    subscribedTopicNames,
    subscribedTopicRegex,
    serverAssignor,
    topicPartitions,
  }, unknownTags)
}

function encodeConsumerGroupHeartbeatRequestTopicPartitions(writer: Writer, _version: number, message: Init<ConsumerGroupHeartbeatRequestTopicPartitions>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupHeartbeatRequest(writer: Writer, version: number, message: Init<ConsumerGroupHeartbeatRequest>): void {
  const {
    groupId = '',
    memberId = '',
    memberEpoch = 0,
    instanceId = null,
    rackId = null,
    rebalanceTimeoutMs = -1,
    subscribedTopicNames = null,
    subscribedTopicRegex = null,
    serverAssignor = null,
    topicPartitions = null,
    unknownTags,
  } = message
  if (version < 1 && subscribedTopicRegex !== null) {
    throw fieldUnsupported('ConsumerGroupHeartbeatRequest: subscribedTopicRegex', version)
  }
  writer.compactString(groupId)
  writer.compactString(memberId)
  writer.int32(memberEpoch)
  writer.compactNullableString(instanceId)
  writer.compactNullableString(rackId)
  writer.int32(rebalanceTimeoutMs)
  writer.compactArrayLength(subscribedTopicNames === null ? -1 : subscribedTopicNames.length)
  if (subscribedTopicNames !== null) writer.compactStringArray(subscribedTopicNames)
  if (version >= 1) writer.compactNullableString(subscribedTopicRegex)
  writer.compactNullableString(serverAssignor)
  writer.compactArrayLength(topicPartitions === null ? -1 : topicPartitions.length)
  if (topicPartitions !== null) {
    for (const element of topicPartitions) encodeConsumerGroupHeartbeatRequestTopicPartitions(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

function decodeConsumerGroupHeartbeatResponseTopicPartitions(reader: Reader, _version: number): ConsumerGroupHeartbeatResponseTopicPartitions {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupHeartbeatResponseTopicPartitions>({ topicId, partitions }, unknownTags)
}

function decodeConsumerGroupHeartbeatResponseTopicPartitionsArray(reader: Reader, version: number, count: number): ConsumerGroupHeartbeatResponseTopicPartitions[] {
  const elements: ConsumerGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupHeartbeatResponseTopicPartitions(reader, version))
  return elements
}

function decodeConsumerGroupHeartbeatResponseAssignment(reader: Reader, version: number): ConsumerGroupHeartbeatResponseAssignment {
  const topicPartitions = decodeConsumerGroupHeartbeatResponseTopicPartitionsArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupHeartbeatResponseAssignment>({ topicPartitions }, unknownTags)
}

function decodeConsumerGroupHeartbeatResponse(reader: Reader, version: number): ConsumerGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const memberId = reader.compactNullableString()
  const memberEpoch = reader.int32()
  const heartbeatIntervalMs = reader.int32()
  const assignment = (reader.structPresent() ? decodeConsumerGroupHeartbeatResponseAssignment(reader, version) : null)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupHeartbeatResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    assignment,
  }, unknownTags)
}

function encodeConsumerGroupHeartbeatResponseTopicPartitions(writer: Writer, _version: number, message: Init<ConsumerGroupHeartbeatResponseTopicPartitions>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupHeartbeatResponseAssignment(writer: Writer, version: number, message: Init<ConsumerGroupHeartbeatResponseAssignment>): void {
  const {
    topicPartitions = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topicPartitions.length)
  for (const element of topicPartitions) encodeConsumerGroupHeartbeatResponseTopicPartitions(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupHeartbeatResponse(writer: Writer, version: number, message: Init<ConsumerGroupHeartbeatResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = null,
    memberId = null,
    memberEpoch = 0,
    heartbeatIntervalMs = 0,
    assignment = null,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactNullableString(memberId)
  writer.int32(memberEpoch)
  writer.int32(heartbeatIntervalMs)
  writer.structPresent(assignment !== null)
  if (assignment !== null) encodeConsumerGroupHeartbeatResponseAssignment(writer, version, assignment)
  writer.unknownTags(unknownTags)
}

/** ConsumerGroupHeartbeat, key 68. */
export const consumerGroupHeartbeat: Api<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse> = {
  key: 68,
  name: 'ConsumerGroupHeartbeat',
  request: messageCodec(
    'ConsumerGroupHeartbeatRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeConsumerGroupHeartbeatRequest,
    encodeConsumerGroupHeartbeatRequest,
  ),
  response: messageCodec(
    'ConsumerGroupHeartbeatResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeConsumerGroupHeartbeatResponse,
    encodeConsumerGroupHeartbeatResponse,
  ),
}
