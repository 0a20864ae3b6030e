// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, nullNotAllowed, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 1 to 6. */
export interface DeleteTopicsRequest {
  /** Since version 6. */
  readonly topics: readonly DeleteTopicsRequestDeleteTopicState[]
  /** Versions 1 to 5. */
  readonly topicNames: readonly string[]
  readonly timeoutMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteTopicsRequestDeleteTopicState {
  /** Default: null. */
  readonly name: string | null
  readonly topicId: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 6. */
export interface DeleteTopicsResponse {
  readonly throttleTimeMs: number
  readonly responses: readonly DeleteTopicsResponseDeletableTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteTopicsResponseDeletableTopicResult {
  /** Null since version 6. */
  readonly name: string | null
  /** Since version 6. */
  readonly topicId: string
  readonly errorCode: number
  /** Since version 5. Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDeleteTopicsRequestDeleteTopicState(reader: Reader, _version: number): DeleteTopicsRequestDeleteTopicState {
  const name = reader.compactNullableString()
  const topicId = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DeleteTopicsRequestDeleteTopicState>({ name, topicId }, unknownTags)
}

function decodeDeleteTopicsRequestDeleteTopicStateArray(reader: Reader, version: number, count: number): DeleteTopicsRequestDeleteTopicState[] {
  const elements: DeleteTopicsRequestDeleteTopicState[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteTopicsRequestDeleteTopicState(reader, version))
  return elements
}

function decodeDeleteTopicsRequest(reader: Reader, version: number): DeleteTopicsRequest {
  const flexible = version >= 4
  const topics = version >= 6
    ? decodeDeleteTopicsRequestDeleteTopicStateArray(reader, version, reader.compactArrayLength(18))
    : []
  const topicNames = version <= 5
    ? (flexible
    ? reader.compactStringArray(reader.compactArrayLength(1))
    : reader.stringArray(reader.arrayLength(2)))
    : []
  const timeoutMs = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteTopicsRequest>({ topics, topicNames, timeoutMs }, unknownTags)
}

function encodeDeleteTopicsRequestDeleteTopicState(writer: Writer, _version: number, message: Init<DeleteTopicsRequestDeleteTopicState>): void {
  const {
    name = null,
    topicId = zeroUuid,
    unknownTags,
  } = message
  writer.compactNullableString(name)
  writer.uuid(topicId)
  writer.unknownTags(unknownTags)
}

function encodeDeleteTopicsRequest(writer: Writer, version: number, message: Init<DeleteTopicsRequest>): void {
  const {
    topics = [],
    topicNames = [],
    timeoutMs = 0,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version < 6 && topics.length !== 0) {
    throw fieldUnsupported('DeleteTopicsRequest: topics', version)
  }
  if (version >= 6) {
    writer.compactArrayLength(topics.length)
    for (const element of topics) encodeDeleteTopicsRequestDeleteTopicState(writer, version, element)
  }
  if (version <= 5) {
    if (flexible) writer.compactArrayLength(topicNames.length)
    else writer.arrayLength(topicNames.length)
    if (flexible) writer.compactStringArray(topicNames)
    else writer.stringArray(topicNames)
  }
  writer.int32(timeoutMs)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDeleteTopicsResponseDeletableTopicResult(reader: Reader, version: number): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4
  const name = version >= 6 ? reader.compactNullableString() : flexible ? reader.compactString() : reader.string()
  const topicId = version >= 6 ? reader.uuid() : zeroUuid
  const errorCode = reader.int16()
  const errorMessage = version >= 5 ? reader.compactNullableString() : null
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteTopicsResponseDeletableTopicResult>({
    name,
    topicId,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeDeleteTopicsResponseDeletableTopicResultArray(reader: Reader, version: number, count: number): DeleteTopicsResponseDeletableTopicResult[] {
  const elements: DeleteTopicsResponseDeletableTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteTopicsResponseDeletableTopicResult(reader, version))
  return elements
}

function decodeDeleteTopicsResponse(reader: Reader, version: number): DeleteTopicsResponse {
  const flexible = version >= 4
  const throttleTimeMs = reader.int32()
  const responses = flexible
    ? decodeDeleteTopicsResponseDeletableTopicResultArray(reader, version, reader.compactArrayLength(4))
    : decodeDeleteTopicsResponseDeletableTopicResultArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteTopicsResponse>({ throttleTimeMs, responses }, unknownTags)
}

function encodeDeleteTopicsResponseDeletableTopicResult(writer: Writer, version: number, message: Init<DeleteTopicsResponseDeletableTopicResult>): void {
  const {
    name = '',
    topicId = zeroUuid,
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version >= 6) writer.compactNullableString(name)
  else if (flexible) {
    if (name === null) throw nullNotAllowed('DeleteTopicsResponse: name', version)
    writer.compactString(name)
  }
  else {
    if (name === null) throw nullNotAllowed('DeleteTopicsResponse: name', version)
    writer.string(name)
  }
  if (version >= 6) writer.uuid(topicId)
  writer.int16(errorCode)
  if (version >= 5) writer.compactNullableString(errorMessage)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteTopicsResponse(writer: Writer, version: number, message: Init<DeleteTopicsResponse>): void {
  const {
    throttleTimeMs = 0,
    responses = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(responses.length)
  else writer.arrayLength(responses.length)
  for (const element of responses) encodeDeleteTopicsResponseDeletableTopicResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DeleteTopics, key 20. */
export const deleteTopics: Api<DeleteTopicsRequest, DeleteTopicsResponse> = {
  key: 20,
  name: 'DeleteTopics',
  request: messageCodec(
    'DeleteTopicsRequest',
    { minVersion: 1, maxVersion: 6, flexibleFrom: 4 },
    decodeDeleteTopicsRequest,
    encodeDeleteTopicsRequest,
  ),
  response: messageCodec(
    'DeleteTopicsResponse',
    { minVersion: 1, maxVersion: 6, flexibleFrom: 4 },
    decodeDeleteTopicsResponse,
    encodeDeleteTopicsResponse,
  ),
}
