// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface GroupMetadataKey {
  readonly group: string
}

function decodeGroupMetadataKey(reader: Reader, _version: number): GroupMetadataKey {
  const group = reader.string()
  return { group }
}

function encodeGroupMetadataKey(writer: Writer, _version: number, message: Init<GroupMetadataKey>): void {
  const {
    group = '',
  } = message
  writer.string(group)
}

/** Record type 2 of a coordinator's topic: the key. */
export const groupMetadataKey: MessageCodec<GroupMetadataKey> = messageCodec(
  'GroupMetadataKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeGroupMetadataKey,
  encodeGroupMetadataKey,
)
