// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface GetTelemetrySubscriptionsRequest {
  readonly clientInstanceId: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface GetTelemetrySubscriptionsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly clientInstanceId: string
  readonly subscriptionId: number
  readonly acceptedCompressionTypes: readonly number[]
  readonly pushIntervalMs: number
  readonly telemetryMaxBytes: number
  readonly deltaTemporality: boolean
  readonly requestedMetrics: readonly string[]
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeGetTelemetrySubscriptionsRequest(reader: Reader, _version: number): GetTelemetrySubscriptionsRequest {
  const clientInstanceId = reader.uuid()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<GetTelemetrySubscriptionsRequest>({ clientInstanceId }, unknownTags)
}

function encodeGetTelemetrySubscriptionsRequest(writer: Writer, _version: number, message: Init<GetTelemetrySubscriptionsRequest>): void {
  const {
    clientInstanceId = zeroUuid,
    unknownTags,
  } = message
  writer.uuid(clientInstanceId)
  writer.unknownTags(unknownTags)
}

function decodeGetTelemetrySubscriptionsResponse(reader: Reader, _version: number): GetTelemetrySubscriptionsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const clientInstanceId = reader.uuid()
  const subscriptionId = reader.int32()
  const acceptedCompressionTypes = reader.int8Array(reader.compactArrayLength(1))
  const pushIntervalMs = reader.int32()
  const telemetryMaxBytes = reader.int32()
  const deltaTemporality = reader.bool()
  const requestedMetrics = reader.compactStringArray(reader.compactArrayLength(1))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<GetTelemetrySubscriptionsResponse>({
    throttleTimeMs,
    errorCode,
    clientInstanceId,
    subscriptionId,
    acceptedCompressionTypes,
    pushIntervalMs,
    telemetryMaxBytes,
    deltaTemporality,
    requestedMetrics,
  }, unknownTags)
}

function encodeGetTelemetrySubscriptionsResponse(writer: Writer, _version: number, message: Init<GetTelemetrySubscriptionsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    clientInstanceId = zeroUuid,
    subscriptionId = 0,
    acceptedCompressionTypes = [],
    pushIntervalMs = 0,
    telemetryMaxBytes = 0,
    deltaTemporality = false,
    requestedMetrics = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.uuid(clientInstanceId)
  writer.int32(subscriptionId)
  writer.compactArrayLength(acceptedCompressionTypes.length)
  writer.int8Array(acceptedCompressionTypes)
  writer.int32(pushIntervalMs)
  writer.int32(telemetryMaxBytes)
  writer.bool(deltaTemporality)
  writer.compactArrayLength(requestedMetrics.length)
  writer.compactStringArray(requestedMetrics)
  writer.unknownTags(unknownTags)
}

/** GetTelemetrySubscriptions, key 71. */
export const getTelemetrySubscriptions: Api<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse> = {
  key: 71,
  name: 'GetTelemetrySubscriptions',
  request: messageCodec(
    'GetTelemetrySubscriptionsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeGetTelemetrySubscriptionsRequest,
    encodeGetTelemetrySubscriptionsRequest,
  ),
  response: messageCodec(
    'GetTelemetrySubscriptionsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeGetTelemetrySubscriptionsResponse,
    encodeGetTelemetrySubscriptionsResponse,
  ),
}
