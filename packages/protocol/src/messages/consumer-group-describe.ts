// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface ConsumerGroupDescribeRequest {
  readonly groupIds: readonly string[]
  readonly includeAuthorizedOperations: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface ConsumerGroupDescribeResponse {
  readonly throttleTimeMs: number
  readonly groups: readonly ConsumerGroupDescribeResponseDescribedGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupDescribeResponseDescribedGroup {
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly groupId: string
  readonly groupState: string
  readonly groupEpoch: number
  readonly assignmentEpoch: number
  readonly assignorName: string
  readonly members: readonly ConsumerGroupDescribeResponseMember[]
  /** Default: -2147483648. */
  readonly authorizedOperations: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupDescribeResponseMember {
  readonly memberId: string
  /** Default: null. */
  readonly instanceId: string | null
  /** Default: null. */
  readonly rackId: string | null
  readonly memberEpoch: number
  readonly clientId: string
  readonly clientHost: string
  readonly subscribedTopicNames: readonly string[]
  /** Default: null. */
  readonly subscribedTopicRegex: string | null
  readonly assignment: ConsumerGroupDescribeResponseAssignment
  readonly targetAssignment: ConsumerGroupDescribeResponseAssignment
  /** Since version 1. Default: -1. */
  readonly memberType: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupDescribeResponseAssignment {
  readonly topicPartitions: readonly ConsumerGroupDescribeResponseTopicPartitions[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  readonly topicId: string
  readonly topicName: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConsumerGroupDescribeRequest(reader: Reader, _version: number): ConsumerGroupDescribeRequest {
  const groupIds = reader.compactStringArray(reader.compactArrayLength(1))
  const includeAuthorizedOperations = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupDescribeRequest>({ groupIds, includeAuthorizedOperations }, unknownTags)
}

function encodeConsumerGroupDescribeRequest(writer: Writer, _version: number, message: Init<ConsumerGroupDescribeRequest>): void {
  const {
    groupIds = [],
    includeAuthorizedOperations = false,
    unknownTags,
  } = message
  writer.compactArrayLength(groupIds.length)
  writer.compactStringArray(groupIds)
  writer.bool(includeAuthorizedOperations)
  writer.unknownTags(unknownTags)
}

function decodeConsumerGroupDescribeResponseTopicPartitions(reader: Reader, _version: number): ConsumerGroupDescribeResponseTopicPartitions {
  const topicId = reader.uuid()
  const topicName = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupDescribeResponseTopicPartitions>({ topicId, topicName, partitions }, unknownTags)
}

function decodeConsumerGroupDescribeResponseTopicPartitionsArray(reader: Reader, version: number, count: number): ConsumerGroupDescribeResponseTopicPartitions[] {
  const elements: ConsumerGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupDescribeResponseTopicPartitions(reader, version))
  return elements
}

function decodeConsumerGroupDescribeResponseAssignment(reader: Reader, version: number): ConsumerGroupDescribeResponseAssignment {
  const topicPartitions = decodeConsumerGroupDescribeResponseTopicPartitionsArray(reader, version, reader.compactArrayLength(19))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupDescribeResponseAssignment>({ topicPartitions }, unknownTags)
}

function decodeConsumerGroupDescribeResponseMember(reader: Reader, version: number): ConsumerGroupDescribeResponseMember {
  const memberId = reader.compactString()
  const instanceId = reader.compactNullableString()
  const rackId = reader.compactNullableString()
  const memberEpoch = reader.int32()
  const clientId = reader.compactString()
  const clientHost = reader.compactString()
  const subscribedTopicNames = reader.compactStringArray(reader.compactArrayLength(1))
  const subscribedTopicRegex = reader.compactNullableString()
  const assignment = decodeConsumerGroupDescribeResponseAssignment(reader, version)
  const targetAssignment = decodeConsumerGroupDescribeResponseAssignment(reader, version)
  const memberType = version >= 1 ? reader.int8() : -1
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupDescribeResponseMember>({
    memberId,
    instanceId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    assignment,
    targetAssignment,
    memberType,
  }, unknownTags)
}

function decodeConsumerGroupDescribeResponseMemberArray(reader: Reader, version: number, count: number): ConsumerGroupDescribeResponseMember[] {
  const elements: ConsumerGroupDescribeResponseMember[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupDescribeResponseMember(reader, version))
  return elements
}

function decodeConsumerGroupDescribeResponseDescribedGroup(reader: Reader, version: number): ConsumerGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const groupId = reader.compactString()
  const groupState = reader.compactString()
  const groupEpoch = reader.int32()
  const assignmentEpoch = reader.int32()
  const assignorName = reader.compactString()
  const members = decodeConsumerGroupDescribeResponseMemberArray(reader, version, reader.compactArrayLength(16))
  const authorizedOperations = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupDescribeResponseDescribedGroup>({
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    assignorName,
    members,
    authorizedOperations,
  }, unknownTags)
}

function decodeConsumerGroupDescribeResponseDescribedGroupArray(reader: Reader, version: number, count: number): ConsumerGroupDescribeResponseDescribedGroup[] {
  const elements: ConsumerGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupDescribeResponseDescribedGroup(reader, version))
  return elements
}

function decodeConsumerGroupDescribeResponse(reader: Reader, version: number): ConsumerGroupDescribeResponse {
  const throttleTimeMs = reader.int32()
  const groups = decodeConsumerGroupDescribeResponseDescribedGroupArray(reader, version, reader.compactArrayLength(20))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupDescribeResponse>({ throttleTimeMs, groups }, unknownTags)
}

function encodeConsumerGroupDescribeResponseTopicPartitions(writer: Writer, _version: number, message: Init<ConsumerGroupDescribeResponseTopicPartitions>): void {
  const {
    topicId = zeroUuid,
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupDescribeResponseAssignment(writer: Writer, version: number, message: Init<ConsumerGroupDescribeResponseAssignment>): void {
  const {
    topicPartitions = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topicPartitions.length)
  for (const element of topicPartitions) encodeConsumerGroupDescribeResponseTopicPartitions(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupDescribeResponseMember(writer: Writer, version: number, message: Init<ConsumerGroupDescribeResponseMember>): void {
  const {
    memberId = '',
    instanceId = null,
    rackId = null,
    memberEpoch = 0,
    clientId = '',
    clientHost = '',
    subscribedTopicNames = [],
    subscribedTopicRegex = null,
    assignment = {},
    targetAssignment = {},
    memberType = -1,
    unknownTags,
  } = message
  writer.compactString(memberId)
  writer.compactNullableString(instanceId)
  writer.compactNullableString(rackId)
  writer.int32(memberEpoch)
  writer.compactString(clientId)
  writer.compactString(clientHost)
  writer.compactArrayLength(subscribedTopicNames.length)
  writer.compactStringArray(subscribedTopicNames)
  writer.compactNullableString(subscribedTopicRegex)
  encodeConsumerGroupDescribeResponseAssignment(writer, version, assignment)
  encodeConsumerGroupDescribeResponseAssignment(writer, version, targetAssignment)
  if (version >= 1) writer.int8(memberType)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupDescribeResponseDescribedGroup(writer: Writer, version: number, message: Init<ConsumerGroupDescribeResponseDescribedGroup>): void {
  const {
    errorCode = 0,
    errorMessage = null,
    groupId = '',
    groupState = '',
    groupEpoch = 0,
    assignmentEpoch = 0,
    assignorName = '',
    members = [],
    authorizedOperations = -2147483648,
    unknownTags,
  } = message
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactString(groupId)
  writer.compactString(groupState)
  writer.int32(groupEpoch)
  writer.int32(assignmentEpoch)
  writer.compactString(assignorName)
  writer.compactArrayLength(members.length)
  for (const element of members) encodeConsumerGroupDescribeResponseMember(writer, version, element)
  writer.int32(authorizedOperations)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupDescribeResponse(writer: Writer, version: number, message: Init<ConsumerGroupDescribeResponse>): void {
  const {
    throttleTimeMs = 0,
    groups = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(groups.length)
  for (const element of groups) encodeConsumerGroupDescribeResponseDescribedGroup(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ConsumerGroupDescribe, key 69. */
export const consumerGroupDescribe: Api<ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse> = {
  key: 69,
  name: 'ConsumerGroupDescribe',
  request: messageCodec(
    'ConsumerGroupDescribeRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeConsumerGroupDescribeRequest,
    encodeConsumerGroupDescribeRequest,
  ),
  response: messageCodec(
    'ConsumerGroupDescribeResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeConsumerGroupDescribeResponse,
    encodeConsumerGroupDescribeResponse,
  ),
}
