// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupTargetAssignmentMemberKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeStreamsGroupTargetAssignmentMemberKey(reader: Reader, _version: number): StreamsGroupTargetAssignmentMemberKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeStreamsGroupTargetAssignmentMemberKey(writer: Writer, _version: number, message: Init<StreamsGroupTargetAssignmentMemberKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 21 of a coordinator's topic: the key. */
export const streamsGroupTargetAssignmentMemberKey: MessageCodec<StreamsGroupTargetAssignmentMemberKey> = messageCodec(
  'StreamsGroupTargetAssignmentMemberKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeStreamsGroupTargetAssignmentMemberKey,
  encodeStreamsGroupTargetAssignmentMemberKey,
)
