// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface RegisterControllerRecord {
  readonly controllerId: number
  readonly incarnationId: string
  readonly zkMigrationReady: boolean
  readonly endPoints: readonly RegisterControllerRecordControllerEndpoint[]
  readonly features: readonly RegisterControllerRecordControllerFeature[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RegisterControllerRecordControllerEndpoint {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly securityProtocol: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface RegisterControllerRecordControllerFeature {
  readonly name: string
  readonly minSupportedVersion: number
  readonly maxSupportedVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeRegisterControllerRecordControllerFeature(reader: Reader, _version: number): RegisterControllerRecordControllerFeature {
  const name = reader.compactString()
  const minSupportedVersion = reader.int16()
  const maxSupportedVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RegisterControllerRecordControllerFeature>({
    name,
    minSupportedVersion,
    maxSupportedVersion,
  }, unknownTags)
}

function decodeRegisterControllerRecordControllerFeatureArray(reader: Reader, version: number, count: number): RegisterControllerRecordControllerFeature[] {
  const elements: RegisterControllerRecordControllerFeature[] = []
  for (let index = 0; index < count; index++) elements.push(decodeRegisterControllerRecordControllerFeature(reader, version))
  return elements
}

function decodeRegisterControllerRecordControllerEndpoint(reader: Reader, _version: number): RegisterControllerRecordControllerEndpoint {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const securityProtocol = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RegisterControllerRecordControllerEndpoint>({
    name,
    host,
    port,
    securityProtocol,
  }, unknownTags)
}

function decodeRegisterControllerRecordControllerEndpointArray(reader: Reader, version: number, count: number): RegisterControllerRecordControllerEndpoint[] {
  const elements: RegisterControllerRecordControllerEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeRegisterControllerRecordControllerEndpoint(reader, version))
  return elements
}

function decodeRegisterControllerRecord(reader: Reader, version: number): RegisterControllerRecord {
  const controllerId = reader.int32()
  const incarnationId = reader.uuid()
  const zkMigrationReady = reader.bool()
  const endPoints = decodeRegisterControllerRecordControllerEndpointArray(reader, version, reader.compactArrayLength(7))
  const features = decodeRegisterControllerRecordControllerFeatureArray(reader, version, reader.compactArrayLength(6))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<RegisterControllerRecord>({
    controllerId,
    incarnationId,
    zkMigrationReady,
    endPoints,
    features,
  }, unknownTags)
}

function encodeRegisterControllerRecordControllerFeature(writer: Writer, _version: number, message: Init<RegisterControllerRecordControllerFeature>): void {
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

function encodeRegisterControllerRecordControllerEndpoint(writer: Writer, _version: number, message: Init<RegisterControllerRecordControllerEndpoint>): void {
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

function encodeRegisterControllerRecord(writer: Writer, version: number, message: Init<RegisterControllerRecord>): void {
  const {
    controllerId = 0,
    incarnationId = zeroUuid,
    zkMigrationReady = false,
    endPoints = [],
    features = [],
    unknownTags,
  } = message
  writer.int32(controllerId)
  writer.uuid(incarnationId)
  writer.bool(zkMigrationReady)
  writer.compactArrayLength(endPoints.length)
  for (const element of endPoints) encodeRegisterControllerRecordControllerEndpoint(writer, version, element)
  writer.compactArrayLength(features.length)
  for (const element of features) encodeRegisterControllerRecordControllerFeature(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** Record id 27 of a metadata log. */
export const registerControllerRecord: MessageCodec<RegisterControllerRecord> = messageCodec(
  'RegisterControllerRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeRegisterControllerRecord,
  encodeRegisterControllerRecord,
)
