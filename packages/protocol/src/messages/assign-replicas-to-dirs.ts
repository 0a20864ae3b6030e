// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface AssignReplicasToDirsRequest {
  readonly brokerId: number
  /** Default: -1. */
  readonly brokerEpoch: bigint
  readonly directories: readonly AssignReplicasToDirsRequestDirectoryData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AssignReplicasToDirsRequestDirectoryData {
  readonly id: string
  readonly topics: readonly AssignReplicasToDirsRequestTopicData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AssignReplicasToDirsRequestTopicData {
  readonly topicId: string
  readonly partitions: readonly AssignReplicasToDirsRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AssignReplicasToDirsRequestPartitionData {
  readonly partitionIndex: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface AssignReplicasToDirsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly directories: readonly AssignReplicasToDirsResponseDirectoryData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AssignReplicasToDirsResponseDirectoryData {
  readonly id: string
  readonly topics: readonly AssignReplicasToDirsResponseTopicData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AssignReplicasToDirsResponseTopicData {
  readonly topicId: string
  readonly partitions: readonly AssignReplicasToDirsResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AssignReplicasToDirsResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAssignReplicasToDirsRequestPartitionData(reader: Reader, _version: number): AssignReplicasToDirsRequestPartitionData {
  const partitionIndex = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsRequestPartitionData>({ partitionIndex }, unknownTags)
}

function decodeAssignReplicasToDirsRequestPartitionDataArray(reader: Reader, version: number, count: number): AssignReplicasToDirsRequestPartitionData[] {
  const elements: AssignReplicasToDirsRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAssignReplicasToDirsRequestPartitionData(reader, version))
  return elements
}

function decodeAssignReplicasToDirsRequestTopicData(reader: Reader, version: number): AssignReplicasToDirsRequestTopicData {
  const topicId = reader.uuid()
  const partitions = decodeAssignReplicasToDirsRequestPartitionDataArray(reader, version, reader.compactArrayLength(5))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsRequestTopicData>({ topicId, partitions }, unknownTags)
}

function decodeAssignReplicasToDirsRequestTopicDataArray(reader: Reader, version: number, count: number): AssignReplicasToDirsRequestTopicData[] {
  const elements: AssignReplicasToDirsRequestTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAssignReplicasToDirsRequestTopicData(reader, version))
  return elements
}

function decodeAssignReplicasToDirsRequestDirectoryData(reader: Reader, version: number): AssignReplicasToDirsRequestDirectoryData {
  const id = reader.uuid()
  const topics = decodeAssignReplicasToDirsRequestTopicDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsRequestDirectoryData>({ id, topics }, unknownTags)
}

function decodeAssignReplicasToDirsRequestDirectoryDataArray(reader: Reader, version: number, count: number): AssignReplicasToDirsRequestDirectoryData[] {
  const elements: AssignReplicasToDirsRequestDirectoryData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAssignReplicasToDirsRequestDirectoryData(reader, version))
  return elements
}

function decodeAssignReplicasToDirsRequest(reader: Reader, version: number): AssignReplicasToDirsRequest {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  const directories = decodeAssignReplicasToDirsRequestDirectoryDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsRequest>({ brokerId, brokerEpoch, directories }, unknownTags)
}

function encodeAssignReplicasToDirsRequestPartitionData(writer: Writer, _version: number, message: Init<AssignReplicasToDirsRequestPartitionData>): void {
  const {
    partitionIndex = 0,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.unknownTags(unknownTags)
}

function encodeAssignReplicasToDirsRequestTopicData(writer: Writer, version: number, message: Init<AssignReplicasToDirsRequestTopicData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAssignReplicasToDirsRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAssignReplicasToDirsRequestDirectoryData(writer: Writer, version: number, message: Init<AssignReplicasToDirsRequestDirectoryData>): void {
  const {
    id = zeroUuid,
    topics = [],
    unknownTags,
  } = message
  writer.uuid(id)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeAssignReplicasToDirsRequestTopicData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAssignReplicasToDirsRequest(writer: Writer, version: number, message: Init<AssignReplicasToDirsRequest>): void {
  const {
    brokerId = 0,
    brokerEpoch = -1n,
    directories = [],
    unknownTags,
  } = message
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  writer.compactArrayLength(directories.length)
  for (const element of directories) encodeAssignReplicasToDirsRequestDirectoryData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeAssignReplicasToDirsResponsePartitionData(reader: Reader, _version: number): AssignReplicasToDirsResponsePartitionData {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsResponsePartitionData>({ partitionIndex, errorCode }, unknownTags)
}

function decodeAssignReplicasToDirsResponsePartitionDataArray(reader: Reader, version: number, count: number): AssignReplicasToDirsResponsePartitionData[] {
  const elements: AssignReplicasToDirsResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAssignReplicasToDirsResponsePartitionData(reader, version))
  return elements
}

function decodeAssignReplicasToDirsResponseTopicData(reader: Reader, version: number): AssignReplicasToDirsResponseTopicData {
  const topicId = reader.uuid()
  const partitions = decodeAssignReplicasToDirsResponsePartitionDataArray(reader, version, reader.compactArrayLength(7))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsResponseTopicData>({ topicId, partitions }, unknownTags)
}

function decodeAssignReplicasToDirsResponseTopicDataArray(reader: Reader, version: number, count: number): AssignReplicasToDirsResponseTopicData[] {
  const elements: AssignReplicasToDirsResponseTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAssignReplicasToDirsResponseTopicData(reader, version))
  return elements
}

function decodeAssignReplicasToDirsResponseDirectoryData(reader: Reader, version: number): AssignReplicasToDirsResponseDirectoryData {
  const id = reader.uuid()
  const topics = decodeAssignReplicasToDirsResponseTopicDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsResponseDirectoryData>({ id, topics }, unknownTags)
}

function decodeAssignReplicasToDirsResponseDirectoryDataArray(reader: Reader, version: number, count: number): AssignReplicasToDirsResponseDirectoryData[] {
  const elements: AssignReplicasToDirsResponseDirectoryData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAssignReplicasToDirsResponseDirectoryData(reader, version))
  return elements
}

function decodeAssignReplicasToDirsResponse(reader: Reader, version: number): AssignReplicasToDirsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const directories = decodeAssignReplicasToDirsResponseDirectoryDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AssignReplicasToDirsResponse>({ throttleTimeMs, errorCode, directories }, unknownTags)
}

function encodeAssignReplicasToDirsResponsePartitionData(writer: Writer, _version: number, message: Init<AssignReplicasToDirsResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.unknownTags(unknownTags)
}

function encodeAssignReplicasToDirsResponseTopicData(writer: Writer, version: number, message: Init<AssignReplicasToDirsResponseTopicData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAssignReplicasToDirsResponsePartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAssignReplicasToDirsResponseDirectoryData(writer: Writer, version: number, message: Init<AssignReplicasToDirsResponseDirectoryData>): void {
  const {
    id = zeroUuid,
    topics = [],
    unknownTags,
  } = message
  writer.uuid(id)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeAssignReplicasToDirsResponseTopicData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAssignReplicasToDirsResponse(writer: Writer, version: number, message: Init<AssignReplicasToDirsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    directories = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactArrayLength(directories.length)
  for (const element of directories) encodeAssignReplicasToDirsResponseDirectoryData(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** AssignReplicasToDirs, key 73. */
export const assignReplicasToDirs: Api<AssignReplicasToDirsRequest, AssignReplicasToDirsResponse> = {
  key: 73,
  name: 'AssignReplicasToDirs',
  request: messageCodec(
    'AssignReplicasToDirsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAssignReplicasToDirsRequest,
    encodeAssignReplicasToDirsRequest,
  ),
  response: messageCodec(
    'AssignReplicasToDirsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAssignReplicasToDirsResponse,
    encodeAssignReplicasToDirsResponse,
  ),
}
