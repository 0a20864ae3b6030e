// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 4. */
export interface RegisterBrokerRecord {
  readonly brokerId: number
  /** Since version 2. */
  readonly isMigratingZkBroker: boolean
  readonly incarnationId: string
  readonly brokerEpoch: bigint
  readonly endPoints: readonly RegisterBrokerRecordBrokerEndpoint[]
  readonly features: readonly RegisterBrokerRecordBrokerFeature[]
  readonly rack: string | null
  /** Default: true. */
  readonly fenced: boolean
  /** Since version 1. */
  readonly inControlledShutdown: boolean
  /** Since version 3. */
  readonly logDirs: readonly string[]
  /** Since version 4. Default: null. */
  readonly cordonedLogDirs: readonly string[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RegisterBrokerRecordBrokerEndpoint {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly securityProtocol: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RegisterBrokerRecordBrokerFeature {
  readonly name: string
  readonly minSupportedVersion: number
  readonly maxSupportedVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRegisterBrokerRecordBrokerFeature(reader: Reader, _version: number): RegisterBrokerRecordBrokerFeature {
  const name = reader.compactString()
  const minSupportedVersion = reader.int16()
  const maxSupportedVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RegisterBrokerRecordBrokerFeature>({
    name,
    minSupportedVersion,
    maxSupportedVersion,
  }, unknownTags)
}

function decodeRegisterBrokerRecordBrokerFeatureArray(reader: Reader, version: number, count: number): RegisterBrokerRecordBrokerFeature[] {
  const elements: RegisterBrokerRecordBrokerFeature[] = []
  for (let index = 0; index < count; index++) elements.push(decodeRegisterBrokerRecordBrokerFeature(reader, version))
  return elements
}

function decodeRegisterBrokerRecordBrokerEndpoint(reader: Reader, _version: number): RegisterBrokerRecordBrokerEndpoint {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const securityProtocol = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RegisterBrokerRecordBrokerEndpoint>({ name, host, port, securityProtocol }, unknownTags)
}

function decodeRegisterBrokerRecordBrokerEndpointArray(reader: Reader, version: number, count: number): RegisterBrokerRecordBrokerEndpoint[] {
  const elements: RegisterBrokerRecordBrokerEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeRegisterBrokerRecordBrokerEndpoint(reader, version))
  return elements
}

function decodeRegisterBrokerRecord(reader: Reader, version: number): RegisterBrokerRecord {
  const brokerId = reader.int32()
  const isMigratingZkBroker = version >= 2 ? reader.bool() : false
  const incarnationId = reader.uuid()
  const brokerEpoch = reader.int64()
  const endPoints = decodeRegisterBrokerRecordBrokerEndpointArray(reader, version, reader.compactArrayLength(7))
  const features = decodeRegisterBrokerRecordBrokerFeatureArray(reader, version, reader.compactArrayLength(6))
  const rack = reader.compactNullableString()
  const fenced = reader.bool()
  const inControlledShutdown = version >= 1 ? reader.bool() : false
  let logDirs: RegisterBrokerRecord['logDirs'] = []
  let cordonedLogDirs: RegisterBrokerRecord['cordonedLogDirs'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0 && version >= 3) {
      logDirs = reader.uuidArray(reader.compactArrayLength(16))
      reader.requireTagEnd(tag, end)
    } else if (tag === 1 && version >= 4) {
      cordonedLogDirs = reader.nullableUuidArray(reader.compactNullableArrayLength(16))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<RegisterBrokerRecord>({
    brokerId,
    isMigratingZkBroker,
    incarnationId,
    brokerEpoch,
    endPoints,
    features,
    rack,
    fenced,
    inControlledShutdown,
    logDirs,
    cordonedLogDirs,
  }, unknownTags)
}

function encodeRegisterBrokerRecordBrokerFeature(writer: Writer, _version: number, message: Init<RegisterBrokerRecordBrokerFeature>): void {
  const {
    name = '',
    minSupportedVersion = 0,
    maxSupportedVersion = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int16(minSupportedVersion)
  writer.int16(maxSupportedVersion)
  writer.unknownTags(unknownTags)
}

function encodeRegisterBrokerRecordBrokerEndpoint(writer: Writer, _version: number, message: Init<RegisterBrokerRecordBrokerEndpoint>): void {
  const {
    name = '',
    host = '',
    port = 0,
    securityProtocol = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactString(host)
  writer.uint16(port)
  writer.int16(securityProtocol)
  writer.unknownTags(unknownTags)
}

function encodeRegisterBrokerRecord(writer: Writer, version: number, message: Init<RegisterBrokerRecord>): void {
  const {
    brokerId = 0,
    isMigratingZkBroker = false,
    incarnationId = zeroUuid,
    brokerEpoch = 0n,
    endPoints = [],
    features = [],
    rack = '',
    fenced = true,
    inControlledShutdown = false,
    logDirs = [],
    cordonedLogDirs = null,
    unknownTags,
  } = message
  if (version < 2 && isMigratingZkBroker) {
    throw fieldUnsupported('RegisterBrokerRecord: isMigratingZkBroker', version)
  }
  if (version < 1 && inControlledShutdown) {
    throw fieldUnsupported('RegisterBrokerRecord: inControlledShutdown', version)
  }
  if (version < 3 && logDirs.length !== 0) {
    throw fieldUnsupported('RegisterBrokerRecord: logDirs', version)
  }
  if (version < 4 && cordonedLogDirs !== null) {
    throw fieldUnsupported('RegisterBrokerRecord: cordonedLogDirs', version)
  }
  writer.int32(brokerId)
  if (version >= 2) writer.bool(isMigratingZkBroker)
  writer.uuid(incarnationId)
  writer.int64(brokerEpoch)
  writer.compactArrayLength(endPoints.length)
  for (const element of endPoints) encodeRegisterBrokerRecordBrokerEndpoint(writer, version, element)
  writer.compactArrayLength(features.length)
  for (const element of features) encodeRegisterBrokerRecordBrokerFeature(writer, version, element)
  writer.compactNullableString(rack)
  writer.bool(fenced)
  if (version >= 1) writer.bool(inControlledShutdown)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = version >= 3 && logDirs.length !== 0
  if (has0) tagCount++
  const has1 = version >= 4 && cordonedLogDirs !== null
  if (has1) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    if (version >= 3) next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactArrayLength(logDirs.length)
        inner.uuidArray(logDirs)
      })
    }
    if (version >= 4) next = writer.tagsBefore(1, unknown, next)
    if (has1) {
      writer.tagWith(1, (inner) => {
        inner.compactArrayLength(cordonedLogDirs === null ? -1 : cordonedLogDirs.length)
        if (cordonedLogDirs !== null) inner.uuidArray(cordonedLogDirs)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record id 0 of a metadata log. */
export const registerBrokerRecord: MessageCodec<RegisterBrokerRecord> = messageCodec(
  'RegisterBrokerRecord',
  { minVersion: 0, maxVersion: 4, flexibleFrom: 0 },
  decodeRegisterBrokerRecord,
  encodeRegisterBrokerRecord,
)
