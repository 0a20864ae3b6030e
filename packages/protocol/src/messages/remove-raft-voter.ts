// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RemoveRaftVoterRequest {
  readonly clusterId: string | null
  readonly voterId: number
  readonly voterDirectoryId: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface RemoveRaftVoterResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoveRaftVoterRequest(reader: Reader, _version: number): RemoveRaftVoterRequest {
  const clusterId = reader.compactNullableString()
  const voterId = reader.int32()
  const voterDirectoryId = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoveRaftVoterRequest>({ clusterId, voterId, voterDirectoryId }, unknownTags)
}

function encodeRemoveRaftVoterRequest(writer: Writer, _version: number, message: Init<RemoveRaftVoterRequest>): void {
  const {
    clusterId = '',
    voterId = 0,
    voterDirectoryId = zeroUuid,
    unknownTags,
  } = message
  writer.compactNullableString(clusterId)
  writer.int32(voterId)
  writer.uuid(voterDirectoryId)
  writer.unknownTags(unknownTags)
}

function decodeRemoveRaftVoterResponse(reader: Reader, _version: number): RemoveRaftVoterResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoveRaftVoterResponse>({ throttleTimeMs, errorCode, errorMessage }, unknownTags)
}

function encodeRemoveRaftVoterResponse(writer: Writer, _version: number, message: Init<RemoveRaftVoterResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

/** RemoveRaftVoter, key 81. */
export const removeRaftVoter: Api<RemoveRaftVoterRequest, RemoveRaftVoterResponse> = {
  key: 81,
  name: 'RemoveRaftVoter',
  request: messageCodec(
    'RemoveRaftVoterRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeRemoveRaftVoterRequest,
    encodeRemoveRaftVoterRequest,
  ),
  response: messageCodec(
    'RemoveRaftVoterResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeRemoveRaftVoterResponse,
    encodeRemoveRaftVoterResponse,
  ),
}
