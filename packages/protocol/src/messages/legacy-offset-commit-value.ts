// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface LegacyOffsetCommitValue {
  readonly offset: bigint
  readonly metadata: string
  readonly commitTimestamp: bigint
}

function decodeLegacyOffsetCommitValue(reader: Reader, _version: number): LegacyOffsetCommitValue {
  const offset = reader.int64()
  const metadata = reader.string()
  const commitTimestamp = reader.int64()
  return { offset, metadata, commitTimestamp }
}

function encodeLegacyOffsetCommitValue(writer: Writer, _version: number, message: Init<LegacyOffsetCommitValue>): void {
  const {
    offset = 0n,
    metadata = '',
    commitTimestamp = 0n,
  } = message
  writer.int64(offset)
  writer.string(metadata)
  writer.int64(commitTimestamp)
}

/** Record type 0 of a coordinator's topic: the value. */
export const legacyOffsetCommitValue: MessageCodec<LegacyOffsetCommitValue> = messageCodec(
  'LegacyOffsetCommitValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeLegacyOffsetCommitValue,
  encodeLegacyOffsetCommitValue,
)
