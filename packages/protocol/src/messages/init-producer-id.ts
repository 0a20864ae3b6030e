// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 6. */
export interface InitProducerIdRequest {
  readonly transactionalId: string | null
  readonly transactionTimeoutMs: number
  /** Since version 3. Default: -1. */
  readonly producerId: bigint
  /** Since version 3. Default: -1. */
  readonly producerEpoch: number
  /** Since version 6. */
  readonly enable2Pc: boolean
  /** Since version 6. */
  readonly keepPreparedTxn: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 6. */
export interface InitProducerIdResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: -1. */
  readonly producerId: bigint
  readonly producerEpoch: number
  /** Since version 6. Default: -1. */
  readonly ongoingTxnProducerId: bigint
  /** Since version 6. Default: -1. */
  readonly ongoingTxnProducerEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeInitProducerIdRequest(reader: Reader, version: number): InitProducerIdRequest {
  const flexible = version >= 2
  const transactionalId = flexible ? reader.compactNullableString() : reader.nullableString()
  const transactionTimeoutMs = reader.int32()
  const producerId = version >= 3 ? reader.int64() : -1n
  const producerEpoch = version >= 3 ? reader.int16() : -1
  const enable2Pc = version >= 6 ? reader.bool() : false
  const keepPreparedTxn = version >= 6 ? reader.bool() : false
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<InitProducerIdRequest>({
    transactionalId,
    transactionTimeoutMs,
    producerId,
    producerEpoch,
    enable2Pc,
    keepPreparedTxn,
  }, unknownTags)
}

function encodeInitProducerIdRequest(writer: Writer, version: number, message: Init<InitProducerIdRequest>): void {
  const {
    transactionalId = '',
    transactionTimeoutMs = 0,
    producerId = -1n,
    producerEpoch = -1,
    enable2Pc = false,
    keepPreparedTxn = false,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (version < 3 && producerId !== -1n) {
    throw fieldUnsupported('InitProducerIdRequest: producerId', version)
  }
  if (version < 3 && producerEpoch !== -1) {
    throw fieldUnsupported('InitProducerIdRequest: producerEpoch', version)
  }
  if (version < 6 && enable2Pc) {
    throw fieldUnsupported('InitProducerIdRequest: enable2Pc', version)
  }
  if (version < 6 && keepPreparedTxn) {
    throw fieldUnsupported('InitProducerIdRequest: keepPreparedTxn', version)
  }
  if (flexible) writer.compactNullableString(transactionalId)
  else writer.nullableString(transactionalId)
  writer.int32(transactionTimeoutMs)
  if (version >= 3) writer.int64(producerId)
  if (version >= 3) writer.int16(producerEpoch)
  if (version >= 6) writer.bool(enable2Pc)
  if (version >= 6) writer.bool(keepPreparedTxn)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeInitProducerIdResponse(reader: Reader, version: number): InitProducerIdResponse {
  const flexible = version >= 2
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const ongoingTxnProducerId = version >= 6 ? reader.int64() : -1n
  const ongoingTxnProducerEpoch = version >= 6 ? reader.int16() : -1
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<InitProducerIdResponse>({
    throttleTimeMs,
    errorCode,
    producerId,
    producerEpoch,
    ongoingTxnProducerId,
    ongoingTxnProducerEpoch,
  }, unknownTags)
}

function encodeInitProducerIdResponse(writer: Writer, version: number, message: Init<InitProducerIdResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    producerId = -1n,
    producerEpoch = 0,
    ongoingTxnProducerId = -1n,
    ongoingTxnProducerEpoch = -1,
    unknownTags,
  } = message
  const flexible = version >= 2
  if (version < 6 && ongoingTxnProducerId !== -1n) {
    throw fieldUnsupported('InitProducerIdResponse: ongoingTxnProducerId', version)
  }
  if (version < 6 && ongoingTxnProducerEpoch !== -1) {
    throw fieldUnsupported('InitProducerIdResponse: ongoingTxnProducerEpoch', version)
  }
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.int64(producerId)
  writer.int16(producerEpoch)
  if (version >= 6) writer.int64(ongoingTxnProducerId)
  if (version >= 6) writer.int16(ongoingTxnProducerEpoch)
  if (flexible) writer.unknownTags(unknownTags)
}

/** InitProducerId, key 22. */
export const initProducerId: Api<InitProducerIdRequest, InitProducerIdResponse> = {
  key: 22,
  name: 'InitProducerId',
  request: messageCodec(
    'InitProducerIdRequest',
    { minVersion: 0, maxVersion: 6, flexibleFrom: 2 },
    decodeInitProducerIdRequest,
    encodeInitProducerIdRequest,
  ),
  response: messageCodec(
    'InitProducerIdResponse',
    { minVersion: 0, maxVersion: 6, flexibleFrom: 2 },
    decodeInitProducerIdResponse,
    encodeInitProducerIdResponse,
  ),
}
