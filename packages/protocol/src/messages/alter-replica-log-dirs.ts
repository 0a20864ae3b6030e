// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 2. */
export interface AlterReplicaLogDirsRequest {
  readonly dirs: readonly AlterReplicaLogDirsRequestAlterReplicaLogDir[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  readonly path: string
  readonly topics: readonly AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  readonly name: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 2. */
export interface AlterReplicaLogDirsResponse {
  readonly throttleTimeMs: number
  readonly results: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  readonly topicName: string
  readonly partitions: readonly AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version >= 2
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterReplicaLogDirsRequestAlterReplicaLogDirTopic>({ name, partitions }, unknownTags)
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicArray(reader: Reader, version: number, count: number): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] {
  const elements: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader, version))
  return elements
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(reader: Reader, version: number): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version >= 2
  const path = flexible ? reader.compactString() : reader.string()
  const topics = flexible
    ? decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterReplicaLogDirsRequestAlterReplicaLogDir>({ path, topics }, unknownTags)
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirArray(reader: Reader, version: number, count: number): AlterReplicaLogDirsRequestAlterReplicaLogDir[] {
  const elements: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(reader, version))
  return elements
}

function decodeAlterReplicaLogDirsRequest(reader: Reader, version: number): AlterReplicaLogDirsRequest {
  const flexible = version >= 2
  const dirs = flexible
    ? decodeAlterReplicaLogDirsRequestAlterReplicaLogDirArray(reader, version, reader.compactArrayLength(3))
    : decodeAlterReplicaLogDirsRequestAlterReplicaLogDirArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterReplicaLogDirsRequest>({ dirs }, unknownTags)
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer: Writer, version: number, message: Init<AlterReplicaLogDirsRequestAlterReplicaLogDirTopic>): void {
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
  writer.int32Array(partitions)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer: Writer, version: number, message: Init<AlterReplicaLogDirsRequestAlterReplicaLogDir>): void {
  const {
    path = '',
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(path)
  else writer.string(path)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterReplicaLogDirsRequest(writer: Writer, version: number, message: Init<AlterReplicaLogDirsRequest>): void {
  const {
    dirs = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(dirs.length)
  else writer.arrayLength(dirs.length)
  for (const element of dirs) encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const flexible = version >= 2
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult>({
    partitionIndex,
    errorCode,
  }, unknownTags)
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultArray(reader: Reader, version: number, count: number): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] {
  const elements: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader, version))
  return elements
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader: Reader, version: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version >= 2
  const topicName = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultArray(reader, version, reader.compactArrayLength(7))
    : decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult>({
    topicName,
    partitions,
  }, unknownTags)
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultArray(reader: Reader, version: number, count: number): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] {
  const elements: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader, version))
  return elements
}

function decodeAlterReplicaLogDirsResponse(reader: Reader, version: number): AlterReplicaLogDirsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const results = flexible
    ? decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultArray(reader, version, reader.compactArrayLength(3))
    : decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterReplicaLogDirsResponse>({ throttleTimeMs, results }, unknownTags)
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer: Writer, version: number, message: Init<AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer: Writer, version: number, message: Init<AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(topicName)
  else writer.string(topicName)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterReplicaLogDirsResponse(writer: Writer, version: number, message: Init<AlterReplicaLogDirsResponse>): void {
  const {
    throttleTimeMs = 0,
    results = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(results.length)
  else writer.arrayLength(results.length)
  for (const element of results) encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** AlterReplicaLogDirs, key 34. */
export const alterReplicaLogDirs: Api<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> = {
  key: 34,
  name: 'AlterReplicaLogDirs',
  request: messageCodec(
    'AlterReplicaLogDirsRequest',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 2 },
    decodeAlterReplicaLogDirsRequest,
    encodeAlterReplicaLogDirsRequest,
  ),
  response: messageCodec(
    'AlterReplicaLogDirsResponse',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 2 },
    decodeAlterReplicaLogDirsResponse,
    encodeAlterReplicaLogDirsResponse,
  ),
}
