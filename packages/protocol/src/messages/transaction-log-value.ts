// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface TransactionLogValue {
  readonly producerId: bigint
  /** Since version 1. Default: -1. */
  readonly previousProducerId: bigint
  /** Since version 1. Default: -1. */
  readonly nextProducerId: bigint
  readonly producerEpoch: number
  /** Since version 1. Default: -1. */
  readonly nextProducerEpoch: number
  readonly transactionTimeoutMs: number
  readonly transactionStatus: number
  readonly transactionPartitions: readonly TransactionLogValuePartitionsSchema[] | null
  readonly transactionLastUpdateTimestampMs: bigint
  readonly transactionStartTimestampMs: bigint
  /** Since version 1. */
  readonly clientTransactionVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface TransactionLogValuePartitionsSchema {
  readonly topic: string
  readonly partitionIds: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeTransactionLogValuePartitionsSchema(reader: Reader, version: number): TransactionLogValuePartitionsSchema {
  const flexible = version >= 1
  const topic = flexible ? reader.compactString() : reader.string()
  const partitionIds = flexible
    ? reader.int32Array(reader.compactArrayLength(4))
    : reader.int32Array(reader.arrayLength(4))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<TransactionLogValuePartitionsSchema>({ topic, partitionIds }, unknownTags)
}

function decodeTransactionLogValuePartitionsSchemaArray(reader: Reader, version: number, count: number): TransactionLogValuePartitionsSchema[] {
  const elements: TransactionLogValuePartitionsSchema[] = []
  for (let index = 0; index < count; index++) elements.push(decodeTransactionLogValuePartitionsSchema(reader, version))
  return elements
}

function decodeNullableTransactionLogValuePartitionsSchemaArray(reader: Reader, version: number, count: number): TransactionLogValuePartitionsSchema[] | null {
  return count < 0 ? null : decodeTransactionLogValuePartitionsSchemaArray(reader, version, count)
}

function decodeTransactionLogValue(reader: Reader, version: number): TransactionLogValue {
  const flexible = version >= 1
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const transactionTimeoutMs = reader.int32()
  const transactionStatus = reader.int8()
  const transactionPartitions = flexible
    ? decodeNullableTransactionLogValuePartitionsSchemaArray(reader, version, reader.compactNullableArrayLength(3))
    : decodeNullableTransactionLogValuePartitionsSchemaArray(reader, version, reader.nullableArrayLength(6))
  const transactionLastUpdateTimestampMs = reader.int64()
  const transactionStartTimestampMs = reader.int64()
  let previousProducerId: TransactionLogValue['previousProducerId'] = -1n
  let nextProducerId: TransactionLogValue['nextProducerId'] = -1n
  let nextProducerEpoch: TransactionLogValue['nextProducerEpoch'] = -1
  let clientTransactionVersion: TransactionLogValue['clientTransactionVersion'] = 0
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        previousProducerId = reader.int64()
        reader.requireTagEnd(tag, end)
      } else if (tag === 1) {
        nextProducerId = reader.int64()
        reader.requireTagEnd(tag, end)
      } else if (tag === 3) {
        nextProducerEpoch = reader.int16()
        reader.requireTagEnd(tag, end)
      } else if (tag === 2) {
        clientTransactionVersion = reader.int16()
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<TransactionLogValue>({
    producerId,
    previousProducerId,
    nextProducerId,
    producerEpoch,
    nextProducerEpoch,
    transactionTimeoutMs,
    transactionStatus,
    transactionPartitions,
    transactionLastUpdateTimestampMs,
    transactionStartTimestampMs,
    clientTransactionVersion,
  }, unknownTags)
}

function encodeTransactionLogValuePartitionsSchema(writer: Writer, version: number, message: Init<TransactionLogValuePartitionsSchema>): void {
  const {
    topic = '',
    partitionIds = [],
    unknownTags,
  } = message
  const flexible = version >= 1
  if (flexible) writer.compactString(topic)
  else writer.string(topic)
  if (flexible) writer.compactArrayLength(partitionIds.length)
  else writer.arrayLength(partitionIds.length)
  writer.int32Array(partitionIds)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeTransactionLogValue(writer: Writer, version: number, message: Init<TransactionLogValue>): void {
  const {
    producerId = 0n,
    previousProducerId = -1n,
    nextProducerId = -1n,
    producerEpoch = 0,
    nextProducerEpoch = -1,
    transactionTimeoutMs = 0,
    transactionStatus = 0,
    transactionPartitions = [],
    transactionLastUpdateTimestampMs = 0n,
    transactionStartTimestampMs = 0n,
    clientTransactionVersion = 0,
    unknownTags,
  } = message
  const flexible = version >= 1
  if (version < 1 && previousProducerId !== -1n) {
    throw fieldUnsupported('TransactionLogValue: previousProducerId', version)
  }
  if (version < 1 && nextProducerId !== -1n) {
    throw fieldUnsupported('TransactionLogValue: nextProducerId', version)
  }
  if (version < 1 && nextProducerEpoch !== -1) {
    throw fieldUnsupported('TransactionLogValue: nextProducerEpoch', version)
  }
  if (version < 1 && clientTransactionVersion !== 0) {
    throw fieldUnsupported('TransactionLogValue: clientTransactionVersion', version)
  }
  writer.int64(producerId)
  writer.int16(producerEpoch)
  writer.int32(transactionTimeoutMs)
  writer.int8(transactionStatus)
  if (flexible) writer.compactArrayLength(transactionPartitions === null ? -1 : transactionPartitions.length)
  else writer.arrayLength(transactionPartitions === null ? -1 : transactionPartitions.length)
  if (transactionPartitions !== null) {
    for (const element of transactionPartitions) encodeTransactionLogValuePartitionsSchema(writer, version, element)
  }
  writer.int64(transactionLastUpdateTimestampMs)
  writer.int64(transactionStartTimestampMs)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = previousProducerId !== -1n
    if (has0) tagCount++
    const has1 = nextProducerId !== -1n
    if (has1) tagCount++
    const has2 = clientTransactionVersion !== 0
    if (has2) tagCount++
    const has3 = nextProducerEpoch !== -1
    if (has3) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tag(0, 8)
        writer.int64(previousProducerId)
      }
      next = writer.tagsBefore(1, unknown, next)
      if (has1) {
        writer.tag(1, 8)
        writer.int64(nextProducerId)
      }
      next = writer.tagsBefore(2, unknown, next)
      if (has2) {
        writer.tag(2, 2)
        writer.int16(clientTransactionVersion)
      }
      next = writer.tagsBefore(3, unknown, next)
      if (has3) {
        writer.tag(3, 2)
        writer.int16(nextProducerEpoch)
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

/** Record type 0 of a coordinator's topic: the value. */
export const transactionLogValue: MessageCodec<TransactionLogValue> = messageCodec(
  'TransactionLogValue',
  { minVersion: 0, maxVersion: 1, flexibleFrom: 1 },
  decodeTransactionLogValue,
  encodeTransactionLogValue,
)
