// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface BeginQuorumEpochRequest {
  /** Default: null. */
  readonly clusterId: string | null
  /** Since version 1. Default: -1. */
  readonly voterId: number
  readonly topics: readonly BeginQuorumEpochRequestTopicData[]
  /** Since version 1. */
  readonly leaderEndpoints: readonly BeginQuorumEpochRequestLeaderEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BeginQuorumEpochRequestTopicData {
  readonly topicName: string
  readonly partitions: readonly BeginQuorumEpochRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BeginQuorumEpochRequestPartitionData {
  readonly partitionIndex: number
  /** Since version 1. */
  readonly voterDirectoryId: string
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BeginQuorumEpochRequestLeaderEndpoint {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface BeginQuorumEpochResponse {
  readonly errorCode: number
  readonly topics: readonly BeginQuorumEpochResponseTopicData[]
  /** Since version 1. */
  readonly nodeEndpoints: readonly BeginQuorumEpochResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BeginQuorumEpochResponseTopicData {
  readonly topicName: string
  readonly partitions: readonly BeginQuorumEpochResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BeginQuorumEpochResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BeginQuorumEpochResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeBeginQuorumEpochRequestLeaderEndpoint(reader: Reader, _version: number): BeginQuorumEpochRequestLeaderEndpoint {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<BeginQuorumEpochRequestLeaderEndpoint>({ name, host, port }, unknownTags)
}

function decodeBeginQuorumEpochRequestLeaderEndpointArray(reader: Reader, version: number, count: number): BeginQuorumEpochRequestLeaderEndpoint[] {
  const elements: BeginQuorumEpochRequestLeaderEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBeginQuorumEpochRequestLeaderEndpoint(reader, version))
  return elements
}

function decodeBeginQuorumEpochRequestPartitionData(reader: Reader, version: number): BeginQuorumEpochRequestPartitionData {
  const flexible = version >= 1
  const partitionIndex = reader.int32()
  const voterDirectoryId = version >= 1 ? reader.uuid() : zeroUuid
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<BeginQuorumEpochRequestPartitionData>({
    partitionIndex,
    voterDirectoryId,
    leaderId,
    leaderEpoch,
  }, unknownTags)
}

function decodeBeginQuorumEpochRequestPartitionDataArray(reader: Reader, version: number, count: number): BeginQuorumEpochRequestPartitionData[] {
  const elements: BeginQuorumEpochRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBeginQuorumEpochRequestPartitionData(reader, version))
  return elements
}

function decodeBeginQuorumEpochRequestTopicData(reader: Reader, version: number): BeginQuorumEpochRequestTopicData {
  const flexible = version >= 1
  const topicName = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeBeginQuorumEpochRequestPartitionDataArray(reader, version, reader.compactArrayLength(29))
    : decodeBeginQuorumEpochRequestPartitionDataArray(reader, version, reader.arrayLength(12))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<BeginQuorumEpochRequestTopicData>({ topicName, partitions }, unknownTags)
}

function decodeBeginQuorumEpochRequestTopicDataArray(reader: Reader, version: number, count: number): BeginQuorumEpochRequestTopicData[] {
  const elements: BeginQuorumEpochRequestTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBeginQuorumEpochRequestTopicData(reader, version))
  return elements
}

function decodeBeginQuorumEpochRequest(reader: Reader, version: number): BeginQuorumEpochRequest {
  const flexible = version >= 1
  const clusterId = flexible ? reader.compactNullableString() : reader.nullableString()
  const voterId = version >= 1 ? reader.int32() : -1
  const topics = flexible
    ? decodeBeginQuorumEpochRequestTopicDataArray(reader, version, reader.compactArrayLength(3))
    : decodeBeginQuorumEpochRequestTopicDataArray(reader, version, reader.arrayLength(6))
  const leaderEndpoints = version >= 1
    ? decodeBeginQuorumEpochRequestLeaderEndpointArray(reader, version, reader.compactArrayLength(5))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<BeginQuorumEpochRequest>({ clusterId, voterId, topics, leaderEndpoints }, unknownTags)
}

function encodeBeginQuorumEpochRequestLeaderEndpoint(writer: Writer, _version: number, message: Init<BeginQuorumEpochRequestLeaderEndpoint>): void {
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

function encodeBeginQuorumEpochRequestPartitionData(writer: Writer, version: number, message: Init<BeginQuorumEpochRequestPartitionData>): void {
  const {
    partitionIndex = 0,
    voterDirectoryId = zeroUuid,
    leaderId = 0,
    leaderEpoch = 0,
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int32(partitionIndex)
  if (version >= 1) writer.uuid(voterDirectoryId)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeBeginQuorumEpochRequestTopicData(writer: Writer, version: number, message: Init<BeginQuorumEpochRequestTopicData>): void {
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
  for (const element of partitions) encodeBeginQuorumEpochRequestPartitionData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeBeginQuorumEpochRequest(writer: Writer, version: number, message: Init<BeginQuorumEpochRequest>): void {
  const {
    clusterId = null,
    voterId = -1,
    topics = [],
    leaderEndpoints = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactNullableString(clusterId)
  else writer.nullableString(clusterId)
  if (version >= 1) writer.int32(voterId)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeBeginQuorumEpochRequestTopicData(writer, version, element)
  if (version >= 1) {
    writer.compactArrayLength(leaderEndpoints.length)
    for (const element of leaderEndpoints) encodeBeginQuorumEpochRequestLeaderEndpoint(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeBeginQuorumEpochResponseNodeEndpoint(reader: Reader, _version: number): BeginQuorumEpochResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<BeginQuorumEpochResponseNodeEndpoint>({ nodeId, host, port }, unknownTags)
}

function decodeBeginQuorumEpochResponseNodeEndpointArray(reader: Reader, version: number, count: number): BeginQuorumEpochResponseNodeEndpoint[] {
  const elements: BeginQuorumEpochResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBeginQuorumEpochResponseNodeEndpoint(reader, version))
  return elements
}

function decodeBeginQuorumEpochResponsePartitionData(reader: Reader, version: number): BeginQuorumEpochResponsePartitionData {
  const flexible = version >= 1
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<BeginQuorumEpochResponsePartitionData>({
    partitionIndex,
    errorCode,
    leaderId,
    leaderEpoch,
  }, unknownTags)
}

function decodeBeginQuorumEpochResponsePartitionDataArray(reader: Reader, version: number, count: number): BeginQuorumEpochResponsePartitionData[] {
  const elements: BeginQuorumEpochResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBeginQuorumEpochResponsePartitionData(reader, version))
  return elements
}

function decodeBeginQuorumEpochResponseTopicData(reader: Reader, version: number): BeginQuorumEpochResponseTopicData {
  const flexible = version >= 1
  const topicName = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? decodeBeginQuorumEpochResponsePartitionDataArray(reader, version, reader.compactArrayLength(15))
    : decodeBeginQuorumEpochResponsePartitionDataArray(reader, version, reader.arrayLength(14))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<BeginQuorumEpochResponseTopicData>({ topicName, partitions }, unknownTags)
}

function decodeBeginQuorumEpochResponseTopicDataArray(reader: Reader, version: number, count: number): BeginQuorumEpochResponseTopicData[] {
  const elements: BeginQuorumEpochResponseTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBeginQuorumEpochResponseTopicData(reader, version))
  return elements
}

function decodeBeginQuorumEpochResponse(reader: Reader, version: number): BeginQuorumEpochResponse {
  const flexible = version >= 1
  const errorCode = reader.int16()
  const topics = flexible
    ? decodeBeginQuorumEpochResponseTopicDataArray(reader, version, reader.compactArrayLength(3))
    : decodeBeginQuorumEpochResponseTopicDataArray(reader, version, reader.arrayLength(6))
  let nodeEndpoints: BeginQuorumEpochResponse['nodeEndpoints'] = []
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        nodeEndpoints = decodeBeginQuorumEpochResponseNodeEndpointArray(reader, version, reader.compactArrayLength(8))
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<BeginQuorumEpochResponse>({ errorCode, topics, nodeEndpoints }, unknownTags)
}

function encodeBeginQuorumEpochResponseNodeEndpoint(writer: Writer, _version: number, message: Init<BeginQuorumEpochResponseNodeEndpoint>): void {
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

function encodeBeginQuorumEpochResponsePartitionData(writer: Writer, version: number, message: Init<BeginQuorumEpochResponsePartitionData>): void {
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

function encodeBeginQuorumEpochResponseTopicData(writer: Writer, version: number, message: Init<BeginQuorumEpochResponseTopicData>): void {
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
  for (const element of partitions) encodeBeginQuorumEpochResponsePartitionData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeBeginQuorumEpochResponse(writer: Writer, version: number, message: Init<BeginQuorumEpochResponse>): void {
  const {
    errorCode = 0,
    topics = [],
    nodeEndpoints = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (version < 1 && nodeEndpoints.length !== 0) {
    throw fieldUnsupported('BeginQuorumEpochResponse: nodeEndpoints', version)
  }
  writer.int16(errorCode)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeBeginQuorumEpochResponseTopicData(writer, version, element)
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
          for (const element of nodeEndpoints) encodeBeginQuorumEpochResponseNodeEndpoint(inner, version, element)
        })
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

/** BeginQuorumEpoch, key 53. */
export const beginQuorumEpoch: Api<BeginQuorumEpochRequest, BeginQuorumEpochResponse> = {
  key: 53,
  name: 'BeginQuorumEpoch',
  request: messageCodec(
    'BeginQuorumEpochRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeBeginQuorumEpochRequest,
    encodeBeginQuorumEpochRequest,
  ),
  response: messageCodec(
    'BeginQuorumEpochResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeBeginQuorumEpochResponse,
    encodeBeginQuorumEpochResponse,
  ),
}
