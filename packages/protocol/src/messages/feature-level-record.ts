// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface FeatureLevelRecord {
  readonly name: string
  readonly featureLevel: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeFeatureLevelRecord(reader: Reader, _version: number): FeatureLevelRecord {
  const name = reader.compactString()
  const featureLevel = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FeatureLevelRecord>({ name, featureLevel }, unknownTags)
}

function encodeFeatureLevelRecord(writer: Writer, _version: number, message: Init<FeatureLevelRecord>): void {
  const {
    name = '',
    featureLevel = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int16(featureLevel)
  writer.unknownTags(unknownTags)
}

/** Record id 12 of a metadata log. */
export const featureLevelRecord: MessageCodec<FeatureLevelRecord> = messageCodec(
  'FeatureLevelRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeFeatureLevelRecord,
  encodeFeatureLevelRecord,
)
