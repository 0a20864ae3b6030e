// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 1. */
export interface ShareGroupDescribeRequest {
  readonly groupIds: readonly string[]
  readonly includeAuthorizedOperations: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 1. */
export interface ShareGroupDescribeResponse {
  readonly throttleTimeMs: number
  readonly groups: readonly ShareGroupDescribeResponseDescribedGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupDescribeResponseDescribedGroup {
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly groupId: string
  readonly groupState: string
  readonly groupEpoch: number
  readonly assignmentEpoch: number
  readonly assignorName: string
  readonly members: readonly ShareGroupDescribeResponseMember[]
  /** Default: -2147483648. */
  readonly authorizedOperations: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupDescribeResponseMember {
  readonly memberId: string
  /** Default: null. */
  readonly rackId: string | null
  readonly memberEpoch: number
  readonly clientId: string
  readonly clientHost: string
  readonly subscribedTopicNames: readonly string[]
  readonly assignment: ShareGroupDescribeResponseAssignment
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupDescribeResponseAssignment {
  readonly topicPartitions: readonly ShareGroupDescribeResponseTopicPartitions[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupDescribeResponseTopicPartitions {
  readonly topicId: string
  readonly topicName: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareGroupDescribeRequest(reader: Reader, _version: number): ShareGroupDescribeRequest {
  const groupIds = reader.compactStringArray(reader.compactArrayLength(1))
  const includeAuthorizedOperations = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupDescribeRequest>({ groupIds, includeAuthorizedOperations }, unknownTags)
}

function encodeShareGroupDescribeRequest(writer: Writer, _version: number, message: Init<ShareGroupDescribeRequest>): void {
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

function decodeShareGroupDescribeResponseTopicPartitions(reader: Reader, _version: number): ShareGroupDescribeResponseTopicPartitions {
  const topicId = reader.uuid()
  const topicName = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupDescribeResponseTopicPartitions>({ topicId, topicName, partitions }, unknownTags)
}

function decodeShareGroupDescribeResponseTopicPartitionsArray(reader: Reader, version: number, count: number): ShareGroupDescribeResponseTopicPartitions[] {
  const elements: ShareGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupDescribeResponseTopicPartitions(reader, version))
  return elements
}

function decodeShareGroupDescribeResponseAssignment(reader: Reader, version: number): ShareGroupDescribeResponseAssignment {
  const topicPartitions = decodeShareGroupDescribeResponseTopicPartitionsArray(reader, version, reader.compactArrayLength(19))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupDescribeResponseAssignment>({ topicPartitions }, unknownTags)
}

function decodeShareGroupDescribeResponseMember(reader: Reader, version: number): ShareGroupDescribeResponseMember {
  const memberId = reader.compactString()
  const rackId = reader.compactNullableString()
  const memberEpoch = reader.int32()
  const clientId = reader.compactString()
  const clientHost = reader.compactString()
  const subscribedTopicNames = reader.compactStringArray(reader.compactArrayLength(1))
  const assignment = decodeShareGroupDescribeResponseAssignment(reader, version)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupDescribeResponseMember>({
    memberId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    assignment,
  }, unknownTags)
}

function decodeShareGroupDescribeResponseMemberArray(reader: Reader, version: number, count: number): ShareGroupDescribeResponseMember[] {
  const elements: ShareGroupDescribeResponseMember[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupDescribeResponseMember(reader, version))
  return elements
}

function decodeShareGroupDescribeResponseDescribedGroup(reader: Reader, version: number): ShareGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const groupId = reader.compactString()
  const groupState = reader.compactString()
  const groupEpoch = reader.int32()
  const assignmentEpoch = reader.int32()
  const assignorName = reader.compactString()
  const members = decodeShareGroupDescribeResponseMemberArray(reader, version, reader.compactArrayLength(12))
  const authorizedOperations = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupDescribeResponseDescribedGroup>({
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

function decodeShareGroupDescribeResponseDescribedGroupArray(reader: Reader, version: number, count: number): ShareGroupDescribeResponseDescribedGroup[] {
  const elements: ShareGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupDescribeResponseDescribedGroup(reader, version))
  return elements
}

function decodeShareGroupDescribeResponse(reader: Reader, version: number): ShareGroupDescribeResponse {
  const throttleTimeMs = reader.int32()
  const groups = decodeShareGroupDescribeResponseDescribedGroupArray(reader, version, reader.compactArrayLength(20))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupDescribeResponse>({ throttleTimeMs, groups }, unknownTags)
}

function encodeShareGroupDescribeResponseTopicPartitions(writer: Writer, _version: number, message: Init<ShareGroupDescribeResponseTopicPartitions>): void {
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

function encodeShareGroupDescribeResponseAssignment(writer: Writer, version: number, message: Init<ShareGroupDescribeResponseAssignment>): void {
  const {
    topicPartitions = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topicPartitions.length)
  for (const element of topicPartitions) encodeShareGroupDescribeResponseTopicPartitions(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareGroupDescribeResponseMember(writer: Writer, version: number, message: Init<ShareGroupDescribeResponseMember>): void {
  const {
    memberId = '',
    rackId = null,
    memberEpoch = 0,
    clientId = '',
    clientHost = '',
    subscribedTopicNames = [],
    assignment = {},
    unknownTags,
  } = message
  writer.compactString(memberId)
  writer.compactNullableString(rackId)
  writer.int32(memberEpoch)
  writer.compactString(clientId)
  writer.compactString(clientHost)
  writer.compactArrayLength(subscribedTopicNames.length)
  writer.compactStringArray(subscribedTopicNames)
  encodeShareGroupDescribeResponseAssignment(writer, version, assignment)
  writer.unknownTags(unknownTags)
}

function encodeShareGroupDescribeResponseDescribedGroup(writer: Writer, version: number, message: Init<ShareGroupDescribeResponseDescribedGroup>): void {
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
  for (const element of members) encodeShareGroupDescribeResponseMember(writer, version, element)
  writer.int32(authorizedOperations)
  writer.unknownTags(unknownTags)
}

function encodeShareGroupDescribeResponse(writer: Writer, version: number, message: Init<ShareGroupDescribeResponse>): void {
  const {
    throttleTimeMs = 0,
    groups = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(groups.length)
  for (const element of groups) encodeShareGroupDescribeResponseDescribedGroup(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ShareGroupDescribe, key 77. */
export const shareGroupDescribe: Api<ShareGroupDescribeRequest, ShareGroupDescribeResponse> = {
  key: 77,
  name: 'ShareGroupDescribe',
  request: messageCodec(
    'ShareGroupDescribeRequest',
    { minVersion: 1, maxVersion: 1, flexibleFrom: 1 },
    decodeShareGroupDescribeRequest,
    encodeShareGroupDescribeRequest,
  ),
  response: messageCodec(
    'ShareGroupDescribeResponse',
    { minVersion: 1, maxVersion: 1, flexibleFrom: 1 },
    decodeShareGroupDescribeResponse,
    encodeShareGroupDescribeResponse,
  ),
}
