// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RemoteLogSegmentMetadataSnapshotRecord {
  readonly segmentId: string
  readonly startOffset: bigint
  readonly endOffset: bigint
  readonly brokerId: number
  readonly maxTimestampMs: bigint
  readonly eventTimestampMs: bigint
  readonly segmentLeaderEpochs: readonly RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry[]
  readonly segmentSizeInBytes: number
  /** Default: null. */
  readonly customMetadata: Buffer | null
  readonly remoteLogSegmentState: number
  readonly txnIndexEmpty: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry {
  readonly leaderEpoch: number
  readonly offset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(reader: Reader, _version: number): RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry {
  const leaderEpoch = reader.int32()
  const offset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry>({
    leaderEpoch,
    offset,
  }, unknownTags)
}

function decodeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntryArray(reader: Reader, version: number, count: number): RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry[] {
  const elements: RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry[] = []
  for (let index = 0; index < count; index++) elements.push(decodeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(reader, version))
  return elements
}

function decodeRemoteLogSegmentMetadataSnapshotRecord(reader: Reader, version: number): RemoteLogSegmentMetadataSnapshotRecord {
  const segmentId = reader.uuid()
  const startOffset = reader.int64()
  const endOffset = reader.int64()
  const brokerId = reader.int32()
  const maxTimestampMs = reader.int64()
  const eventTimestampMs = reader.int64()
  const segmentLeaderEpochs = decodeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntryArray(reader, version, reader.compactArrayLength(13))
  const segmentSizeInBytes = reader.int32()
  const customMetadata = reader.compactNullableBytes()
  const remoteLogSegmentState = reader.int8()
  let txnIndexEmpty: RemoteLogSegmentMetadataSnapshotRecord['txnIndexEmpty'] = false
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      txnIndexEmpty = reader.bool()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<RemoteLogSegmentMetadataSnapshotRecord>({
    segmentId,
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

function encodeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(writer: Writer, _version: number, message: Init<RemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry>): void {
  const {
    leaderEpoch = 0,
    offset = 0n,
    unknownTags,
  } = message
  writer.int32(leaderEpoch)
  writer.int64(offset)
  writer.unknownTags(unknownTags)
}

function encodeRemoteLogSegmentMetadataSnapshotRecord(writer: Writer, version: number, message: Init<RemoteLogSegmentMetadataSnapshotRecord>): void {
  const {
    segmentId = zeroUuid,
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
  writer.uuid(segmentId)
  writer.int64(startOffset)
  writer.int64(endOffset)
  writer.int32(brokerId)
  writer.int64(maxTimestampMs)
  writer.int64(eventTimestampMs)
  writer.compactArrayLength(segmentLeaderEpochs.length)
  for (const element of segmentLeaderEpochs) encodeRemoteLogSegmentMetadataSnapshotRecordSegmentLeaderEpochEntry(writer, version, element)
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

/** Record id 3 of a metadata log. */
export const remoteLogSegmentMetadataSnapshotRecord: MessageCodec<RemoteLogSegmentMetadataSnapshotRecord> = messageCodec(
  'RemoteLogSegmentMetadataSnapshotRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemoteLogSegmentMetadataSnapshotRecord,
  encodeRemoteLogSegmentMetadataSnapshotRecord,
)
