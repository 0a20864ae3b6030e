// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface AbortTransactionRecord {
  /** Default: null. */
  readonly reason: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAbortTransactionRecord(reader: Reader, _version: number): AbortTransactionRecord {
  let reason: AbortTransactionRecord['reason'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      reason = reader.compactNullableString()
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<AbortTransactionRecord>({ reason }, unknownTags)
}

function encodeAbortTransactionRecord(writer: Writer, _version: number, message: Init<AbortTransactionRecord>): void {
  const {
    reason = null,
    unknownTags,
  } = message
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = reason !== null
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactNullableString(reason)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record id 25 of a metadata log. */
export const abortTransactionRecord: MessageCodec<AbortTransactionRecord> = messageCodec(
  'AbortTransactionRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeAbortTransactionRecord,
  encodeAbortTransactionRecord,
)
