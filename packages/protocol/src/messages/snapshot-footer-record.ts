// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface SnapshotFooterRecord {
  readonly version: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeSnapshotFooterRecord(reader: Reader, _version: number): SnapshotFooterRecord {
  const versionField = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<SnapshotFooterRecord>({ version: versionField }, unknownTags)
}

function encodeSnapshotFooterRecord(writer: Writer, _version: number, message: Init<SnapshotFooterRecord>): void {
  const {
    version: versionField = 0,
    unknownTags,
  } = message
  writer.int16(versionField)
  writer.unknownTags(unknownTags)
}

export const snapshotFooterRecord: MessageCodec<SnapshotFooterRecord> = messageCodec(
  'SnapshotFooterRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeSnapshotFooterRecord,
  encodeSnapshotFooterRecord,
)
