// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface DeleteRecordsRequest {
  readonly topics: readonly DeleteRecordsRequestTopic[]
  readonly timeoutMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteRecordsRequestTopic {
  readonly name: string
  readonly partitions: readonly DeleteRecordsRequestPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteRecordsRequestPartition {
  readonly partitionIndex: number
  readonly offset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface DeleteRecordsResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly DeleteRecordsResponseTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteRecordsResponseTopicResult {
  readonly name: string
  readonly partitions: readonly DeleteRecordsResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteRecordsResponsePartitionResult {
  readonly partitionIndex: number
  readonly lowWatermark: bigint
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDeleteRecordsRequestPartition(reader: Reader, version: number): DeleteRecordsRequestPartition {
  const flexible = version >= 2
  const partitionIndex = reader.int32()
  const offset = reader.int64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteRecordsRequestPartition>({ partitionIndex, offset }, unknownTags)
}

function decodeDeleteRecordsRequestPartitionArray(reader: Reader, version: number, count: number): DeleteRecordsRequestPartition[] {
  const elements: DeleteRecordsRequestPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteRecordsRequestPartition(reader, version))
  return elements
}

function decodeDeleteRecordsRequestTopic(reader: Reader, version: number): DeleteRecordsRequestTopic {
  const flexible = version >= 2
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeDeleteRecordsRequestPartitionArray(reader, version, reader.compactArrayLength(13))
    : decodeDeleteRecordsRequestPartitionArray(reader, version, reader.arrayLength(12))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteRecordsRequestTopic>({ name, partitions }, unknownTags)
}

function decodeDeleteRecordsRequestTopicArray(reader: Reader, version: number, count: number): DeleteRecordsRequestTopic[] {
  const elements: DeleteRecordsRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteRecordsRequestTopic(reader, version))
  return elements
}

function decodeDeleteRecordsRequest(reader: Reader, version: number): DeleteRecordsRequest {
  const flexible = version >= 2
  const topics = flexible
    ? decodeDeleteRecordsRequestTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeDeleteRecordsRequestTopicArray(reader, version, reader.arrayLength(6))
  const timeoutMs = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteRecordsRequest>({ topics, timeoutMs }, unknownTags)
}

function encodeDeleteRecordsRequestPartition(writer: Writer, version: number, message: Init<DeleteRecordsRequestPartition>): void {
  const {
    partitionIndex = 0,
    offset = 0n,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(partitionIndex)
  writer.int64(offset)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteRecordsRequestTopic(writer: Writer, version: number, message: Init<DeleteRecordsRequestTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeDeleteRecordsRequestPartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteRecordsRequest(writer: Writer, version: number, message: Init<DeleteRecordsRequest>): void {
  const {
    topics = [],
    timeoutMs = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeDeleteRecordsRequestTopic(writer, version, element)
  writer.int32(timeoutMs)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDeleteRecordsResponsePartitionResult(reader: Reader, version: number): DeleteRecordsResponsePartitionResult {
  const flexible = version >= 2
  const partitionIndex = reader.int32()
  const lowWatermark = reader.int64()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteRecordsResponsePartitionResult>({ partitionIndex, lowWatermark, errorCode }, unknownTags)
}

function decodeDeleteRecordsResponsePartitionResultArray(reader: Reader, version: number, count: number): DeleteRecordsResponsePartitionResult[] {
  const elements: DeleteRecordsResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteRecordsResponsePartitionResult(reader, version))
  return elements
}

function decodeDeleteRecordsResponseTopicResult(reader: Reader, version: number): DeleteRecordsResponseTopicResult {
  const flexible = version >= 2
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeDeleteRecordsResponsePartitionResultArray(reader, version, reader.compactArrayLength(15))
    : decodeDeleteRecordsResponsePartitionResultArray(reader, version, reader.arrayLength(14))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteRecordsResponseTopicResult>({ name, partitions }, unknownTags)
}

function decodeDeleteRecordsResponseTopicResultArray(reader: Reader, version: number, count: number): DeleteRecordsResponseTopicResult[] {
  const elements: DeleteRecordsResponseTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteRecordsResponseTopicResult(reader, version))
  return elements
}

function decodeDeleteRecordsResponse(reader: Reader, version: number): DeleteRecordsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const topics = flexible
    ? decodeDeleteRecordsResponseTopicResultArray(reader, version, reader.compactArrayLength(3))
    : decodeDeleteRecordsResponseTopicResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteRecordsResponse>({ throttleTimeMs, topics }, unknownTags)
}

function encodeDeleteRecordsResponsePartitionResult(writer: Writer, version: number, message: Init<DeleteRecordsResponsePartitionResult>): void {
  const {
    partitionIndex = 0,
    lowWatermark = 0n,
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(partitionIndex)
  writer.int64(lowWatermark)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteRecordsResponseTopicResult(writer: Writer, version: number, message: Init<DeleteRecordsResponseTopicResult>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeDeleteRecordsResponsePartitionResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteRecordsResponse(writer: Writer, version: number, message: Init<DeleteRecordsResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeDeleteRecordsResponseTopicResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DeleteRecords, key 21. */
export const deleteRecords: Api<DeleteRecordsRequest, DeleteRecordsResponse> = {
  key: 21,
  name: 'DeleteRecords',
  request: messageCodec(
    'DeleteRecordsRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeDeleteRecordsRequest,
    encodeDeleteRecordsRequest,
  ),
  response: messageCodec(
    'DeleteRecordsResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeDeleteRecordsResponse,
    encodeDeleteRecordsResponse,
  ),
}
