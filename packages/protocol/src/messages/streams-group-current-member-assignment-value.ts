// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupCurrentMemberAssignmentValue {
  readonly memberEpoch: number
  readonly previousMemberEpoch: number
  readonly state: number
  readonly activeTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  readonly standbyTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  readonly warmupTasks: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  readonly activeTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  readonly standbyTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  readonly warmupTasksPendingRevocation: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupCurrentMemberAssignmentValueTaskIds {
  readonly subtopologyId: string
  readonly partitions: readonly number[]
  readonly assignmentEpochs: readonly number[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupCurrentMemberAssignmentValueTaskIds(reader: Reader, _version: number): StreamsGroupCurrentMemberAssignmentValueTaskIds {
  const subtopologyId = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  let assignmentEpochs: StreamsGroupCurrentMemberAssignmentValueTaskIds['assignmentEpochs'] = []
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      assignmentEpochs = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<StreamsGroupCurrentMemberAssignmentValueTaskIds>({
    subtopologyId,
    partitions,
    assignmentEpochs,
  }, unknownTags)
}

function decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsArray(reader: Reader, version: number, count: number): StreamsGroupCurrentMemberAssignmentValueTaskIds[] {
  const elements: StreamsGroupCurrentMemberAssignmentValueTaskIds[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupCurrentMemberAssignmentValueTaskIds(reader, version))
  return elements
}

function decodeStreamsGroupCurrentMemberAssignmentValue(reader: Reader, version: number): StreamsGroupCurrentMemberAssignmentValue {
  const memberEpoch = reader.int32()
  const previousMemberEpoch = reader.int32()
  const state = reader.int8()
  const activeTasks = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const standbyTasks = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const warmupTasks = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const activeTasksPendingRevocation = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const standbyTasksPendingRevocation = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const warmupTasksPendingRevocation = decodeStreamsGroupCurrentMemberAssignmentValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupCurrentMemberAssignmentValue>({
    memberEpoch,
    previousMemberEpoch,
    state,
    activeTasks,
    standbyTasks,
    warmupTasks,
    activeTasksPendingRevocation,
    standbyTasksPendingRevocation,
    warmupTasksPendingRevocation,
  }, unknownTags)
}

function encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer: Writer, _version: number, message: Init<StreamsGroupCurrentMemberAssignmentValueTaskIds>): void {
  const {
    subtopologyId = '',
    partitions = [],
    assignmentEpochs = [],
    unknownTags,
  } = message
  writer.compactString(subtopologyId)
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

function encodeStreamsGroupCurrentMemberAssignmentValue(writer: Writer, version: number, message: Init<StreamsGroupCurrentMemberAssignmentValue>): void {
  const {
    memberEpoch = 0,
    previousMemberEpoch = 0,
    state = 0,
    activeTasks = [],
    standbyTasks = [],
    warmupTasks = [],
    activeTasksPendingRevocation = [],
    standbyTasksPendingRevocation = [],
    warmupTasksPendingRevocation = [],
    unknownTags,
  } = message
  writer.int32(memberEpoch)
  writer.int32(previousMemberEpoch)
  writer.int8(state)
  writer.compactArrayLength(activeTasks.length)
  for (const element of activeTasks) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, element)
  writer.compactArrayLength(standbyTasks.length)
  for (const element of standbyTasks) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, element)
  writer.compactArrayLength(warmupTasks.length)
  for (const element of warmupTasks) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, element)
  writer.compactArrayLength(activeTasksPendingRevocation.length)
  for (const element of activeTasksPendingRevocation) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, element)
  writer.compactArrayLength(standbyTasksPendingRevocation.length)
  for (const element of standbyTasksPendingRevocation) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, element)
  writer.compactArrayLength(warmupTasksPendingRevocation.length)
  for (const element of warmupTasksPendingRevocation) encodeStreamsGroupCurrentMemberAssignmentValueTaskIds(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 22 of a coordinator's topic: the value. */
export const streamsGroupCurrentMemberAssignmentValue: MessageCodec<StreamsGroupCurrentMemberAssignmentValue> = messageCodec(
  'StreamsGroupCurrentMemberAssignmentValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeStreamsGroupCurrentMemberAssignmentValue,
  encodeStreamsGroupCurrentMemberAssignmentValue,
)
