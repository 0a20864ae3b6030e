// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface ProducerIdsRecord {
  readonly brokerId: number
  /** Default: -1. */
  readonly brokerEpoch: bigint
  readonly nextProducerId: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeProducerIdsRecord(reader: Reader, _version: number): ProducerIdsRecord {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  const nextProducerId = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ProducerIdsRecord>({ brokerId, brokerEpoch, nextProducerId }, unknownTags)
}

function encodeProducerIdsRecord(writer: Writer, _version: number, message: Init<ProducerIdsRecord>): void {
  const {
    brokerId = 0,
    brokerEpoch = -1n,
    nextProducerId = 0n,
    unknownTags,
  } = message
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  writer.int64(nextProducerId)
  writer.unknownTags(unknownTags)
}

/** Record id 15 of a metadata log. */
export const producerIdsRecord: MessageCodec<ProducerIdsRecord> = messageCodec(
  'ProducerIdsRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeProducerIdsRecord,
  encodeProducerIdsRecord,
)
