// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface AlterClientQuotasRequest {
  readonly entries: readonly AlterClientQuotasRequestEntryData[]
  readonly validateOnly: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterClientQuotasRequestEntryData {
  readonly entity: readonly AlterClientQuotasRequestEntityData[]
  readonly ops: readonly AlterClientQuotasRequestOpData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterClientQuotasRequestEntityData {
  readonly entityType: string
  readonly entityName: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterClientQuotasRequestOpData {
  readonly key: string
  readonly value: number
  readonly remove: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface AlterClientQuotasResponse {
  readonly throttleTimeMs: number
  readonly entries: readonly AlterClientQuotasResponseEntryData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterClientQuotasResponseEntryData {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly entity: readonly AlterClientQuotasResponseEntityData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterClientQuotasResponseEntityData {
  readonly entityType: string
  readonly entityName: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAlterClientQuotasRequestOpData(reader: Reader, version: number): AlterClientQuotasRequestOpData {
  const flexible = version >= 1
  const key = flexible ? reader.compactString() : reader.string()
  const value = reader.float64()
  const remove = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterClientQuotasRequestOpData>({ key, value, remove }, unknownTags)
}

function decodeAlterClientQuotasRequestOpDataArray(reader: Reader, version: number, count: number): AlterClientQuotasRequestOpData[] {
  const elements: AlterClientQuotasRequestOpData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterClientQuotasRequestOpData(reader, version))
  return elements
}

function decodeAlterClientQuotasRequestEntityData(reader: Reader, version: number): AlterClientQuotasRequestEntityData {
  const flexible = version >= 1
  const entityType = flexible ? reader.compactString() : reader.string()
  const entityName = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterClientQuotasRequestEntityData>({ entityType, entityName }, unknownTags)
}

function decodeAlterClientQuotasRequestEntityDataArray(reader: Reader, version: number, count: number): AlterClientQuotasRequestEntityData[] {
  const elements: AlterClientQuotasRequestEntityData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterClientQuotasRequestEntityData(reader, version))
  return elements
}

function decodeAlterClientQuotasRequestEntryData(reader: Reader, version: number): AlterClientQuotasRequestEntryData {
  const flexible = version >= 1
  const entity = flexible
    ? decodeAlterClientQuotasRequestEntityDataArray(reader, version, reader.compactArrayLength(3))
    : decodeAlterClientQuotasRequestEntityDataArray(reader, version, reader.arrayLength(4))
  const ops = flexible
    ? decodeAlterClientQuotasRequestOpDataArray(reader, version, reader.compactArrayLength(11))
    : decodeAlterClientQuotasRequestOpDataArray(reader, version, reader.arrayLength(11))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterClientQuotasRequestEntryData>({ entity, ops }, unknownTags)
}

function decodeAlterClientQuotasRequestEntryDataArray(reader: Reader, version: number, count: number): AlterClientQuotasRequestEntryData[] {
  const elements: AlterClientQuotasRequestEntryData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterClientQuotasRequestEntryData(reader, version))
  return elements
}

function decodeAlterClientQuotasRequest(reader: Reader, version: number): AlterClientQuotasRequest {
  const flexible = version >= 1
  const entries = flexible
    ? decodeAlterClientQuotasRequestEntryDataArray(reader, version, reader.compactArrayLength(3))
    : decodeAlterClientQuotasRequestEntryDataArray(reader, version, reader.arrayLength(8))
  const validateOnly = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterClientQuotasRequest>({ entries, validateOnly }, unknownTags)
}

function encodeAlterClientQuotasRequestOpData(writer: Writer, version: number, message: Init<AlterClientQuotasRequestOpData>): void {
  const {
    key = '',
    value = 0,
    remove = false,
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(key)
  else writer.string(key)
  writer.float64(value)
  writer.bool(remove)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterClientQuotasRequestEntityData(writer: Writer, version: number, message: Init<AlterClientQuotasRequestEntityData>): void {
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

function encodeAlterClientQuotasRequestEntryData(writer: Writer, version: number, message: Init<AlterClientQuotasRequestEntryData>): void {
  const {
    entity = [],
    ops = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactArrayLength(entity.length)
  else writer.arrayLength(entity.length)
  for (const element of entity) encodeAlterClientQuotasRequestEntityData(writer, version, element)
  if (flexible) writer.compactArrayLength(ops.length)
  else writer.arrayLength(ops.length)
  for (const element of ops) encodeAlterClientQuotasRequestOpData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterClientQuotasRequest(writer: Writer, version: number, message: Init<AlterClientQuotasRequest>): void {
  const {
    entries = [],
    validateOnly = false,
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactArrayLength(entries.length)
  else writer.arrayLength(entries.length)
  for (const element of entries) encodeAlterClientQuotasRequestEntryData(writer, version, element)
  writer.bool(validateOnly)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeAlterClientQuotasResponseEntityData(reader: Reader, version: number): AlterClientQuotasResponseEntityData {
  const flexible = version >= 1
  const entityType = flexible ? reader.compactString() : reader.string()
  const entityName = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterClientQuotasResponseEntityData>({ entityType, entityName }, unknownTags)
}

function decodeAlterClientQuotasResponseEntityDataArray(reader: Reader, version: number, count: number): AlterClientQuotasResponseEntityData[] {
  const elements: AlterClientQuotasResponseEntityData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterClientQuotasResponseEntityData(reader, version))
  return elements
}

function decodeAlterClientQuotasResponseEntryData(reader: Reader, version: number): AlterClientQuotasResponseEntryData {
  const flexible = version >= 1
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const entity = flexible
    ? decodeAlterClientQuotasResponseEntityDataArray(reader, version, reader.compactArrayLength(3))
    : decodeAlterClientQuotasResponseEntityDataArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterClientQuotasResponseEntryData>({ errorCode, errorMessage, entity }, unknownTags)
}

function decodeAlterClientQuotasResponseEntryDataArray(reader: Reader, version: number, count: number): AlterClientQuotasResponseEntryData[] {
  const elements: AlterClientQuotasResponseEntryData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterClientQuotasResponseEntryData(reader, version))
  return elements
}

function decodeAlterClientQuotasResponse(reader: Reader, version: number): AlterClientQuotasResponse {
  const flexible = version >= 1
  const throttleTimeMs = reader.int32()
  const entries = flexible
    ? decodeAlterClientQuotasResponseEntryDataArray(reader, version, reader.compactArrayLength(5))
    : decodeAlterClientQuotasResponseEntryDataArray(reader, version, reader.arrayLength(8))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AlterClientQuotasResponse>({ throttleTimeMs, entries }, unknownTags)
}

function encodeAlterClientQuotasResponseEntityData(writer: Writer, version: number, message: Init<AlterClientQuotasResponseEntityData>): void {
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

function encodeAlterClientQuotasResponseEntryData(writer: Writer, version: number, message: Init<AlterClientQuotasResponseEntryData>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    entity = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.compactArrayLength(entity.length)
  else writer.arrayLength(entity.length)
  for (const element of entity) encodeAlterClientQuotasResponseEntityData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAlterClientQuotasResponse(writer: Writer, version: number, message: Init<AlterClientQuotasResponse>): void {
  const {
    throttleTimeMs = 0,
    entries = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(entries.length)
  else writer.arrayLength(entries.length)
  for (const element of entries) encodeAlterClientQuotasResponseEntryData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** AlterClientQuotas, key 49. */
export const alterClientQuotas: Api<AlterClientQuotasRequest, AlterClientQuotasResponse> = {
  key: 49,
  name: 'AlterClientQuotas',
  request: messageCodec(
    'AlterClientQuotasRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeAlterClientQuotasRequest,
    encodeAlterClientQuotasRequest,
  ),
  response: messageCodec(
    'AlterClientQuotasResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
    decodeAlterClientQuotasResponse,
    encodeAlterClientQuotasResponse,
  ),
}
