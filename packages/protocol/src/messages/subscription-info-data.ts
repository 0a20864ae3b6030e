// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { fieldUnsupported, messageCodec, neverFlexible, noBytes } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 1 to 11. */
export interface SubscriptionInfoData {
  readonly version: number
  /** Since version 3. Default: -1. */
  readonly latestSupportedVersion: number
  readonly processId: string
  /** Versions 1 to 6. */
  readonly prevTasks: readonly SubscriptionInfoDataTaskId[]
  /** Versions 1 to 6. */
  readonly standbyTasks: readonly SubscriptionInfoDataTaskId[]
  /** Since version 2. */
  readonly userEndPoint: Buffer
  /** Since version 7. */
  readonly taskOffsetSums: readonly SubscriptionInfoDataTaskOffsetSum[]
  /** Since version 8. */
  readonly uniqueField: number
  /** Since version 9. */
  readonly errorCode: number
  /** Since version 11. */
  readonly clientTags: readonly SubscriptionInfoDataClientTag[]
}

export interface SubscriptionInfoDataTaskId {
  readonly topicGroupId: number
  readonly partition: number
}

export interface SubscriptionInfoDataTaskOffsetSum {
  readonly topicGroupId: number
  /** Since version 10. */
  readonly partition: number
  /** Since version 10. */
  readonly offsetSum: bigint
  /** Since version 10. */
  readonly namedTopology: string | null
  /** Versions 7 to 9. */
  readonly partitionToOffsetSum: readonly SubscriptionInfoDataPartitionToOffsetSum[]
}

export interface SubscriptionInfoDataPartitionToOffsetSum {
  readonly partition: number
  readonly offsetSum: bigint
}

export interface SubscriptionInfoDataClientTag {
  readonly key: Buffer
  readonly value: Buffer
}

function decodeSubscriptionInfoDataClientTag(reader: Reader, _version: number): SubscriptionInfoDataClientTag {
  const key = reader.bytes()
  const value = reader.bytes()
  return { key, value }
}

function decodeSubscriptionInfoDataClientTagArray(reader: Reader, version: number, count: number): SubscriptionInfoDataClientTag[] {
  const elements: SubscriptionInfoDataClientTag[] = []
  for (let index = 0; index < count; index++) elements.push(decodeSubscriptionInfoDataClientTag(reader, version))
  return elements
}

function decodeSubscriptionInfoDataPartitionToOffsetSum(reader: Reader, _version: number): SubscriptionInfoDataPartitionToOffsetSum {
  const partition = reader.int32()
  const offsetSum = reader.int64()
  return { partition, offsetSum }
}

function decodeSubscriptionInfoDataPartitionToOffsetSumArray(reader: Reader, version: number, count: number): SubscriptionInfoDataPartitionToOffsetSum[] {
  const elements: SubscriptionInfoDataPartitionToOffsetSum[] = []
  for (let index = 0; index < count; index++) elements.push(decodeSubscriptionInfoDataPartitionToOffsetSum(reader, version))
  return elements
}

function decodeSubscriptionInfoDataTaskOffsetSum(reader: Reader, version: number): SubscriptionInfoDataTaskOffsetSum {
  const topicGroupId = reader.int32()
  const partition = version >= 10 ? reader.int32() : 0
  const offsetSum = version >= 10 ? reader.int64() : 0n
  const namedTopology = version >= 10 ? reader.nullableString() : ''
  const partitionToOffsetSum = version <= 9
    ? decodeSubscriptionInfoDataPartitionToOffsetSumArray(reader, version, reader.arrayLength(12))
    : []
  return { topicGroupId, partition, offsetSum, namedTopology, partitionToOffsetSum }
}

function decodeSubscriptionInfoDataTaskOffsetSumArray(reader: Reader, version: number, count: number): SubscriptionInfoDataTaskOffsetSum[] {
  const elements: SubscriptionInfoDataTaskOffsetSum[] = []
  for (let index = 0; index < count; index++) elements.push(decodeSubscriptionInfoDataTaskOffsetSum(reader, version))
  return elements
}

function decodeSubscriptionInfoDataTaskId(reader: Reader, _version: number): SubscriptionInfoDataTaskId {
  const topicGroupId = reader.int32()
  const partition = reader.int32()
  return { topicGroupId, partition }
}

function decodeSubscriptionInfoDataTaskIdArray(reader: Reader, version: number, count: number): SubscriptionInfoDataTaskId[] {
  const elements: SubscriptionInfoDataTaskId[] = []
  for (let index = 0; index < count; index++) elements.push(decodeSubscriptionInfoDataTaskId(reader, version))
  return elements
}

function decodeSubscriptionInfoData(reader: Reader, version: number): SubscriptionInfoData {
  const versionField = reader.int32()
  const latestSupportedVersion = version >= 3 ? reader.int32() : -1
  const processId = reader.uuid()
  const prevTasks = version <= 6 ? decodeSubscriptionInfoDataTaskIdArray(reader, version, reader.arrayLength(8)) : []
  const standbyTasks = version <= 6 ? decodeSubscriptionInfoDataTaskIdArray(reader, version, reader.arrayLength(8)) : []
  const userEndPoint = version >= 2 ? reader.bytes() : noBytes
  const taskOffsetSums = version >= 7
    ? decodeSubscriptionInfoDataTaskOffsetSumArray(reader, version, reader.arrayLength(8))
    : []
  const uniqueField = version >= 8 ? reader.int8() : 0
  const errorCode = version >= 9 ? reader.int32() : 0
  const clientTags = version >= 11
    ? decodeSubscriptionInfoDataClientTagArray(reader, version, reader.arrayLength(8))
    : []
  return {
    version: versionField,
    latestSupportedVersion,
    processId,
    prevTasks,
    standbyTasks,
    userEndPoint,
    taskOffsetSums,
    uniqueField,
    errorCode,
    clientTags,
  }
}

