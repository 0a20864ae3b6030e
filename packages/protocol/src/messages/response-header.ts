// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface ResponseHeader {
  readonly correlationId: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeResponseHeader(reader: Reader, version: number): ResponseHeader {
  const flexible = version >= 1
  const correlationId = reader.int32()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ResponseHeader>({ correlationId }, unknownTags)
}

function encodeResponseHeader(writer: Writer, version: number, message: Init<ResponseHeader>): void {
  const {
    correlationId = 0,
    unknownTags,
  } = message
  const flexible = version >= 1
  writer.int32(correlationId)
  if (flexible) writer.unknownTags(unknownTags)
}

export const responseHeader: MessageCodec<ResponseHeader> = messageCodec(
  'ResponseHeader',
  { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
  decodeResponseHeader,
  encodeResponseHeader,
)
