// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface SaslHandshakeRequest {
  readonly mechanism: string
}

/** Versions 0 to 1. */
export interface SaslHandshakeResponse {
  readonly errorCode: number
  readonly mechanisms: readonly string[]
}

function decodeSaslHandshakeRequest(reader: Reader, _version: number): SaslHandshakeRequest {
  const mechanism = reader.string()
  return { mechanism }
}

function encodeSaslHandshakeRequest(writer: Writer, _version: number, message: Init<SaslHandshakeRequest>): void {
  const {
    mechanism = '',
  } = message
  writer.string(mechanism)
}

function decodeSaslHandshakeResponse(reader: Reader, _version: number): SaslHandshakeResponse {
  const errorCode = reader.int16()
  const mechanisms = reader.stringArray(reader.arrayLength(2))
  return { errorCode, mechanisms }
}

function encodeSaslHandshakeResponse(writer: Writer, _version: number, message: Init<SaslHandshakeResponse>): void {
  const {
    errorCode = 0,
    mechanisms = [],
  } = message
  writer.int16(errorCode)
  writer.arrayLength(mechanisms.length)
  writer.stringArray(mechanisms)
}

/** SaslHandshake, key 17. */
export const saslHandshake: Api<SaslHandshakeRequest, SaslHandshakeResponse> = {
  key: 17,
  name: 'SaslHandshake',
  request: messageCodec(
    'SaslHandshakeRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: neverFlexible },
    decodeSaslHandshakeRequest,
    encodeSaslHandshakeRequest,
  ),
  response: messageCodec(
    'SaslHandshakeResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: neverFlexible },
    decodeSaslHandshakeResponse,
    encodeSaslHandshakeResponse,
  ),
}
