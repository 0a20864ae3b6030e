// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface DescribeTopicPartitionsRequest {
  readonly topics: readonly DescribeTopicPartitionsRequestTopic[]
  /** Default: 2000. */
  readonly responsePartitionLimit: number
  /** Default: null. */
  readonly cursor: DescribeTopicPartitionsRequestCursor | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeTopicPartitionsRequestTopic {
  readonly name: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeTopicPartitionsRequestCursor {
  readonly topicName: string
  readonly partitionIndex: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface DescribeTopicPartitionsResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly DescribeTopicPartitionsResponseTopic[]
  /** Default: null. */
  readonly nextCursor: DescribeTopicPartitionsResponseCursor | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeTopicPartitionsResponseTopic {
  readonly errorCode: number
  readonly name: string | null
  readonly topicId: string
  readonly isInternal: boolean
  readonly partitions: readonly DescribeTopicPartitionsResponsePartition[]
  /** Default: -2147483648. */
  readonly topicAuthorizedOperations: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeTopicPartitionsResponsePartition {
  readonly errorCode: number
  readonly partitionIndex: number
  readonly leaderId: number
  /** Default: -1. */
  readonly leaderEpoch: number
  readonly replicaNodes: readonly number[]
  readonly isrNodes: readonly number[]
  /** Default: null. */
  readonly eligibleLeaderReplicas: readonly number[] | null
  /** Default: null. */
  readonly lastKnownElr: readonly number[] | null
  readonly offlineReplicas: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeTopicPartitionsResponseCursor {
  readonly topicName: string
  readonly partitionIndex: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeTopicPartitionsRequestCursor(reader: Reader, _version: number): DescribeTopicPartitionsRequestCursor {
  const topicName = reader.compactString()
  const partitionIndex = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTopicPartitionsRequestCursor>({ topicName, partitionIndex }, unknownTags)
}

function decodeDescribeTopicPartitionsRequestTopic(reader: Reader, _version: number): DescribeTopicPartitionsRequestTopic {
  const name = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTopicPartitionsRequestTopic>({ name }, unknownTags)
}

function decodeDescribeTopicPartitionsRequestTopicArray(reader: Reader, version: number, count: number): DescribeTopicPartitionsRequestTopic[] {
  const elements: DescribeTopicPartitionsRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeTopicPartitionsRequestTopic(reader, version))
  return elements
}

function decodeDescribeTopicPartitionsRequest(reader: Reader, version: number): DescribeTopicPartitionsRequest {
  const topics = decodeDescribeTopicPartitionsRequestTopicArray(reader, version, reader.compactArrayLength(2))
  const responsePartitionLimit = reader.int32()
  const cursor = (reader.structPresent() ? decodeDescribeTopicPartitionsRequestCursor(reader, version) : null)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTopicPartitionsRequest>({ topics, responsePartitionLimit, cursor }, unknownTags)
}

function encodeDescribeTopicPartitionsRequestCursor(writer: Writer, _version: number, message: Init<DescribeTopicPartitionsRequestCursor>): void {
  const {
    topicName = '',
    partitionIndex = 0,
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.int32(partitionIndex)
  writer.unknownTags(unknownTags)
}

function encodeDescribeTopicPartitionsRequestTopic(writer: Writer, _version: number, message: Init<DescribeTopicPartitionsRequestTopic>): void {
  const {
    name = '',
    unknownTags,
  } = message
  writer.compactString(name)
  writer.unknownTags(unknownTags)
}

function encodeDescribeTopicPartitionsRequest(writer: Writer, version: number, message: Init<DescribeTopicPartitionsRequest>): void {
  const {
    topics = [],
    responsePartitionLimit = 2000,
    cursor = null,
    unknownTags,
  } = message
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeTopicPartitionsRequestTopic(writer, version, element)
  writer.int32(responsePartitionLimit)
  writer.structPresent(cursor !== null)
  if (cursor !== null) encodeDescribeTopicPartitionsRequestCursor(writer, version, cursor)
  writer.unknownTags(unknownTags)
}

function decodeDescribeTopicPartitionsResponseCursor(reader: Reader, _version: number): DescribeTopicPartitionsResponseCursor {
  const topicName = reader.compactString()
  const partitionIndex = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTopicPartitionsResponseCursor>({ topicName, partitionIndex }, unknownTags)
}

function decodeDescribeTopicPartitionsResponsePartition(reader: Reader, _version: number): DescribeTopicPartitionsResponsePartition {
  const errorCode = reader.int16()
  const partitionIndex = reader.int32()
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const replicaNodes = reader.int32Array(reader.compactArrayLength(4))
  const isrNodes = reader.int32Array(reader.compactArrayLength(4))
  const eligibleLeaderReplicas = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
  const lastKnownElr = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
  const offlineReplicas = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTopicPartitionsResponsePartition>({
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    eligibleLeaderReplicas,
    lastKnownElr,
    offlineReplicas,
  }, unknownTags)
}

function decodeDescribeTopicPartitionsResponsePartitionArray(reader: Reader, version: number, count: number): DescribeTopicPartitionsResponsePartition[] {
  const elements: DescribeTopicPartitionsResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeTopicPartitionsResponsePartition(reader, version))
  return elements
}

function decodeDescribeTopicPartitionsResponseTopic(reader: Reader, version: number): DescribeTopicPartitionsResponseTopic {
  const errorCode = reader.int16()
  const name = reader.compactNullableString()
  const topicId = reader.uuid()
  const isInternal = reader.bool()
  const partitions = decodeDescribeTopicPartitionsResponsePartitionArray(reader, version, reader.compactArrayLength(20))
  const topicAuthorizedOperations = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTopicPartitionsResponseTopic>({
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
  }, unknownTags)
}

function decodeDescribeTopicPartitionsResponseTopicArray(reader: Reader, version: number, count: number): DescribeTopicPartitionsResponseTopic[] {
  const elements: DescribeTopicPartitionsResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeTopicPartitionsResponseTopic(reader, version))
  return elements
}

function decodeDescribeTopicPartitionsResponse(reader: Reader, version: number): DescribeTopicPartitionsResponse {
  const throttleTimeMs = reader.int32()
  const topics = decodeDescribeTopicPartitionsResponseTopicArray(reader, version, reader.compactArrayLength(26))
  const nextCursor = (reader.structPresent() ? decodeDescribeTopicPartitionsResponseCursor(reader, version) : null)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTopicPartitionsResponse>({ throttleTimeMs, topics, nextCursor }, unknownTags)
}

function encodeDescribeTopicPartitionsResponseCursor(writer: Writer, _version: number, message: Init<DescribeTopicPartitionsResponseCursor>): void {
  const {
    topicName = '',
    partitionIndex = 0,
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.int32(partitionIndex)
  writer.unknownTags(unknownTags)
}

function encodeDescribeTopicPartitionsResponsePartition(writer: Writer, _version: number, message: Init<DescribeTopicPartitionsResponsePartition>): void {
  const {
    errorCode = 0,
    partitionIndex = 0,
    leaderId = 0,
    leaderEpoch = -1,
    replicaNodes = [],
    isrNodes = [],
    eligibleLeaderReplicas = null,
    lastKnownElr = null,
    offlineReplicas = [],
    unknownTags,
  } = message
  writer.int16(errorCode)
  writer.int32(partitionIndex)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.compactArrayLength(replicaNodes.length)
  writer.int32Array(replicaNodes)
  writer.compactArrayLength(isrNodes.length)
  writer.int32Array(isrNodes)
  writer.compactArrayLength(eligibleLeaderReplicas === null ? -1 : eligibleLeaderReplicas.length)
  if (eligibleLeaderReplicas !== null) writer.int32Array(eligibleLeaderReplicas)
  writer.compactArrayLength(lastKnownElr === null ? -1 : lastKnownElr.length)
  if (lastKnownElr !== null) writer.int32Array(lastKnownElr)
  writer.compactArrayLength(offlineReplicas.length)
  writer.int32Array(offlineReplicas)
  writer.unknownTags(unknownTags)
}

function encodeDescribeTopicPartitionsResponseTopic(writer: Writer, version: number, message: Init<DescribeTopicPartitionsResponseTopic>): void {
  const {
    errorCode = 0,
    name = '',
    topicId = zeroUuid,
    isInternal = false,
    partitions = [],
    topicAuthorizedOperations = -2147483648,
    unknownTags,
  } = message
  writer.int16(errorCode)
  writer.compactNullableString(name)
  writer.uuid(topicId)
  writer.bool(isInternal)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeDescribeTopicPartitionsResponsePartition(writer, version, element)
  writer.int32(topicAuthorizedOperations)
  writer.unknownTags(unknownTags)
}

function encodeDescribeTopicPartitionsResponse(writer: Writer, version: number, message: Init<DescribeTopicPartitionsResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    nextCursor = null,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeTopicPartitionsResponseTopic(writer, version, element)
  writer.structPresent(nextCursor !== null)
  if (nextCursor !== null) encodeDescribeTopicPartitionsResponseCursor(writer, version, nextCursor)
  writer.unknownTags(unknownTags)
}

/** DescribeTopicPartitions, key 75. */
export const describeTopicPartitions: Api<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse> = {
  key: 75,
  name: 'DescribeTopicPartitions',
  request: messageCodec(
    'DescribeTopicPartitionsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeTopicPartitionsRequest,
    encodeDescribeTopicPartitionsRequest,
  ),
  response: messageCodec(
    'DescribeTopicPartitionsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeTopicPartitionsResponse,
    encodeDescribeTopicPartitionsResponse,
  ),
}
