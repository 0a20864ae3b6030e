// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface OffsetDeleteRequest {
  readonly groupId: string
  readonly topics: readonly OffsetDeleteRequestTopic[]
}

export interface OffsetDeleteRequestTopic {
  readonly name: string
  readonly partitions: readonly OffsetDeleteRequestPartition[]
}

export interface OffsetDeleteRequestPartition {
  readonly partitionIndex: number
}

/** Version 0. */
export interface OffsetDeleteResponse {
  readonly errorCode: number
  readonly throttleTimeMs: number
  readonly topics: readonly OffsetDeleteResponseTopic[]
}

export interface OffsetDeleteResponseTopic {
  readonly name: string
  readonly partitions: readonly OffsetDeleteResponsePartition[]
}

export interface OffsetDeleteResponsePartition {
  readonly partitionIndex: number
  readonly errorCode: number
}

function decodeOffsetDeleteRequestPartition(reader: Reader, _version: number): OffsetDeleteRequestPartition {
  const partitionIndex = reader.int32()
  return { partitionIndex }
}

function decodeOffsetDeleteRequestPartitionArray(reader: Reader, version: number, count: number): OffsetDeleteRequestPartition[] {
  const elements: OffsetDeleteRequestPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetDeleteRequestPartition(reader, version))
  return elements
}

function decodeOffsetDeleteRequestTopic(reader: Reader, version: number): OffsetDeleteRequestTopic {
  const name = reader.string()
  const partitions = decodeOffsetDeleteRequestPartitionArray(reader, version, reader.arrayLength(4))
  return { name, partitions }
}

function decodeOffsetDeleteRequestTopicArray(reader: Reader, version: number, count: number): OffsetDeleteRequestTopic[] {
  const elements: OffsetDeleteRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetDeleteRequestTopic(reader, version))
  return elements
}

function decodeOffsetDeleteRequest(reader: Reader, version: number): OffsetDeleteRequest {
  const groupId = reader.string()
  const topics = decodeOffsetDeleteRequestTopicArray(reader, version, reader.arrayLength(6))
  return { groupId, topics }
}

function encodeOffsetDeleteRequestPartition(writer: Writer, _version: number, message: Init<OffsetDeleteRequestPartition>): void {
  const {
    partitionIndex = 0,
  } = message
  writer.int32(partitionIndex)
}

function encodeOffsetDeleteRequestTopic(writer: Writer, version: number, message: Init<OffsetDeleteRequestTopic>): void {
  const {
    name = '',
    partitions = [],
  } = message
  writer.string(name)
  writer.arrayLength(partitions.length)
  for (const element of partitions) encodeOffsetDeleteRequestPartition(writer, version, element)
}

function encodeOffsetDeleteRequest(writer: Writer, version: number, message: Init<OffsetDeleteRequest>): void {
  const {
    groupId = '',
    topics = [],
  } = message
  writer.string(groupId)
  writer.arrayLength(topics.length)
  for (const element of topics) encodeOffsetDeleteRequestTopic(writer, version, element)
}

function decodeOffsetDeleteResponsePartition(reader: Reader, _version: number): OffsetDeleteResponsePartition {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  return { partitionIndex, errorCode }
}

function decodeOffsetDeleteResponsePartitionArray(reader: Reader, version: number, count: number): OffsetDeleteResponsePartition[] {
  const elements: OffsetDeleteResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetDeleteResponsePartition(reader, version))
  return elements
}

function decodeOffsetDeleteResponseTopic(reader: Reader, version: number): OffsetDeleteResponseTopic {
  const name = reader.string()
  const partitions = decodeOffsetDeleteResponsePartitionArray(reader, version, reader.arrayLength(6))
  return { name, partitions }
}

function decodeOffsetDeleteResponseTopicArray(reader: Reader, version: number, count: number): OffsetDeleteResponseTopic[] {
  const elements: OffsetDeleteResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeOffsetDeleteResponseTopic(reader, version))
  return elements
}

function decodeOffsetDeleteResponse(reader: Reader, version: number): OffsetDeleteResponse {
  const errorCode = reader.int16()
  const throttleTimeMs = reader.int32()
  const topics = decodeOffsetDeleteResponseTopicArray(reader, version, reader.arrayLength(6))
  return { errorCode, throttleTimeMs, topics }
}

function encodeOffsetDeleteResponsePartition(writer: Writer, _version: number, message: Init<OffsetDeleteResponsePartition>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
}

function encodeOffsetDeleteResponseTopic(writer: Writer, version: number, message: Init<OffsetDeleteResponseTopic>): void {
  const {
    name = '',
    partitions = [],
  } = message
  writer.string(name)
  writer.arrayLength(partitions.length)
  for (const element of partitions) encodeOffsetDeleteResponsePartition(writer, version, element)
}

function encodeOffsetDeleteResponse(writer: Writer, version: number, message: Init<OffsetDeleteResponse>): void {
  const {
    errorCode = 0,
    throttleTimeMs = 0,
    topics = [],
  } = message
  writer.int16(errorCode)
  writer.int32(throttleTimeMs)
  writer.arrayLength(topics.length)
  for (const element of topics) encodeOffsetDeleteResponseTopic(writer, version, element)
}

/** OffsetDelete, key 47. */
export const offsetDelete: Api<OffsetDeleteRequest, OffsetDeleteResponse> = {
  key: 47,
  name: 'OffsetDelete',
  request: messageCodec(
    'OffsetDeleteRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
    decodeOffsetDeleteRequest,
    encodeOffsetDeleteRequest,
  ),
  response: messageCodec(
    'OffsetDeleteResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
    decodeOffsetDeleteResponse,
    encodeOffsetDeleteResponse,
  ),
}
