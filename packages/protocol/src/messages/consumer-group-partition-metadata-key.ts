// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConsumerGroupPartitionMetadataKey {
  readonly groupId: string
}

function decodeConsumerGroupPartitionMetadataKey(reader: Reader, _version: number): ConsumerGroupPartitionMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeConsumerGroupPartitionMetadataKey(writer: Writer, _version: number, message: Init<ConsumerGroupPartitionMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 4 of a coordinator's topic: the key. */
export const consumerGroupPartitionMetadataKey: MessageCodec<ConsumerGroupPartitionMetadataKey> = messageCodec(
  'ConsumerGroupPartitionMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeConsumerGroupPartitionMetadataKey,
  encodeConsumerGroupPartitionMetadataKey,
)
