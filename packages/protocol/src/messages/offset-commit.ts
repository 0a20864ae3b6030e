// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 2 to 10. */
export interface OffsetCommitRequest {
  readonly groupId: string
  /** Default: -1. */
  readonly generationIdOrMemberEpoch: number
  readonly memberId: string
  /** Since version 7. Default: null. */
  readonly groupInstanceId: string | null
  /** Versions 2 to 4. Default: -1. */
  readonly retentionTimeMs: bigint
  readonly topics: readonly OffsetCommitRequestTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetCommitRequestTopic {
  /** Versions 2 to 9. */
  readonly name: string
  /** Since version 10. */
  readonly topicId: string
  readonly partitions: readonly OffsetCommitRequestPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetCommitRequestPartition {
  readonly partitionIndex: number
  readonly committedOffset: bigint
  /** Since version 6. Default: -1. */
  readonly committedLeaderEpoch: number
  readonly committedMetadata: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 2 to 10. */
export interface OffsetCommitResponse {
  /** Since version 3. */
  readonly throttleTimeMs: number
  readonly topics: readonly OffsetCommitResponseTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetCommitResponseTopic {
  /** Versions 2 to 9. */
  readonly name: string
  /** Since version 10. */
  readonly topicId: string
  readonly partitions: readonly OffsetCommitResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetCommitResponsePartition {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeOffsetCommitRequestPartition(reader: Reader, version: number): OffsetCommitRequestPartition {
  const flexible = version >= 8
  const partitionIndex = reader.int32()
  const committedOffset = reader.int64()
  const committedLeaderEpoch = version >= 6 ? reader.int32() : -1
  const committedMetadata = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetCommitRequestPartition>({
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    committedMetadata,
  }, unknownTags)
}

function decodeOffsetCommitRequestPartitionArray(reader: Reader, version: number, count: number): OffsetCommitRequestPartition[] {
  const elements: OffsetCommitRequestPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetCommitRequestPartition(reader, version))
  return elements
}

function decodeOffsetCommitRequestTopic(reader: Reader, version: number): OffsetCommitRequestTopic {
  const flexible = version >= 8
  const name = version <= 9 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topicId = version >= 10 ? reader.uuid() : zeroUuid
  const partitions = flexible
    ? decodeOffsetCommitRequestPartitionArray(reader, version, reader.compactArrayLength(18))
    : decodeOffsetCommitRequestPartitionArray(reader, version, reader.arrayLength(14))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetCommitRequestTopic>({ name, topicId, partitions }, unknownTags)
}

function decodeOffsetCommitRequestTopicArray(reader: Reader, version: number, count: number): OffsetCommitRequestTopic[] {
  const elements: OffsetCommitRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetCommitRequestTopic(reader, version))
  return elements
}

function decodeOffsetCommitRequest(reader: Reader, version: number): OffsetCommitRequest {
  const flexible = version >= 8
  const groupId = flexible ? reader.compactString() : reader.string()
  const generationIdOrMemberEpoch = reader.int32()
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = version >= 7 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const retentionTimeMs = version <= 4 ? reader.int64() : -1n
  const topics = flexible
    ? decodeOffsetCommitRequestTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeOffsetCommitRequestTopicArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetCommitRequest>({
    groupId,
    generationIdOrMemberEpoch,
    memberId,
    groupInstanceId,
    retentionTimeMs,
    topics,
  }, unknownTags)
}

function encodeOffsetCommitRequestPartition(writer: Writer, version: number, message: Init<OffsetCommitRequestPartition>): void {
  const {
    partitionIndex = 0,
    committedOffset = 0n,
    committedLeaderEpoch = -1,
    committedMetadata = '',
    unknownTags,
  } = message
  const flexible = version >= 8
  writer.int32(partitionIndex)
  writer.int64(committedOffset)
  if (version >= 6) writer.int32(committedLeaderEpoch)
  if (flexible) writer.compactNullableString(committedMetadata)
  else writer.nullableString(committedMetadata)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetCommitRequestTopic(writer: Writer, version: number, message: Init<OffsetCommitRequestTopic>): void {
  const {
    name = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 8
  if (version <= 9) {
    if (flexible) writer.compactString(name)
    else writer.string(name)
  }
  if (version >= 10) writer.uuid(topicId)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeOffsetCommitRequestPartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetCommitRequest(writer: Writer, version: number, message: Init<OffsetCommitRequest>): void {
  const {
    groupId = '',
    generationIdOrMemberEpoch = -1,
    memberId = '',
    groupInstanceId = null,
    retentionTimeMs = -1n,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 8
  if (version < 7 && groupInstanceId !== null) {
    throw fieldUnsupported('OffsetCommitRequest: groupInstanceId', version)
  }
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  writer.int32(generationIdOrMemberEpoch)
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (version >= 7) {
    if (flexible) writer.compactNullableString(groupInstanceId)
    else writer.nullableString(groupInstanceId)
  }
  if (version <= 4) writer.int64(retentionTimeMs)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeOffsetCommitRequestTopic(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeOffsetCommitResponsePartition(reader: Reader, version: number): OffsetCommitResponsePartition {
  const flexible = version >= 8
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetCommitResponsePartition>({ partitionIndex, errorCode }, unknownTags)
}

function decodeOffsetCommitResponsePartitionArray(reader: Reader, version: number, count: number): OffsetCommitResponsePartition[] {
  const elements: OffsetCommitResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetCommitResponsePartition(reader, version))
  return elements
}

function decodeOffsetCommitResponseTopic(reader: Reader, version: number): OffsetCommitResponseTopic {
  const flexible = version >= 8
  const name = version <= 9 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topicId = version >= 10 ? reader.uuid() : zeroUuid
  const partitions = flexible
    ? decodeOffsetCommitResponsePartitionArray(reader, version, reader.compactArrayLength(7))
    : decodeOffsetCommitResponsePartitionArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetCommitResponseTopic>({ name, topicId, partitions }, unknownTags)
}

function decodeOffsetCommitResponseTopicArray(reader: Reader, version: number, count: number): OffsetCommitResponseTopic[] {
  const elements: OffsetCommitResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetCommitResponseTopic(reader, version))
  return elements
}

function decodeOffsetCommitResponse(reader: Reader, version: number): OffsetCommitResponse {
  const flexible = version >= 8
  const throttleTimeMs = version >= 3 ? reader.int32() : 0
  const topics = flexible
    ? decodeOffsetCommitResponseTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeOffsetCommitResponseTopicArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetCommitResponse>({ throttleTimeMs, topics }, unknownTags)
}

function encodeOffsetCommitResponsePartition(writer: Writer, version: number, message: Init<OffsetCommitResponsePartition>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 8
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetCommitResponseTopic(writer: Writer, version: number, message: Init<OffsetCommitResponseTopic>): void {
  const {
    name = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 8
  if (version <= 9) {
    if (flexible) writer.compactString(name)
    else writer.string(name)
  }
  if (version >= 10) writer.uuid(topicId)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeOffsetCommitResponsePartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetCommitResponse(writer: Writer, version: number, message: Init<OffsetCommitResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 8
  if (version >= 3) writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeOffsetCommitResponseTopic(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** OffsetCommit, key 8. */
export const offsetCommit: Api<OffsetCommitRequest, OffsetCommitResponse> = {
  key: 8,
  name: 'OffsetCommit',
  request: messageCodec(
    'OffsetCommitRequest',
    { minVersion: 2, maxVersion: 10, flexibleFrom: 8 },
    decodeOffsetCommitRequest,
    encodeOffsetCommitRequest,
  ),
  response: messageCodec(
    'OffsetCommitResponse',
    { minVersion: 2, maxVersion: 10, flexibleFrom: 8 },
    decodeOffsetCommitResponse,
    encodeOffsetCommitResponse,
  ),
}
