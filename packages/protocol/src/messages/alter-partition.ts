// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 2 to 3. */
export interface AlterPartitionRequest {
  readonly brokerId: number
  /** Default: -1. */
  readonly brokerEpoch: bigint
  readonly topics: readonly AlterPartitionRequestTopicData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionRequestTopicData {
  readonly topicId: string
  readonly partitions: readonly AlterPartitionRequestPartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionRequestPartitionData {
  readonly partitionIndex: number
  readonly leaderEpoch: number
  /** Only version 2. */
  readonly newIsr: readonly number[]
  /** Since version 3. */
  readonly newIsrWithEpochs: readonly AlterPartitionRequestBrokerState[]
  readonly leaderRecoveryState: number
  readonly partitionEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionRequestBrokerState {
  readonly brokerId: number
  /** Default: -1. */
  readonly brokerEpoch: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 2 to 3. */
export interface AlterPartitionResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly topics: readonly AlterPartitionResponseTopicData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionResponseTopicData {
  readonly topicId: string
  readonly partitions: readonly AlterPartitionResponsePartitionData[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AlterPartitionResponsePartitionData {
  readonly partitionIndex: number
  readonly errorCode: number
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly isr: readonly number[]
  readonly leaderRecoveryState: number
  readonly partitionEpoch: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAlterPartitionRequestBrokerState(reader: Reader, _version: number): AlterPartitionRequestBrokerState {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionRequestBrokerState>({ brokerId, brokerEpoch }, unknownTags)
}

function decodeAlterPartitionRequestBrokerStateArray(reader: Reader, version: number, count: number): AlterPartitionRequestBrokerState[] {
  const elements: AlterPartitionRequestBrokerState[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionRequestBrokerState(reader, version))
  return elements
}

function decodeAlterPartitionRequestPartitionData(reader: Reader, version: number): AlterPartitionRequestPartitionData {
  const partitionIndex = reader.int32()
  const leaderEpoch = reader.int32()
  const newIsr = version <= 2 ? reader.int32Array(reader.compactArrayLength(4)) : []
  const newIsrWithEpochs = version >= 3
    ? decodeAlterPartitionRequestBrokerStateArray(reader, version, reader.compactArrayLength(13))
    : []
  const leaderRecoveryState = reader.int8()
  const partitionEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionRequestPartitionData>({
    partitionIndex,
    leaderEpoch,
    newIsr,
    newIsrWithEpochs,
    leaderRecoveryState,
    partitionEpoch,
  }, unknownTags)
}

function decodeAlterPartitionRequestPartitionDataArray(reader: Reader, version: number, count: number): AlterPartitionRequestPartitionData[] {
  const elements: AlterPartitionRequestPartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionRequestPartitionData(reader, version))
  return elements
}

function decodeAlterPartitionRequestTopicData(reader: Reader, version: number): AlterPartitionRequestTopicData {
  const topicId = reader.uuid()
  const partitions = decodeAlterPartitionRequestPartitionDataArray(reader, version, reader.compactArrayLength(15))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionRequestTopicData>({ topicId, partitions }, unknownTags)
}

function decodeAlterPartitionRequestTopicDataArray(reader: Reader, version: number, count: number): AlterPartitionRequestTopicData[] {
  const elements: AlterPartitionRequestTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionRequestTopicData(reader, version))
  return elements
}

function decodeAlterPartitionRequest(reader: Reader, version: number): AlterPartitionRequest {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  const topics = decodeAlterPartitionRequestTopicDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionRequest>({ brokerId, brokerEpoch, topics }, unknownTags)
}

function encodeAlterPartitionRequestBrokerState(writer: Writer, _version: number, message: Init<AlterPartitionRequestBrokerState>): void {
  const {
    brokerId = 0,
    brokerEpoch = -1n,
    unknownTags,
  } = message
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionRequestPartitionData(writer: Writer, version: number, message: Init<AlterPartitionRequestPartitionData>): void {
  const {
    partitionIndex = 0,
    leaderEpoch = 0,
    newIsr = [],
    newIsrWithEpochs = [],
    leaderRecoveryState = 0,
    partitionEpoch = 0,
    unknownTags,
  } = message
  if (version > 2 && newIsr.length !== 0) {
    throw fieldUnsupported('AlterPartitionRequest: newIsr', version)
  }
  if (version < 3 && newIsrWithEpochs.length !== 0) {
    throw fieldUnsupported('AlterPartitionRequest: newIsrWithEpochs', version)
  }
  writer.int32(partitionIndex)
  writer.int32(leaderEpoch)
  if (version <= 2) {
    writer.compactArrayLength(newIsr.length)
    writer.int32Array(newIsr)
  }
  if (version >= 3) {
    writer.compactArrayLength(newIsrWithEpochs.length)
    for (const element of newIsrWithEpochs) encodeAlterPartitionRequestBrokerState(writer, version, element)
  }
  writer.int8(leaderRecoveryState)
  writer.int32(partitionEpoch)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionRequestTopicData(writer: Writer, version: number, message: Init<AlterPartitionRequestTopicData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAlterPartitionRequestPartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionRequest(writer: Writer, version: number, message: Init<AlterPartitionRequest>): void {
  const {
    brokerId = 0,
    brokerEpoch = -1n,
    topics = [],
    unknownTags,
  } = message
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeAlterPartitionRequestTopicData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeAlterPartitionResponsePartitionData(reader: Reader, _version: number): AlterPartitionResponsePartitionData {
  const partitionIndex = reader.int32()
  const errorCode = reader.int16()
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const isr = reader.int32Array(reader.compactArrayLength(4))
  const leaderRecoveryState = reader.int8()
  const partitionEpoch = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionResponsePartitionData>({
    partitionIndex,
    errorCode,
    leaderId,
    leaderEpoch,
    isr,
    leaderRecoveryState,
    partitionEpoch,
  }, unknownTags)
}

function decodeAlterPartitionResponsePartitionDataArray(reader: Reader, version: number, count: number): AlterPartitionResponsePartitionData[] {
  const elements: AlterPartitionResponsePartitionData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionResponsePartitionData(reader, version))
  return elements
}

function decodeAlterPartitionResponseTopicData(reader: Reader, version: number): AlterPartitionResponseTopicData {
  const topicId = reader.uuid()
  const partitions = decodeAlterPartitionResponsePartitionDataArray(reader, version, reader.compactArrayLength(21))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionResponseTopicData>({ topicId, partitions }, unknownTags)
}

function decodeAlterPartitionResponseTopicDataArray(reader: Reader, version: number, count: number): AlterPartitionResponseTopicData[] {
  const elements: AlterPartitionResponseTopicData[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAlterPartitionResponseTopicData(reader, version))
  return elements
}

function decodeAlterPartitionResponse(reader: Reader, version: number): AlterPartitionResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const topics = decodeAlterPartitionResponseTopicDataArray(reader, version, reader.compactArrayLength(18))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AlterPartitionResponse>({ throttleTimeMs, errorCode, topics }, unknownTags)
}

function encodeAlterPartitionResponsePartitionData(writer: Writer, _version: number, message: Init<AlterPartitionResponsePartitionData>): void {
  const {
    partitionIndex = 0,
    errorCode = 0,
    leaderId = 0,
    leaderEpoch = 0,
    isr = [],
    leaderRecoveryState = 0,
    partitionEpoch = 0,
    unknownTags,
  } = message
  writer.int32(partitionIndex)
  writer.int16(errorCode)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.compactArrayLength(isr.length)
  writer.int32Array(isr)
  writer.int8(leaderRecoveryState)
  writer.int32(partitionEpoch)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionResponseTopicData(writer: Writer, version: number, message: Init<AlterPartitionResponseTopicData>): void {
  const {
    topicId = zeroUuid,
    partitions = [],
    unknownTags,
  } = message
  writer.uuid(topicId)
  writer.compactArrayLength(partitions.length)
  for (const element of partitions) encodeAlterPartitionResponsePartitionData(writer, version, element)
  writer.unknownTags(unknownTags)
}

function encodeAlterPartitionResponse(writer: Writer, version: number, message: Init<AlterPartitionResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    topics = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactArrayLength(topics.length)
  for (const element of topics) encodeAlterPartitionResponseTopicData(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** AlterPartition, key 56. */
export const alterPartition: Api<AlterPartitionRequest, AlterPartitionResponse> = {
  key: 56,
  name: 'AlterPartition',
  request: messageCodec(
    'AlterPartitionRequest',
    { minVersion: 2, maxVersion: 3, flexibleFrom: 2 },
    decodeAlterPartitionRequest,
    encodeAlterPartitionRequest,
  ),
  response: messageCodec(
    'AlterPartitionResponse',
    { minVersion: 2, maxVersion: 3, flexibleFrom: 2 },
    decodeAlterPartitionResponse,
    encodeAlterPartitionResponse,
  ),
}
