// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface UnregisterBrokerRecord {
  readonly brokerId: number
  readonly brokerEpoch: bigint
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeUnregisterBrokerRecord(reader: Reader, _version: number): UnregisterBrokerRecord {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UnregisterBrokerRecord>({ brokerId, brokerEpoch }, unknownTags)
}

function encodeUnregisterBrokerRecord(writer: Writer, _version: number, message: Init<UnregisterBrokerRecord>): void {
  const {
    brokerId = 0,
    brokerEpoch = 0n,
    unknownTags,
  } = message
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  writer.unknownTags(unknownTags)
}

/** Record id 1 of a metadata log. */
export const unregisterBrokerRecord: MessageCodec<UnregisterBrokerRecord> = messageCodec(
  'UnregisterBrokerRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeUnregisterBrokerRecord,
  encodeUnregisterBrokerRecord,
)
