// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface LegacyOffsetCommitKey {
  readonly group: string
  readonly topic: string
  readonly partition: number
}

function decodeLegacyOffsetCommitKey(reader: Reader, _version: number): LegacyOffsetCommitKey {
  const group = reader.string()
  const topic = reader.string()
  const partition = reader.int32()
  return { group, topic, partition }
}

function encodeLegacyOffsetCommitKey(writer: Writer, _version: number, message: Init<LegacyOffsetCommitKey>): void {
  const {
    group = '',
    topic = '',
    partition = 0,
  } = message
  writer.string(group)
  writer.string(topic)
  writer.int32(partition)
}

/** Record type 0 of a coordinator's topic: the key. */
export const legacyOffsetCommitKey: MessageCodec<LegacyOffsetCommitKey> = messageCodec(
  'LegacyOffsetCommitKey',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeLegacyOffsetCommitKey,
  encodeLegacyOffsetCommitKey,
)
