// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface EndQuorumEpochRequest {
  /** Default: null. */
  readonly clusterId: string | null
  readonly topics: readonly EndQuorumEpochRequestTopicData[]
  /** Since version 1. */
  readonly leaderEndpoints: readonly EndQuorumEpochRequestLeaderEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface EndQuorumEpochRequestTopicData {
  readonly topicName: string
  readonly partitions: readonly EndQuorumEpochRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface EndQuorumEpochRequestPartitionData {
  readonly partitionIndex: number
  readonly leaderId: number
  readonly leaderEpoch: number
  /** Only version 0. */
  readonly preferredSuccessors: readonly number[]
  /** Since version 1. */
  readonly preferredCandidates: readonly EndQuorumEpochRequestReplicaInfo[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface EndQuorumEpochRequestReplicaInfo {
  readonly candidateId: number
  readonly candidateDirectoryId: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface EndQuorumEpochRequestLeaderEndpoint {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface EndQuorumEpochResponse {
  readonly errorCode: number
  readonly topics: readonly EndQuorumEpochResponseTopicData[]
  /** Since version 1. */
  readonly nodeEndpoints: readonly EndQuorumEpochResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface EndQuorumEpochResponseTopicData {
  readonly topicName: string
  readonly partitions: readonly EndQuorumEpochResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface EndQuorumEpochResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface EndQuorumEpochResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeEndQuorumEpochRequestLeaderEndpoint(reader: Reader, _version: number): EndQuorumEpochRequestLeaderEndpoint {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<EndQuorumEpochRequestLeaderEndpoint>({ name, host, port }, unknownTags)
}

function decodeEndQuorumEpochRequestLeaderEndpointArray(reader: Reader, version: number, count: number): EndQuorumEpochRequestLeaderEndpoint[] {
  const elements: EndQuorumEpochRequestLeaderEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeEndQuorumEpochRequestLeaderEndpoint(reader, version))
  return elements
}

function decodeEndQuorumEpochRequestReplicaInfo(reader: Reader, _version: number): EndQuorumEpochRequestReplicaInfo {
  const candidateId = reader.int32()
  const candidateDirectoryId = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<EndQuorumEpochRequestReplicaInfo>({ candidateId, candidateDirectoryId }, unknownTags)
}

function decodeEndQuorumEpochRequestReplicaInfoArray(reader: Reader, version: number, count: number): EndQuorumEpochRequestReplicaInfo[] {
  const elements: EndQuorumEpochRequestReplicaInfo[] = []
  for (let index = 0; index < count; index++) elements.push(decodeEndQuorumEpochRequestReplicaInfo(reader, version))
  return elements
}

function decodeEndQuorumEpochRequestPartitionData(reader: Reader, version: number): EndQuorumEpochRequestPartitionData {
  const flexible = version >= 1
  const partitionIndex = reader.int32()
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const preferredSuccessors = version <= 0 ? reader.int32Array(reader.arrayLength(4)) : []
  const preferredCandidates = version >= 1
    ? decodeEndQuorumEpochRequestReplicaInfoArray(reader, version, reader.compactArrayLength(21))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<EndQuorumEpochRequestPartitionData>({
    partitionIndex,
    leaderId,
    leaderEpoch,
    preferredSuccessors,
    preferredCandidates,
  }, unknownTags)
}

function decodeEndQuorumEpochRequestPartitionDataArray(reader: Reader, version: number, count: number): EndQuorumEpochRequestPartitionData[] {
  const elements: EndQuorumEpochRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeEndQuorumEpochRequestPartitionData(reader, version))
  return elements
}

function decodeEndQuorumEpochRequestTopicData(reader: Reader, version: number): EndQuorumEpochRequestTopicData {
  const flexible = version >= 1
  const topicName = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeEndQuorumEpochRequestPartitionDataArray(reader, version, reader.compactArrayLength(14))
    : decodeEndQuorumEpochRequestPartitionDataArray(reader, version, reader.arrayLength(16))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<EndQuorumEpochRequestTopicData>({ topicName, partitions }, unknownTags)
}

function decodeEndQuorumEpochRequestTopicDataArray(reader: Reader, version: number, count: number): EndQuorumEpochRequestTopicData[] {
  const elements: EndQuorumEpochRequestTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeEndQuorumEpochRequestTopicData(reader, version))
  return elements
}

function decodeEndQuorumEpochRequest(reader: Reader, version: number): EndQuorumEpochRequest {
  const flexible = version >= 1
  const clusterId = flexible ? reader.compactNullableString() : reader.nullableString()
  const topics = flexible
    ? decodeEndQuorumEpochRequestTopicDataArray(reader, version, reader.compactArrayLength(3))
    : decodeEndQuorumEpochRequestTopicDataArray(reader, version, reader.arrayLength(6))
  const leaderEndpoints = version >= 1
    ? decodeEndQuorumEpochRequestLeaderEndpointArray(reader, version, reader.compactArrayLength(5))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<EndQuorumEpochRequest>({ clusterId, topics, leaderEndpoints }, unknownTags)
}

function encodeEndQuorumEpochRequestLeaderEndpoint(writer: Writer, _version: number, message: Init<EndQuorumEpochRequestLeaderEndpoint>): void {
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

function encodeEndQuorumEpochRequestReplicaInfo(writer: Writer, _version: number, message: Init<EndQuorumEpochRequestReplicaInfo>): void {
  const {
    candidateId = 0,
    candidateDirectoryId = zeroUuid,
    unknownTags,
  } = message
  writer.int32(candidateId)
  writer.uuid(candidateDirectoryId)
  writer.unknownTags(unknownTags)
}

function encodeEndQuorumEpochRequestPartitionData(writer: Writer, version: number, message: Init<EndQuorumEpochRequestPartitionData>): void {
  const {
    partitionIndex = 0,
    leaderId = 0,
    leaderEpoch = 0,
    preferredSuccessors = [],
    preferredCandidates = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int32(partitionIndex)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  if (version <= 0) {
    writer.arrayLength(preferredSuccessors.length)
    writer.int32Array(preferredSuccessors)
  }
  if (version >= 1) {
    writer.compactArrayLength(preferredCandidates.length)
    for (const element of preferredCandidates) encodeEndQuorumEpochRequestReplicaInfo(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeEndQuorumEpochRequestTopicData(writer: Writer, version: number, message: Init<EndQuorumEpochRequestTopicData>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(topicName)
  else writer.string(topicName)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeEndQuorumEpochRequestPartitionData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeEndQuorumEpochRequest(writer: Writer, version: number, message: Init<EndQuorumEpochRequest>): void {
  const {
    clusterId = null,
    topics = [],
    leaderEndpoints = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactNullableString(clusterId)
  else writer.nullableString(clusterId)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeEndQuorumEpochRequestTopicData(writer, version, element)
  if (version >= 1) {
    writer.compactArrayLength(leaderEndpoints.length)
    for (const element of leaderEndpoints) encodeEndQuorumEpochRequestLeaderEndpoint(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeEndQuorumEpochResponseNodeEndpoint(reader: Reader, _version: number): EndQuorumEpochResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<EndQuorumEpochResponseNodeEndpoint>({ nodeId, host, port }, unknownTags)
}

function decodeEndQuorumEpochResponseNodeEndpointArray(reader: Reader, version: number, count: number): EndQuorumEpochResponseNodeEndpoint[] {
  const elements: EndQuorumEpochResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeEndQuorumEpochResponseNodeEndpoint(reader, version))
  return elements
}

function decodeEndQuorumEpochResponsePartitionData(reader: Reader, version: number): EndQuorumEpochResponsePartitionData {
  const flexible = version >= 1
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<EndQuorumEpochResponsePartitionData>({
    partitionIndex,
    errorCode,
    leaderId,
    leaderEpoch,
  }, unknownTags)
}

function decodeEndQuorumEpochResponsePartitionDataArray(reader: Reader, version: number, count: number): EndQuorumEpochResponsePartitionData[] {
  const elements: EndQuorumEpochResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeEndQuorumEpochResponsePartitionData(reader, version))
  return elements
}

function decodeEndQuorumEpochResponseTopicData(reader: Reader, version: number): EndQuorumEpochResponseTopicData {
  const flexible = version >= 1
  const topicName = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeEndQuorumEpochResponsePartitionDataArray(reader, version, reader.compactArrayLength(15))
    : decodeEndQuorumEpochResponsePartitionDataArray(reader, version, reader.arrayLength(14))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<EndQuorumEpochResponseTopicData>({ topicName, partitions }, unknownTags)
}

function decodeEndQuorumEpochResponseTopicDataArray(reader: Reader, version: number, count: number): EndQuorumEpochResponseTopicData[] {
  const elements: EndQuorumEpochResponseTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeEndQuorumEpochResponseTopicData(reader, version))
  return elements
}

function decodeEndQuorumEpochResponse(reader: Reader, version: number): EndQuorumEpochResponse {
  const flexible = version >= 1
  const errorCode = reader.int16()
  const topics = flexible
    ? decodeEndQuorumEpochResponseTopicDataArray(reader, version, reader.compactArrayLength(3))
    : decodeEndQuorumEpochResponseTopicDataArray(reader, version, reader.arrayLength(6))
  let nodeEndpoints: EndQuorumEpochResponse['nodeEndpoints'] = []
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        nodeEndpoints = decodeEndQuorumEpochResponseNodeEndpointArray(reader, version, reader.compactArrayLength(8))
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<EndQuorumEpochResponse>({ errorCode, topics, nodeEndpoints }, unknownTags)
}

function encodeEndQuorumEpochResponseNodeEndpoint(writer: Writer, _version: number, message: Init<EndQuorumEpochResponseNodeEndpoint>): void {
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

function encodeEndQuorumEpochResponsePartitionData(writer: Writer, version: number, message: Init<EndQuorumEpochResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    leaderId = 0,
    leaderEpoch = 0,
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeEndQuorumEpochResponseTopicData(writer: Writer, version: number, message: Init<EndQuorumEpochResponseTopicData>): void {
  const {
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(topicName)
  else writer.string(topicName)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeEndQuorumEpochResponsePartitionData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeEndQuorumEpochResponse(writer: Writer, version: number, message: Init<EndQuorumEpochResponse>): void {
  const {
    errorCode = 0,
    topics = [],
    nodeEndpoints = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (version < 1 && nodeEndpoints.length !== 0) {
    throw fieldUnsupported('EndQuorumEpochResponse: nodeEndpoints', version)
  }
  writer.int16(errorCode)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeEndQuorumEpochResponseTopicData(writer, version, element)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = nodeEndpoints.length !== 0
    if (has0) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tagWith(0, (inner) => {
          inner.compactArrayLength(nodeEndpoints.length)
          for (const element of nodeEndpoints) encodeEndQuorumEpochResponseNodeEndpoint(inner, version, element)
        })
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

/** EndQuorumEpoch, key 54. */
export const endQuorumEpoch: Api<EndQuorumEpochRequest, EndQuorumEpochResponse> = {
  key: 54,
  name: 'EndQuorumEpoch',
  request: messageCodec(
    'EndQuorumEpochRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeEndQuorumEpochRequest,
    encodeEndQuorumEpochRequest,
  ),
  response: messageCodec(
    'EndQuorumEpochResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeEndQuorumEpochResponse,
    encodeEndQuorumEpochResponse,
  ),
}
