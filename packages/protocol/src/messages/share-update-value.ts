// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareUpdateValue {
  readonly snapshotEpoch: number
  readonly leaderEpoch: number
  readonly startOffset: bigint
  /** Default: -1. */
  readonly deliveryCompleteCount: number
  readonly stateBatches: readonly ShareUpdateValueStateBatch[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareUpdateValueStateBatch {
  readonly firstOffset: bigint
  readonly lastOffset: bigint
  readonly deliveryState: number
  readonly deliveryCount: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareUpdateValueStateBatch(reader: Reader, _version: number): ShareUpdateValueStateBatch {
  const firstOffset = reader.int64()
  const lastOffset = reader.int64()
  const deliveryState = reader.int8()
  const deliveryCount = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareUpdateValueStateBatch>({
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
  }, unknownTags)
}

function decodeShareUpdateValueStateBatchArray(reader: Reader, version: number, count: number): ShareUpdateValueStateBatch[] {
  const elements: ShareUpdateValueStateBatch[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareUpdateValueStateBatch(reader, version))
  return elements
}

function decodeShareUpdateValue(reader: Reader, version: number): ShareUpdateValue {
  const snapshotEpoch = reader.int32()
  const leaderEpoch = reader.int32()
  const startOffset = reader.int64()
  const stateBatches = decodeShareUpdateValueStateBatchArray(reader, version, reader.compactArrayLength(20))
  let deliveryCompleteCount: ShareUpdateValue['deliveryCompleteCount'] = -1
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      deliveryCompleteCount = reader.int32()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<ShareUpdateValue>({
    snapshotEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches,
  }, unknownTags)
}

function encodeShareUpdateValueStateBatch(writer: Writer, _version: number, message: Init<ShareUpdateValueStateBatch>): void {
  const {
    firstOffset = 0n,
    lastOffset = 0n,
    deliveryState = 0,
    deliveryCount = 0,
    unknownTags,
  } = message
  writer.int64(firstOffset)
  writer.int64(lastOffset)
  writer.int8(deliveryState)
  writer.int16(deliveryCount)
  writer.unknownTags(unknownTags)
}

function encodeShareUpdateValue(writer: Writer, version: number, message: Init<ShareUpdateValue>): void {
  const {
    snapshotEpoch = 0,
    leaderEpoch = 0,
    startOffset = 0n,
    deliveryCompleteCount = -1,
    stateBatches = [],
    unknownTags,
  } = message
  writer.int32(snapshotEpoch)
  writer.int32(leaderEpoch)
  writer.int64(startOffset)
  writer.compactArrayLength(stateBatches.length)
  for (const element of stateBatches) encodeShareUpdateValueStateBatch(writer, version, element)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = deliveryCompleteCount !== -1
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 4)
      writer.int32(deliveryCompleteCount)
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record type 1 of a coordinator's topic: the value. */
export const shareUpdateValue: MessageCodec<ShareUpdateValue> = messageCodec(
  'ShareUpdateValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeShareUpdateValue,
  encodeShareUpdateValue,
)
