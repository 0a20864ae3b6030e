// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupTargetAssignmentMetadataKey {
  readonly groupId: string
}

function decodeShareGroupTargetAssignmentMetadataKey(reader: Reader, _version: number): ShareGroupTargetAssignmentMetadataKey {
  const groupId = reader.string()
  return { groupId }
}

function encodeShareGroupTargetAssignmentMetadataKey(writer: Writer, _version: number, message: Init<ShareGroupTargetAssignmentMetadataKey>): void {
  const {
    groupId = '',
  } = message
  writer.string(groupId)
}

/** Record type 12 of a coordinator's topic: the key. */
export const shareGroupTargetAssignmentMetadataKey: MessageCodec<ShareGroupTargetAssignmentMetadataKey> = messageCodec(
  'ShareGroupTargetAssignmentMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareGroupTargetAssignmentMetadataKey,
  encodeShareGroupTargetAssignmentMetadataKey,
)
