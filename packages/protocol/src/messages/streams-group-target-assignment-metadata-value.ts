// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupTargetAssignmentMetadataValue {
  readonly assignmentEpoch: number
  readonly assignmentTimestamp: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupTargetAssignmentMetadataValue(reader: Reader, _version: number): StreamsGroupTargetAssignmentMetadataValue {
  const assignmentEpoch = reader.int32()
  let assignmentTimestamp: StreamsGroupTargetAssignmentMetadataValue['assignmentTimestamp'] = 0n
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      assignmentTimestamp = reader.int64()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<StreamsGroupTargetAssignmentMetadataValue>({
    assignmentEpoch,
    assignmentTimestamp,
  }, unknownTags)
}

function encodeStreamsGroupTargetAssignmentMetadataValue(writer: Writer, _version: number, message: Init<StreamsGroupTargetAssignmentMetadataValue>): void {
  const {
    assignmentEpoch = 0,
    assignmentTimestamp = 0n,
    unknownTags,
  } = message
  writer.int32(assignmentEpoch)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = assignmentTimestamp !== 0n
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 8)
      writer.int64(assignmentTimestamp)
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record type 20 of a coordinator's topic: the value. */
export const streamsGroupTargetAssignmentMetadataValue: MessageCodec<StreamsGroupTargetAssignmentMetadataValue> = messageCodec(
  'StreamsGroupTargetAssignmentMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeStreamsGroupTargetAssignmentMetadataValue,
  encodeStreamsGroupTargetAssignmentMetadataValue,
)
