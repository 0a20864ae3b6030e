// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupCurrentMemberAssignmentKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeConsumerGroupCurrentMemberAssignmentKey(reader: Reader, _version: number): ConsumerGroupCurrentMemberAssignmentKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeConsumerGroupCurrentMemberAssignmentKey(writer: Writer, _version: number, message: Init<ConsumerGroupCurrentMemberAssignmentKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 8 of a coordinator's topic: the key. */
export const consumerGroupCurrentMemberAssignmentKey: MessageCodec<ConsumerGroupCurrentMemberAssignmentKey> = messageCodec(
  'ConsumerGroupCurrentMemberAssignmentKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeConsumerGroupCurrentMemberAssignmentKey,
  encodeConsumerGroupCurrentMemberAssignmentKey,
)
