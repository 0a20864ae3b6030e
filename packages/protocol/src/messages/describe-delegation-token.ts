// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 3. */
export interface DescribeDelegationTokenRequest {
  readonly owners: readonly DescribeDelegationTokenRequestOwner[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeDelegationTokenRequestOwner {
  readonly principalType: string
  readonly principalName: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 3. */
export interface DescribeDelegationTokenResponse {
  readonly errorCode: number
  readonly tokens: readonly DescribeDelegationTokenResponseDescribedDelegationToken[]
  readonly throttleTimeMs: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  readonly principalType: string
  readonly principalName: string
  /** Since version 3. */
  readonly tokenRequesterPrincipalType: string
  /** Since version 3. */
  readonly tokenRequesterPrincipalName: string
  readonly issueTimestamp: bigint
  readonly expiryTimestamp: bigint
  readonly maxTimestamp: bigint
  readonly tokenId: string
  readonly hmac: Buffer
  readonly renewers: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  readonly principalType: string
  readonly principalName: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeDelegationTokenRequestOwner(reader: Reader, version: number): DescribeDelegationTokenRequestOwner {
  const flexible = version >= 2
  const principalType = flexible ? reader.compactString() : reader.string()
  const principalName = flexible ? reader.compactString() : reader.string()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeDelegationTokenRequestOwner>({ principalType, principalName }, unknownTags)
}

function decodeDescribeDelegationTokenRequestOwnerArray(reader: Reader, version: number, count: number): DescribeDelegationTokenRequestOwner[] {
  const elements: DescribeDelegationTokenRequestOwner[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeDelegationTokenRequestOwner(reader, version))
  return elements
}

function decodeNullableDescribeDelegationTokenRequestOwnerArray(reader: Reader, version: number, count: number): DescribeDelegationTokenRequestOwner[] | null {
  return count < 0 ? null : decodeDescribeDelegationTokenRequestOwnerArray(reader, version, count)
}

function decodeDescribeDelegationTokenRequest(reader: Reader, version: number): DescribeDelegationTokenRequest {
  const flexible = version >= 2
  const owners = flexible
    ? decodeNullableDescribeDelegationTokenRequestOwnerArray(reader, version, reader.compactNullableArrayLength(3))
    : decodeNullableDescribeDelegationTokenRequestOwnerArray(reader, version, reader.nullableArrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeDelegationTokenRequest>({ owners }, unknownTags)
}

function encodeDescribeDelegationTokenRequestOwner(writer: Writer, version: number, message: Init<DescribeDelegationTokenRequestOwner>): void {
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

function encodeDescribeDelegationTokenRequest(writer: Writer, version: number, message: Init<DescribeDelegationTokenRequest>): void {
  const {
    owners = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (flexible) writer.compactArrayLength(owners === null ? -1 : owners.length)
  else writer.arrayLength(owners === null ? -1 : owners.length)
  if (owners !== null) {
    for (const element of owners) encodeDescribeDelegationTokenRequestOwner(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  const flexible = version >= 2
  const principalType = flexible ? reader.compactString() : reader.string()
  const principalName = flexible ? reader.compactString() : reader.string()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeDelegationTokenResponseDescribedDelegationTokenRenewer>({
    principalType,
    principalName,
  }, unknownTags)
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerArray(reader: Reader, version: number, count: number): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] {
  const elements: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader, version))
  return elements
}

function decodeDescribeDelegationTokenResponseDescribedDelegationToken(reader: Reader, version: number): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2
  const principalType = flexible ? reader.compactString() : reader.string()
  const principalName = flexible ? reader.compactString() : reader.string()
  const tokenRequesterPrincipalType = version >= 3 ? reader.compactString() : ''
  const tokenRequesterPrincipalName = version >= 3 ? reader.compactString() : ''
  const issueTimestamp = reader.int64()
  const expiryTimestamp = reader.int64()
  const maxTimestamp = reader.int64()
  const tokenId = flexible ? reader.compactString() : reader.string()
  const hmac = flexible ? reader.compactBytes() : reader.bytes()
  const renewers = flexible
    ? decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerArray(reader, version, reader.compactArrayLength(3))
    : decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerArray(reader, version, reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeDelegationTokenResponseDescribedDelegationToken>({
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestamp,
    expiryTimestamp,
    maxTimestamp,
    tokenId,
    hmac,
    renewers,
  }, unknownTags)
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenArray(reader: Reader, version: number, count: number): DescribeDelegationTokenResponseDescribedDelegationToken[] {
  const elements: DescribeDelegationTokenResponseDescribedDelegationToken[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeDelegationTokenResponseDescribedDelegationToken(reader, version))
  return elements
}

function decodeDescribeDelegationTokenResponse(reader: Reader, version: number): DescribeDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode = reader.int16()
  const tokens = flexible
    ? decodeDescribeDelegationTokenResponseDescribedDelegationTokenArray(reader, version, reader.compactArrayLength(30))
    : decodeDescribeDelegationTokenResponseDescribedDelegationTokenArray(reader, version, reader.arrayLength(38))
  const throttleTimeMs = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<DescribeDelegationTokenResponse>({ errorCode, tokens, throttleTimeMs }, unknownTags)
}

function encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer: Writer, version: number, message: Init<DescribeDelegationTokenResponseDescribedDelegationTokenRenewer>): void {
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

function encodeDescribeDelegationTokenResponseDescribedDelegationToken(writer: Writer, version: number, message: Init<DescribeDelegationTokenResponseDescribedDelegationToken>): void {
  const {
    principalType = '',
    principalName = '',
    tokenRequesterPrincipalType = '',
    tokenRequesterPrincipalName = '',
    issueTimestamp = 0n,
    expiryTimestamp = 0n,
    maxTimestamp = 0n,
    tokenId = '',
    hmac = noBytes,
    renewers = [],
    unknownTags,
  } = message
  const flexible = version >= 2
  if (version < 3 && tokenRequesterPrincipalType !== '') {
    throw fieldUnsupported('DescribeDelegationTokenResponse: tokenRequesterPrincipalType', version)
  }
  if (version < 3 && tokenRequesterPrincipalName !== '') {
    throw fieldUnsupported('DescribeDelegationTokenResponse: tokenRequesterPrincipalName', version)
  }
  if (flexible) writer.compactString(principalType)
  else writer.string(principalType)
  if (flexible) writer.compactString(principalName)
  else writer.string(principalName)
  if (version >= 3) writer.compactString(tokenRequesterPrincipalType)
  if (version >= 3) writer.compactString(tokenRequesterPrincipalName)
  writer.int64(issueTimestamp)
  writer.int64(expiryTimestamp)
  writer.int64(maxTimestamp)
  if (flexible) writer.compactString(tokenId)
  else writer.string(tokenId)
  if (flexible) writer.compactBytes(hmac)
  else writer.bytes(hmac)
  if (flexible) writer.compactArrayLength(renewers.length)
  else writer.arrayLength(renewers.length)
  for (const element of renewers) encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeDescribeDelegationTokenResponse(writer: Writer, version: number, message: Init<DescribeDelegationTokenResponse>): void {
  const {
    errorCode = 0,
    tokens = [],
    throttleTimeMs = 0,
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(errorCode)
  if (flexible) writer.compactArrayLength(tokens.length)
  else writer.arrayLength(tokens.length)
  for (const element of tokens) encodeDescribeDelegationTokenResponseDescribedDelegationToken(writer, version, element)
  writer.int32(throttleTimeMs)
  if (flexible) writer.unknownTags(unknownTags)
}

/** DescribeDelegationToken, key 41. */
export const describeDelegationToken: Api<DescribeDelegationTokenRequest, DescribeDelegationTokenResponse> = {
  key: 41,
  name: 'DescribeDelegationToken',
  request: messageCodec(
    'DescribeDelegationTokenRequest',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeDescribeDelegationTokenRequest,
    encodeDescribeDelegationTokenRequest,
  ),
  response: messageCodec(
    'DescribeDelegationTokenResponse',
    { minVersion: 1, maxVersion: 3, flexibleFrom: 2 },
    decodeDescribeDelegationTokenResponse,
    encodeDescribeDelegationTokenResponse,
  ),
}
