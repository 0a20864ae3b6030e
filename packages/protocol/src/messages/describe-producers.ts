// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface DescribeProducersRequest {
  readonly topics: readonly DescribeProducersRequestTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeProducersRequestTopic {
  readonly name: string
  readonly partitionIndexes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface DescribeProducersResponse {
  readonly throttleTimeMs: number
  readonly topics: readonly DescribeProducersResponseTopic[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeProducersResponseTopic {
  readonly name: string
  readonly partitions: readonly DescribeProducersResponsePartition[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeProducersResponsePartition {
  readonly partitionIndex: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  readonly activeProducers: readonly DescribeProducersResponseProducerState[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeProducersResponseProducerState {
  readonly producerId: bigint
  readonly producerEpoch: number
  /** Default: -1. */
  readonly lastSequence: number
  /** Default: -1. */
  readonly lastTimestamp: bigint
  readonly coordinatorEpoch: number
  /** Default: -1. */
  readonly currentTxnStartOffset: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeProducersRequestTopic(reader: Reader, _version: number): DescribeProducersRequestTopic {
  const name = reader.compactString()
  const partitionIndexes = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeProducersRequestTopic>({ name, partitionIndexes }, unknownTags)
}

function decodeDescribeProducersRequestTopicArray(reader: Reader, version: number, count: number): DescribeProducersRequestTopic[] {
  const elements: DescribeProducersRequestTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeProducersRequestTopic(reader, version))
  return elements
}

function decodeDescribeProducersRequest(reader: Reader, version: number): DescribeProducersRequest {
  const topics = decodeDescribeProducersRequestTopicArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeProducersRequest>({ topics }, unknownTags)
}

function encodeDescribeProducersRequestTopic(writer: Writer, _version: number, message: Init<DescribeProducersRequestTopic>): void {
  const {
    name = '',
    partitionIndexes = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitionIndexes.length)
  writer.int32Array(partitionIndexes)
  writer.unknownTags(unknownTags)
}

function encodeDescribeProducersRequest(writer: Writer, version: number, message: Init<DescribeProducersRequest>): void {
  const {
    topics = [],
    unknownTags,
  } = message
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeProducersRequestTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeDescribeProducersResponseProducerState(reader: Reader, _version: number): DescribeProducersResponseProducerState {
  const producerId = reader.int64()
  const producerEpoch = reader.int32()
  const lastSequence = reader.int32()
  const lastTimestamp = reader.int64()
  const coordinatorEpoch = reader.int32()
  const currentTxnStartOffset = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeProducersResponseProducerState>({
    producerId,
    producerEpoch,
    lastSequence,
    lastTimestamp,
    coordinatorEpoch,
    currentTxnStartOffset,
  }, unknownTags)
}

function decodeDescribeProducersResponseProducerStateArray(reader: Reader, version: number, count: number): DescribeProducersResponseProducerState[] {
  const elements: DescribeProducersResponseProducerState[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeProducersResponseProducerState(reader, version))
  return elements
}

function decodeDescribeProducersResponsePartition(reader: Reader, version: number): DescribeProducersResponsePartition {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const activeProducers = decodeDescribeProducersResponseProducerStateArray(reader, version, reader.compactArrayLength(37))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeProducersResponsePartition>({
    partitionIndex,
    errorCode,
    errorMessage,
    activeProducers,
  }, unknownTags)
}

function decodeDescribeProducersResponsePartitionArray(reader: Reader, version: number, count: number): DescribeProducersResponsePartition[] {
  const elements: DescribeProducersResponsePartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeProducersResponsePartition(reader, version))
  return elements
}

function decodeDescribeProducersResponseTopic(reader: Reader, version: number): DescribeProducersResponseTopic {
  const name = reader.compactString()
  const partitions = decodeDescribeProducersResponsePartitionArray(reader, version, reader.compactArrayLength(9))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeProducersResponseTopic>({ name, partitions }, unknownTags)
}

function decodeDescribeProducersResponseTopicArray(reader: Reader, version: number, count: number): DescribeProducersResponseTopic[] {
  const elements: DescribeProducersResponseTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeProducersResponseTopic(reader, version))
  return elements
}

function decodeDescribeProducersResponse(reader: Reader, version: number): DescribeProducersResponse {
  const throttleTimeMs = reader.int32()
  const topics = decodeDescribeProducersResponseTopicArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeProducersResponse>({ throttleTimeMs, topics }, unknownTags)
}

function encodeDescribeProducersResponseProducerState(writer: Writer, _version: number, message: Init<DescribeProducersResponseProducerState>): void {
  const {
    producerId = 0n,
    producerEpoch = 0,
    lastSequence = -1,
    lastTimestamp = -1n,
    coordinatorEpoch = 0,
    currentTxnStartOffset = -1n,
    unknownTags,
  } = message
  writer.int64(producerId)
  writer.int32(producerEpoch)
  writer.int32(lastSequence)
  writer.int64(lastTimestamp)
  writer.int32(coordinatorEpoch)
  writer.int64(currentTxnStartOffset)
  writer.unknownTags(unknownTags)
}

function encodeDescribeProducersResponsePartition(writer: Writer, version: number, message: Init<DescribeProducersResponsePartition>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    errorMessage = null,
    activeProducers = [],
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.compactArrayLength(activeProducers.length)
  for (const element of activeProducers) encodeDescribeProducersResponseProducerState(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeProducersResponseTopic(writer: Writer, version: number, message: Init<DescribeProducersResponseTopic>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeDescribeProducersResponsePartition(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeDescribeProducersResponse(writer: Writer, version: number, message: Init<DescribeProducersResponse>): void {
  const {
    throttleTimeMs = 0,
    topics = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeDescribeProducersResponseTopic(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** DescribeProducers, key 61. */
export const describeProducers: Api<DescribeProducersRequest, DescribeProducersResponse> = {
  key: 61,
  name: 'DescribeProducers',
  request: messageCodec(
    'DescribeProducersRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeProducersRequest,
    encodeDescribeProducersRequest,
  ),
  response: messageCodec(
    'DescribeProducersResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeDescribeProducersResponse,
    encodeDescribeProducersResponse,
  ),
}
