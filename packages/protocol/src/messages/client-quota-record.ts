// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ClientQuotaRecord {
  readonly entity: readonly ClientQuotaRecordEntityData[]
  readonly key: string
  readonly value: number
  readonly remove: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ClientQuotaRecordEntityData {
  readonly entityType: string
  readonly entityName: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeClientQuotaRecordEntityData(reader: Reader, _version: number): ClientQuotaRecordEntityData {
  const entityType = reader.compactString()
  const entityName = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ClientQuotaRecordEntityData>({ entityType, entityName }, unknownTags)
}

function decodeClientQuotaRecordEntityDataArray(reader: Reader, version: number, count: number): ClientQuotaRecordEntityData[] {
  const elements: ClientQuotaRecordEntityData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeClientQuotaRecordEntityData(reader, version))
  return elements
}

function decodeClientQuotaRecord(reader: Reader, version: number): ClientQuotaRecord {
  const entity = decodeClientQuotaRecordEntityDataArray(reader, version, reader.compactArrayLength(3))
  const key = reader.compactString()
  const value = reader.float64()
  const remove = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ClientQuotaRecord>({ entity, key, value, remove }, unknownTags)
}

function encodeClientQuotaRecordEntityData(writer: Writer, _version: number, message: Init<ClientQuotaRecordEntityData>): void {
  const {
    entityType = '',
    entityName = '',
    unknownTags,
  } = message
  writer.compactString(entityType)
  writer.compactNullableString(entityName)
  writer.unknownTags(unknownTags)
}

function encodeClientQuotaRecord(writer: Writer, version: number, message: Init<ClientQuotaRecord>): void {
  const {
    entity = [],
    key = '',
    value = 0,
    remove = false,
    unknownTags,
  } = message
  writer.compactArrayLength(entity.length)
  for (const element of entity) encodeClientQuotaRecordEntityData(writer, version, element)
  writer.compactString(key)
  writer.float64(value)
  writer.bool(remove)
  writer.unknownTags(unknownTags)
}

/** Record id 14 of a metadata log. */
export const clientQuotaRecord: MessageCodec<ClientQuotaRecord> = messageCodec(
  'ClientQuotaRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeClientQuotaRecord,
  encodeClientQuotaRecord,
)
