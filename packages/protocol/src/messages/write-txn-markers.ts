// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 1 to 2. */
export interface WriteTxnMarkersRequest {
  readonly markers: readonly WriteTxnMarkersRequestWritableTxnMarker[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly transactionResult: boolean
  readonly topics: readonly WriteTxnMarkersRequestWritableTxnMarkerTopic[]
  readonly coordinatorEpoch: number
  /** Since version 2. */
  readonly transactionVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  readonly name: string
  readonly partitionIndexes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 1 to 2. */
export interface WriteTxnMarkersResponse {
  readonly markers: readonly WriteTxnMarkersResponseWritableTxnMarkerResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  readonly producerId: bigint
  readonly topics: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  readonly name: string
  readonly partitions: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(reader: Reader, _version: number): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  const name = reader.compactString()
  const partitionIndexes = reader.int32Array(reader.compactArrayLength(4))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteTxnMarkersRequestWritableTxnMarkerTopic>({ name, partitionIndexes }, unknownTags)
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerTopicArray(reader: Reader, version: number, count: number): WriteTxnMarkersRequestWritableTxnMarkerTopic[] {
  const elements: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(reader, version))
  return elements
}

function decodeWriteTxnMarkersRequestWritableTxnMarker(reader: Reader, version: number): WriteTxnMarkersRequestWritableTxnMarker {
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const transactionResult = reader.bool()
  const topics = decodeWriteTxnMarkersRequestWritableTxnMarkerTopicArray(reader, version, reader.compactArrayLength(3))
  const coordinatorEpoch = reader.int32()
  const transactionVersion = version >= 2 ? reader.int8() : 0
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteTxnMarkersRequestWritableTxnMarker>({
    producerId,
    producerEpoch,
    transactionResult,
    topics,
    coordinatorEpoch,
    transactionVersion,
  }, unknownTags)
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerArray(reader: Reader, version: number, count: number): WriteTxnMarkersRequestWritableTxnMarker[] {
  const elements: WriteTxnMarkersRequestWritableTxnMarker[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteTxnMarkersRequestWritableTxnMarker(reader, version))
  return elements
}

function decodeWriteTxnMarkersRequest(reader: Reader, version: number): WriteTxnMarkersRequest {
  const markers = decodeWriteTxnMarkersRequestWritableTxnMarkerArray(reader, version, reader.compactArrayLength(17))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteTxnMarkersRequest>({ markers }, unknownTags)
}

function encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer: Writer, _version: number, message: Init<WriteTxnMarkersRequestWritableTxnMarkerTopic>): void {
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

function encodeWriteTxnMarkersRequestWritableTxnMarker(writer: Writer, version: number, message: Init<WriteTxnMarkersRequestWritableTxnMarker>): void {
  const {
    producerId = 0n,
    producerEpoch = 0,
    transactionResult = false,
    topics = [],
    coordinatorEpoch = 0,
    transactionVersion = 0,
    unknownTags,
  } = message
  writer.int64(producerId)
  writer.int16(producerEpoch)
  writer.bool(transactionResult)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer, version, element)
  writer.int32(coordinatorEpoch)
  if (version >= 2) writer.int8(transactionVersion)
  writer.unknownTags(unknownTags)
}

function encodeWriteTxnMarkersRequest(writer: Writer, version: number, message: Init<WriteTxnMarkersRequest>): void {
  const {
    markers = [],
    unknownTags,
  } = message
  writer.compactArrayLength(markers.length)
  for (const element of markers) encodeWriteTxnMarkersRequestWritableTxnMarker(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader: Reader, _version: number): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteTxnMarkersResponseWritableTxnMarkerPartitionResult>({
    partitionIndex,
    errorCode,
  }, unknownTags)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultArray(reader: Reader, version: number, count: number): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] {
  const elements: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader, version))
  return elements
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const name = reader.compactString()
  const partitions = decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultArray(reader, version, reader.compactArrayLength(7))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteTxnMarkersResponseWritableTxnMarkerTopicResult>({ name, partitions }, unknownTags)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultArray(reader: Reader, version: number, count: number): WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] {
  const elements: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader, version))
  return elements
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerResult(reader: Reader, version: number): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const producerId = reader.int64()
  const topics = decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultArray(reader, version, reader.compactArrayLength(3))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteTxnMarkersResponseWritableTxnMarkerResult>({ producerId, topics }, unknownTags)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerResultArray(reader: Reader, version: number, count: number): WriteTxnMarkersResponseWritableTxnMarkerResult[] {
  const elements: WriteTxnMarkersResponseWritableTxnMarkerResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeWriteTxnMarkersResponseWritableTxnMarkerResult(reader, version))
  return elements
}

function decodeWriteTxnMarkersResponse(reader: Reader, version: number): WriteTxnMarkersResponse {
  const markers = decodeWriteTxnMarkersResponseWritableTxnMarkerResultArray(reader, version, reader.compactArrayLength(10))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<WriteTxnMarkersResponse>({ markers }, unknownTags)
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer: Writer, _version: number, message: Init<WriteTxnMarkersResponseWritableTxnMarkerPartitionResult>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.unknownTags(unknownTags)
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer: Writer, version: number, message: Init<WriteTxnMarkersResponseWritableTxnMarkerTopicResult>): void {
  const {
    name = '',
    partitions = [],
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerResult(writer: Writer, version: number, message: Init<WriteTxnMarkersResponseWritableTxnMarkerResult>): void {
  const {
    producerId = 0n,
    topics = [],
    unknownTags,
  } = message
  writer.int64(producerId)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeWriteTxnMarkersResponse(writer: Writer, version: number, message: Init<WriteTxnMarkersResponse>): void {
  const {
    markers = [],
    unknownTags,
  } = message
  writer.compactArrayLength(markers.length)
  for (const element of markers) encodeWriteTxnMarkersResponseWritableTxnMarkerResult(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** WriteTxnMarkers, key 27. */
export const writeTxnMarkers: Api<WriteTxnMarkersRequest, WriteTxnMarkersResponse> = {
  key: 27,
  name: 'WriteTxnMarkers',
  request: messageCodec(
    'WriteTxnMarkersRequest',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 1 },
    decodeWriteTxnMarkersRequest,
    encodeWriteTxnMarkersRequest,
  ),
  response: messageCodec(
    'WriteTxnMarkersResponse',
    { minVersion: 1, maxVersion: 2, flexibleFrom: 1 },
    decodeWriteTxnMarkersResponse,
    encodeWriteTxnMarkersResponse,
  ),
}
