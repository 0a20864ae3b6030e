// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ConfigRecord {
  readonly resourceType: number
  readonly resourceName: string
  readonly name: string
  readonly value: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeConfigRecord(reader: Reader, _version: number): ConfigRecord {
  const resourceType = reader.int8()
  const resourceName = reader.compactString()
  const name = reader.compactString()
  const value = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ConfigRecord>({ resourceType, resourceName, name, value }, unknownTags)
}

function encodeConfigRecord(writer: Writer, _version: number, message: Init<ConfigRecord>): void {
  const {
    resourceType = 0,
    resourceName = '',
    name = '',
    value = '',
    unknownTags,
  } = message
  writer.int8(resourceType)
  writer.compactString(resourceName)
  writer.compactString(name)
  writer.compactNullableString(value)
  writer.unknownTags(unknownTags)
}

/** Record id 4 of a metadata log. */
export const configRecord: MessageCodec<ConfigRecord> = messageCodec(
  'ConfigRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeConfigRecord,
  encodeConfigRecord,
)
