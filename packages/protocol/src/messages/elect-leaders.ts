// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface ElectLeadersRequest {
  /** Since version 1. */
  readonly electionType: number
  readonly topicPartitions: readonly ElectLeadersRequestTopicPartitions[] | null
  /** Default: 60000. */
  readonly timeoutMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ElectLeadersRequestTopicPartitions {
  readonly topic: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface ElectLeadersResponse {
  readonly throttleTimeMs: number
  /** Since version 1. */
  readonly errorCode: number
  readonly replicaElectionResults: readonly ElectLeadersResponseReplicaElectionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ElectLeadersResponseReplicaElectionResult {
  readonly topic: string
  readonly partitionResult: readonly ElectLeadersResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ElectLeadersResponsePartitionResult {
  readonly partitionId: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeElectLeadersRequestTopicPartitions(reader: Reader, version: number): ElectLeadersRequestTopicPartitions {
  const flexible = version >= 2
  const topic = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ElectLeadersRequestTopicPartitions>({ topic, partitions }, unknownTags)
}

function decodeElectLeadersRequestTopicPartitionsArray(reader: Reader, version: number, count: number): ElectLeadersRequestTopicPartitions[] {
  const elements: ElectLeadersRequestTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeElectLeadersRequestTopicPartitions(reader, version))
  return elements
}

function decodeNullableElectLeadersRequestTopicPartitionsArray(reader: Reader, version: number, count: number): ElectLeadersRequestTopicPartitions[] | null {
  return count < 0 ? null : decodeElectLeadersRequestTopicPartitionsArray(reader, version, count)
}

function decodeElectLeadersRequest(reader: Reader, version: number): ElectLeadersRequest {
  const flexible = version >= 2
  const electionType = version >= 1 ? reader.int8() : 0
  const topicPartitions = flexible
    ? decodeNullableElectLeadersRequestTopicPartitionsArray(reader, version, reader.compactNullableArrayLength(3))
    : decodeNullableElectLeadersRequestTopicPartitionsArray(reader, version, reader.nullableArrayLength(6))
  const timeoutMs = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ElectLeadersRequest>({ electionType, topicPartitions, timeoutMs }, unknownTags)
}

function encodeElectLeadersRequestTopicPartitions(writer: Writer, version: number, message: Init<ElectLeadersRequestTopicPartitions>): void {
  const {
    topic = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(topic)
  else writer.string(topic)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  writer.int32Array(partitions)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeElectLeadersRequest(writer: Writer, version: number, message: Init<ElectLeadersRequest>): void {
  const {
    electionType = 0,
    topicPartitions = [],
    timeoutMs = 60000,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (version < 1 && electionType !== 0) {
    throw fieldUnsupported('ElectLeadersRequest: electionType', version)
  }
  if (version >= 1) writer.int8(electionType)
  if (flexible) writer.compactArrayLength(topicPartitions === null ? -1 : topicPartitions.length)
  else writer.arrayLength(topicPartitions === null ? -1 : topicPartitions.length)
  if (topicPartitions !== null) {
    for (const element of topicPartitions) encodeElectLeadersRequestTopicPartitions(writer, version, element)
  }
  writer.int32(timeoutMs)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeElectLeadersResponsePartitionResult(reader: Reader, version: number): ElectLeadersResponsePartitionResult {
  const flexible = version >= 2
  const partitionId = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ElectLeadersResponsePartitionResult>({ partitionId, errorCode, errorMessage }, unknownTags)
}

function decodeElectLeadersResponsePartitionResultArray(reader: Reader, version: number, count: number): ElectLeadersResponsePartitionResult[] {
  const elements: ElectLeadersResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeElectLeadersResponsePartitionResult(reader, version))
  return elements
}

function decodeElectLeadersResponseReplicaElectionResult(reader: Reader, version: number): ElectLeadersResponseReplicaElectionResult {
  const flexible = version >= 2
  const topic = flexible ? reader.compactString() : reader.string()
  const partitionResult = flexible
    ? decodeElectLeadersResponsePartitionResultArray(reader, version, reader.compactArrayLength(8))
    : decodeElectLeadersResponsePartitionResultArray(reader, version, reader.arrayLength(8))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ElectLeadersResponseReplicaElectionResult>({ topic, partitionResult }, unknownTags)
}

function decodeElectLeadersResponseReplicaElectionResultArray(reader: Reader, version: number, count: number): ElectLeadersResponseReplicaElectionResult[] {
  const elements: ElectLeadersResponseReplicaElectionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeElectLeadersResponseReplicaElectionResult(reader, version))
  return elements
}

function decodeElectLeadersResponse(reader: Reader, version: number): ElectLeadersResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const errorCode = version >= 1 ? reader.int16() : 0
  const replicaElectionResults = flexible
    ? decodeElectLeadersResponseReplicaElectionResultArray(reader, version, reader.compactArrayLength(3))
    : decodeElectLeadersResponseReplicaElectionResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ElectLeadersResponse>({ throttleTimeMs, errorCode, replicaElectionResults }, unknownTags)
}

function encodeElectLeadersResponsePartitionResult(writer: Writer, version: number, message: Init<ElectLeadersResponsePartitionResult>): void {
  const {
    partitionId = 0,
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(partitionId)
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeElectLeadersResponseReplicaElectionResult(writer: Writer, version: number, message: Init<ElectLeadersResponseReplicaElectionResult>): void {
  const {
    topic = '',
    partitionResult = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(topic)
  else writer.string(topic)
  if (flexible) writer.compactArrayLength(partitionResult.length)
  else writer.arrayLength(partitionResult.length)
  for (const element of partitionResult) encodeElectLeadersResponsePartitionResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeElectLeadersResponse(writer: Writer, version: number, message: Init<ElectLeadersResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    replicaElectionResults = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (version < 1 && errorCode !== 0) {
    throw fieldUnsupported('ElectLeadersResponse: errorCode', version)
  }
  writer.int32(throttleTimeMs)
  if (version >= 1) writer.int16(errorCode)
  if (flexible) writer.compactArrayLength(replicaElectionResults.length)
  else writer.arrayLength(replicaElectionResults.length)
  for (const element of replicaElectionResults) encodeElectLeadersResponseReplicaElectionResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** ElectLeaders, key 43. */
export const electLeaders: Api<ElectLeadersRequest, ElectLeadersResponse> = {
  key: 43,
  name: 'ElectLeaders',
  request: messageCodec(
    'ElectLeadersRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeElectLeadersRequest,
    encodeElectLeadersRequest,
  ),
  response: messageCodec(
    'ElectLeadersResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeElectLeadersResponse,
    encodeElectLeadersResponse,
  ),
}
