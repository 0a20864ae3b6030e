// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface BrokerHeartbeatRequest {
  readonly brokerId: number
  /** Default: -1. */
  readonly brokerEpoch: bigint
  readonly currentMetadataOffset: bigint
  readonly wantFence: boolean
  readonly wantShutDown: boolean
  /** Since version 1. */
  readonly offlineLogDirs: readonly string[]
  /** Since version 2. Default: null. */
  readonly cordonedLogDirs: readonly string[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface BrokerHeartbeatResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly isCaughtUp: boolean
  /** Default: true. */
  readonly isFenced: boolean
  readonly shouldShutDown: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeBrokerHeartbeatRequest(reader: Reader, version: number): BrokerHeartbeatRequest {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  const currentMetadataOffset = reader.int64()
  const wantFence = reader.bool()
  const wantShutDown = reader.bool()
  let offlineLogDirs: BrokerHeartbeatRequest['offlineLogDirs'] = []
  let cordonedLogDirs: BrokerHeartbeatRequest['cordonedLogDirs'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0 && version >= 1) {
      offlineLogDirs = reader.uuidArray(reader.compactArrayLength(16))
      reader.requireTagEnd(tag, end)
    } else if (tag === 1 && version >= 2) {
      cordonedLogDirs = reader.nullableUuidArray(reader.compactNullableArrayLength(16))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<BrokerHeartbeatRequest>({
    brokerId,
    brokerEpoch,
    currentMetadataOffset,
    wantFence,
    wantShutDown,
    offlineLogDirs,
    cordonedLogDirs,
  }, unknownTags)
}

function encodeBrokerHeartbeatRequest(writer: Writer, version: number, message: Init<BrokerHeartbeatRequest>): void {
  const {
    brokerId = 0,
    brokerEpoch = -1n,
    currentMetadataOffset = 0n,
    wantFence = false,
    wantShutDown = false,
    offlineLogDirs = [],
    cordonedLogDirs = null,
    unknownTags,
  } = message
  if (version < 1 && offlineLogDirs.length !== 0) {
    throw fieldUnsupported('BrokerHeartbeatRequest: offlineLogDirs', version)
  }
  if (version < 2 && cordonedLogDirs !== null) {
    throw fieldUnsupported('BrokerHeartbeatRequest: cordonedLogDirs', version)
  }
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  writer.int64(currentMetadataOffset)
  writer.bool(wantFence)
  writer.bool(wantShutDown)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = version >= 1 && offlineLogDirs.length !== 0
  if (has0) tagCount++
  const has1 = version >= 2 && cordonedLogDirs !== null
  if (has1) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    if (version >= 1) next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactArrayLength(offlineLogDirs.length)
        inner.uuidArray(offlineLogDirs)
      })
    }
    if (version >= 2) next = writer.tagsBefore(1, unknown, next)
    if (has1) {
      writer.tagWith(1, (inner) => {
        inner.compactArrayLength(cordonedLogDirs === null ? -1 : cordonedLogDirs.length)
        if (cordonedLogDirs !== null) inner.uuidArray(cordonedLogDirs)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

function decodeBrokerHeartbeatResponse(reader: Reader, _version: number): BrokerHeartbeatResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const isCaughtUp = reader.bool()
  const isFenced = reader.bool()
  const shouldShutDown = reader.bool()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<BrokerHeartbeatResponse>({
    throttleTimeMs,
    errorCode,
    isCaughtUp,
    isFenced,
    shouldShutDown,
  }, unknownTags)
}

function encodeBrokerHeartbeatResponse(writer: Writer, _version: number, message: Init<BrokerHeartbeatResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    isCaughtUp = false,
    isFenced = true,
    shouldShutDown = false,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.bool(isCaughtUp)
  writer.bool(isFenced)
  writer.bool(shouldShutDown)
  writer.unknownTags(unknownTags)
}

/** BrokerHeartbeat, key 63. */
export const brokerHeartbeat: Api<BrokerHeartbeatRequest, BrokerHeartbeatResponse> = {
  key: 63,
  name: 'BrokerHeartbeat',
  request: messageCodec(
    'BrokerHeartbeatRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeBrokerHeartbeatRequest,
    encodeBrokerHeartbeatRequest,
  ),
  response: messageCodec(
    'BrokerHeartbeatResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeBrokerHeartbeatResponse,
    encodeBrokerHeartbeatResponse,
  ),
}
