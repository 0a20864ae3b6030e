// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface KRaftVersionRecord {
  readonly version: number
  readonly kRaftVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeKRaftVersionRecord(reader: Reader, _version: number): KRaftVersionRecord {
  const versionField = reader.int16()
  const kRaftVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<KRaftVersionRecord>({ version: versionField, kRaftVersion }, unknownTags)
}

function encodeKRaftVersionRecord(writer: Writer, _version: number, message: Init<KRaftVersionRecord>): void {
  const {
    version: versionField = 0,
    kRaftVersion = 0,
    unknownTags,
  } = message
  writer.int16(versionField)
  writer.int16(kRaftVersion)
  writer.unknownTags(unknownTags)
}

export const kRaftVersionRecord: MessageCodec<KRaftVersionRecord> = messageCodec(
  'KRaftVersionRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeKRaftVersionRecord,
  encodeKRaftVersionRecord,
)
