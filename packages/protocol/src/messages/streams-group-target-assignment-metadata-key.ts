// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface StreamsGroupTargetAssignmentMetadataKey {
  readonly groupId: string
}

function decodeStreamsGroupTargetAssignmentMetadataKey(reader: Reader, _version: number): StreamsGroupTargetAssignmentMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeStreamsGroupTargetAssignmentMetadataKey(writer: Writer, _version: number, message: Init<StreamsGroupTargetAssignmentMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 20 of a coordinator's topic: the key. */
export const streamsGroupTargetAssignmentMetadataKey: MessageCodec<StreamsGroupTargetAssignmentMetadataKey> = messageCodec(
  'StreamsGroupTargetAssignmentMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeStreamsGroupTargetAssignmentMetadataKey,
  encodeStreamsGroupTargetAssignmentMetadataKey,
)
