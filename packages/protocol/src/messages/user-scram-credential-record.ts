// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface UserScramCredentialRecord {
  readonly name: string
  readonly mechanism: number
  readonly salt: Buffer
  readonly storedKey: Buffer
  readonly serverKey: Buffer
  readonly iterations: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeUserScramCredentialRecord(reader: Reader, _version: number): UserScramCredentialRecord {
  const name = reader.compactString()
  const mechanism = reader.int8()
  const salt = reader.compactBytes()
  const storedKey = reader.compactBytes()
  const serverKey = reader.compactBytes()
  const iterations = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UserScramCredentialRecord>({
    name,
    mechanism,
    salt,
    storedKey,
    serverKey,
    iterations,
  }, unknownTags)
}

function encodeUserScramCredentialRecord(writer: Writer, _version: number, message: Init<UserScramCredentialRecord>): void {
  const {
    name = '',
    mechanism = 0,
    salt = noBytes,
    storedKey = noBytes,
    serverKey = noBytes,
    iterations = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int8(mechanism)
  writer.compactBytes(salt)
  writer.compactBytes(storedKey)
  writer.compactBytes(serverKey)
  writer.int32(iterations)
  writer.unknownTags(unknownTags)
}

/** Record id 11 of a metadata log. */
export const userScramCredentialRecord: MessageCodec<UserScramCredentialRecord> = messageCodec(
  'UserScramCredentialRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeUserScramCredentialRecord,
  encodeUserScramCredentialRecord,
)
