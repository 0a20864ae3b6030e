// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 2 to 4. */
export interface OffsetForLeaderEpochRequest {
  /** Since version 3. Default: -2. */
  readonly replicaId: number
  readonly topics: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  readonly topic: string
  readonly partitions: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  readonly partition: number
  /** Default: -1. */
  readonly currentLeaderEpoch: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 2 to 4. */
export interface OffsetForLeaderEpochResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  readonly topic: string
  readonly partitions: readonly OffsetForLeaderEpochResponseEpochEndOffset[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  readonly errorCode: number
  readonly partition: number
  /** Default: -1. */
  readonly leaderEpoch: number
  /** Default: -1. */
  readonly endOffset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const flexible = version >= 4
  const partition = reader.int32()
  const currentLeaderEpoch = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetForLeaderEpochRequestOffsetForLeaderPartition>({
    partition,
    currentLeaderEpoch,
    leaderEpoch,
  }, unknownTags)
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionArray(reader: Reader, version: number, count: number): OffsetForLeaderEpochRequestOffsetForLeaderPartition[] {
  const elements: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader, version))
  return elements
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader: Reader, version: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version >= 4
  const topic = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionArray(reader, version, reader.compactArrayLength(13))
    : decodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionArray(reader, version, reader.arrayLength(12))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetForLeaderEpochRequestOffsetForLeaderTopic>({ topic, partitions }, unknownTags)
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderTopicArray(reader: Reader, version: number, count: number): OffsetForLeaderEpochRequestOffsetForLeaderTopic[] {
  const elements: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader, version))
  return elements
}

function decodeOffsetForLeaderEpochRequest(reader: Reader, version: number): OffsetForLeaderEpochRequest {
  const flexible = version >= 4
  const replicaId = version >= 3 ? reader.int32() : -2
  const topics = flexible
    ? decodeOffsetForLeaderEpochRequestOffsetForLeaderTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeOffsetForLeaderEpochRequestOffsetForLeaderTopicArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetForLeaderEpochRequest>({ replicaId, topics }, unknownTags)
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer: Writer, version: number, message: Init<OffsetForLeaderEpochRequestOffsetForLeaderPartition>): void {
  const {
    partition = 0,
    currentLeaderEpoch = -1,
    leaderEpoch = 0,
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int32(partition)
  writer.int32(currentLeaderEpoch)
  writer.int32(leaderEpoch)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer: Writer, version: number, message: Init<OffsetForLeaderEpochRequestOffsetForLeaderTopic>): void {
  const {
    topic = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(topic)
  else writer.string(topic)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetForLeaderEpochRequest(writer: Writer, version: number, message: Init<OffsetForLeaderEpochRequest>): void {
  const {
    replicaId = -2,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version >= 3) writer.int32(replicaId)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeOffsetForLeaderEpochResponseEpochEndOffset(reader: Reader, version: number): OffsetForLeaderEpochResponseEpochEndOffset {
  const flexible = version >= 4
  const errorCode = reader.int16()
  const partition = reader.int32()
  const leaderEpoch = reader.int32()
  const endOffset = reader.int64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetForLeaderEpochResponseEpochEndOffset>({
    errorCode,
    partition,
    leaderEpoch,
    endOffset,
  }, unknownTags)
}

function decodeOffsetForLeaderEpochResponseEpochEndOffsetArray(reader: Reader, version: number, count: number): OffsetForLeaderEpochResponseEpochEndOffset[] {
  const elements: OffsetForLeaderEpochResponseEpochEndOffset[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetForLeaderEpochResponseEpochEndOffset(reader, version))
  return elements
}

function decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader: Reader, version: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version >= 4
  const topic = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeOffsetForLeaderEpochResponseEpochEndOffsetArray(reader, version, reader.compactArrayLength(19))
    : decodeOffsetForLeaderEpochResponseEpochEndOffsetArray(reader, version, reader.arrayLength(18))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetForLeaderEpochResponseOffsetForLeaderTopicResult>({ topic, partitions }, unknownTags)
}

function decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultArray(reader: Reader, version: number, count: number): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] {
  const elements: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader, version))
  return elements
}

function decodeOffsetForLeaderEpochResponse(reader: Reader, version: number): OffsetForLeaderEpochResponse {
  const flexible = version >= 4
  const throttleTimeMs = reader.int32()
  const topics = flexible
    ? decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultArray(reader, version, reader.compactArrayLength(3))
    : decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<OffsetForLeaderEpochResponse>({ throttleTimeMs, topics }, unknownTags)
}

function encodeOffsetForLeaderEpochResponseEpochEndOffset(writer: Writer, version: number, message: Init<OffsetForLeaderEpochResponseEpochEndOffset>): void {
  const {
    errorCode = 0,
    partition = 0,
    leaderEpoch = -1,
    endOffset = -1n,
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int16(errorCode)
  writer.int32(partition)
  writer.int32(leaderEpoch)
  writer.int64(endOffset)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer: Writer, version: number, message: Init<OffsetForLeaderEpochResponseOffsetForLeaderTopicResult>): void {
  const {
    topic = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(topic)
  else writer.string(topic)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeOffsetForLeaderEpochResponseEpochEndOffset(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeOffsetForLeaderEpochResponse(writer: Writer, version: number, message: Init<OffsetForLeaderEpochResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** OffsetForLeaderEpoch, key 23. */
export const offsetForLeaderEpoch: Api<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> = {
  key: 23,
  name: 'OffsetForLeaderEpoch',
  request: messageCodec(
    'OffsetForLeaderEpochRequest',
    { minVersion: 2, maxVersion: 4, flexibleFrom: 4 },
    decodeOffsetForLeaderEpochRequest,
    encodeOffsetForLeaderEpochRequest,
  ),
  response: messageCodec(
    'OffsetForLeaderEpochResponse',
    { minVersion: 2, maxVersion: 4, flexibleFrom: 4 },
    decodeOffsetForLeaderEpochResponse,
    encodeOffsetForLeaderEpochResponse,
  ),
}
