// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface ReadShareGroupStateSummaryRequest {
  readonly groupId: string
  readonly topics: readonly ReadShareGroupStateSummaryRequestReadStateSummaryData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryData {
  readonly topicId: string
  readonly partitions: readonly ReadShareGroupStateSummaryRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateSummaryRequestPartitionData {
  readonly partition: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface ReadShareGroupStateSummaryResponse {
  readonly results: readonly ReadShareGroupStateSummaryResponseReadStateSummaryResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  readonly topicId: string
  readonly partitions: readonly ReadShareGroupStateSummaryResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ReadShareGroupStateSummaryResponsePartitionResult {
  readonly partition: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly stateEpoch: number
  readonly leaderEpoch: number
  readonly startOffset: bigint
  /** Since version 1. Default: -1. */
  readonly deliveryCompleteCount: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeReadShareGroupStateSummaryRequestPartitionData(reader: Reader, _version: number): ReadShareGroupStateSummaryRequestPartitionData {
  const partition = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateSummaryRequestPartitionData>({ partition, leaderEpoch }, unknownTags)
}

function decodeReadShareGroupStateSummaryRequestPartitionDataArray(reader: Reader, version: number, count: number): ReadShareGroupStateSummaryRequestPartitionData[] {
  const elements: ReadShareGroupStateSummaryRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateSummaryRequestPartitionData(reader, version))
  return elements
}

function decodeReadShareGroupStateSummaryRequestReadStateSummaryData(reader: Reader, version: number): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  const topicId = reader.uuid()
  const partitions = decodeReadShareGroupStateSummaryRequestPartitionDataArray(reader, version, reader.compactArrayLength(9))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateSummaryRequestReadStateSummaryData>({ topicId, partitions }, unknownTags)
}

function decodeReadShareGroupStateSummaryRequestReadStateSummaryDataArray(reader: Reader, version: number, count: number): ReadShareGroupStateSummaryRequestReadStateSummaryData[] {
  const elements: ReadShareGroupStateSummaryRequestReadStateSummaryData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateSummaryRequestReadStateSummaryData(reader, version))
  return elements
}

function decodeReadShareGroupStateSummaryRequest(reader: Reader, version: number): ReadShareGroupStateSummaryRequest {
  const groupId = reader.compactString()
  const topics = decodeReadShareGroupStateSummaryRequestReadStateSummaryDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateSummaryRequest>({ groupId, topics }, unknownTags)
}

function encodeReadShareGroupStateSummaryRequestPartitionData(writer: Writer, _version: number, message: Init<ReadShareGroupStateSummaryRequestPartitionData>): void {
  const {
    partition = 0,
    leaderEpoch = 0,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int32(leaderEpoch)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateSummaryRequestReadStateSummaryData(writer: Writer, version: number, message: Init<ReadShareGroupStateSummaryRequestReadStateSummaryData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeReadShareGroupStateSummaryRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateSummaryRequest(writer: Writer, version: number, message: Init<ReadShareGroupStateSummaryRequest>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeReadShareGroupStateSummaryRequestReadStateSummaryData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeReadShareGroupStateSummaryResponsePartitionResult(reader: Reader, version: number): ReadShareGroupStateSummaryResponsePartitionResult {
  const partition = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const stateEpoch = reader.int32()
  const leaderEpoch = reader.int32()
  const startOffset = reader.int64()
  const deliveryCompleteCount = version >= 1 ? reader.int32() : -1
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateSummaryResponsePartitionResult>({
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
  }, unknownTags)
}

function decodeReadShareGroupStateSummaryResponsePartitionResultArray(reader: Reader, version: number, count: number): ReadShareGroupStateSummaryResponsePartitionResult[] {
  const elements: ReadShareGroupStateSummaryResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateSummaryResponsePartitionResult(reader, version))
  return elements
}

function decodeReadShareGroupStateSummaryResponseReadStateSummaryResult(reader: Reader, version: number): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  const topicId = reader.uuid()
  const partitions = decodeReadShareGroupStateSummaryResponsePartitionResultArray(reader, version, reader.compactArrayLength(24))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateSummaryResponseReadStateSummaryResult>({ topicId, partitions }, unknownTags)
}

function decodeReadShareGroupStateSummaryResponseReadStateSummaryResultArray(reader: Reader, version: number, count: number): ReadShareGroupStateSummaryResponseReadStateSummaryResult[] {
  const elements: ReadShareGroupStateSummaryResponseReadStateSummaryResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeReadShareGroupStateSummaryResponseReadStateSummaryResult(reader, version))
  return elements
}

function decodeReadShareGroupStateSummaryResponse(reader: Reader, version: number): ReadShareGroupStateSummaryResponse {
  const results = decodeReadShareGroupStateSummaryResponseReadStateSummaryResultArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ReadShareGroupStateSummaryResponse>({ results }, unknownTags)
}

function encodeReadShareGroupStateSummaryResponsePartitionResult(writer: Writer, version: number, message: Init<ReadShareGroupStateSummaryResponsePartitionResult>): void {
  const {
    partition = 0,
    errorCode = 0,
    errorMessage = null,
    stateEpoch = 0,
    leaderEpoch = 0,
    startOffset = 0n,
    deliveryCompleteCount = -1,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.int32(stateEpoch)
  writer.int32(leaderEpoch)
  writer.int64(startOffset)
  if (version >= 1) writer.int32(deliveryCompleteCount)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateSummaryResponseReadStateSummaryResult(writer: Writer, version: number, message: Init<ReadShareGroupStateSummaryResponseReadStateSummaryResult>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeReadShareGroupStateSummaryResponsePartitionResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeReadShareGroupStateSummaryResponse(writer: Writer, version: number, message: Init<ReadShareGroupStateSummaryResponse>): void {
  const {
    results = [],
    unknownTags,
  } = message
  writer.compactArrayLength(results.length)
  for (const element of results) encodeReadShareGroupStateSummaryResponseReadStateSummaryResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ReadShareGroupStateSummary, key 87. */
export const readShareGroupStateSummary: Api<ReadShareGroupStateSummaryRequest, ReadShareGroupStateSummaryResponse> = {
  key: 87,
  name: 'ReadShareGroupStateSummary',
  request: messageCodec(
    'ReadShareGroupStateSummaryRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeReadShareGroupStateSummaryRequest,
    encodeReadShareGroupStateSummaryRequest,
  ),
  response: messageCodec(
    'ReadShareGroupStateSummaryResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeReadShareGroupStateSummaryResponse,
    encodeReadShareGroupStateSummaryResponse,
  ),
}
