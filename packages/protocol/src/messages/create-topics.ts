// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 2 to 7. */
export interface CreateTopicsRequest {
  readonly topics: readonly CreateTopicsRequestCreatableTopic[]
  /** Default: 60000. */
  readonly timeoutMs: number
  readonly validateOnly: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateTopicsRequestCreatableTopic {
  readonly name: string
  readonly numPartitions: number
  readonly replicationFactor: number
  readonly assignments: readonly CreateTopicsRequestCreatableReplicaAssignment[]
  readonly configs: readonly CreateTopicsRequestCreatableTopicConfig[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateTopicsRequestCreatableReplicaAssignment {
  readonly partitionIndex: number
  readonly brokerIds: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateTopicsRequestCreatableTopicConfig {
  readonly name: string
  readonly value: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 2 to 7. */
export interface CreateTopicsResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly CreateTopicsResponseCreatableTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateTopicsResponseCreatableTopicResult {
  readonly name: string
  /** Since version 7. */
  readonly topicId: string
  readonly errorCode: number
  readonly errorMessage: string | null
  /** Since version 5. */
  readonly topicConfigErrorCode: number
  /** Since version 5. Default: -1. */
  readonly numPartitions: number
  /** Since version 5. Default: -1. */
  readonly replicationFactor: number
  /** Since version 5. */
  readonly configs: readonly CreateTopicsResponseCreatableTopicConfigs[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateTopicsResponseCreatableTopicConfigs {
  readonly name: string
  readonly value: string | null
  readonly readOnly: boolean
  /** Default: -1. */
  readonly configSource: number
  readonly isSensitive: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeCreateTopicsRequestCreatableTopicConfig(reader: Reader, version: number): CreateTopicsRequestCreatableTopicConfig {
  const flexible = version >= 5
  const name = flexible ? reader.compactString() : reader.string()
  const value = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateTopicsRequestCreatableTopicConfig>({ name, value }, unknownTags)
}

function decodeCreateTopicsRequestCreatableTopicConfigArray(reader: Reader, version: number, count: number): CreateTopicsRequestCreatableTopicConfig[] {
  const elements: CreateTopicsRequestCreatableTopicConfig[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateTopicsRequestCreatableTopicConfig(reader, version))
  return elements
}

function decodeCreateTopicsRequestCreatableReplicaAssignment(reader: Reader, version: number): CreateTopicsRequestCreatableReplicaAssignment {
  const flexible = version >= 5
  const partitionIndex = reader.int32()
  const brokerIds = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateTopicsRequestCreatableReplicaAssignment>({ partitionIndex, brokerIds }, unknownTags)
}

function decodeCreateTopicsRequestCreatableReplicaAssignmentArray(reader: Reader, version: number, count: number): CreateTopicsRequestCreatableReplicaAssignment[] {
  const elements: CreateTopicsRequestCreatableReplicaAssignment[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateTopicsRequestCreatableReplicaAssignment(reader, version))
  return elements
}

function decodeCreateTopicsRequestCreatableTopic(reader: Reader, version: number): CreateTopicsRequestCreatableTopic {
  const flexible = version >= 5
  const name = flexible ? reader.compactString() : reader.string()
  const numPartitions = reader.int32()
  const replicationFactor = reader.int16()
  const assignments = flexible
    ? decodeCreateTopicsRequestCreatableReplicaAssignmentArray(reader, version, reader.compactArrayLength(6))
    : decodeCreateTopicsRequestCreatableReplicaAssignmentArray(reader, version, reader.arrayLength(8))
  const configs = flexible
    ? decodeCreateTopicsRequestCreatableTopicConfigArray(reader, version, reader.compactArrayLength(3))
    : decodeCreateTopicsRequestCreatableTopicConfigArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateTopicsRequestCreatableTopic>({
    name,
    numPartitions,
    replicationFactor,
    assignments,
    configs,
  }, unknownTags)
}

function decodeCreateTopicsRequestCreatableTopicArray(reader: Reader, version: number, count: number): CreateTopicsRequestCreatableTopic[] {
  const elements: CreateTopicsRequestCreatableTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateTopicsRequestCreatableTopic(reader, version))
  return elements
}

function decodeCreateTopicsRequest(reader: Reader, version: number): CreateTopicsRequest {
  const flexible = version >= 5
  const topics = flexible
    ? decodeCreateTopicsRequestCreatableTopicArray(reader, version, reader.compactArrayLength(10))
    : decodeCreateTopicsRequestCreatableTopicArray(reader, version, reader.arrayLength(16))
  const timeoutMs = reader.int32()
  const validateOnly = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateTopicsRequest>({ topics, timeoutMs, validateOnly }, unknownTags)
}

function encodeCreateTopicsRequestCreatableTopicConfig(writer: Writer, version: number, message: Init<CreateTopicsRequestCreatableTopicConfig>): void {
  const {
    name = '',
    value = '',
    unknownTags,
  } = message
  const flexible = version >= 5
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactNullableString(value)
  else writer.nullableString(value)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreateTopicsRequestCreatableReplicaAssignment(writer: Writer, version: number, message: Init<CreateTopicsRequestCreatableReplicaAssignment>): void {
  const {
    partitionIndex = 0,
    brokerIds = [],
    unknownTags,
  } = message
  const flexible = version >= 5
  writer.int32(partitionIndex)
  if (flexible) writer.compactArrayLength(brokerIds.length)
  else writer.arrayLength(brokerIds.length)
  writer.int32Array(brokerIds)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreateTopicsRequestCreatableTopic(writer: Writer, version: number, message: Init<CreateTopicsRequestCreatableTopic>): void {
  const {
    name = '',
    numPartitions = 0,
    replicationFactor = 0,
    assignments = [],
    configs = [],
    unknownTags,
  } = message
  const flexible = version >= 5
  if (flexible) writer.compactString(name)
  else writer.string(name)
  writer.int32(numPartitions)
  writer.int16(replicationFactor)
  if (flexible) writer.compactArrayLength(assignments.length)
  else writer.arrayLength(assignments.length)
  for (const element of assignments) encodeCreateTopicsRequestCreatableReplicaAssignment(writer, version, element)
  if (flexible) writer.compactArrayLength(configs.length)
  else writer.arrayLength(configs.length)
  for (const element of configs) encodeCreateTopicsRequestCreatableTopicConfig(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreateTopicsRequest(writer: Writer, version: number, message: Init<CreateTopicsRequest>): void {
  const {
    topics = [],
    timeoutMs = 60000,
    validateOnly = false,
    unknownTags,
  } = message
  const flexible = version >= 5
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeCreateTopicsRequestCreatableTopic(writer, version, element)
  writer.int32(timeoutMs)
  writer.bool(validateOnly)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeCreateTopicsResponseCreatableTopicConfigs(reader: Reader, _version: number): CreateTopicsResponseCreatableTopicConfigs {
  const name = reader.compactString()
  const value = reader.compactNullableString()
  const readOnly = reader.bool()
  const configSource = reader.int8()
  const isSensitive = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<CreateTopicsResponseCreatableTopicConfigs>({
    name,
    value,
    readOnly,
    configSource,
    isSensitive,
  }, unknownTags)
}

function decodeCreateTopicsResponseCreatableTopicConfigsArray(reader: Reader, version: number, count: number): CreateTopicsResponseCreatableTopicConfigs[] {
  const elements: CreateTopicsResponseCreatableTopicConfigs[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateTopicsResponseCreatableTopicConfigs(reader, version))
  return elements
}

function decodeNullableCreateTopicsResponseCreatableTopicConfigsArray(reader: Reader, version: number, count: number): CreateTopicsResponseCreatableTopicConfigs[] | null {
  return count < 0 ? null : decodeCreateTopicsResponseCreatableTopicConfigsArray(reader, version, count)
}

function decodeCreateTopicsResponseCreatableTopicResult(reader: Reader, version: number): CreateTopicsResponseCreatableTopicResult {
  const flexible = version >= 5
  const name = flexible ? reader.compactString() : reader.string()
  const topicId = version >= 7 ? reader.uuid() : zeroUuid
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const numPartitions = version >= 5 ? reader.int32() : -1
  const replicationFactor = version >= 5 ? reader.int16() : -1
  const configs = version >= 5
    ? decodeNullableCreateTopicsResponseCreatableTopicConfigsArray(reader, version, reader.compactNullableArrayLength(6))
    : []
  let topicConfigErrorCode: CreateTopicsResponseCreatableTopicResult['topicConfigErrorCode'] = 0
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        topicConfigErrorCode = reader.int16()
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<CreateTopicsResponseCreatableTopicResult>({
    name,
    topicId,
    errorCode,
    errorMessage,
    topicConfigErrorCode,
    numPartitions,
    replicationFactor,
    configs,
  }, unknownTags)
}

function decodeCreateTopicsResponseCreatableTopicResultArray(reader: Reader, version: number, count: number): CreateTopicsResponseCreatableTopicResult[] {
  const elements: CreateTopicsResponseCreatableTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateTopicsResponseCreatableTopicResult(reader, version))
  return elements
}

function decodeCreateTopicsResponse(reader: Reader, version: number): CreateTopicsResponse {
  const flexible = version >= 5
  const throttleTimeMs = reader.int32()
  const topics = flexible
    ? decodeCreateTopicsResponseCreatableTopicResultArray(reader, version, reader.compactArrayLength(12))
    : decodeCreateTopicsResponseCreatableTopicResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateTopicsResponse>({ throttleTimeMs, topics }, unknownTags)
}

function encodeCreateTopicsResponseCreatableTopicConfigs(writer: Writer, _version: number, message: Init<CreateTopicsResponseCreatableTopicConfigs>): void {
  const {
    name = '',
    value = '',
    readOnly = false,
    configSource = -1,
    isSensitive = false,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactNullableString(value)
  writer.bool(readOnly)
  writer.int8(configSource)
  writer.bool(isSensitive)
  writer.unknownTags(unknownTags)
}

function encodeCreateTopicsResponseCreatableTopicResult(writer: Writer, version: number, message: Init<CreateTopicsResponseCreatableTopicResult>): void {
  const {
    name = '',
    topicId = zeroUuid,
    errorCode = 0,
    errorMessage = '',
    topicConfigErrorCode = 0,
    numPartitions = -1,
    replicationFactor = -1,
    configs = [],
    unknownTags,
  } = message
  const flexible = version >= 5
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (version >= 7) writer.uuid(topicId)
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (version >= 5) writer.int32(numPartitions)
  if (version >= 5) writer.int16(replicationFactor)
  if (version >= 5) {
    writer.compactArrayLength(configs === null ? -1 : configs.length)
    if (configs !== null) {
      for (const element of configs) encodeCreateTopicsResponseCreatableTopicConfigs(writer, version, element)
    }
  }
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = topicConfigErrorCode !== 0
    if (has0) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tag(0, 2)
        writer.int16(topicConfigErrorCode)
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

function encodeCreateTopicsResponse(writer: Writer, version: number, message: Init<CreateTopicsResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    unknownTags,
  } = message
  const flexible = version >= 5
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(topics.length)
  else writer.arrayLength(topics.length)
  for (const element of topics) encodeCreateTopicsResponseCreatableTopicResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** CreateTopics, key 19. */
export const createTopics: Api<CreateTopicsRequest, CreateTopicsResponse> = {
  key: 19,
  name: 'CreateTopics',
  request: messageCodec(
    'CreateTopicsRequest',
    { minVersion: 2, maxVersion: 7, flexibleFrom: 5 },
    decodeCreateTopicsRequest,
    encodeCreateTopicsRequest,
  ),
  response: messageCodec(
    'CreateTopicsResponse',
    { minVersion: 2, maxVersion: 7, flexibleFrom: 5 },
    decodeCreateTopicsResponse,
    encodeCreateTopicsResponse,
  ),
}
