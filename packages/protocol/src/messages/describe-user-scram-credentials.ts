// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface DescribeUserScramCredentialsRequest {
  readonly users: readonly DescribeUserScramCredentialsRequestUserName[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeUserScramCredentialsRequestUserName {
  readonly name: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface DescribeUserScramCredentialsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly results: readonly DescribeUserScramCredentialsResponseResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeUserScramCredentialsResponseResult {
  readonly user: string
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly credentialInfos: readonly DescribeUserScramCredentialsResponseCredentialInfo[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  readonly mechanism: number
  readonly iterations: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeUserScramCredentialsRequestUserName(reader: Reader, _version: number): DescribeUserScramCredentialsRequestUserName {
  const name = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeUserScramCredentialsRequestUserName>({ name }, unknownTags)
}

function decodeDescribeUserScramCredentialsRequestUserNameArray(reader: Reader, version: number, count: number): DescribeUserScramCredentialsRequestUserName[] {
  const elements: DescribeUserScramCredentialsRequestUserName[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeUserScramCredentialsRequestUserName(reader, version))
  return elements
}

function decodeNullableDescribeUserScramCredentialsRequestUserNameArray(reader: Reader, version: number, count: number): DescribeUserScramCredentialsRequestUserName[] | null {
  return count < 0 ? null : decodeDescribeUserScramCredentialsRequestUserNameArray(reader, version, count)
}

function decodeDescribeUserScramCredentialsRequest(reader: Reader, version: number): DescribeUserScramCredentialsRequest {
  const users = decodeNullableDescribeUserScramCredentialsRequestUserNameArray(reader, version, reader.compactNullableArrayLength(2))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeUserScramCredentialsRequest>({ users }, unknownTags)
}

function encodeDescribeUserScramCredentialsRequestUserName(writer: Writer, _version: number, message: Init<DescribeUserScramCredentialsRequestUserName>): void {
  const {
    name = '',
    unknownTags,
  } = message
  writer.compactString(name)
  writer.unknownTags(unknownTags)
}

function encodeDescribeUserScramCredentialsRequest(writer: Writer, version: number, message: Init<DescribeUserScramCredentialsRequest>): void {
  const {
    users = [],
    unknownTags,
  } = message
  writer.compactArrayLength(users === null ? -1 : users.length)
  if (users !== null) {
    for (const element of users) encodeDescribeUserScramCredentialsRequestUserName(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

function decodeDescribeUserScramCredentialsResponseCredentialInfo(reader: Reader, _version: number): DescribeUserScramCredentialsResponseCredentialInfo {
  const mechanism = reader.int8()
  const iterations = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeUserScramCredentialsResponseCredentialInfo>({ mechanism, iterations }, unknownTags)
}

function decodeDescribeUserScramCredentialsResponseCredentialInfoArray(reader: Reader, version: number, count: number): DescribeUserScramCredentialsResponseCredentialInfo[] {
  const elements: DescribeUserScramCredentialsResponseCredentialInfo[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeUserScramCredentialsResponseCredentialInfo(reader, version))
  return elements
}

function decodeDescribeUserScramCredentialsResponseResult(reader: Reader, version: number): DescribeUserScramCredentialsResponseResult {
  const user = reader.compactString()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const credentialInfos = decodeDescribeUserScramCredentialsResponseCredentialInfoArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeUserScramCredentialsResponseResult>({
    user,
    errorCode,
    errorMessage,
    credentialInfos,
  }, unknownTags)
}

function decodeDescribeUserScramCredentialsResponseResultArray(reader: Reader, version: number, count: number): DescribeUserScramCredentialsResponseResult[] {
  const elements: DescribeUserScramCredentialsResponseResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeUserScramCredentialsResponseResult(reader, version))
  return elements
}

function decodeDescribeUserScramCredentialsResponse(reader: Reader, version: number): DescribeUserScramCredentialsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const results = decodeDescribeUserScramCredentialsResponseResultArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeUserScramCredentialsResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    results,
  }, unknownTags)
}

function encodeDescribeUserScramCredentialsResponseCredentialInfo(writer: Writer, _version: number, message: Init<DescribeUserScramCredentialsResponseCredentialInfo>): void {
  const {
    mechanism = 0,
    iterations = 0,
    unknownTags,
  } = message
  writer.int8(mechanism)
  writer.int32(iterations)
  writer.unknownTags(unknownTags)
}

function encodeDescribeUserScramCredentialsResponseResult(writer: Writer, version: number, message: Init<DescribeUserScramCredentialsResponseResult>): void {
  const {
    user = '',
    errorCode = 0,
    errorMessage = '',
    credentialInfos = [],
    unknownTags,
  } = message
  writer.compactString(user)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactArrayLength(credentialInfos.length)
  for (const element of credentialInfos) encodeDescribeUserScramCredentialsResponseCredentialInfo(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeUserScramCredentialsResponse(writer: Writer, version: number, message: Init<DescribeUserScramCredentialsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    results = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactArrayLength(results.length)
  for (const element of results) encodeDescribeUserScramCredentialsResponseResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** DescribeUserScramCredentials, key 50. */
export const describeUserScramCredentials: Api<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse> = {
  key: 50,
  name: 'DescribeUserScramCredentials',
  request: messageCodec(
    'DescribeUserScramCredentialsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeUserScramCredentialsRequest,
    encodeDescribeUserScramCredentialsRequest,
  ),
  response: messageCodec(
    'DescribeUserScramCredentialsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeUserScramCredentialsResponse,
    encodeDescribeUserScramCredentialsResponse,
  ),
}
