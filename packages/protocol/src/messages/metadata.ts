// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, nullNotAllowed, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 13. */
export interface MetadataRequest {
  /** Null since version 1. */
  readonly topics: readonly MetadataRequestTopic[] | null
  /** Since version 4. Default: true. */
  readonly allowAutoTopicCreation: boolean
  /** Versions 8 to 10. */
  readonly includeClusterAuthorizedOperations: boolean
  /** Since version 8. */
  readonly includeTopicAuthorizedOperations: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface MetadataRequestTopic {
  /** Since version 10. */
  readonly topicId: string
  /** Null since version 10. */
  readonly name: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 13. */
export interface MetadataResponse {
  /** Since version 3. */
  readonly throttleTimeMs: number
  readonly brokers: readonly MetadataResponseBroker[]
  /** Since version 2. Default: null. */
  readonly clusterId: string | null
  /** Since version 1. Default: -1. */
  readonly controllerId: number
  readonly topics: readonly MetadataResponseTopic[]
  /** Versions 8 to 10. Default: -2147483648. */
  readonly clusterAuthorizedOperations: number
  /** Since version 13. */
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface MetadataResponseBroker {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Since version 1. Default: null. */
  readonly rack: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface MetadataResponseTopic {
  readonly errorCode: number
  /** Null since version 12. */
  readonly name: string | null
  /** Since version 10. */
  readonly topicId: string
  /** Since version 1. */
  readonly isInternal: boolean
  readonly partitions: readonly MetadataResponsePartition[]
  /** Since version 8. Default: -2147483648. */
  readonly topicAuthorizedOperations: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface MetadataResponsePartition {
  readonly errorCode: number
  readonly partitionIndex: number
  readonly leaderId: number
  /** Since version 7. Default: -1. */
  readonly leaderEpoch: number
  readonly replicaNodes: readonly number[]
  readonly isrNodes: readonly number[]
  /** Since version 5. */
  readonly offlineReplicas: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeMetadataRequestTopic(reader: Reader, version: number): MetadataRequestTopic {
  const flexible = version >= 9
  const topicId = version >= 10 ? reader.uuid() : zeroUuid
  const name = version >= 10 ? reader.compactNullableString() : flexible ? reader.compactString() : reader.string()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<MetadataRequestTopic>({ topicId, name }, unknownTags)
}

function decodeMetadataRequestTopicArray(reader: Reader, version: number, count: number): MetadataRequestTopic[] {
  const elements: MetadataRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeMetadataRequestTopic(reader, version))
  return elements
}

function decodeNullableMetadataRequestTopicArray(reader: Reader, version: number, count: number): MetadataRequestTopic[] | null {
  return count < 0 ? null : decodeMetadataRequestTopicArray(reader, version, count)
}

function decodeMetadataRequest(reader: Reader, version: number): MetadataRequest {
  const flexible = version >= 9
  const topics = flexible
    ? decodeNullableMetadataRequestTopicArray(reader, version, reader.compactNullableArrayLength(2))
    : version >= 1
    ? decodeNullableMetadataRequestTopicArray(reader, version, reader.nullableArrayLength(2))
    : decodeMetadataRequestTopicArray(reader, version, reader.arrayLength(2))
  const allowAutoTopicCreation = version >= 4 ? reader.bool() : true
  const includeClusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.bool() : false
  const includeTopicAuthorizedOperations = version >= 8 ? reader.bool() : false
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<MetadataRequest>({
    topics,
    allowAutoTopicCreation,
    includeClusterAuthorizedOperations,
    includeTopicAuthorizedOperations,
  }, unknownTags)
}

function encodeMetadataRequestTopic(writer: Writer, version: number, message: Init<MetadataRequestTopic>): void {
  const {
    topicId = zeroUuid,
    name = '',
    unknownTags,
  } = message
  const flexible = version >= 9
  if (version >= 10) writer.uuid(topicId)
  if (version >= 10) writer.compactNullableString(name)
  else if (flexible) {
    if (name === null) throw nullNotAllowed('MetadataRequest: name', version)
    writer.compactString(name)
  }
  else {
    if (name === null) throw nullNotAllowed('MetadataRequest: name', version)
    writer.string(name)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeMetadataRequest(writer: Writer, version: number, message: Init<MetadataRequest>): void {
  const {
    topics = [],
    allowAutoTopicCreation = true,
    includeClusterAuthorizedOperations = false,
    includeTopicAuthorizedOperations = false,
    unknownTags,
  } = message
  const flexible = version >= 9
  if (version < 4 && !allowAutoTopicCreation) {
    throw fieldUnsupported('MetadataRequest: allowAutoTopicCreation', version)
  }
  if ((version < 8 || version > 10) && includeClusterAuthorizedOperations) {
    throw fieldUnsupported('MetadataRequest: includeClusterAuthorizedOperations', version)
  }
  if (version < 8 && includeTopicAuthorizedOperations) {
    throw fieldUnsupported('MetadataRequest: includeTopicAuthorizedOperations', version)
  }
  if (flexible) writer.compactArrayLength(topics === null ? -1 : topics.length)
  else if (version >= 1) writer.arrayLength(topics === null ? -1 : topics.length)
  else {
    if (topics === null) throw nullNotAllowed('MetadataRequest: topics', version)
    writer.arrayLength(topics.length)
  }
  if (topics !== null) {
    for (const element of topics) encodeMetadataRequestTopic(writer, version, element)
  }
  if (version >= 4) writer.bool(allowAutoTopicCreation)
  if (version >= 8 && version <= 10) writer.bool(includeClusterAuthorizedOperations)
  if (version >= 8) writer.bool(includeTopicAuthorizedOperations)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeMetadataResponsePartition(reader: Reader, version: number): MetadataResponsePartition {
  const flexible = version >= 9
  const errorCode = reader.int16()
  const partitionIndex = reader.int32()
  const leaderId = reader.int32()
  const leaderEpoch = version >= 7 ? reader.int32() : -1
  const replicaNodes = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const isrNodes = flexible ? reader.int32Array(reader.compactArrayLength(4)) : reader.int32Array(reader.arrayLength(4))
  const offlineReplicas = version >= 5
    ? (flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4)))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<MetadataResponsePartition>({
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    offlineReplicas,
  }, unknownTags)
}

function decodeMetadataResponsePartitionArray(reader: Reader, version: number, count: number): MetadataResponsePartition[] {
  const elements: MetadataResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeMetadataResponsePartition(reader, version))
  return elements
}

function decodeMetadataResponseTopic(reader: Reader, version: number): MetadataResponseTopic {
  const flexible = version >= 9
  const errorCode = reader.int16()
  const name = version >= 12 ? reader.compactNullableString() : flexible ? reader.compactString() : reader.string()
  const topicId = version >= 10 ? reader.uuid() : zeroUuid
  const isInternal = version >= 1 ? reader.bool() : false
  const partitions = flexible
    ? decodeMetadataResponsePartitionArray(reader, version, reader.compactArrayLength(18))
    : decodeMetadataResponsePartitionArray(reader, version, reader.arrayLength(18))
  const topicAuthorizedOperations = version >= 8 ? reader.int32() : -2147483648
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<MetadataResponseTopic>({
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
  }, unknownTags)
}

function decodeMetadataResponseTopicArray(reader: Reader, version: number, count: number): MetadataResponseTopic[] {
  const elements: MetadataResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeMetadataResponseTopic(reader, version))
  return elements
}

function decodeMetadataResponseBroker(reader: Reader, version: number): MetadataResponseBroker {
  const flexible = version >= 9
  const nodeId = reader.int32()
  const host = flexible ? reader.compactString() : reader.string()
  const port = reader.int32()
  const rack = version >= 1 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<MetadataResponseBroker>({ nodeId, host, port, rack }, unknownTags)
}

function decodeMetadataResponseBrokerArray(reader: Reader, version: number, count: number): MetadataResponseBroker[] {
  const elements: MetadataResponseBroker[] = []
  for (let index = 0; index < count; index++) elements.push(decodeMetadataResponseBroker(reader, version))
  return elements
}

function decodeMetadataResponse(reader: Reader, version: number): MetadataResponse {
  const flexible = version >= 9
  const throttleTimeMs = version >= 3 ? reader.int32() : 0
  const brokers = flexible
    ? decodeMetadataResponseBrokerArray(reader, version, reader.compactArrayLength(11))
    : decodeMetadataResponseBrokerArray(reader, version, reader.arrayLength(10))
  const clusterId = version >= 2 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const controllerId = version >= 1 ? reader.int32() : -1
  const topics = flexible
    ? decodeMetadataResponseTopicArray(reader, version, reader.compactArrayLength(10))
    : decodeMetadataResponseTopicArray(reader, version, reader.arrayLength(8))
  const clusterAuthorizedOperations = version >= 8 && version <= 10 ? reader.int32() : -2147483648
  const errorCode = version >= 13 ? reader.int16() : 0
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<MetadataResponse>({
    throttleTimeMs,
    brokers,
    clusterId,
    controllerId,
    topics,
    clusterAuthorizedOperations,
    errorCode,
  }, unknownTags)
}

function encodeMetadataResponsePartition(writer: Writer, version: number, message: Init<MetadataResponsePartition>): void {
  const {
    errorCode = 0,
    partitionIndex = 0,
    leaderId = 0,
    leaderEpoch = -1,
    replicaNodes = [],
    isrNodes = [],
    offlineReplicas = [],
    unknownTags,
  } = message
  const flexible = version >= 9
  writer.int16(errorCode)
  writer.int32(partitionIndex)
  writer.int32(leaderId)
  if (version >= 7) writer.int32(leaderEpoch)
  if (flexible) writer.compactArrayLength(replicaNodes.length)
  else writer.arrayLength(replicaNodes.length)
  writer.int32Array(replicaNodes)
  if (flexible) writer.compactArrayLength(isrNodes.length)
  else writer.arrayLength(isrNodes.length)
  writer.int32Array(isrNodes)
  if (version >= 5) {
    if (flexible) writer.compactArrayLength(offlineReplicas.length)
    else writer.arrayLength(offlineReplicas.length)
    writer.int32Array(offlineReplicas)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeMetadataResponseTopic(writer: Writer, version: number, message: Init<MetadataResponseTopic>): void {
  const {
    errorCode = 0,
    name = '',
    topicId = zeroUuid,
    isInternal = false,
    partitions = [],
    topicAuthorizedOperations = -2147483648,
    unknownTags,
  } = message
  const flexible = version >= 9
  if (version < 8 && topicAuthorizedOperations !== -2147483648) {
    throw fieldUnsupported('MetadataResponse: topicAuthorizedOperations', version)
  }
  writer.int16(errorCode)
  if (version >= 12) writer.compactNullableString(name)
  else if (flexible) {
    if (name === null) throw nullNotAllowed('MetadataResponse: name', version)
    writer.compactString(name)
  }
  else {
    if (name === null) throw nullNotAllowed('MetadataResponse: name', version)
    writer.string(name)
  }
  if (version >= 10) writer.uuid(topicId)
  if (version >= 1) writer.bool(isInternal)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  for (const element of partitions) encodeMetadataResponsePartition(writer, version, element)
  if (version >= 8) writer.int32(topicAuthorizedOperations)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeMetadataResponseBroker(writer: Writer, version: number, message: Init<MetadataResponseBroker>): void {
  const {
    nodeId = 0,
    host = '',
    port = 0,
    rack = null,
    unknownTags,
  } = message
  const flexible = version >= 9
  writer.int32(nodeId)
  if (flexible) writer.compactString(host)
  else writer.string(host)
  writer.int32(port)
  if (version >= 1) {
    if (flexible) writer.compactNullableString(rack)
    else writer.nullableString(rack)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeMetadataResponse(writer: Writer, version: number, message: Init<MetadataResponse>): void {
  const {
    throttleTimeMs = 0,
    brokers = [],
    clusterId = null,
    controllerId = -1,
    topics = [],
    clusterAuthorizedOperations = -2147483648,
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 9
  if ((version < 8 || version > 10) && clusterAuthorizedOperations !== -2147483648) {
    throw fieldUnsupported('MetadataResponse: clusterAuthorizedOperations', version)
  }
  if (version >= 3) writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(brokers.length)
  else writer.arrayLength(brokers.length)
  for (const element of brokers) encodeMetadataResponseBroker(writer, version, element)
  if (version >= 2) {
    if (flexible) writer.compactNullableString(clusterId)
    else writer.nullableString(clusterId)
  }
  if (version >= 1) writer.int32(controllerId)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeMetadataResponseTopic(writer, version, element)
  if (version >= 8 && version <= 10) writer.int32(clusterAuthorizedOperations)
  if (version >= 13) writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

/** Metadata, key 3. */
export const metadata: Api<MetadataRequest, MetadataResponse> = {
  key: 3,
  name: 'Metadata',
  request: messageCodec(
    'MetadataRequest',
    { minVersion: 0, maxVersion: 13, flexibleFrom: 9 },
    decodeMetadataRequest,
    encodeMetadataRequest,
  ),
  response: messageCodec(
    'MetadataResponse',
    { minVersion: 0, maxVersion: 13, flexibleFrom: 9 },
    decodeMetadataResponse,
    encodeMetadataResponse,
  ),
}
