// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupDescribeRequest {
  readonly groupIds: readonly string[]
  readonly includeAuthorizedOperations: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface StreamsGroupDescribeResponse {
  readonly throttleTimeMs: number
  readonly groups: readonly StreamsGroupDescribeResponseDescribedGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseDescribedGroup {
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly groupId: string
  readonly groupState: string
  readonly groupEpoch: number
  readonly assignmentEpoch: number
  /** Default: null. */
  readonly topology: StreamsGroupDescribeResponseTopology | null
  readonly members: readonly StreamsGroupDescribeResponseMember[]
  /** Default: -2147483648. */
  readonly authorizedOperations: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseTopology {
  readonly epoch: number
  /** Default: null. */
  readonly subtopologies: readonly StreamsGroupDescribeResponseSubtopology[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseSubtopology {
  readonly subtopologyId: string
  readonly sourceTopics: readonly string[]
  readonly repartitionSinkTopics: readonly string[]
  readonly stateChangelogTopics: readonly StreamsGroupDescribeResponseTopicInfo[]
  readonly repartitionSourceTopics: readonly StreamsGroupDescribeResponseTopicInfo[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseTopicInfo {
  readonly name: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly topicConfigs: readonly StreamsGroupDescribeResponseKeyValue[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseMember {
  readonly memberId: string
  readonly memberEpoch: number
  /** Default: null. */
  readonly instanceId: string | null
  /** Default: null. */
  readonly rackId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly topologyEpoch: number
  readonly processId: string
  /** Default: null. */
  readonly userEndpoint: StreamsGroupDescribeResponseEndpoint | null
  readonly clientTags: readonly StreamsGroupDescribeResponseKeyValue[]
  readonly taskOffsets: readonly StreamsGroupDescribeResponseTaskOffset[]
  readonly taskEndOffsets: readonly StreamsGroupDescribeResponseTaskOffset[]
  readonly assignment: StreamsGroupDescribeResponseAssignment
  readonly targetAssignment: StreamsGroupDescribeResponseAssignment
  readonly isClassic: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseEndpoint {
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseKeyValue {
  readonly key: string
  readonly value: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseTaskOffset {
  readonly subtopologyId: string
  readonly partition: number
  readonly offset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseAssignment {
  readonly activeTasks: readonly StreamsGroupDescribeResponseTaskIds[]
  readonly standbyTasks: readonly StreamsGroupDescribeResponseTaskIds[]
  readonly warmupTasks: readonly StreamsGroupDescribeResponseTaskIds[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupDescribeResponseTaskIds {
  readonly subtopologyId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupDescribeRequest(reader: Reader, _version: number): StreamsGroupDescribeRequest {
  const groupIds = reader.compactStringArray(reader.compactArrayLength(1))
  const includeAuthorizedOperations = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeRequest>({ groupIds, includeAuthorizedOperations }, unknownTags)
}

function encodeStreamsGroupDescribeRequest(writer: Writer, _version: number, message: Init<StreamsGroupDescribeRequest>): void {
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

function decodeStreamsGroupDescribeResponseTaskIds(reader: Reader, _version: number): StreamsGroupDescribeResponseTaskIds {
  const subtopologyId = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseTaskIds>({ subtopologyId, partitions }, unknownTags)
}

function decodeStreamsGroupDescribeResponseTaskIdsArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseTaskIds[] {
  const elements: StreamsGroupDescribeResponseTaskIds[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupDescribeResponseTaskIds(reader, version))
  return elements
}

function decodeStreamsGroupDescribeResponseAssignment(reader: Reader, version: number): StreamsGroupDescribeResponseAssignment {
  const activeTasks = decodeStreamsGroupDescribeResponseTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const standbyTasks = decodeStreamsGroupDescribeResponseTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const warmupTasks = decodeStreamsGroupDescribeResponseTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseAssignment>({
    activeTasks,
    standbyTasks,
    warmupTasks,
  }, unknownTags)
}

function decodeStreamsGroupDescribeResponseTaskOffset(reader: Reader, _version: number): StreamsGroupDescribeResponseTaskOffset {
  const subtopologyId = reader.compactString()
  const partition = reader.int32()
  const offset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseTaskOffset>({ subtopologyId, partition, offset }, unknownTags)
}

function decodeStreamsGroupDescribeResponseTaskOffsetArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseTaskOffset[] {
  const elements: StreamsGroupDescribeResponseTaskOffset[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupDescribeResponseTaskOffset(reader, version))
  return elements
}

function decodeStreamsGroupDescribeResponseKeyValue(reader: Reader, _version: number): StreamsGroupDescribeResponseKeyValue {
  const key = reader.compactString()
  const value = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseKeyValue>({ key, value }, unknownTags)
}

function decodeStreamsGroupDescribeResponseKeyValueArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseKeyValue[] {
  const elements: StreamsGroupDescribeResponseKeyValue[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupDescribeResponseKeyValue(reader, version))
  return elements
}

function decodeStreamsGroupDescribeResponseEndpoint(reader: Reader, _version: number): StreamsGroupDescribeResponseEndpoint {
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseEndpoint>({ host, port }, unknownTags)
}

function decodeStreamsGroupDescribeResponseMember(reader: Reader, version: number): StreamsGroupDescribeResponseMember {
  const memberId = reader.compactString()
  const memberEpoch = reader.int32()
  const instanceId = reader.compactNullableString()
  const rackId = reader.compactNullableString()
  const clientId = reader.compactString()
  const clientHost = reader.compactString()
  const topologyEpoch = reader.int32()
  const processId = reader.compactString()
  const userEndpoint = (reader.structPresent() ? decodeStreamsGroupDescribeResponseEndpoint(reader, version) : null)
  const clientTags = decodeStreamsGroupDescribeResponseKeyValueArray(reader, version, reader.compactArrayLength(3))
  const taskOffsets = decodeStreamsGroupDescribeResponseTaskOffsetArray(reader, version, reader.compactArrayLength(14))
  const taskEndOffsets = decodeStreamsGroupDescribeResponseTaskOffsetArray(reader, version, reader.compactArrayLength(14))
  const assignment = decodeStreamsGroupDescribeResponseAssignment(reader, version)
  const targetAssignment = decodeStreamsGroupDescribeResponseAssignment(reader, version)
  const isClassic = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseMember>({
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    clientId,
    clientHost,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    assignment,
    targetAssignment,
    isClassic,
  }, unknownTags)
}

function decodeStreamsGroupDescribeResponseMemberArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseMember[] {
  const elements: StreamsGroupDescribeResponseMember[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupDescribeResponseMember(reader, version))
  return elements
}

function decodeStreamsGroupDescribeResponseTopicInfo(reader: Reader, version: number): StreamsGroupDescribeResponseTopicInfo {
  const name = reader.compactString()
  const partitions = reader.int32()
  const replicationFactor = reader.int16()
  const topicConfigs = decodeStreamsGroupDescribeResponseKeyValueArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseTopicInfo>({
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  }, unknownTags)
}

function decodeStreamsGroupDescribeResponseTopicInfoArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseTopicInfo[] {
  const elements: StreamsGroupDescribeResponseTopicInfo[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupDescribeResponseTopicInfo(reader, version))
  return elements
}

function decodeStreamsGroupDescribeResponseSubtopology(reader: Reader, version: number): StreamsGroupDescribeResponseSubtopology {
  const subtopologyId = reader.compactString()
  const sourceTopics = reader.compactStringArray(reader.compactArrayLength(1))
  const repartitionSinkTopics = reader.compactStringArray(reader.compactArrayLength(1))
  const stateChangelogTopics = decodeStreamsGroupDescribeResponseTopicInfoArray(reader, version, reader.compactArrayLength(9))
  const repartitionSourceTopics = decodeStreamsGroupDescribeResponseTopicInfoArray(reader, version, reader.compactArrayLength(9))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseSubtopology>({
    subtopologyId,
    sourceTopics,
    repartitionSinkTopics,
    stateChangelogTopics,
    repartitionSourceTopics,
  }, unknownTags)
}

function decodeStreamsGroupDescribeResponseSubtopologyArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseSubtopology[] {
  const elements: StreamsGroupDescribeResponseSubtopology[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupDescribeResponseSubtopology(reader, version))
  return elements
}

function decodeNullableStreamsGroupDescribeResponseSubtopologyArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseSubtopology[] | null {
  return count < 0 ? null : decodeStreamsGroupDescribeResponseSubtopologyArray(reader, version, count)
}

function decodeStreamsGroupDescribeResponseTopology(reader: Reader, version: number): StreamsGroupDescribeResponseTopology {
  const epoch = reader.int32()
  const subtopologies = decodeNullableStreamsGroupDescribeResponseSubtopologyArray(reader, version, reader.compactNullableArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseTopology>({ epoch, subtopologies }, unknownTags)
}

function decodeStreamsGroupDescribeResponseDescribedGroup(reader: Reader, version: number): StreamsGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const groupId = reader.compactString()
  const groupState = reader.compactString()
  const groupEpoch = reader.int32()
  const assignmentEpoch = reader.int32()
  const topology = (reader.structPresent() ? decodeStreamsGroupDescribeResponseTopology(reader, version) : null)
  const members = decodeStreamsGroupDescribeResponseMemberArray(reader, version, reader.compactArrayLength(28))
  const authorizedOperations = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponseDescribedGroup>({
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    topology,
    members,
    authorizedOperations,
  }, unknownTags)
}

function decodeStreamsGroupDescribeResponseDescribedGroupArray(reader: Reader, version: number, count: number): StreamsGroupDescribeResponseDescribedGroup[] {
  const elements: StreamsGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupDescribeResponseDescribedGroup(reader, version))
  return elements
}

function decodeStreamsGroupDescribeResponse(reader: Reader, version: number): StreamsGroupDescribeResponse {
  const throttleTimeMs = reader.int32()
  const groups = decodeStreamsGroupDescribeResponseDescribedGroupArray(reader, version, reader.compactArrayLength(20))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupDescribeResponse>({ throttleTimeMs, groups }, unknownTags)
}

function encodeStreamsGroupDescribeResponseTaskIds(writer: Writer, _version: number, message: Init<StreamsGroupDescribeResponseTaskIds>): void {
  const {
    subtopologyId = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(subtopologyId)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseAssignment(writer: Writer, version: number, message: Init<StreamsGroupDescribeResponseAssignment>): void {
  const {
    activeTasks = [],
    standbyTasks = [],
    warmupTasks = [],
    unknownTags,
  } = message
  writer.compactArrayLength(activeTasks.length)
  for (const element of activeTasks) encodeStreamsGroupDescribeResponseTaskIds(writer, version, element)
  writer.compactArrayLength(standbyTasks.length)
  for (const element of standbyTasks) encodeStreamsGroupDescribeResponseTaskIds(writer, version, element)
  writer.compactArrayLength(warmupTasks.length)
  for (const element of warmupTasks) encodeStreamsGroupDescribeResponseTaskIds(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseTaskOffset(writer: Writer, _version: number, message: Init<StreamsGroupDescribeResponseTaskOffset>): void {
  const {
    subtopologyId = '',
    partition = 0,
    offset = 0n,
    unknownTags,
  } = message
  writer.compactString(subtopologyId)
  writer.int32(partition)
  writer.int64(offset)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseKeyValue(writer: Writer, _version: number, message: Init<StreamsGroupDescribeResponseKeyValue>): void {
  const {
    key = '',
    value = '',
    unknownTags,
  } = message
  writer.compactString(key)
  writer.compactString(value)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseEndpoint(writer: Writer, _version: number, message: Init<StreamsGroupDescribeResponseEndpoint>): void {
  const {
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.compactString(host)
  writer.uint16(port)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseMember(writer: Writer, version: number, message: Init<StreamsGroupDescribeResponseMember>): void {
  const {
    memberId = '',
    memberEpoch = 0,
    instanceId = null,
    rackId = null,
    clientId = '',
    clientHost = '',
    topologyEpoch = 0,
    processId = '',
    userEndpoint = null,
    clientTags = [],
    taskOffsets = [],
    taskEndOffsets = [],
    assignment = {},
    targetAssignment = {},
    isClassic = false,
    unknownTags,
  } = message
  writer.compactString(memberId)
  writer.int32(memberEpoch)
  writer.compactNullableString(instanceId)
  writer.compactNullableString(rackId)
  writer.compactString(clientId)
  writer.compactString(clientHost)
  writer.int32(topologyEpoch)
  writer.compactString(processId)
  writer.structPresent(userEndpoint !== null)
  if (userEndpoint !== null) encodeStreamsGroupDescribeResponseEndpoint(writer, version, userEndpoint)
  writer.compactArrayLength(clientTags.length)
  for (const element of clientTags) encodeStreamsGroupDescribeResponseKeyValue(writer, version, element)
  writer.compactArrayLength(taskOffsets.length)
  for (const element of taskOffsets) encodeStreamsGroupDescribeResponseTaskOffset(writer, version, element)
  writer.compactArrayLength(taskEndOffsets.length)
  for (const element of taskEndOffsets) encodeStreamsGroupDescribeResponseTaskOffset(writer, version, element)
  encodeStreamsGroupDescribeResponseAssignment(writer, version, assignment)
  encodeStreamsGroupDescribeResponseAssignment(writer, version, targetAssignment)
  writer.bool(isClassic)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseTopicInfo(writer: Writer, version: number, message: Init<StreamsGroupDescribeResponseTopicInfo>): void {
  const {
    name = '',
    partitions = 0,
    replicationFactor = 0,
    topicConfigs = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int32(partitions)
  writer.int16(replicationFactor)
  writer.compactArrayLength(topicConfigs.length)
  for (const element of topicConfigs) encodeStreamsGroupDescribeResponseKeyValue(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseSubtopology(writer: Writer, version: number, message: Init<StreamsGroupDescribeResponseSubtopology>): void {
  const {
    subtopologyId = '',
    sourceTopics = [],
    repartitionSinkTopics = [],
    stateChangelogTopics = [],
    repartitionSourceTopics = [],
    unknownTags,
  } = message
  writer.compactString(subtopologyId)
  writer.compactArrayLength(sourceTopics.length)
  writer.compactStringArray(sourceTopics)
  writer.compactArrayLength(repartitionSinkTopics.length)
  writer.compactStringArray(repartitionSinkTopics)
  writer.compactArrayLength(stateChangelogTopics.length)
  for (const element of stateChangelogTopics) encodeStreamsGroupDescribeResponseTopicInfo(writer, version, element)
  writer.compactArrayLength(repartitionSourceTopics.length)
  for (const element of repartitionSourceTopics) encodeStreamsGroupDescribeResponseTopicInfo(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseTopology(writer: Writer, version: number, message: Init<StreamsGroupDescribeResponseTopology>): void {
  const {
    epoch = 0,
    subtopologies = null,
    unknownTags,
  } = message
  writer.int32(epoch)
  writer.compactArrayLength(subtopologies === null ? -1 : subtopologies.length)
  if (subtopologies !== null) {
    for (const element of subtopologies) encodeStreamsGroupDescribeResponseSubtopology(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponseDescribedGroup(writer: Writer, version: number, message: Init<StreamsGroupDescribeResponseDescribedGroup>): void {
  const {
    errorCode = 0,
    errorMessage = null,
    groupId = '',
    groupState = '',
    groupEpoch = 0,
    assignmentEpoch = 0,
    topology = null,
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
  writer.structPresent(topology !== null)
  if (topology !== null) encodeStreamsGroupDescribeResponseTopology(writer, version, topology)
  writer.compactArrayLength(members.length)
  for (const element of members) encodeStreamsGroupDescribeResponseMember(writer, version, element)
  writer.int32(authorizedOperations)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupDescribeResponse(writer: Writer, version: number, message: Init<StreamsGroupDescribeResponse>): void {
  const {
    throttleTimeMs = 0,
    groups = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(groups.length)
  for (const element of groups) encodeStreamsGroupDescribeResponseDescribedGroup(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** StreamsGroupDescribe, key 89. */
export const streamsGroupDescribe: Api<StreamsGroupDescribeRequest, StreamsGroupDescribeResponse> = {
  key: 89,
  name: 'StreamsGroupDescribe',
  request: messageCodec(
    'StreamsGroupDescribeRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeStreamsGroupDescribeRequest,
    encodeStreamsGroupDescribeRequest,
  ),
  response: messageCodec(
    'StreamsGroupDescribeResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeStreamsGroupDescribeResponse,
    encodeStreamsGroupDescribeResponse,
  ),
}
