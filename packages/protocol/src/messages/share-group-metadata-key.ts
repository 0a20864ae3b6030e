// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupMetadataKey {
  readonly groupId: string
}

function decodeShareGroupMetadataKey(reader: Reader, _version: number): ShareGroupMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeShareGroupMetadataKey(writer: Writer, _version: number, message: Init<ShareGroupMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 11 of a coordinator's topic: the key. */
export const shareGroupMetadataKey: MessageCodec<ShareGroupMetadataKey> = messageCodec(
  'ShareGroupMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareGroupMetadataKey,
  encodeShareGroupMetadataKey,
)
