// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface NoOpRecord {
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeNoOpRecord(reader: Reader, _version: number): NoOpRecord {
  const unknownTags = reader.unknownTags()
  return withUnknownTags<NoOpRecord>({}, unknownTags)
}

function encodeNoOpRecord(writer: Writer, _version: number, message: Init<NoOpRecord>): void {
  const {
    unknownTags,
  } = message
  writer.unknownTags(unknownTags)
}

/** Record id 20 of a metadata log. */
export const noOpRecord: MessageCodec<NoOpRecord> = messageCodec(
  'NoOpRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeNoOpRecord,
  encodeNoOpRecord,
)
