// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RemoveAccessControlEntryRecord {
  readonly id: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoveAccessControlEntryRecord(reader: Reader, _version: number): RemoveAccessControlEntryRecord {
  const id = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoveAccessControlEntryRecord>({ id }, unknownTags)
}

function encodeRemoveAccessControlEntryRecord(writer: Writer, _version: number, message: Init<RemoveAccessControlEntryRecord>): void {
  const {
    id = zeroUuid,
    unknownTags,
  } = message
  writer.uuid(id)
  writer.unknownTags(unknownTags)
}

/** Record id 19 of a metadata log. */
export const removeAccessControlEntryRecord: MessageCodec<RemoveAccessControlEntryRecord> = messageCodec(
  'RemoveAccessControlEntryRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemoveAccessControlEntryRecord,
  encodeRemoveAccessControlEntryRecord,
)
