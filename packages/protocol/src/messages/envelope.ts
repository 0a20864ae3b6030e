// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface EnvelopeRequest {
  readonly requestData: Buffer
  readonly requestPrincipal: Buffer | null
  readonly clientHostAddress: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface EnvelopeResponse {
  /** Default: null. */
  readonly responseData: Buffer | null
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeEnvelopeRequest(reader: Reader, _version: number): EnvelopeRequest {
  const requestData = reader.compactBytes()
  const requestPrincipal = reader.compactNullableBytes()
  const clientHostAddress = reader.compactBytes()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<EnvelopeRequest>({ requestData, requestPrincipal, clientHostAddress }, unknownTags)
}

function encodeEnvelopeRequest(writer: Writer, _version: number, message: Init<EnvelopeRequest>): void {
  const {
    requestData = noBytes,
    requestPrincipal = noBytes,
    clientHostAddress = noBytes,
    unknownTags,
  } = message
  writer.compactBytes(requestData)
  writer.compactNullableBytes(requestPrincipal)
  writer.compactBytes(clientHostAddress)
  writer.unknownTags(unknownTags)
}

function decodeEnvelopeResponse(reader: Reader, _version: number): EnvelopeResponse {
  const responseData = reader.compactNullableBytes()
  const errorCode = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<EnvelopeResponse>({ responseData, errorCode }, unknownTags)
}

function encodeEnvelopeResponse(writer: Writer, _version: number, message: Init<EnvelopeResponse>): void {
  const {
    responseData = null,
    errorCode = 0,
    unknownTags,
  } = message
  writer.compactNullableBytes(responseData)
  writer.int16(errorCode)
  writer.unknownTags(unknownTags)
}

/** Envelope, key 58. */
export const envelope: Api<EnvelopeRequest, EnvelopeResponse> = {
  key: 58,
  name: 'Envelope',
  request: messageCodec(
    'EnvelopeRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeEnvelopeRequest,
    encodeEnvelopeRequest,
  ),
  response: messageCodec(
    'EnvelopeResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeEnvelopeResponse,
    encodeEnvelopeResponse,
  ),
}
