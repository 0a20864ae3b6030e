// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface SaslAuthenticateRequest {
  readonly authBytes: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface SaslAuthenticateResponse {
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly authBytes: Buffer
  /** Since version 1. */
  readonly sessionLifetimeMs: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeSaslAuthenticateRequest(reader: Reader, version: number): SaslAuthenticateRequest {
  const flexible = version >= 2
  const authBytes = flexible ? reader.compactBytes() : reader.bytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<SaslAuthenticateRequest>({ authBytes }, unknownTags)
}

function encodeSaslAuthenticateRequest(writer: Writer, version: number, message: Init<SaslAuthenticateRequest>): void {
  const {
    authBytes = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactBytes(authBytes)
  else writer.bytes(authBytes)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeSaslAuthenticateResponse(reader: Reader, version: number): SaslAuthenticateResponse {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const errorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const authBytes = flexible ? reader.compactBytes() : reader.bytes()
  const sessionLifetimeMs = version >= 1 ? reader.int64() : 0n
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<SaslAuthenticateResponse>({
    errorCode,
    errorMessage,
    authBytes,
    sessionLifetimeMs,
  }, unknownTags)
}

function encodeSaslAuthenticateResponse(writer: Writer, version: number, message: Init<SaslAuthenticateResponse>): void {
  const {
    errorCode = 0,
    errorMessage = '',
    authBytes = noBytes,
    sessionLifetimeMs = 0n,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  if (flexible) writer.compactNullableString(errorMessage)
  else writer.nullableString(errorMessage)
  if (flexible) writer.compactBytes(authBytes)
  else writer.bytes(authBytes)
  if (version >= 1) writer.int64(sessionLifetimeMs)
  if (flexible) writer.unknownTags(unknownTags)
}

/** SaslAuthenticate, key 36. */
export const saslAuthenticate: Api<SaslAuthenticateRequest, SaslAuthenticateResponse> = {
  key: 36,
  name: 'SaslAuthenticate',
  request: messageCodec(
    'SaslAuthenticateRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeSaslAuthenticateRequest,
    encodeSaslAuthenticateRequest,
  ),
  response: messageCodec(
    'SaslAuthenticateResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 2 },
    decodeSaslAuthenticateResponse,
    encodeSaslAuthenticateResponse,
  ),
}
