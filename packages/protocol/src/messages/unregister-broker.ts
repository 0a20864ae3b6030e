// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface UnregisterBrokerRequest {
  readonly brokerId: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface UnregisterBrokerResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeUnregisterBrokerRequest(reader: Reader, _version: number): UnregisterBrokerRequest {
  const brokerId = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UnregisterBrokerRequest>({ brokerId }, unknownTags)
}

function encodeUnregisterBrokerRequest(writer: Writer, _version: number, message: Init<UnregisterBrokerRequest>): void {
  const {
    brokerId = 0,
    unknownTags,
  } = message
  writer.int32(brokerId)
  writer.unknownTags(unknownTags)
}

function decodeUnregisterBrokerResponse(reader: Reader, _version: number): UnregisterBrokerResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UnregisterBrokerResponse>({ throttleTimeMs, errorCode, errorMessage }, unknownTags)
}

function encodeUnregisterBrokerResponse(writer: Writer, _version: number, message: Init<UnregisterBrokerResponse>): void {
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

/** UnregisterBroker, key 64. */
export const unregisterBroker: Api<UnregisterBrokerRequest, UnregisterBrokerResponse> = {
  key: 64,
  name: 'UnregisterBroker',
  request: messageCodec(
    'UnregisterBrokerRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeUnregisterBrokerRequest,
    encodeUnregisterBrokerRequest,
  ),
  response: messageCodec(
    'UnregisterBrokerResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeUnregisterBrokerResponse,
    encodeUnregisterBrokerResponse,
  ),
}
