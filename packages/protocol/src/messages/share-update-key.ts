// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ShareUpdateKey {
  readonly groupId: string
  readonly topicId: string
  readonly partition: number
}

function decodeShareUpdateKey(reader: Reader, _version: number): ShareUpdateKey {
  const groupId = reader.string()
  const topicId = reader.uuid()
  const partition = reader.int32()
  return { groupId, topicId, partition }
}

function encodeShareUpdateKey(writer: Writer, _version: number, message: Init<ShareUpdateKey>): void {
  const {
    groupId = '',
    topicId = zeroUuid,
    partition = 0,
  } = message
  writer.string(groupId)
  writer.uuid(topicId)
  writer.int32(partition)
}

/** Record type 1 of a coordinator's topic: the key. */
export const shareUpdateKey: MessageCodec<ShareUpdateKey> = messageCodec(
  'ShareUpdateKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeShareUpdateKey,
  encodeShareUpdateKey,
)
