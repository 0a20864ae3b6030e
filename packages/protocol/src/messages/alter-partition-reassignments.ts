// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface AlterPartitionReassignmentsRequest {
  /** Default: 60000. */
  readonly timeoutMs: number
  /** Since version 1. Default: true. */
  readonly allowReplicationFactorChange: boolean
  readonly topics: readonly AlterPartitionReassignmentsRequestReassignableTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  readonly name: string
  readonly partitions: readonly AlterPartitionReassignmentsRequestReassignablePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  readonly partitionIndex: number
  /** Default: null. */
  readonly replicas: readonly number[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface AlterPartitionReassignmentsResponse {
  readonly throttleTimeMs: number
  /** Since version 1. Default: true. */
  readonly allowReplicationFactorChange: boolean
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly responses: readonly AlterPartitionReassignmentsResponseReassignableTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionReassignmentsResponseReassignableTopic {
  readonly name: string
  readonly partitions: readonly AlterPartitionReassignmentsResponseReassignablePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionReassignmentsResponseReassignablePartition {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAlterPartitionReassignmentsRequestReassignablePartition(reader: Reader, _version: number): AlterPartitionReassignmentsRequestReassignablePartition {
  const partitionIndex = reader.int32()
  const replicas = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionReassignmentsRequestReassignablePartition>({
    partitionIndex,
    replicas,
  }, unknownTags)
}

function decodeAlterPartitionReassignmentsRequestReassignablePartitionArray(reader: Reader, version: number, count: number): AlterPartitionReassignmentsRequestReassignablePartition[] {
  const elements: AlterPartitionReassignmentsRequestReassignablePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionReassignmentsRequestReassignablePartition(reader, version))
  return elements
}

function decodeAlterPartitionReassignmentsRequestReassignableTopic(reader: Reader, version: number): AlterPartitionReassignmentsRequestReassignableTopic {
  const name = reader.compactString()
  const partitions = decodeAlterPartitionReassignmentsRequestReassignablePartitionArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionReassignmentsRequestReassignableTopic>({ name, partitions }, unknownTags)
}

function decodeAlterPartitionReassignmentsRequestReassignableTopicArray(reader: Reader, version: number, count: number): AlterPartitionReassignmentsRequestReassignableTopic[] {
  const elements: AlterPartitionReassignmentsRequestReassignableTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionReassignmentsRequestReassignableTopic(reader, version))
  return elements
}

function decodeAlterPartitionReassignmentsRequest(reader: Reader, version: number): AlterPartitionReassignmentsRequest {
  const timeoutMs = reader.int32()
  const allowReplicationFactorChange = version >= 1 ? reader.bool() : true
  const topics = decodeAlterPartitionReassignmentsRequestReassignableTopicArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionReassignmentsRequest>({
    timeoutMs,
    allowReplicationFactorChange,
    topics,
  }, unknownTags)
}

function encodeAlterPartitionReassignmentsRequestReassignablePartition(writer: Writer, _version: number, message: Init<AlterPartitionReassignmentsRequestReassignablePartition>): void {
  const {
    partitionIndex = 0,
    replicas = null,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.compactArrayLength(replicas === null ? -1 : replicas.length)
  if (replicas !== null) writer.int32Array(replicas)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionReassignmentsRequestReassignableTopic(writer: Writer, version: number, message: Init<AlterPartitionReassignmentsRequestReassignableTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAlterPartitionReassignmentsRequestReassignablePartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionReassignmentsRequest(writer: Writer, version: number, message: Init<AlterPartitionReassignmentsRequest>): void {
  const {
    timeoutMs = 60000,
    allowReplicationFactorChange = true,
    topics = [],
    unknownTags,
  } = message
  if (version < 1 && !allowReplicationFactorChange) {
    throw fieldUnsupported('AlterPartitionReassignmentsRequest: allowReplicationFactorChange', version)
  }
  writer.int32(timeoutMs)
  if (version >= 1) writer.bool(allowReplicationFactorChange)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeAlterPartitionReassignmentsRequestReassignableTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeAlterPartitionReassignmentsResponseReassignablePartition(reader: Reader, _version: number): AlterPartitionReassignmentsResponseReassignablePartition {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionReassignmentsResponseReassignablePartition>({
    partitionIndex,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeAlterPartitionReassignmentsResponseReassignablePartitionArray(reader: Reader, version: number, count: number): AlterPartitionReassignmentsResponseReassignablePartition[] {
  const elements: AlterPartitionReassignmentsResponseReassignablePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionReassignmentsResponseReassignablePartition(reader, version))
  return elements
}

function decodeAlterPartitionReassignmentsResponseReassignableTopic(reader: Reader, version: number): AlterPartitionReassignmentsResponseReassignableTopic {
  const name = reader.compactString()
  const partitions = decodeAlterPartitionReassignmentsResponseReassignablePartitionArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionReassignmentsResponseReassignableTopic>({ name, partitions }, unknownTags)
}

function decodeAlterPartitionReassignmentsResponseReassignableTopicArray(reader: Reader, version: number, count: number): AlterPartitionReassignmentsResponseReassignableTopic[] {
  const elements: AlterPartitionReassignmentsResponseReassignableTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionReassignmentsResponseReassignableTopic(reader, version))
  return elements
}

function decodeAlterPartitionReassignmentsResponse(reader: Reader, version: number): AlterPartitionReassignmentsResponse {
  const throttleTimeMs = reader.int32()
  const allowReplicationFactorChange = version >= 1 ? reader.bool() : true
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const responses = decodeAlterPartitionReassignmentsResponseReassignableTopicArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionReassignmentsResponse>({
    throttleTimeMs,
    allowReplicationFactorChange,
    errorCode,
    errorMessage,
    responses,
  }, unknownTags)
}

function encodeAlterPartitionReassignmentsResponseReassignablePartition(writer: Writer, _version: number, message: Init<AlterPartitionReassignmentsResponseReassignablePartition>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionReassignmentsResponseReassignableTopic(writer: Writer, version: number, message: Init<AlterPartitionReassignmentsResponseReassignableTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAlterPartitionReassignmentsResponseReassignablePartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionReassignmentsResponse(writer: Writer, version: number, message: Init<AlterPartitionReassignmentsResponse>): void {
  const {
    throttleTimeMs = 0,
    allowReplicationFactorChange = true,
    errorCode = 0,
    errorMessage = '',
    responses = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  if (version >= 1) writer.bool(allowReplicationFactorChange)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactArrayLength(responses.length)
  for (const element of responses) encodeAlterPartitionReassignmentsResponseReassignableTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** AlterPartitionReassignments, key 45. */
export const alterPartitionReassignments: Api<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse> = {
  key: 45,
  name: 'AlterPartitionReassignments',
  request: messageCodec(
    'AlterPartitionReassignmentsRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeAlterPartitionReassignmentsRequest,
    encodeAlterPartitionReassignmentsRequest,
  ),
  response: messageCodec(
    'AlterPartitionReassignmentsResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeAlterPartitionReassignmentsResponse,
    encodeAlterPartitionReassignmentsResponse,
  ),
}
