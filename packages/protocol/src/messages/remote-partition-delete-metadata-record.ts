// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RemotePartitionDeleteMetadataRecord {
  readonly topicIdPartition: RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry
  readonly brokerId: number
  readonly eventTimestampMs: bigint
  readonly remotePartitionDeleteState: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry {
  readonly name: string
  readonly id: string
  readonly partition: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(reader: Reader, _version: number): RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry {
  const name = reader.compactString()
  const id = reader.uuid()
  const partition = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry>({ name, id, partition }, unknownTags)
}

function decodeRemotePartitionDeleteMetadataRecord(reader: Reader, version: number): RemotePartitionDeleteMetadataRecord {
  const topicIdPartition = decodeRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(reader, version)
  const brokerId = reader.int32()
  const eventTimestampMs = reader.int64()
  const remotePartitionDeleteState = reader.int8()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RemotePartitionDeleteMetadataRecord>({
    topicIdPartition,
    brokerId,
    eventTimestampMs,
    remotePartitionDeleteState,
  }, unknownTags)
}

function encodeRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(writer: Writer, _version: number, message: Init<RemotePartitionDeleteMetadataRecordTopicIdPartitionEntry>): void {
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

function encodeRemotePartitionDeleteMetadataRecord(writer: Writer, version: number, message: Init<RemotePartitionDeleteMetadataRecord>): void {
  const {
    topicIdPartition = {},
    brokerId = 0,
    eventTimestampMs = 0n,
    remotePartitionDeleteState = 0,
    unknownTags,
  } = message
  encodeRemotePartitionDeleteMetadataRecordTopicIdPartitionEntry(writer, version, topicIdPartition)
  writer.int32(brokerId)
  writer.int64(eventTimestampMs)
  writer.int8(remotePartitionDeleteState)
  writer.unknownTags(unknownTags)
}

/** Record id 2 of a metadata log. */
export const remotePartitionDeleteMetadataRecord: MessageCodec<RemotePartitionDeleteMetadataRecord> = messageCodec(
  'RemotePartitionDeleteMetadataRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRemotePartitionDeleteMetadataRecord,
  encodeRemotePartitionDeleteMetadataRecord,
)
