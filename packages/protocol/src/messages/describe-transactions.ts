// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface DescribeTransactionsRequest {
  readonly transactionalIds: readonly string[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface DescribeTransactionsResponse {
  readonly throttleTimeMs: number
  readonly transactionStates: readonly DescribeTransactionsResponseTransactionState[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeTransactionsResponseTransactionState {
  readonly errorCode: number
  readonly transactionalId: string
  readonly transactionState: string
  readonly transactionTimeoutMs: number
  readonly transactionStartTimeMs: bigint
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly topics: readonly DescribeTransactionsResponseTopicData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeTransactionsResponseTopicData {
  readonly topic: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeTransactionsRequest(reader: Reader, _version: number): DescribeTransactionsRequest {
  const transactionalIds = reader.compactStringArray(reader.compactArrayLength(1))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTransactionsRequest>({ transactionalIds }, unknownTags)
}

function encodeDescribeTransactionsRequest(writer: Writer, _version: number, message: Init<DescribeTransactionsRequest>): void {
  const {
    transactionalIds = [],
    unknownTags,
  } = message
  writer.compactArrayLength(transactionalIds.length)
  writer.compactStringArray(transactionalIds)
  writer.unknownTags(unknownTags)
}

function decodeDescribeTransactionsResponseTopicData(reader: Reader, _version: number): DescribeTransactionsResponseTopicData {
  const topic = reader.compactString()
  const partitions = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTransactionsResponseTopicData>({ topic, partitions }, unknownTags)
}

function decodeDescribeTransactionsResponseTopicDataArray(reader: Reader, version: number, count: number): DescribeTransactionsResponseTopicData[] {
  const elements: DescribeTransactionsResponseTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeTransactionsResponseTopicData(reader, version))
  return elements
}

function decodeDescribeTransactionsResponseTransactionState(reader: Reader, version: number): DescribeTransactionsResponseTransactionState {
  const errorCode = reader.int16()
  const transactionalId = reader.compactString()
  const transactionState = reader.compactString()
  const transactionTimeoutMs = reader.int32()
  const transactionStartTimeMs = reader.int64()
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const topics = decodeDescribeTransactionsResponseTopicDataArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTransactionsResponseTransactionState>({
    errorCode,
    transactionalId,
    transactionState,
    transactionTimeoutMs,
    transactionStartTimeMs,
    producerId,
    producerEpoch,
    topics,
  }, unknownTags)
}

function decodeDescribeTransactionsResponseTransactionStateArray(reader: Reader, version: number, count: number): DescribeTransactionsResponseTransactionState[] {
  const elements: DescribeTransactionsResponseTransactionState[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeTransactionsResponseTransactionState(reader, version))
  return elements
}

function decodeDescribeTransactionsResponse(reader: Reader, version: number): DescribeTransactionsResponse {
  const throttleTimeMs = reader.int32()
  const transactionStates = decodeDescribeTransactionsResponseTransactionStateArray(reader, version, reader.compactArrayLength(28))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeTransactionsResponse>({ throttleTimeMs, transactionStates }, unknownTags)
}

function encodeDescribeTransactionsResponseTopicData(writer: Writer, _version: number, message: Init<DescribeTransactionsResponseTopicData>): void {
  const {
    topic = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(topic)
  writer.compactArrayLength(partitions.length)
  writer.int32Array(partitions)
  writer.unknownTags(unknownTags)
}

function encodeDescribeTransactionsResponseTransactionState(writer: Writer, version: number, message: Init<DescribeTransactionsResponseTransactionState>): void {
  const {
    errorCode = 0,
    transactionalId = '',
    transactionState = '',
    transactionTimeoutMs = 0,
    transactionStartTimeMs = 0n,
    producerId = 0n,
    producerEpoch = 0,
    topics = [],
    unknownTags,
  } = message
  writer.int16(errorCode)
  writer.compactString(transactionalId)
  writer.compactString(transactionState)
  writer.int32(transactionTimeoutMs)
  writer.int64(transactionStartTimeMs)
  writer.int64(producerId)
  writer.int16(producerEpoch)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeTransactionsResponseTopicData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeTransactionsResponse(writer: Writer, version: number, message: Init<DescribeTransactionsResponse>): void {
  const {
    throttleTimeMs = 0,
    transactionStates = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(transactionStates.length)
  for (const element of transactionStates) encodeDescribeTransactionsResponseTransactionState(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** DescribeTransactions, key 65. */
export const describeTransactions: Api<DescribeTransactionsRequest, DescribeTransactionsResponse> = {
  key: 65,
  name: 'DescribeTransactions',
  request: messageCodec(
    'DescribeTransactionsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeTransactionsRequest,
    encodeDescribeTransactionsRequest,
  ),
  response: messageCodec(
    'DescribeTransactionsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeTransactionsResponse,
    encodeDescribeTransactionsResponse,
  ),
}
