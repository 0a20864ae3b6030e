// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface AccessControlEntryRecord {
  readonly id: string
  readonly resourceType: number
  readonly resourceName: string
  readonly patternType: number
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAccessControlEntryRecord(reader: Reader, _version: number): AccessControlEntryRecord {
  const id = reader.uuid()
  const resourceType = reader.int8()
  const resourceName = reader.compactString()
  const patternType = reader.int8()
  const principal = reader.compactString()
  const host = reader.compactString()
  const operation = reader.int8()
  const permissionType = reader.int8()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AccessControlEntryRecord>({
    id,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  }, unknownTags)
}

function encodeAccessControlEntryRecord(writer: Writer, _version: number, message: Init<AccessControlEntryRecord>): void {
  const {
    id = zeroUuid,
    resourceType = 0,
    resourceName = '',
    patternType = 0,
    principal = '',
    host = '',
    operation = 0,
    permissionType = 0,
    unknownTags,
  } = message
  writer.uuid(id)
  writer.int8(resourceType)
  writer.compactString(resourceName)
  writer.int8(patternType)
  writer.compactString(principal)
  writer.compactString(host)
  writer.int8(operation)
  writer.int8(permissionType)
  writer.unknownTags(unknownTags)
}

/** Record id 18 of a metadata log. */
export const accessControlEntryRecord: MessageCodec<AccessControlEntryRecord> = messageCodec(
  'AccessControlEntryRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeAccessControlEntryRecord,
  encodeAccessControlEntryRecord,
)
