// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupMetadataKey {
  readonly groupId: string
}

function decodeStreamsGroupMetadataKey(reader: Reader, _version: number): StreamsGroupMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeStreamsGroupMetadataKey(writer: Writer, _version: number, message: Init<StreamsGroupMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 17 of a coordinator's topic: the key. */
export const streamsGroupMetadataKey: MessageCodec<StreamsGroupMetadataKey> = messageCodec(
  'StreamsGroupMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeStreamsGroupMetadataKey,
  encodeStreamsGroupMetadataKey,
)
