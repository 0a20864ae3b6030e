// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 5. */
export interface LeaveGroupRequest {
  readonly groupId: string
  /** Versions 0 to 2. */
  readonly memberId: string
  /** Since version 3. */
  readonly members: readonly LeaveGroupRequestMemberIdentity[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface LeaveGroupRequestMemberIdentity {
  readonly memberId: string
  /** Default: null. */
  readonly groupInstanceId: string | null
  /** Since version 5. Default: null. */
  readonly reason: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 5. */
export interface LeaveGroupResponse {
  /** Since version 1. */
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Since version 3. */
  readonly members: readonly LeaveGroupResponseMember[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface LeaveGroupResponseMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeLeaveGroupRequestMemberIdentity(reader: Reader, version: number): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = flexible ? reader.compactNullableString() : reader.nullableString()
  const reason = version >= 5 ? reader.compactNullableString() : null
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<LeaveGroupRequestMemberIdentity>({ memberId, groupInstanceId, reason }, unknownTags)
}

function decodeLeaveGroupRequestMemberIdentityArray(reader: Reader, version: number, count: number): LeaveGroupRequestMemberIdentity[] {
  const elements: LeaveGroupRequestMemberIdentity[] = []
  for (let index = 0; index < count; index++) elements.push(decodeLeaveGroupRequestMemberIdentity(reader, version))
  return elements
}

function decodeLeaveGroupRequest(reader: Reader, version: number): LeaveGroupRequest {
  const flexible = version >= 4
  const groupId = flexible ? reader.compactString() : reader.string()
  const memberId = version <= 2 ? reader.string() : ''
  const members = version >= 3
    ? (flexible
    ? decodeLeaveGroupRequestMemberIdentityArray(reader, version, reader.compactArrayLength(3))
    : decodeLeaveGroupRequestMemberIdentityArray(reader, version, reader.arrayLength(4)))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<LeaveGroupRequest>({ groupId, memberId, members }, unknownTags)
}

function encodeLeaveGroupRequestMemberIdentity(writer: Writer, version: number, message: Init<LeaveGroupRequestMemberIdentity>): void {
  const {
    memberId = '',
    groupInstanceId = null,
    reason = null,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (flexible) writer.compactNullableString(groupInstanceId)
  else writer.nullableString(groupInstanceId)
  if (version >= 5) writer.compactNullableString(reason)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeLeaveGroupRequest(writer: Writer, version: number, message: Init<LeaveGroupRequest>): void {
  const {
    groupId = '',
    memberId = '',
    members = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version > 2 && memberId !== '') {
    throw fieldUnsupported('LeaveGroupRequest: memberId', version)
  }
  if (version < 3 && members.length !== 0) {
    throw fieldUnsupported('LeaveGroupRequest: members', version)
  }
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  if (version <= 2) writer.string(memberId)
  if (version >= 3) {
    if (flexible) writer.compactArrayLength(members.length)
    else writer.arrayLength(members.length)
    for (const element of members) encodeLeaveGroupRequestMemberIdentity(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeLeaveGroupResponseMember(reader: Reader, version: number): LeaveGroupResponseMember {
  const flexible = version >= 4
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = flexible ? reader.compactNullableString() : reader.nullableString()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<LeaveGroupResponseMember>({ memberId, groupInstanceId, errorCode }, unknownTags)
}

function decodeLeaveGroupResponseMemberArray(reader: Reader, version: number, count: number): LeaveGroupResponseMember[] {
  const elements: LeaveGroupResponseMember[] = []
  for (let index = 0; index < count; index++) elements.push(decodeLeaveGroupResponseMember(reader, version))
  return elements
}

function decodeLeaveGroupResponse(reader: Reader, version: number): LeaveGroupResponse {
  const flexible = version >= 4
  const throttleTimeMs = version >= 1 ? reader.int32() : 0
  const errorCode = reader.int16()
  const members = version >= 3
    ? (flexible
    ? decodeLeaveGroupResponseMemberArray(reader, version, reader.compactArrayLength(5))
    : decodeLeaveGroupResponseMemberArray(reader, version, reader.arrayLength(6)))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<LeaveGroupResponse>({ throttleTimeMs, errorCode, members }, unknownTags)
}

function encodeLeaveGroupResponseMember(writer: Writer, version: number, message: Init<LeaveGroupResponseMember>): void {
  const {
    memberId = '',
    groupInstanceId = '',
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (flexible) writer.compactNullableString(groupInstanceId)
  else writer.nullableString(groupInstanceId)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeLeaveGroupResponse(writer: Writer, version: number, message: Init<LeaveGroupResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    members = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version < 3 && members.length !== 0) {
    throw fieldUnsupported('LeaveGroupResponse: members', version)
  }
  if (version >= 1) writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (version >= 3) {
    if (flexible) writer.compactArrayLength(members.length)
    else writer.arrayLength(members.length)
    for (const element of members) encodeLeaveGroupResponseMember(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

/** LeaveGroup, key 13. */
export const leaveGroup: Api<LeaveGroupRequest, LeaveGroupResponse> = {
  key: 13,
  name: 'LeaveGroup',
  request: messageCodec(
    'LeaveGroupRequest',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 4 },
    decodeLeaveGroupRequest,
    encodeLeaveGroupRequest,
  ),
  response: messageCodec(
    'LeaveGroupResponse',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 4 },
    decodeLeaveGroupResponse,
    encodeLeaveGroupResponse,
  ),
}
