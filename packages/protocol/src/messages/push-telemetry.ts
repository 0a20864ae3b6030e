// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface PushTelemetryRequest {
  readonly clientInstanceId: string
  readonly subscriptionId: number
  readonly terminating: boolean
  readonly compressionType: number
  readonly metrics: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface PushTelemetryResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodePushTelemetryRequest(reader: Reader, _version: number): PushTelemetryRequest {
  const clientInstanceId = reader.uuid()
  const subscriptionId = reader.int32()
  const terminating = reader.bool()
  const compressionType = reader.int8()
  const metrics = reader.compactBytes()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<PushTelemetryRequest>({
    clientInstanceId,
    subscriptionId,
    terminating,
    compressionType,
    metrics,
  }, unknownTags)
}

function encodePushTelemetryRequest(writer: Writer, _version: number, message: Init<PushTelemetryRequest>): void {
  const {
    clientInstanceId = zeroUuid,
    subscriptionId = 0,
    terminating = false,
    compressionType = 0,
    metrics = noBytes,
    unknownTags,
  } = message
  writer.uuid(clientInstanceId)
  writer.int32(subscriptionId)
  writer.bool(terminating)
  writer.int8(compressionType)
  writer.compactBytes(metrics)
  writer.unknownTags(unknownTags)
}

function decodePushTelemetryResponse(reader: Reader, _version: number): PushTelemetryResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<PushTelemetryResponse>({ throttleTimeMs, errorCode }, unknownTags)
}

function encodePushTelemetryResponse(writer: Writer, _version: number, message: Init<PushTelemetryResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.unknownTags(unknownTags)
}

/** PushTelemetry, key 72. */
export const pushTelemetry: Api<PushTelemetryRequest, PushTelemetryResponse> = {
  key: 72,
  name: 'PushTelemetry',
  request: messageCodec(
    'PushTelemetryRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodePushTelemetryRequest,
    encodePushTelemetryRequest,
  ),
  response: messageCodec(
    'PushTelemetryResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodePushTelemetryResponse,
    encodePushTelemetryResponse,
  ),
}
