// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupTargetAssignmentMemberValue {
  readonly activeTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[]
  readonly standbyTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[]
  readonly warmupTasks: readonly StreamsGroupTargetAssignmentMemberValueTaskIds[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface StreamsGroupTargetAssignmentMemberValueTaskIds {
  readonly subtopologyId: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeStreamsGroupTargetAssignmentMemberValueTaskIds(reader: Reader, _version: number): StreamsGroupTargetAssignmentMemberValueTaskIds {
  const subtopologyId = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupTargetAssignmentMemberValueTaskIds>({ subtopologyId, partitions }, unknownTags)
}

function decodeStreamsGroupTargetAssignmentMemberValueTaskIdsArray(reader: Reader, version: number, count: number): StreamsGroupTargetAssignmentMemberValueTaskIds[] {
  const elements: StreamsGroupTargetAssignmentMemberValueTaskIds[] = []
  for (let index = 0; index < count; index++) elements.push(decodeStreamsGroupTargetAssignmentMemberValueTaskIds(reader, version))
  return elements
}

function decodeStreamsGroupTargetAssignmentMemberValue(reader: Reader, version: number): StreamsGroupTargetAssignmentMemberValue {
  const activeTasks = decodeStreamsGroupTargetAssignmentMemberValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const standbyTasks = decodeStreamsGroupTargetAssignmentMemberValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const warmupTasks = decodeStreamsGroupTargetAssignmentMemberValueTaskIdsArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<StreamsGroupTargetAssignmentMemberValue>({
    activeTasks,
    standbyTasks,
    warmupTasks,
  }, unknownTags)
}

function encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer: Writer, _version: number, message: Init<StreamsGroupTargetAssignmentMemberValueTaskIds>): void {
  const {
    subtopologyId = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(subtopologyId)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeStreamsGroupTargetAssignmentMemberValue(writer: Writer, version: number, message: Init<StreamsGroupTargetAssignmentMemberValue>): void {
  const {
    activeTasks = [],
    standbyTasks = [],
    warmupTasks = [],
    unknownTags,
  } = message
  writer.compactArrayLength(activeTasks.length)
  for (const element of activeTasks) encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, version, element)
  writer.compactArrayLength(standbyTasks.length)
  for (const element of standbyTasks) encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, version, element)
  writer.compactArrayLength(warmupTasks.length)
  for (const element of warmupTasks) encodeStreamsGroupTargetAssignmentMemberValueTaskIds(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record type 21 of a coordinator's topic: the value. */
export const streamsGroupTargetAssignmentMemberValue: MessageCodec<StreamsGroupTargetAssignmentMemberValue> = messageCodec(
  'StreamsGroupTargetAssignmentMemberValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeStreamsGroupTargetAssignmentMemberValue,
  encodeStreamsGroupTargetAssignmentMemberValue,
)
