// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 1. */
export interface ShareGroupHeartbeatRequest {
  readonly groupId: string
  readonly memberId: string
  readonly memberEpoch: number
  /** Default: null. */
  readonly rackId: string | null
  /** Default: null. */
  readonly subscribedTopicNames: readonly string[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 1. */
export interface ShareGroupHeartbeatResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  /** Default: null. */
  readonly memberId: string | null
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  /** Default: null. */
  readonly assignment: ShareGroupHeartbeatResponseAssignment | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupHeartbeatResponseAssignment {
  readonly topicPartitions: readonly ShareGroupHeartbeatResponseTopicPartitions[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupHeartbeatResponseTopicPartitions {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareGroupHeartbeatRequest(reader: Reader, _version: number): ShareGroupHeartbeatRequest {
  const groupId = reader.compactString()
  const memberId = reader.compactString()
  const memberEpoch = reader.int32()
  const rackId = reader.compactNullableString()
  const subscribedTopicNames = reader.nullableCompactStringArray(reader.compactNullableArrayLength(1))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupHeartbeatRequest>({
    groupId,
    memberId,
    memberEpoch,
    rackId,
    subscribedTopicNames,
  }, unknownTags)
}

function encodeShareGroupHeartbeatRequest(writer: Writer, _version: number, message: Init<ShareGroupHeartbeatRequest>): void {
  const {
    groupId = '',
    memberId = '',
    memberEpoch = 0,
    rackId = null,
    subscribedTopicNames = null,
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactString(memberId)
  writer.int32(memberEpoch)
  writer.compactNullableString(rackId)
  writer.compactArrayLength(subscribedTopicNames === null ? -1 : subscribedTopicNames.length)
  if (subscribedTopicNames !== null) writer.compactStringArray(subscribedTopicNames)
  writer.unknownTags(unknownTags)
}

function decodeShareGroupHeartbeatResponseTopicPartitions(reader: Reader, _version: number): ShareGroupHeartbeatResponseTopicPartitions {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupHeartbeatResponseTopicPartitions>({ topicId, partitions }, unknownTags)
}

function decodeShareGroupHeartbeatResponseTopicPartitionsArray(reader: Reader, version: number, count: number): ShareGroupHeartbeatResponseTopicPartitions[] {
  const elements: ShareGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupHeartbeatResponseTopicPartitions(reader, version))
  return elements
}

function decodeShareGroupHeartbeatResponseAssignment(reader: Reader, version: number): ShareGroupHeartbeatResponseAssignment {
  const topicPartitions = decodeShareGroupHeartbeatResponseTopicPartitionsArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupHeartbeatResponseAssignment>({ topicPartitions }, unknownTags)
}

function decodeShareGroupHeartbeatResponse(reader: Reader, version: number): ShareGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const memberId = reader.compactNullableString()
  const memberEpoch = reader.int32()
  const heartbeatIntervalMs = reader.int32()
  const assignment = (reader.structPresent() ? decodeShareGroupHeartbeatResponseAssignment(reader, version) : null)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupHeartbeatResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    assignment,
  }, unknownTags)
}

function encodeShareGroupHeartbeatResponseTopicPartitions(writer: Writer, _version: number, message: Init<ShareGroupHeartbeatResponseTopicPartitions>): void {
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

function encodeShareGroupHeartbeatResponseAssignment(writer: Writer, version: number, message: Init<ShareGroupHeartbeatResponseAssignment>): void {
  const {
    topicPartitions = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topicPartitions.length)
  for (const element of topicPartitions) encodeShareGroupHeartbeatResponseTopicPartitions(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareGroupHeartbeatResponse(writer: Writer, version: number, message: Init<ShareGroupHeartbeatResponse>): void {
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
  if (assignment !== null) encodeShareGroupHeartbeatResponseAssignment(writer, version, assignment)
  writer.unknownTags(unknownTags)
}

/** ShareGroupHeartbeat, key 76. */
export const shareGroupHeartbeat: Api<ShareGroupHeartbeatRequest, ShareGroupHeartbeatResponse> = {
  key: 76,
  name: 'ShareGroupHeartbeat',
  request: messageCodec(
    'ShareGroupHeartbeatRequest',
    { minVersion: 1, maxVersion: 1, flexibleFrom: 1 },
    decodeShareGroupHeartbeatRequest,
    encodeShareGroupHeartbeatRequest,
  ),
  response: messageCodec(
    'ShareGroupHeartbeatResponse',
    { minVersion: 1, maxVersion: 1, flexibleFrom: 1 },
    decodeShareGroupHeartbeatResponse,
    encodeShareGroupHeartbeatResponse,
  ),
}
