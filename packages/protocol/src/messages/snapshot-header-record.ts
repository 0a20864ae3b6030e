// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface SnapshotHeaderRecord {
  readonly version: number
  readonly lastContainedLogTimestamp: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeSnapshotHeaderRecord(reader: Reader, _version: number): SnapshotHeaderRecord {
  const versionField = reader.int16()
  const lastContainedLogTimestamp = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<SnapshotHeaderRecord>({ version: versionField, lastContainedLogTimestamp }, unknownTags)
}

function encodeSnapshotHeaderRecord(writer: Writer, _version: number, message: Init<SnapshotHeaderRecord>): void {
  const {
    version: versionField = 0,
    lastContainedLogTimestamp = 0n,
    unknownTags,
  } = message
  writer.int16(versionField)
  writer.int64(lastContainedLogTimestamp)
  writer.unknownTags(unknownTags)
}

export const snapshotHeaderRecord: MessageCodec<SnapshotHeaderRecord> = messageCodec(
  'SnapshotHeaderRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeSnapshotHeaderRecord,
  encodeSnapshotHeaderRecord,
)
