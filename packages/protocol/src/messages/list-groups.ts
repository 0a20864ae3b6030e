// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 5. */
export interface ListGroupsRequest {
  /** Since version 4. */
  readonly statesFilter: readonly string[]
  /** Since version 5. */
  readonly typesFilter: readonly string[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 5. */
export interface ListGroupsResponse {
  /** Since version 1. */
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly groups: readonly ListGroupsResponseListedGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListGroupsResponseListedGroup {
  readonly groupId: string
  readonly protocolType: string
  /** Since version 4. */
  readonly groupState: string
  /** Since version 5. */
  readonly groupType: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeListGroupsRequest(reader: Reader, version: number): ListGroupsRequest {
  const flexible = version >= 3
  const statesFilter = version >= 4 ? reader.compactStringArray(reader.compactArrayLength(1)) : []
  const typesFilter = version >= 5 ? reader.compactStringArray(reader.compactArrayLength(1)) : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListGroupsRequest>({ statesFilter, typesFilter }, unknownTags)
}

function encodeListGroupsRequest(writer: Writer, version: number, message: Init<ListGroupsRequest>): void {
  const {
    statesFilter = [],
    typesFilter = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version < 4 && statesFilter.length !== 0) {
    throw fieldUnsupported('ListGroupsRequest: statesFilter', version)
  }
  if (version < 5 && typesFilter.length !== 0) {
    throw fieldUnsupported('ListGroupsRequest: typesFilter', version)
  }
  if (version >= 4) {
    writer.compactArrayLength(statesFilter.length)
    writer.compactStringArray(statesFilter)
  }
  if (version >= 5) {
    writer.compactArrayLength(typesFilter.length)
    writer.compactStringArray(typesFilter)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeListGroupsResponseListedGroup(reader: Reader, version: number): ListGroupsResponseListedGroup {
  const flexible = version >= 3
  const groupId = flexible ? reader.compactString() : reader.string()
  const protocolType = flexible ? reader.compactString() : reader.string()
  const groupState = version >= 4 ? reader.compactString() : ''
  const groupType = version >= 5 ? reader.compactString() : ''
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListGroupsResponseListedGroup>({ groupId, protocolType, groupState, groupType }, unknownTags)
}

function decodeListGroupsResponseListedGroupArray(reader: Reader, version: number, count: number): ListGroupsResponseListedGroup[] {
  const elements: ListGroupsResponseListedGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListGroupsResponseListedGroup(reader, version))
  return elements
}

function decodeListGroupsResponse(reader: Reader, version: number): ListGroupsResponse {
  const flexible = version >= 3
  const throttleTimeMs = version >= 1 ? reader.int32() : 0
  const errorCode = reader.int16()
  const groups = flexible
    ? decodeListGroupsResponseListedGroupArray(reader, version, reader.compactArrayLength(3))
    : decodeListGroupsResponseListedGroupArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ListGroupsResponse>({ throttleTimeMs, errorCode, groups }, unknownTags)
}

function encodeListGroupsResponseListedGroup(writer: Writer, version: number, message: Init<ListGroupsResponseListedGroup>): void {
  const {
    groupId = '',
    protocolType = '',
    groupState = '',
    groupType = '',
    unknownTags,
  } = message
  const flexible = version >= 3
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  if (flexible) writer.compactString(protocolType)
  else writer.string(protocolType)
  if (version >= 4) writer.compactString(groupState)
  if (version >= 5) writer.compactString(groupType)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeListGroupsResponse(writer: Writer, version: number, message: Init<ListGroupsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    groups = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version >= 1) writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (flexible) writer.compactArrayLength(groups.length)
  else writer.arrayLength(groups.length)
  for (const element of groups) encodeListGroupsResponseListedGroup(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** ListGroups, key 16. */
export const listGroups: Api<ListGroupsRequest, ListGroupsResponse> = {
  key: 16,
  name: 'ListGroups',
  request: messageCodec(
    'ListGroupsRequest',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeListGroupsRequest,
    encodeListGroupsRequest,
  ),
  response: messageCodec(
    'ListGroupsResponse',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeListGroupsResponse,
    encodeListGroupsResponse,
  ),
}
