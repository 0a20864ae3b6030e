// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface FetchSnapshotRequest {
  /** Default: null. */
  readonly clusterId: string | null
  /** Default: -1. */
  readonly replicaId: number
  /** Default: 2147483647. */
  readonly maxBytes: number
  readonly topics: readonly FetchSnapshotRequestTopicSnapshot[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotRequestTopicSnapshot {
  readonly name: string
  readonly partitions: readonly FetchSnapshotRequestPartitionSnapshot[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotRequestPartitionSnapshot {
  readonly partition: number
  readonly currentLeaderEpoch: number
  readonly snapshotId: FetchSnapshotRequestSnapshotId
  readonly position: bigint
  /** Since version 1. */
  readonly replicaDirectoryId: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotRequestSnapshotId {
  readonly endOffset: bigint
  readonly epoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface FetchSnapshotResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly topics: readonly FetchSnapshotResponseTopicSnapshot[]
  /** Since version 1. */
  readonly nodeEndpoints: readonly FetchSnapshotResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotResponseTopicSnapshot {
  readonly name: string
  readonly partitions: readonly FetchSnapshotResponsePartitionSnapshot[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotResponsePartitionSnapshot {
  readonly index: number
  readonly errorCode: number
  readonly snapshotId: FetchSnapshotResponseSnapshotId
  readonly currentLeader: FetchSnapshotResponseLeaderIdAndEpoch
  readonly size: bigint
  readonly position: bigint
  readonly unalignedRecords: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotResponseSnapshotId {
  readonly endOffset: bigint
  readonly epoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotResponseLeaderIdAndEpoch {
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FetchSnapshotResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeFetchSnapshotRequestSnapshotId(reader: Reader, _version: number): FetchSnapshotRequestSnapshotId {
  const endOffset = reader.int64()
  const epoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchSnapshotRequestSnapshotId>({ endOffset, epoch }, unknownTags)
}

function decodeFetchSnapshotRequestPartitionSnapshot(reader: Reader, version: number): FetchSnapshotRequestPartitionSnapshot {
  const partition = reader.int32()
  const currentLeaderEpoch = reader.int32()
  const snapshotId = decodeFetchSnapshotRequestSnapshotId(reader, version)
  const position = reader.int64()
  let replicaDirectoryId: FetchSnapshotRequestPartitionSnapshot['replicaDirectoryId'] = zeroUuid
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0 && version >= 1) {
      replicaDirectoryId = reader.uuid()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<FetchSnapshotRequestPartitionSnapshot>({
    partition,
    currentLeaderEpoch,
    snapshotId,
    position,
    replicaDirectoryId,
  }, unknownTags)
}

function decodeFetchSnapshotRequestPartitionSnapshotArray(reader: Reader, version: number, count: number): FetchSnapshotRequestPartitionSnapshot[] {
  const elements: FetchSnapshotRequestPartitionSnapshot[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchSnapshotRequestPartitionSnapshot(reader, version))
  return elements
}

function decodeFetchSnapshotRequestTopicSnapshot(reader: Reader, version: number): FetchSnapshotRequestTopicSnapshot {
  const name = reader.compactString()
  const partitions = decodeFetchSnapshotRequestPartitionSnapshotArray(reader, version, reader.compactArrayLength(30))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchSnapshotRequestTopicSnapshot>({ name, partitions }, unknownTags)
}

function decodeFetchSnapshotRequestTopicSnapshotArray(reader: Reader, version: number, count: number): FetchSnapshotRequestTopicSnapshot[] {
  const elements: FetchSnapshotRequestTopicSnapshot[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchSnapshotRequestTopicSnapshot(reader, version))
  return elements
}

function decodeFetchSnapshotRequest(reader: Reader, version: number): FetchSnapshotRequest {
  const replicaId = reader.int32()
  const maxBytes = reader.int32()
  const topics = decodeFetchSnapshotRequestTopicSnapshotArray(reader, version, reader.compactArrayLength(3))
  let clusterId: FetchSnapshotRequest['clusterId'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      clusterId = reader.compactNullableString()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<FetchSnapshotRequest>({ clusterId, replicaId, maxBytes, topics }, unknownTags)
}

function encodeFetchSnapshotRequestSnapshotId(writer: Writer, _version: number, message: Init<FetchSnapshotRequestSnapshotId>): void {
  const {
    endOffset = 0n,
    epoch = 0,
    unknownTags,
  } = message
  writer.int64(endOffset)
  writer.int32(epoch)
  writer.unknownTags(unknownTags)
}

function encodeFetchSnapshotRequestPartitionSnapshot(writer: Writer, version: number, message: Init<FetchSnapshotRequestPartitionSnapshot>): void {
  const {
    partition = 0,
    currentLeaderEpoch = 0,
    snapshotId = {},
    position = 0n,
    replicaDirectoryId = zeroUuid,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int32(currentLeaderEpoch)
  encodeFetchSnapshotRequestSnapshotId(writer, version, snapshotId)
  writer.int64(position)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = version >= 1 && replicaDirectoryId !== zeroUuid
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    if (version >= 1) next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 16)
      writer.uuid(replicaDirectoryId)
    }
    writer.tagsFrom(unknown, next)
  }
}

function encodeFetchSnapshotRequestTopicSnapshot(writer: Writer, version: number, message: Init<FetchSnapshotRequestTopicSnapshot>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeFetchSnapshotRequestPartitionSnapshot(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeFetchSnapshotRequest(writer: Writer, version: number, message: Init<FetchSnapshotRequest>): void {
  const {
    clusterId = null,
    replicaId = -1,
    maxBytes = 2147483647,
    topics = [],
    unknownTags,
  } = message
  writer.int32(replicaId)
  writer.int32(maxBytes)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeFetchSnapshotRequestTopicSnapshot(writer, version, element)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = clusterId !== null
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactNullableString(clusterId)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

const defaultFetchSnapshotResponseLeaderIdAndEpoch: FetchSnapshotResponseLeaderIdAndEpoch = {
  leaderId: 0,
  leaderEpoch: 0,
}

function isDefaultFetchSnapshotResponseLeaderIdAndEpoch(message: Init<FetchSnapshotResponseLeaderIdAndEpoch>): boolean {
  if (message === defaultFetchSnapshotResponseLeaderIdAndEpoch) return true
  if (message.leaderId !== undefined && message.leaderId !== 0) return false
  if (message.leaderEpoch !== undefined && message.leaderEpoch !== 0) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

function decodeFetchSnapshotResponseNodeEndpoint(reader: Reader, _version: number): FetchSnapshotResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchSnapshotResponseNodeEndpoint>({ nodeId, host, port }, unknownTags)
}

function decodeFetchSnapshotResponseNodeEndpointArray(reader: Reader, version: number, count: number): FetchSnapshotResponseNodeEndpoint[] {
  const elements: FetchSnapshotResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchSnapshotResponseNodeEndpoint(reader, version))
  return elements
}

function decodeFetchSnapshotResponseLeaderIdAndEpoch(reader: Reader, _version: number): FetchSnapshotResponseLeaderIdAndEpoch {
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchSnapshotResponseLeaderIdAndEpoch>({ leaderId, leaderEpoch }, unknownTags)
}

function decodeFetchSnapshotResponseSnapshotId(reader: Reader, _version: number): FetchSnapshotResponseSnapshotId {
  const endOffset = reader.int64()
  const epoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchSnapshotResponseSnapshotId>({ endOffset, epoch }, unknownTags)
}

function decodeFetchSnapshotResponsePartitionSnapshot(reader: Reader, version: number): FetchSnapshotResponsePartitionSnapshot {
  const index = reader.int32()
  const errorCode = reader.int16()
  const snapshotId = decodeFetchSnapshotResponseSnapshotId(reader, version)
  const size = reader.int64()
  const position = reader.int64()
  const unalignedRecords = reader.compactBytes()
  let currentLeader: FetchSnapshotResponsePartitionSnapshot['currentLeader'] = defaultFetchSnapshotResponseLeaderIdAndEpoch
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      currentLeader = decodeFetchSnapshotResponseLeaderIdAndEpoch(reader, version)
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<FetchSnapshotResponsePartitionSnapshot>({
    index,
    errorCode,
    snapshotId,
    currentLeader,
    size,
    position,
    unalignedRecords,
  }, unknownTags)
}

function decodeFetchSnapshotResponsePartitionSnapshotArray(reader: Reader, version: number, count: number): FetchSnapshotResponsePartitionSnapshot[] {
  const elements: FetchSnapshotResponsePartitionSnapshot[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchSnapshotResponsePartitionSnapshot(reader, version))
  return elements
}

function decodeFetchSnapshotResponseTopicSnapshot(reader: Reader, version: number): FetchSnapshotResponseTopicSnapshot {
  const name = reader.compactString()
  const partitions = decodeFetchSnapshotResponsePartitionSnapshotArray(reader, version, reader.compactArrayLength(37))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FetchSnapshotResponseTopicSnapshot>({ name, partitions }, unknownTags)
}

function decodeFetchSnapshotResponseTopicSnapshotArray(reader: Reader, version: number, count: number): FetchSnapshotResponseTopicSnapshot[] {
  const elements: FetchSnapshotResponseTopicSnapshot[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFetchSnapshotResponseTopicSnapshot(reader, version))
  return elements
}

function decodeFetchSnapshotResponse(reader: Reader, version: number): FetchSnapshotResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const topics = decodeFetchSnapshotResponseTopicSnapshotArray(reader, version, reader.compactArrayLength(3))
  let nodeEndpoints: FetchSnapshotResponse['nodeEndpoints'] = []
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0 && version >= 1) {
      nodeEndpoints = decodeFetchSnapshotResponseNodeEndpointArray(reader, version, reader.compactArrayLength(8))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<FetchSnapshotResponse>({ throttleTimeMs, errorCode, topics, nodeEndpoints }, unknownTags)
}

function encodeFetchSnapshotResponseNodeEndpoint(writer: Writer, _version: number, message: Init<FetchSnapshotResponseNodeEndpoint>): void {
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

function encodeFetchSnapshotResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: Init<FetchSnapshotResponseLeaderIdAndEpoch>): void {
  const {
    leaderId = 0,
    leaderEpoch = 0,
    unknownTags,
  } = message
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.unknownTags(unknownTags)
}

function encodeFetchSnapshotResponseSnapshotId(writer: Writer, _version: number, message: Init<FetchSnapshotResponseSnapshotId>): void {
  const {
    endOffset = 0n,
    epoch = 0,
    unknownTags,
  } = message
  writer.int64(endOffset)
  writer.int32(epoch)
  writer.unknownTags(unknownTags)
}

function encodeFetchSnapshotResponsePartitionSnapshot(writer: Writer, version: number, message: Init<FetchSnapshotResponsePartitionSnapshot>): void {
  const {
    index = 0,
    errorCode = 0,
    snapshotId = {},
    currentLeader = defaultFetchSnapshotResponseLeaderIdAndEpoch,
    size = 0n,
    position = 0n,
    unalignedRecords = noBytes,
    unknownTags,
  } = message
  writer.int32(index)
  writer.int16(errorCode)
  encodeFetchSnapshotResponseSnapshotId(writer, version, snapshotId)
  writer.int64(size)
  writer.int64(position)
  writer.compactBytes(unalignedRecords)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = !isDefaultFetchSnapshotResponseLeaderIdAndEpoch(currentLeader)
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        encodeFetchSnapshotResponseLeaderIdAndEpoch(inner, version, currentLeader)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

function encodeFetchSnapshotResponseTopicSnapshot(writer: Writer, version: number, message: Init<FetchSnapshotResponseTopicSnapshot>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeFetchSnapshotResponsePartitionSnapshot(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeFetchSnapshotResponse(writer: Writer, version: number, message: Init<FetchSnapshotResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    topics = [],
    nodeEndpoints = [],
    unknownTags,
  } = message
  if (version < 1 && nodeEndpoints.length !== 0) {
    throw fieldUnsupported('FetchSnapshotResponse: nodeEndpoints', version)
  }
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeFetchSnapshotResponseTopicSnapshot(writer, version, element)
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
        for (const element of nodeEndpoints) encodeFetchSnapshotResponseNodeEndpoint(inner, version, element)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** FetchSnapshot, key 59. */
export const fetchSnapshot: Api<FetchSnapshotRequest, FetchSnapshotResponse> = {
  key: 59,
  name: 'FetchSnapshot',
  request: messageCodec(
    'FetchSnapshotRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeFetchSnapshotRequest,
    encodeFetchSnapshotRequest,
  ),
  response: messageCodec(
    'FetchSnapshotResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeFetchSnapshotResponse,
    encodeFetchSnapshotResponse,
  ),
}
