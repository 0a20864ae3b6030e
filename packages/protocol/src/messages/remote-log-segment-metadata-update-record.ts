// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RemoteLogSegmentMetadataUpdateRecord {
  readonly remoteLogSegmentId: RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry
  readonly brokerId: number
  readonly eventTimestampMs: bigint
  /** Default: null. */
  readonly customMetadata: Buffer | null
  readonly remoteLogSegmentState: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry {
  readonly topicIdPartition: RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry
  readonly id: string
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry {
  readonly name: string
  readonly id: string
  readonly partition: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(reader: Reader, _version: number): RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry {
  const name = reader.compactString()
  const id = reader.uuid()
  const partition = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry>({
    name,
    id,
    partition,
  }, unknownTags)
}

function decodeRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(reader: Reader, version: number): RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry {
  const topicIdPartition = decodeRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(reader, version)
  const id = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry>({
    topicIdPartition,
    id,
  }, unknownTags)
}

function decodeRemoteLogSegmentMetadataUpdateRecord(reader: Reader, version: number): RemoteLogSegmentMetadataUpdateRecord {
  const remoteLogSegmentId = decodeRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(reader, version)
  const brokerId = reader.int32()
  const eventTimestampMs = reader.int64()
  const customMetadata = reader.compactNullableBytes()
  const remoteLogSegmentState = reader.int8()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemoteLogSegmentMetadataUpdateRecord>({
    remoteLogSegmentId,
    brokerId,
    eventTimestampMs,
    customMetadata,
    remoteLogSegmentState,
  }, unknownTags)
}

function encodeRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(writer: Writer, _version: number, message: Init<RemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry>): void {
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

function encodeRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(writer: Writer, version: number, message: Init<RemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry>): void {
  const {
    topicIdPartition = {},
    id = zeroUuid,
    unknownTags,
  } = message
  encodeRemoteLogSegmentMetadataUpdateRecordTopicIdPartitionEntry(writer, version, topicIdPartition)
  writer.uuid(id)
  writer.unknownTags(unknownTags)
}

function encodeRemoteLogSegmentMetadataUpdateRecord(writer: Writer, version: number, message: Init<RemoteLogSegmentMetadataUpdateRecord>): void {
  const {
    remoteLogSegmentId = {},
    brokerId = 0,
    eventTimestampMs = 0n,
    customMetadata = null,
    remoteLogSegmentState = 0,
    unknownTags,
  } = message
  encodeRemoteLogSegmentMetadataUpdateRecordRemoteLogSegmentIdEntry(writer, version, remoteLogSegmentId)
  writer.int32(brokerId)
  writer.int64(eventTimestampMs)
  writer.compactNullableBytes(customMetadata)
  writer.int8(remoteLogSegmentState)
  writer.unknownTags(unknownTags)
}

/** Record id 1 of a metadata log. */
export const remoteLogSegmentMetadataUpdateRecord: MessageCodec<RemoteLogSegmentMetadataUpdateRecord> = messageCodec(
  'RemoteLogSegmentMetadataUpdateRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemoteLogSegmentMetadataUpdateRecord,
  encodeRemoteLogSegmentMetadataUpdateRecord,
)
