// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 4. */
export interface HeartbeatRequest {
  readonly groupId: string
  readonly generationId: number
  readonly memberId: string
  /** Since version 3. Default: null. */
  readonly groupInstanceId: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 4. */
export interface HeartbeatResponse {
  /** Since version 1. */
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeHeartbeatRequest(reader: Reader, version: number): HeartbeatRequest {
  const flexible = version >= 4
  const groupId = flexible ? reader.compactString() : reader.string()
  const generationId = reader.int32()
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<HeartbeatRequest>({ groupId, generationId, memberId, groupInstanceId }, unknownTags)
}

function encodeHeartbeatRequest(writer: Writer, version: number, message: Init<HeartbeatRequest>): void {
  const {
    groupId = '',
    generationId = 0,
    memberId = '',
    groupInstanceId = null,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version < 3 && groupInstanceId !== null) {
    throw fieldUnsupported('HeartbeatRequest: groupInstanceId', version)
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
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeHeartbeatResponse(reader: Reader, version: number): HeartbeatResponse {
  const flexible = version >= 4
  const throttleTimeMs = version >= 1 ? reader.int32() : 0
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<HeartbeatResponse>({ throttleTimeMs, errorCode }, unknownTags)
}

function encodeHeartbeatResponse(writer: Writer, version: number, message: Init<HeartbeatResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (version >= 1) writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

/** Heartbeat, key 12. */
export const heartbeat: Api<HeartbeatRequest, HeartbeatResponse> = {
  key: 12,
  name: 'Heartbeat',
  request: messageCodec(
    'HeartbeatRequest',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 4 },
    decodeHeartbeatRequest,
    encodeHeartbeatRequest,
  ),
  response: messageCodec(
    'HeartbeatResponse',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 4 },
    decodeHeartbeatResponse,
    encodeHeartbeatResponse,
  ),
}
