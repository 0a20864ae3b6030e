// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupMetadataValue {
  readonly epoch: number
  readonly metadataHash: bigint
  /** Default: -1. */
  readonly validatedTopologyEpoch: number
  readonly lastAssignmentConfigs: readonly StreamsGroupMetadataValueLastAssignmentConfig[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupMetadataValueLastAssignmentConfig {
  readonly key: string
  readonly value: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupMetadataValueLastAssignmentConfig(reader: Reader, _version: number): StreamsGroupMetadataValueLastAssignmentConfig {
  const key = reader.compactString()
  const value = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupMetadataValueLastAssignmentConfig>({ key, value }, unknownTags)
}

function decodeStreamsGroupMetadataValueLastAssignmentConfigArray(reader: Reader, version: number, count: number): StreamsGroupMetadataValueLastAssignmentConfig[] {
  const elements: StreamsGroupMetadataValueLastAssignmentConfig[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupMetadataValueLastAssignmentConfig(reader, version))
  return elements
}

function decodeNullableStreamsGroupMetadataValueLastAssignmentConfigArray(reader: Reader, version: number, count: number): StreamsGroupMetadataValueLastAssignmentConfig[] | null {
  return count < 0 ? null : decodeStreamsGroupMetadataValueLastAssignmentConfigArray(reader, version, count)
}

function decodeStreamsGroupMetadataValue(reader: Reader, version: number): StreamsGroupMetadataValue {
  const epoch = reader.int32()
  const metadataHash = reader.int64()
  let validatedTopologyEpoch: StreamsGroupMetadataValue['validatedTopologyEpoch'] = -1
  let lastAssignmentConfigs: StreamsGroupMetadataValue['lastAssignmentConfigs'] = []
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      validatedTopologyEpoch = reader.int32()
      reader.requireTagEnd(tag, end)
    } else if (tag === 1) {
      lastAssignmentConfigs = decodeNullableStreamsGroupMetadataValueLastAssignmentConfigArray(reader, version, reader.compactNullableArrayLength(3))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<StreamsGroupMetadataValue>({
    epoch,
    metadataHash,
    validatedTopologyEpoch,
    lastAssignmentConfigs,
  }, unknownTags)
}

function encodeStreamsGroupMetadataValueLastAssignmentConfig(writer: Writer, _version: number, message: Init<StreamsGroupMetadataValueLastAssignmentConfig>): void {
  const {
    key = '',
    value = '',
    unknownTags,
  } = message
  writer.compactString(key)
  writer.compactString(value)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupMetadataValue(writer: Writer, version: number, message: Init<StreamsGroupMetadataValue>): void {
  const {
    epoch = 0,
    metadataHash = 0n,
    validatedTopologyEpoch = -1,
    lastAssignmentConfigs = [],
    unknownTags,
  } = message
  writer.int32(epoch)
  writer.int64(metadataHash)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = validatedTopologyEpoch !== -1
  if (has0) tagCount++
  const has1 = lastAssignmentConfigs === null || lastAssignmentConfigs.length !== 0
  if (has1) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 4)
      writer.int32(validatedTopologyEpoch)
    }
    next = writer.tagsBefore(1, unknown, next)
    if (has1) {
      writer.tagWith(1, (inner) => {
        inner.compactArrayLength(lastAssignmentConfigs === null ? -1 : lastAssignmentConfigs.length)
        if (lastAssignmentConfigs !== null) {
          for (const element of lastAssignmentConfigs) encodeStreamsGroupMetadataValueLastAssignmentConfig(inner, version, element)
        }
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record type 17 of a coordinator's topic: the value. */
export const streamsGroupMetadataValue: MessageCodec<StreamsGroupMetadataValue> = messageCodec(
  'StreamsGroupMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeStreamsGroupMetadataValue,
  encodeStreamsGroupMetadataValue,
)
