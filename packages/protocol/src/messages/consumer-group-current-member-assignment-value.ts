// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ConsumerGroupCurrentMemberAssignmentValue {
  readonly memberEpoch: number
  readonly previousMemberEpoch: number
  readonly state: number
  readonly assignedPartitions: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[]
  readonly partitionsPendingRevocation: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly assignmentEpochs: readonly number[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader: Reader, _version: number): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  let assignmentEpochs: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions['assignmentEpochs'] = []
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      assignmentEpochs = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<ConsumerGroupCurrentMemberAssignmentValueTopicPartitions>({
    topicId,
    partitions,
    assignmentEpochs,
  }, unknownTags)
}

function decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitionsArray(reader: Reader, version: number, count: number): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const elements: ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(reader, version))
  return elements
}

function decodeConsumerGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ConsumerGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32()
  const previousMemberEpoch = reader.int32()
  const state = reader.int8()
  const assignedPartitions = decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitionsArray(reader, version, reader.compactArrayLength(18))
  const partitionsPendingRevocation = decodeConsumerGroupCurrentMemberAssignmentValueTopicPartitionsArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConsumerGroupCurrentMemberAssignmentValue>({
    memberEpoch,
    previousMemberEpoch,
    state,
    assignedPartitions,
    partitionsPendingRevocation,
  }, unknownTags)
}

function encodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer: Writer, _version: number, message: Init<ConsumerGroupCurrentMemberAssignmentValueTopicPartitions>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    assignmentEpochs = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = assignmentEpochs === null || assignmentEpochs.length !== 0
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactArrayLength(assignmentEpochs === null ? -1 : assignmentEpochs.length)
        if (assignmentEpochs !== null) inner.int32Array(assignmentEpochs)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

function encodeConsumerGroupCurrentMemberAssignmentValue(writer: Writer, version: number, message: Init<ConsumerGroupCurrentMemberAssignmentValue>): void {
  const {
    memberEpoch = 0,
    previousMemberEpoch = 0,
    state = 0,
    assignedPartitions = [],
    partitionsPendingRevocation = [],
    unknownTags,
  } = message
  writer.int32(memberEpoch)
  writer.int32(previousMemberEpoch)
  writer.int8(state)
  writer.compactArrayLength(assignedPartitions.length)
  for (const element of assignedPartitions) encodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, version, element)
  writer.compactArrayLength(partitionsPendingRevocation.length)
  for (const element of partitionsPendingRevocation) encodeConsumerGroupCurrentMemberAssignmentValueTopicPartitions(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 8 of a coordinator's topic: the value. */
export const consumerGroupCurrentMemberAssignmentValue: MessageCodec<ConsumerGroupCurrentMemberAssignmentValue> = messageCodec(
  'ConsumerGroupCurrentMemberAssignmentValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeConsumerGroupCurrentMemberAssignmentValue,
  encodeConsumerGroupCurrentMemberAssignmentValue,
)
