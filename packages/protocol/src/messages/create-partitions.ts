// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 3. */
export interface CreatePartitionsRequest {
  readonly topics: readonly CreatePartitionsRequestTopic[]
  readonly timeoutMs: number
  readonly validateOnly: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreatePartitionsRequestTopic {
  readonly name: string
  readonly count: number
  readonly assignments: readonly CreatePartitionsRequestAssignment[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreatePartitionsRequestAssignment {
  readonly brokerIds: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 3. */
export interface CreatePartitionsResponse {
  readonly throttleTimeMs: number
  readonly results: readonly CreatePartitionsResponseTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreatePartitionsResponseTopicResult {
  readonly name: string
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeCreatePartitionsRequestAssignment(reader: Reader, version: number): CreatePartitionsRequestAssignment {
  const flexible = version >= 2
  const brokerIds = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreatePartitionsRequestAssignment>({ brokerIds }, unknownTags)
}

function decodeCreatePartitionsRequestAssignmentArray(reader: Reader, version: number, count: number): CreatePartitionsRequestAssignment[] {
  const elements: CreatePartitionsRequestAssignment[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreatePartitionsRequestAssignment(reader, version))
  return elements
}

function decodeNullableCreatePartitionsRequestAssignmentArray(reader: Reader, version: number, count: number): CreatePartitionsRequestAssignment[] | null {
  return count < 0 ? null : decodeCreatePartitionsRequestAssignmentArray(reader, version, count)
}

function decodeCreatePartitionsRequestTopic(reader: Reader, version: number): CreatePartitionsRequestTopic {
  const flexible = version >= 2
  const name = flexible ? reader.compactString() : reader.string()
  const count = reader.int32()
  const assignments = flexible
    ? decodeNullableCreatePartitionsRequestAssignmentArray(reader, version, reader.compactNullableArrayLength(2))
    : decodeNullableCreatePartitionsRequestAssignmentArray(reader, version, reader.nullableArrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreatePartitionsRequestTopic>({ name, count, assignments }, unknownTags)
}

function decodeCreatePartitionsRequestTopicArray(reader: Reader, version: number, count: number): CreatePartitionsRequestTopic[] {
  const elements: CreatePartitionsRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreatePartitionsRequestTopic(reader, version))
  return elements
}

function decodeCreatePartitionsRequest(reader: Reader, version: number): CreatePartitionsRequest {
  const flexible = version >= 2
  const topics = flexible
    ? decodeCreatePartitionsRequestTopicArray(reader, version, reader.compactArrayLength(7))
    : decodeCreatePartitionsRequestTopicArray(reader, version, reader.arrayLength(10))
  const timeoutMs = reader.int32()
  const validateOnly = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreatePartitionsRequest>({ topics, timeoutMs, validateOnly }, unknownTags)
}

function encodeCreatePartitionsRequestAssignment(writer: Writer, version: number, message: Init<CreatePartitionsRequestAssignment>): void {
  const {
    brokerIds = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(brokerIds.length)
  else writer.arrayLength(brokerIds.length)
  writer.int32Array(brokerIds)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreatePartitionsRequestTopic(writer: Writer, version: number, message: Init<CreatePartitionsRequestTopic>): void {
  const {
    name = '',
    count = 0,
    assignments = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(name)
  else writer.string(name)
  writer.int32(count)
  if (flexible) writer.compactArrayLength(assignments === null ? -1 : assignments.length)
  else writer.arrayLength(assignments === null ? -1 : assignments.length)
  if (assignments !== null) {
    for (const element of assignments) encodeCreatePartitionsRequestAssignment(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreatePartitionsRequest(writer: Writer, version: number, message: Init<CreatePartitionsRequest>): void {
  const {
    topics = [],
    timeoutMs = 0,
    validateOnly = false,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeCreatePartitionsRequestTopic(writer, version, element)
  writer.int32(timeoutMs)
  writer.bool(validateOnly)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeCreatePartitionsResponseTopicResult(reader: Reader, version: number): CreatePartitionsResponseTopicResult {
  const flexible = version >= 2
  const name = flexible ? reader.compactString() : reader.string()
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreatePartitionsResponseTopicResult>({ name, errorCode, errorMessage }, unknownTags)
}

function decodeCreatePartitionsResponseTopicResultArray(reader: Reader, version: number, count: number): CreatePartitionsResponseTopicResult[] {
  const elements: CreatePartitionsResponseTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreatePartitionsResponseTopicResult(reader, version))
  return elements
}

function decodeCreatePartitionsResponse(reader: Reader, version: number): CreatePartitionsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const results = flexible
    ? decodeCreatePartitionsResponseTopicResultArray(reader, version, reader.compactArrayLength(5))
    : decodeCreatePartitionsResponseTopicResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreatePartitionsResponse>({ throttleTimeMs, results }, unknownTags)
}

function encodeCreatePartitionsResponseTopicResult(writer: Writer, version: number, message: Init<CreatePartitionsResponseTopicResult>): void {
  const {
    name = '',
    errorCode = 0,
    errorMessage = null,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(name)
  else writer.string(name)
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreatePartitionsResponse(writer: Writer, version: number, message: Init<CreatePartitionsResponse>): void {
  const {
    throttleTimeMs = 0,
    results = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(results.length)
  else writer.arrayLength(results.length)
  for (const element of results) encodeCreatePartitionsResponseTopicResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** CreatePartitions, key 37. */
export const createPartitions: Api<CreatePartitionsRequest, CreatePartitionsResponse> = {
  key: 37,
  name: 'CreatePartitions',
  request: messageCodec(
    'CreatePartitionsRequest',
    { minVersion: 0, maxVersion: 3, flexibleFrom: 2 },
    decodeCreatePartitionsRequest,
    encodeCreatePartitionsRequest,
  ),
  response: messageCodec(
    'CreatePartitionsResponse',
    { minVersion: 0, maxVersion: 3, flexibleFrom: 2 },
    decodeCreatePartitionsResponse,
    encodeCreatePartitionsResponse,
  ),
}
