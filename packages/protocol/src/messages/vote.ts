// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 2. */
export interface VoteRequest {
  /** Default: null. */
  readonly clusterId: string | null
  /** Since version 1. Default: -1. */
  readonly voterId: number
  readonly topics: readonly VoteRequestTopicData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VoteRequestTopicData {
  readonly topicName: string
  readonly partitions: readonly VoteRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VoteRequestPartitionData {
  readonly partitionIndex: number
  readonly replicaEpoch: number
  readonly replicaId: number
  /** Since version 1. */
  readonly replicaDirectoryId: string
  /** Since version 1. */
  readonly voterDirectoryId: string
  readonly lastOffsetEpoch: number
  readonly lastOffset: bigint
  /** Since version 2. */
  readonly preVote: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface VoteResponse {
  readonly errorCode: number
  readonly topics: readonly VoteResponseTopicData[]
  /** Since version 1. */
  readonly nodeEndpoints: readonly VoteResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VoteResponseTopicData {
  readonly topicName: string
  readonly partitions: readonly VoteResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VoteResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly voteGranted: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VoteResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeVoteRequestPartitionData(reader: Reader, version: number): VoteRequestPartitionData {
  const partitionIndex = reader.int32()
  const replicaEpoch = reader.int32()
  const replicaId = reader.int32()
  const replicaDirectoryId = version >= 1 ? reader.uuid() : zeroUuid
  const voterDirectoryId = version >= 1 ? reader.uuid() : zeroUuid
  const lastOffsetEpoch = reader.int32()
  const lastOffset = reader.int64()
  const preVote = version >= 2 ? reader.bool() : false
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VoteRequestPartitionData>({
    partitionIndex,
    replicaEpoch,
    replicaId,
    replicaDirectoryId,
    voterDirectoryId,
    lastOffsetEpoch,
    lastOffset,
    preVote,
  }, unknownTags)
}

function decodeVoteRequestPartitionDataArray(reader: Reader, version: number, count: number): VoteRequestPartitionData[] {
  const elements: VoteRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeVoteRequestPartitionData(reader, version))
  return elements
}

function decodeVoteRequestTopicData(reader: Reader, version: number): VoteRequestTopicData {
  const topicName = reader.compactString()
  const partitions = decodeVoteRequestPartitionDataArray(reader, version, reader.compactArrayLength(25))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VoteRequestTopicData>({ topicName, partitions }, unknownTags)
}

function decodeVoteRequestTopicDataArray(reader: Reader, version: number, count: number): VoteRequestTopicData[] {
  const elements: VoteRequestTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeVoteRequestTopicData(reader, version))
  return elements
}

function decodeVoteRequest(reader: Reader, version: number): VoteRequest {
  const clusterId = reader.compactNullableString()
  const voterId = version >= 1 ? reader.int32() : -1
  const topics = decodeVoteRequestTopicDataArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VoteRequest>({ clusterId, voterId, topics }, unknownTags)
}

function encodeVoteRequestPartitionData(writer: Writer, version: number, message: Init<VoteRequestPartitionData>): void {
  const {
    partitionIndex = 0,
    replicaEpoch = 0,
    replicaId = 0,
    replicaDirectoryId = zeroUuid,
    voterDirectoryId = zeroUuid,
    lastOffsetEpoch = 0,
    lastOffset = 0n,
    preVote = false,
    unknownTags,
  } = message
  if (version < 2 && preVote) {
    throw fieldUnsupported('VoteRequest: preVote', version)
  }
  writer.int32(partitionIndex)
  writer.int32(replicaEpoch)
  writer.int32(replicaId)
  if (version >= 1) writer.uuid(replicaDirectoryId)
  if (version >= 1) writer.uuid(voterDirectoryId)
  writer.int32(lastOffsetEpoch)
  writer.int64(lastOffset)
  if (version >= 2) writer.bool(preVote)
  writer.unknownTags(unknownTags)
}

function encodeVoteRequestTopicData(writer: Writer, version: number, message: Init<VoteRequestTopicData>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeVoteRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeVoteRequest(writer: Writer, version: number, message: Init<VoteRequest>): void {
  const {
    clusterId = null,
    voterId = -1,
    topics = [],
    unknownTags,
  } = message
  writer.compactNullableString(clusterId)
  if (version >= 1) writer.int32(voterId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeVoteRequestTopicData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeVoteResponseNodeEndpoint(reader: Reader, _version: number): VoteResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VoteResponseNodeEndpoint>({ nodeId, host, port }, unknownTags)
}

function decodeVoteResponseNodeEndpointArray(reader: Reader, version: number, count: number): VoteResponseNodeEndpoint[] {
  const elements: VoteResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeVoteResponseNodeEndpoint(reader, version))
  return elements
}

function decodeVoteResponsePartitionData(reader: Reader, _version: number): VoteResponsePartitionData {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const voteGranted = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VoteResponsePartitionData>({
    partitionIndex,
    errorCode,
    leaderId,
    leaderEpoch,
    voteGranted,
  }, unknownTags)
}

function decodeVoteResponsePartitionDataArray(reader: Reader, version: number, count: number): VoteResponsePartitionData[] {
  const elements: VoteResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeVoteResponsePartitionData(reader, version))
  return elements
}

function decodeVoteResponseTopicData(reader: Reader, version: number): VoteResponseTopicData {
  const topicName = reader.compactString()
  const partitions = decodeVoteResponsePartitionDataArray(reader, version, reader.compactArrayLength(16))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VoteResponseTopicData>({ topicName, partitions }, unknownTags)
}

function decodeVoteResponseTopicDataArray(reader: Reader, version: number, count: number): VoteResponseTopicData[] {
  const elements: VoteResponseTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeVoteResponseTopicData(reader, version))
  return elements
}

function decodeVoteResponse(reader: Reader, version: number): VoteResponse {
  const errorCode = reader.int16()
  const topics = decodeVoteResponseTopicDataArray(reader, version, reader.compactArrayLength(3))
  let nodeEndpoints: VoteResponse['nodeEndpoints'] = []
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0 && version >= 1) {
      nodeEndpoints = decodeVoteResponseNodeEndpointArray(reader, version, reader.compactArrayLength(8))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<VoteResponse>({ errorCode, topics, nodeEndpoints }, unknownTags)
}

function encodeVoteResponseNodeEndpoint(writer: Writer, _version: number, message: Init<VoteResponseNodeEndpoint>): void {
  const {
    nodeId = 0,
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.int32(nodeId)
  writer.compactString(host)
  writer.uint16(port)
  writer.unknownTags(unknownTags)
}

function encodeVoteResponsePartitionData(writer: Writer, _version: number, message: Init<VoteResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    leaderId = 0,
    leaderEpoch = 0,
    voteGranted = false,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.bool(voteGranted)
  writer.unknownTags(unknownTags)
}

function encodeVoteResponseTopicData(writer: Writer, version: number, message: Init<VoteResponseTopicData>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeVoteResponsePartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeVoteResponse(writer: Writer, version: number, message: Init<VoteResponse>): void {
  const {
    errorCode = 0,
    topics = [],
    nodeEndpoints = [],
    unknownTags,
  } = message
  if (version < 1 && nodeEndpoints.length !== 0) {
    throw fieldUnsupported('VoteResponse: nodeEndpoints', version)
  }
  writer.int16(errorCode)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeVoteResponseTopicData(writer, version, element)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = version >= 1 && nodeEndpoints.length !== 0
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    if (version >= 1) next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactArrayLength(nodeEndpoints.length)
        for (const element of nodeEndpoints) encodeVoteResponseNodeEndpoint(inner, version, element)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Vote, key 52. */
export const vote: Api<VoteRequest, VoteResponse> = {
  key: 52,
  name: 'Vote',
  request: messageCodec(
    'VoteRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeVoteRequest,
    encodeVoteRequest,
  ),
  response: messageCodec(
    'VoteResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeVoteResponse,
    encodeVoteResponse,
  ),
}
