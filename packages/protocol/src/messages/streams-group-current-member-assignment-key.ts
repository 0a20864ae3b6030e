// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupCurrentMemberAssignmentKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeStreamsGroupCurrentMemberAssignmentKey(reader: Reader, _version: number): StreamsGroupCurrentMemberAssignmentKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeStreamsGroupCurrentMemberAssignmentKey(writer: Writer, _version: number, message: Init<StreamsGroupCurrentMemberAssignmentKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 22 of a coordinator's topic: the key. */
export const streamsGroupCurrentMemberAssignmentKey: MessageCodec<StreamsGroupCurrentMemberAssignmentKey> = messageCodec(
  'StreamsGroupCurrentMemberAssignmentKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeStreamsGroupCurrentMemberAssignmentKey,
  encodeStreamsGroupCurrentMemberAssignmentKey,
)
