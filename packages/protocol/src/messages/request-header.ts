// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 2. */
export interface RequestHeader {
  readonly requestApiKey: number
  readonly requestApiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRequestHeader(reader: Reader, version: number): RequestHeader {
  const flexible = version >= 2
  const requestApiKey = reader.int16()
  const requestApiVersion = reader.int16()
  const correlationId = reader.int32()
  const clientId = reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<RequestHeader>({ requestApiKey, requestApiVersion, correlationId, clientId }, unknownTags)
}

function encodeRequestHeader(writer: Writer, version: number, message: Init<RequestHeader>): void {
  const {
    requestApiKey = 0,
    requestApiVersion = 0,
    correlationId = 0,
    clientId = '',
    unknownTags,
  } = message
  const flexible = version >= 2
  writer.int16(requestApiKey)
  writer.int16(requestApiVersion)
  writer.int32(correlationId)
  writer.nullableString(clientId)
  if (flexible) writer.unknownTags(unknownTags)
}

export const requestHeader: MessageCodec<RequestHeader> = messageCodec(
  'RequestHeader',
  { minVersion: 1, maxVersion: 2, flexibleFrom: 2 },
  decodeRequestHeader,
  encodeRequestHeader,
)
