// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 2. */
export interface DescribeQuorumRequest {
  readonly topics: readonly DescribeQuorumRequestTopicData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeQuorumRequestTopicData {
  readonly topicName: string
  readonly partitions: readonly DescribeQuorumRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeQuorumRequestPartitionData {
  readonly partitionIndex: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface DescribeQuorumResponse {
  readonly errorCode: number
  /** Since version 2. */
  readonly errorMessage: string | null
  readonly topics: readonly DescribeQuorumResponseTopicData[]
  /** Since version 2. */
  readonly nodes: readonly DescribeQuorumResponseNode[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeQuorumResponseTopicData {
  readonly topicName: string
  readonly partitions: readonly DescribeQuorumResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeQuorumResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  /** Since version 2. */
  readonly errorMessage: string | null
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly highWatermark: bigint
  readonly currentVoters: readonly DescribeQuorumResponseReplicaState[]
  readonly observers: readonly DescribeQuorumResponseReplicaState[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeQuorumResponseReplicaState {
  readonly replicaId: number
  /** Since version 2. */
  readonly replicaDirectoryId: string
  readonly logEndOffset: bigint
  /** Since version 1. Default: -1. */
  readonly lastFetchTimestamp: bigint
  /** Since version 1. Default: -1. */
  readonly lastCaughtUpTimestamp: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeQuorumResponseNode {
  readonly nodeId: number
  readonly listeners: readonly DescribeQuorumResponseListener[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeQuorumResponseListener {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeQuorumRequestPartitionData(reader: Reader, _version: number): DescribeQuorumRequestPartitionData {
  const partitionIndex = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumRequestPartitionData>({ partitionIndex }, unknownTags)
}

function decodeDescribeQuorumRequestPartitionDataArray(reader: Reader, version: number, count: number): DescribeQuorumRequestPartitionData[] {
  const elements: DescribeQuorumRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeQuorumRequestPartitionData(reader, version))
  return elements
}

function decodeDescribeQuorumRequestTopicData(reader: Reader, version: number): DescribeQuorumRequestTopicData {
  const topicName = reader.compactString()
  const partitions = decodeDescribeQuorumRequestPartitionDataArray(reader, version, reader.compactArrayLength(5))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumRequestTopicData>({ topicName, partitions }, unknownTags)
}

function decodeDescribeQuorumRequestTopicDataArray(reader: Reader, version: number, count: number): DescribeQuorumRequestTopicData[] {
  const elements: DescribeQuorumRequestTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeQuorumRequestTopicData(reader, version))
  return elements
}

function decodeDescribeQuorumRequest(reader: Reader, version: number): DescribeQuorumRequest {
  const topics = decodeDescribeQuorumRequestTopicDataArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumRequest>({ topics }, unknownTags)
}

function encodeDescribeQuorumRequestPartitionData(writer: Writer, _version: number, message: Init<DescribeQuorumRequestPartitionData>): void {
  const {
    partitionIndex = 0,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.unknownTags(unknownTags)
}

function encodeDescribeQuorumRequestTopicData(writer: Writer, version: number, message: Init<DescribeQuorumRequestTopicData>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeDescribeQuorumRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeQuorumRequest(writer: Writer, version: number, message: Init<DescribeQuorumRequest>): void {
  const {
    topics = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeQuorumRequestTopicData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeDescribeQuorumResponseListener(reader: Reader, _version: number): DescribeQuorumResponseListener {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumResponseListener>({ name, host, port }, unknownTags)
}

function decodeDescribeQuorumResponseListenerArray(reader: Reader, version: number, count: number): DescribeQuorumResponseListener[] {
  const elements: DescribeQuorumResponseListener[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeQuorumResponseListener(reader, version))
  return elements
}

function decodeDescribeQuorumResponseNode(reader: Reader, version: number): DescribeQuorumResponseNode {
  const nodeId = reader.int32()
  const listeners = decodeDescribeQuorumResponseListenerArray(reader, version, reader.compactArrayLength(5))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumResponseNode>({ nodeId, listeners }, unknownTags)
}

function decodeDescribeQuorumResponseNodeArray(reader: Reader, version: number, count: number): DescribeQuorumResponseNode[] {
  const elements: DescribeQuorumResponseNode[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeQuorumResponseNode(reader, version))
  return elements
}

function decodeDescribeQuorumResponseReplicaState(reader: Reader, version: number): DescribeQuorumResponseReplicaState {
  const replicaId = reader.int32()
  const replicaDirectoryId = version >= 2 ? reader.uuid() : zeroUuid
  const logEndOffset = reader.int64()
  const lastFetchTimestamp = version >= 1 ? reader.int64() : -1n
  const lastCaughtUpTimestamp = version >= 1 ? reader.int64() : -1n
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumResponseReplicaState>({
    replicaId,
    replicaDirectoryId,
    logEndOffset,
    lastFetchTimestamp,
    lastCaughtUpTimestamp,
  }, unknownTags)
}

function decodeDescribeQuorumResponseReplicaStateArray(reader: Reader, version: number, count: number): DescribeQuorumResponseReplicaState[] {
  const elements: DescribeQuorumResponseReplicaState[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeQuorumResponseReplicaState(reader, version))
  return elements
}

function decodeDescribeQuorumResponsePartitionData(reader: Reader, version: number): DescribeQuorumResponsePartitionData {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = version >= 2 ? reader.compactNullableString() : ''
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const highWatermark = reader.int64()
  const currentVoters = decodeDescribeQuorumResponseReplicaStateArray(reader, version, reader.compactArrayLength(13))
  const observers = decodeDescribeQuorumResponseReplicaStateArray(reader, version, reader.compactArrayLength(13))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumResponsePartitionData>({
    partitionIndex,
    errorCode,
    errorMessage,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters,
    observers,
  }, unknownTags)
}

function decodeDescribeQuorumResponsePartitionDataArray(reader: Reader, version: number, count: number): DescribeQuorumResponsePartitionData[] {
  const elements: DescribeQuorumResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeQuorumResponsePartitionData(reader, version))
  return elements
}

function decodeDescribeQuorumResponseTopicData(reader: Reader, version: number): DescribeQuorumResponseTopicData {
  const topicName = reader.compactString()
  const partitions = decodeDescribeQuorumResponsePartitionDataArray(reader, version, reader.compactArrayLength(25))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumResponseTopicData>({ topicName, partitions }, unknownTags)
}

function decodeDescribeQuorumResponseTopicDataArray(reader: Reader, version: number, count: number): DescribeQuorumResponseTopicData[] {
  const elements: DescribeQuorumResponseTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeQuorumResponseTopicData(reader, version))
  return elements
}

function decodeDescribeQuorumResponse(reader: Reader, version: number): DescribeQuorumResponse {
  const errorCode = reader.int16()
  const errorMessage = version >= 2 ? reader.compactNullableString() : ''
  const topics = decodeDescribeQuorumResponseTopicDataArray(reader, version, reader.compactArrayLength(3))
  const nodes = version >= 2 ? decodeDescribeQuorumResponseNodeArray(reader, version, reader.compactArrayLength(6)) : []
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeQuorumResponse>({ errorCode, errorMessage, topics, nodes }, unknownTags)
}

function encodeDescribeQuorumResponseListener(writer: Writer, _version: number, message: Init<DescribeQuorumResponseListener>): void {
  const {
    name = '',
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactString(host)
  writer.uint16(port)
  writer.unknownTags(unknownTags)
}

function encodeDescribeQuorumResponseNode(writer: Writer, version: number, message: Init<DescribeQuorumResponseNode>): void {
  const {
    nodeId = 0,
    listeners = [],
    unknownTags,
  } = message
  writer.int32(nodeId)
  writer.compactArrayLength(listeners.length)
  for (const element of listeners) encodeDescribeQuorumResponseListener(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeQuorumResponseReplicaState(writer: Writer, version: number, message: Init<DescribeQuorumResponseReplicaState>): void {
  const {
    replicaId = 0,
    replicaDirectoryId = zeroUuid,
    logEndOffset = 0n,
    lastFetchTimestamp = -1n,
    lastCaughtUpTimestamp = -1n,
    unknownTags,
  } = message
  if (version < 2 && replicaDirectoryId !== zeroUuid) {
    throw fieldUnsupported('DescribeQuorumResponse: replicaDirectoryId', version)
  }
  writer.int32(replicaId)
  if (version >= 2) writer.uuid(replicaDirectoryId)
  writer.int64(logEndOffset)
  if (version >= 1) writer.int64(lastFetchTimestamp)
  if (version >= 1) writer.int64(lastCaughtUpTimestamp)
  writer.unknownTags(unknownTags)
}

function encodeDescribeQuorumResponsePartitionData(writer: Writer, version: number, message: Init<DescribeQuorumResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    errorMessage = '',
    leaderId = 0,
    leaderEpoch = 0,
    highWatermark = 0n,
    currentVoters = [],
    observers = [],
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  if (version >= 2) writer.compactNullableString(errorMessage)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.int64(highWatermark)
  writer.compactArrayLength(currentVoters.length)
  for (const element of currentVoters) encodeDescribeQuorumResponseReplicaState(writer, version, element)
  writer.compactArrayLength(observers.length)
  for (const element of observers) encodeDescribeQuorumResponseReplicaState(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeQuorumResponseTopicData(writer: Writer, version: number, message: Init<DescribeQuorumResponseTopicData>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeDescribeQuorumResponsePartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeQuorumResponse(writer: Writer, version: number, message: Init<DescribeQuorumResponse>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    topics = [],
    nodes = [],
    unknownTags,
  } = message
  if (version < 2 && nodes.length !== 0) {
    throw fieldUnsupported('DescribeQuorumResponse: nodes', version)
  }
  writer.int16(errorCode)
  if (version >= 2) writer.compactNullableString(errorMessage)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeQuorumResponseTopicData(writer, version, element)
  if (version >= 2) {
    writer.compactArrayLength(nodes.length)
    for (const element of nodes) encodeDescribeQuorumResponseNode(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

/** DescribeQuorum, key 55. */
export const describeQuorum: Api<DescribeQuorumRequest, DescribeQuorumResponse> = {
  key: 55,
  name: 'DescribeQuorum',
  request: messageCodec(
    'DescribeQuorumRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeDescribeQuorumRequest,
    encodeDescribeQuorumRequest,
  ),
  response: messageCodec(
    'DescribeQuorumResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeDescribeQuorumResponse,
    encodeDescribeQuorumResponse,
  ),
}
