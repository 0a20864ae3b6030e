// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupTargetAssignmentMemberKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeConsumerGroupTargetAssignmentMemberKey(reader: Reader, _version: number): ConsumerGroupTargetAssignmentMemberKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeConsumerGroupTargetAssignmentMemberKey(writer: Writer, _version: number, message: Init<ConsumerGroupTargetAssignmentMemberKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 7 of a coordinator's topic: the key. */
export const consumerGroupTargetAssignmentMemberKey: MessageCodec<ConsumerGroupTargetAssignmentMemberKey> = messageCodec(
  'ConsumerGroupTargetAssignmentMemberKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeConsumerGroupTargetAssignmentMemberKey,
  encodeConsumerGroupTargetAssignmentMemberKey,
)
