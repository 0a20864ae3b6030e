// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ReadShareGroupStateRequest {
  readonly groupId: string
  readonly topics: readonly ReadShareGroupStateRequestReadStateData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateRequestReadStateData {
  readonly topicId: string
  readonly partitions: readonly ReadShareGroupStateRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateRequestPartitionData {
  readonly partition: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface ReadShareGroupStateResponse {
  readonly results: readonly ReadShareGroupStateResponseReadStateResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateResponseReadStateResult {
  readonly topicId: string
  readonly partitions: readonly ReadShareGroupStateResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateResponsePartitionResult {
  readonly partition: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly stateEpoch: number
  readonly startOffset: bigint
  readonly stateBatches: readonly ReadShareGroupStateResponseStateBatch[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateResponseStateBatch {
  readonly firstOffset: bigint
  readonly lastOffset: bigint
  readonly deliveryState: number
  readonly deliveryCount: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeReadShareGroupStateRequestPartitionData(reader: Reader, _version: number): ReadShareGroupStateRequestPartitionData {
  const partition = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateRequestPartitionData>({ partition, leaderEpoch }, unknownTags)
}

function decodeReadShareGroupStateRequestPartitionDataArray(reader: Reader, version: number, count: number): ReadShareGroupStateRequestPartitionData[] {
  const elements: ReadShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function decodeReadShareGroupStateRequestReadStateData(reader: Reader, version: number): ReadShareGroupStateRequestReadStateData {
  const topicId = reader.uuid()
  const partitions = decodeReadShareGroupStateRequestPartitionDataArray(reader, version, reader.compactArrayLength(9))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateRequestReadStateData>({ topicId, partitions }, unknownTags)
}

function decodeReadShareGroupStateRequestReadStateDataArray(reader: Reader, version: number, count: number): ReadShareGroupStateRequestReadStateData[] {
  const elements: ReadShareGroupStateRequestReadStateData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateRequestReadStateData(reader, version))
  return elements
}

function decodeReadShareGroupStateRequest(reader: Reader, version: number): ReadShareGroupStateRequest {
  const groupId = reader.compactString()
  const topics = decodeReadShareGroupStateRequestReadStateDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateRequest>({ groupId, topics }, unknownTags)
}

function encodeReadShareGroupStateRequestPartitionData(writer: Writer, _version: number, message: Init<ReadShareGroupStateRequestPartitionData>): void {
  const {
    partition = 0,
    leaderEpoch = 0,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int32(leaderEpoch)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateRequestReadStateData(writer: Writer, version: number, message: Init<ReadShareGroupStateRequestReadStateData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeReadShareGroupStateRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateRequest(writer: Writer, version: number, message: Init<ReadShareGroupStateRequest>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeReadShareGroupStateRequestReadStateData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeReadShareGroupStateResponseStateBatch(reader: Reader, _version: number): ReadShareGroupStateResponseStateBatch {
  const firstOffset = reader.int64()
  const lastOffset = reader.int64()
  const deliveryState = reader.int8()
  const deliveryCount = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateResponseStateBatch>({
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  }, unknownTags)
}

function decodeReadShareGroupStateResponseStateBatchArray(reader: Reader, version: number, count: number): ReadShareGroupStateResponseStateBatch[] {
  const elements: ReadShareGroupStateResponseStateBatch[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateResponseStateBatch(reader, version))
  return elements
}

function decodeReadShareGroupStateResponsePartitionResult(reader: Reader, version: number): ReadShareGroupStateResponsePartitionResult {
  const partition = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const stateEpoch = reader.int32()
  const startOffset = reader.int64()
  const stateBatches = decodeReadShareGroupStateResponseStateBatchArray(reader, version, reader.compactArrayLength(20))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateResponsePartitionResult>({
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    startOffset,
    stateBatches,
  }, unknownTags)
}

function decodeReadShareGroupStateResponsePartitionResultArray(reader: Reader, version: number, count: number): ReadShareGroupStateResponsePartitionResult[] {
  const elements: ReadShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function decodeReadShareGroupStateResponseReadStateResult(reader: Reader, version: number): ReadShareGroupStateResponseReadStateResult {
  const topicId = reader.uuid()
  const partitions = decodeReadShareGroupStateResponsePartitionResultArray(reader, version, reader.compactArrayLength(21))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateResponseReadStateResult>({ topicId, partitions }, unknownTags)
}

function decodeReadShareGroupStateResponseReadStateResultArray(reader: Reader, version: number, count: number): ReadShareGroupStateResponseReadStateResult[] {
  const elements: ReadShareGroupStateResponseReadStateResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateResponseReadStateResult(reader, version))
  return elements
}

function decodeReadShareGroupStateResponse(reader: Reader, version: number): ReadShareGroupStateResponse {
  const results = decodeReadShareGroupStateResponseReadStateResultArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateResponse>({ results }, unknownTags)
}

function encodeReadShareGroupStateResponseStateBatch(writer: Writer, _version: number, message: Init<ReadShareGroupStateResponseStateBatch>): void {
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

function encodeReadShareGroupStateResponsePartitionResult(writer: Writer, version: number, message: Init<ReadShareGroupStateResponsePartitionResult>): void {
  const {
    partition = 0,
    errorCode = 0,
    errorMessage = null,
    stateEpoch = 0,
    startOffset = 0n,
    stateBatches = [],
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.int32(stateEpoch)
  writer.int64(startOffset)
  writer.compactArrayLength(stateBatches.length)
  for (const element of stateBatches) encodeReadShareGroupStateResponseStateBatch(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateResponseReadStateResult(writer: Writer, version: number, message: Init<ReadShareGroupStateResponseReadStateResult>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeReadShareGroupStateResponsePartitionResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateResponse(writer: Writer, version: number, message: Init<ReadShareGroupStateResponse>): void {
  const {
    results = [],
    unknownTags,
  } = message
  writer.compactArrayLength(results.length)
  for (const element of results) encodeReadShareGroupStateResponseReadStateResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ReadShareGroupState, key 84. */
export const readShareGroupState: Api<ReadShareGroupStateRequest, ReadShareGroupStateResponse> = {
  key: 84,
  name: 'ReadShareGroupState',
  request: messageCodec(
    'ReadShareGroupStateRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeReadShareGroupStateRequest,
    encodeReadShareGroupStateRequest,
  ),
  response: messageCodec(
    'ReadShareGroupStateResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeReadShareGroupStateResponse,
    encodeReadShareGroupStateResponse,
  ),
}
