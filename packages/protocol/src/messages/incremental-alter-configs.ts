// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface IncrementalAlterConfigsRequest {
  readonly resources: readonly IncrementalAlterConfigsRequestAlterConfigsResource[]
  readonly validateOnly: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface IncrementalAlterConfigsRequestAlterConfigsResource {
  readonly resourceType: number
  readonly resourceName: string
  readonly configs: readonly IncrementalAlterConfigsRequestAlterableConfig[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface IncrementalAlterConfigsRequestAlterableConfig {
  readonly name: string
  readonly configOperation: number
  readonly value: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface IncrementalAlterConfigsResponse {
  readonly throttleTimeMs: number
  readonly responses: readonly IncrementalAlterConfigsResponseAlterConfigsResource[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface IncrementalAlterConfigsResponseAlterConfigsResource {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly resourceType: number
  readonly resourceName: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeIncrementalAlterConfigsRequestAlterableConfig(reader: Reader, version: number): IncrementalAlterConfigsRequestAlterableConfig {
  const flexible = version >= 1
  const name = flexible ? reader.compactString() : reader.string()
  const configOperation = reader.int8()
  const value = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<IncrementalAlterConfigsRequestAlterableConfig>({ name, configOperation, value }, unknownTags)
}

function decodeIncrementalAlterConfigsRequestAlterableConfigArray(reader: Reader, version: number, count: number): IncrementalAlterConfigsRequestAlterableConfig[] {
  const elements: IncrementalAlterConfigsRequestAlterableConfig[] = []
  for (let index = 0; index < count; index++) elements.push(decodeIncrementalAlterConfigsRequestAlterableConfig(reader, version))
  return elements
}

function decodeIncrementalAlterConfigsRequestAlterConfigsResource(reader: Reader, version: number): IncrementalAlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 1
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const configs = flexible
    ? decodeIncrementalAlterConfigsRequestAlterableConfigArray(reader, version, reader.compactArrayLength(4))
    : decodeIncrementalAlterConfigsRequestAlterableConfigArray(reader, version, reader.arrayLength(5))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<IncrementalAlterConfigsRequestAlterConfigsResource>({
    resourceType,
    resourceName,
    configs,
  }, unknownTags)
}

function decodeIncrementalAlterConfigsRequestAlterConfigsResourceArray(reader: Reader, version: number, count: number): IncrementalAlterConfigsRequestAlterConfigsResource[] {
  const elements: IncrementalAlterConfigsRequestAlterConfigsResource[] = []
  for (let index = 0; index < count; index++) elements.push(decodeIncrementalAlterConfigsRequestAlterConfigsResource(reader, version))
  return elements
}

function decodeIncrementalAlterConfigsRequest(reader: Reader, version: number): IncrementalAlterConfigsRequest {
  const flexible = version >= 1
  const resources = flexible
    ? decodeIncrementalAlterConfigsRequestAlterConfigsResourceArray(reader, version, reader.compactArrayLength(4))
    : decodeIncrementalAlterConfigsRequestAlterConfigsResourceArray(reader, version, reader.arrayLength(7))
  const validateOnly = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<IncrementalAlterConfigsRequest>({ resources, validateOnly }, unknownTags)
}

function encodeIncrementalAlterConfigsRequestAlterableConfig(writer: Writer, version: number, message: Init<IncrementalAlterConfigsRequestAlterableConfig>): void {
  const {
    name = '',
    configOperation = 0,
    value = '',
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(name)
  else writer.string(name)
  writer.int8(configOperation)
  if (flexible) writer.compactNullableString(value)
  else writer.nullableString(value)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeIncrementalAlterConfigsRequestAlterConfigsResource(writer: Writer, version: number, message: Init<IncrementalAlterConfigsRequestAlterConfigsResource>): void {
  const {
    resourceType = 0,
    resourceName = '',
    configs = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  if (flexible) writer.compactArrayLength(configs.length)
  else writer.arrayLength(configs.length)
  for (const element of configs) encodeIncrementalAlterConfigsRequestAlterableConfig(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeIncrementalAlterConfigsRequest(writer: Writer, version: number, message: Init<IncrementalAlterConfigsRequest>): void {
  const {
    resources = [],
    validateOnly = false,
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactArrayLength(resources.length)
  else writer.arrayLength(resources.length)
  for (const element of resources) encodeIncrementalAlterConfigsRequestAlterConfigsResource(writer, version, element)
  writer.bool(validateOnly)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeIncrementalAlterConfigsResponseAlterConfigsResource(reader: Reader, version: number): IncrementalAlterConfigsResponseAlterConfigsResource {
  const flexible = version >= 1
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<IncrementalAlterConfigsResponseAlterConfigsResource>({
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
  }, unknownTags)
}

function decodeIncrementalAlterConfigsResponseAlterConfigsResourceArray(reader: Reader, version: number, count: number): IncrementalAlterConfigsResponseAlterConfigsResource[] {
  const elements: IncrementalAlterConfigsResponseAlterConfigsResource[] = []
  for (let index = 0; index < count; index++) elements.push(decodeIncrementalAlterConfigsResponseAlterConfigsResource(reader, version))
  return elements
}

function decodeIncrementalAlterConfigsResponse(reader: Reader, version: number): IncrementalAlterConfigsResponse {
  const flexible = version >= 1
  const throttleTimeMs = reader.int32()
  const responses = flexible
    ? decodeIncrementalAlterConfigsResponseAlterConfigsResourceArray(reader, version, reader.compactArrayLength(6))
    : decodeIncrementalAlterConfigsResponseAlterConfigsResourceArray(reader, version, reader.arrayLength(7))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<IncrementalAlterConfigsResponse>({ throttleTimeMs, responses }, unknownTags)
}

function encodeIncrementalAlterConfigsResponseAlterConfigsResource(writer: Writer, version: number, message: Init<IncrementalAlterConfigsResponseAlterConfigsResource>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    resourceType = 0,
    resourceName = '',
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeIncrementalAlterConfigsResponse(writer: Writer, version: number, message: Init<IncrementalAlterConfigsResponse>): void {
  const {
    throttleTimeMs = 0,
    responses = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(responses.length)
  else writer.arrayLength(responses.length)
  for (const element of responses) encodeIncrementalAlterConfigsResponseAlterConfigsResource(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** IncrementalAlterConfigs, key 44. */
export const incrementalAlterConfigs: Api<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse> = {
  key: 44,
  name: 'IncrementalAlterConfigs',
  request: messageCodec(
    'IncrementalAlterConfigsRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeIncrementalAlterConfigsRequest,
    encodeIncrementalAlterConfigsRequest,
  ),
  response: messageCodec(
    'IncrementalAlterConfigsResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeIncrementalAlterConfigsResponse,
    encodeIncrementalAlterConfigsResponse,
  ),
}
