// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ListPartitionReassignmentsRequest {
  /** Default: 60000. */
  readonly timeoutMs: number
  /** Default: null. */
  readonly topics: readonly ListPartitionReassignmentsRequestTopics[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListPartitionReassignmentsRequestTopics {
  readonly name: string
  readonly partitionIndexes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface ListPartitionReassignmentsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly topics: readonly ListPartitionReassignmentsResponseOngoingTopicReassignment[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  readonly name: string
  readonly partitions: readonly ListPartitionReassignmentsResponseOngoingPartitionReassignment[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  readonly partitionIndex: number
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeListPartitionReassignmentsRequestTopics(reader: Reader, _version: number): ListPartitionReassignmentsRequestTopics {
  const name = reader.compactString()
  const partitionIndexes = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListPartitionReassignmentsRequestTopics>({ name, partitionIndexes }, unknownTags)
}

function decodeListPartitionReassignmentsRequestTopicsArray(reader: Reader, version: number, count: number): ListPartitionReassignmentsRequestTopics[] {
  const elements: ListPartitionReassignmentsRequestTopics[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListPartitionReassignmentsRequestTopics(reader, version))
  return elements
}

function decodeNullableListPartitionReassignmentsRequestTopicsArray(reader: Reader, version: number, count: number): ListPartitionReassignmentsRequestTopics[] | null {
  return count < 0 ? null : decodeListPartitionReassignmentsRequestTopicsArray(reader, version, count)
}

function decodeListPartitionReassignmentsRequest(reader: Reader, version: number): ListPartitionReassignmentsRequest {
  const timeoutMs = reader.int32()
  const topics = decodeNullableListPartitionReassignmentsRequestTopicsArray(reader, version, reader.compactNullableArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListPartitionReassignmentsRequest>({ timeoutMs, topics }, unknownTags)
}

function encodeListPartitionReassignmentsRequestTopics(writer: Writer, _version: number, message: Init<ListPartitionReassignmentsRequestTopics>): void {
  const {
    name = '',
    partitionIndexes = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitionIndexes.length)
  writer.int32Array(partitionIndexes)
  writer.unknownTags(unknownTags)
}

function encodeListPartitionReassignmentsRequest(writer: Writer, version: number, message: Init<ListPartitionReassignmentsRequest>): void {
  const {
    timeoutMs = 60000,
    topics = null,
    unknownTags,
  } = message
  writer.int32(timeoutMs)
  writer.compactArrayLength(topics === null ? -1 : topics.length)
  if (topics !== null) {
    for (const element of topics) encodeListPartitionReassignmentsRequestTopics(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

function decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(reader: Reader, _version: number): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const partitionIndex = reader.int32()
  const replicas = reader.int32Array(reader.compactArrayLength(4))
  const addingReplicas = reader.int32Array(reader.compactArrayLength(4))
  const removingReplicas = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListPartitionReassignmentsResponseOngoingPartitionReassignment>({
    partitionIndex,
    replicas,
    addingReplicas,
    removingReplicas,
  }, unknownTags)
}

function decodeListPartitionReassignmentsResponseOngoingPartitionReassignmentArray(reader: Reader, version: number, count: number): ListPartitionReassignmentsResponseOngoingPartitionReassignment[] {
  const elements: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(reader, version))
  return elements
}

function decodeListPartitionReassignmentsResponseOngoingTopicReassignment(reader: Reader, version: number): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const name = reader.compactString()
  const partitions = decodeListPartitionReassignmentsResponseOngoingPartitionReassignmentArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListPartitionReassignmentsResponseOngoingTopicReassignment>({ name, partitions }, unknownTags)
}

function decodeListPartitionReassignmentsResponseOngoingTopicReassignmentArray(reader: Reader, version: number, count: number): ListPartitionReassignmentsResponseOngoingTopicReassignment[] {
  const elements: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListPartitionReassignmentsResponseOngoingTopicReassignment(reader, version))
  return elements
}

function decodeListPartitionReassignmentsResponse(reader: Reader, version: number): ListPartitionReassignmentsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const topics = decodeListPartitionReassignmentsResponseOngoingTopicReassignmentArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListPartitionReassignmentsResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    topics,
  }, unknownTags)
}

function encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer: Writer, _version: number, message: Init<ListPartitionReassignmentsResponseOngoingPartitionReassignment>): void {
  const {
    partitionIndex = 0,
    replicas = [],
    addingReplicas = [],
    removingReplicas = [],
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.compactArrayLength(replicas.length)
  writer.int32Array(replicas)
  writer.compactArrayLength(addingReplicas.length)
  writer.int32Array(addingReplicas)
  writer.compactArrayLength(removingReplicas.length)
  writer.int32Array(removingReplicas)
  writer.unknownTags(unknownTags)
}

function encodeListPartitionReassignmentsResponseOngoingTopicReassignment(writer: Writer, version: number, message: Init<ListPartitionReassignmentsResponseOngoingTopicReassignment>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeListPartitionReassignmentsResponse(writer: Writer, version: number, message: Init<ListPartitionReassignmentsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    topics = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeListPartitionReassignmentsResponseOngoingTopicReassignment(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ListPartitionReassignments, key 46. */
export const listPartitionReassignments: Api<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse> = {
  key: 46,
  name: 'ListPartitionReassignments',
  request: messageCodec(
    'ListPartitionReassignmentsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeListPartitionReassignmentsRequest,
    encodeListPartitionReassignmentsRequest,
  ),
  response: messageCodec(
    'ListPartitionReassignmentsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeListPartitionReassignmentsResponse,
    encodeListPartitionReassignmentsResponse,
  ),
}
