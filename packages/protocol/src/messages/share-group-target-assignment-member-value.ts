// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ShareGroupTargetAssignmentMemberValue {
  readonly topicPartitions: readonly ShareGroupTargetAssignmentMemberValueTopicPartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupTargetAssignmentMemberValueTopicPartition {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareGroupTargetAssignmentMemberValueTopicPartition(reader: Reader, _version: number): ShareGroupTargetAssignmentMemberValueTopicPartition {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupTargetAssignmentMemberValueTopicPartition>({ topicId, partitions }, unknownTags)
}

function decodeShareGroupTargetAssignmentMemberValueTopicPartitionArray(reader: Reader, version: number, count: number): ShareGroupTargetAssignmentMemberValueTopicPartition[] {
  const elements: ShareGroupTargetAssignmentMemberValueTopicPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupTargetAssignmentMemberValueTopicPartition(reader, version))
  return elements
}

function decodeShareGroupTargetAssignmentMemberValue(reader: Reader, version: number): ShareGroupTargetAssignmentMemberValue {
  const topicPartitions = decodeShareGroupTargetAssignmentMemberValueTopicPartitionArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupTargetAssignmentMemberValue>({ topicPartitions }, unknownTags)
}

function encodeShareGroupTargetAssignmentMemberValueTopicPartition(writer: Writer, _version: number, message: Init<ShareGroupTargetAssignmentMemberValueTopicPartition>): void {
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

function encodeShareGroupTargetAssignmentMemberValue(writer: Writer, version: number, message: Init<ShareGroupTargetAssignmentMemberValue>): void {
  const {
    topicPartitions = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topicPartitions.length)
  for (const element of topicPartitions) encodeShareGroupTargetAssignmentMemberValueTopicPartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 13 of a coordinator's topic: the value. */
export const shareGroupTargetAssignmentMemberValue: MessageCodec<ShareGroupTargetAssignmentMemberValue> = messageCodec(
  'ShareGroupTargetAssignmentMemberValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeShareGroupTargetAssignmentMemberValue,
  encodeShareGroupTargetAssignmentMemberValue,
)
