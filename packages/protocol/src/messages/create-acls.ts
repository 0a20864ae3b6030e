// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 3. */
export interface CreateAclsRequest {
  readonly creations: readonly CreateAclsRequestAclCreation[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateAclsRequestAclCreation {
  readonly resourceType: number
  readonly resourceName: string
  /** Default: 3. */
  readonly resourcePatternType: number
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 3. */
export interface CreateAclsResponse {
  readonly throttleTimeMs: number
  readonly results: readonly CreateAclsResponseAclCreationResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateAclsResponseAclCreationResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeCreateAclsRequestAclCreation(reader: Reader, version: number): CreateAclsRequestAclCreation {
  const flexible = version >= 2
  const resourceType = reader.int8()
  const resourceName = flexible ? reader.compactString() : reader.string()
  const resourcePatternType = reader.int8()
  const principal = flexible ? reader.compactString() : reader.string()
  const host = flexible ? reader.compactString() : reader.string()
  const operation = reader.int8()
  const permissionType = reader.int8()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateAclsRequestAclCreation>({
    resourceType,
    resourceName,
    resourcePatternType,
    principal,
    host,
    operation,
    permissionType,
  }, unknownTags)
}

function decodeCreateAclsRequestAclCreationArray(reader: Reader, version: number, count: number): CreateAclsRequestAclCreation[] {
  const elements: CreateAclsRequestAclCreation[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateAclsRequestAclCreation(reader, version))
  return elements
}

function decodeCreateAclsRequest(reader: Reader, version: number): CreateAclsRequest {
  const flexible = version >= 2
  const creations = flexible
    ? decodeCreateAclsRequestAclCreationArray(reader, version, reader.compactArrayLength(8))
    : decodeCreateAclsRequestAclCreationArray(reader, version, reader.arrayLength(10))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateAclsRequest>({ creations }, unknownTags)
}

function encodeCreateAclsRequestAclCreation(writer: Writer, version: number, message: Init<CreateAclsRequestAclCreation>): void {
  const {
    resourceType = 0,
    resourceName = '',
    resourcePatternType = 3,
    principal = '',
    host = '',
    operation = 0,
    permissionType = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int8(resourceType)
  if (flexible) writer.compactString(resourceName)
  else writer.string(resourceName)
  writer.int8(resourcePatternType)
  if (flexible) writer.compactString(principal)
  else writer.string(principal)
  if (flexible) writer.compactString(host)
  else writer.string(host)
  writer.int8(operation)
  writer.int8(permissionType)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreateAclsRequest(writer: Writer, version: number, message: Init<CreateAclsRequest>): void {
  const {
    creations = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(creations.length)
  else writer.arrayLength(creations.length)
  for (const element of creations) encodeCreateAclsRequestAclCreation(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeCreateAclsResponseAclCreationResult(reader: Reader, version: number): CreateAclsResponseAclCreationResult {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateAclsResponseAclCreationResult>({ errorCode, errorMessage }, unknownTags)
}

function decodeCreateAclsResponseAclCreationResultArray(reader: Reader, version: number, count: number): CreateAclsResponseAclCreationResult[] {
  const elements: CreateAclsResponseAclCreationResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateAclsResponseAclCreationResult(reader, version))
  return elements
}

function decodeCreateAclsResponse(reader: Reader, version: number): CreateAclsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const results = flexible
    ? decodeCreateAclsResponseAclCreationResultArray(reader, version, reader.compactArrayLength(4))
    : decodeCreateAclsResponseAclCreationResultArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateAclsResponse>({ throttleTimeMs, results }, unknownTags)
}

function encodeCreateAclsResponseAclCreationResult(writer: Writer, version: number, message: Init<CreateAclsResponseAclCreationResult>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreateAclsResponse(writer: Writer, version: number, message: Init<CreateAclsResponse>): void {
  const {
    throttleTimeMs = 0,
    results = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(results.length)
  else writer.arrayLength(results.length)
  for (const element of results) encodeCreateAclsResponseAclCreationResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** CreateAcls, key 30. */
export const createAcls: Api<CreateAclsRequest, CreateAclsResponse> = {
  key: 30,
  name: 'CreateAcls',
  request: messageCodec(
    'CreateAclsRequest',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeCreateAclsRequest,
    encodeCreateAclsRequest,
  ),
  response: messageCodec(
    'CreateAclsResponse',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeCreateAclsResponse,
    encodeCreateAclsResponse,
  ),
}
