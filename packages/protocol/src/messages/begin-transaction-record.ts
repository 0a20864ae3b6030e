// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface BeginTransactionRecord {
  /** Default: null. */
  readonly name: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeBeginTransactionRecord(reader: Reader, _version: number): BeginTransactionRecord {
  let name: BeginTransactionRecord['name'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      name = reader.compactNullableString()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<BeginTransactionRecord>({ name }, unknownTags)
}

function encodeBeginTransactionRecord(writer: Writer, _version: number, message: Init<BeginTransactionRecord>): void {
  const {
    name = null,
    unknownTags,
  } = message
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = name !== null
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactNullableString(name)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record id 23 of a metadata log. */
export const beginTransactionRecord: MessageCodec<BeginTransactionRecord> = messageCodec(
  'BeginTransactionRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeBeginTransactionRecord,
  encodeBeginTransactionRecord,
)
