// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 4 to 18. */
export interface FetchRequest {
  /** Since version 12. Default: null. */
  readonly clusterId: string | null
  /** Versions 4 to 14. Default: -1. */
  readonly replicaId: number
  /** Since version 15. */
  readonly replicaState: FetchRequestReplicaState
  readonly maxWaitMs: number
  readonly minBytes: number
  /** Default: 2147483647. */
  readonly maxBytes: number
  readonly isolationLevel: number
  /** Since version 7. */
  readonly sessionId: number
  /** Since version 7. Default: -1. */
  readonly sessionEpoch: number
  readonly topics: readonly FetchRequestTopic[]
  /** Since version 7. */
  readonly forgottenTopicsData: readonly FetchRequestForgottenTopic[]
  /** Since version 11. */
  readonly rackId: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchRequestReplicaState {
  /** Default: -1. */
  readonly replicaId: number
  /** Default: -1. */
  readonly replicaEpoch: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchRequestTopic {
  /** Versions 4 to 12. */
  readonly topic: string
  /** Since version 13. */
  readonly topicId: string
  readonly partitions: readonly FetchRequestPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchRequestPartition {
  readonly partition: number
  /** Since version 9. Default: -1. */
  readonly currentLeaderEpoch: number
  readonly fetchOffset: bigint
  /** Since version 12. Default: -1. */
  readonly lastFetchedEpoch: number
  /** Since version 5. Default: -1. */
  readonly logStartOffset: bigint
  readonly partitionMaxBytes: number
  /** Since version 17. */
  readonly replicaDirectoryId: string
  /** Since version 18. Default: 9223372036854775807. */
  readonly highWatermark: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchRequestForgottenTopic {
  /** Versions 7 to 12. */
  readonly topic: string
  /** Since version 13. */
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 4 to 18. */
export interface FetchResponse {
  readonly throttleTimeMs: number
  /** Since version 7. */
  readonly errorCode: number
  /** Since version 7. */
  readonly sessionId: number
  readonly responses: readonly FetchResponseFetchableTopic[]
  /** Since version 16. */
  readonly nodeEndpoints: readonly FetchResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchResponseFetchableTopic {
  /** Versions 4 to 12. */
  readonly topic: string
  /** Since version 13. */
  readonly topicId: string
  readonly partitions: readonly FetchResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly highWatermark: bigint
  /** Default: -1. */
  readonly lastStableOffset: bigint
  /** Since version 5. Default: -1. */
  readonly logStartOffset: bigint
  /** Since version 12. */
  readonly divergingEpoch: FetchResponseEpochEndOffset
  /** Since version 12. */
  readonly currentLeader: FetchResponseLeaderIdAndEpoch
  /** Since version 12. */
  readonly snapshotId: FetchResponseSnapshotId
  readonly abortedTransactions: readonly FetchResponseAbortedTransaction[] | null
  /** Since version 11. Default: -1. */
  readonly preferredReadReplica: number
  readonly records: Buffer | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchResponseEpochEndOffset {
  /** Default: -1. */
  readonly epoch: number
  /** Default: -1. */
  readonly endOffset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchResponseLeaderIdAndEpoch {
  /** Default: -1. */
  readonly leaderId: number
  /** Default: -1. */
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchResponseSnapshotId {
  /** Default: -1. */
  readonly endOffset: bigint
  /** Default: -1. */
  readonly epoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchResponseAbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Default: null. */
  readonly rack: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

const defaultFetchRequestReplicaState: FetchRequestReplicaState = {
  replicaId: -1,
  replicaEpoch: -1n,
}

function isDefaultFetchRequestReplicaState(message: Init<FetchRequestReplicaState>): boolean {
  if (message === defaultFetchRequestReplicaState) return true
  if (message.replicaId !== undefined && message.replicaId !== -1) return false
  if (message.replicaEpoch !== undefined && message.replicaEpoch !== -1n) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

function decodeFetchRequestForgottenTopic(reader: Reader, version: number): FetchRequestForgottenTopic {
  const flexible = version >= 12
  const topic = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topicId = version >= 13 ? reader.uuid() : zeroUuid
  const partitions = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<FetchRequestForgottenTopic>({ topic, topicId, partitions }, unknownTags)
}

function decodeFetchRequestForgottenTopicArray(reader: Reader, version: number, count: number): FetchRequestForgottenTopic[] {
  const elements: FetchRequestForgottenTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchRequestForgottenTopic(reader, version))
  return elements
}

function decodeFetchRequestPartition(reader: Reader, version: number): FetchRequestPartition {
  const flexible = version >= 12
  const partition = reader.int32()
  const currentLeaderEpoch = version >= 9 ? reader.int32() : -1
  const fetchOffset = reader.int64()
  const lastFetchedEpoch = version >= 12 ? reader.int32() : -1
  const logStartOffset = version >= 5 ? reader.int64() : -1n
  const partitionMaxBytes = reader.int32()
  let replicaDirectoryId: FetchRequestPartition['replicaDirectoryId'] = zeroUuid
  let highWatermark: FetchRequestPartition['highWatermark'] = 9223372036854775807n
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0 && version >= 17) {
        replicaDirectoryId = reader.uuid()
        reader.requireTagEnd(tag, end)
      } else if (tag === 1 && version >= 18) {
        highWatermark = reader.int64()
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<FetchRequestPartition>({
    partition,
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch,
    logStartOffset,
    partitionMaxBytes,
    replicaDirectoryId,
    highWatermark,
  }, unknownTags)
}

function decodeFetchRequestPartitionArray(reader: Reader, version: number, count: number): FetchRequestPartition[] {
  const elements: FetchRequestPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchRequestPartition(reader, version))
  return elements
}

function decodeFetchRequestTopic(reader: Reader, version: number): FetchRequestTopic {
  const flexible = version >= 12
  const topic = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topicId = version >= 13 ? reader.uuid() : zeroUuid
  const partitions = flexible
    ? decodeFetchRequestPartitionArray(reader, version, reader.compactArrayLength(33))
    : decodeFetchRequestPartitionArray(reader, version, reader.arrayLength(16))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<FetchRequestTopic>({ topic, topicId, partitions }, unknownTags)
}

function decodeFetchRequestTopicArray(reader: Reader, version: number, count: number): FetchRequestTopic[] {
  const elements: FetchRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchRequestTopic(reader, version))
  return elements
}

function decodeFetchRequestReplicaState(reader: Reader, _version: number): FetchRequestReplicaState {
  const replicaId = reader.int32()
  const replicaEpoch = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchRequestReplicaState>({ replicaId, replicaEpoch }, unknownTags)
}

function decodeFetchRequest(reader: Reader, version: number): FetchRequest {
  const flexible = version >= 12
  const replicaId = version <= 14 ? reader.int32() : -1
  const maxWaitMs = reader.int32()
  const minBytes = reader.int32()
  const maxBytes = reader.int32()
  const isolationLevel = reader.int8()
  const sessionId = version >= 7 ? reader.int32() : 0
  const sessionEpoch = version >= 7 ? reader.int32() : -1
  const topics = flexible
    ? decodeFetchRequestTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeFetchRequestTopicArray(reader, version, reader.arrayLength(6))
  const forgottenTopicsData = version >= 7
    ? (flexible
    ? decodeFetchRequestForgottenTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeFetchRequestForgottenTopicArray(reader, version, reader.arrayLength(6)))
    : []
  const rackId = version >= 11 ? (flexible ? reader.compactString() : reader.string()) : ''
  let clusterId: FetchRequest['clusterId'] = null
  let replicaState: FetchRequest['replicaState'] = defaultFetchRequestReplicaState
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        clusterId = reader.compactNullableString()
        reader.requireTagEnd(tag, end)
      } else if (tag === 1 && version >= 15) {
        replicaState = decodeFetchRequestReplicaState(reader, version)
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<FetchRequest>({
    clusterId,
    replicaId,
    replicaState,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId,
    sessionEpoch,
    topics,
    forgottenTopicsData,
    rackId,
  }, unknownTags)
}

function encodeFetchRequestForgottenTopic(writer: Writer, version: number, message: Init<FetchRequestForgottenTopic>): void {
  const {
    topic = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 12
  if (version <= 12) {
    if (flexible) writer.compactString(topic)
    else writer.string(topic)
  }
  if (version >= 13) writer.uuid(topicId)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  writer.int32Array(partitions)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeFetchRequestPartition(writer: Writer, version: number, message: Init<FetchRequestPartition>): void {
  const {
    partition = 0,
    currentLeaderEpoch = -1,
    fetchOffset = 0n,
    lastFetchedEpoch = -1,
    logStartOffset = -1n,
    partitionMaxBytes = 0,
    replicaDirectoryId = zeroUuid,
    highWatermark = 9223372036854775807n,
    unknownTags,
  } = message
  const flexible = version >= 12
  if (version < 12 && lastFetchedEpoch !== -1) {
    throw fieldUnsupported('FetchRequest: lastFetchedEpoch', version)
  }
  writer.int32(partition)
  if (version >= 9) writer.int32(currentLeaderEpoch)
  writer.int64(fetchOffset)
  if (version >= 12) writer.int32(lastFetchedEpoch)
  if (version >= 5) writer.int64(logStartOffset)
  writer.int32(partitionMaxBytes)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = version >= 17 && replicaDirectoryId !== zeroUuid
    if (has0) tagCount++
    const has1 = version >= 18 && highWatermark !== 9223372036854775807n
    if (has1) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      if (version >= 17) next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tag(0, 16)
        writer.uuid(replicaDirectoryId)
      }
      if (version >= 18) next = writer.tagsBefore(1, unknown, next)
      if (has1) {
        writer.tag(1, 8)
        writer.int64(highWatermark)
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

function encodeFetchRequestTopic(writer: Writer, version: number, message: Init<FetchRequestTopic>): void {
  const {
    topic = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 12
  if (version <= 12) {
    if (flexible) writer.compactString(topic)
    else writer.string(topic)
  }
  if (version >= 13) writer.uuid(topicId)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeFetchRequestPartition(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeFetchRequestReplicaState(writer: Writer, _version: number, message: Init<FetchRequestReplicaState>): void {
  const {
    replicaId = -1,
    replicaEpoch = -1n,
    unknownTags,
  } = message
  writer.int32(replicaId)
  writer.int64(replicaEpoch)
  writer.unknownTags(unknownTags)
}

function encodeFetchRequest(writer: Writer, version: number, message: Init<FetchRequest>): void {
  const {
    clusterId = null,
    replicaId = -1,
    replicaState = defaultFetchRequestReplicaState,
    maxWaitMs = 0,
    minBytes = 0,
    maxBytes = 2147483647,
    isolationLevel = 0,
    sessionId = 0,
    sessionEpoch = -1,
    topics = [],
    forgottenTopicsData = [],
    rackId = '',
    unknownTags,
  } = message
  const flexible = version >= 12
  if (version > 14 && replicaId !== -1) {
    throw fieldUnsupported('FetchRequest: replicaId', version)
  }
  if (version < 15 && !isDefaultFetchRequestReplicaState(replicaState)) {
    throw fieldUnsupported('FetchRequest: replicaState', version)
  }
  if (version < 7 && forgottenTopicsData.length !== 0) {
    throw fieldUnsupported('FetchRequest: forgottenTopicsData', version)
  }
  if (version <= 14) writer.int32(replicaId)
  writer.int32(maxWaitMs)
  writer.int32(minBytes)
  writer.int32(maxBytes)
  writer.int8(isolationLevel)
  if (version >= 7) writer.int32(sessionId)
  if (version >= 7) writer.int32(sessionEpoch)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeFetchRequestTopic(writer, version, element)
  if (version >= 7) {
    if (flexible) writer.compactArrayLength(forgottenTopicsData.length)
    else writer.arrayLength(forgottenTopicsData.length)
    for (const element of forgottenTopicsData) encodeFetchRequestForgottenTopic(writer, version, element)
  }
  if (version >= 11) {
    if (flexible) writer.compactString(rackId)
    else writer.string(rackId)
  }
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = clusterId !== null
    if (has0) tagCount++
    const has1 = version >= 15 && !isDefaultFetchRequestReplicaState(replicaState)
    if (has1) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tagWith(0, (inner) => {
          inner.compactNullableString(clusterId)
        })
      }
      if (version >= 15) next = writer.tagsBefore(1, unknown, next)
      if (has1) {
        writer.tagWith(1, (inner) => {
          encodeFetchRequestReplicaState(inner, version, replicaState)
        })
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

const defaultFetchResponseSnapshotId: FetchResponseSnapshotId = {
  endOffset: -1n,
  epoch: -1,
}

function isDefaultFetchResponseSnapshotId(message: Init<FetchResponseSnapshotId>): boolean {
  if (message === defaultFetchResponseSnapshotId) return true
  if (message.endOffset !== undefined && message.endOffset !== -1n) return false
  if (message.epoch !== undefined && message.epoch !== -1) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

const defaultFetchResponseLeaderIdAndEpoch: FetchResponseLeaderIdAndEpoch = {
  leaderId: -1,
  leaderEpoch: -1,
}

function isDefaultFetchResponseLeaderIdAndEpoch(message: Init<FetchResponseLeaderIdAndEpoch>): boolean {
  if (message === defaultFetchResponseLeaderIdAndEpoch) return true
  if (message.leaderId !== undefined && message.leaderId !== -1) return false
  if (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

const defaultFetchResponseEpochEndOffset: FetchResponseEpochEndOffset = {
  epoch: -1,
  endOffset: -1n,
}

function isDefaultFetchResponseEpochEndOffset(message: Init<FetchResponseEpochEndOffset>): boolean {
  if (message === defaultFetchResponseEpochEndOffset) return true
  if (message.epoch !== undefined && message.epoch !== -1) return false
  if (message.endOffset !== undefined && message.endOffset !== -1n) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

function decodeFetchResponseNodeEndpoint(reader: Reader, _version: number): FetchResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.int32()
  const rack = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchResponseNodeEndpoint>({ nodeId, host, port, rack }, unknownTags)
}

function decodeFetchResponseNodeEndpointArray(reader: Reader, version: number, count: number): FetchResponseNodeEndpoint[] {
  const elements: FetchResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchResponseNodeEndpoint(reader, version))
  return elements
}

function decodeFetchResponseAbortedTransaction(reader: Reader, version: number): FetchResponseAbortedTransaction {
  const flexible = version >= 12
  const producerId = reader.int64()
  const firstOffset = reader.int64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<FetchResponseAbortedTransaction>({ producerId, firstOffset }, unknownTags)
}

function decodeFetchResponseAbortedTransactionArray(reader: Reader, version: number, count: number): FetchResponseAbortedTransaction[] {
  const elements: FetchResponseAbortedTransaction[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchResponseAbortedTransaction(reader, version))
  return elements
}

function decodeNullableFetchResponseAbortedTransactionArray(reader: Reader, version: number, count: number): FetchResponseAbortedTransaction[] | null {
  return count < 0 ? null : decodeFetchResponseAbortedTransactionArray(reader, version, count)
}

function decodeFetchResponseSnapshotId(reader: Reader, _version: number): FetchResponseSnapshotId {
  const endOffset = reader.int64()
  const epoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchResponseSnapshotId>({ endOffset, epoch }, unknownTags)
}

function decodeFetchResponseLeaderIdAndEpoch(reader: Reader, _version: number): FetchResponseLeaderIdAndEpoch {
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchResponseLeaderIdAndEpoch>({ leaderId, leaderEpoch }, unknownTags)
}

function decodeFetchResponseEpochEndOffset(reader: Reader, _version: number): FetchResponseEpochEndOffset {
  const epoch = reader.int32()
  const endOffset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchResponseEpochEndOffset>({ epoch, endOffset }, unknownTags)
}

function decodeFetchResponsePartitionData(reader: Reader, version: number): FetchResponsePartitionData {
  const flexible = version >= 12
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const highWatermark = reader.int64()
  const lastStableOffset = reader.int64()
  const logStartOffset = version >= 5 ? reader.int64() : -1n
  const abortedTransactions = flexible
    ? decodeNullableFetchResponseAbortedTransactionArray(reader, version, reader.compactNullableArrayLength(17))
    : decodeNullableFetchResponseAbortedTransactionArray(reader, version, reader.nullableArrayLength(16))
  const preferredReadReplica = version >= 11 ? reader.int32() : -1
  const records = flexible ? reader.compactNullableBytes() : reader.nullableBytes()
  let divergingEpoch: FetchResponsePartitionData['divergingEpoch'] = defaultFetchResponseEpochEndOffset
  let currentLeader: FetchResponsePartitionData['currentLeader'] = defaultFetchResponseLeaderIdAndEpoch
  let snapshotId: FetchResponsePartitionData['snapshotId'] = defaultFetchResponseSnapshotId
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        divergingEpoch = decodeFetchResponseEpochEndOffset(reader, version)
        reader.requireTagEnd(tag, end)
      } else if (tag === 1) {
        currentLeader = decodeFetchResponseLeaderIdAndEpoch(reader, version)
        reader.requireTagEnd(tag, end)
      } else if (tag === 2) {
        snapshotId = decodeFetchResponseSnapshotId(reader, version)
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<FetchResponsePartitionData>({
    partitionIndex,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch,
    currentLeader,
    snapshotId,
    abortedTransactions,
    preferredReadReplica,
    records,
  }, unknownTags)
}

function decodeFetchResponsePartitionDataArray(reader: Reader, version: number, count: number): FetchResponsePartitionData[] {
  const elements: FetchResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchResponsePartitionData(reader, version))
  return elements
}

function decodeFetchResponseFetchableTopic(reader: Reader, version: number): FetchResponseFetchableTopic {
  const flexible = version >= 12
  const topic = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topicId = version >= 13 ? reader.uuid() : zeroUuid
  const partitions = flexible
    ? decodeFetchResponsePartitionDataArray(reader, version, reader.compactArrayLength(37))
    : decodeFetchResponsePartitionDataArray(reader, version, reader.arrayLength(30))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<FetchResponseFetchableTopic>({ topic, topicId, partitions }, unknownTags)
}

function decodeFetchResponseFetchableTopicArray(reader: Reader, version: number, count: number): FetchResponseFetchableTopic[] {
  const elements: FetchResponseFetchableTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchResponseFetchableTopic(reader, version))
  return elements
}

function decodeFetchResponse(reader: Reader, version: number): FetchResponse {
  const flexible = version >= 12
  const throttleTimeMs = reader.int32()
  const errorCode = version >= 7 ? reader.int16() : 0
  const sessionId = version >= 7 ? reader.int32() : 0
  const responses = flexible
    ? decodeFetchResponseFetchableTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeFetchResponseFetchableTopicArray(reader, version, reader.arrayLength(6))
  let nodeEndpoints: FetchResponse['nodeEndpoints'] = []
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0 && version >= 16) {
        nodeEndpoints = decodeFetchResponseNodeEndpointArray(reader, version, reader.compactArrayLength(11))
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<FetchResponse>({ throttleTimeMs, errorCode, sessionId, responses, nodeEndpoints }, unknownTags)
}

function encodeFetchResponseNodeEndpoint(writer: Writer, _version: number, message: Init<FetchResponseNodeEndpoint>): void {
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

function encodeFetchResponseAbortedTransaction(writer: Writer, version: number, message: Init<FetchResponseAbortedTransaction>): void {
  const {
    producerId = 0n,
    firstOffset = 0n,
    unknownTags,
  } = message
  const flexible = version >= 12
  writer.int64(producerId)
  writer.int64(firstOffset)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeFetchResponseSnapshotId(writer: Writer, _version: number, message: Init<FetchResponseSnapshotId>): void {
  const {
    endOffset = -1n,
    epoch = -1,
    unknownTags,
  } = message
  writer.int64(endOffset)
  writer.int32(epoch)
  writer.unknownTags(unknownTags)
}

function encodeFetchResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: Init<FetchResponseLeaderIdAndEpoch>): void {
  const {
    leaderId = -1,
    leaderEpoch = -1,
    unknownTags,
  } = message
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.unknownTags(unknownTags)
}

function encodeFetchResponseEpochEndOffset(writer: Writer, _version: number, message: Init<FetchResponseEpochEndOffset>): void {
  const {
    epoch = -1,
    endOffset = -1n,
    unknownTags,
  } = message
  writer.int32(epoch)
  writer.int64(endOffset)
  writer.unknownTags(unknownTags)
}

function encodeFetchResponsePartitionData(writer: Writer, version: number, message: Init<FetchResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    highWatermark = 0n,
    lastStableOffset = -1n,
    logStartOffset = -1n,
    divergingEpoch = defaultFetchResponseEpochEndOffset,
    currentLeader = defaultFetchResponseLeaderIdAndEpoch,
    snapshotId = defaultFetchResponseSnapshotId,
    abortedTransactions = [],
    preferredReadReplica = -1,
    records = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 12
  if (version < 12 && !isDefaultFetchResponseEpochEndOffset(divergingEpoch)) {
    throw fieldUnsupported('FetchResponse: divergingEpoch', version)
  }
  if (version < 12 && !isDefaultFetchResponseLeaderIdAndEpoch(currentLeader)) {
    throw fieldUnsupported('FetchResponse: currentLeader', version)
  }
  if (version < 12 && !isDefaultFetchResponseSnapshotId(snapshotId)) {
    throw fieldUnsupported('FetchResponse: snapshotId', version)
  }
  if (version < 11 && preferredReadReplica !== -1) {
    throw fieldUnsupported('FetchResponse: preferredReadReplica', version)
  }
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.int64(highWatermark)
  writer.int64(lastStableOffset)
  if (version >= 5) writer.int64(logStartOffset)
  if (flexible) writer.compactArrayLength(abortedTransactions === null ? -1 : abortedTransactions.length)
  else writer.arrayLength(abortedTransactions === null ? -1 : abortedTransactions.length)
  if (abortedTransactions !== null) {
    for (const element of abortedTransactions) encodeFetchResponseAbortedTransaction(writer, version, element)
  }
  if (version >= 11) writer.int32(preferredReadReplica)
  if (flexible) writer.compactNullableBytes(records)
  else writer.nullableBytes(records)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = !isDefaultFetchResponseEpochEndOffset(divergingEpoch)
    if (has0) tagCount++
    const has1 = !isDefaultFetchResponseLeaderIdAndEpoch(currentLeader)
    if (has1) tagCount++
    const has2 = !isDefaultFetchResponseSnapshotId(snapshotId)
    if (has2) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tagWith(0, (inner) => {
          encodeFetchResponseEpochEndOffset(inner, version, divergingEpoch)
        })
      }
      next = writer.tagsBefore(1, unknown, next)
      if (has1) {
        writer.tagWith(1, (inner) => {
          encodeFetchResponseLeaderIdAndEpoch(inner, version, currentLeader)
        })
      }
      next = writer.tagsBefore(2, unknown, next)
      if (has2) {
        writer.tagWith(2, (inner) => {
          encodeFetchResponseSnapshotId(inner, version, snapshotId)
        })
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

function encodeFetchResponseFetchableTopic(writer: Writer, version: number, message: Init<FetchResponseFetchableTopic>): void {
  const {
    topic = '',
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 12
  if (version <= 12) {
    if (flexible) writer.compactString(topic)
    else writer.string(topic)
  }
  if (version >= 13) writer.uuid(topicId)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeFetchResponsePartitionData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeFetchResponse(writer: Writer, version: number, message: Init<FetchResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    sessionId = 0,
    responses = [],
    nodeEndpoints = [],
    unknownTags,
  } = message
  const flexible = version >= 12
  if (version < 7 && sessionId !== 0) {
    throw fieldUnsupported('FetchResponse: sessionId', version)
  }
  if (version < 16 && nodeEndpoints.length !== 0) {
    throw fieldUnsupported('FetchResponse: nodeEndpoints', version)
  }
  writer.int32(throttleTimeMs)
  if (version >= 7) writer.int16(errorCode)
  if (version >= 7) writer.int32(sessionId)
  if (flexible) writer.compactArrayLength(responses.length)
  else writer.arrayLength(responses.length)
  for (const element of responses) encodeFetchResponseFetchableTopic(writer, version, element)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = version >= 16 && nodeEndpoints.length !== 0
    if (has0) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      if (version >= 16) next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tagWith(0, (inner) => {
          inner.compactArrayLength(nodeEndpoints.length)
          for (const element of nodeEndpoints) encodeFetchResponseNodeEndpoint(inner, version, element)
        })
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

/** Fetch, key 1. */
export const fetch: Api<FetchRequest, FetchResponse> = {
  key: 1,
  name: 'Fetch',
  request: messageCodec(
    'FetchRequest',
    { minVersion: 4, maxVersion: 18, flexibleFrom: 12 },
    decodeFetchRequest,
    encodeFetchRequest,
  ),
  response: messageCodec(
    'FetchResponse',
    { minVersion: 4, maxVersion: 18, flexibleFrom: 12 },
    decodeFetchResponse,
    encodeFetchResponse,
  ),
}
