// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RemoveTopicRecord {
  readonly topicId: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoveTopicRecord(reader: Reader, _version: number): RemoveTopicRecord {
  const topicId = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoveTopicRecord>({ topicId }, unknownTags)
}

function encodeRemoveTopicRecord(writer: Writer, _version: number, message: Init<RemoveTopicRecord>): void {
  const {
    topicId = zeroUuid,
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.unknownTags(unknownTags)
}

/** Record id 9 of a metadata log. */
export const removeTopicRecord: MessageCodec<RemoveTopicRecord> = messageCodec(
  'RemoveTopicRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemoveTopicRecord,
  encodeRemoveTopicRecord,
)
