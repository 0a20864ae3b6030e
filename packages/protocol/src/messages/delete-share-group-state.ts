// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface DeleteShareGroupStateRequest {
  readonly groupId: string
  readonly topics: readonly DeleteShareGroupStateRequestDeleteStateData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteShareGroupStateRequestDeleteStateData {
  readonly topicId: string
  readonly partitions: readonly DeleteShareGroupStateRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteShareGroupStateRequestPartitionData {
  readonly partition: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface DeleteShareGroupStateResponse {
  readonly results: readonly DeleteShareGroupStateResponseDeleteStateResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteShareGroupStateResponseDeleteStateResult {
  readonly topicId: string
  readonly partitions: readonly DeleteShareGroupStateResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteShareGroupStateResponsePartitionResult {
  readonly partition: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDeleteShareGroupStateRequestPartitionData(reader: Reader, _version: number): DeleteShareGroupStateRequestPartitionData {
  const partition = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupStateRequestPartitionData>({ partition }, unknownTags)
}

function decodeDeleteShareGroupStateRequestPartitionDataArray(reader: Reader, version: number, count: number): DeleteShareGroupStateRequestPartitionData[] {
  const elements: DeleteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function decodeDeleteShareGroupStateRequestDeleteStateData(reader: Reader, version: number): DeleteShareGroupStateRequestDeleteStateData {
  const topicId = reader.uuid()
  const partitions = decodeDeleteShareGroupStateRequestPartitionDataArray(reader, version, reader.compactArrayLength(5))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupStateRequestDeleteStateData>({ topicId, partitions }, unknownTags)
}

function decodeDeleteShareGroupStateRequestDeleteStateDataArray(reader: Reader, version: number, count: number): DeleteShareGroupStateRequestDeleteStateData[] {
  const elements: DeleteShareGroupStateRequestDeleteStateData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteShareGroupStateRequestDeleteStateData(reader, version))
  return elements
}

function decodeDeleteShareGroupStateRequest(reader: Reader, version: number): DeleteShareGroupStateRequest {
  const groupId = reader.compactString()
  const topics = decodeDeleteShareGroupStateRequestDeleteStateDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupStateRequest>({ groupId, topics }, unknownTags)
}

function encodeDeleteShareGroupStateRequestPartitionData(writer: Writer, _version: number, message: Init<DeleteShareGroupStateRequestPartitionData>): void {
  const {
    partition = 0,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.unknownTags(unknownTags)
}

function encodeDeleteShareGroupStateRequestDeleteStateData(writer: Writer, version: number, message: Init<DeleteShareGroupStateRequestDeleteStateData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeDeleteShareGroupStateRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDeleteShareGroupStateRequest(writer: Writer, version: number, message: Init<DeleteShareGroupStateRequest>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDeleteShareGroupStateRequestDeleteStateData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeDeleteShareGroupStateResponsePartitionResult(reader: Reader, _version: number): DeleteShareGroupStateResponsePartitionResult {
  const partition = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupStateResponsePartitionResult>({
    partition,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeDeleteShareGroupStateResponsePartitionResultArray(reader: Reader, version: number, count: number): DeleteShareGroupStateResponsePartitionResult[] {
  const elements: DeleteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function decodeDeleteShareGroupStateResponseDeleteStateResult(reader: Reader, version: number): DeleteShareGroupStateResponseDeleteStateResult {
  const topicId = reader.uuid()
  const partitions = decodeDeleteShareGroupStateResponsePartitionResultArray(reader, version, reader.compactArrayLength(8))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupStateResponseDeleteStateResult>({ topicId, partitions }, unknownTags)
}

function decodeDeleteShareGroupStateResponseDeleteStateResultArray(reader: Reader, version: number, count: number): DeleteShareGroupStateResponseDeleteStateResult[] {
  const elements: DeleteShareGroupStateResponseDeleteStateResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteShareGroupStateResponseDeleteStateResult(reader, version))
  return elements
}

function decodeDeleteShareGroupStateResponse(reader: Reader, version: number): DeleteShareGroupStateResponse {
  const results = decodeDeleteShareGroupStateResponseDeleteStateResultArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupStateResponse>({ results }, unknownTags)
}

function encodeDeleteShareGroupStateResponsePartitionResult(writer: Writer, _version: number, message: Init<DeleteShareGroupStateResponsePartitionResult>): void {
  const {
    partition = 0,
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  writer.int32(partition)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeDeleteShareGroupStateResponseDeleteStateResult(writer: Writer, version: number, message: Init<DeleteShareGroupStateResponseDeleteStateResult>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeDeleteShareGroupStateResponsePartitionResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDeleteShareGroupStateResponse(writer: Writer, version: number, message: Init<DeleteShareGroupStateResponse>): void {
  const {
    results = [],
    unknownTags,
  } = message
  writer.compactArrayLength(results.length)
  for (const element of results) encodeDeleteShareGroupStateResponseDeleteStateResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** DeleteShareGroupState, key 86. */
export const deleteShareGroupState: Api<DeleteShareGroupStateRequest, DeleteShareGroupStateResponse> = {
  key: 86,
  name: 'DeleteShareGroupState',
  request: messageCodec(
    'DeleteShareGroupStateRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDeleteShareGroupStateRequest,
    encodeDeleteShareGroupStateRequest,
  ),
  response: messageCodec(
    'DeleteShareGroupStateResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDeleteShareGroupStateResponse,
    encodeDeleteShareGroupStateResponse,
  ),
}
