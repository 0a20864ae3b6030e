// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, nullNotAllowed, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 1 to 10. */
export interface OffsetFetchRequest {
  /** Versions 1 to 7. */
  readonly groupId: string
  /** Versions 1 to 7. Null since version 2. */
  readonly topics: readonly OffsetFetchRequestTopic[] | null
  /** Since version 8. */
  readonly groups: readonly OffsetFetchRequestGroup[]
  /** Since version 7. */
  readonly requireStable: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchRequestTopic {
  readonly name: string
  readonly partitionIndexes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchRequestGroup {
  readonly groupId: string
  /** Since version 9. Default: null. */
  readonly memberId: string | null
  /** Since version 9. Default: -1. */
  readonly memberEpoch: number
  readonly topics: readonly OffsetFetchRequestTopics[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchRequestTopics {
  /** Versions 8 to 9. */
  readonly name: string
  /** Since version 10. */
  readonly topicId: string
  readonly partitionIndexes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 10. */
export interface OffsetFetchResponse {
  /** Since version 3. */
  readonly throttleTimeMs: number
  /** Versions 1 to 7. */
  readonly topics: readonly OffsetFetchResponseTopic[]
  /** Versions 2 to 7. */
  readonly errorCode: number
  /** Since version 8. */
  readonly groups: readonly OffsetFetchResponseGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchResponseTopic {
  readonly name: string
  readonly partitions: readonly OffsetFetchResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchResponsePartition {
  readonly partitionIndex: number
  readonly committedOffset: bigint
  /** Since version 5. Default: -1. */
  readonly committedLeaderEpoch: number
  readonly metadata: string | null
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchResponseGroup {
  readonly groupId: string
  readonly topics: readonly OffsetFetchResponseTopics[]
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchResponseTopics {
  /** Versions 8 to 9. */
  readonly name: string
  /** Since version 10. */
  readonly topicId: string
  readonly partitions: readonly OffsetFetchResponsePartitions[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetFetchResponsePartitions {
  readonly partitionIndex: number
  readonly committedOffset: bigint
  /** Default: -1. */
  readonly committedLeaderEpoch: number
  readonly metadata: string | null
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeOffsetFetchRequestTopics(reader: Reader, version: number): OffsetFetchRequestTopics {
  const name = version <= 9 ? reader.compactString() : ''
  const topicId = version >= 10 ? reader.uuid() : zeroUuid
  const partitionIndexes = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<OffsetFetchRequestTopics>({ name, topicId, partitionIndexes }, unknownTags)
}

function decodeOffsetFetchRequestTopicsArray(reader: Reader, version: number, count: number): OffsetFetchRequestTopics[] {
  const elements: OffsetFetchRequestTopics[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchRequestTopics(reader, version))
  return elements
}

function decodeNullableOffsetFetchRequestTopicsArray(reader: Reader, version: number, count: number): OffsetFetchRequestTopics[] | null {
  return count < 0 ? null : decodeOffsetFetchRequestTopicsArray(reader, version, count)
}

function decodeOffsetFetchRequestGroup(reader: Reader, version: number): OffsetFetchRequestGroup {
  const groupId = reader.compactString()
  const memberId = version >= 9 ? reader.compactNullableString() : null
  const memberEpoch = version >= 9 ? reader.int32() : -1
  const topics = decodeNullableOffsetFetchRequestTopicsArray(reader, version, reader.compactNullableArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<OffsetFetchRequestGroup>({ groupId, memberId, memberEpoch, topics }, unknownTags)
}

function decodeOffsetFetchRequestGroupArray(reader: Reader, version: number, count: number): OffsetFetchRequestGroup[] {
  const elements: OffsetFetchRequestGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchRequestGroup(reader, version))
  return elements
}

function decodeOffsetFetchRequestTopic(reader: Reader, version: number): OffsetFetchRequestTopic {
  const flexible = version >= 6
  const name = flexible ? reader.compactString() : reader.string()
  const partitionIndexes = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetFetchRequestTopic>({ name, partitionIndexes }, unknownTags)
}

function decodeOffsetFetchRequestTopicArray(reader: Reader, version: number, count: number): OffsetFetchRequestTopic[] {
  const elements: OffsetFetchRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchRequestTopic(reader, version))
  return elements
}

function decodeNullableOffsetFetchRequestTopicArray(reader: Reader, version: number, count: number): OffsetFetchRequestTopic[] | null {
  return count < 0 ? null : decodeOffsetFetchRequestTopicArray(reader, version, count)
}

function decodeOffsetFetchRequest(reader: Reader, version: number): OffsetFetchRequest {
  const flexible = version >= 6
  const groupId = version <= 7 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topics = version <= 7
    ? (flexible
    ? decodeNullableOffsetFetchRequestTopicArray(reader, version, reader.compactNullableArrayLength(3))
    : version >= 2
    ? decodeNullableOffsetFetchRequestTopicArray(reader, version, reader.nullableArrayLength(6))
    : decodeOffsetFetchRequestTopicArray(reader, version, reader.arrayLength(6)))
    : []
  const groups = version >= 8 ? decodeOffsetFetchRequestGroupArray(reader, version, reader.compactArrayLength(3)) : []
  const requireStable = version >= 7 ? reader.bool() : false
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetFetchRequest>({ groupId, topics, groups, requireStable }, unknownTags)
}

function encodeOffsetFetchRequestTopics(writer: Writer, version: number, message: Init<OffsetFetchRequestTopics>): void {
  const {
    name = '',
    topicId = zeroUuid,
    partitionIndexes = [],
    unknownTags,
  } = message
  if (version <= 9) writer.compactString(name)
  if (version >= 10) writer.uuid(topicId)
  writer.compactArrayLength(partitionIndexes.length)
  writer.int32Array(partitionIndexes)
  writer.unknownTags(unknownTags)
}

function encodeOffsetFetchRequestGroup(writer: Writer, version: number, message: Init<OffsetFetchRequestGroup>): void {
  const {
    groupId = '',
    memberId = null,
    memberEpoch = -1,
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  if (version >= 9) writer.compactNullableString(memberId)
  if (version >= 9) writer.int32(memberEpoch)
  writer.compactArrayLength(topics === null ? -1 : topics.length)
  if (topics !== null) {
    for (const element of topics) encodeOffsetFetchRequestTopics(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

function encodeOffsetFetchRequestTopic(writer: Writer, version: number, message: Init<OffsetFetchRequestTopic>): void {
  const {
    name = '',
    partitionIndexes = [],
    unknownTags,
  } = message
  const flexible = version >= 6
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(partitionIndexes.length)
  else writer.arrayLength(partitionIndexes.length)
  writer.int32Array(partitionIndexes)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetFetchRequest(writer: Writer, version: number, message: Init<OffsetFetchRequest>): void {
  const {
    groupId = '',
    topics = [],
    groups = [],
    requireStable = false,
    unknownTags,
  } = message
  const flexible = version >= 6
  if (version > 7 && groupId !== '') {
    throw fieldUnsupported('OffsetFetchRequest: groupId', version)
  }
  if (version > 7 && (topics === null || topics.length !== 0)) {
    throw fieldUnsupported('OffsetFetchRequest: topics', version)
  }
  if (version < 8 && groups.length !== 0) {
    throw fieldUnsupported('OffsetFetchRequest: groups', version)
  }
  if (version < 7 && requireStable) {
    throw fieldUnsupported('OffsetFetchRequest: requireStable', version)
  }
  if (version <= 7) {
    if (flexible) writer.compactString(groupId)
    else writer.string(groupId)
  }
  if (version <= 7) {
    if (flexible) writer.compactArrayLength(topics === null ? -1 : topics.length)
    else if (version >= 2) writer.arrayLength(topics === null ? -1 : topics.length)
    else {
      if (topics === null) throw nullNotAllowed('OffsetFetchRequest: topics', version)
      writer.arrayLength(topics.length)
    }
    if (topics !== null) {
      for (const element of topics) encodeOffsetFetchRequestTopic(writer, version, element)
    }
  }
  if (version >= 8) {
    writer.compactArrayLength(groups.length)
    for (const element of groups) encodeOffsetFetchRequestGroup(writer, version, element)
  }
  if (version >= 7) writer.bool(requireStable)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeOffsetFetchResponsePartitions(reader: Reader, _version: number): OffsetFetchResponsePartitions {
  const partitionIndex = reader.int32()
  const committedOffset = reader.int64()
  const committedLeaderEpoch = reader.int32()
  const metadata = reader.compactNullableString()
  const errorCode = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<OffsetFetchResponsePartitions>({
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
  }, unknownTags)
}

function decodeOffsetFetchResponsePartitionsArray(reader: Reader, version: number, count: number): OffsetFetchResponsePartitions[] {
  const elements: OffsetFetchResponsePartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchResponsePartitions(reader, version))
  return elements
}

function decodeOffsetFetchResponseTopics(reader: Reader, version: number): OffsetFetchResponseTopics {
  const name = version <= 9 ? reader.compactString() : ''
  const topicId = version >= 10 ? reader.uuid() : zeroUuid
  const partitions = decodeOffsetFetchResponsePartitionsArray(reader, version, reader.compactArrayLength(20))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<OffsetFetchResponseTopics>({ name, topicId, partitions }, unknownTags)
}

function decodeOffsetFetchResponseTopicsArray(reader: Reader, version: number, count: number): OffsetFetchResponseTopics[] {
  const elements: OffsetFetchResponseTopics[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchResponseTopics(reader, version))
  return elements
}

function decodeOffsetFetchResponseGroup(reader: Reader, version: number): OffsetFetchResponseGroup {
  const groupId = reader.compactString()
  const topics = decodeOffsetFetchResponseTopicsArray(reader, version, reader.compactArrayLength(3))
  const errorCode = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<OffsetFetchResponseGroup>({ groupId, topics, errorCode }, unknownTags)
}

function decodeOffsetFetchResponseGroupArray(reader: Reader, version: number, count: number): OffsetFetchResponseGroup[] {
  const elements: OffsetFetchResponseGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchResponseGroup(reader, version))
  return elements
}

function decodeOffsetFetchResponsePartition(reader: Reader, version: number): OffsetFetchResponsePartition {
  const flexible = version >= 6
  const partitionIndex = reader.int32()
  const committedOffset = reader.int64()
  const committedLeaderEpoch = version >= 5 ? reader.int32() : -1
  const metadata = flexible ? reader.compactNullableString() : reader.nullableString()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetFetchResponsePartition>({
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    metadata,
    errorCode,
  }, unknownTags)
}

function decodeOffsetFetchResponsePartitionArray(reader: Reader, version: number, count: number): OffsetFetchResponsePartition[] {
  const elements: OffsetFetchResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchResponsePartition(reader, version))
  return elements
}

function decodeOffsetFetchResponseTopic(reader: Reader, version: number): OffsetFetchResponseTopic {
  const flexible = version >= 6
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeOffsetFetchResponsePartitionArray(reader, version, reader.compactArrayLength(20))
    : decodeOffsetFetchResponsePartitionArray(reader, version, reader.arrayLength(16))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetFetchResponseTopic>({ name, partitions }, unknownTags)
}

function decodeOffsetFetchResponseTopicArray(reader: Reader, version: number, count: number): OffsetFetchResponseTopic[] {
  const elements: OffsetFetchResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetFetchResponseTopic(reader, version))
  return elements
}

function decodeOffsetFetchResponse(reader: Reader, version: number): OffsetFetchResponse {
  const flexible = version >= 6
  const throttleTimeMs = version >= 3 ? reader.int32() : 0
  const topics = version <= 7
    ? (flexible
    ? decodeOffsetFetchResponseTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeOffsetFetchResponseTopicArray(reader, version, reader.arrayLength(6)))
    : []
  const errorCode = version >= 2 && version <= 7 ? reader.int16() : 0
  const groups = version >= 8 ? decodeOffsetFetchResponseGroupArray(reader, version, reader.compactArrayLength(5)) : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetFetchResponse>({ throttleTimeMs, topics, errorCode, groups }, unknownTags)
}

function encodeOffsetFetchResponsePartitions(writer: Writer, _version: number, message: Init<OffsetFetchResponsePartitions>): void {
  const {
    partitionIndex = 0,
    committedOffset = 0n,
    committedLeaderEpoch = -1,
    metadata = '',
    errorCode = 0,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int64(committedOffset)
  writer.int32(committedLeaderEpoch)
  writer.compactNullableString(metadata)
  writer.int16(errorCode)
  writer.unknownTags(unknownTags)
}

function encodeOffsetFetchResponseTopics(writer: Writer, version: number, message: Init<OffsetFetchResponseTopics>): void {
  const {
    name = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  if (version <= 9) writer.compactString(name)
  if (version >= 10) writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeOffsetFetchResponsePartitions(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeOffsetFetchResponseGroup(writer: Writer, version: number, message: Init<OffsetFetchResponseGroup>): void {
  const {
    groupId = '',
    topics = [],
    errorCode = 0,
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeOffsetFetchResponseTopics(writer, version, element)
  writer.int16(errorCode)
  writer.unknownTags(unknownTags)
}

function encodeOffsetFetchResponsePartition(writer: Writer, version: number, message: Init<OffsetFetchResponsePartition>): void {
  const {
    partitionIndex = 0,
    committedOffset = 0n,
    committedLeaderEpoch = -1,
    metadata = '',
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 6
  writer.int32(partitionIndex)
  writer.int64(committedOffset)
  if (version >= 5) writer.int32(committedLeaderEpoch)
  if (flexible) writer.compactNullableString(metadata)
  else writer.nullableString(metadata)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetFetchResponseTopic(writer: Writer, version: number, message: Init<OffsetFetchResponseTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 6
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeOffsetFetchResponsePartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetFetchResponse(writer: Writer, version: number, message: Init<OffsetFetchResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    errorCode = 0,
    groups = [],
    unknownTags,
  } = message
  const flexible = version >= 6
  if (version > 7 && topics.length !== 0) {
    throw fieldUnsupported('OffsetFetchResponse: topics', version)
  }
  if (version < 8 && groups.length !== 0) {
    throw fieldUnsupported('OffsetFetchResponse: groups', version)
  }
  if (version >= 3) writer.int32(throttleTimeMs)
  if (version <= 7) {
    if (flexible) writer.compactArrayLength(topics.length)
    else writer.arrayLength(topics.length)
    for (const element of topics) encodeOffsetFetchResponseTopic(writer, version, element)
  }
  if (version >= 2 && version <= 7) writer.int16(errorCode)
  if (version >= 8) {
    writer.compactArrayLength(groups.length)
    for (const element of groups) encodeOffsetFetchResponseGroup(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

/** OffsetFetch, key 9. */
export const offsetFetch: Api<OffsetFetchRequest, OffsetFetchResponse> = {
  key: 9,
  name: 'OffsetFetch',
  request: messageCodec(
    'OffsetFetchRequest',
    { minVersion: 1, maxVersion: 10, flexibleFrom: 6 },
    decodeOffsetFetchRequest,
    encodeOffsetFetchRequest,
  ),
  response: messageCodec(
    'OffsetFetchResponse',
    { minVersion: 1, maxVersion: 10, flexibleFrom: 6 },
    decodeOffsetFetchResponse,
    encodeOffsetFetchResponse,
  ),
}
