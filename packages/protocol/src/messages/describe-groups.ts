// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 6. */
export interface DescribeGroupsRequest {
  readonly groups: readonly string[]
  /** Since version 3. */
  readonly includeAuthorizedOperations: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 6. */
export interface DescribeGroupsResponse {
  /** Since version 1. */
  readonly throttleTimeMs: number
  readonly groups: readonly DescribeGroupsResponseDescribedGroup[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeGroupsResponseDescribedGroup {
  readonly errorCode: number
  /** Since version 6. Default: null. */
  readonly errorMessage: string | null
  readonly groupId: string
  readonly groupState: string
  readonly protocolType: string
  readonly protocolData: string
  readonly members: readonly DescribeGroupsResponseDescribedGroupMember[]
  /** Since version 3. Default: -2147483648. */
  readonly authorizedOperations: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeGroupsResponseDescribedGroupMember {
  readonly memberId: string
  /** Since version 4. Default: null. */
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly memberMetadata: Buffer
  readonly memberAssignment: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeGroupsRequest(reader: Reader, version: number): DescribeGroupsRequest {
  const flexible = version >= 5
  const groups = flexible
    ? reader.compactStringArray(reader.compactArrayLength(1))
    : reader.stringArray(reader.arrayLength(2))
  const includeAuthorizedOperations = version >= 3 ? reader.bool() : false
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeGroupsRequest>({ groups, includeAuthorizedOperations }, unknownTags)
}

function encodeDescribeGroupsRequest(writer: Writer, version: number, message: Init<DescribeGroupsRequest>): void {
  const {
    groups = [],
    includeAuthorizedOperations = false,
    unknownTags,
  } = message
  const flexible = version >= 5
  if (version < 3 && includeAuthorizedOperations) {
    throw fieldUnsupported('DescribeGroupsRequest: includeAuthorizedOperations', version)
  }
  if (flexible) writer.compactArrayLength(groups.length)
  else writer.arrayLength(groups.length)
  if (flexible) writer.compactStringArray(groups)
  else writer.stringArray(groups)
  if (version >= 3) writer.bool(includeAuthorizedOperations)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDescribeGroupsResponseDescribedGroupMember(reader: Reader, version: number): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = version >= 4 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const clientId = flexible ? reader.compactString() : reader.string()
  const clientHost = flexible ? reader.compactString() : reader.string()
  const memberMetadata = flexible ? reader.compactBytes() : reader.bytes()
  const memberAssignment = flexible ? reader.compactBytes() : reader.bytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeGroupsResponseDescribedGroupMember>({
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    memberMetadata,
    memberAssignment,
  }, unknownTags)
}

function decodeDescribeGroupsResponseDescribedGroupMemberArray(reader: Reader, version: number, count: number): DescribeGroupsResponseDescribedGroupMember[] {
  const elements: DescribeGroupsResponseDescribedGroupMember[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeGroupsResponseDescribedGroupMember(reader, version))
  return elements
}

function decodeDescribeGroupsResponseDescribedGroup(reader: Reader, version: number): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5
  const errorCode = reader.int16()
  const errorMessage = version >= 6 ? reader.compactNullableString() : null
  const groupId = flexible ? reader.compactString() : reader.string()
  const groupState = flexible ? reader.compactString() : reader.string()
  const protocolType = flexible ? reader.compactString() : reader.string()
  const protocolData = flexible ? reader.compactString() : reader.string()
  const members = flexible
    ? decodeDescribeGroupsResponseDescribedGroupMemberArray(reader, version, reader.compactArrayLength(7))
    : decodeDescribeGroupsResponseDescribedGroupMemberArray(reader, version, reader.arrayLength(14))
  const authorizedOperations = version >= 3 ? reader.int32() : -2147483648
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeGroupsResponseDescribedGroup>({
    errorCode,
    errorMessage,
    groupId,
    groupState,
    protocolType,
    protocolData,
    members,
    authorizedOperations,
  }, unknownTags)
}

function decodeDescribeGroupsResponseDescribedGroupArray(reader: Reader, version: number, count: number): DescribeGroupsResponseDescribedGroup[] {
  const elements: DescribeGroupsResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeGroupsResponseDescribedGroup(reader, version))
  return elements
}

function decodeDescribeGroupsResponse(reader: Reader, version: number): DescribeGroupsResponse {
  const flexible = version >= 5
  const throttleTimeMs = version >= 1 ? reader.int32() : 0
  const groups = flexible
    ? decodeDescribeGroupsResponseDescribedGroupArray(reader, version, reader.compactArrayLength(12))
    : decodeDescribeGroupsResponseDescribedGroupArray(reader, version, reader.arrayLength(14))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeGroupsResponse>({ throttleTimeMs, groups }, unknownTags)
}

function encodeDescribeGroupsResponseDescribedGroupMember(writer: Writer, version: number, message: Init<DescribeGroupsResponseDescribedGroupMember>): void {
  const {
    memberId = '',
    groupInstanceId = null,
    clientId = '',
    clientHost = '',
    memberMetadata = noBytes,
    memberAssignment = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 5
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (version >= 4) {
    if (flexible) writer.compactNullableString(groupInstanceId)
    else writer.nullableString(groupInstanceId)
  }
  if (flexible) writer.compactString(clientId)
  else writer.string(clientId)
  if (flexible) writer.compactString(clientHost)
  else writer.string(clientHost)
  if (flexible) writer.compactBytes(memberMetadata)
  else writer.bytes(memberMetadata)
  if (flexible) writer.compactBytes(memberAssignment)
  else writer.bytes(memberAssignment)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeGroupsResponseDescribedGroup(writer: Writer, version: number, message: Init<DescribeGroupsResponseDescribedGroup>): void {
  const {
    errorCode = 0,
    errorMessage = null,
    groupId = '',
    groupState = '',
    protocolType = '',
    protocolData = '',
    members = [],
    authorizedOperations = -2147483648,
    unknownTags,
  } = message
  const flexible = version >= 5
  if (version < 6 && errorMessage !== null) {
    throw fieldUnsupported('DescribeGroupsResponse: errorMessage', version)
  }
  if (version < 3 && authorizedOperations !== -2147483648) {
    throw fieldUnsupported('DescribeGroupsResponse: authorizedOperations', version)
  }
  writer.int16(errorCode)
  if (version >= 6) writer.compactNullableString(errorMessage)
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  if (flexible) writer.compactString(groupState)
  else writer.string(groupState)
  if (flexible) writer.compactString(protocolType)
  else writer.string(protocolType)
  if (flexible) writer.compactString(protocolData)
  else writer.string(protocolData)
  if (flexible) writer.compactArrayLength(members.length)
  else writer.arrayLength(members.length)
  for (const element of members) encodeDescribeGroupsResponseDescribedGroupMember(writer, version, element)
  if (version >= 3) writer.int32(authorizedOperations)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeGroupsResponse(writer: Writer, version: number, message: Init<DescribeGroupsResponse>): void {
  const {
    throttleTimeMs = 0,
    groups = [],
    unknownTags,
  } = message
  const flexible = version >= 5
  if (version >= 1) writer.int32(throttleTimeMs)
  if (flexible) writer.compactArrayLength(groups.length)
  else writer.arrayLength(groups.length)
  for (const element of groups) encodeDescribeGroupsResponseDescribedGroup(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DescribeGroups, key 15. */
export const describeGroups: Api<DescribeGroupsRequest, DescribeGroupsResponse> = {
  key: 15,
  name: 'DescribeGroups',
  request: messageCodec(
    'DescribeGroupsRequest',
    { minVersion: 0, maxVersion: 6, flexibleFrom: 5 },
    decodeDescribeGroupsRequest,
    encodeDescribeGroupsRequest,
  ),
  response: messageCodec(
    'DescribeGroupsResponse',
    { minVersion: 0, maxVersion: 6, flexibleFrom: 5 },
    decodeDescribeGroupsResponse,
    encodeDescribeGroupsResponse,
  ),
}
