// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupMemberMetadataKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeConsumerGroupMemberMetadataKey(reader: Reader, _version: number): ConsumerGroupMemberMetadataKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeConsumerGroupMemberMetadataKey(writer: Writer, _version: number, message: Init<ConsumerGroupMemberMetadataKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 5 of a coordinator's topic: the key. */
export const consumerGroupMemberMetadataKey: MessageCodec<ConsumerGroupMemberMetadataKey> = messageCodec(
  'ConsumerGroupMemberMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeConsumerGroupMemberMetadataKey,
  encodeConsumerGroupMemberMetadataKey,
)
