// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RemoteLogSegmentMetadataRecord {
  readonly remoteLogSegmentId: RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry
  readonly startOffset: bigint
  readonly endOffset: bigint
  readonly brokerId: number
  readonly maxTimestampMs: bigint
  readonly eventTimestampMs: bigint
  readonly segmentLeaderEpochs: readonly RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry[]
  readonly segmentSizeInBytes: number
  /** Default: null. */
  readonly customMetadata: Buffer | null
  readonly remoteLogSegmentState: number
  readonly txnIndexEmpty: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry {
  readonly topicIdPartition: RemoteLogSegmentMetadataRecordTopicIdPartitionEntry
  readonly id: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RemoteLogSegmentMetadataRecordTopicIdPartitionEntry {
  readonly name: string
  readonly id: string
  readonly partition: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry {
  readonly leaderEpoch: number
  readonly offset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(reader: Reader, _version: number): RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry {
  const leaderEpoch = reader.int32()
  const offset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry>({ leaderEpoch, offset }, unknownTags)
}

function decodeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntryArray(reader: Reader, version: number, count: number): RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry[] {
  const elements: RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry[] = []
  for (let index = 0; index < count; index++) elements.push(decodeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(reader, version))
  return elements
}

function decodeRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(reader: Reader, _version: number): RemoteLogSegmentMetadataRecordTopicIdPartitionEntry {
  const name = reader.compactString()
  const id = reader.uuid()
  const partition = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoteLogSegmentMetadataRecordTopicIdPartitionEntry>({ name, id, partition }, unknownTags)
}

function decodeRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(reader: Reader, version: number): RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry {
  const topicIdPartition = decodeRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(reader, version)
  const id = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry>({ topicIdPartition, id }, unknownTags)
}

function decodeRemoteLogSegmentMetadataRecord(reader: Reader, version: number): RemoteLogSegmentMetadataRecord {
  const remoteLogSegmentId = decodeRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(reader, version)
  const startOffset = reader.int64()
  const endOffset = reader.int64()
  const brokerId = reader.int32()
  const maxTimestampMs = reader.int64()
  const eventTimestampMs = reader.int64()
  const segmentLeaderEpochs = decodeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntryArray(reader, version, reader.compactArrayLength(13))
  const segmentSizeInBytes = reader.int32()
  const customMetadata = reader.compactNullableBytes()
  const remoteLogSegmentState = reader.int8()
  let txnIndexEmpty: RemoteLogSegmentMetadataRecord['txnIndexEmpty'] = false
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      txnIndexEmpty = reader.bool()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<RemoteLogSegmentMetadataRecord>({
    remoteLogSegmentId,
    startOffset,
    endOffset,
    brokerId,
    maxTimestampMs,
    eventTimestampMs,
    segmentLeaderEpochs,
    segmentSizeInBytes,
    customMetadata,
    remoteLogSegmentState,
    txnIndexEmpty,
  }, unknownTags)
}

function encodeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(writer: Writer, _version: number, message: Init<RemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry>): void {
  const {
    leaderEpoch = 0,
    offset = 0n,
    unknownTags,
  } = message
  writer.int32(leaderEpoch)
  writer.int64(offset)
  writer.unknownTags(unknownTags)
}

function encodeRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(writer: Writer, _version: number, message: Init<RemoteLogSegmentMetadataRecordTopicIdPartitionEntry>): void {
  const {
    name = '',
    id = zeroUuid,
    partition = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.uuid(id)
  writer.int32(partition)
  writer.unknownTags(unknownTags)
}

function encodeRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(writer: Writer, version: number, message: Init<RemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry>): void {
  const {
    topicIdPartition = {},
    id = zeroUuid,
    unknownTags,
  } = message
  encodeRemoteLogSegmentMetadataRecordTopicIdPartitionEntry(writer, version, topicIdPartition)
  writer.uuid(id)
  writer.unknownTags(unknownTags)
}

function encodeRemoteLogSegmentMetadataRecord(writer: Writer, version: number, message: Init<RemoteLogSegmentMetadataRecord>): void {
  const {
    remoteLogSegmentId = {},
    startOffset = 0n,
    endOffset = 0n,
    brokerId = 0,
    maxTimestampMs = 0n,
    eventTimestampMs = 0n,
    segmentLeaderEpochs = [],
    segmentSizeInBytes = 0,
    customMetadata = null,
    remoteLogSegmentState = 0,
    txnIndexEmpty = false,
    unknownTags,
  } = message
  encodeRemoteLogSegmentMetadataRecordRemoteLogSegmentIdEntry(writer, version, remoteLogSegmentId)
  writer.int64(startOffset)
  writer.int64(endOffset)
  writer.int32(brokerId)
  writer.int64(maxTimestampMs)
  writer.int64(eventTimestampMs)
  writer.compactArrayLength(segmentLeaderEpochs.length)
  for (const element of segmentLeaderEpochs) encodeRemoteLogSegmentMetadataRecordSegmentLeaderEpochEntry(writer, version, element)
  writer.int32(segmentSizeInBytes)
  writer.compactNullableBytes(customMetadata)
  writer.int8(remoteLogSegmentState)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = txnIndexEmpty
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 1)
      writer.bool(txnIndexEmpty)
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record id 0 of a metadata log. */
export const remoteLogSegmentMetadataRecord: MessageCodec<RemoteLogSegmentMetadataRecord> = messageCodec(
  'RemoteLogSegmentMetadataRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemoteLogSegmentMetadataRecord,
  encodeRemoteLogSegmentMetadataRecord,
)
