// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface DeleteShareGroupOffsetsRequest {
  readonly groupId: string
  readonly topics: readonly DeleteShareGroupOffsetsRequestTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteShareGroupOffsetsRequestTopic {
  readonly topicName: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface DeleteShareGroupOffsetsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly responses: readonly DeleteShareGroupOffsetsResponseTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteShareGroupOffsetsResponseTopic {
  readonly topicName: string
  readonly topicId: string
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDeleteShareGroupOffsetsRequestTopic(reader: Reader, _version: number): DeleteShareGroupOffsetsRequestTopic {
  const topicName = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupOffsetsRequestTopic>({ topicName }, unknownTags)
}

function decodeDeleteShareGroupOffsetsRequestTopicArray(reader: Reader, version: number, count: number): DeleteShareGroupOffsetsRequestTopic[] {
  const elements: DeleteShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteShareGroupOffsetsRequestTopic(reader, version))
  return elements
}

function decodeDeleteShareGroupOffsetsRequest(reader: Reader, version: number): DeleteShareGroupOffsetsRequest {
  const groupId = reader.compactString()
  const topics = decodeDeleteShareGroupOffsetsRequestTopicArray(reader, version, reader.compactArrayLength(2))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupOffsetsRequest>({ groupId, topics }, unknownTags)
}

function encodeDeleteShareGroupOffsetsRequestTopic(writer: Writer, _version: number, message: Init<DeleteShareGroupOffsetsRequestTopic>): void {
  const {
    topicName = '',
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.unknownTags(unknownTags)
}

function encodeDeleteShareGroupOffsetsRequest(writer: Writer, version: number, message: Init<DeleteShareGroupOffsetsRequest>): void {
  const {
    groupId = '',
    topics = [],
    unknownTags,
  } = message
  writer.compactString(groupId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDeleteShareGroupOffsetsRequestTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeDeleteShareGroupOffsetsResponseTopic(reader: Reader, _version: number): DeleteShareGroupOffsetsResponseTopic {
  const topicName = reader.compactString()
  const topicId = reader.uuid()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupOffsetsResponseTopic>({
    topicName,
    topicId,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeDeleteShareGroupOffsetsResponseTopicArray(reader: Reader, version: number, count: number): DeleteShareGroupOffsetsResponseTopic[] {
  const elements: DeleteShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteShareGroupOffsetsResponseTopic(reader, version))
  return elements
}

function decodeDeleteShareGroupOffsetsResponse(reader: Reader, version: number): DeleteShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const responses = decodeDeleteShareGroupOffsetsResponseTopicArray(reader, version, reader.compactArrayLength(21))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteShareGroupOffsetsResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
  }, unknownTags)
}

function encodeDeleteShareGroupOffsetsResponseTopic(writer: Writer, _version: number, message: Init<DeleteShareGroupOffsetsResponseTopic>): void {
  const {
    topicName = '',
    topicId = zeroUuid,
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.uuid(topicId)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeDeleteShareGroupOffsetsResponse(writer: Writer, version: number, message: Init<DeleteShareGroupOffsetsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = null,
    responses = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactArrayLength(responses.length)
  for (const element of responses) encodeDeleteShareGroupOffsetsResponseTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** DeleteShareGroupOffsets, key 92. */
export const deleteShareGroupOffsets: Api<DeleteShareGroupOffsetsRequest, DeleteShareGroupOffsetsResponse> = {
  key: 92,
  name: 'DeleteShareGroupOffsets',
  request: messageCodec(
    'DeleteShareGroupOffsetsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDeleteShareGroupOffsetsRequest,
    encodeDeleteShareGroupOffsetsRequest,
  ),
  response: messageCodec(
    'DeleteShareGroupOffsetsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDeleteShareGroupOffsetsResponse,
    encodeDeleteShareGroupOffsetsResponse,
  ),
}
