// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ZkMigrationStateRecord {
  readonly zkMigrationState: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeZkMigrationStateRecord(reader: Reader, _version: number): ZkMigrationStateRecord {
  const zkMigrationState = reader.int8()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ZkMigrationStateRecord>({ zkMigrationState }, unknownTags)
}

function encodeZkMigrationStateRecord(writer: Writer, _version: number, message: Init<ZkMigrationStateRecord>): void {
  const {
    zkMigrationState = 0,
    unknownTags,
  } = message
  writer.int8(zkMigrationState)
  writer.unknownTags(unknownTags)
}

/** Record id 21 of a metadata log. */
export const zkMigrationStateRecord: MessageCodec<ZkMigrationStateRecord> = messageCodec(
  'ZkMigrationStateRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeZkMigrationStateRecord,
  encodeZkMigrationStateRecord,
)
