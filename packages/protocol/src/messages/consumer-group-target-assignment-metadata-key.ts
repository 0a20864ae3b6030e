// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupTargetAssignmentMetadataKey {
  readonly groupId: string
}

function decodeConsumerGroupTargetAssignmentMetadataKey(reader: Reader, _version: number): ConsumerGroupTargetAssignmentMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeConsumerGroupTargetAssignmentMetadataKey(writer: Writer, _version: number, message: Init<ConsumerGroupTargetAssignmentMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 6 of a coordinator's topic: the key. */
export const consumerGroupTargetAssignmentMetadataKey: MessageCodec<ConsumerGroupTargetAssignmentMetadataKey> = messageCodec(
  'ConsumerGroupTargetAssignmentMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeConsumerGroupTargetAssignmentMetadataKey,
  encodeConsumerGroupTargetAssignmentMetadataKey,
)
