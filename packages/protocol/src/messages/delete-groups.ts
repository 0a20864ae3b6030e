// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface DeleteGroupsRequest {
  readonly groupsNames: readonly string[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface DeleteGroupsResponse {
  readonly throttleTimeMs: number
  readonly results: readonly DeleteGroupsResponseDeletableGroupResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DeleteGroupsResponseDeletableGroupResult {
  readonly groupId: string
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDeleteGroupsRequest(reader: Reader, version: number): DeleteGroupsRequest {
  const flexible = version >= 2
  const groupsNames = flexible
    ? reader.compactStringArray(reader.compactArrayLength(1))
    : reader.stringArray(reader.arrayLength(2))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteGroupsRequest>({ groupsNames }, unknownTags)
}

function encodeDeleteGroupsRequest(writer: Writer, version: number, message: Init<DeleteGroupsRequest>): void {
  const {
    groupsNames = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(groupsNames.length)
  else writer.arrayLength(groupsNames.length)
  if (flexible) writer.compactStringArray(groupsNames)
  else writer.stringArray(groupsNames)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDeleteGroupsResponseDeletableGroupResult(reader: Reader, version: number): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version >= 2
  const groupId = flexible ? reader.compactString() : reader.string()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteGroupsResponseDeletableGroupResult>({ groupId, errorCode }, unknownTags)
}

function decodeDeleteGroupsResponseDeletableGroupResultArray(reader: Reader, version: number, count: number): DeleteGroupsResponseDeletableGroupResult[] {
  const elements: DeleteGroupsResponseDeletableGroupResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDeleteGroupsResponseDeletableGroupResult(reader, version))
  return elements
}

function decodeDeleteGroupsResponse(reader: Reader, version: number): DeleteGroupsResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const results = flexible
    ? decodeDeleteGroupsResponseDeletableGroupResultArray(reader, version, reader.compactArrayLength(4))
    : decodeDeleteGroupsResponseDeletableGroupResultArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DeleteGroupsResponse>({ throttleTimeMs, results }, unknownTags)
}

function encodeDeleteGroupsResponseDeletableGroupResult(writer: Writer, version: number, message: Init<DeleteGroupsResponseDeletableGroupResult>): void {
  const {
    groupId = '',
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDeleteGroupsResponse(writer: Writer, version: number, message: Init<DeleteGroupsResponse>): void {
  const {
    throttleTimeMs = 0,
    results = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(results.length)
  else writer.arrayLength(results.length)
  for (const element of results) encodeDeleteGroupsResponseDeletableGroupResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DeleteGroups, key 42. */
export const deleteGroups: Api<DeleteGroupsRequest, DeleteGroupsResponse> = {
  key: 42,
  name: 'DeleteGroups',
  request: messageCodec(
    'DeleteGroupsRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeDeleteGroupsRequest,
    encodeDeleteGroupsRequest,
  ),
  response: messageCodec(
    'DeleteGroupsResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeDeleteGroupsResponse,
    encodeDeleteGroupsResponse,
  ),
}
