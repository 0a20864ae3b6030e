// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 3. */
export interface DeleteAclsRequest {
  readonly filters: readonly DeleteAclsRequestFilter[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteAclsRequestFilter {
  readonly resourceTypeFilter: number
  readonly resourceNameFilter: string | null
  /** Default: 3. */
  readonly patternTypeFilter: number
  readonly principalFilter: string | null
  readonly hostFilter: string | null
  readonly operation: number
  readonly permissionType: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 3. */
export interface DeleteAclsResponse {
  readonly throttleTimeMs: number
  readonly filterResults: readonly DeleteAclsResponseFilterResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteAclsResponseFilterResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly matchingAcls: readonly DeleteAclsResponseMatchingAcl[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteAclsResponseMatchingAcl {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly resourceType: number
  readonly resourceName: string
  /** Default: 3. */
  readonly patternType: number
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDeleteAclsRequestFilter(reader: Reader, version: number): DeleteAclsRequestFilter {
  const flexible = version >= 2
  const resourceTypeFilter = reader.int8()
  const resourceNameFilter = flexible ? reader.compactNullableString() : reader.nullableString()
  const patternTypeFilter = reader.int8()
  const principalFilter = flexible ? reader.compactNullableString() : reader.nullableString()
  const hostFilter = flexible ? reader.compactNullableString() : reader.nullableString()
  const operation = reader.int8()
  const permissionType = reader.int8()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteAclsRequestFilter>({
    resourceTypeFilter,
    resourceNameFilter,
    patternTypeFilter,
    principalFilter,
    hostFilter,
    operation,
    permissionType,
  }, unknownTags)
}

function decodeDeleteAclsRequestFilterArray(reader: Reader, version: number, count: number): DeleteAclsRequestFilter[] {
  const elements: DeleteAclsRequestFilter[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteAclsRequestFilter(reader, version))
  return elements
}

function decodeDeleteAclsRequest(reader: Reader, version: number): DeleteAclsRequest {
  const flexible = version >= 2
  const filters = flexible
    ? decodeDeleteAclsRequestFilterArray(reader, version, reader.compactArrayLength(8))
    : decodeDeleteAclsRequestFilterArray(reader, version, reader.arrayLength(10))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteAclsRequest>({ filters }, unknownTags)
}

function encodeDeleteAclsRequestFilter(writer: Writer, version: number, message: Init<DeleteAclsRequestFilter>): void {
  const {
    resourceTypeFilter = 0,
    resourceNameFilter = '',
    patternTypeFilter = 3,
    principalFilter = '',
    hostFilter = '',
    operation = 0,
    permissionType = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int8(resourceTypeFilter)
  if (flexible) writer.compactNullableString(resourceNameFilter)
  else writer.nullableString(resourceNameFilter)
  writer.int8(patternTypeFilter)
  if (flexible) writer.compactNullableString(principalFilter)
  else writer.nullableString(principalFilter)
  if (flexible) writer.compactNullableString(hostFilter)
  else writer.nullableString(hostFilter)
  writer.int8(operation)
  writer.int8(permissionType)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteAclsRequest(writer: Writer, version: number, message: Init<DeleteAclsRequest>): void {
  const {
    filters = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(filters.length)
  else writer.arrayLength(filters.length)
  for (const element of filters) encodeDeleteAclsRequestFilter(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDeleteAclsResponseMatchingAcl(reader: Reader, version: number): DeleteAclsResponseMatchingAcl {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const patternType = reader.int8()
  const principal = flexible ? reader.compactString() : reader.string()
  const host = flexible ? reader.compactString() : reader.string()
  const operation = reader.int8()
  const permissionType = reader.int8()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteAclsResponseMatchingAcl>({
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  }, unknownTags)
}

function decodeDeleteAclsResponseMatchingAclArray(reader: Reader, version: number, count: number): DeleteAclsResponseMatchingAcl[] {
  const elements: DeleteAclsResponseMatchingAcl[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteAclsResponseMatchingAcl(reader, version))
  return elements
}

function decodeDeleteAclsResponseFilterResult(reader: Reader, version: number): DeleteAclsResponseFilterResult {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const matchingAcls = flexible
    ? decodeDeleteAclsResponseMatchingAclArray(reader, version, reader.compactArrayLength(11))
    : decodeDeleteAclsResponseMatchingAclArray(reader, version, reader.arrayLength(14))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteAclsResponseFilterResult>({ errorCode, errorMessage, matchingAcls }, unknownTags)
}

function decodeDeleteAclsResponseFilterResultArray(reader: Reader, version: number, count: number): DeleteAclsResponseFilterResult[] {
  const elements: DeleteAclsResponseFilterResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteAclsResponseFilterResult(reader, version))
  return elements
}

function decodeDeleteAclsResponse(reader: Reader, version: number): DeleteAclsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const filterResults = flexible
    ? decodeDeleteAclsResponseFilterResultArray(reader, version, reader.compactArrayLength(5))
    : decodeDeleteAclsResponseFilterResultArray(reader, version, reader.arrayLength(8))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteAclsResponse>({ throttleTimeMs, filterResults }, unknownTags)
}

function encodeDeleteAclsResponseMatchingAcl(writer: Writer, version: number, message: Init<DeleteAclsResponseMatchingAcl>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    resourceType = 0,
    resourceName = '',
    patternType = 3,
    principal = '',
    host = '',
    operation = 0,
    permissionType = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  writer.int8(patternType)
  if (flexible) writer.compactString(principal)
  else writer.string(principal)
  if (flexible) writer.compactString(host)
  else writer.string(host)
  writer.int8(operation)
  writer.int8(permissionType)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteAclsResponseFilterResult(writer: Writer, version: number, message: Init<DeleteAclsResponseFilterResult>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    matchingAcls = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.compactArrayLength(matchingAcls.length)
  else writer.arrayLength(matchingAcls.length)
  for (const element of matchingAcls) encodeDeleteAclsResponseMatchingAcl(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteAclsResponse(writer: Writer, version: number, message: Init<DeleteAclsResponse>): void {
  const {
    throttleTimeMs = 0,
    filterResults = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(filterResults.length)
  else writer.arrayLength(filterResults.length)
  for (const element of filterResults) encodeDeleteAclsResponseFilterResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DeleteAcls, key 31. */
export const deleteAcls: Api<DeleteAclsRequest, DeleteAclsResponse> = {
  key: 31,
  name: 'DeleteAcls',
  request: messageCodec(
    'DeleteAclsRequest',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeDeleteAclsRequest,
    encodeDeleteAclsRequest,
  ),
  response: messageCodec(
    'DeleteAclsResponse',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeDeleteAclsResponse,
    encodeDeleteAclsResponse,
  ),
}
