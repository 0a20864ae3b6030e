// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupMemberMetadataKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeShareGroupMemberMetadataKey(reader: Reader, _version: number): ShareGroupMemberMetadataKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeShareGroupMemberMetadataKey(writer: Writer, _version: number, message: Init<ShareGroupMemberMetadataKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 10 of a coordinator's topic: the key. */
export const shareGroupMemberMetadataKey: MessageCodec<ShareGroupMemberMetadataKey> = messageCodec(
  'ShareGroupMemberMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareGroupMemberMetadataKey,
  encodeShareGroupMemberMetadataKey,
)
