// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 4. */
export interface DescribeConfigsRequest {
  readonly resources: readonly DescribeConfigsRequestResource[]
  readonly includeSynonyms: boolean
  /** Since version 3. */
  readonly includeDocumentation: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeConfigsRequestResource {
  readonly resourceType: number
  readonly resourceName: string
  readonly configurationKeys: readonly string[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 4. */
export interface DescribeConfigsResponse {
  readonly throttleTimeMs: number
  readonly results: readonly DescribeConfigsResponseResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeConfigsResponseResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly resourceType: number
  readonly resourceName: string
  readonly configs: readonly DescribeConfigsResponseResourceResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeConfigsResponseResourceResult {
  readonly name: string
  readonly value: string | null
  readonly readOnly: boolean
  /** Default: -1. */
  readonly configSource: number
  readonly isSensitive: boolean
  readonly synonyms: readonly DescribeConfigsResponseSynonym[]
  /** Since version 3. */
  readonly configType: number
  /** Since version 3. */
  readonly documentation: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeConfigsResponseSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeConfigsRequestResource(reader: Reader, version: number): DescribeConfigsRequestResource {
  const flexible = version >= 4
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const configurationKeys = flexible
    ? reader.nullableCompactStringArray(reader.compactNullableArrayLength(1))
    : reader.nullableStringArray(reader.nullableArrayLength(2))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeConfigsRequestResource>({ resourceType, resourceName, configurationKeys }, unknownTags)
}

function decodeDescribeConfigsRequestResourceArray(reader: Reader, version: number, count: number): DescribeConfigsRequestResource[] {
  const elements: DescribeConfigsRequestResource[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeConfigsRequestResource(reader, version))
  return elements
}

function decodeDescribeConfigsRequest(reader: Reader, version: number): DescribeConfigsRequest {
  const flexible = version >= 4
  const resources = flexible
    ? decodeDescribeConfigsRequestResourceArray(reader, version, reader.compactArrayLength(4))
    : decodeDescribeConfigsRequestResourceArray(reader, version, reader.arrayLength(7))
  const includeSynonyms = reader.bool()
  const includeDocumentation = version >= 3 ? reader.bool() : false
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeConfigsRequest>({ resources, includeSynonyms, includeDocumentation }, unknownTags)
}

function encodeDescribeConfigsRequestResource(writer: Writer, version: number, message: Init<DescribeConfigsRequestResource>): void {
  const {
    resourceType = 0,
    resourceName = '',
    configurationKeys = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  if (flexible) writer.compactArrayLength(configurationKeys === null ? -1 : configurationKeys.length)
  else writer.arrayLength(configurationKeys === null ? -1 : configurationKeys.length)
  if (configurationKeys !== null) {
    if (flexible) writer.compactStringArray(configurationKeys)
    else writer.stringArray(configurationKeys)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeConfigsRequest(writer: Writer, version: number, message: Init<DescribeConfigsRequest>): void {
  const {
    resources = [],
    includeSynonyms = false,
    includeDocumentation = false,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version < 3 && includeDocumentation) {
    throw fieldUnsupported('DescribeConfigsRequest: includeDocumentation', version)
  }
  if (flexible) writer.compactArrayLength(resources.length)
  else writer.arrayLength(resources.length)
  for (const element of resources) encodeDescribeConfigsRequestResource(writer, version, element)
  writer.bool(includeSynonyms)
  if (version >= 3) writer.bool(includeDocumentation)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDescribeConfigsResponseSynonym(reader: Reader, version: number): DescribeConfigsResponseSynonym {
  const flexible = version >= 4
  const name = flexible ? reader.compactString() : reader.string()
  const value = flexible ? reader.compactNullableString() : reader.nullableString()
  const source = reader.int8()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeConfigsResponseSynonym>({ name, value, source }, unknownTags)
}

function decodeDescribeConfigsResponseSynonymArray(reader: Reader, version: number, count: number): DescribeConfigsResponseSynonym[] {
  const elements: DescribeConfigsResponseSynonym[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeConfigsResponseSynonym(reader, version))
  return elements
}

function decodeDescribeConfigsResponseResourceResult(reader: Reader, version: number): DescribeConfigsResponseResourceResult {
  const flexible = version >= 4
  const name = flexible ? reader.compactString() : reader.string()
  const value = flexible ? reader.compactNullableString() : reader.nullableString()
  const readOnly = reader.bool()
  const configSource = reader.int8()
  const isSensitive = reader.bool()
  const synonyms = flexible
    ? decodeDescribeConfigsResponseSynonymArray(reader, version, reader.compactArrayLength(4))
    : decodeDescribeConfigsResponseSynonymArray(reader, version, reader.arrayLength(5))
  const configType = version >= 3 ? reader.int8() : 0
  const documentation = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : ''
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeConfigsResponseResourceResult>({
    name,
    value,
    readOnly,
    configSource,
    isSensitive,
    synonyms,
    configType,
    documentation,
  }, unknownTags)
}

function decodeDescribeConfigsResponseResourceResultArray(reader: Reader, version: number, count: number): DescribeConfigsResponseResourceResult[] {
  const elements: DescribeConfigsResponseResourceResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeConfigsResponseResourceResult(reader, version))
  return elements
}

function decodeDescribeConfigsResponseResult(reader: Reader, version: number): DescribeConfigsResponseResult {
  const flexible = version >= 4
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const configs = flexible
    ? decodeDescribeConfigsResponseResourceResultArray(reader, version, reader.compactArrayLength(9))
    : decodeDescribeConfigsResponseResourceResultArray(reader, version, reader.arrayLength(11))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeConfigsResponseResult>({
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    configs,
  }, unknownTags)
}

function decodeDescribeConfigsResponseResultArray(reader: Reader, version: number, count: number): DescribeConfigsResponseResult[] {
  const elements: DescribeConfigsResponseResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeConfigsResponseResult(reader, version))
  return elements
}

function decodeDescribeConfigsResponse(reader: Reader, version: number): DescribeConfigsResponse {
  const flexible = version >= 4
  const throttleTimeMs = reader.int32()
  const results = flexible
    ? decodeDescribeConfigsResponseResultArray(reader, version, reader.compactArrayLength(7))
    : decodeDescribeConfigsResponseResultArray(reader, version, reader.arrayLength(11))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeConfigsResponse>({ throttleTimeMs, results }, unknownTags)
}

function encodeDescribeConfigsResponseSynonym(writer: Writer, version: number, message: Init<DescribeConfigsResponseSynonym>): void {
  const {
    name = '',
    value = '',
    source = 0,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactNullableString(value)
  else writer.nullableString(value)
  writer.int8(source)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeConfigsResponseResourceResult(writer: Writer, version: number, message: Init<DescribeConfigsResponseResourceResult>): void {
  const {
    name = '',
    value = '',
    readOnly = false,
    configSource = -1,
    isSensitive = false,
    synonyms = [],
    configType = 0,
    documentation = '',
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactNullableString(value)
  else writer.nullableString(value)
  writer.bool(readOnly)
  writer.int8(configSource)
  writer.bool(isSensitive)
  if (flexible) writer.compactArrayLength(synonyms.length)
  else writer.arrayLength(synonyms.length)
  for (const element of synonyms) encodeDescribeConfigsResponseSynonym(writer, version, element)
  if (version >= 3) writer.int8(configType)
  if (version >= 3) {
    if (flexible) writer.compactNullableString(documentation)
    else writer.nullableString(documentation)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeConfigsResponseResult(writer: Writer, version: number, message: Init<DescribeConfigsResponseResult>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    resourceType = 0,
    resourceName = '',
    configs = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  if (flexible) writer.compactArrayLength(configs.length)
  else writer.arrayLength(configs.length)
  for (const element of configs) encodeDescribeConfigsResponseResourceResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeConfigsResponse(writer: Writer, version: number, message: Init<DescribeConfigsResponse>): void {
  const {
    throttleTimeMs = 0,
    results = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(results.length)
  else writer.arrayLength(results.length)
  for (const element of results) encodeDescribeConfigsResponseResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DescribeConfigs, key 32. */
export const describeConfigs: Api<DescribeConfigsRequest, DescribeConfigsResponse> = {
  key: 32,
  name: 'DescribeConfigs',
  request: messageCodec(
    'DescribeConfigsRequest',
    { minVersion: 1, maxVersion: 4, flexibleFrom: 4 },
    decodeDescribeConfigsRequest,
    encodeDescribeConfigsRequest,
  ),
  response: messageCodec(
    'DescribeConfigsResponse',
    { minVersion: 1, maxVersion: 4, flexibleFrom: 4 },
    decodeDescribeConfigsResponse,
    encodeDescribeConfigsResponse,
  ),
}
