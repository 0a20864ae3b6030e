// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 4. */
export interface BrokerRegistrationRequest {
  readonly brokerId: number
  readonly clusterId: string
  readonly incarnationId: string
  readonly listeners: readonly BrokerRegistrationRequestListener[]
  readonly features: readonly BrokerRegistrationRequestFeature[]
  readonly rack: string | null
  /** Since version 1. */
  readonly isMigratingZkBroker: boolean
  /** Since version 2. */
  readonly logDirs: readonly string[]
  /** Since version 3. Default: -1. */
  readonly previousBrokerEpoch: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BrokerRegistrationRequestListener {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly securityProtocol: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface BrokerRegistrationRequestFeature {
  readonly name: string
  readonly minSupportedVersion: number
  readonly maxSupportedVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 4. */
export interface BrokerRegistrationResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: -1. */
  readonly brokerEpoch: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeBrokerRegistrationRequestFeature(reader: Reader, _version: number): BrokerRegistrationRequestFeature {
  const name = reader.compactString()
  const minSupportedVersion = reader.int16()
  const maxSupportedVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<BrokerRegistrationRequestFeature>({
    name,
    minSupportedVersion,
    maxSupportedVersion,
  }, unknownTags)
}

function decodeBrokerRegistrationRequestFeatureArray(reader: Reader, version: number, count: number): BrokerRegistrationRequestFeature[] {
  const elements: BrokerRegistrationRequestFeature[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBrokerRegistrationRequestFeature(reader, version))
  return elements
}

function decodeBrokerRegistrationRequestListener(reader: Reader, _version: number): BrokerRegistrationRequestListener {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const securityProtocol = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<BrokerRegistrationRequestListener>({ name, host, port, securityProtocol }, unknownTags)
}

function decodeBrokerRegistrationRequestListenerArray(reader: Reader, version: number, count: number): BrokerRegistrationRequestListener[] {
  const elements: BrokerRegistrationRequestListener[] = []
  for (let index = 0; index < count; index++) elements.push(decodeBrokerRegistrationRequestListener(reader, version))
  return elements
}

function decodeBrokerRegistrationRequest(reader: Reader, version: number): BrokerRegistrationRequest {
  const brokerId = reader.int32()
  const clusterId = reader.compactString()
  const incarnationId = reader.uuid()
  const listeners = decodeBrokerRegistrationRequestListenerArray(reader, version, reader.compactArrayLength(7))
  const features = decodeBrokerRegistrationRequestFeatureArray(reader, version, reader.compactArrayLength(6))
  const rack = reader.compactNullableString()
  const isMigratingZkBroker = version >= 1 ? reader.bool() : false
  const logDirs = version >= 2 ? reader.uuidArray(reader.compactArrayLength(16)) : []
  const previousBrokerEpoch = version >= 3 ? reader.int64() : -1n
  const unknownTags = reader.unknownTags()
  return withUnknownTags<BrokerRegistrationRequest>({
    brokerId,
    clusterId,
    incarnationId,
    listeners,
    features,
    rack,
    isMigratingZkBroker,
    logDirs,
    previousBrokerEpoch,
  }, unknownTags)
}

function encodeBrokerRegistrationRequestFeature(writer: Writer, _version: number, message: Init<BrokerRegistrationRequestFeature>): void {
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

function encodeBrokerRegistrationRequestListener(writer: Writer, _version: number, message: Init<BrokerRegistrationRequestListener>): void {
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

function encodeBrokerRegistrationRequest(writer: Writer, version: number, message: Init<BrokerRegistrationRequest>): void {
  const {
    brokerId = 0,
    clusterId = '',
    incarnationId = zeroUuid,
    listeners = [],
    features = [],
    rack = '',
    isMigratingZkBroker = false,
    logDirs = [],
    previousBrokerEpoch = -1n,
    unknownTags,
  } = message
  if (version < 1 && isMigratingZkBroker) {
    throw fieldUnsupported('BrokerRegistrationRequest: isMigratingZkBroker', version)
  }
  writer.int32(brokerId)
  writer.compactString(clusterId)
  writer.uuid(incarnationId)
  writer.compactArrayLength(listeners.length)
  for (const element of listeners) encodeBrokerRegistrationRequestListener(writer, version, element)
  writer.compactArrayLength(features.length)
  for (const element of features) encodeBrokerRegistrationRequestFeature(writer, version, element)
  writer.compactNullableString(rack)
  if (version >= 1) writer.bool(isMigratingZkBroker)
  if (version >= 2) {
    writer.compactArrayLength(logDirs.length)
    writer.uuidArray(logDirs)
  }
  if (version >= 3) writer.int64(previousBrokerEpoch)
  writer.unknownTags(unknownTags)
}

function decodeBrokerRegistrationResponse(reader: Reader, _version: number): BrokerRegistrationResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const brokerEpoch = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<BrokerRegistrationResponse>({ throttleTimeMs, errorCode, brokerEpoch }, unknownTags)
}

function encodeBrokerRegistrationResponse(writer: Writer, _version: number, message: Init<BrokerRegistrationResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    brokerEpoch = -1n,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.int64(brokerEpoch)
  writer.unknownTags(unknownTags)
}

/** BrokerRegistration, key 62. */
export const brokerRegistration: Api<BrokerRegistrationRequest, BrokerRegistrationResponse> = {
  key: 62,
  name: 'BrokerRegistration',
  request: messageCodec(
    'BrokerRegistrationRequest',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 0 },
    decodeBrokerRegistrationRequest,
    encodeBrokerRegistrationRequest,
  ),
  response: messageCodec(
    'BrokerRegistrationResponse',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 0 },
    decodeBrokerRegistrationResponse,
    encodeBrokerRegistrationResponse,
  ),
}
