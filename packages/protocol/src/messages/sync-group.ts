// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 5. */
export interface SyncGroupRequest {
  readonly groupId: string
  readonly generationId: number
  readonly memberId: string
  /** Since version 3. Default: null. */
  readonly groupInstanceId: string | null
  /** Since version 5. Default: null. */
  readonly protocolType: string | null
  /** Since version 5. Default: null. */
  readonly protocolName: string | null
  readonly assignments: readonly SyncGroupRequestAssignment[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface SyncGroupRequestAssignment {
  readonly memberId: string
  readonly assignment: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 5. */
export interface SyncGroupResponse {
  /** Since version 1. */
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Since version 5. Default: null. */
  readonly protocolType: string | null
  /** Since version 5. Default: null. */
  readonly protocolName: string | null
  readonly assignment: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeSyncGroupRequestAssignment(reader: Reader, version: number): SyncGroupRequestAssignment {
  const flexible = version >= 4
  const memberId = flexible ? reader.compactString() : reader.string()
  const assignment = flexible ? reader.compactBytes() : reader.bytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<SyncGroupRequestAssignment>({ memberId, assignment }, unknownTags)
}

function decodeSyncGroupRequestAssignmentArray(reader: Reader, version: number, count: number): SyncGroupRequestAssignment[] {
  const elements: SyncGroupRequestAssignment[] = []
  for (let index = 0; index < count; index++) elements.push(decodeSyncGroupRequestAssignment(reader, version))
  return elements
}

function decodeSyncGroupRequest(reader: Reader, version: number): SyncGroupRequest {
  const flexible = version >= 4
  const groupId = flexible ? reader.compactString() : reader.string()
  const generationId = reader.int32()
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const protocolType = version >= 5 ? reader.compactNullableString() : null
  const protocolName = version >= 5 ? reader.compactNullableString() : null
  const assignments = flexible
    ? decodeSyncGroupRequestAssignmentArray(reader, version, reader.compactArrayLength(3))
    : decodeSyncGroupRequestAssignmentArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<SyncGroupRequest>({
    groupId,
    generationId,
    memberId,
    groupInstanceId,
    protocolType,
    protocolName,
    assignments,
  }, unknownTags)
}

function encodeSyncGroupRequestAssignment(writer: Writer, version: number, message: Init<SyncGroupRequestAssignment>): void {
  const {
    memberId = '',
    assignment = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (flexible) writer.compactBytes(assignment)
  else writer.bytes(assignment)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeSyncGroupRequest(writer: Writer, version: number, message: Init<SyncGroupRequest>): void {
  const {
    groupId = '',
    generationId = 0,
    memberId = '',
    groupInstanceId = null,
    protocolType = null,
    protocolName = null,
    assignments = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version < 3 && groupInstanceId !== null) {
    throw fieldUnsupported('SyncGroupRequest: groupInstanceId', version)
  }
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  writer.int32(generationId)
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (version >= 3) {
    if (flexible) writer.compactNullableString(groupInstanceId)
    else writer.nullableString(groupInstanceId)
  }
  if (version >= 5) writer.compactNullableString(protocolType)
  if (version >= 5) writer.compactNullableString(protocolName)
  if (flexible) writer.compactArrayLength(assignments.length)
  else writer.arrayLength(assignments.length)
  for (const element of assignments) encodeSyncGroupRequestAssignment(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeSyncGroupResponse(reader: Reader, version: number): SyncGroupResponse {
  const flexible = version >= 4
  const throttleTimeMs = version >= 1 ? reader.int32() : 0
  const errorCode = reader.int16()
  const protocolType = version >= 5 ? reader.compactNullableString() : null
  const protocolName = version >= 5 ? reader.compactNullableString() : null
  const assignment = flexible ? reader.compactBytes() : reader.bytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<SyncGroupResponse>({
    throttleTimeMs,
    errorCode,
    protocolType,
    protocolName,
    assignment,
  }, unknownTags)
}

function encodeSyncGroupResponse(writer: Writer, version: number, message: Init<SyncGroupResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    protocolType = null,
    protocolName = null,
    assignment = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version >= 1) writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (version >= 5) writer.compactNullableString(protocolType)
  if (version >= 5) writer.compactNullableString(protocolName)
  if (flexible) writer.compactBytes(assignment)
  else writer.bytes(assignment)
  if (flexible) writer.unknownTags(unknownTags)
}

/** SyncGroup, key 14. */
export const syncGroup: Api<SyncGroupRequest, SyncGroupResponse> = {
  key: 14,
  name: 'SyncGroup',
  request: messageCodec(
    'SyncGroupRequest',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 4 },
    decodeSyncGroupRequest,
    encodeSyncGroupRequest,
  ),
  response: messageCodec(
    'SyncGroupResponse',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 4 },
    decodeSyncGroupResponse,
    encodeSyncGroupResponse,
  ),
}
