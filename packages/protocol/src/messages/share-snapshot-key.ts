// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ShareSnapshotKey {
  readonly groupId: string
  readonly topicId: string
  readonly partition: number
}

function decodeShareSnapshotKey(reader: Reader, _version: number): ShareSnapshotKey {
  const groupId = reader.string()
  const topicId = reader.uuid()
  const partition = reader.int32()
  return { groupId, topicId, partition }
}

function encodeShareSnapshotKey(writer: Writer, _version: number, message: Init<ShareSnapshotKey>): void {
  const {
    groupId = '',
    topicId = zeroUuid,
    partition = 0,
  } = message
  writer.string(groupId)
  writer.uuid(topicId)
  writer.int32(partition)
}

/** Record type 0 of a coordinator's topic: the key. */
export const shareSnapshotKey: MessageCodec<ShareSnapshotKey> = messageCodec(
  'ShareSnapshotKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareSnapshotKey,
  encodeShareSnapshotKey,
)
