// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface TopicRecord {
  readonly name: string
  readonly topicId: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeTopicRecord(reader: Reader, _version: number): TopicRecord {
  const name = reader.compactString()
  const topicId = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<TopicRecord>({ name, topicId }, unknownTags)
}

function encodeTopicRecord(writer: Writer, _version: number, message: Init<TopicRecord>): void {
  const {
    name = '',
    topicId = zeroUuid,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.uuid(topicId)
  writer.unknownTags(unknownTags)
}

/** Record id 2 of a metadata log. */
export const topicRecord: MessageCodec<TopicRecord> = messageCodec(
  'TopicRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeTopicRecord,
  encodeTopicRecord,
)
