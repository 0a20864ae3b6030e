// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 5. */
export interface DescribeLogDirsRequest {
  readonly topics: readonly DescribeLogDirsRequestDescribableLogDirTopic[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  readonly topic: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 5. */
export interface DescribeLogDirsResponse {
  readonly throttleTimeMs: number
  /** Since version 3. */
  readonly errorCode: number
  readonly results: readonly DescribeLogDirsResponseResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeLogDirsResponseResult {
  readonly errorCode: number
  readonly logDir: string
  readonly topics: readonly DescribeLogDirsResponseTopic[]
  /** Since version 4. Default: -1. */
  readonly totalBytes: bigint
  /** Since version 4. Default: -1. */
  readonly usableBytes: bigint
  /** Since version 5. */
  readonly isCordoned: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeLogDirsResponseTopic {
  readonly name: string
  readonly partitions: readonly DescribeLogDirsResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeLogDirsResponsePartition {
  readonly partitionIndex: number
  readonly partitionSize: bigint
  readonly offsetLag: bigint
  readonly isFutureKey: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeLogDirsRequestDescribableLogDirTopic(reader: Reader, version: number): DescribeLogDirsRequestDescribableLogDirTopic {
  const flexible = version >= 2
  const topic = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeLogDirsRequestDescribableLogDirTopic>({ topic, partitions }, unknownTags)
}

function decodeDescribeLogDirsRequestDescribableLogDirTopicArray(reader: Reader, version: number, count: number): DescribeLogDirsRequestDescribableLogDirTopic[] {
  const elements: DescribeLogDirsRequestDescribableLogDirTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeLogDirsRequestDescribableLogDirTopic(reader, version))
  return elements
}

function decodeNullableDescribeLogDirsRequestDescribableLogDirTopicArray(reader: Reader, version: number, count: number): DescribeLogDirsRequestDescribableLogDirTopic[] | null {
  return count < 0 ? null : decodeDescribeLogDirsRequestDescribableLogDirTopicArray(reader, version, count)
}

function decodeDescribeLogDirsRequest(reader: Reader, version: number): DescribeLogDirsRequest {
  const flexible = version >= 2
  const topics = flexible
    ? decodeNullableDescribeLogDirsRequestDescribableLogDirTopicArray(reader, version, reader.compactNullableArrayLength(3))
    : decodeNullableDescribeLogDirsRequestDescribableLogDirTopicArray(reader, version, reader.nullableArrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeLogDirsRequest>({ topics }, unknownTags)
}

function encodeDescribeLogDirsRequestDescribableLogDirTopic(writer: Writer, version: number, message: Init<DescribeLogDirsRequestDescribableLogDirTopic>): void {
  const {
    topic = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(topic)
  else writer.string(topic)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  writer.int32Array(partitions)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeLogDirsRequest(writer: Writer, version: number, message: Init<DescribeLogDirsRequest>): void {
  const {
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(topics === null ? -1 : topics.length)
  else writer.arrayLength(topics === null ? -1 : topics.length)
  if (topics !== null) {
    for (const element of topics) encodeDescribeLogDirsRequestDescribableLogDirTopic(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDescribeLogDirsResponsePartition(reader: Reader, version: number): DescribeLogDirsResponsePartition {
  const flexible = version >= 2
  const partitionIndex = reader.int32()
  const partitionSize = reader.int64()
  const offsetLag = reader.int64()
  const isFutureKey = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeLogDirsResponsePartition>({
    partitionIndex,
    partitionSize,
    offsetLag,
    isFutureKey,
  }, unknownTags)
}

function decodeDescribeLogDirsResponsePartitionArray(reader: Reader, version: number, count: number): DescribeLogDirsResponsePartition[] {
  const elements: DescribeLogDirsResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeLogDirsResponsePartition(reader, version))
  return elements
}

function decodeDescribeLogDirsResponseTopic(reader: Reader, version: number): DescribeLogDirsResponseTopic {
  const flexible = version >= 2
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeDescribeLogDirsResponsePartitionArray(reader, version, reader.compactArrayLength(22))
    : decodeDescribeLogDirsResponsePartitionArray(reader, version, reader.arrayLength(21))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeLogDirsResponseTopic>({ name, partitions }, unknownTags)
}

function decodeDescribeLogDirsResponseTopicArray(reader: Reader, version: number, count: number): DescribeLogDirsResponseTopic[] {
  const elements: DescribeLogDirsResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeLogDirsResponseTopic(reader, version))
  return elements
}

function decodeDescribeLogDirsResponseResult(reader: Reader, version: number): DescribeLogDirsResponseResult {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const logDir = flexible ? reader.compactString() : reader.string()
  const topics = flexible
    ? decodeDescribeLogDirsResponseTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeDescribeLogDirsResponseTopicArray(reader, version, reader.arrayLength(6))
  const totalBytes = version >= 4 ? reader.int64() : -1n
  const usableBytes = version >= 4 ? reader.int64() : -1n
  const isCordoned = version >= 5 ? reader.bool() : false
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeLogDirsResponseResult>({
    errorCode,
    logDir,
    topics,
    totalBytes,
    usableBytes,
    isCordoned,
  }, unknownTags)
}

function decodeDescribeLogDirsResponseResultArray(reader: Reader, version: number, count: number): DescribeLogDirsResponseResult[] {
  const elements: DescribeLogDirsResponseResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeLogDirsResponseResult(reader, version))
  return elements
}

function decodeDescribeLogDirsResponse(reader: Reader, version: number): DescribeLogDirsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const errorCode = version >= 3 ? reader.int16() : 0
  const results = flexible
    ? decodeDescribeLogDirsResponseResultArray(reader, version, reader.compactArrayLength(5))
    : decodeDescribeLogDirsResponseResultArray(reader, version, reader.arrayLength(8))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeLogDirsResponse>({ throttleTimeMs, errorCode, results }, unknownTags)
}

function encodeDescribeLogDirsResponsePartition(writer: Writer, version: number, message: Init<DescribeLogDirsResponsePartition>): void {
  const {
    partitionIndex = 0,
    partitionSize = 0n,
    offsetLag = 0n,
    isFutureKey = false,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(partitionIndex)
  writer.int64(partitionSize)
  writer.int64(offsetLag)
  writer.bool(isFutureKey)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeLogDirsResponseTopic(writer: Writer, version: number, message: Init<DescribeLogDirsResponseTopic>): void {
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
  for (const element of partitions) encodeDescribeLogDirsResponsePartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeLogDirsResponseResult(writer: Writer, version: number, message: Init<DescribeLogDirsResponseResult>): void {
  const {
    errorCode = 0,
    logDir = '',
    topics = [],
    totalBytes = -1n,
    usableBytes = -1n,
    isCordoned = false,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  if (flexible) writer.compactString(logDir)
  else writer.string(logDir)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeDescribeLogDirsResponseTopic(writer, version, element)
  if (version >= 4) writer.int64(totalBytes)
  if (version >= 4) writer.int64(usableBytes)
  if (version >= 5) writer.bool(isCordoned)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeLogDirsResponse(writer: Writer, version: number, message: Init<DescribeLogDirsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    results = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (version >= 3) writer.int16(errorCode)
  if (flexible) writer.compactArrayLength(results.length)
  else writer.arrayLength(results.length)
  for (const element of results) encodeDescribeLogDirsResponseResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DescribeLogDirs, key 35. */
export const describeLogDirs: Api<DescribeLogDirsRequest, DescribeLogDirsResponse> = {
  key: 35,
  name: 'DescribeLogDirs',
  request: messageCodec(
    'DescribeLogDirsRequest',
    { minVersion: 1, maxVersion: 5, flexibleFrom: 2 },
    decodeDescribeLogDirsRequest,
    encodeDescribeLogDirsRequest,
  ),
  response: messageCodec(
    'DescribeLogDirsResponse',
    { minVersion: 1, maxVersion: 5, flexibleFrom: 2 },
    decodeDescribeLogDirsResponse,
    encodeDescribeLogDirsResponse,
  ),
}
