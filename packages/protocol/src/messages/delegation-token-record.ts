// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Version 0. */
export interface DelegationTokenRecord {
  readonly owner: string
  readonly requester: string
  readonly renewers: readonly string[]
  readonly issueTimestamp: bigint
  readonly maxTimestamp: bigint
  readonly expirationTimestamp: bigint
  readonly tokenId: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeDelegationTokenRecord(reader: Reader, _version: number): DelegationTokenRecord {
  const owner = reader.compactString()
  const requester = reader.compactString()
  const renewers = reader.compactStringArray(reader.compactArrayLength(1))
  const issueTimestamp = reader.int64()
  const maxTimestamp = reader.int64()
  const expirationTimestamp = reader.int64()
  const tokenId = reader.compactString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<DelegationTokenRecord>({
    owner,
    requester,
    renewers,
    issueTimestamp,
    maxTimestamp,
    expirationTimestamp,
    tokenId,
  }, unknownTags)
}

function encodeDelegationTokenRecord(writer: Writer, _version: number, message: Init<DelegationTokenRecord>): void {
  const {
    owner = '',
    requester = '',
    renewers = [],
    issueTimestamp = 0n,
    maxTimestamp = 0n,
    expirationTimestamp = 0n,
    tokenId = '',
    unknownTags,
  } = message
  writer.compactString(owner)
  writer.compactString(requester)
  writer.compactArrayLength(renewers.length)
  writer.compactStringArray(renewers)
  writer.int64(issueTimestamp)
  writer.int64(maxTimestamp)
  writer.int64(expirationTimestamp)
  writer.compactString(tokenId)
  writer.unknownTags(unknownTags)
}

/** Record id 10 of a metadata log. */
export const delegationTokenRecord: MessageCodec<DelegationTokenRecord> = messageCodec(
  'DelegationTokenRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeDelegationTokenRecord,
  encodeDelegationTokenRecord,
)
