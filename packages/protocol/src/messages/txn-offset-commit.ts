// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 5. */
export interface TxnOffsetCommitRequest {
  readonly transactionalId: string
  readonly groupId: string
  readonly producerId: bigint
  readonly producerEpoch: number
  /** Since version 3. Default: -1. */
  readonly generationId: number
  /** Since version 3. */
  readonly memberId: string
  /** Since version 3. Default: null. */
  readonly groupInstanceId: string | null
  readonly topics: readonly TxnOffsetCommitRequestTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface TxnOffsetCommitRequestTopic {
  readonly name: string
  readonly partitions: readonly TxnOffsetCommitRequestPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface TxnOffsetCommitRequestPartition {
  readonly partitionIndex: number
  readonly committedOffset: bigint
  /** Since version 2. Default: -1. */
  readonly committedLeaderEpoch: number
  readonly committedMetadata: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 5. */
export interface TxnOffsetCommitResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly TxnOffsetCommitResponseTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface TxnOffsetCommitResponseTopic {
  readonly name: string
  readonly partitions: readonly TxnOffsetCommitResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface TxnOffsetCommitResponsePartition {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeTxnOffsetCommitRequestPartition(reader: Reader, version: number): TxnOffsetCommitRequestPartition {
  const flexible = version >= 3
  const partitionIndex = reader.int32()
  const committedOffset = reader.int64()
  const committedLeaderEpoch = version >= 2 ? reader.int32() : -1
  const committedMetadata = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<TxnOffsetCommitRequestPartition>({
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    committedMetadata,
  }, unknownTags)
}

function decodeTxnOffsetCommitRequestPartitionArray(reader: Reader, version: number, count: number): TxnOffsetCommitRequestPartition[] {
  const elements: TxnOffsetCommitRequestPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeTxnOffsetCommitRequestPartition(reader, version))
  return elements
}

function decodeTxnOffsetCommitRequestTopic(reader: Reader, version: number): TxnOffsetCommitRequestTopic {
  const flexible = version >= 3
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeTxnOffsetCommitRequestPartitionArray(reader, version, reader.compactArrayLength(18))
    : decodeTxnOffsetCommitRequestPartitionArray(reader, version, reader.arrayLength(14))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<TxnOffsetCommitRequestTopic>({ name, partitions }, unknownTags)
}

function decodeTxnOffsetCommitRequestTopicArray(reader: Reader, version: number, count: number): TxnOffsetCommitRequestTopic[] {
  const elements: TxnOffsetCommitRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeTxnOffsetCommitRequestTopic(reader, version))
  return elements
}

function decodeTxnOffsetCommitRequest(reader: Reader, version: number): TxnOffsetCommitRequest {
  const flexible = version >= 3
  const transactionalId = flexible ? reader.compactString() : reader.string()
  const groupId = flexible ? reader.compactString() : reader.string()
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const generationId = version >= 3 ? reader.int32() : -1
  const memberId = version >= 3 ? reader.compactString() : ''
  const groupInstanceId = version >= 3 ? reader.compactNullableString() : null
  const topics = flexible
    ? decodeTxnOffsetCommitRequestTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeTxnOffsetCommitRequestTopicArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<TxnOffsetCommitRequest>({
    transactionalId,
    groupId,
    producerId,
    producerEpoch,
    generationId,
    memberId,
    groupInstanceId,
    topics,
  }, unknownTags)
}

function encodeTxnOffsetCommitRequestPartition(writer: Writer, version: number, message: Init<TxnOffsetCommitRequestPartition>): void {
  const {
    partitionIndex = 0,
    committedOffset = 0n,
    committedLeaderEpoch = -1,
    committedMetadata = '',
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int32(partitionIndex)
  writer.int64(committedOffset)
  if (version >= 2) writer.int32(committedLeaderEpoch)
  if (flexible) writer.compactNullableString(committedMetadata)
  else writer.nullableString(committedMetadata)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeTxnOffsetCommitRequestTopic(writer: Writer, version: number, message: Init<TxnOffsetCommitRequestTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeTxnOffsetCommitRequestPartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeTxnOffsetCommitRequest(writer: Writer, version: number, message: Init<TxnOffsetCommitRequest>): void {
  const {
    transactionalId = '',
    groupId = '',
    producerId = 0n,
    producerEpoch = 0,
    generationId = -1,
    memberId = '',
    groupInstanceId = null,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version < 3 && generationId !== -1) {
    throw fieldUnsupported('TxnOffsetCommitRequest: generationId', version)
  }
  if (version < 3 && memberId !== '') {
    throw fieldUnsupported('TxnOffsetCommitRequest: memberId', version)
  }
  if (version < 3 && groupInstanceId !== null) {
    throw fieldUnsupported('TxnOffsetCommitRequest: groupInstanceId', version)
  }
  if (flexible) writer.compactString(transactionalId)
  else writer.string(transactionalId)
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  writer.int64(producerId)
  writer.int16(producerEpoch)
  if (version >= 3) writer.int32(generationId)
  if (version >= 3) writer.compactString(memberId)
  if (version >= 3) writer.compactNullableString(groupInstanceId)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeTxnOffsetCommitRequestTopic(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeTxnOffsetCommitResponsePartition(reader: Reader, version: number): TxnOffsetCommitResponsePartition {
  const flexible = version >= 3
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<TxnOffsetCommitResponsePartition>({ partitionIndex, errorCode }, unknownTags)
}

function decodeTxnOffsetCommitResponsePartitionArray(reader: Reader, version: number, count: number): TxnOffsetCommitResponsePartition[] {
  const elements: TxnOffsetCommitResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeTxnOffsetCommitResponsePartition(reader, version))
  return elements
}

function decodeTxnOffsetCommitResponseTopic(reader: Reader, version: number): TxnOffsetCommitResponseTopic {
  const flexible = version >= 3
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeTxnOffsetCommitResponsePartitionArray(reader, version, reader.compactArrayLength(7))
    : decodeTxnOffsetCommitResponsePartitionArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<TxnOffsetCommitResponseTopic>({ name, partitions }, unknownTags)
}

function decodeTxnOffsetCommitResponseTopicArray(reader: Reader, version: number, count: number): TxnOffsetCommitResponseTopic[] {
  const elements: TxnOffsetCommitResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeTxnOffsetCommitResponseTopic(reader, version))
  return elements
}

function decodeTxnOffsetCommitResponse(reader: Reader, version: number): TxnOffsetCommitResponse {
  const flexible = version >= 3
  const throttleTimeMs = reader.int32()
  const topics = flexible
    ? decodeTxnOffsetCommitResponseTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeTxnOffsetCommitResponseTopicArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<TxnOffsetCommitResponse>({ throttleTimeMs, topics }, unknownTags)
}

function encodeTxnOffsetCommitResponsePartition(writer: Writer, version: number, message: Init<TxnOffsetCommitResponsePartition>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeTxnOffsetCommitResponseTopic(writer: Writer, version: number, message: Init<TxnOffsetCommitResponseTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeTxnOffsetCommitResponsePartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeTxnOffsetCommitResponse(writer: Writer, version: number, message: Init<TxnOffsetCommitResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeTxnOffsetCommitResponseTopic(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** TxnOffsetCommit, key 28. */
export const txnOffsetCommit: Api<TxnOffsetCommitRequest, TxnOffsetCommitResponse> = {
  key: 28,
  name: 'TxnOffsetCommit',
  request: messageCodec(
    'TxnOffsetCommitRequest',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeTxnOffsetCommitRequest,
    encodeTxnOffsetCommitRequest,
  ),
  response: messageCodec(
    'TxnOffsetCommitResponse',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeTxnOffsetCommitResponse,
    encodeTxnOffsetCommitResponse,
  ),
}
