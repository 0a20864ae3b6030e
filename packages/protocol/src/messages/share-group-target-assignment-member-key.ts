// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupTargetAssignmentMemberKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeShareGroupTargetAssignmentMemberKey(reader: Reader, _version: number): ShareGroupTargetAssignmentMemberKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeShareGroupTargetAssignmentMemberKey(writer: Writer, _version: number, message: Init<ShareGroupTargetAssignmentMemberKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 13 of a coordinator's topic: the key. */
export const shareGroupTargetAssignmentMemberKey: MessageCodec<ShareGroupTargetAssignmentMemberKey> = messageCodec(
  'ShareGroupTargetAssignmentMemberKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareGroupTargetAssignmentMemberKey,
  encodeShareGroupTargetAssignmentMemberKey,
)
