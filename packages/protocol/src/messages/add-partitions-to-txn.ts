// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 5. */
export interface AddPartitionsToTxnRequest {
  /** Since version 4. */
  readonly transactions: readonly AddPartitionsToTxnRequestTransaction[]
  /** Versions 0 to 3. */
  readonly v3AndBelowTransactionalId: string
  /** Versions 0 to 3. */
  readonly v3AndBelowProducerId: bigint
  /** Versions 0 to 3. */
  readonly v3AndBelowProducerEpoch: number
  /** Versions 0 to 3. */
  readonly v3AndBelowTopics: readonly AddPartitionsToTxnRequestTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AddPartitionsToTxnRequestTransaction {
  readonly transactionalId: string
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly verifyOnly: boolean
  readonly topics: readonly AddPartitionsToTxnRequestTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AddPartitionsToTxnRequestTopic {
  readonly name: string
  readonly partitions: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 5. */
export interface AddPartitionsToTxnResponse {
  readonly throttleTimeMs: number
  /** Since version 4. */
  readonly errorCode: number
  /** Since version 4. */
  readonly resultsByTransaction: readonly AddPartitionsToTxnResponseResult[]
  /** Versions 0 to 3. */
  readonly resultsByTopicV3AndBelow: readonly AddPartitionsToTxnResponseTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AddPartitionsToTxnResponseResult {
  readonly transactionalId: string
  readonly topicResults: readonly AddPartitionsToTxnResponseTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AddPartitionsToTxnResponseTopicResult {
  readonly name: string
  readonly resultsByPartition: readonly AddPartitionsToTxnResponsePartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AddPartitionsToTxnResponsePartitionResult {
  readonly partitionIndex: number
  readonly partitionErrorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAddPartitionsToTxnRequestTopic(reader: Reader, version: number): AddPartitionsToTxnRequestTopic {
  const flexible = version >= 3
  const name = flexible ? reader.compactString() : reader.string()
  const partitions = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AddPartitionsToTxnRequestTopic>({ name, partitions }, unknownTags)
}

function decodeAddPartitionsToTxnRequestTopicArray(reader: Reader, version: number, count: number): AddPartitionsToTxnRequestTopic[] {
  const elements: AddPartitionsToTxnRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAddPartitionsToTxnRequestTopic(reader, version))
  return elements
}

function decodeAddPartitionsToTxnRequestTransaction(reader: Reader, version: number): AddPartitionsToTxnRequestTransaction {
  const transactionalId = reader.compactString()
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const verifyOnly = reader.bool()
  const topics = decodeAddPartitionsToTxnRequestTopicArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AddPartitionsToTxnRequestTransaction>({
    transactionalId,
    producerId,
    producerEpoch,
    verifyOnly,
    topics,
  }, unknownTags)
}

function decodeAddPartitionsToTxnRequestTransactionArray(reader: Reader, version: number, count: number): AddPartitionsToTxnRequestTransaction[] {
  const elements: AddPartitionsToTxnRequestTransaction[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAddPartitionsToTxnRequestTransaction(reader, version))
  return elements
}

function decodeAddPartitionsToTxnRequest(reader: Reader, version: number): AddPartitionsToTxnRequest {
  const flexible = version >= 3
  const transactions = version >= 4
    ? decodeAddPartitionsToTxnRequestTransactionArray(reader, version, reader.compactArrayLength(14))
    : []
  const v3AndBelowTransactionalId = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : ''
  const v3AndBelowProducerId = version <= 3 ? reader.int64() : 0n
  const v3AndBelowProducerEpoch = version <= 3 ? reader.int16() : 0
  const v3AndBelowTopics = version <= 3
    ? (flexible
    ? decodeAddPartitionsToTxnRequestTopicArray(reader, version, reader.compactArrayLength(3))
    : decodeAddPartitionsToTxnRequestTopicArray(reader, version, reader.arrayLength(6)))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AddPartitionsToTxnRequest>({
    transactions,
    v3AndBelowTransactionalId,
    v3AndBelowProducerId,
    v3AndBelowProducerEpoch,
    v3AndBelowTopics,
  }, unknownTags)
}

function encodeAddPartitionsToTxnRequestTopic(writer: Writer, version: number, message: Init<AddPartitionsToTxnRequestTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(partitions.length)
  else writer.arrayLength(partitions.length)
  writer.int32Array(partitions)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAddPartitionsToTxnRequestTransaction(writer: Writer, version: number, message: Init<AddPartitionsToTxnRequestTransaction>): void {
  const {
    transactionalId = '',
    producerId = 0n,
    producerEpoch = 0,
    verifyOnly = false,
    topics = [],
    unknownTags,
  } = message
  writer.compactString(transactionalId)
  writer.int64(producerId)
  writer.int16(producerEpoch)
  writer.bool(verifyOnly)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeAddPartitionsToTxnRequestTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAddPartitionsToTxnRequest(writer: Writer, version: number, message: Init<AddPartitionsToTxnRequest>): void {
  const {
    transactions = [],
    v3AndBelowTransactionalId = '',
    v3AndBelowProducerId = 0n,
    v3AndBelowProducerEpoch = 0,
    v3AndBelowTopics = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version < 4 && transactions.length !== 0) {
    throw fieldUnsupported('AddPartitionsToTxnRequest: transactions', version)
  }
  if (version > 3 && v3AndBelowTransactionalId !== '') {
    throw fieldUnsupported('AddPartitionsToTxnRequest: v3AndBelowTransactionalId', version)
  }
  if (version > 3 && v3AndBelowProducerId !== 0n) {
    throw fieldUnsupported('AddPartitionsToTxnRequest: v3AndBelowProducerId', version)
  }
  if (version > 3 && v3AndBelowProducerEpoch !== 0) {
    throw fieldUnsupported('AddPartitionsToTxnRequest: v3AndBelowProducerEpoch', version)
  }
  if (version > 3 && v3AndBelowTopics.length !== 0) {
    throw fieldUnsupported('AddPartitionsToTxnRequest: v3AndBelowTopics', version)
  }
  if (version >= 4) {
    writer.compactArrayLength(transactions.length)
    for (const element of transactions) encodeAddPartitionsToTxnRequestTransaction(writer, version, element)
  }
  if (version <= 3) {
    if (flexible) writer.compactString(v3AndBelowTransactionalId)
    else writer.string(v3AndBelowTransactionalId)
  }
  if (version <= 3) writer.int64(v3AndBelowProducerId)
  if (version <= 3) writer.int16(v3AndBelowProducerEpoch)
  if (version <= 3) {
    if (flexible) writer.compactArrayLength(v3AndBelowTopics.length)
    else writer.arrayLength(v3AndBelowTopics.length)
    for (const element of v3AndBelowTopics) encodeAddPartitionsToTxnRequestTopic(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeAddPartitionsToTxnResponsePartitionResult(reader: Reader, version: number): AddPartitionsToTxnResponsePartitionResult {
  const flexible = version >= 3
  const partitionIndex = reader.int32()
  const partitionErrorCode = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AddPartitionsToTxnResponsePartitionResult>({ partitionIndex, partitionErrorCode }, unknownTags)
}

function decodeAddPartitionsToTxnResponsePartitionResultArray(reader: Reader, version: number, count: number): AddPartitionsToTxnResponsePartitionResult[] {
  const elements: AddPartitionsToTxnResponsePartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAddPartitionsToTxnResponsePartitionResult(reader, version))
  return elements
}

function decodeAddPartitionsToTxnResponseTopicResult(reader: Reader, version: number): AddPartitionsToTxnResponseTopicResult {
  const flexible = version >= 3
  const name = flexible ? reader.compactString() : reader.string()
  const resultsByPartition = flexible
    ? decodeAddPartitionsToTxnResponsePartitionResultArray(reader, version, reader.compactArrayLength(7))
    : decodeAddPartitionsToTxnResponsePartitionResultArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AddPartitionsToTxnResponseTopicResult>({ name, resultsByPartition }, unknownTags)
}

function decodeAddPartitionsToTxnResponseTopicResultArray(reader: Reader, version: number, count: number): AddPartitionsToTxnResponseTopicResult[] {
  const elements: AddPartitionsToTxnResponseTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAddPartitionsToTxnResponseTopicResult(reader, version))
  return elements
}

function decodeAddPartitionsToTxnResponseResult(reader: Reader, version: number): AddPartitionsToTxnResponseResult {
  const transactionalId = reader.compactString()
  const topicResults = decodeAddPartitionsToTxnResponseTopicResultArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AddPartitionsToTxnResponseResult>({ transactionalId, topicResults }, unknownTags)
}

function decodeAddPartitionsToTxnResponseResultArray(reader: Reader, version: number, count: number): AddPartitionsToTxnResponseResult[] {
  const elements: AddPartitionsToTxnResponseResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAddPartitionsToTxnResponseResult(reader, version))
  return elements
}

function decodeAddPartitionsToTxnResponse(reader: Reader, version: number): AddPartitionsToTxnResponse {
  const flexible = version >= 3
  const throttleTimeMs = reader.int32()
  const errorCode = version >= 4 ? reader.int16() : 0
  const resultsByTransaction = version >= 4
    ? decodeAddPartitionsToTxnResponseResultArray(reader, version, reader.compactArrayLength(3))
    : []
  const resultsByTopicV3AndBelow = version <= 3
    ? (flexible
    ? decodeAddPartitionsToTxnResponseTopicResultArray(reader, version, reader.compactArrayLength(3))
    : decodeAddPartitionsToTxnResponseTopicResultArray(reader, version, reader.arrayLength(6)))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<AddPartitionsToTxnResponse>({
    throttleTimeMs,
    errorCode,
    resultsByTransaction,
    resultsByTopicV3AndBelow,
  }, unknownTags)
}

function encodeAddPartitionsToTxnResponsePartitionResult(writer: Writer, version: number, message: Init<AddPartitionsToTxnResponsePartitionResult>): void {
  const {
    partitionIndex = 0,
    partitionErrorCode = 0,
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int32(partitionIndex)
  writer.int16(partitionErrorCode)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAddPartitionsToTxnResponseTopicResult(writer: Writer, version: number, message: Init<AddPartitionsToTxnResponseTopicResult>): void {
  const {
    name = '',
    resultsByPartition = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (flexible) writer.compactString(name)
  else writer.string(name)
  if (flexible) writer.compactArrayLength(resultsByPartition.length)
  else writer.arrayLength(resultsByPartition.length)
  for (const element of resultsByPartition) encodeAddPartitionsToTxnResponsePartitionResult(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeAddPartitionsToTxnResponseResult(writer: Writer, version: number, message: Init<AddPartitionsToTxnResponseResult>): void {
  const {
    transactionalId = '',
    topicResults = [],
    unknownTags,
  } = message
  writer.compactString(transactionalId)
  writer.compactArrayLength(topicResults.length)
  for (const element of topicResults) encodeAddPartitionsToTxnResponseTopicResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAddPartitionsToTxnResponse(writer: Writer, version: number, message: Init<AddPartitionsToTxnResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    resultsByTransaction = [],
    resultsByTopicV3AndBelow = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version < 4 && resultsByTransaction.length !== 0) {
    throw fieldUnsupported('AddPartitionsToTxnResponse: resultsByTransaction', version)
  }
  if (version > 3 && resultsByTopicV3AndBelow.length !== 0) {
    throw fieldUnsupported('AddPartitionsToTxnResponse: resultsByTopicV3AndBelow', version)
  }
  writer.int32(throttleTimeMs)
  if (version >= 4) writer.int16(errorCode)
  if (version >= 4) {
    writer.compactArrayLength(resultsByTransaction.length)
    for (const element of resultsByTransaction) encodeAddPartitionsToTxnResponseResult(writer, version, element)
  }
  if (version <= 3) {
    if (flexible) writer.compactArrayLength(resultsByTopicV3AndBelow.length)
    else writer.arrayLength(resultsByTopicV3AndBelow.length)
    for (const element of resultsByTopicV3AndBelow) encodeAddPartitionsToTxnResponseTopicResult(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

/** AddPartitionsToTxn, key 24. */
export const addPartitionsToTxn: Api<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse> = {
  key: 24,
  name: 'AddPartitionsToTxn',
  request: messageCodec(
    'AddPartitionsToTxnRequest',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeAddPartitionsToTxnRequest,
    encodeAddPartitionsToTxnRequest,
  ),
  response: messageCodec(
    'AddPartitionsToTxnResponse',
    { minVersion: 0, maxVersion: 5, flexibleFrom: 3 },
    decodeAddPartitionsToTxnResponse,
    encodeAddPartitionsToTxnResponse,
  ),
}
