// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface DescribeClientQuotasRequest {
  readonly components: readonly DescribeClientQuotasRequestComponentData[]
  readonly strict: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeClientQuotasRequestComponentData {
  readonly entityType: string
  readonly matchType: number
  readonly match: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface DescribeClientQuotasResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly entries: readonly DescribeClientQuotasResponseEntryData[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeClientQuotasResponseEntryData {
  readonly entity: readonly DescribeClientQuotasResponseEntityData[]
  readonly values: readonly DescribeClientQuotasResponseValueData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeClientQuotasResponseEntityData {
  readonly entityType: string
  readonly entityName: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeClientQuotasResponseValueData {
  readonly key: string
  readonly value: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeClientQuotasRequestComponentData(reader: Reader, version: number): DescribeClientQuotasRequestComponentData {
  const flexible = version >= 1
  const entityType = flexible ? reader.compactString() : reader.string()
  const matchType = reader.int8()
  const match = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeClientQuotasRequestComponentData>({ entityType, matchType, match }, unknownTags)
}

function decodeDescribeClientQuotasRequestComponentDataArray(reader: Reader, version: number, count: number): DescribeClientQuotasRequestComponentData[] {
  const elements: DescribeClientQuotasRequestComponentData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeClientQuotasRequestComponentData(reader, version))
  return elements
}

function decodeDescribeClientQuotasRequest(reader: Reader, version: number): DescribeClientQuotasRequest {
  const flexible = version >= 1
  const components = flexible
    ? decodeDescribeClientQuotasRequestComponentDataArray(reader, version, reader.compactArrayLength(4))
    : decodeDescribeClientQuotasRequestComponentDataArray(reader, version, reader.arrayLength(5))
  const strict = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeClientQuotasRequest>({ components, strict }, unknownTags)
}

function encodeDescribeClientQuotasRequestComponentData(writer: Writer, version: number, message: Init<DescribeClientQuotasRequestComponentData>): void {
  const {
    entityType = '',
    matchType = 0,
    match = '',
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(entityType)
  else writer.string(entityType)
  writer.int8(matchType)
  if (flexible) writer.compactNullableString(match)
  else writer.nullableString(match)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeClientQuotasRequest(writer: Writer, version: number, message: Init<DescribeClientQuotasRequest>): void {
  const {
    components = [],
    strict = false,
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactArrayLength(components.length)
  else writer.arrayLength(components.length)
  for (const element of components) encodeDescribeClientQuotasRequestComponentData(writer, version, element)
  writer.bool(strict)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDescribeClientQuotasResponseValueData(reader: Reader, version: number): DescribeClientQuotasResponseValueData {
  const flexible = version >= 1
  const key = flexible ? reader.compactString() : reader.string()
  const value = reader.float64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeClientQuotasResponseValueData>({ key, value }, unknownTags)
}

function decodeDescribeClientQuotasResponseValueDataArray(reader: Reader, version: number, count: number): DescribeClientQuotasResponseValueData[] {
  const elements: DescribeClientQuotasResponseValueData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeClientQuotasResponseValueData(reader, version))
  return elements
}

function decodeDescribeClientQuotasResponseEntityData(reader: Reader, version: number): DescribeClientQuotasResponseEntityData {
  const flexible = version >= 1
  const entityType = flexible ? reader.compactString() : reader.string()
  const entityName = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeClientQuotasResponseEntityData>({ entityType, entityName }, unknownTags)
}

function decodeDescribeClientQuotasResponseEntityDataArray(reader: Reader, version: number, count: number): DescribeClientQuotasResponseEntityData[] {
  const elements: DescribeClientQuotasResponseEntityData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeClientQuotasResponseEntityData(reader, version))
  return elements
}

function decodeDescribeClientQuotasResponseEntryData(reader: Reader, version: number): DescribeClientQuotasResponseEntryData {
  const flexible = version >= 1
  const entity = flexible
    ? decodeDescribeClientQuotasResponseEntityDataArray(reader, version, reader.compactArrayLength(3))
    : decodeDescribeClientQuotasResponseEntityDataArray(reader, version, reader.arrayLength(4))
  const values = flexible
    ? decodeDescribeClientQuotasResponseValueDataArray(reader, version, reader.compactArrayLength(10))
    : decodeDescribeClientQuotasResponseValueDataArray(reader, version, reader.arrayLength(10))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeClientQuotasResponseEntryData>({ entity, values }, unknownTags)
}

function decodeDescribeClientQuotasResponseEntryDataArray(reader: Reader, version: number, count: number): DescribeClientQuotasResponseEntryData[] {
  const elements: DescribeClientQuotasResponseEntryData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeClientQuotasResponseEntryData(reader, version))
  return elements
}

function decodeNullableDescribeClientQuotasResponseEntryDataArray(reader: Reader, version: number, count: number): DescribeClientQuotasResponseEntryData[] | null {
  return count < 0 ? null : decodeDescribeClientQuotasResponseEntryDataArray(reader, version, count)
}

function decodeDescribeClientQuotasResponse(reader: Reader, version: number): DescribeClientQuotasResponse {
  const flexible = version >= 1
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const entries = flexible
    ? decodeNullableDescribeClientQuotasResponseEntryDataArray(reader, version, reader.compactNullableArrayLength(3))
    : decodeNullableDescribeClientQuotasResponseEntryDataArray(reader, version, reader.nullableArrayLength(8))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeClientQuotasResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    entries,
  }, unknownTags)
}

function encodeDescribeClientQuotasResponseValueData(writer: Writer, version: number, message: Init<DescribeClientQuotasResponseValueData>): void {
  const {
    key = '',
    value = 0,
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(key)
  else writer.string(key)
  writer.float64(value)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeClientQuotasResponseEntityData(writer: Writer, version: number, message: Init<DescribeClientQuotasResponseEntityData>): void {
  const {
    entityType = '',
    entityName = '',
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(entityType)
  else writer.string(entityType)
  if (flexible) writer.compactNullableString(entityName)
  else writer.nullableString(entityName)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeClientQuotasResponseEntryData(writer: Writer, version: number, message: Init<DescribeClientQuotasResponseEntryData>): void {
  const {
    entity = [],
    values = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactArrayLength(entity.length)
  else writer.arrayLength(entity.length)
  for (const element of entity) encodeDescribeClientQuotasResponseEntityData(writer, version, element)
  if (flexible) writer.compactArrayLength(values.length)
  else writer.arrayLength(values.length)
  for (const element of values) encodeDescribeClientQuotasResponseValueData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeClientQuotasResponse(writer: Writer, version: number, message: Init<DescribeClientQuotasResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    entries = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.compactArrayLength(entries === null ? -1 : entries.length)
  else writer.arrayLength(entries === null ? -1 : entries.length)
  if (entries !== null) {
    for (const element of entries) encodeDescribeClientQuotasResponseEntryData(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

/** DescribeClientQuotas, key 48. */
export const describeClientQuotas: Api<DescribeClientQuotasRequest, DescribeClientQuotasResponse> = {
  key: 48,
  name: 'DescribeClientQuotas',
  request: messageCodec(
    'DescribeClientQuotasRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeDescribeClientQuotasRequest,
    encodeDescribeClientQuotasRequest,
  ),
  response: messageCodec(
    'DescribeClientQuotasResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeDescribeClientQuotasResponse,
    encodeDescribeClientQuotasResponse,
  ),
}
