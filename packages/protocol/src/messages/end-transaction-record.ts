// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface EndTransactionRecord {
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeEndTransactionRecord(reader: Reader, _version: number): EndTransactionRecord {
  const unknownTags = reader.unknownTags()
  return withUnknownTags<EndTransactionRecord>({}, unknownTags)
}

function encodeEndTransactionRecord(writer: Writer, _version: number, message: Init<EndTransactionRecord>): void {
  const {
    unknownTags,
  } = message
  writer.unknownTags(unknownTags)
}

/** Record id 24 of a metadata log. */
export const endTransactionRecord: MessageCodec<EndTransactionRecord> = messageCodec(
  'EndTransactionRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeEndTransactionRecord,
  encodeEndTransactionRecord,
)
