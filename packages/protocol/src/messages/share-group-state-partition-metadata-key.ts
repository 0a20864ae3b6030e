// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupStatePartitionMetadataKey {
  readonly groupId: string
}

function decodeShareGroupStatePartitionMetadataKey(reader: Reader, _version: number): ShareGroupStatePartitionMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeShareGroupStatePartitionMetadataKey(writer: Writer, _version: number, message: Init<ShareGroupStatePartitionMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 15 of a coordinator's topic: the key. */
export const shareGroupStatePartitionMetadataKey: MessageCodec<ShareGroupStatePartitionMetadataKey> = messageCodec(
  'ShareGroupStatePartitionMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareGroupStatePartitionMetadataKey,
  encodeShareGroupStatePartitionMetadataKey,
)
