// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface InitializeShareGroupStateRequest {
  readonly groupId: string
  readonly topics: readonly InitializeShareGroupStateRequestInitializeStateData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface InitializeShareGroupStateRequestInitializeStateData {
  readonly topicId: string
  readonly partitions: readonly InitializeShareGroupStateRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface InitializeShareGroupStateRequestPartitionData {
  readonly partition: number
  readonly stateEpoch: number
  readonly startOffset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface InitializeShareGroupStateResponse {
  readonly results: readonly InitializeShareGroupStateResponseInitializeStateResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface InitializeShareGroupStateResponseInitializeStateResult {
  readonly topicId: string
  readonly partitions: readonly InitializeShareGroupStateResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface InitializeShareGroupStateResponsePartitionResult {
  readonly partition: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeInitializeShareGroupStateRequestPartitionData(reader: Reader, _version: number): InitializeShareGroupStateRequestPartitionData {
  const partition = reader.int32()
  const stateEpoch = reader.int32()
  const startOffset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<InitializeShareGroupStateRequestPartitionData>({
    partition,
    stateEpoch,
    startOffset,
  }, unknownTags)
}

function decodeInitializeShareGroupStateRequestPartitionDataArray(reader: Reader, version: number, count: number): InitializeShareGroupStateRequestPartitionData[] {
  const elements: InitializeShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeInitializeShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function decodeInitializeShareGroupStateRequestInitializeStateData(reader: Reader, version: number): InitializeShareGroupStateRequestInitializeStateData {
  const topicId = reader.uuid()
  const partitions = decodeInitializeShareGroupStateRequestPartitionDataArray(reader, version, reader.compactArrayLength(17))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<InitializeShareGroupStateRequestInitializeStateData>({ topicId, partitions }, unknownTags)
}

function decodeInitializeShareGroupStateRequestInitializeStateDataArray(reader: Reader, version: number, count: number): InitializeShareGroupStateRequestInitializeStateData[] {
  const elements: InitializeShareGroupStateRequestInitializeStateData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeInitializeShareGroupStateRequestInitializeStateData(reader, version))
  return elements
}

function decodeInitializeShareGroupStateRequest(reader: Reader, version: number): InitializeShareGroupStateRequest {
  const groupId = reader.compactString()
  const topics = decodeInitializeShareGroupStateRequestInitializeStateDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<InitializeShareGroupStateRequest>({ groupId, topics }, unknownTags)
}

function encodeInitializeShareGroupStateRequestPartitionData(writer: Writer, _version: number, message: Init<InitializeShareGroupStateRequestPartitionData>): void {
  const {
    partition = 0,
    stateEpoch = 0,
    startOffset = 0n,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int32(stateEpoch)
  writer.int64(startOffset)
  writer.unknownTags(unknownTags)
}

function encodeInitializeShareGroupStateRequestInitializeStateData(writer: Writer, version: number, message: Init<InitializeShareGroupStateRequestInitializeStateData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeInitializeShareGroupStateRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeInitializeShareGroupStateRequest(writer: Writer, version: number, message: Init<InitializeShareGroupStateRequest>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeInitializeShareGroupStateRequestInitializeStateData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeInitializeShareGroupStateResponsePartitionResult(reader: Reader, _version: number): InitializeShareGroupStateResponsePartitionResult {
  const partition = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<InitializeShareGroupStateResponsePartitionResult>({
    partition,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeInitializeShareGroupStateResponsePartitionResultArray(reader: Reader, version: number, count: number): InitializeShareGroupStateResponsePartitionResult[] {
  const elements: InitializeShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeInitializeShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function decodeInitializeShareGroupStateResponseInitializeStateResult(reader: Reader, version: number): InitializeShareGroupStateResponseInitializeStateResult {
  const topicId = reader.uuid()
  const partitions = decodeInitializeShareGroupStateResponsePartitionResultArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<InitializeShareGroupStateResponseInitializeStateResult>({ topicId, partitions }, unknownTags)
}

function decodeInitializeShareGroupStateResponseInitializeStateResultArray(reader: Reader, version: number, count: number): InitializeShareGroupStateResponseInitializeStateResult[] {
  const elements: InitializeShareGroupStateResponseInitializeStateResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeInitializeShareGroupStateResponseInitializeStateResult(reader, version))
  return elements
}

function decodeInitializeShareGroupStateResponse(reader: Reader, version: number): InitializeShareGroupStateResponse {
  const results = decodeInitializeShareGroupStateResponseInitializeStateResultArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<InitializeShareGroupStateResponse>({ results }, unknownTags)
}

function encodeInitializeShareGroupStateResponsePartitionResult(writer: Writer, _version: number, message: Init<InitializeShareGroupStateResponsePartitionResult>): void {
  const {
    partition = 0,
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeInitializeShareGroupStateResponseInitializeStateResult(writer: Writer, version: number, message: Init<InitializeShareGroupStateResponseInitializeStateResult>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeInitializeShareGroupStateResponsePartitionResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeInitializeShareGroupStateResponse(writer: Writer, version: number, message: Init<InitializeShareGroupStateResponse>): void {
  const {
    results = [],
    unknownTags,
  } = message
  writer.compactArrayLength(results.length)
  for (const element of results) encodeInitializeShareGroupStateResponseInitializeStateResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** InitializeShareGroupState, key 83. */
export const initializeShareGroupState: Api<InitializeShareGroupStateRequest, InitializeShareGroupStateResponse> = {
  key: 83,
  name: 'InitializeShareGroupState',
  request: messageCodec(
    'InitializeShareGroupStateRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeInitializeShareGroupStateRequest,
    encodeInitializeShareGroupStateRequest,
  ),
  response: messageCodec(
    'InitializeShareGroupStateResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeInitializeShareGroupStateResponse,
    encodeInitializeShareGroupStateResponse,
  ),
}
