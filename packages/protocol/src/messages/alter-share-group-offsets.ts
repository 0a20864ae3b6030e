// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface AlterShareGroupOffsetsRequest {
  readonly groupId: string
  readonly topics: readonly AlterShareGroupOffsetsRequestTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterShareGroupOffsetsRequestTopic {
  readonly topicName: string
  readonly partitions: readonly AlterShareGroupOffsetsRequestPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterShareGroupOffsetsRequestPartition {
  readonly partitionIndex: number
  readonly startOffset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface AlterShareGroupOffsetsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly responses: readonly AlterShareGroupOffsetsResponseTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterShareGroupOffsetsResponseTopic {
  readonly topicName: string
  readonly topicId: string
  readonly partitions: readonly AlterShareGroupOffsetsResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterShareGroupOffsetsResponsePartition {
  readonly partitionIndex: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAlterShareGroupOffsetsRequestPartition(reader: Reader, _version: number): AlterShareGroupOffsetsRequestPartition {
  const partitionIndex = reader.int32()
  const startOffset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterShareGroupOffsetsRequestPartition>({ partitionIndex, startOffset }, unknownTags)
}

function decodeAlterShareGroupOffsetsRequestPartitionArray(reader: Reader, version: number, count: number): AlterShareGroupOffsetsRequestPartition[] {
  const elements: AlterShareGroupOffsetsRequestPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterShareGroupOffsetsRequestPartition(reader, version))
  return elements
}

function decodeAlterShareGroupOffsetsRequestTopic(reader: Reader, version: number): AlterShareGroupOffsetsRequestTopic {
  const topicName = reader.compactString()
  const partitions = decodeAlterShareGroupOffsetsRequestPartitionArray(reader, version, reader.compactArrayLength(13))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterShareGroupOffsetsRequestTopic>({ topicName, partitions }, unknownTags)
}

function decodeAlterShareGroupOffsetsRequestTopicArray(reader: Reader, version: number, count: number): AlterShareGroupOffsetsRequestTopic[] {
  const elements: AlterShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterShareGroupOffsetsRequestTopic(reader, version))
  return elements
}

function decodeAlterShareGroupOffsetsRequest(reader: Reader, version: number): AlterShareGroupOffsetsRequest {
  const groupId = reader.compactString()
  const topics = decodeAlterShareGroupOffsetsRequestTopicArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterShareGroupOffsetsRequest>({ groupId, topics }, unknownTags)
}

function encodeAlterShareGroupOffsetsRequestPartition(writer: Writer, _version: number, message: Init<AlterShareGroupOffsetsRequestPartition>): void {
  const {
    partitionIndex = 0,
    startOffset = 0n,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int64(startOffset)
  writer.unknownTags(unknownTags)
}

function encodeAlterShareGroupOffsetsRequestTopic(writer: Writer, version: number, message: Init<AlterShareGroupOffsetsRequestTopic>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAlterShareGroupOffsetsRequestPartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAlterShareGroupOffsetsRequest(writer: Writer, version: number, message: Init<AlterShareGroupOffsetsRequest>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeAlterShareGroupOffsetsRequestTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeAlterShareGroupOffsetsResponsePartition(reader: Reader, _version: number): AlterShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterShareGroupOffsetsResponsePartition>({
    partitionIndex,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeAlterShareGroupOffsetsResponsePartitionArray(reader: Reader, version: number, count: number): AlterShareGroupOffsetsResponsePartition[] {
  const elements: AlterShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterShareGroupOffsetsResponsePartition(reader, version))
  return elements
}

function decodeAlterShareGroupOffsetsResponseTopic(reader: Reader, version: number): AlterShareGroupOffsetsResponseTopic {
  const topicName = reader.compactString()
  const topicId = reader.uuid()
  const partitions = decodeAlterShareGroupOffsetsResponsePartitionArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterShareGroupOffsetsResponseTopic>({ topicName, topicId, partitions }, unknownTags)
}

function decodeAlterShareGroupOffsetsResponseTopicArray(reader: Reader, version: number, count: number): AlterShareGroupOffsetsResponseTopic[] {
  const elements: AlterShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterShareGroupOffsetsResponseTopic(reader, version))
  return elements
}

function decodeAlterShareGroupOffsetsResponse(reader: Reader, version: number): AlterShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const responses = decodeAlterShareGroupOffsetsResponseTopicArray(reader, version, reader.compactArrayLength(19))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterShareGroupOffsetsResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
  }, unknownTags)
}

function encodeAlterShareGroupOffsetsResponsePartition(writer: Writer, _version: number, message: Init<AlterShareGroupOffsetsResponsePartition>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeAlterShareGroupOffsetsResponseTopic(writer: Writer, version: number, message: Init<AlterShareGroupOffsetsResponseTopic>): void {
  const {
    topicName = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAlterShareGroupOffsetsResponsePartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAlterShareGroupOffsetsResponse(writer: Writer, version: number, message: Init<AlterShareGroupOffsetsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = null,
    responses = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactArrayLength(responses.length)
  for (const element of responses) encodeAlterShareGroupOffsetsResponseTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** AlterShareGroupOffsets, key 91. */
export const alterShareGroupOffsets: Api<AlterShareGroupOffsetsRequest, AlterShareGroupOffsetsResponse> = {
  key: 91,
  name: 'AlterShareGroupOffsets',
  request: messageCodec(
    'AlterShareGroupOffsetsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAlterShareGroupOffsetsRequest,
    encodeAlterShareGroupOffsetsRequest,
  ),
  response: messageCodec(
    'AlterShareGroupOffsetsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAlterShareGroupOffsetsResponse,
    encodeAlterShareGroupOffsetsResponse,
  ),
}
