// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ConsumerGroupPartitionMetadataValue {
  readonly topics: readonly ConsumerGroupPartitionMetadataValueTopicMetadata[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupPartitionMetadataValueTopicMetadata {
  readonly topicId: string
  readonly topicName: string
  readonly numPartitions: number
  readonly partitionMetadata: readonly ConsumerGroupPartitionMetadataValuePartitionMetadata[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupPartitionMetadataValuePartitionMetadata {
  readonly partition: number
  readonly racks: readonly string[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConsumerGroupPartitionMetadataValuePartitionMetadata(reader: Reader, _version: number): ConsumerGroupPartitionMetadataValuePartitionMetadata {
  const partition = reader.int32()
  const racks = reader.compactStringArray(reader.compactArrayLength(1))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupPartitionMetadataValuePartitionMetadata>({ partition, racks }, unknownTags)
}

function decodeConsumerGroupPartitionMetadataValuePartitionMetadataArray(reader: Reader, version: number, count: number): ConsumerGroupPartitionMetadataValuePartitionMetadata[] {
  const elements: ConsumerGroupPartitionMetadataValuePartitionMetadata[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupPartitionMetadataValuePartitionMetadata(reader, version))
  return elements
}

function decodeConsumerGroupPartitionMetadataValueTopicMetadata(reader: Reader, version: number): ConsumerGroupPartitionMetadataValueTopicMetadata {
  const topicId = reader.uuid()
  const topicName = reader.compactString()
  const numPartitions = reader.int32()
  const partitionMetadata = decodeConsumerGroupPartitionMetadataValuePartitionMetadataArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupPartitionMetadataValueTopicMetadata>({
    topicId,
    topicName,
    numPartitions,
    partitionMetadata,
  }, unknownTags)
}

function decodeConsumerGroupPartitionMetadataValueTopicMetadataArray(reader: Reader, version: number, count: number): ConsumerGroupPartitionMetadataValueTopicMetadata[] {
  const elements: ConsumerGroupPartitionMetadataValueTopicMetadata[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupPartitionMetadataValueTopicMetadata(reader, version))
  return elements
}

function decodeConsumerGroupPartitionMetadataValue(reader: Reader, version: number): ConsumerGroupPartitionMetadataValue {
  const topics = decodeConsumerGroupPartitionMetadataValueTopicMetadataArray(reader, version, reader.compactArrayLength(23))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupPartitionMetadataValue>({ topics }, unknownTags)
}

function encodeConsumerGroupPartitionMetadataValuePartitionMetadata(writer: Writer, _version: number, message: Init<ConsumerGroupPartitionMetadataValuePartitionMetadata>): void {
  const {
    partition = 0,
    racks = [],
    unknownTags,
  } = message
  writer.int32(partition)
  writer.compactArrayLength(racks.length)
  writer.compactStringArray(racks)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupPartitionMetadataValueTopicMetadata(writer: Writer, version: number, message: Init<ConsumerGroupPartitionMetadataValueTopicMetadata>): void {
  const {
    topicId = zeroUuid,
    topicName = '',
    numPartitions = 0,
    partitionMetadata = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactString(topicName)
  writer.int32(numPartitions)
  writer.compactArrayLength(partitionMetadata.length)
  for (const element of partitionMetadata) encodeConsumerGroupPartitionMetadataValuePartitionMetadata(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupPartitionMetadataValue(writer: Writer, version: number, message: Init<ConsumerGroupPartitionMetadataValue>): void {
  const {
    topics = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeConsumerGroupPartitionMetadataValueTopicMetadata(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 4 of a coordinator's topic: the value. */
export const consumerGroupPartitionMetadataValue: MessageCodec<ConsumerGroupPartitionMetadataValue> = messageCodec(
  'ConsumerGroupPartitionMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeConsumerGroupPartitionMetadataValue,
  encodeConsumerGroupPartitionMetadataValue,
)
