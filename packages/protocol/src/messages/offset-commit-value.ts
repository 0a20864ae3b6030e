// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 4. */
export interface OffsetCommitValue {
  readonly offset: bigint
  /** Since version 3. Default: -1. */
  readonly leaderEpoch: number
  readonly metadata: string
  readonly commitTimestamp: bigint
  /** Only version 1. Default: -1. */
  readonly expireTimestamp: bigint
  /** Since version 4. */
  readonly topicId: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeOffsetCommitValue(reader: Reader, version: number): OffsetCommitValue {
  const flexible = version >= 4
  const offset = reader.int64()
  const leaderEpoch = version >= 3 ? reader.int32() : -1
  const metadata = flexible ? reader.compactString() : reader.string()
  const commitTimestamp = reader.int64()
  const expireTimestamp = version === 1 ? reader.int64() : -1n
  let topicId: OffsetCommitValue['topicId'] = zeroUuid
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        topicId = reader.uuid()
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<OffsetCommitValue>({
    offset,
    leaderEpoch,
    metadata,
    commitTimestamp,
    expireTimestamp,
    topicId,
  }, unknownTags)
}

function encodeOffsetCommitValue(writer: Writer, version: number, message: Init<OffsetCommitValue>): void {
  const {
    offset = 0n,
    leaderEpoch = -1,
    metadata = '',
    commitTimestamp = 0n,
    expireTimestamp = -1n,
    topicId = zeroUuid,
    unknownTags,
  } = message
  const flexible = version >= 4
  writer.int64(offset)
  if (version >= 3) writer.int32(leaderEpoch)
  if (flexible) writer.compactString(metadata)
  else writer.string(metadata)
  writer.int64(commitTimestamp)
  if (version === 1) writer.int64(expireTimestamp)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = topicId !== zeroUuid
    if (has0) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tag(0, 16)
        writer.uuid(topicId)
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

/** Record type 1 of a coordinator's topic: the value. */
export const offsetCommitValue: MessageCodec<OffsetCommitValue> = messageCodec(
  'OffsetCommitValue',
  { minVersion: 0, maxVersion: 4, flexibleFrom: 4 },
  decodeOffsetCommitValue,
  encodeOffsetCommitValue,
)
