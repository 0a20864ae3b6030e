// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 11. */
export interface ListOffsetsRequest {
  readonly replicaId: number
  /** Since version 2. */
  readonly isolationLevel: number
  readonly topics: readonly ListOffsetsRequestTopic[]
  /** Since version 10. */
  readonly timeoutMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListOffsetsRequestTopic {
  readonly name: string
  readonly partitions: readonly ListOffsetsRequestPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListOffsetsRequestPartition {
  readonly partitionIndex: number
  /** Since version 4. Default: -1. */
  readonly currentLeaderEpoch: number
  readonly timestamp: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 11. */
export interface ListOffsetsResponse {
  /** Since version 2. */
  readonly throttleTimeMs: number
  readonly topics: readonly ListOffsetsResponseTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListOffsetsResponseTopic {
  readonly name: string
  readonly partitions: readonly ListOffsetsResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListOffsetsResponsePartition {
  readonly partitionIndex: number
  readonly errorCode: number
  /** Default: -1. */
  readonly timestamp: bigint
  /** Default: -1. */
  readonly offset: bigint
  /** Since version 4. Default: -1. */
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeListOffsetsRequestPartition(reader: Reader, version: number): ListOffsetsRequestPartition {
  const flexible = version >= 6
  const partitionIndex = reader.int32()
  const currentLeaderEpoch = version >= 4 ? reader.int32() : -1
  const timestamp = reader.int64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListOffsetsRequestPartition>({ partitionIndex, currentLeaderEpoch, timestamp }, unknownTags)
}

function decodeListOffsetsRequestPartitionArray(reader: Reader, version: number, count: number): ListOffsetsRequestPartition[] {
  const elements: ListOffsetsRequestPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListOffsetsRequestPartition(reader, version))
  return elements
}

function decodeListOffsetsRequestTopic(reader: Reader, version: number): ListOffsetsRequestTopic {
  const flexible = version >= 6
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeListOffsetsRequestPartitionArray(reader, version, reader.compactArrayLength(17))
    : decodeListOffsetsRequestPartitionArray(reader, version, reader.arrayLength(12))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListOffsetsRequestTopic>({ name, partitions }, unknownTags)
}

function decodeListOffsetsRequestTopicArray(reader: Reader, version: number, count: number): ListOffsetsRequestTopic[] {
  const elements: ListOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListOffsetsRequestTopic(reader, version))
  return elements
}

function decodeListOffsetsRequest(reader: Reader, version: number): ListOffsetsRequest {
  const flexible = version >= 6
  const replicaId = reader.int32()
  const isolationLevel = version >= 2 ? reader.int8() : 0
  const topics = flexible
    ? decodeListOffsetsRequestTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeListOffsetsRequestTopicArray(reader, version, reader.arrayLength(6))
  const timeoutMs = version >= 10 ? reader.int32() : 0
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListOffsetsRequest>({ replicaId, isolationLevel, topics, timeoutMs }, unknownTags)
}

function encodeListOffsetsRequestPartition(writer: Writer, version: number, message: Init<ListOffsetsRequestPartition>): void {
  const {
    partitionIndex = 0,
    currentLeaderEpoch = -1,
    timestamp = 0n,
    unknownTags,
  } = message
  const flexible = version >= 6
  writer.int32(partitionIndex)
  if (version >= 4) writer.int32(currentLeaderEpoch)
  writer.int64(timestamp)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeListOffsetsRequestTopic(writer: Writer, version: number, message: Init<ListOffsetsRequestTopic>): void {
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
  for (const element of partitions) encodeListOffsetsRequestPartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeListOffsetsRequest(writer: Writer, version: number, message: Init<ListOffsetsRequest>): void {
  const {
    replicaId = 0,
    isolationLevel = 0,
    topics = [],
    timeoutMs = 0,
    unknownTags,
  } = message
  const flexible = version >= 6
  if (version < 2 && isolationLevel !== 0) {
    throw fieldUnsupported('ListOffsetsRequest: isolationLevel', version)
  }
  writer.int32(replicaId)
  if (version >= 2) writer.int8(isolationLevel)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeListOffsetsRequestTopic(writer, version, element)
  if (version >= 10) writer.int32(timeoutMs)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeListOffsetsResponsePartition(reader: Reader, version: number): ListOffsetsResponsePartition {
  const flexible = version >= 6
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const timestamp = reader.int64()
  const offset = reader.int64()
  const leaderEpoch = version >= 4 ? reader.int32() : -1
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListOffsetsResponsePartition>({
    partitionIndex,
    errorCode,
    timestamp,
    offset,
    leaderEpoch,
  }, unknownTags)
}

function decodeListOffsetsResponsePartitionArray(reader: Reader, version: number, count: number): ListOffsetsResponsePartition[] {
  const elements: ListOffsetsResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListOffsetsResponsePartition(reader, version))
  return elements
}

function decodeListOffsetsResponseTopic(reader: Reader, version: number): ListOffsetsResponseTopic {
  const flexible = version >= 6
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeListOffsetsResponsePartitionArray(reader, version, reader.compactArrayLength(27))
    : decodeListOffsetsResponsePartitionArray(reader, version, reader.arrayLength(22))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListOffsetsResponseTopic>({ name, partitions }, unknownTags)
}

function decodeListOffsetsResponseTopicArray(reader: Reader, version: number, count: number): ListOffsetsResponseTopic[] {
  const elements: ListOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListOffsetsResponseTopic(reader, version))
  return elements
}

function decodeListOffsetsResponse(reader: Reader, version: number): ListOffsetsResponse {
  const flexible = version >= 6
  const throttleTimeMs = version >= 2 ? reader.int32() : 0
  const topics = flexible
    ? decodeListOffsetsResponseTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeListOffsetsResponseTopicArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListOffsetsResponse>({ throttleTimeMs, topics }, unknownTags)
}

function encodeListOffsetsResponsePartition(writer: Writer, version: number, message: Init<ListOffsetsResponsePartition>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    timestamp = -1n,
    offset = -1n,
    leaderEpoch = -1,
    unknownTags,
  } = message
  const flexible = version >= 6
  if (version < 4 && leaderEpoch !== -1) {
    throw fieldUnsupported('ListOffsetsResponse: leaderEpoch', version)
  }
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.int64(timestamp)
  writer.int64(offset)
  if (version >= 4) writer.int32(leaderEpoch)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeListOffsetsResponseTopic(writer: Writer, version: number, message: Init<ListOffsetsResponseTopic>): void {
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
  for (const element of partitions) encodeListOffsetsResponsePartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeListOffsetsResponse(writer: Writer, version: number, message: Init<ListOffsetsResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 6
  if (version >= 2) writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeListOffsetsResponseTopic(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** ListOffsets, key 2. */
export const listOffsets: Api<ListOffsetsRequest, ListOffsetsResponse> = {
  key: 2,
  name: 'ListOffsets',
  request: messageCodec(
    'ListOffsetsRequest',
    { minVersion: 1, maxVersion: 11, flexibleFrom: 6 },
    decodeListOffsetsRequest,
    encodeListOffsetsRequest,
  ),
  response: messageCodec(
    'ListOffsetsResponse',
    { minVersion: 1, maxVersion: 11, flexibleFrom: 6 },
    decodeListOffsetsResponse,
    encodeListOffsetsResponse,
  ),
}
