// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 5. */
export interface EndTxnRequest {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly committed: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 5. */
export interface EndTxnResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Since version 5. Default: -1. */
  readonly producerId: bigint
  /** Since version 5. Default: -1. */
  readonly producerEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeEndTxnRequest(reader: Reader, version: number): EndTxnRequest {
  const flexible = version >= 3
  const transactionalId = flexible ? reader.compactString() : reader.string()
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const committed = reader.bool()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<EndTxnRequest>({ transactionalId, producerId, producerEpoch, committed }, unknownTags)
}

function encodeEndTxnRequest(writer: Writer, version: number, message: Init<EndTxnRequest>): void {
  const {
    transactionalId = '',
    producerId = 0n,
    producerEpoch = 0,
    committed = false,
    unknownTags,
  } = message
  const flexible = version >= 3
  if (flexible) writer.compactString(transactionalId)
  else writer.string(transactionalId)
  writer.int64(producerId)
  writer.int16(producerEpoch)
  writer.bool(committed)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeEndTxnResponse(reader: Reader, version: number): EndTxnResponse {
  const flexible = version >= 3
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const producerId = version >= 5 ? reader.int64() : -1n
  const producerEpoch = version >= 5 ? reader.int16() : -1
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<EndTxnResponse>({ throttleTimeMs, errorCode, producerId, producerEpoch }, unknownTags)
}

function encodeEndTxnResponse(writer: Writer, version: number, message: Init<EndTxnResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    producerId = -1n,
    producerEpoch = -1,
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (version >= 5) writer.int64(producerId)
  if (version >= 5) writer.int16(producerEpoch)
  if (flexible) writer.unknownTags(unknownTags)
}

/** EndTxn, key 26. */
export const endTxn: Api<EndTxnRequest, EndTxnResponse> = {
  key: 26,
  name: 'EndTxn',
  request: messageCodec(
    'EndTxnRequest',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeEndTxnRequest,
    encodeEndTxnRequest,
  ),
  response: messageCodec(
    'EndTxnResponse',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeEndTxnResponse,
    encodeEndTxnResponse,
  ),
}
