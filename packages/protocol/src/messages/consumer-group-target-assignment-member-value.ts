// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ConsumerGroupTargetAssignmentMemberValue {
  readonly topicPartitions: readonly ConsumerGroupTargetAssignmentMemberValueTopicPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConsumerGroupTargetAssignmentMemberValueTopicPartition(reader: Reader, _version: number): ConsumerGroupTargetAssignmentMemberValueTopicPartition {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupTargetAssignmentMemberValueTopicPartition>({ topicId, partitions }, unknownTags)
}

function decodeConsumerGroupTargetAssignmentMemberValueTopicPartitionArray(reader: Reader, version: number, count: number): ConsumerGroupTargetAssignmentMemberValueTopicPartition[] {
  const elements: ConsumerGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupTargetAssignmentMemberValueTopicPartition(reader, version))
  return elements
}

function decodeConsumerGroupTargetAssignmentMemberValue(reader: Reader, version: number): ConsumerGroupTargetAssignmentMemberValue {
  const topicPartitions = decodeConsumerGroupTargetAssignmentMemberValueTopicPartitionArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupTargetAssignmentMemberValue>({ topicPartitions }, unknownTags)
}

function encodeConsumerGroupTargetAssignmentMemberValueTopicPartition(writer: Writer, _version: number, message: Init<ConsumerGroupTargetAssignmentMemberValueTopicPartition>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeConsumerGroupTargetAssignmentMemberValue(writer: Writer, version: number, message: Init<ConsumerGroupTargetAssignmentMemberValue>): void {
  const {
    topicPartitions = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topicPartitions.length)
  for (const element of topicPartitions) encodeConsumerGroupTargetAssignmentMemberValueTopicPartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 7 of a coordinator's topic: the value. */
export const consumerGroupTargetAssignmentMemberValue: MessageCodec<ConsumerGroupTargetAssignmentMemberValue> = messageCodec(
  'ConsumerGroupTargetAssignmentMemberValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeConsumerGroupTargetAssignmentMemberValue,
  encodeConsumerGroupTargetAssignmentMemberValue,
)
