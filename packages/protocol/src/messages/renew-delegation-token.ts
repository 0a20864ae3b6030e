// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 2. */
export interface RenewDelegationTokenRequest {
  readonly hmac: Buffer
  readonly renewPeriodMs: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 2. */
export interface RenewDelegationTokenResponse {
  readonly errorCode: number
  readonly expiryTimestampMs: bigint
  readonly throttleTimeMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRenewDelegationTokenRequest(reader: Reader, version: number): RenewDelegationTokenRequest {
  const flexible = version >= 2
  const hmac = flexible ? reader.compactBytes() : reader.bytes()
  const renewPeriodMs = reader.int64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<RenewDelegationTokenRequest>({ hmac, renewPeriodMs }, unknownTags)
}

function encodeRenewDelegationTokenRequest(writer: Writer, version: number, message: Init<RenewDelegationTokenRequest>): void {
  const {
    hmac = noBytes,
    renewPeriodMs = 0n,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactBytes(hmac)
  else writer.bytes(hmac)
  writer.int64(renewPeriodMs)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeRenewDelegationTokenResponse(reader: Reader, version: number): RenewDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const expiryTimestampMs = reader.int64()
  const throttleTimeMs = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<RenewDelegationTokenResponse>({ errorCode, expiryTimestampMs, throttleTimeMs }, unknownTags)
}

function encodeRenewDelegationTokenResponse(writer: Writer, version: number, message: Init<RenewDelegationTokenResponse>): void {
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

/** RenewDelegationToken, key 39. */
export const renewDelegationToken: Api<RenewDelegationTokenRequest, RenewDelegationTokenResponse> = {
  key: 39,
  name: 'RenewDelegationToken',
  request: messageCodec(
    'RenewDelegationTokenRequest',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 2 },
    decodeRenewDelegationTokenRequest,
    encodeRenewDelegationTokenRequest,
  ),
  response: messageCodec(
    'RenewDelegationTokenResponse',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 2 },
    decodeRenewDelegationTokenResponse,
    encodeRenewDelegationTokenResponse,
  ),
}
