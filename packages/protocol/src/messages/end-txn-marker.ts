// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface EndTxnMarker {
  readonly coordinatorEpoch: number
}

function decodeEndTxnMarker(reader: Reader, _version: number): EndTxnMarker {
  const coordinatorEpoch = reader.int32()
  return { coordinatorEpoch }
}

function encodeEndTxnMarker(writer: Writer, _version: number, message: Init<EndTxnMarker>): void {
  const {
    coordinatorEpoch = 0,
  } = message
  writer.int32(coordinatorEpoch)
}

export const endTxnMarker: MessageCodec<EndTxnMarker> = messageCodec(
  'EndTxnMarker',
  { minVersion: 0, maxVersion: 0, flexibleFrom: neverFlexible },
  decodeEndTxnMarker,
  encodeEndTxnMarker,
)
