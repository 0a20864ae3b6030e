// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupHeartbeatRequest {
  readonly groupId: string
  readonly memberId: string
  readonly memberEpoch: number
  readonly endpointInformationEpoch: number
  /** Default: null. */
  readonly instanceId: string | null
  /** Default: null. */
  readonly rackId: string | null
  /** Default: -1. */
  readonly rebalanceTimeoutMs: number
  /** Default: null. */
  readonly topology: StreamsGroupHeartbeatRequestTopology | null
  /** Default: null. */
  readonly activeTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null
  /** Default: null. */
  readonly standbyTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null
  /** Default: null. */
  readonly warmupTasks: readonly StreamsGroupHeartbeatRequestTaskIds[] | null
  /** Default: null. */
  readonly processId: string | null
  /** Default: null. */
  readonly userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null
  /** Default: null. */
  readonly clientTags: readonly StreamsGroupHeartbeatRequestKeyValue[] | null
  /** Default: null. */
  readonly taskOffsets: readonly StreamsGroupHeartbeatRequestTaskOffset[] | null
  /** Default: null. */
  readonly taskEndOffsets: readonly StreamsGroupHeartbeatRequestTaskOffset[] | null
  readonly shutdownApplication: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestTopology {
  readonly epoch: number
  readonly subtopologies: readonly StreamsGroupHeartbeatRequestSubtopology[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestSubtopology {
  readonly subtopologyId: string
  readonly sourceTopics: readonly string[]
  readonly sourceTopicRegex: readonly string[]
  readonly stateChangelogTopics: readonly StreamsGroupHeartbeatRequestTopicInfo[]
  readonly repartitionSinkTopics: readonly string[]
  readonly repartitionSourceTopics: readonly StreamsGroupHeartbeatRequestTopicInfo[]
  readonly copartitionGroups: readonly StreamsGroupHeartbeatRequestCopartitionGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestTopicInfo {
  readonly name: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly topicConfigs: readonly StreamsGroupHeartbeatRequestKeyValue[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestCopartitionGroup {
  readonly sourceTopics: readonly number[]
  readonly sourceTopicRegex: readonly number[]
  readonly repartitionSourceTopics: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestTaskIds {
  readonly subtopologyId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestEndpoint {
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestKeyValue {
  readonly key: string
  readonly value: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatRequestTaskOffset {
  readonly subtopologyId: string
  readonly partition: number
  readonly offset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface StreamsGroupHeartbeatResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly memberId: string
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  readonly acceptableRecoveryLag: number
  readonly taskOffsetIntervalMs: number
  readonly status: readonly StreamsGroupHeartbeatResponseStatus[] | null
  /** Default: null. */
  readonly activeTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null
  /** Default: null. */
  readonly standbyTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null
  /** Default: null. */
  readonly warmupTasks: readonly StreamsGroupHeartbeatResponseTaskIds[] | null
  readonly endpointInformationEpoch: number
  /** Default: null. */
  readonly partitionsByUserEndpoint: readonly StreamsGroupHeartbeatResponseEndpointToPartitions[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatResponseStatus {
  readonly statusCode: number
  readonly statusDetail: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatResponseTaskIds {
  readonly subtopologyId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitions {
  readonly userEndpoint: StreamsGroupHeartbeatResponseEndpoint
  readonly activePartitions: readonly StreamsGroupHeartbeatResponseTopicPartition[]
  readonly standbyPartitions: readonly StreamsGroupHeartbeatResponseTopicPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatResponseEndpoint {
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupHeartbeatResponseTopicPartition {
  readonly topic: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupHeartbeatRequestTaskOffset(reader: Reader, _version: number): StreamsGroupHeartbeatRequestTaskOffset {
  const subtopologyId = reader.compactString()
  const partition = reader.int32()
  const offset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestTaskOffset>({ subtopologyId, partition, offset }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequestTaskOffsetArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestTaskOffset[] {
  const elements: StreamsGroupHeartbeatRequestTaskOffset[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatRequestTaskOffset(reader, version))
  return elements
}

function decodeNullableStreamsGroupHeartbeatRequestTaskOffsetArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestTaskOffset[] | null {
  return count < 0 ? null : decodeStreamsGroupHeartbeatRequestTaskOffsetArray(reader, version, count)
}

function decodeStreamsGroupHeartbeatRequestKeyValue(reader: Reader, _version: number): StreamsGroupHeartbeatRequestKeyValue {
  const key = reader.compactString()
  const value = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestKeyValue>({ key, value }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequestKeyValueArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestKeyValue[] {
  const elements: StreamsGroupHeartbeatRequestKeyValue[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatRequestKeyValue(reader, version))
  return elements
}

function decodeNullableStreamsGroupHeartbeatRequestKeyValueArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestKeyValue[] | null {
  return count < 0 ? null : decodeStreamsGroupHeartbeatRequestKeyValueArray(reader, version, count)
}

function decodeStreamsGroupHeartbeatRequestEndpoint(reader: Reader, _version: number): StreamsGroupHeartbeatRequestEndpoint {
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestEndpoint>({ host, port }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequestTaskIds(reader: Reader, _version: number): StreamsGroupHeartbeatRequestTaskIds {
  const subtopologyId = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestTaskIds>({ subtopologyId, partitions }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequestTaskIdsArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestTaskIds[] {
  const elements: StreamsGroupHeartbeatRequestTaskIds[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatRequestTaskIds(reader, version))
  return elements
}

function decodeNullableStreamsGroupHeartbeatRequestTaskIdsArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestTaskIds[] | null {
  return count < 0 ? null : decodeStreamsGroupHeartbeatRequestTaskIdsArray(reader, version, count)
}

function decodeStreamsGroupHeartbeatRequestCopartitionGroup(reader: Reader, _version: number): StreamsGroupHeartbeatRequestCopartitionGroup {
  const sourceTopics = reader.int16Array(reader.compactArrayLength(2))
  const sourceTopicRegex = reader.int16Array(reader.compactArrayLength(2))
  const repartitionSourceTopics = reader.int16Array(reader.compactArrayLength(2))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestCopartitionGroup>({
    sourceTopics,
    sourceTopicRegex,
    repartitionSourceTopics,
  }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequestCopartitionGroupArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestCopartitionGroup[] {
  const elements: StreamsGroupHeartbeatRequestCopartitionGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatRequestCopartitionGroup(reader, version))
  return elements
}

function decodeStreamsGroupHeartbeatRequestTopicInfo(reader: Reader, version: number): StreamsGroupHeartbeatRequestTopicInfo {
  const name = reader.compactString()
  const partitions = reader.int32()
  const replicationFactor = reader.int16()
  const topicConfigs = decodeStreamsGroupHeartbeatRequestKeyValueArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestTopicInfo>({
    name,
    partitions,
    replicationFactor,
    topicConfigs,
  }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequestTopicInfoArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestTopicInfo[] {
  const elements: StreamsGroupHeartbeatRequestTopicInfo[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatRequestTopicInfo(reader, version))
  return elements
}

function decodeStreamsGroupHeartbeatRequestSubtopology(reader: Reader, version: number): StreamsGroupHeartbeatRequestSubtopology {
  const subtopologyId = reader.compactString()
  const sourceTopics = reader.compactStringArray(reader.compactArrayLength(1))
  const sourceTopicRegex = reader.compactStringArray(reader.compactArrayLength(1))
  const stateChangelogTopics = decodeStreamsGroupHeartbeatRequestTopicInfoArray(reader, version, reader.compactArrayLength(9))
  const repartitionSinkTopics = reader.compactStringArray(reader.compactArrayLength(1))
  const repartitionSourceTopics = decodeStreamsGroupHeartbeatRequestTopicInfoArray(reader, version, reader.compactArrayLength(9))
  const copartitionGroups = decodeStreamsGroupHeartbeatRequestCopartitionGroupArray(reader, version, reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestSubtopology>({
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequestSubtopologyArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatRequestSubtopology[] {
  const elements: StreamsGroupHeartbeatRequestSubtopology[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatRequestSubtopology(reader, version))
  return elements
}

function decodeStreamsGroupHeartbeatRequestTopology(reader: Reader, version: number): StreamsGroupHeartbeatRequestTopology {
  const epoch = reader.int32()
  const subtopologies = decodeStreamsGroupHeartbeatRequestSubtopologyArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequestTopology>({ epoch, subtopologies }, unknownTags)
}

function decodeStreamsGroupHeartbeatRequest(reader: Reader, version: number): StreamsGroupHeartbeatRequest {
  const groupId = reader.compactString()
  const memberId = reader.compactString()
  const memberEpoch = reader.int32()
  const endpointInformationEpoch = reader.int32()
  const instanceId = reader.compactNullableString()
  const rackId = reader.compactNullableString()
  const rebalanceTimeoutMs = reader.int32()
  const topology = (reader.structPresent() ? decodeStreamsGroupHeartbeatRequestTopology(reader, version) : null)
  const activeTasks = decodeNullableStreamsGroupHeartbeatRequestTaskIdsArray(reader, version, reader.compactNullableArrayLength(3))
  const standbyTasks = decodeNullableStreamsGroupHeartbeatRequestTaskIdsArray(reader, version, reader.compactNullableArrayLength(3))
  const warmupTasks = decodeNullableStreamsGroupHeartbeatRequestTaskIdsArray(reader, version, reader.compactNullableArrayLength(3))
  const processId = reader.compactNullableString()
  const userEndpoint = (reader.structPresent() ? decodeStreamsGroupHeartbeatRequestEndpoint(reader, version) : null)
  const clientTags = decodeNullableStreamsGroupHeartbeatRequestKeyValueArray(reader, version, reader.compactNullableArrayLength(3))
  const taskOffsets = decodeNullableStreamsGroupHeartbeatRequestTaskOffsetArray(reader, version, reader.compactNullableArrayLength(14))
  const taskEndOffsets = decodeNullableStreamsGroupHeartbeatRequestTaskOffsetArray(reader, version, reader.compactNullableArrayLength(14))
  const shutdownApplication = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatRequest>({
    groupId,
    memberId,
    memberEpoch,
    endpointInformationEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    topology,
    activeTasks,
    standbyTasks,
    warmupTasks,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    shutdownApplication,
  }, unknownTags)
}

function encodeStreamsGroupHeartbeatRequestTaskOffset(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatRequestTaskOffset>): void {
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

function encodeStreamsGroupHeartbeatRequestKeyValue(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatRequestKeyValue>): void {
  const {
    key = '',
    value = '',
    unknownTags,
  } = message
  writer.compactString(key)
  writer.compactString(value)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatRequestEndpoint(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatRequestEndpoint>): void {
  const {
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.compactString(host)
  writer.uint16(port)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatRequestTaskIds(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatRequestTaskIds>): void {
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

function encodeStreamsGroupHeartbeatRequestCopartitionGroup(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatRequestCopartitionGroup>): void {
  const {
    sourceTopics = [],
    sourceTopicRegex = [],
    repartitionSourceTopics = [],
    unknownTags,
  } = message
  writer.compactArrayLength(sourceTopics.length)
  writer.int16Array(sourceTopics)
  writer.compactArrayLength(sourceTopicRegex.length)
  writer.int16Array(sourceTopicRegex)
  writer.compactArrayLength(repartitionSourceTopics.length)
  writer.int16Array(repartitionSourceTopics)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatRequestTopicInfo(writer: Writer, version: number, message: Init<StreamsGroupHeartbeatRequestTopicInfo>): void {
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
  for (const element of topicConfigs) encodeStreamsGroupHeartbeatRequestKeyValue(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatRequestSubtopology(writer: Writer, version: number, message: Init<StreamsGroupHeartbeatRequestSubtopology>): void {
  const {
    subtopologyId = '',
    sourceTopics = [],
    sourceTopicRegex = [],
    stateChangelogTopics = [],
    repartitionSinkTopics = [],
    repartitionSourceTopics = [],
    copartitionGroups = [],
    unknownTags,
  } = message
  writer.compactString(subtopologyId)
  writer.compactArrayLength(sourceTopics.length)
  writer.compactStringArray(sourceTopics)
  writer.compactArrayLength(sourceTopicRegex.length)
  writer.compactStringArray(sourceTopicRegex)
  writer.compactArrayLength(stateChangelogTopics.length)
  for (const element of stateChangelogTopics) encodeStreamsGroupHeartbeatRequestTopicInfo(writer, version, element)
  writer.compactArrayLength(repartitionSinkTopics.length)
  writer.compactStringArray(repartitionSinkTopics)
  writer.compactArrayLength(repartitionSourceTopics.length)
  for (const element of repartitionSourceTopics) encodeStreamsGroupHeartbeatRequestTopicInfo(writer, version, element)
  writer.compactArrayLength(copartitionGroups.length)
  for (const element of copartitionGroups) encodeStreamsGroupHeartbeatRequestCopartitionGroup(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatRequestTopology(writer: Writer, version: number, message: Init<StreamsGroupHeartbeatRequestTopology>): void {
  const {
    epoch = 0,
    subtopologies = [],
    unknownTags,
  } = message
  writer.int32(epoch)
  writer.compactArrayLength(subtopologies.length)
  for (const element of subtopologies) encodeStreamsGroupHeartbeatRequestSubtopology(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatRequest(writer: Writer, version: number, message: Init<StreamsGroupHeartbeatRequest>): void {
  const {
    groupId = '',
    memberId = '',
    memberEpoch = 0,
    endpointInformationEpoch = 0,
    instanceId = null,
    rackId = null,
    rebalanceTimeoutMs = -1,
    topology = null,
    activeTasks = null,
    standbyTasks = null,
    warmupTasks = null,
    processId = null,
    userEndpoint = null,
    clientTags = null,
    taskOffsets = null,
    taskEndOffsets = null,
    shutdownApplication = false,
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactString(memberId)
  writer.int32(memberEpoch)
  writer.int32(endpointInformationEpoch)
  writer.compactNullableString(instanceId)
  writer.compactNullableString(rackId)
  writer.int32(rebalanceTimeoutMs)
  writer.structPresent(topology !== null)
  if (topology !== null) encodeStreamsGroupHeartbeatRequestTopology(writer, version, topology)
  writer.compactArrayLength(activeTasks === null ? -1 : activeTasks.length)
  if (activeTasks !== null) {
    for (const element of activeTasks) encodeStreamsGroupHeartbeatRequestTaskIds(writer, version, element)
  }
  writer.compactArrayLength(standbyTasks === null ? -1 : standbyTasks.length)
  if (standbyTasks !== null) {
    for (const element of standbyTasks) encodeStreamsGroupHeartbeatRequestTaskIds(writer, version, element)
  }
  writer.compactArrayLength(warmupTasks === null ? -1 : warmupTasks.length)
  if (warmupTasks !== null) {
    for (const element of warmupTasks) encodeStreamsGroupHeartbeatRequestTaskIds(writer, version, element)
  }
  writer.compactNullableString(processId)
  writer.structPresent(userEndpoint !== null)
  if (userEndpoint !== null) encodeStreamsGroupHeartbeatRequestEndpoint(writer, version, userEndpoint)
  writer.compactArrayLength(clientTags === null ? -1 : clientTags.length)
  if (clientTags !== null) {
    for (const element of clientTags) encodeStreamsGroupHeartbeatRequestKeyValue(writer, version, element)
  }
  writer.compactArrayLength(taskOffsets === null ? -1 : taskOffsets.length)
  if (taskOffsets !== null) {
    for (const element of taskOffsets) encodeStreamsGroupHeartbeatRequestTaskOffset(writer, version, element)
  }
  writer.compactArrayLength(taskEndOffsets === null ? -1 : taskEndOffsets.length)
  if (taskEndOffsets !== null) {
    for (const element of taskEndOffsets) encodeStreamsGroupHeartbeatRequestTaskOffset(writer, version, element)
  }
  writer.bool(shutdownApplication)
  writer.unknownTags(unknownTags)
}

function decodeStreamsGroupHeartbeatResponseTopicPartition(reader: Reader, _version: number): StreamsGroupHeartbeatResponseTopicPartition {
  const topic = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatResponseTopicPartition>({ topic, partitions }, unknownTags)
}

function decodeStreamsGroupHeartbeatResponseTopicPartitionArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatResponseTopicPartition[] {
  const elements: StreamsGroupHeartbeatResponseTopicPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatResponseTopicPartition(reader, version))
  return elements
}

function decodeStreamsGroupHeartbeatResponseEndpoint(reader: Reader, _version: number): StreamsGroupHeartbeatResponseEndpoint {
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatResponseEndpoint>({ host, port }, unknownTags)
}

function decodeStreamsGroupHeartbeatResponseEndpointToPartitions(reader: Reader, version: number): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const userEndpoint = decodeStreamsGroupHeartbeatResponseEndpoint(reader, version)
  const activePartitions = decodeStreamsGroupHeartbeatResponseTopicPartitionArray(reader, version, reader.compactArrayLength(3))
  const standbyPartitions = decodeStreamsGroupHeartbeatResponseTopicPartitionArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatResponseEndpointToPartitions>({
    userEndpoint,
    activePartitions,
    standbyPartitions,
  }, unknownTags)
}

function decodeStreamsGroupHeartbeatResponseEndpointToPartitionsArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatResponseEndpointToPartitions[] {
  const elements: StreamsGroupHeartbeatResponseEndpointToPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatResponseEndpointToPartitions(reader, version))
  return elements
}

function decodeNullableStreamsGroupHeartbeatResponseEndpointToPartitionsArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatResponseEndpointToPartitions[] | null {
  return count < 0 ? null : decodeStreamsGroupHeartbeatResponseEndpointToPartitionsArray(reader, version, count)
}

function decodeStreamsGroupHeartbeatResponseTaskIds(reader: Reader, _version: number): StreamsGroupHeartbeatResponseTaskIds {
  const subtopologyId = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatResponseTaskIds>({ subtopologyId, partitions }, unknownTags)
}

function decodeStreamsGroupHeartbeatResponseTaskIdsArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatResponseTaskIds[] {
  const elements: StreamsGroupHeartbeatResponseTaskIds[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatResponseTaskIds(reader, version))
  return elements
}

function decodeNullableStreamsGroupHeartbeatResponseTaskIdsArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatResponseTaskIds[] | null {
  return count < 0 ? null : decodeStreamsGroupHeartbeatResponseTaskIdsArray(reader, version, count)
}

function decodeStreamsGroupHeartbeatResponseStatus(reader: Reader, _version: number): StreamsGroupHeartbeatResponseStatus {
  const statusCode = reader.int8()
  const statusDetail = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatResponseStatus>({ statusCode, statusDetail }, unknownTags)
}

function decodeStreamsGroupHeartbeatResponseStatusArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatResponseStatus[] {
  const elements: StreamsGroupHeartbeatResponseStatus[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupHeartbeatResponseStatus(reader, version))
  return elements
}

function decodeNullableStreamsGroupHeartbeatResponseStatusArray(reader: Reader, version: number, count: number): StreamsGroupHeartbeatResponseStatus[] | null {
  return count < 0 ? null : decodeStreamsGroupHeartbeatResponseStatusArray(reader, version, count)
}

function decodeStreamsGroupHeartbeatResponse(reader: Reader, version: number): StreamsGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const memberId = reader.compactString()
  const memberEpoch = reader.int32()
  const heartbeatIntervalMs = reader.int32()
  const acceptableRecoveryLag = reader.int32()
  const taskOffsetIntervalMs = reader.int32()
  const status = decodeNullableStreamsGroupHeartbeatResponseStatusArray(reader, version, reader.compactNullableArrayLength(3))
  const activeTasks = decodeNullableStreamsGroupHeartbeatResponseTaskIdsArray(reader, version, reader.compactNullableArrayLength(3))
  const standbyTasks = decodeNullableStreamsGroupHeartbeatResponseTaskIdsArray(reader, version, reader.compactNullableArrayLength(3))
  const warmupTasks = decodeNullableStreamsGroupHeartbeatResponseTaskIdsArray(reader, version, reader.compactNullableArrayLength(3))
  const endpointInformationEpoch = reader.int32()
  const partitionsByUserEndpoint = decodeNullableStreamsGroupHeartbeatResponseEndpointToPartitionsArray(reader, version, reader.compactNullableArrayLength(7))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupHeartbeatResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    acceptableRecoveryLag,
    taskOffsetIntervalMs,
    status,
    activeTasks,
    standbyTasks,
    warmupTasks,
    endpointInformationEpoch,
    partitionsByUserEndpoint,
  }, unknownTags)
}

function encodeStreamsGroupHeartbeatResponseTopicPartition(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatResponseTopicPartition>): void {
  const {
    topic = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topic)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatResponseEndpoint(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatResponseEndpoint>): void {
  const {
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.compactString(host)
  writer.uint16(port)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatResponseEndpointToPartitions(writer: Writer, version: number, message: Init<StreamsGroupHeartbeatResponseEndpointToPartitions>): void {
  const {
    userEndpoint = {},
    activePartitions = [],
    standbyPartitions = [],
    unknownTags,
  } = message
  encodeStreamsGroupHeartbeatResponseEndpoint(writer, version, userEndpoint)
  writer.compactArrayLength(activePartitions.length)
  for (const element of activePartitions) encodeStreamsGroupHeartbeatResponseTopicPartition(writer, version, element)
  writer.compactArrayLength(standbyPartitions.length)
  for (const element of standbyPartitions) encodeStreamsGroupHeartbeatResponseTopicPartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatResponseTaskIds(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatResponseTaskIds>): void {
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

function encodeStreamsGroupHeartbeatResponseStatus(writer: Writer, _version: number, message: Init<StreamsGroupHeartbeatResponseStatus>): void {
  const {
    statusCode = 0,
    statusDetail = '',
    unknownTags,
  } = message
  writer.int8(statusCode)
  writer.compactString(statusDetail)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupHeartbeatResponse(writer: Writer, version: number, message: Init<StreamsGroupHeartbeatResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = null,
    memberId = '',
    memberEpoch = 0,
    heartbeatIntervalMs = 0,
    acceptableRecoveryLag = 0,
    taskOffsetIntervalMs = 0,
    status = [],
    activeTasks = null,
    standbyTasks = null,
    warmupTasks = null,
    endpointInformationEpoch = 0,
    partitionsByUserEndpoint = null,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactString(memberId)
  writer.int32(memberEpoch)
  writer.int32(heartbeatIntervalMs)
  writer.int32(acceptableRecoveryLag)
  writer.int32(taskOffsetIntervalMs)
  writer.compactArrayLength(status === null ? -1 : status.length)
  if (status !== null) {
    for (const element of status) encodeStreamsGroupHeartbeatResponseStatus(writer, version, element)
  }
  writer.compactArrayLength(activeTasks === null ? -1 : activeTasks.length)
  if (activeTasks !== null) {
    for (const element of activeTasks) encodeStreamsGroupHeartbeatResponseTaskIds(writer, version, element)
  }
  writer.compactArrayLength(standbyTasks === null ? -1 : standbyTasks.length)
  if (standbyTasks !== null) {
    for (const element of standbyTasks) encodeStreamsGroupHeartbeatResponseTaskIds(writer, version, element)
  }
  writer.compactArrayLength(warmupTasks === null ? -1 : warmupTasks.length)
  if (warmupTasks !== null) {
    for (const element of warmupTasks) encodeStreamsGroupHeartbeatResponseTaskIds(writer, version, element)
  }
  writer.int32(endpointInformationEpoch)
  writer.compactArrayLength(partitionsByUserEndpoint === null ? -1 : partitionsByUserEndpoint.length)
  if (partitionsByUserEndpoint !== null) {
    for (const element of partitionsByUserEndpoint) encodeStreamsGroupHeartbeatResponseEndpointToPartitions(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

/** StreamsGroupHeartbeat, key 88. */
export const streamsGroupHeartbeat: Api<StreamsGroupHeartbeatRequest, StreamsGroupHeartbeatResponse> = {
  key: 88,
  name: 'StreamsGroupHeartbeat',
  request: messageCodec(
    'StreamsGroupHeartbeatRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeStreamsGroupHeartbeatRequest,
    encodeStreamsGroupHeartbeatRequest,
  ),
  response: messageCodec(
    'StreamsGroupHeartbeatResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeStreamsGroupHeartbeatResponse,
    encodeStreamsGroupHeartbeatResponse,
  ),
}
