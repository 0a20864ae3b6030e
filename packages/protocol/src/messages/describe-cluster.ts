// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface DescribeClusterRequest {
  readonly includeClusterAuthorizedOperations: boolean
  /** Since version 1. Default: 1. */
  readonly endpointType: number
  /** Since version 2. */
  readonly includeFencedBrokers: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface DescribeClusterResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  /** Default: null. */
  readonly errorMessage: string | null
  /** Since version 1. Default: 1. */
  readonly endpointType: number
  readonly clusterId: string
  /** Default: -1. */
  readonly controllerId: number
  readonly brokers: readonly DescribeClusterResponseBroker[]
  /** Default: -2147483648. */
  readonly clusterAuthorizedOperations: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface DescribeClusterResponseBroker {
  readonly brokerId: number
  readonly host: string
  readonly port: number
  /** Default: null. */
  readonly rack: string | null
  /** Since version 2. */
  readonly isFenced: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDescribeClusterRequest(reader: Reader, version: number): DescribeClusterRequest {
  const includeClusterAuthorizedOperations = reader.bool()
  const endpointType = version >= 1 ? reader.int8() : 1
  const includeFencedBrokers = version >= 2 ? reader.bool() : false
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeClusterRequest>({
    includeClusterAuthorizedOperations,
    endpointType,
    includeFencedBrokers,
  }, unknownTags)
}

function encodeDescribeClusterRequest(writer: Writer, version: number, message: Init<DescribeClusterRequest>): void {
  const {
    includeClusterAuthorizedOperations = false,
    endpointType = 1,
    includeFencedBrokers = false,
    unknownTags,
  } = message
  if (version < 1 && endpointType !== 1) {
    throw fieldUnsupported('DescribeClusterRequest: endpointType', version)
  }
  if (version < 2 && includeFencedBrokers) {
    throw fieldUnsupported('DescribeClusterRequest: includeFencedBrokers', version)
  }
  writer.bool(includeClusterAuthorizedOperations)
  if (version >= 1) writer.int8(endpointType)
  if (version >= 2) writer.bool(includeFencedBrokers)
  writer.unknownTags(unknownTags)
}

function decodeDescribeClusterResponseBroker(reader: Reader, version: number): DescribeClusterResponseBroker {
  const brokerId = reader.int32()
  const host = reader.compactString()
  const port = reader.int32()
  const rack = reader.compactNullableString()
  const isFenced = version >= 2 ? reader.bool() : false
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeClusterResponseBroker>({ brokerId, host, port, rack, isFenced }, unknownTags)
}

function decodeDescribeClusterResponseBrokerArray(reader: Reader, version: number, count: number): DescribeClusterResponseBroker[] {
  const elements: DescribeClusterResponseBroker[] = []
  for (let index = 0; index < count; index++) elements.push(decodeDescribeClusterResponseBroker(reader, version))
  return elements
}

function decodeDescribeClusterResponse(reader: Reader, version: number): DescribeClusterResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const endpointType = version >= 1 ? reader.int8() : 1
  const clusterId = reader.compactString()
  const controllerId = reader.int32()
  const brokers = decodeDescribeClusterResponseBrokerArray(reader, version, reader.compactArrayLength(11))
  const clusterAuthorizedOperations = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DescribeClusterResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    endpointType,
    clusterId,
    controllerId,
    brokers,
    clusterAuthorizedOperations,
  }, unknownTags)
}

function encodeDescribeClusterResponseBroker(writer: Writer, version: number, message: Init<DescribeClusterResponseBroker>): void {
  const {
    brokerId = 0,
    host = '',
    port = 0,
    rack = null,
    isFenced = false,
    unknownTags,
  } = message
  if (version < 2 && isFenced) {
    throw fieldUnsupported('DescribeClusterResponse: isFenced', version)
  }
  writer.int32(brokerId)
  writer.compactString(host)
  writer.int32(port)
  writer.compactNullableString(rack)
  if (version >= 2) writer.bool(isFenced)
  writer.unknownTags(unknownTags)
}

function encodeDescribeClusterResponse(writer: Writer, version: number, message: Init<DescribeClusterResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = null,
    endpointType = 1,
    clusterId = '',
    controllerId = -1,
    brokers = [],
    clusterAuthorizedOperations = -2147483648,
    unknownTags,
  } = message
  if (version < 1 && endpointType !== 1) {
    throw fieldUnsupported('DescribeClusterResponse: endpointType', version)
  }
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  if (version >= 1) writer.int8(endpointType)
  writer.compactString(clusterId)
  writer.int32(controllerId)
  writer.compactArrayLength(brokers.length)
  for (const element of brokers) encodeDescribeClusterResponseBroker(writer, version, element)
  writer.int32(clusterAuthorizedOperations)
  writer.unknownTags(unknownTags)
}

/** DescribeCluster, key 60. */
export const describeCluster: Api<DescribeClusterRequest, DescribeClusterResponse> = {
  key: 60,
  name: 'DescribeCluster',
  request: messageCodec(
    'DescribeClusterRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeDescribeClusterRequest,
    encodeDescribeClusterRequest,
  ),
  response: messageCodec(
    'DescribeClusterResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeDescribeClusterResponse,
    encodeDescribeClusterResponse,
  ),
}
