// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 4. */
export interface AddOffsetsToTxnRequest {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly groupId: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 4. */
export interface AddOffsetsToTxnResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAddOffsetsToTxnRequest(reader: Reader, version: number): AddOffsetsToTxnRequest {
  const flexible = version >= 3
  const transactionalId = flexible ? reader.compactString() : reader.string()
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const groupId = flexible ? reader.compactString() : reader.string()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AddOffsetsToTxnRequest>({ transactionalId, producerId, producerEpoch, groupId }, unknownTags)
}

function encodeAddOffsetsToTxnRequest(writer: Writer, version: number, message: Init<AddOffsetsToTxnRequest>): void {
  const {
    transactionalId = '',
    producerId = 0n,
    producerEpoch = 0,
    groupId = '',
    unknownTags,
  } = message
  const flexible = version >= 3
  if (flexible) writer.compactString(transactionalId)
  else writer.string(transactionalId)
  writer.int64(producerId)
  writer.int16(producerEpoch)
  if (flexible) writer.compactString(groupId)
  else writer.string(groupId)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeAddOffsetsToTxnResponse(reader: Reader, version: number): AddOffsetsToTxnResponse {
  const flexible = version >= 3
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AddOffsetsToTxnResponse>({ throttleTimeMs, errorCode }, unknownTags)
}

function encodeAddOffsetsToTxnResponse(writer: Writer, version: number, message: Init<AddOffsetsToTxnResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

/** AddOffsetsToTxn, key 25. */
export const addOffsetsToTxn: Api<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse> = {
  key: 25,
  name: 'AddOffsetsToTxn',
  request: messageCodec(
    'AddOffsetsToTxnRequest',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 3 },
    decodeAddOffsetsToTxnRequest,
    encodeAddOffsetsToTxnRequest,
  ),
  response: messageCodec(
    'AddOffsetsToTxnResponse',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 3 },
    decodeAddOffsetsToTxnResponse,
    encodeAddOffsetsToTxnResponse,
  ),
}
