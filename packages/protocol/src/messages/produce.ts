// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 3 to 13. */
export interface ProduceRequest {
  /** Default: null. */
  readonly transactionalId: string | null
  readonly acks: number
  readonly timeoutMs: number
  readonly topicData: readonly ProduceRequestTopicProduceData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ProduceRequestTopicProduceData {
  /** Versions 3 to 12. */
  readonly name: string
  /** Since version 13. */
  readonly topicId: string
  readonly partitionData: readonly ProduceRequestPartitionProduceData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ProduceRequestPartitionProduceData {
  readonly index: number
  readonly records: Buffer | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 3 to 13. */
export interface ProduceResponse {
  readonly responses: readonly ProduceResponseTopicProduce[]
  readonly throttleTimeMs: number
  /** Since version 10. */
  readonly nodeEndpoints: readonly ProduceResponseNodeEndpoint[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ProduceResponseTopicProduce {
  /** Versions 3 to 12. */
  readonly name: string
  /** Since version 13. */
  readonly topicId: string
  readonly partitionResponses: readonly ProduceResponsePartitionProduce[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ProduceResponsePartitionProduce {
  readonly index: number
  readonly errorCode: number
  readonly baseOffset: bigint
  /** Default: -1. */
  readonly logAppendTimeMs: bigint
  /** Since version 5. Default: -1. */
  readonly logStartOffset: bigint
  /** Since version 8. */
  readonly recordErrors: readonly ProduceResponseBatchIndexAndErrorMessage[]
  /** Since version 8. Default: null. */
  readonly errorMessage: string | null
  /** Since version 10. */
  readonly currentLeader: ProduceResponseLeaderIdAndEpoch
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ProduceResponseBatchIndexAndErrorMessage {
  readonly batchIndex: number
  /** Default: null. */
  readonly batchIndexErrorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ProduceResponseLeaderIdAndEpoch {
  /** Default: -1. */
  readonly leaderId: number
  /** Default: -1. */
  readonly leaderEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ProduceResponseNodeEndpoint {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Default: null. */
  readonly rack: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeProduceRequestPartitionProduceData(reader: Reader, version: number): ProduceRequestPartitionProduceData {
  const flexible = version >= 9
  const index = reader.int32()
  const records = flexible ? reader.compactNullableBytes() : reader.nullableBytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ProduceRequestPartitionProduceData>({ index, records }, unknownTags)
}

function decodeProduceRequestPartitionProduceDataArray(reader: Reader, version: number, count: number): ProduceRequestPartitionProduceData[] {
  const elements: ProduceRequestPartitionProduceData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeProduceRequestPartitionProduceData(reader, version))
  return elements
}

function decodeProduceRequestTopicProduceData(reader: Reader, version: number): ProduceRequestTopicProduceData {
  const flexible = version >= 9
  const name = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topicId = version >= 13 ? reader.uuid() : zeroUuid
  const partitionData = flexible
    ? decodeProduceRequestPartitionProduceDataArray(reader, version, reader.compactArrayLength(6))
    : decodeProduceRequestPartitionProduceDataArray(reader, version, reader.arrayLength(8))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ProduceRequestTopicProduceData>({ name, topicId, partitionData }, unknownTags)
}

function decodeProduceRequestTopicProduceDataArray(reader: Reader, version: number, count: number): ProduceRequestTopicProduceData[] {
  const elements: ProduceRequestTopicProduceData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeProduceRequestTopicProduceData(reader, version))
  return elements
}

function decodeProduceRequest(reader: Reader, version: number): ProduceRequest {
  const flexible = version >= 9
  const transactionalId = flexible ? reader.compactNullableString() : reader.nullableString()
  const acks = reader.int16()
  const timeoutMs = reader.int32()
  const topicData = flexible
    ? decodeProduceRequestTopicProduceDataArray(reader, version, reader.compactArrayLength(3))
    : decodeProduceRequestTopicProduceDataArray(reader, version, reader.arrayLength(6))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ProduceRequest>({ transactionalId, acks, timeoutMs, topicData }, unknownTags)
}

function encodeProduceRequestPartitionProduceData(writer: Writer, version: number, message: Init<ProduceRequestPartitionProduceData>): void {
  const {
    index = 0,
    records = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 9
  writer.int32(index)
  if (flexible) writer.compactNullableBytes(records)
  else writer.nullableBytes(records)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeProduceRequestTopicProduceData(writer: Writer, version: number, message: Init<ProduceRequestTopicProduceData>): void {
  const {
    name = '',
    topicId = zeroUuid,
    partitionData = [],
    unknownTags,
  } = message
  const flexible = version >= 9
  if (version <= 12) {
    if (flexible) writer.compactString(name)
    else writer.string(name)
  }
  if (version >= 13) writer.uuid(topicId)
  if (flexible) writer.compactArrayLength(partitionData.length)
  else writer.arrayLength(partitionData.length)
  for (const element of partitionData) encodeProduceRequestPartitionProduceData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeProduceRequest(writer: Writer, version: number, message: Init<ProduceRequest>): void {
  const {
    transactionalId = null,
    acks = 0,
    timeoutMs = 0,
    topicData = [],
    unknownTags,
  } = message
  const flexible = version >= 9
  if (flexible) writer.compactNullableString(transactionalId)
  else writer.nullableString(transactionalId)
  writer.int16(acks)
  writer.int32(timeoutMs)
  if (flexible) writer.compactArrayLength(topicData.length)
  else writer.arrayLength(topicData.length)
  for (const element of topicData) encodeProduceRequestTopicProduceData(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

const defaultProduceResponseLeaderIdAndEpoch: ProduceResponseLeaderIdAndEpoch = {
  leaderId: -1,
  leaderEpoch: -1,
}

function isDefaultProduceResponseLeaderIdAndEpoch(message: Init<ProduceResponseLeaderIdAndEpoch>): boolean {
  if (message === defaultProduceResponseLeaderIdAndEpoch) return true
  if (message.leaderId !== undefined && message.leaderId !== -1) return false
  if (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

function decodeProduceResponseNodeEndpoint(reader: Reader, _version: number): ProduceResponseNodeEndpoint {
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.int32()
  const rack = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ProduceResponseNodeEndpoint>({ nodeId, host, port, rack }, unknownTags)
}

function decodeProduceResponseNodeEndpointArray(reader: Reader, version: number, count: number): ProduceResponseNodeEndpoint[] {
  const elements: ProduceResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeProduceResponseNodeEndpoint(reader, version))
  return elements
}

function decodeProduceResponseLeaderIdAndEpoch(reader: Reader, _version: number): ProduceResponseLeaderIdAndEpoch {
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ProduceResponseLeaderIdAndEpoch>({ leaderId, leaderEpoch }, unknownTags)
}

function decodeProduceResponseBatchIndexAndErrorMessage(reader: Reader, version: number): ProduceResponseBatchIndexAndErrorMessage {
  const flexible = version >= 9
  const batchIndex = reader.int32()
  const batchIndexErrorMessage = flexible ? reader.compactNullableString() : reader.nullableString()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ProduceResponseBatchIndexAndErrorMessage>({ batchIndex, batchIndexErrorMessage }, unknownTags)
}

function decodeProduceResponseBatchIndexAndErrorMessageArray(reader: Reader, version: number, count: number): ProduceResponseBatchIndexAndErrorMessage[] {
  const elements: ProduceResponseBatchIndexAndErrorMessage[] = []
  for (let index = 0; index < count; index++) elements.push(decodeProduceResponseBatchIndexAndErrorMessage(reader, version))
  return elements
}

function decodeProduceResponsePartitionProduce(reader: Reader, version: number): ProduceResponsePartitionProduce {
  const flexible = version >= 9
  const index = reader.int32()
  const errorCode = reader.int16()
  const baseOffset = reader.int64()
  const logAppendTimeMs = reader.int64()
  const logStartOffset = version >= 5 ? reader.int64() : -1n
  const recordErrors = version >= 8
    ? (flexible
    ? decodeProduceResponseBatchIndexAndErrorMessageArray(reader, version, reader.compactArrayLength(6))
    : decodeProduceResponseBatchIndexAndErrorMessageArray(reader, version, reader.arrayLength(6)))
    : []
  const errorMessage = version >= 8 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  let currentLeader: ProduceResponsePartitionProduce['currentLeader'] = defaultProduceResponseLeaderIdAndEpoch
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0 && version >= 10) {
        currentLeader = decodeProduceResponseLeaderIdAndEpoch(reader, version)
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<ProduceResponsePartitionProduce>({
    index,
    errorCode,
    baseOffset,
    logAppendTimeMs,
    logStartOffset,
    recordErrors,
    errorMessage,
    currentLeader,
  }, unknownTags)
}

function decodeProduceResponsePartitionProduceArray(reader: Reader, version: number, count: number): ProduceResponsePartitionProduce[] {
  const elements: ProduceResponsePartitionProduce[] = []
  for (let index = 0; index < count; index++) elements.push(decodeProduceResponsePartitionProduce(reader, version))
  return elements
}

function decodeProduceResponseTopicProduce(reader: Reader, version: number): ProduceResponseTopicProduce {
  const flexible = version >= 9
  const name = version <= 12 ? (flexible ? reader.compactString() : reader.string()) : ''
  const topicId = version >= 13 ? reader.uuid() : zeroUuid
  const partitionResponses = flexible
    ? decodeProduceResponsePartitionProduceArray(reader, version, reader.compactArrayLength(33))
    : decodeProduceResponsePartitionProduceArray(reader, version, reader.arrayLength(22))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ProduceResponseTopicProduce>({ name, topicId, partitionResponses }, unknownTags)
}

function decodeProduceResponseTopicProduceArray(reader: Reader, version: number, count: number): ProduceResponseTopicProduce[] {
  const elements: ProduceResponseTopicProduce[] = []
  for (let index = 0; index < count; index++) elements.push(decodeProduceResponseTopicProduce(reader, version))
  return elements
}

function decodeProduceResponse(reader: Reader, version: number): ProduceResponse {
  const flexible = version >= 9
  const responses = flexible
    ? decodeProduceResponseTopicProduceArray(reader, version, reader.compactArrayLength(3))
    : decodeProduceResponseTopicProduceArray(reader, version, reader.arrayLength(6))
  const throttleTimeMs = reader.int32()
  let nodeEndpoints: ProduceResponse['nodeEndpoints'] = []
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0 && version >= 10) {
        nodeEndpoints = decodeProduceResponseNodeEndpointArray(reader, version, reader.compactArrayLength(11))
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<ProduceResponse>({ responses, throttleTimeMs, nodeEndpoints }, unknownTags)
}

function encodeProduceResponseNodeEndpoint(writer: Writer, _version: number, message: Init<ProduceResponseNodeEndpoint>): void {
  const {
    nodeId = 0,
    host = '',
    port = 0,
    rack = null,
    unknownTags,
  } = message
  writer.int32(nodeId)
  writer.compactString(host)
  writer.int32(port)
  writer.compactNullableString(rack)
  writer.unknownTags(unknownTags)
}

function encodeProduceResponseLeaderIdAndEpoch(writer: Writer, _version: number, message: Init<ProduceResponseLeaderIdAndEpoch>): void {
  const {
    leaderId = -1,
    leaderEpoch = -1,
    unknownTags,
  } = message
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.unknownTags(unknownTags)
}

function encodeProduceResponseBatchIndexAndErrorMessage(writer: Writer, version: number, message: Init<ProduceResponseBatchIndexAndErrorMessage>): void {
  const {
    batchIndex = 0,
    batchIndexErrorMessage = null,
    unknownTags,
  } = message
  const flexible = version >= 9
  writer.int32(batchIndex)
  if (flexible) writer.compactNullableString(batchIndexErrorMessage)
  else writer.nullableString(batchIndexErrorMessage)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeProduceResponsePartitionProduce(writer: Writer, version: number, message: Init<ProduceResponsePartitionProduce>): void {
  const {
    index = 0,
    errorCode = 0,
    baseOffset = 0n,
    logAppendTimeMs = -1n,
    logStartOffset = -1n,
    recordErrors = [],
    errorMessage = null,
    currentLeader = defaultProduceResponseLeaderIdAndEpoch,
    unknownTags,
  } = message
  const flexible = version >= 9
  if (version < 10 && !isDefaultProduceResponseLeaderIdAndEpoch(currentLeader)) {
    throw fieldUnsupported('ProduceResponse: currentLeader', version)
  }
  writer.int32(index)
  writer.int16(errorCode)
  writer.int64(baseOffset)
  writer.int64(logAppendTimeMs)
  if (version >= 5) writer.int64(logStartOffset)
  if (version >= 8) {
    if (flexible) writer.compactArrayLength(recordErrors.length)
    else writer.arrayLength(recordErrors.length)
    for (const element of recordErrors) encodeProduceResponseBatchIndexAndErrorMessage(writer, version, element)
  }
  if (version >= 8) {
    if (flexible) writer.compactNullableString(errorMessage)
    else writer.nullableString(errorMessage)
  }
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = version >= 10 && !isDefaultProduceResponseLeaderIdAndEpoch(currentLeader)
    if (has0) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      if (version >= 10) next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tagWith(0, (inner) => {
          encodeProduceResponseLeaderIdAndEpoch(inner, version, currentLeader)
        })
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

function encodeProduceResponseTopicProduce(writer: Writer, version: number, message: Init<ProduceResponseTopicProduce>): void {
  const {
    name = '',
    topicId = zeroUuid,
    partitionResponses = [],
    unknownTags,
  } = message
  const flexible = version >= 9
  if (version <= 12) {
    if (flexible) writer.compactString(name)
    else writer.string(name)
  }
  if (version >= 13) writer.uuid(topicId)
  if (flexible) writer.compactArrayLength(partitionResponses.length)
  else writer.arrayLength(partitionResponses.length)
  for (const element of partitionResponses) encodeProduceResponsePartitionProduce(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeProduceResponse(writer: Writer, version: number, message: Init<ProduceResponse>): void {
  const {
    responses = [],
    throttleTimeMs = 0,
    nodeEndpoints = [],
    unknownTags,
  } = message
  const flexible = version >= 9
  if (version < 10 && nodeEndpoints.length !== 0) {
    throw fieldUnsupported('ProduceResponse: nodeEndpoints', version)
  }
  if (flexible) writer.compactArrayLength(responses.length)
  else writer.arrayLength(responses.length)
  for (const element of responses) encodeProduceResponseTopicProduce(writer, version, element)
  writer.int32(throttleTimeMs)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = version >= 10 && nodeEndpoints.length !== 0
    if (has0) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      if (version >= 10) next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tagWith(0, (inner) => {
          inner.compactArrayLength(nodeEndpoints.length)
          for (const element of nodeEndpoints) encodeProduceResponseNodeEndpoint(inner, version, element)
        })
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

/** Produce, key 0. */
export const produce: Api<ProduceRequest, ProduceResponse> = {
  key: 0,
  name: 'Produce',
  request: messageCodec(
    'ProduceRequest',
    { minVersion: 3, maxVersion: 13, flexibleFrom: 9 },
    decodeProduceRequest,
    encodeProduceRequest,
  ),
  response: messageCodec(
    'ProduceResponse',
    { minVersion: 3, maxVersion: 13, flexibleFrom: 9 },
    decodeProduceResponse,
    encodeProduceResponse,
  ),
}
