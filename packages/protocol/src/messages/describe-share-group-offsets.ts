// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface DescribeShareGroupOffsetsRequest {
  readonly groups: readonly DescribeShareGroupOffsetsRequestGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeShareGroupOffsetsRequestGroup {
  readonly groupId: string
  readonly topics: readonly DescribeShareGroupOffsetsRequestTopic[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeShareGroupOffsetsRequestTopic {
  readonly topicName: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface DescribeShareGroupOffsetsResponse {
  readonly throttleTimeMs: number
  readonly groups: readonly DescribeShareGroupOffsetsResponseGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeShareGroupOffsetsResponseGroup {
  readonly groupId: string
  readonly topics: readonly DescribeShareGroupOffsetsResponseTopic[]
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeShareGroupOffsetsResponseTopic {
  readonly topicName: string
  readonly topicId: string
  readonly partitions: readonly DescribeShareGroupOffsetsResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeShareGroupOffsetsResponsePartition {
  readonly partitionIndex: number
  readonly startOffset: bigint
  readonly leaderEpoch: number
  /** Since version 1. Default: -1. */
  readonly lag: bigint
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeShareGroupOffsetsRequestTopic(reader: Reader, _version: number): DescribeShareGroupOffsetsRequestTopic {
  const topicName = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeShareGroupOffsetsRequestTopic>({ topicName, partitions }, unknownTags)
}

function decodeDescribeShareGroupOffsetsRequestTopicArray(reader: Reader, version: number, count: number): DescribeShareGroupOffsetsRequestTopic[] {
  const elements: DescribeShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeShareGroupOffsetsRequestTopic(reader, version))
  return elements
}

function decodeNullableDescribeShareGroupOffsetsRequestTopicArray(reader: Reader, version: number, count: number): DescribeShareGroupOffsetsRequestTopic[] | null {
  return count < 0 ? null : decodeDescribeShareGroupOffsetsRequestTopicArray(reader, version, count)
}

function decodeDescribeShareGroupOffsetsRequestGroup(reader: Reader, version: number): DescribeShareGroupOffsetsRequestGroup {
  const groupId = reader.compactString()
  const topics = decodeNullableDescribeShareGroupOffsetsRequestTopicArray(reader, version, reader.compactNullableArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeShareGroupOffsetsRequestGroup>({ groupId, topics }, unknownTags)
}

function decodeDescribeShareGroupOffsetsRequestGroupArray(reader: Reader, version: number, count: number): DescribeShareGroupOffsetsRequestGroup[] {
  const elements: DescribeShareGroupOffsetsRequestGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeShareGroupOffsetsRequestGroup(reader, version))
  return elements
}

function decodeDescribeShareGroupOffsetsRequest(reader: Reader, version: number): DescribeShareGroupOffsetsRequest {
  const groups = decodeDescribeShareGroupOffsetsRequestGroupArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeShareGroupOffsetsRequest>({ groups }, unknownTags)
}

function encodeDescribeShareGroupOffsetsRequestTopic(writer: Writer, _version: number, message: Init<DescribeShareGroupOffsetsRequestTopic>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeDescribeShareGroupOffsetsRequestGroup(writer: Writer, version: number, message: Init<DescribeShareGroupOffsetsRequestGroup>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics === null ? -1 : topics.length)
  if (topics !== null) {
    for (const element of topics) encodeDescribeShareGroupOffsetsRequestTopic(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

function encodeDescribeShareGroupOffsetsRequest(writer: Writer, version: number, message: Init<DescribeShareGroupOffsetsRequest>): void {
  const {
    groups = [],
    unknownTags,
  } = message
  writer.compactArrayLength(groups.length)
  for (const element of groups) encodeDescribeShareGroupOffsetsRequestGroup(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeDescribeShareGroupOffsetsResponsePartition(reader: Reader, version: number): DescribeShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.int32()
  const startOffset = reader.int64()
  const leaderEpoch = reader.int32()
  const lag = version >= 1 ? reader.int64() : -1n
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeShareGroupOffsetsResponsePartition>({
    partitionIndex,
    startOffset,
    leaderEpoch,
    lag,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeDescribeShareGroupOffsetsResponsePartitionArray(reader: Reader, version: number, count: number): DescribeShareGroupOffsetsResponsePartition[] {
  const elements: DescribeShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeShareGroupOffsetsResponsePartition(reader, version))
  return elements
}

function decodeDescribeShareGroupOffsetsResponseTopic(reader: Reader, version: number): DescribeShareGroupOffsetsResponseTopic {
  const topicName = reader.compactString()
  const topicId = reader.uuid()
  const partitions = decodeDescribeShareGroupOffsetsResponsePartitionArray(reader, version, reader.compactArrayLength(20))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeShareGroupOffsetsResponseTopic>({ topicName, topicId, partitions }, unknownTags)
}

function decodeDescribeShareGroupOffsetsResponseTopicArray(reader: Reader, version: number, count: number): DescribeShareGroupOffsetsResponseTopic[] {
  const elements: DescribeShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeShareGroupOffsetsResponseTopic(reader, version))
  return elements
}

function decodeDescribeShareGroupOffsetsResponseGroup(reader: Reader, version: number): DescribeShareGroupOffsetsResponseGroup {
  const groupId = reader.compactString()
  const topics = decodeDescribeShareGroupOffsetsResponseTopicArray(reader, version, reader.compactArrayLength(19))
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeShareGroupOffsetsResponseGroup>({
    groupId,
    topics,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeDescribeShareGroupOffsetsResponseGroupArray(reader: Reader, version: number, count: number): DescribeShareGroupOffsetsResponseGroup[] {
  const elements: DescribeShareGroupOffsetsResponseGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeShareGroupOffsetsResponseGroup(reader, version))
  return elements
}

function decodeDescribeShareGroupOffsetsResponse(reader: Reader, version: number): DescribeShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32()
  const groups = decodeDescribeShareGroupOffsetsResponseGroupArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeShareGroupOffsetsResponse>({ throttleTimeMs, groups }, unknownTags)
}

function encodeDescribeShareGroupOffsetsResponsePartition(writer: Writer, version: number, message: Init<DescribeShareGroupOffsetsResponsePartition>): void {
  const {
    partitionIndex = 0,
    startOffset = 0n,
    leaderEpoch = 0,
    lag = -1n,
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int64(startOffset)
  writer.int32(leaderEpoch)
  if (version >= 1) writer.int64(lag)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeDescribeShareGroupOffsetsResponseTopic(writer: Writer, version: number, message: Init<DescribeShareGroupOffsetsResponseTopic>): void {
  const {
    topicName = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeDescribeShareGroupOffsetsResponsePartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeShareGroupOffsetsResponseGroup(writer: Writer, version: number, message: Init<DescribeShareGroupOffsetsResponseGroup>): void {
  const {
    groupId = '',
    topics = [],
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeShareGroupOffsetsResponseTopic(writer, version, element)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeDescribeShareGroupOffsetsResponse(writer: Writer, version: number, message: Init<DescribeShareGroupOffsetsResponse>): void {
  const {
    throttleTimeMs = 0,
    groups = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(groups.length)
  for (const element of groups) encodeDescribeShareGroupOffsetsResponseGroup(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** DescribeShareGroupOffsets, key 90. */
export const describeShareGroupOffsets: Api<DescribeShareGroupOffsetsRequest, DescribeShareGroupOffsetsResponse> = {
  key: 90,
  name: 'DescribeShareGroupOffsets',
  request: messageCodec(
    'DescribeShareGroupOffsetsRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeDescribeShareGroupOffsetsRequest,
    encodeDescribeShareGroupOffsetsRequest,
  ),
  response: messageCodec(
    'DescribeShareGroupOffsetsResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeDescribeShareGroupOffsetsResponse,
    encodeDescribeShareGroupOffsetsResponse,
  ),
}
