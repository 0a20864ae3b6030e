// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface AlterConfigsRequest {
  readonly resources: readonly AlterConfigsRequestResource[]
  readonly validateOnly: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterConfigsRequestResource {
  readonly resourceType: number
  readonly resourceName: string
  readonly configs: readonly AlterConfigsRequestAlterableConfig[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterConfigsRequestAlterableConfig {
  readonly name: string
  readonly value: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface AlterConfigsResponse {
  readonly throttleTimeMs: number
  readonly responses: readonly AlterConfigsResponseResource[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterConfigsResponseResource {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly resourceType: number
  readonly resourceName: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAlterConfigsRequestAlterableConfig(reader: Reader, version: number): AlterConfigsRequestAlterableConfig {
  const flexible = version >= 2
  const name = flexible ? reader.compactString() : reader.string()
  const value = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterConfigsRequestAlterableConfig>({ name, value }, unknownTags)
}

function decodeAlterConfigsRequestAlterableConfigArray(reader: Reader, version: number, count: number): AlterConfigsRequestAlterableConfig[] {
  const elements: AlterConfigsRequestAlterableConfig[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterConfigsRequestAlterableConfig(reader, version))
  return elements
}

function decodeAlterConfigsRequestResource(reader: Reader, version: number): AlterConfigsRequestResource {
  const flexible = version >= 2
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const configs = flexible
    ? decodeAlterConfigsRequestAlterableConfigArray(reader, version, reader.compactArrayLength(3))
    : decodeAlterConfigsRequestAlterableConfigArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterConfigsRequestResource>({ resourceType, resourceName, configs }, unknownTags)
}

function decodeAlterConfigsRequestResourceArray(reader: Reader, version: number, count: number): AlterConfigsRequestResource[] {
  const elements: AlterConfigsRequestResource[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterConfigsRequestResource(reader, version))
  return elements
}

function decodeAlterConfigsRequest(reader: Reader, version: number): AlterConfigsRequest {
  const flexible = version >= 2
  const resources = flexible
    ? decodeAlterConfigsRequestResourceArray(reader, version, reader.compactArrayLength(4))
    : decodeAlterConfigsRequestResourceArray(reader, version, reader.arrayLength(7))
  const validateOnly = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterConfigsRequest>({ resources, validateOnly }, unknownTags)
}

function encodeAlterConfigsRequestAlterableConfig(writer: Writer, version: number, message: Init<AlterConfigsRequestAlterableConfig>): void {
  const {
    name = '',
    value = '',
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactNullableString(value)
  else writer.nullableString(value)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterConfigsRequestResource(writer: Writer, version: number, message: Init<AlterConfigsRequestResource>): void {
  const {
    resourceType = 0,
    resourceName = '',
    configs = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  if (flexible) writer.compactArrayLength(configs.length)
  else writer.arrayLength(configs.length)
  for (const element of configs) encodeAlterConfigsRequestAlterableConfig(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterConfigsRequest(writer: Writer, version: number, message: Init<AlterConfigsRequest>): void {
  const {
    resources = [],
    validateOnly = false,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(resources.length)
  else writer.arrayLength(resources.length)
  for (const element of resources) encodeAlterConfigsRequestResource(writer, version, element)
  writer.bool(validateOnly)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeAlterConfigsResponseResource(reader: Reader, version: number): AlterConfigsResponseResource {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterConfigsResponseResource>({
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
  }, unknownTags)
}

function decodeAlterConfigsResponseResourceArray(reader: Reader, version: number, count: number): AlterConfigsResponseResource[] {
  const elements: AlterConfigsResponseResource[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterConfigsResponseResource(reader, version))
  return elements
}

function decodeAlterConfigsResponse(reader: Reader, version: number): AlterConfigsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const responses = flexible
    ? decodeAlterConfigsResponseResourceArray(reader, version, reader.compactArrayLength(6))
    : decodeAlterConfigsResponseResourceArray(reader, version, reader.arrayLength(7))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterConfigsResponse>({ throttleTimeMs, responses }, unknownTags)
}

function encodeAlterConfigsResponseResource(writer: Writer, version: number, message: Init<AlterConfigsResponseResource>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    resourceType = 0,
    resourceName = '',
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterConfigsResponse(writer: Writer, version: number, message: Init<AlterConfigsResponse>): void {
  const {
    throttleTimeMs = 0,
    responses = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(responses.length)
  else writer.arrayLength(responses.length)
  for (const element of responses) encodeAlterConfigsResponseResource(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** AlterConfigs, key 33. */
export const alterConfigs: Api<AlterConfigsRequest, AlterConfigsResponse> = {
  key: 33,
  name: 'AlterConfigs',
  request: messageCodec(
    'AlterConfigsRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeAlterConfigsRequest,
    encodeAlterConfigsRequest,
  ),
  response: messageCodec(
    'AlterConfigsResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeAlterConfigsResponse,
    encodeAlterConfigsResponse,
  ),
}
