// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 1 to 2. */
export interface ShareFetchRequest {
  /** Default: null. */
  readonly groupId: string | null
  readonly memberId: string | null
  readonly shareSessionEpoch: number
  readonly maxWaitMs: number
  readonly minBytes: number
  /** Default: 2147483647. */
  readonly maxBytes: number
  readonly maxRecords: number
  readonly batchSize: number
  /** Since version 2. */
  readonly shareAcquireMode: number
  /** Since version 2. */
  readonly isRenewAck: boolean
  readonly topics: readonly ShareFetchRequestFetchTopic[]
  readonly forgottenTopicsData: readonly ShareFetchRequestForgottenTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchRequestFetchTopic {
  readonly topicId: string
  readonly partitions: readonly ShareFetchRequestFetchPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchRequestFetchPartition {
  readonly partitionIndex: number
  readonly acknowledgementBatches: readonly ShareFetchRequestAcknowledgementBatch[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchRequestAcknowledgementBatch {
  readonly firstOffset: bigint
  readonly lastOffset: bigint
  readonly acknowledgeTypes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchRequestForgottenTopic {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 2. */
export interface ShareFetchResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly acquisitionLockTimeoutMs: number
  readonly responses: readonly ShareFetchResponseShareFetchableTopic[]
  readonly nodeEndpoints: readonly ShareFetchResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchResponseShareFetchableTopic {
  readonly topicId: string
  readonly partitions: readonly ShareFetchResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly acknowledgeErrorCode: number
  /** Default: null. */
  readonly acknowledgeErrorMessage: string | null
  readonly currentLeader: ShareFetchResponseLeaderIdAndEpoch
  readonly records: Buffer
  readonly acquiredRecords: readonly ShareFetchResponseAcquiredRecords[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchResponseLeaderIdAndEpoch {
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchResponseAcquiredRecords {
  readonly firstOffset: bigint
  readonly lastOffset: bigint
  readonly deliveryCount: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareFetchResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Default: null. */
  readonly rack: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareFetchRequestForgottenTopic(reader: Reader, _version: number): ShareFetchRequestForgottenTopic {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchRequestForgottenTopic>({ topicId, partitions }, unknownTags)
}

function decodeShareFetchRequestForgottenTopicArray(reader: Reader, version: number, count: number): ShareFetchRequestForgottenTopic[] {
  const elements: ShareFetchRequestForgottenTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchRequestForgottenTopic(reader, version))
  return elements
}

function decodeShareFetchRequestAcknowledgementBatch(reader: Reader, _version: number): ShareFetchRequestAcknowledgementBatch {
  const firstOffset = reader.int64()
  const lastOffset = reader.int64()
  const acknowledgeTypes = reader.int8Array(reader.compactArrayLength(1))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchRequestAcknowledgementBatch>({
    firstOffset,
    lastOffset,
    acknowledgeTypes,
  }, unknownTags)
}

function decodeShareFetchRequestAcknowledgementBatchArray(reader: Reader, version: number, count: number): ShareFetchRequestAcknowledgementBatch[] {
  const elements: ShareFetchRequestAcknowledgementBatch[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchRequestAcknowledgementBatch(reader, version))
  return elements
}

function decodeShareFetchRequestFetchPartition(reader: Reader, version: number): ShareFetchRequestFetchPartition {
  const partitionIndex = reader.int32()
  const acknowledgementBatches = decodeShareFetchRequestAcknowledgementBatchArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchRequestFetchPartition>({ partitionIndex, acknowledgementBatches }, unknownTags)
}

function decodeShareFetchRequestFetchPartitionArray(reader: Reader, version: number, count: number): ShareFetchRequestFetchPartition[] {
  const elements: ShareFetchRequestFetchPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchRequestFetchPartition(reader, version))
  return elements
}

function decodeShareFetchRequestFetchTopic(reader: Reader, version: number): ShareFetchRequestFetchTopic {
  const topicId = reader.uuid()
  const partitions = decodeShareFetchRequestFetchPartitionArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchRequestFetchTopic>({ topicId, partitions }, unknownTags)
}

function decodeShareFetchRequestFetchTopicArray(reader: Reader, version: number, count: number): ShareFetchRequestFetchTopic[] {
  const elements: ShareFetchRequestFetchTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchRequestFetchTopic(reader, version))
  return elements
}

function decodeShareFetchRequest(reader: Reader, version: number): ShareFetchRequest {
  const groupId = reader.compactNullableString()
  const memberId = reader.compactNullableString()
  const shareSessionEpoch = reader.int32()
  const maxWaitMs = reader.int32()
  const minBytes = reader.int32()
  const maxBytes = reader.int32()
  const maxRecords = reader.int32()
  const batchSize = reader.int32()
  const shareAcquireMode = version >= 2 ? reader.int8() : 0
  const isRenewAck = version >= 2 ? reader.bool() : false
  const topics = decodeShareFetchRequestFetchTopicArray(reader, version, reader.compactArrayLength(18))
  const forgottenTopicsData = decodeShareFetchRequestForgottenTopicArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchRequest>({
    groupId,
    memberId,
    shareSessionEpoch,
    maxWaitMs,
    minBytes,
    maxBytes,
    maxRecords,
    batchSize,
    shareAcquireMode,
    isRenewAck,
    topics,
    forgottenTopicsData,
  }, unknownTags)
}

function encodeShareFetchRequestForgottenTopic(writer: Writer, _version: number, message: Init<ShareFetchRequestForgottenTopic>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchRequestAcknowledgementBatch(writer: Writer, _version: number, message: Init<ShareFetchRequestAcknowledgementBatch>): void {
  const {
    firstOffset = 0n,
    lastOffset = 0n,
    acknowledgeTypes = [],
    unknownTags,
  } = message
  writer.int64(firstOffset)
  writer.int64(lastOffset)
  writer.compactArrayLength(acknowledgeTypes.length)
  writer.int8Array(acknowledgeTypes)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchRequestFetchPartition(writer: Writer, version: number, message: Init<ShareFetchRequestFetchPartition>): void {
  const {
    partitionIndex = 0,
    acknowledgementBatches = [],
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.compactArrayLength(acknowledgementBatches.length)
  for (const element of acknowledgementBatches) encodeShareFetchRequestAcknowledgementBatch(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchRequestFetchTopic(writer: Writer, version: number, message: Init<ShareFetchRequestFetchTopic>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeShareFetchRequestFetchPartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchRequest(writer: Writer, version: number, message: Init<ShareFetchRequest>): void {
  const {
    groupId = null,
    memberId = '',
    shareSessionEpoch = 0,
    maxWaitMs = 0,
    minBytes = 0,
    maxBytes = 2147483647,
    maxRecords = 0,
    batchSize = 0,
    shareAcquireMode = 0,
    isRenewAck = false,
    topics = [],
    forgottenTopicsData = [],
    unknownTags,
  } = message
  if (version < 2 && isRenewAck) {
    throw fieldUnsupported('ShareFetchRequest: isRenewAck', version)
  }
  writer.compactNullableString(groupId)
  writer.compactNullableString(memberId)
  writer.int32(shareSessionEpoch)
  writer.int32(maxWaitMs)
  writer.int32(minBytes)
  writer.int32(maxBytes)
  writer.int32(maxRecords)
  writer.int32(batchSize)
  if (version >= 2) writer.int8(shareAcquireMode)
  if (version >= 2) writer.bool(isRenewAck)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeShareFetchRequestFetchTopic(writer, version, element)
  writer.compactArrayLength(forgottenTopicsData.length)
  for (const element of forgottenTopicsData) encodeShareFetchRequestForgottenTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeShareFetchResponseNodeEndpoint(reader: Reader, _version: number): ShareFetchResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.int32()
  const rack = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchResponseNodeEndpoint>({ nodeId, host, port, rack }, unknownTags)
}

function decodeShareFetchResponseNodeEndpointArray(reader: Reader, version: number, count: number): ShareFetchResponseNodeEndpoint[] {
  const elements: ShareFetchResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchResponseNodeEndpoint(reader, version))
  return elements
}

function decodeShareFetchResponseAcquiredRecords(reader: Reader, _version: number): ShareFetchResponseAcquiredRecords {
  const firstOffset = reader.int64()
  const lastOffset = reader.int64()
  const deliveryCount = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchResponseAcquiredRecords>({ firstOffset, lastOffset, deliveryCount }, unknownTags)
}

function decodeShareFetchResponseAcquiredRecordsArray(reader: Reader, version: number, count: number): ShareFetchResponseAcquiredRecords[] {
  const elements: ShareFetchResponseAcquiredRecords[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchResponseAcquiredRecords(reader, version))
  return elements
}

function decodeShareFetchResponseLeaderIdAndEpoch(reader: Reader, _version: number): ShareFetchResponseLeaderIdAndEpoch {
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchResponseLeaderIdAndEpoch>({ leaderId, leaderEpoch }, unknownTags)
}

function decodeShareFetchResponsePartitionData(reader: Reader, version: number): ShareFetchResponsePartitionData {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const acknowledgeErrorCode = reader.int16()
  const acknowledgeErrorMessage = reader.compactNullableString()
  const currentLeader = decodeShareFetchResponseLeaderIdAndEpoch(reader, version)
  const records = reader.compactBytes()
  const acquiredRecords = decodeShareFetchResponseAcquiredRecordsArray(reader, version, reader.compactArrayLength(19))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchResponsePartitionData>({
    partitionIndex,
    errorCode,
    errorMessage,
    acknowledgeErrorCode,
    acknowledgeErrorMessage,
    currentLeader,
    records,
    acquiredRecords,
  }, unknownTags)
}

function decodeShareFetchResponsePartitionDataArray(reader: Reader, version: number, count: number): ShareFetchResponsePartitionData[] {
  const elements: ShareFetchResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchResponsePartitionData(reader, version))
  return elements
}

function decodeShareFetchResponseShareFetchableTopic(reader: Reader, version: number): ShareFetchResponseShareFetchableTopic {
  const topicId = reader.uuid()
  const partitions = decodeShareFetchResponsePartitionDataArray(reader, version, reader.compactArrayLength(22))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchResponseShareFetchableTopic>({ topicId, partitions }, unknownTags)
}

function decodeShareFetchResponseShareFetchableTopicArray(reader: Reader, version: number, count: number): ShareFetchResponseShareFetchableTopic[] {
  const elements: ShareFetchResponseShareFetchableTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareFetchResponseShareFetchableTopic(reader, version))
  return elements
}

function decodeShareFetchResponse(reader: Reader, version: number): ShareFetchResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const acquisitionLockTimeoutMs = reader.int32()
  const responses = decodeShareFetchResponseShareFetchableTopicArray(reader, version, reader.compactArrayLength(18))
  const nodeEndpoints = decodeShareFetchResponseNodeEndpointArray(reader, version, reader.compactArrayLength(11))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareFetchResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    acquisitionLockTimeoutMs,
    responses,
    nodeEndpoints,
  }, unknownTags)
}

function encodeShareFetchResponseNodeEndpoint(writer: Writer, _version: number, message: Init<ShareFetchResponseNodeEndpoint>): void {
  const {
    nodeId = 0,
    host = '',
    port = 0,
    rack = null,
    unknownTags,
  } = message
  writer.int32(nodeId)
  writer.compactString(host)
  writer.int32(port)
  writer.compactNullableString(rack)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchResponseAcquiredRecords(writer: Writer, _version: number, message: Init<ShareFetchResponseAcquiredRecords>): void {
  const {
    firstOffset = 0n,
    lastOffset = 0n,
    deliveryCount = 0,
    unknownTags,
  } = message
  writer.int64(firstOffset)
  writer.int64(lastOffset)
  writer.int16(deliveryCount)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: Init<ShareFetchResponseLeaderIdAndEpoch>): void {
  const {
    leaderId = 0,
    leaderEpoch = 0,
    unknownTags,
  } = message
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchResponsePartitionData(writer: Writer, version: number, message: Init<ShareFetchResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    errorMessage = null,
    acknowledgeErrorCode = 0,
    acknowledgeErrorMessage = null,
    currentLeader = {},
    records = noBytes,
    acquiredRecords = [],
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.int16(acknowledgeErrorCode)
  writer.compactNullableString(acknowledgeErrorMessage)
  encodeShareFetchResponseLeaderIdAndEpoch(writer, version, currentLeader)
  writer.compactBytes(records)
  writer.compactArrayLength(acquiredRecords.length)
  for (const element of acquiredRecords) encodeShareFetchResponseAcquiredRecords(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchResponseShareFetchableTopic(writer: Writer, version: number, message: Init<ShareFetchResponseShareFetchableTopic>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeShareFetchResponsePartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareFetchResponse(writer: Writer, version: number, message: Init<ShareFetchResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = null,
    acquisitionLockTimeoutMs = 0,
    responses = [],
    nodeEndpoints = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.int32(acquisitionLockTimeoutMs)
  writer.compactArrayLength(responses.length)
  for (const element of responses) encodeShareFetchResponseShareFetchableTopic(writer, version, element)
  writer.compactArrayLength(nodeEndpoints.length)
  for (const element of nodeEndpoints) encodeShareFetchResponseNodeEndpoint(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ShareFetch, key 78. */
export const shareFetch: Api<ShareFetchRequest, ShareFetchResponse> = {
  key: 78,
  name: 'ShareFetch',
  request: messageCodec(
    'ShareFetchRequest',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 1 },
    decodeShareFetchRequest,
    encodeShareFetchRequest,
  ),
  response: messageCodec(
    'ShareFetchResponse',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 1 },
    decodeShareFetchResponse,
    encodeShareFetchResponse,
  ),
}
