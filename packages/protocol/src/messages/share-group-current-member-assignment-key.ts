// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupCurrentMemberAssignmentKey {
  readonly groupId: string
  readonly memberId: string
}

function decodeShareGroupCurrentMemberAssignmentKey(reader: Reader, _version: number): ShareGroupCurrentMemberAssignmentKey {
  const groupId = reader.string()
  const memberId = reader.string()
  return { groupId, memberId }
}

function encodeShareGroupCurrentMemberAssignmentKey(writer: Writer, _version: number, message: Init<ShareGroupCurrentMemberAssignmentKey>): void {
  const {
    groupId = '',
    memberId = '',
  } = message
  writer.string(groupId)
  writer.string(memberId)
}

/** Record type 14 of a coordinator's topic: the key. */
export const shareGroupCurrentMemberAssignmentKey: MessageCodec<ShareGroupCurrentMemberAssignmentKey> = messageCodec(
  'ShareGroupCurrentMemberAssignmentKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareGroupCurrentMemberAssignmentKey,
  encodeShareGroupCurrentMemberAssignmentKey,
)
