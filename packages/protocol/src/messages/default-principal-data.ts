// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface DefaultPrincipalData {
  readonly type: string
  readonly name: string
  readonly tokenAuthenticated: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDefaultPrincipalData(reader: Reader, _version: number): DefaultPrincipalData {
  const type = reader.compactString()
  const name = reader.compactString()
  const tokenAuthenticated = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DefaultPrincipalData>({ type, name, tokenAuthenticated }, unknownTags)
}

function encodeDefaultPrincipalData(writer: Writer, _version: number, message: Init<DefaultPrincipalData>): void {
  const {
    type = '',
    name = '',
    tokenAuthenticated = false,
    unknownTags,
  } = message
  writer.compactString(type)
  writer.compactString(name)
  writer.bool(tokenAuthenticated)
  writer.unknownTags(unknownTags)
}

export const defaultPrincipalData: MessageCodec<DefaultPrincipalData> = messageCodec(
  'DefaultPrincipalData',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeDefaultPrincipalData,
  encodeDefaultPrincipalData,
)
