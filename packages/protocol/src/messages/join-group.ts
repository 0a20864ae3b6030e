// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, nullNotAllowed, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 9. */
export interface JoinGroupRequest {
  readonly groupId: string
  readonly sessionTimeoutMs: number
  /** Since version 1. Default: -1. */
  readonly rebalanceTimeoutMs: number
  readonly memberId: string
  /** Since version 5. Default: null. */
  readonly groupInstanceId: string | null
  readonly protocolType: string
  readonly protocols: readonly JoinGroupRequestProtocol[]
  /** Since version 8. Default: null. */
  readonly reason: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface JoinGroupRequestProtocol {
  readonly name: string
  readonly metadata: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 9. */
export interface JoinGroupResponse {
  /** Since version 2. */
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: -1. */
  readonly generationId: number
  /** Since version 7. Default: null. */
  readonly protocolType: string | null
  /** Null since version 7. */
  readonly protocolName: string | null
  readonly leader: string
  /** Since version 9. */
  readonly skipAssignment: boolean
  readonly memberId: string
  readonly members: readonly JoinGroupResponseMember[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface JoinGroupResponseMember {
  readonly memberId: string
  /** Since version 5. Default: null. */
  readonly groupInstanceId: string | null
  readonly metadata: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeJoinGroupRequestProtocol(reader: Reader, version: number): JoinGroupRequestProtocol {
  const flexible = version >= 6
  const name = flexible ? reader.compactString() : reader.string()
  const metadata = flexible ? reader.compactBytes() : reader.bytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<JoinGroupRequestProtocol>({ name, metadata }, unknownTags)
}

function decodeJoinGroupRequestProtocolArray(reader: Reader, version: number, count: number): JoinGroupRequestProtocol[] {
  const elements: JoinGroupRequestProtocol[] = []
  for (let index = 0; index < count; index++) elements.push(decodeJoinGroupRequestProtocol(reader, version))
  return elements
}

function decodeJoinGroupRequest(reader: Reader, version: number): JoinGroupRequest {
  const flexible = version >= 6
  const groupId = flexible ? reader.compactString() : reader.string()
  const sessionTimeoutMs = reader.int32()
  const rebalanceTimeoutMs = version >= 1 ? reader.int32() : -1
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const protocolType = flexible ? reader.compactString() : reader.string()
  const protocols = flexible
    ? decodeJoinGroupRequestProtocolArray(reader, version, reader.compactArrayLength(3))
    : decodeJoinGroupRequestProtocolArray(reader, version, reader.arrayLength(6))
  const reason = version >= 8 ? reader.compactNullableString() : null
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<JoinGroupRequest>({
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    memberId,
    groupInstanceId,
    protocolType,
    protocols,
    reason,
  }, unknownTags)
}

function encodeJoinGroupRequestProtocol(writer: Writer, version: number, message: Init<JoinGroupRequestProtocol>): void {
  const {
    name = '',
    metadata = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 6
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactBytes(metadata)
  else writer.bytes(metadata)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeJoinGroupRequest(writer: Writer, version: number, message: Init<JoinGroupRequest>): void {
  const {
    groupId = '',
    sessionTimeoutMs = 0,
    rebalanceTimeoutMs = -1,
    memberId = '',
    groupInstanceId = null,
    protocolType = '',
    protocols = [],
    reason = null,
    unknownTags,
  } = message
  const flexible = version >= 6
  if (version < 5 && groupInstanceId !== null) {
    throw fieldUnsupported('JoinGroupRequest: groupInstanceId', version)
  }
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  writer.int32(sessionTimeoutMs)
  if (version >= 1) writer.int32(rebalanceTimeoutMs)
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (version >= 5) {
    if (flexible) writer.compactNullableString(groupInstanceId)
    else writer.nullableString(groupInstanceId)
  }
  if (flexible) writer.compactString(protocolType)
  else writer.string(protocolType)
  if (flexible) writer.compactArrayLength(protocols.length)
  else writer.arrayLength(protocols.length)
  for (const element of protocols) encodeJoinGroupRequestProtocol(writer, version, element)
  if (version >= 8) writer.compactNullableString(reason)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeJoinGroupResponseMember(reader: Reader, version: number): JoinGroupResponseMember {
  const flexible = version >= 6
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = version >= 5 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const metadata = flexible ? reader.compactBytes() : reader.bytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<JoinGroupResponseMember>({ memberId, groupInstanceId, metadata }, unknownTags)
}

function decodeJoinGroupResponseMemberArray(reader: Reader, version: number, count: number): JoinGroupResponseMember[] {
  const elements: JoinGroupResponseMember[] = []
  for (let index = 0; index < count; index++) elements.push(decodeJoinGroupResponseMember(reader, version))
  return elements
}

function decodeJoinGroupResponse(reader: Reader, version: number): JoinGroupResponse {
  const flexible = version >= 6
  const throttleTimeMs = version >= 2 ? reader.int32() : 0
  const errorCode = reader.int16()
  const generationId = reader.int32()
  const protocolType = version >= 7 ? reader.compactNullableString() : null
  const protocolName = version >= 7
    ? reader.compactNullableString()
    : flexible
    ? reader.compactString()
    : reader.string()
  const leader = flexible ? reader.compactString() : reader.string()
  const skipAssignment = version >= 9 ? reader.bool() : false
  const memberId = flexible ? reader.compactString() : reader.string()
  const members = flexible
    ? decodeJoinGroupResponseMemberArray(reader, version, reader.compactArrayLength(4))
    : decodeJoinGroupResponseMemberArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<JoinGroupResponse>({
    throttleTimeMs,
    errorCode,
    generationId,
    protocolType,
    protocolName,
    leader,
    skipAssignment,
    memberId,
    members,
  }, unknownTags)
}

function encodeJoinGroupResponseMember(writer: Writer, version: number, message: Init<JoinGroupResponseMember>): void {
  const {
    memberId = '',
    groupInstanceId = null,
    metadata = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 6
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (version >= 5) {
    if (flexible) writer.compactNullableString(groupInstanceId)
    else writer.nullableString(groupInstanceId)
  }
  if (flexible) writer.compactBytes(metadata)
  else writer.bytes(metadata)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeJoinGroupResponse(writer: Writer, version: number, message: Init<JoinGroupResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    generationId = -1,
    protocolType = null,
    protocolName = '',
    leader = '',
    skipAssignment = false,
    memberId = '',
    members = [],
    unknownTags,
  } = message
  const flexible = version >= 6
  if (version < 9 && skipAssignment) {
    throw fieldUnsupported('JoinGroupResponse: skipAssignment', version)
  }
  if (version >= 2) writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.int32(generationId)
  if (version >= 7) writer.compactNullableString(protocolType)
  if (version >= 7) writer.compactNullableString(protocolName)
  else if (flexible) {
    if (protocolName === null) throw nullNotAllowed('JoinGroupResponse: protocolName', version)
    writer.compactString(protocolName)
  }
  else {
    if (protocolName === null) throw nullNotAllowed('JoinGroupResponse: protocolName', version)
    writer.string(protocolName)
  }
  if (flexible) writer.compactString(leader)
  else writer.string(leader)
  if (version >= 9) writer.bool(skipAssignment)
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (flexible) writer.compactArrayLength(members.length)
  else writer.arrayLength(members.length)
  for (const element of members) encodeJoinGroupResponseMember(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** JoinGroup, key 11. */
export const joinGroup: Api<JoinGroupRequest, JoinGroupResponse> = {
  key: 11,
  name: 'JoinGroup',
  request: messageCodec(
    'JoinGroupRequest',
    { minVersion: 0, maxVersion: 9, flexibleFrom: 6 },
    decodeJoinGroupRequest,
    encodeJoinGroupRequest,
  ),
  response: messageCodec(
    'JoinGroupResponse',
    { minVersion: 0, maxVersion: 9, flexibleFrom: 6 },
    decodeJoinGroupResponse,
    encodeJoinGroupResponse,
  ),
}
