// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface ControllerRegistrationRequest {
  readonly controllerId: number
  readonly incarnationId: string
  readonly zkMigrationReady: boolean
  readonly listeners: readonly ControllerRegistrationRequestListener[]
  readonly features: readonly ControllerRegistrationRequestFeature[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ControllerRegistrationRequestListener {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly securityProtocol: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ControllerRegistrationRequestFeature {
  readonly name: string
  readonly minSupportedVersion: number
  readonly maxSupportedVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface ControllerRegistrationResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeControllerRegistrationRequestFeature(reader: Reader, _version: number): ControllerRegistrationRequestFeature {
  const name = reader.compactString()
  const minSupportedVersion = reader.int16()
  const maxSupportedVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ControllerRegistrationRequestFeature>({
    name,
    minSupportedVersion,
    maxSupportedVersion,
  }, unknownTags)
}

function decodeControllerRegistrationRequestFeatureArray(reader: Reader, version: number, count: number): ControllerRegistrationRequestFeature[] {
  const elements: ControllerRegistrationRequestFeature[] = []
  for (let index = 0; index < count; index++) elements.push(decodeControllerRegistrationRequestFeature(reader, version))
  return elements
}

function decodeControllerRegistrationRequestListener(reader: Reader, _version: number): ControllerRegistrationRequestListener {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const securityProtocol = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ControllerRegistrationRequestListener>({ name, host, port, securityProtocol }, unknownTags)
}

function decodeControllerRegistrationRequestListenerArray(reader: Reader, version: number, count: number): ControllerRegistrationRequestListener[] {
  const elements: ControllerRegistrationRequestListener[] = []
  for (let index = 0; index < count; index++) elements.push(decodeControllerRegistrationRequestListener(reader, version))
  return elements
}

function decodeControllerRegistrationRequest(reader: Reader, version: number): ControllerRegistrationRequest {
  const controllerId = reader.int32()
  const incarnationId = reader.uuid()
  const zkMigrationReady = reader.bool()
  const listeners = decodeControllerRegistrationRequestListenerArray(reader, version, reader.compactArrayLength(7))
  const features = decodeControllerRegistrationRequestFeatureArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ControllerRegistrationRequest>({
    controllerId,
    incarnationId,
    zkMigrationReady,
    listeners,
    features,
  }, unknownTags)
}

function encodeControllerRegistrationRequestFeature(writer: Writer, _version: number, message: Init<ControllerRegistrationRequestFeature>): void {
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

function encodeControllerRegistrationRequestListener(writer: Writer, _version: number, message: Init<ControllerRegistrationRequestListener>): void {
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

function encodeControllerRegistrationRequest(writer: Writer, version: number, message: Init<ControllerRegistrationRequest>): void {
  const {
    controllerId = 0,
    incarnationId = zeroUuid,
    zkMigrationReady = false,
    listeners = [],
    features = [],
    unknownTags,
  } = message
  writer.int32(controllerId)
  writer.uuid(incarnationId)
  writer.bool(zkMigrationReady)
  writer.compactArrayLength(listeners.length)
  for (const element of listeners) encodeControllerRegistrationRequestListener(writer, version, element)
  writer.compactArrayLength(features.length)
  for (const element of features) encodeControllerRegistrationRequestFeature(writer, version, element)
  writer.unknownTags(unknownTags)
}

function decodeControllerRegistrationResponse(reader: Reader, _version: number): ControllerRegistrationResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ControllerRegistrationResponse>({ throttleTimeMs, errorCode, errorMessage }, unknownTags)
}

function encodeControllerRegistrationResponse(writer: Writer, _version: number, message: Init<ControllerRegistrationResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

/** ControllerRegistration, key 70. */
export const controllerRegistration: Api<ControllerRegistrationRequest, ControllerRegistrationResponse> = {
  key: 70,
  name: 'ControllerRegistration',
  request: messageCodec(
    'ControllerRegistrationRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeControllerRegistrationRequest,
    encodeControllerRegistrationRequest,
  ),
  response: messageCodec(
    'ControllerRegistrationResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeControllerRegistrationResponse,
    encodeControllerRegistrationResponse,
  ),
}
