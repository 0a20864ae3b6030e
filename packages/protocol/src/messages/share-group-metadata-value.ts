// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ShareGroupMetadataValue {
  readonly epoch: number
  readonly metadataHash: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeShareGroupMetadataValue(reader: Reader, _version: number): ShareGroupMetadataValue {
  const epoch = reader.int32()
  const metadataHash = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ShareGroupMetadataValue>({ epoch, metadataHash }, unknownTags)
}

function encodeShareGroupMetadataValue(writer: Writer, _version: number, message: Init<ShareGroupMetadataValue>): void {
  const {
    epoch = 0,
    metadataHash = 0n,
    unknownTags,
  } = message
  writer.int32(epoch)
  writer.int64(metadataHash)
  writer.unknownTags(unknownTags)
}

/** Record type 11 of a coordinator's topic: the value. */
export const shareGroupMetadataValue: MessageCodec<ShareGroupMetadataValue> = messageCodec(
  'ShareGroupMetadataValue',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeShareGroupMetadataValue,
  encodeShareGroupMetadataValue,
)
