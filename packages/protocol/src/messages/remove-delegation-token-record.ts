// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface RemoveDelegationTokenRecord {
  readonly tokenId: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoveDelegationTokenRecord(reader: Reader, _version: number): RemoveDelegationTokenRecord {
  const tokenId = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoveDelegationTokenRecord>({ tokenId }, unknownTags)
}

function encodeRemoveDelegationTokenRecord(writer: Writer, _version: number, message: Init<RemoveDelegationTokenRecord>): void {
  const {
    tokenId = '',
    unknownTags,
  } = message
  writer.compactString(tokenId)
  writer.unknownTags(unknownTags)
}

/** Record id 26 of a metadata log. */
export const removeDelegationTokenRecord: MessageCodec<RemoveDelegationTokenRecord> = messageCodec(
  'RemoveDelegationTokenRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemoveDelegationTokenRecord,
  encodeRemoveDelegationTokenRecord,
)
