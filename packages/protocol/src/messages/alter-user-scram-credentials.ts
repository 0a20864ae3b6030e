// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface AlterUserScramCredentialsRequest {
  readonly deletions: readonly AlterUserScramCredentialsRequestScramCredentialDeletion[]
  readonly upsertions: readonly AlterUserScramCredentialsRequestScramCredentialUpsertion[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  readonly name: string
  readonly mechanism: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  readonly name: string
  readonly mechanism: number
  readonly iterations: number
  readonly salt: Buffer
  readonly saltedPassword: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface AlterUserScramCredentialsResponse {
  readonly throttleTimeMs: number
  readonly results: readonly AlterUserScramCredentialsResponseResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterUserScramCredentialsResponseResult {
  readonly user: string
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(reader: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const name = reader.compactString()
  const mechanism = reader.int8()
  const iterations = reader.int32()
  const salt = reader.compactBytes()
  const saltedPassword = reader.compactBytes()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterUserScramCredentialsRequestScramCredentialUpsertion>({
    name,
    mechanism,
    iterations,
    salt,
    saltedPassword,
  }, unknownTags)
}

function decodeAlterUserScramCredentialsRequestScramCredentialUpsertionArray(reader: Reader, version: number, count: number): AlterUserScramCredentialsRequestScramCredentialUpsertion[] {
  const elements: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(reader, version))
  return elements
}

function decodeAlterUserScramCredentialsRequestScramCredentialDeletion(reader: Reader, _version: number): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const name = reader.compactString()
  const mechanism = reader.int8()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterUserScramCredentialsRequestScramCredentialDeletion>({ name, mechanism }, unknownTags)
}

function decodeAlterUserScramCredentialsRequestScramCredentialDeletionArray(reader: Reader, version: number, count: number): AlterUserScramCredentialsRequestScramCredentialDeletion[] {
  const elements: AlterUserScramCredentialsRequestScramCredentialDeletion[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterUserScramCredentialsRequestScramCredentialDeletion(reader, version))
  return elements
}

function decodeAlterUserScramCredentialsRequest(reader: Reader, version: number): AlterUserScramCredentialsRequest {
  const deletions = decodeAlterUserScramCredentialsRequestScramCredentialDeletionArray(reader, version, reader.compactArrayLength(3))
  const upsertions = decodeAlterUserScramCredentialsRequestScramCredentialUpsertionArray(reader, version, reader.compactArrayLength(9))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterUserScramCredentialsRequest>({ deletions, upsertions }, unknownTags)
}

function encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer: Writer, _version: number, message: Init<AlterUserScramCredentialsRequestScramCredentialUpsertion>): void {
  const {
    name = '',
    mechanism = 0,
    iterations = 0,
    salt = noBytes,
    saltedPassword = noBytes,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int8(mechanism)
  writer.int32(iterations)
  writer.compactBytes(salt)
  writer.compactBytes(saltedPassword)
  writer.unknownTags(unknownTags)
}

function encodeAlterUserScramCredentialsRequestScramCredentialDeletion(writer: Writer, _version: number, message: Init<AlterUserScramCredentialsRequestScramCredentialDeletion>): void {
  const {
    name = '',
    mechanism = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int8(mechanism)
  writer.unknownTags(unknownTags)
}

function encodeAlterUserScramCredentialsRequest(writer: Writer, version: number, message: Init<AlterUserScramCredentialsRequest>): void {
  const {
    deletions = [],
    upsertions = [],
    unknownTags,
  } = message
  writer.compactArrayLength(deletions.length)
  for (const element of deletions) encodeAlterUserScramCredentialsRequestScramCredentialDeletion(writer, version, element)
  writer.compactArrayLength(upsertions.length)
  for (const element of upsertions) encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeAlterUserScramCredentialsResponseResult(reader: Reader, _version: number): AlterUserScramCredentialsResponseResult {
  const user = reader.compactString()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterUserScramCredentialsResponseResult>({ user, errorCode, errorMessage }, unknownTags)
}

function decodeAlterUserScramCredentialsResponseResultArray(reader: Reader, version: number, count: number): AlterUserScramCredentialsResponseResult[] {
  const elements: AlterUserScramCredentialsResponseResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterUserScramCredentialsResponseResult(reader, version))
  return elements
}

function decodeAlterUserScramCredentialsResponse(reader: Reader, version: number): AlterUserScramCredentialsResponse {
  const throttleTimeMs = reader.int32()
  const results = decodeAlterUserScramCredentialsResponseResultArray(reader, version, reader.compactArrayLength(5))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterUserScramCredentialsResponse>({ throttleTimeMs, results }, unknownTags)
}

function encodeAlterUserScramCredentialsResponseResult(writer: Writer, _version: number, message: Init<AlterUserScramCredentialsResponseResult>): void {
  const {
    user = '',
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  writer.compactString(user)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeAlterUserScramCredentialsResponse(writer: Writer, version: number, message: Init<AlterUserScramCredentialsResponse>): void {
  const {
    throttleTimeMs = 0,
    results = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(results.length)
  for (const element of results) encodeAlterUserScramCredentialsResponseResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** AlterUserScramCredentials, key 51. */
export const alterUserScramCredentials: Api<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse> = {
  key: 51,
  name: 'AlterUserScramCredentials',
  request: messageCodec(
    'AlterUserScramCredentialsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAlterUserScramCredentialsRequest,
    encodeAlterUserScramCredentialsRequest,
  ),
  response: messageCodec(
    'AlterUserScramCredentialsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAlterUserScramCredentialsResponse,
    encodeAlterUserScramCredentialsResponse,
  ),
}
