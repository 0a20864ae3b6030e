// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface WriteShareGroupStateRequest {
  readonly groupId: string
  readonly topics: readonly WriteShareGroupStateRequestWriteStateData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteShareGroupStateRequestWriteStateData {
  readonly topicId: string
  readonly partitions: readonly WriteShareGroupStateRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteShareGroupStateRequestPartitionData {
  readonly partition: number
  readonly stateEpoch: number
  readonly leaderEpoch: number
  readonly startOffset: bigint
  /** Since version 1. Default: -1. */
  readonly deliveryCompleteCount: number
  readonly stateBatches: readonly WriteShareGroupStateRequestStateBatch[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteShareGroupStateRequestStateBatch {
  readonly firstOffset: bigint
  readonly lastOffset: bigint
  readonly deliveryState: number
  readonly deliveryCount: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface WriteShareGroupStateResponse {
  readonly results: readonly WriteShareGroupStateResponseWriteStateResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteShareGroupStateResponseWriteStateResult {
  readonly topicId: string
  readonly partitions: readonly WriteShareGroupStateResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteShareGroupStateResponsePartitionResult {
  readonly partition: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeWriteShareGroupStateRequestStateBatch(reader: Reader, _version: number): WriteShareGroupStateRequestStateBatch {
  const firstOffset = reader.int64()
  const lastOffset = reader.int64()
  const deliveryState = reader.int8()
  const deliveryCount = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteShareGroupStateRequestStateBatch>({
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  }, unknownTags)
}

function decodeWriteShareGroupStateRequestStateBatchArray(reader: Reader, version: number, count: number): WriteShareGroupStateRequestStateBatch[] {
  const elements: WriteShareGroupStateRequestStateBatch[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteShareGroupStateRequestStateBatch(reader, version))
  return elements
}

function decodeWriteShareGroupStateRequestPartitionData(reader: Reader, version: number): WriteShareGroupStateRequestPartitionData {
  const partition = reader.int32()
  const stateEpoch = reader.int32()
  const leaderEpoch = reader.int32()
  const startOffset = reader.int64()
  const deliveryCompleteCount = version >= 1 ? reader.int32() : -1
  const stateBatches = decodeWriteShareGroupStateRequestStateBatchArray(reader, version, reader.compactArrayLength(20))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteShareGroupStateRequestPartitionData>({
    partition,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches,
  }, unknownTags)
}

function decodeWriteShareGroupStateRequestPartitionDataArray(reader: Reader, version: number, count: number): WriteShareGroupStateRequestPartitionData[] {
  const elements: WriteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function decodeWriteShareGroupStateRequestWriteStateData(reader: Reader, version: number): WriteShareGroupStateRequestWriteStateData {
  const topicId = reader.uuid()
  const partitions = decodeWriteShareGroupStateRequestPartitionDataArray(reader, version, reader.compactArrayLength(22))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteShareGroupStateRequestWriteStateData>({ topicId, partitions }, unknownTags)
}

function decodeWriteShareGroupStateRequestWriteStateDataArray(reader: Reader, version: number, count: number): WriteShareGroupStateRequestWriteStateData[] {
  const elements: WriteShareGroupStateRequestWriteStateData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteShareGroupStateRequestWriteStateData(reader, version))
  return elements
}

function decodeWriteShareGroupStateRequest(reader: Reader, version: number): WriteShareGroupStateRequest {
  const groupId = reader.compactString()
  const topics = decodeWriteShareGroupStateRequestWriteStateDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteShareGroupStateRequest>({ groupId, topics }, unknownTags)
}

function encodeWriteShareGroupStateRequestStateBatch(writer: Writer, _version: number, message: Init<WriteShareGroupStateRequestStateBatch>): void {
  const {
    firstOffset = 0n,
    lastOffset = 0n,
    deliveryState = 0,
    deliveryCount = 0,
    unknownTags,
  } = message
  writer.int64(firstOffset)
  writer.int64(lastOffset)
  writer.int8(deliveryState)
  writer.int16(deliveryCount)
  writer.unknownTags(unknownTags)
}

function encodeWriteShareGroupStateRequestPartitionData(writer: Writer, version: number, message: Init<WriteShareGroupStateRequestPartitionData>): void {
  const {
    partition = 0,
    stateEpoch = 0,
    leaderEpoch = 0,
    startOffset = 0n,
    deliveryCompleteCount = -1,
    stateBatches = [],
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int32(stateEpoch)
  writer.int32(leaderEpoch)
  writer.int64(startOffset)
  if (version >= 1) writer.int32(deliveryCompleteCount)
  writer.compactArrayLength(stateBatches.length)
  for (const element of stateBatches) encodeWriteShareGroupStateRequestStateBatch(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeWriteShareGroupStateRequestWriteStateData(writer: Writer, version: number, message: Init<WriteShareGroupStateRequestWriteStateData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeWriteShareGroupStateRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeWriteShareGroupStateRequest(writer: Writer, version: number, message: Init<WriteShareGroupStateRequest>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeWriteShareGroupStateRequestWriteStateData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeWriteShareGroupStateResponsePartitionResult(reader: Reader, _version: number): WriteShareGroupStateResponsePartitionResult {
  const partition = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteShareGroupStateResponsePartitionResult>({
    partition,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeWriteShareGroupStateResponsePartitionResultArray(reader: Reader, version: number, count: number): WriteShareGroupStateResponsePartitionResult[] {
  const elements: WriteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function decodeWriteShareGroupStateResponseWriteStateResult(reader: Reader, version: number): WriteShareGroupStateResponseWriteStateResult {
  const topicId = reader.uuid()
  const partitions = decodeWriteShareGroupStateResponsePartitionResultArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteShareGroupStateResponseWriteStateResult>({ topicId, partitions }, unknownTags)
}

function decodeWriteShareGroupStateResponseWriteStateResultArray(reader: Reader, version: number, count: number): WriteShareGroupStateResponseWriteStateResult[] {
  const elements: WriteShareGroupStateResponseWriteStateResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteShareGroupStateResponseWriteStateResult(reader, version))
  return elements
}

function decodeWriteShareGroupStateResponse(reader: Reader, version: number): WriteShareGroupStateResponse {
  const results = decodeWriteShareGroupStateResponseWriteStateResultArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteShareGroupStateResponse>({ results }, unknownTags)
}

function encodeWriteShareGroupStateResponsePartitionResult(writer: Writer, _version: number, message: Init<WriteShareGroupStateResponsePartitionResult>): void {
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

function encodeWriteShareGroupStateResponseWriteStateResult(writer: Writer, version: number, message: Init<WriteShareGroupStateResponseWriteStateResult>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeWriteShareGroupStateResponsePartitionResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeWriteShareGroupStateResponse(writer: Writer, version: number, message: Init<WriteShareGroupStateResponse>): void {
  const {
    results = [],
    unknownTags,
  } = message
  writer.compactArrayLength(results.length)
  for (const element of results) encodeWriteShareGroupStateResponseWriteStateResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** WriteShareGroupState, key 85. */
export const writeShareGroupState: Api<WriteShareGroupStateRequest, WriteShareGroupStateResponse> = {
  key: 85,
  name: 'WriteShareGroupState',
  request: messageCodec(
    'WriteShareGroupStateRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeWriteShareGroupStateRequest,
    encodeWriteShareGroupStateRequest,
  ),
  response: messageCodec(
    'WriteShareGroupStateResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeWriteShareGroupStateResponse,
    encodeWriteShareGroupStateResponse,
  ),
}
