// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ShareGroupCurrentMemberAssignmentValue {
  readonly memberEpoch: number
  readonly previousMemberEpoch: number
  readonly state: number
  readonly assignedPartitions: readonly ShareGroupCurrentMemberAssignmentValueTopicPartitions[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  readonly topicId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareGroupCurrentMemberAssignmentValueTopicPartitions(reader: Reader, _version: number): ShareGroupCurrentMemberAssignmentValueTopicPartitions {
  const topicId = reader.uuid()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupCurrentMemberAssignmentValueTopicPartitions>({ topicId, partitions }, unknownTags)
}

function decodeShareGroupCurrentMemberAssignmentValueTopicPartitionsArray(reader: Reader, version: number, count: number): ShareGroupCurrentMemberAssignmentValueTopicPartitions[] {
  const elements: ShareGroupCurrentMemberAssignmentValueTopicPartitions[] = []
  for (let index = 0; index < count; index++) elements.push(decodeShareGroupCurrentMemberAssignmentValueTopicPartitions(reader, version))
  return elements
}

function decodeShareGroupCurrentMemberAssignmentValue(reader: Reader, version: number): ShareGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32()
  const previousMemberEpoch = reader.int32()
  const state = reader.int8()
  const assignedPartitions = decodeShareGroupCurrentMemberAssignmentValueTopicPartitionsArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupCurrentMemberAssignmentValue>({
    memberEpoch,
    previousMemberEpoch,
    state,
    assignedPartitions,
  }, unknownTags)
}

function encodeShareGroupCurrentMemberAssignmentValueTopicPartitions(writer: Writer, _version: number, message: Init<ShareGroupCurrentMemberAssignmentValueTopicPartitions>): void {
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

function encodeShareGroupCurrentMemberAssignmentValue(writer: Writer, version: number, message: Init<ShareGroupCurrentMemberAssignmentValue>): void {
  const {
    memberEpoch = 0,
    previousMemberEpoch = 0,
    state = 0,
    assignedPartitions = [],
    unknownTags,
  } = message
  writer.int32(memberEpoch)
  writer.int32(previousMemberEpoch)
  writer.int8(state)
  writer.compactArrayLength(assignedPartitions.length)
  for (const element of assignedPartitions) encodeShareGroupCurrentMemberAssignmentValueTopicPartitions(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 14 of a coordinator's topic: the value. */
export const shareGroupCurrentMemberAssignmentValue: MessageCodec<ShareGroupCurrentMemberAssignmentValue> = messageCodec(
  'ShareGroupCurrentMemberAssignmentValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeShareGroupCurrentMemberAssignmentValue,
  encodeShareGroupCurrentMemberAssignmentValue,
)
