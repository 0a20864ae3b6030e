// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface FenceBrokerRecord {
  readonly id: number
  readonly epoch: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeFenceBrokerRecord(reader: Reader, _version: number): FenceBrokerRecord {
  const id = reader.int32()
  const epoch = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FenceBrokerRecord>({ id, epoch }, unknownTags)
}

function encodeFenceBrokerRecord(writer: Writer, _version: number, message: Init<FenceBrokerRecord>): void {
  const {
    id = 0,
    epoch = 0n,
    unknownTags,
  } = message
  writer.int32(id)
  writer.int64(epoch)
  writer.unknownTags(unknownTags)
}

/** Record id 7 of a metadata log. */
export const fenceBrokerRecord: MessageCodec<FenceBrokerRecord> = messageCodec(
  'FenceBrokerRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeFenceBrokerRecord,
  encodeFenceBrokerRecord,
)
