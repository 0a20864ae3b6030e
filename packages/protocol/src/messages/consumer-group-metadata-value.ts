// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupMetadataValue {
  readonly epoch: number
  readonly metadataHash: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConsumerGroupMetadataValue(reader: Reader, _version: number): ConsumerGroupMetadataValue {
  const epoch = reader.int32()
  let metadataHash: ConsumerGroupMetadataValue['metadataHash'] = 0n
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      metadataHash = reader.int64()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<ConsumerGroupMetadataValue>({ epoch, metadataHash }, unknownTags)
}

function encodeConsumerGroupMetadataValue(writer: Writer, _version: number, message: Init<ConsumerGroupMetadataValue>): void {
  const {
    epoch = 0,
    metadataHash = 0n,
    unknownTags,
  } = message
  writer.int32(epoch)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = metadataHash !== 0n
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 8)
      writer.int64(metadataHash)
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record type 3 of a coordinator's topic: the value. */
export const consumerGroupMetadataValue: MessageCodec<ConsumerGroupMetadataValue> = messageCodec(
  'ConsumerGroupMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeConsumerGroupMetadataValue,
  encodeConsumerGroupMetadataValue,
)
