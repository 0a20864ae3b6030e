// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupMetadataKey {
  readonly groupId: string
}

function decodeConsumerGroupMetadataKey(reader: Reader, _version: number): ConsumerGroupMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeConsumerGroupMetadataKey(writer: Writer, _version: number, message: Init<ConsumerGroupMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 3 of a coordinator's topic: the key. */
export const consumerGroupMetadataKey: MessageCodec<ConsumerGroupMetadataKey> = messageCodec(
  'ConsumerGroupMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeConsumerGroupMetadataKey,
  encodeConsumerGroupMetadataKey,
)
