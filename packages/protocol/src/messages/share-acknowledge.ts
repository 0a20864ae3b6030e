// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 1 to 2. */
export interface ShareAcknowledgeRequest {
  /** Default: null. */
  readonly groupId: string | null
  readonly memberId: string | null
  readonly shareSessionEpoch: number
  /** Since version 2. */
  readonly isRenewAck: boolean
  readonly topics: readonly ShareAcknowledgeRequestAcknowledgeTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareAcknowledgeRequestAcknowledgeTopic {
  readonly topicId: string
  readonly partitions: readonly ShareAcknowledgeRequestAcknowledgePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareAcknowledgeRequestAcknowledgePartition {
  readonly partitionIndex: number
  readonly acknowledgementBatches: readonly ShareAcknowledgeRequestAcknowledgementBatch[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareAcknowledgeRequestAcknowledgementBatch {
  readonly firstOffset: bigint
  readonly lastOffset: bigint
  readonly acknowledgeTypes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 2. */
export interface ShareAcknowledgeResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  /** Since version 2. */
  readonly acquisitionLockTimeoutMs: number
  readonly responses: readonly ShareAcknowledgeResponseTopic[]
  readonly nodeEndpoints: readonly ShareAcknowledgeResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareAcknowledgeResponseTopic {
  readonly topicId: string
  readonly partitions: readonly ShareAcknowledgeResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareAcknowledgeResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareAcknowledgeResponseLeaderIdAndEpoch {
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareAcknowledgeResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Default: null. */
  readonly rack: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareAcknowledgeRequestAcknowledgementBatch(reader: Reader, _version: number): ShareAcknowledgeRequestAcknowledgementBatch {
  const firstOffset = reader.int64()
  const lastOffset = reader.int64()
  const acknowledgeTypes = reader.int8Array(reader.compactArrayLength(1))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeRequestAcknowledgementBatch>({
    firstOffset,
    lastOffset,
    acknowledgeTypes,
  }, unknownTags)
}

function decodeShareAcknowledgeRequestAcknowledgementBatchArray(reader: Reader, version: number, count: number): ShareAcknowledgeRequestAcknowledgementBatch[] {
  const elements: ShareAcknowledgeRequestAcknowledgementBatch[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareAcknowledgeRequestAcknowledgementBatch(reader, version))
  return elements
}

function decodeShareAcknowledgeRequestAcknowledgePartition(reader: Reader, version: number): ShareAcknowledgeRequestAcknowledgePartition {
  const partitionIndex = reader.int32()
  const acknowledgementBatches = decodeShareAcknowledgeRequestAcknowledgementBatchArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeRequestAcknowledgePartition>({
    partitionIndex,
    acknowledgementBatches,
  }, unknownTags)
}

function decodeShareAcknowledgeRequestAcknowledgePartitionArray(reader: Reader, version: number, count: number): ShareAcknowledgeRequestAcknowledgePartition[] {
  const elements: ShareAcknowledgeRequestAcknowledgePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareAcknowledgeRequestAcknowledgePartition(reader, version))
  return elements
}

function decodeShareAcknowledgeRequestAcknowledgeTopic(reader: Reader, version: number): ShareAcknowledgeRequestAcknowledgeTopic {
  const topicId = reader.uuid()
  const partitions = decodeShareAcknowledgeRequestAcknowledgePartitionArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeRequestAcknowledgeTopic>({ topicId, partitions }, unknownTags)
}

function decodeShareAcknowledgeRequestAcknowledgeTopicArray(reader: Reader, version: number, count: number): ShareAcknowledgeRequestAcknowledgeTopic[] {
  const elements: ShareAcknowledgeRequestAcknowledgeTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareAcknowledgeRequestAcknowledgeTopic(reader, version))
  return elements
}

function decodeShareAcknowledgeRequest(reader: Reader, version: number): ShareAcknowledgeRequest {
  const groupId = reader.compactNullableString()
  const memberId = reader.compactNullableString()
  const shareSessionEpoch = reader.int32()
  const isRenewAck = version >= 2 ? reader.bool() : false
  const topics = decodeShareAcknowledgeRequestAcknowledgeTopicArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeRequest>({
    groupId,
    memberId,
    shareSessionEpoch,
    isRenewAck,
    topics,
  }, unknownTags)
}

function encodeShareAcknowledgeRequestAcknowledgementBatch(writer: Writer, _version: number, message: Init<ShareAcknowledgeRequestAcknowledgementBatch>): void {
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

function encodeShareAcknowledgeRequestAcknowledgePartition(writer: Writer, version: number, message: Init<ShareAcknowledgeRequestAcknowledgePartition>): void {
  const {
    partitionIndex = 0,
    acknowledgementBatches = [],
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.compactArrayLength(acknowledgementBatches.length)
  for (const element of acknowledgementBatches) encodeShareAcknowledgeRequestAcknowledgementBatch(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareAcknowledgeRequestAcknowledgeTopic(writer: Writer, version: number, message: Init<ShareAcknowledgeRequestAcknowledgeTopic>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeShareAcknowledgeRequestAcknowledgePartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareAcknowledgeRequest(writer: Writer, version: number, message: Init<ShareAcknowledgeRequest>): void {
  const {
    groupId = null,
    memberId = '',
    shareSessionEpoch = 0,
    isRenewAck = false,
    topics = [],
    unknownTags,
  } = message
  if (version < 2 && isRenewAck) {
    throw fieldUnsupported('ShareAcknowledgeRequest: isRenewAck', version)
  }
  writer.compactNullableString(groupId)
  writer.compactNullableString(memberId)
  writer.int32(shareSessionEpoch)
  if (version >= 2) writer.bool(isRenewAck)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeShareAcknowledgeRequestAcknowledgeTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeShareAcknowledgeResponseNodeEndpoint(reader: Reader, _version: number): ShareAcknowledgeResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.int32()
  const rack = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeResponseNodeEndpoint>({ nodeId, host, port, rack }, unknownTags)
}

function decodeShareAcknowledgeResponseNodeEndpointArray(reader: Reader, version: number, count: number): ShareAcknowledgeResponseNodeEndpoint[] {
  const elements: ShareAcknowledgeResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareAcknowledgeResponseNodeEndpoint(reader, version))
  return elements
}

function decodeShareAcknowledgeResponseLeaderIdAndEpoch(reader: Reader, _version: number): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeResponseLeaderIdAndEpoch>({ leaderId, leaderEpoch }, unknownTags)
}

function decodeShareAcknowledgeResponsePartitionData(reader: Reader, version: number): ShareAcknowledgeResponsePartitionData {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const currentLeader = decodeShareAcknowledgeResponseLeaderIdAndEpoch(reader, version)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeResponsePartitionData>({
    partitionIndex,
    errorCode,
    errorMessage,
    currentLeader,
  }, unknownTags)
}

function decodeShareAcknowledgeResponsePartitionDataArray(reader: Reader, version: number, count: number): ShareAcknowledgeResponsePartitionData[] {
  const elements: ShareAcknowledgeResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareAcknowledgeResponsePartitionData(reader, version))
  return elements
}

function decodeShareAcknowledgeResponseTopic(reader: Reader, version: number): ShareAcknowledgeResponseTopic {
  const topicId = reader.uuid()
  const partitions = decodeShareAcknowledgeResponsePartitionDataArray(reader, version, reader.compactArrayLength(17))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeResponseTopic>({ topicId, partitions }, unknownTags)
}

function decodeShareAcknowledgeResponseTopicArray(reader: Reader, version: number, count: number): ShareAcknowledgeResponseTopic[] {
  const elements: ShareAcknowledgeResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareAcknowledgeResponseTopic(reader, version))
  return elements
}

function decodeShareAcknowledgeResponse(reader: Reader, version: number): ShareAcknowledgeResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const acquisitionLockTimeoutMs = version >= 2 ? reader.int32() : 0
  const responses = decodeShareAcknowledgeResponseTopicArray(reader, version, reader.compactArrayLength(18))
  const nodeEndpoints = decodeShareAcknowledgeResponseNodeEndpointArray(reader, version, reader.compactArrayLength(11))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareAcknowledgeResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    acquisitionLockTimeoutMs,
    responses,
    nodeEndpoints,
  }, unknownTags)
}

function encodeShareAcknowledgeResponseNodeEndpoint(writer: Writer, _version: number, message: Init<ShareAcknowledgeResponseNodeEndpoint>): void {
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

function encodeShareAcknowledgeResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: Init<ShareAcknowledgeResponseLeaderIdAndEpoch>): void {
  const {
    leaderId = 0,
    leaderEpoch = 0,
    unknownTags,
  } = message
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.unknownTags(unknownTags)
}

function encodeShareAcknowledgeResponsePartitionData(writer: Writer, version: number, message: Init<ShareAcknowledgeResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    errorMessage = null,
    currentLeader = {},
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  encodeShareAcknowledgeResponseLeaderIdAndEpoch(writer, version, currentLeader)
  writer.unknownTags(unknownTags)
}

function encodeShareAcknowledgeResponseTopic(writer: Writer, version: number, message: Init<ShareAcknowledgeResponseTopic>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeShareAcknowledgeResponsePartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeShareAcknowledgeResponse(writer: Writer, version: number, message: Init<ShareAcknowledgeResponse>): void {
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
  if (version >= 2) writer.int32(acquisitionLockTimeoutMs)
  writer.compactArrayLength(responses.length)
  for (const element of responses) encodeShareAcknowledgeResponseTopic(writer, version, element)
  writer.compactArrayLength(nodeEndpoints.length)
  for (const element of nodeEndpoints) encodeShareAcknowledgeResponseNodeEndpoint(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ShareAcknowledge, key 79. */
export const shareAcknowledge: Api<ShareAcknowledgeRequest, ShareAcknowledgeResponse> = {
  key: 79,
  name: 'ShareAcknowledge',
  request: messageCodec(
    'ShareAcknowledgeRequest',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 1 },
    decodeShareAcknowledgeRequest,
    encodeShareAcknowledgeRequest,
  ),
  response: messageCodec(
    'ShareAcknowledgeResponse',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 1 },
    decodeShareAcknowledgeResponse,
    encodeShareAcknowledgeResponse,
  ),
}
