// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 3. */
export interface CreateDelegationTokenRequest {
  /** Since version 3. */
  readonly ownerPrincipalType: string | null
  /** Since version 3. */
  readonly ownerPrincipalName: string | null
  readonly renewers: readonly CreateDelegationTokenRequestCreatableRenewers[]
  readonly maxLifetimeMs: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface CreateDelegationTokenRequestCreatableRenewers {
  readonly principalType: string
  readonly principalName: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 3. */
export interface CreateDelegationTokenResponse {
  readonly errorCode: number
  readonly principalType: string
  readonly principalName: string
  /** Since version 3. */
  readonly tokenRequesterPrincipalType: string
  /** Since version 3. */
  readonly tokenRequesterPrincipalName: string
  readonly issueTimestampMs: bigint
  readonly expiryTimestampMs: bigint
  readonly maxTimestampMs: bigint
  readonly tokenId: string
  readonly hmac: Buffer
  readonly throttleTimeMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeCreateDelegationTokenRequestCreatableRenewers(reader: Reader, version: number): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2
  const principalType = flexible ? reader.compactString() : reader.string()
  const principalName = flexible ? reader.compactString() : reader.string()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateDelegationTokenRequestCreatableRenewers>({ principalType, principalName }, unknownTags)
}

function decodeCreateDelegationTokenRequestCreatableRenewersArray(reader: Reader, version: number, count: number): CreateDelegationTokenRequestCreatableRenewers[] {
  const elements: CreateDelegationTokenRequestCreatableRenewers[] = []
  for (let index = 0; index < count; index++) elements.push(decodeCreateDelegationTokenRequestCreatableRenewers(reader, version))
  return elements
}

function decodeCreateDelegationTokenRequest(reader: Reader, version: number): CreateDelegationTokenRequest {
  const flexible = version >= 2
  const ownerPrincipalType = version >= 3 ? reader.compactNullableString() : ''
  const ownerPrincipalName = version >= 3 ? reader.compactNullableString() : ''
  const renewers = flexible
    ? decodeCreateDelegationTokenRequestCreatableRenewersArray(reader, version, reader.compactArrayLength(3))
    : decodeCreateDelegationTokenRequestCreatableRenewersArray(reader, version, reader.arrayLength(4))
  const maxLifetimeMs = reader.int64()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateDelegationTokenRequest>({
    ownerPrincipalType,
    ownerPrincipalName,
    renewers,
    maxLifetimeMs,
  }, unknownTags)
}

function encodeCreateDelegationTokenRequestCreatableRenewers(writer: Writer, version: number, message: Init<CreateDelegationTokenRequestCreatableRenewers>): void {
  const {
    principalType = '',
    principalName = '',
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactString(principalType)
  else writer.string(principalType)
  if (flexible) writer.compactString(principalName)
  else writer.string(principalName)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeCreateDelegationTokenRequest(writer: Writer, version: number, message: Init<CreateDelegationTokenRequest>): void {
  const {
    ownerPrincipalType = '',
    ownerPrincipalName = '',
    renewers = [],
    maxLifetimeMs = 0n,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (version < 3 && ownerPrincipalType !== '') {
    throw fieldUnsupported('CreateDelegationTokenRequest: ownerPrincipalType', version)
  }
  if (version < 3 && ownerPrincipalName !== '') {
    throw fieldUnsupported('CreateDelegationTokenRequest: ownerPrincipalName', version)
  }
  if (version >= 3) writer.compactNullableString(ownerPrincipalType)
  if (version >= 3) writer.compactNullableString(ownerPrincipalName)
  if (flexible) writer.compactArrayLength(renewers.length)
  else writer.arrayLength(renewers.length)
  for (const element of renewers) encodeCreateDelegationTokenRequestCreatableRenewers(writer, version, element)
  writer.int64(maxLifetimeMs)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeCreateDelegationTokenResponse(reader: Reader, version: number): CreateDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const principalType = flexible ? reader.compactString() : reader.string()
  const principalName = flexible ? reader.compactString() : reader.string()
  const tokenRequesterPrincipalType = version >= 3 ? reader.compactString() : ''
  const tokenRequesterPrincipalName = version >= 3 ? reader.compactString() : ''
  const issueTimestampMs = reader.int64()
  const expiryTimestampMs = reader.int64()
  const maxTimestampMs = reader.int64()
  const tokenId = flexible ? reader.compactString() : reader.string()
  const hmac = flexible ? reader.compactBytes() : reader.bytes()
  const throttleTimeMs = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<CreateDelegationTokenResponse>({
    errorCode,
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestampMs,
    expiryTimestampMs,
    maxTimestampMs,
    tokenId,
    hmac,
    throttleTimeMs,
  }, unknownTags)
}

function encodeCreateDelegationTokenResponse(writer: Writer, version: number, message: Init<CreateDelegationTokenResponse>): void {
  const {
    errorCode = 0,
    principalType = '',
    principalName = '',
    tokenRequesterPrincipalType = '',
    tokenRequesterPrincipalName = '',
    issueTimestampMs = 0n,
    expiryTimestampMs = 0n,
    maxTimestampMs = 0n,
    tokenId = '',
    hmac = noBytes,
    throttleTimeMs = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (version < 3 && tokenRequesterPrincipalType !== '') {
    throw fieldUnsupported('CreateDelegationTokenResponse: tokenRequesterPrincipalType', version)
  }
  if (version < 3 && tokenRequesterPrincipalName !== '') {
    throw fieldUnsupported('CreateDelegationTokenResponse: tokenRequesterPrincipalName', version)
  }
  writer.int16(errorCode)
  if (flexible) writer.compactString(principalType)
  else writer.string(principalType)
  if (flexible) writer.compactString(principalName)
  else writer.string(principalName)
  if (version >= 3) writer.compactString(tokenRequesterPrincipalType)
  if (version >= 3) writer.compactString(tokenRequesterPrincipalName)
  writer.int64(issueTimestampMs)
  writer.int64(expiryTimestampMs)
  writer.int64(maxTimestampMs)
  if (flexible) writer.compactString(tokenId)
  else writer.string(tokenId)
  if (flexible) writer.compactBytes(hmac)
  else writer.bytes(hmac)
  writer.int32(throttleTimeMs)
  if (flexible) writer.unknownTags(unknownTags)
}

/** CreateDelegationToken, key 38. */
export const createDelegationToken: Api<CreateDelegationTokenRequest, CreateDelegationTokenResponse> = {
  key: 38,
  name: 'CreateDelegationToken',
  request: messageCodec(
    'CreateDelegationTokenRequest',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeCreateDelegationTokenRequest,
    encodeCreateDelegationTokenRequest,
  ),
  response: messageCodec(
    'CreateDelegationTokenResponse',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeCreateDelegationTokenResponse,
    encodeCreateDelegationTokenResponse,
  ),
}
