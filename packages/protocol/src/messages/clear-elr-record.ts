// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ClearElrRecord {
  readonly topicName: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeClearElrRecord(reader: Reader, _version: number): ClearElrRecord {
  const topicName = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ClearElrRecord>({ topicName }, unknownTags)
}

function encodeClearElrRecord(writer: Writer, _version: number, message: Init<ClearElrRecord>): void {
  const {
    topicName = '',
    unknownTags,
  } = message
  writer.compactString(topicName)
  writer.unknownTags(unknownTags)
}

/** Record id 28 of a metadata log. */
export const clearElrRecord: MessageCodec<ClearElrRecord> = messageCodec(
  'ClearElrRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeClearElrRecord,
  encodeClearElrRecord,
)
