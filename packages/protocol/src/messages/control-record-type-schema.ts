// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ControlRecordTypeSchema {
  readonly type: number
}

function decodeControlRecordTypeSchema(reader: Reader, _version: number): ControlRecordTypeSchema {
  const type = reader.int16()
  return { type }
}

function encodeControlRecordTypeSchema(writer: Writer, _version: number, message: Init<ControlRecordTypeSchema>): void {
  const {
    type = 0,
  } = message
  writer.int16(type)
}

export const controlRecordTypeSchema: MessageCodec<ControlRecordTypeSchema> = messageCodec(
  'ControlRecordTypeSchema',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeControlRecordTypeSchema,
  encodeControlRecordTypeSchema,
)
