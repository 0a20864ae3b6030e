// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface AllocateProducerIdsRequest {
  readonly brokerId: number
  /** Default: -1. */
  readonly brokerEpoch: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface AllocateProducerIdsResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly producerIdStart: bigint
  readonly producerIdLen: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAllocateProducerIdsRequest(reader: Reader, _version: number): AllocateProducerIdsRequest {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AllocateProducerIdsRequest>({ brokerId, brokerEpoch }, unknownTags)
}

function encodeAllocateProducerIdsRequest(writer: Writer, _version: number, message: Init<AllocateProducerIdsRequest>): void {
  const {
    brokerId = 0,
    brokerEpoch = -1n,
    unknownTags,
  } = message
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  writer.unknownTags(unknownTags)
}

function decodeAllocateProducerIdsResponse(reader: Reader, _version: number): AllocateProducerIdsResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const producerIdStart = reader.int64()
  const producerIdLen = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AllocateProducerIdsResponse>({
    throttleTimeMs,
    errorCode,
    producerIdStart,
    producerIdLen,
  }, unknownTags)
}

function encodeAllocateProducerIdsResponse(writer: Writer, _version: number, message: Init<AllocateProducerIdsResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    producerIdStart = 0n,
    producerIdLen = 0,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.int64(producerIdStart)
  writer.int32(producerIdLen)
  writer.unknownTags(unknownTags)
}

/** AllocateProducerIds, key 67. */
export const allocateProducerIds: Api<AllocateProducerIdsRequest, AllocateProducerIdsResponse> = {
  key: 67,
  name: 'AllocateProducerIds',
  request: messageCodec(
    'AllocateProducerIdsRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAllocateProducerIdsRequest,
    encodeAllocateProducerIdsRequest,
  ),
  response: messageCodec(
    'AllocateProducerIdsResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeAllocateProducerIdsResponse,
    encodeAllocateProducerIdsResponse,
  ),
}
