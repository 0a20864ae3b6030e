// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ShareGroupStatePartitionMetadataValue {
  readonly initializingTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[]
  readonly initializedTopics: readonly ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[]
  readonly deletingTopics: readonly ShareGroupStatePartitionMetadataValueTopicInfo[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  readonly topicId: string
  readonly topicName: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupStatePartitionMetadataValueTopicInfo {
  readonly topicId: string
  readonly topicName: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareGroupStatePartitionMetadataValueTopicInfo(reader: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicInfo {
  const topicId = reader.uuid()
  const topicName = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupStatePartitionMetadataValueTopicInfo>({ topicId, topicName }, unknownTags)
}

function decodeShareGroupStatePartitionMetadataValueTopicInfoArray(reader: Reader, version: number, count: number): ShareGroupStatePartitionMetadataValueTopicInfo[] {
  const elements: ShareGroupStatePartitionMetadataValueTopicInfo[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupStatePartitionMetadataValueTopicInfo(reader, version))
  return elements
}

function decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader: Reader, _version: number): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo {
  const topicId = reader.uuid()
  const topicName = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupStatePartitionMetadataValueTopicPartitionsInfo>({
    topicId,
    topicName,
    partitions,
  }, unknownTags)
}

function decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfoArray(reader: Reader, version: number, count: number): ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] {
  const elements: ShareGroupStatePartitionMetadataValueTopicPartitionsInfo[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(reader, version))
  return elements
}

function decodeShareGroupStatePartitionMetadataValue(reader: Reader, version: number): ShareGroupStatePartitionMetadataValue {
  const initializingTopics = decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfoArray(reader, version, reader.compactArrayLength(19))
  const initializedTopics = decodeShareGroupStatePartitionMetadataValueTopicPartitionsInfoArray(reader, version, reader.compactArrayLength(19))
  const deletingTopics = decodeShareGroupStatePartitionMetadataValueTopicInfoArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupStatePartitionMetadataValue>({
    initializingTopics,
    initializedTopics,
    deletingTopics,
  }, unknownTags)
}

function encodeShareGroupStatePartitionMetadataValueTopicInfo(writer: Writer, _version: number, message: Init<ShareGroupStatePartitionMetadataValueTopicInfo>): void {
  const {
    topicId = zeroUuid,
    topicName = '',
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactString(topicName)
  writer.unknownTags(unknownTags)
}

function encodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer: Writer, _version: number, message: Init<ShareGroupStatePartitionMetadataValueTopicPartitionsInfo>): void {
  const {
    topicId = zeroUuid,
    topicName = '',
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactString(topicName)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeShareGroupStatePartitionMetadataValue(writer: Writer, version: number, message: Init<ShareGroupStatePartitionMetadataValue>): void {
  const {
    initializingTopics = [],
    initializedTopics = [],
    deletingTopics = [],
    unknownTags,
  } = message
  writer.compactArrayLength(initializingTopics.length)
  for (const element of initializingTopics) encodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, version, element)
  writer.compactArrayLength(initializedTopics.length)
  for (const element of initializedTopics) encodeShareGroupStatePartitionMetadataValueTopicPartitionsInfo(writer, version, element)
  writer.compactArrayLength(deletingTopics.length)
  for (const element of deletingTopics) encodeShareGroupStatePartitionMetadataValueTopicInfo(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 15 of a coordinator's topic: the value. */
export const shareGroupStatePartitionMetadataValue: MessageCodec<ShareGroupStatePartitionMetadataValue> = messageCodec(
  'ShareGroupStatePartitionMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeShareGroupStatePartitionMetadataValue,
  encodeShareGroupStatePartitionMetadataValue,
)
