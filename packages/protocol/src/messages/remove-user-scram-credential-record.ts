// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface RemoveUserScramCredentialRecord {
  readonly name: string
  readonly mechanism: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoveUserScramCredentialRecord(reader: Reader, _version: number): RemoveUserScramCredentialRecord {
  const name = reader.compactString()
  const mechanism = reader.int8()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoveUserScramCredentialRecord>({ name, mechanism }, unknownTags)
}

function encodeRemoveUserScramCredentialRecord(writer: Writer, _version: number, message: Init<RemoveUserScramCredentialRecord>): void {
  const {
    name = '',
    mechanism = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int8(mechanism)
  writer.unknownTags(unknownTags)
}

/** Record id 22 of a metadata log. */
export const removeUserScramCredentialRecord: MessageCodec<RemoveUserScramCredentialRecord> = messageCodec(
  'RemoveUserScramCredentialRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemoveUserScramCredentialRecord,
  encodeRemoveUserScramCredentialRecord,
)