function encodeSubscriptionInfoDataClientTag(writer: Writer, _version: number, message: Init<SubscriptionInfoDataClientTag>): void {
  const {
    key = noBytes,
    value = noBytes,
  } = message
  writer.bytes(key)
  writer.bytes(value)
}

function encodeSubscriptionInfoDataPartitionToOffsetSum(writer: Writer, _version: number, message: Init<SubscriptionInfoDataPartitionToOffsetSum>): void {
  const {
    partition = 0,
    offsetSum = 0n,
  } = message
  writer.int32(partition)
  writer.int64(offsetSum)
}

function encodeSubscriptionInfoDataTaskOffsetSum(writer: Writer, version: number, message: Init<SubscriptionInfoDataTaskOffsetSum>): void {
  const {
    topicGroupId = 0,
    partition = 0,
    offsetSum = 0n,
    namedTopology = '',
    partitionToOffsetSum = [],
  } = message
  if (version < 10 && partition !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: partition', version)
  }
  if (version < 10 && offsetSum !== 0n) {
    throw fieldUnsupported('SubscriptionInfoData: offsetSum', version)
  }
  if (version < 10 && namedTopology !== '') {
    throw fieldUnsupported('SubscriptionInfoData: namedTopology', version)
  }
  if (version > 9 && partitionToOffsetSum.length !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: partitionToOffsetSum', version)
  }
  writer.int32(topicGroupId)
  if (version >= 10) writer.int32(partition)
  if (version >= 10) writer.int64(offsetSum)
  if (version >= 10) writer.nullableString(namedTopology)
  if (version <= 9) {
    writer.arrayLength(partitionToOffsetSum.length)
    for (const element of partitionToOffsetSum) encodeSubscriptionInfoDataPartitionToOffsetSum(writer, version, element)
  }
}

function encodeSubscriptionInfoDataTaskId(writer: Writer, _version: number, message: Init<SubscriptionInfoDataTaskId>): void {
  const {
    topicGroupId = 0,
    partition = 0,
  } = message
  writer.int32(topicGroupId)
  writer.int32(partition)
}

function encodeSubscriptionInfoData(writer: Writer, version: number, message: Init<SubscriptionInfoData>): void {
  const {
    version: versionField = 0,
    latestSupportedVersion = -1,
    processId = zeroUuid,
    prevTasks = [],
    standbyTasks = [],
    userEndPoint = noBytes,
    taskOffsetSums = [],
    uniqueField = 0,
    errorCode = 0,
    clientTags = [],
  } = message
  if (version < 3 && latestSupportedVersion !== -1) {
    throw fieldUnsupported('SubscriptionInfoData: latestSupportedVersion', version)
  }
  if (version > 6 && prevTasks.length !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: prevTasks', version)
  }
  if (version > 6 && standbyTasks.length !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: standbyTasks', version)
  }
  if (version < 2 && userEndPoint.length !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: userEndPoint', version)
  }
  if (version < 7 && taskOffsetSums.length !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: taskOffsetSums', version)
  }
  if (version < 8 && uniqueField !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: uniqueField', version)
  }
  if (version < 9 && errorCode !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: errorCode', version)
  }
  if (version < 11 && clientTags.length !== 0) {
    throw fieldUnsupported('SubscriptionInfoData: clientTags', version)
  }
  writer.int32(versionField)
  if (version >= 3) writer.int32(latestSupportedVersion)
  writer.uuid(processId)
  if (version <= 6) {
    writer.arrayLength(prevTasks.length)
    for (const element of prevTasks) encodeSubscriptionInfoDataTaskId(writer, version, element)
  }
  if (version <= 6) {
    writer.arrayLength(standbyTasks.length)
    for (const element of standbyTasks) encodeSubscriptionInfoDataTaskId(writer, version, element)
  }
  if (version >= 2) writer.bytes(userEndPoint)
  if (version >= 7) {
    writer.arrayLength(taskOffsetSums.length)
    for (const element of taskOffsetSums) encodeSubscriptionInfoDataTaskOffsetSum(writer, version, element)
  }
  if (version >= 8) writer.int8(uniqueField)
  if (version >= 9) writer.int32(errorCode)
  if (version >= 11) {
    writer.arrayLength(clientTags.length)
    for (const element of clientTags) encodeSubscriptionInfoDataClientTag(writer, version, element)
  }
}

export const subscriptionInfoData: MessageCodec<SubscriptionInfoData> = messageCodec(
  'SubscriptionInfoData',
  { minVersion: 1, maxVersion: 11, flexibleFrom: neverFlexible },
  decodeSubscriptionInfoData,
  encodeSubscriptionInfoData,
)
