// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 2. */
export interface ExpireDelegationTokenRequest {
  readonly hmac: Buffer
  readonly expiryTimePeriodMs: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 2. */
export interface ExpireDelegationTokenResponse {
  readonly errorCode: number
  readonly expiryTimestampMs: bigint
  readonly throttleTimeMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeExpireDelegationTokenRequest(reader: Reader, version: number): ExpireDelegationTokenRequest {
  const flexible = version >= 2
  const hmac = flexible ? reader.compactBytes() : reader.bytes()
  const expiryTimePeriodMs = reader.int64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ExpireDelegationTokenRequest>({ hmac, expiryTimePeriodMs }, unknownTags)
}

function encodeExpireDelegationTokenRequest(writer: Writer, version: number, message: Init<ExpireDelegationTokenRequest>): void {
  const {
    hmac = noBytes,
    expiryTimePeriodMs = 0n,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactBytes(hmac)
  else writer.bytes(hmac)
  writer.int64(expiryTimePeriodMs)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeExpireDelegationTokenResponse(reader: Reader, version: number): ExpireDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const expiryTimestampMs = reader.int64()
  const throttleTimeMs = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ExpireDelegationTokenResponse>({ errorCode, expiryTimestampMs, throttleTimeMs }, unknownTags)
}

function encodeExpireDelegationTokenResponse(writer: Writer, version: number, message: Init<ExpireDelegationTokenResponse>): void {
  const {
    errorCode = 0,
    expiryTimestampMs = 0n,
    throttleTimeMs = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  writer.int64(expiryTimestampMs)
  writer.int32(throttleTimeMs)
  if (flexible) writer.unknownTags(unknownTags)
}

/** ExpireDelegationToken, key 40. */
export const expireDelegationToken: Api<ExpireDelegationTokenRequest, ExpireDelegationTokenResponse> = {
  key: 40,
  name: 'ExpireDelegationToken',
  request: messageCodec(
    'ExpireDelegationTokenRequest',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 2 },
    decodeExpireDelegationTokenRequest,
    encodeExpireDelegationTokenRequest,
  ),
  response: messageCodec(
    'ExpireDelegationTokenResponse',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 2 },
    decodeExpireDelegationTokenResponse,
    encodeExpireDelegationTokenResponse,
  ),
}
