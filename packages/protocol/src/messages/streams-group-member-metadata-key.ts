// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupMemberMetadataKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeStreamsGroupMemberMetadataKey(reader: Reader, _version: number): StreamsGroupMemberMetadataKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeStreamsGroupMemberMetadataKey(writer: Writer, _version: number, message: Init<StreamsGroupMemberMetadataKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 19 of a coordinator's topic: the key. */
export const streamsGroupMemberMetadataKey: MessageCodec<StreamsGroupMemberMetadataKey> = messageCodec(
  'StreamsGroupMemberMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeStreamsGroupMemberMetadataKey,
  encodeStreamsGroupMemberMetadataKey,
)
