// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 3. */
export interface DescribeAclsRequest {
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
export interface DescribeAclsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly resources: readonly DescribeAclsResponseResource[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeAclsResponseResource {
  readonly resourceType: number
  readonly resourceName: string
  /** Default: 3. */
  readonly patternType: number
  readonly acls: readonly DescribeAclsResponseAclDescription[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeAclsResponseAclDescription {
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeAclsRequest(reader: Reader, version: number): DescribeAclsRequest {
  const flexible = version >= 2
  const resourceTypeFilter = reader.int8()
  const resourceNameFilter = flexible ? reader.compactNullableString() : reader.nullableString()
  const patternTypeFilter = reader.int8()
  const principalFilter = flexible ? reader.compactNullableString() : reader.nullableString()
  const hostFilter = flexible ? reader.compactNullableString() : reader.nullableString()
  const operation = reader.int8()
  const permissionType = reader.int8()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeAclsRequest>({
    resourceTypeFilter,
    resourceNameFilter,
    patternTypeFilter,
    principalFilter,
    hostFilter,
    operation,
    permissionType,
  }, unknownTags)
}

function encodeDescribeAclsRequest(writer: Writer, version: number, message: Init<DescribeAclsRequest>): void {
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

function decodeDescribeAclsResponseAclDescription(reader: Reader, version: number): DescribeAclsResponseAclDescription {
  const flexible = version >= 2
  const principal = flexible ? reader.compactString() : reader.string()
  const host = flexible ? reader.compactString() : reader.string()
  const operation = reader.int8()
  const permissionType = reader.int8()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeAclsResponseAclDescription>({
    principal,
    host,
    operation,
    permissionType,
  }, unknownTags)
}

function decodeDescribeAclsResponseAclDescriptionArray(reader: Reader, version: number, count: number): DescribeAclsResponseAclDescription[] {
  const elements: DescribeAclsResponseAclDescription[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeAclsResponseAclDescription(reader, version))
  return elements
}

function decodeDescribeAclsResponseResource(reader: Reader, version: number): DescribeAclsResponseResource {
  const flexible = version >= 2
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const patternType = reader.int8()
  const acls = flexible
    ? decodeDescribeAclsResponseAclDescriptionArray(reader, version, reader.compactArrayLength(5))
    : decodeDescribeAclsResponseAclDescriptionArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeAclsResponseResource>({ resourceType, resourceName, patternType, acls }, unknownTags)
}

function decodeDescribeAclsResponseResourceArray(reader: Reader, version: number, count: number): DescribeAclsResponseResource[] {
  const elements: DescribeAclsResponseResource[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeAclsResponseResource(reader, version))
  return elements
}

function decodeDescribeAclsResponse(reader: Reader, version: number): DescribeAclsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const resources = flexible
    ? decodeDescribeAclsResponseResourceArray(reader, version, reader.compactArrayLength(5))
    : decodeDescribeAclsResponseResourceArray(reader, version, reader.arrayLength(8))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeAclsResponse>({ throttleTimeMs, errorCode, errorMessage, resources }, unknownTags)
}

function encodeDescribeAclsResponseAclDescription(writer: Writer, version: number, message: Init<DescribeAclsResponseAclDescription>): void {
  const {
    principal = '',
    host = '',
    operation = 0,
    permissionType = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(principal)
  else writer.string(principal)
  if (flexible) writer.compactString(host)
  else writer.string(host)
  writer.int8(operation)
  writer.int8(permissionType)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeAclsResponseResource(writer: Writer, version: number, message: Init<DescribeAclsResponseResource>): void {
  const {
    resourceType = 0,
    resourceName = '',
    patternType = 3,
    acls = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  writer.int8(patternType)
  if (flexible) writer.compactArrayLength(acls.length)
  else writer.arrayLength(acls.length)
  for (const element of acls) encodeDescribeAclsResponseAclDescription(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeAclsResponse(writer: Writer, version: number, message: Init<DescribeAclsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    resources = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.compactArrayLength(resources.length)
  else writer.arrayLength(resources.length)
  for (const element of resources) encodeDescribeAclsResponseResource(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DescribeAcls, key 29. */
export const describeAcls: Api<DescribeAclsRequest, DescribeAclsResponse> = {
  key: 29,
  name: 'DescribeAcls',
  request: messageCodec(
    'DescribeAclsRequest',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeDescribeAclsRequest,
    encodeDescribeAclsRequest,
  ),
  response: messageCodec(
    'DescribeAclsResponse',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeDescribeAclsResponse,
    encodeDescribeAclsResponse,
  ),
}
