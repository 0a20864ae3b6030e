// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface ListTransactionsRequest {
  readonly stateFilters: readonly string[]
  readonly producerIdFilters: readonly bigint[]
  /** Since version 1. Default: -1. */
  readonly durationFilter: bigint
  /** Since version 2. Default: null. */
  readonly transactionalIdPattern: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface ListTransactionsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly unknownStateFilters: readonly string[]
  readonly transactionStates: readonly ListTransactionsResponseTransactionState[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListTransactionsResponseTransactionState {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly transactionState: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeListTransactionsRequest(reader: Reader, version: number): ListTransactionsRequest {
  const stateFilters = reader.compactStringArray(reader.compactArrayLength(1))
  const producerIdFilters = reader.int64Array(reader.compactArrayLength(8))
  const durationFilter = version >= 1 ? reader.int64() : -1n
  const transactionalIdPattern = version >= 2 ? reader.compactNullableString() : null
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListTransactionsRequest>({
    stateFilters,
    producerIdFilters,
    durationFilter,
    transactionalIdPattern,
  }, unknownTags)
}

function encodeListTransactionsRequest(writer: Writer, version: number, message: Init<ListTransactionsRequest>): void {
  const {
    stateFilters = [],
    producerIdFilters = [],
    durationFilter = -1n,
    transactionalIdPattern = null,
    unknownTags,
  } = message
  if (version < 1 && durationFilter !== -1n) {
    throw fieldUnsupported('ListTransactionsRequest: durationFilter', version)
  }
  if (version < 2 && transactionalIdPattern !== null) {
    throw fieldUnsupported('ListTransactionsRequest: transactionalIdPattern', version)
  }
  writer.compactArrayLength(stateFilters.length)
  writer.compactStringArray(stateFilters)
  writer.compactArrayLength(producerIdFilters.length)
  writer.int64Array(producerIdFilters)
  if (version >= 1) writer.int64(durationFilter)
  if (version >= 2) writer.compactNullableString(transactionalIdPattern)
  writer.unknownTags(unknownTags)
}

function decodeListTransactionsResponseTransactionState(reader: Reader, _version: number): ListTransactionsResponseTransactionState {
  const transactionalId = reader.compactString()
  const producerId = reader.int64()
  const transactionState = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListTransactionsResponseTransactionState>({
    transactionalId,
    producerId,
    transactionState,
  }, unknownTags)
}

function decodeListTransactionsResponseTransactionStateArray(reader: Reader, version: number, count: number): ListTransactionsResponseTransactionState[] {
  const elements: ListTransactionsResponseTransactionState[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListTransactionsResponseTransactionState(reader, version))
  return elements
}

function decodeListTransactionsResponse(reader: Reader, version: number): ListTransactionsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const unknownStateFilters = reader.compactStringArray(reader.compactArrayLength(1))
  const transactionStates = decodeListTransactionsResponseTransactionStateArray(reader, version, reader.compactArrayLength(11))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListTransactionsResponse>({
    throttleTimeMs,
    errorCode,
    unknownStateFilters,
    transactionStates,
  }, unknownTags)
}

function encodeListTransactionsResponseTransactionState(writer: Writer, _version: number, message: Init<ListTransactionsResponseTransactionState>): void {
  const {
    transactionalId = '',
    producerId = 0n,
    transactionState = '',
    unknownTags,
  } = message
  writer.compactString(transactionalId)
  writer.int64(producerId)
  writer.compactString(transactionState)
  writer.unknownTags(unknownTags)
}

function encodeListTransactionsResponse(writer: Writer, version: number, message: Init<ListTransactionsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    unknownStateFilters = [],
    transactionStates = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactArrayLength(unknownStateFilters.length)
  writer.compactStringArray(unknownStateFilters)
  writer.compactArrayLength(transactionStates.length)
  for (const element of transactionStates) encodeListTransactionsResponseTransactionState(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ListTransactions, key 66. */
export const listTransactions: Api<ListTransactionsRequest, ListTransactionsResponse> = {
  key: 66,
  name: 'ListTransactions',
  request: messageCodec(
    'ListTransactionsRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeListTransactionsRequest,
    encodeListTransactionsRequest,
  ),
  response: messageCodec(
    'ListTransactionsResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeListTransactionsResponse,
    encodeListTransactionsResponse,
  ),
}
