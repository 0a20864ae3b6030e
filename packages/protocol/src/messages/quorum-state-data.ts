// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface QuorumStateData {
  /** Only version 0. */
  readonly clusterId: string
  /** Default: -1. */
  readonly leaderId: number
  /** Default: -1. */
  readonly leaderEpoch: number
  /** Default: -1. */
  readonly votedId: number
  /** Since version 1. */
  readonly votedDirectoryId: string
  /** Only version 0. */
  readonly appliedOffset: bigint
  /** Only version 0. */
  readonly currentVoters: readonly QuorumStateDataVoter[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

export interface QuorumStateDataVoter {
  readonly voterId: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeQuorumStateDataVoter(reader: Reader, _version: number): QuorumStateDataVoter {
  const voterId = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<QuorumStateDataVoter>({ voterId }, unknownTags)
}

function decodeQuorumStateDataVoterArray(reader: Reader, version: number, count: number): QuorumStateDataVoter[] {
  const elements: QuorumStateDataVoter[] = []
  for (let index = 0; index < count; index++) elements.push(decodeQuorumStateDataVoter(reader, version))
  return elements
}

function decodeNullableQuorumStateDataVoterArray(reader: Reader, version: number, count: number): QuorumStateDataVoter[] | null {
  return count < 0 ? null : decodeQuorumStateDataVoterArray(reader, version, count)
}

function decodeQuorumStateData(reader: Reader, version: number): QuorumStateData {
  const clusterId = version <= 0 ? reader.compactString() : ''
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const votedId = reader.int32()
  const votedDirectoryId = version >= 1 ? reader.uuid() : zeroUuid
  const appliedOffset = version <= 0 ? reader.int64() : 0n
  const currentVoters = version <= 0
    ? decodeNullableQuorumStateDataVoterArray(reader, version, reader.compactNullableArrayLength(5))
    : []
  const unknownTags = reader.unknownTags()
  return withUnknownTags<QuorumStateData>({
    clusterId,
    leaderId,
    leaderEpoch,
    votedId,
    votedDirectoryId,
    appliedOffset,
    currentVoters,
  }, unknownTags)
}

function encodeQuorumStateDataVoter(writer: Writer, _version: number, message: Init<QuorumStateDataVoter>): void {
  const {
    voterId = 0,
    unknownTags,
  } = message
  writer.int32(voterId)
  writer.unknownTags(unknownTags)
}

function encodeQuorumStateData(writer: Writer, version: number, message: Init<QuorumStateData>): void {
  const {
    clusterId = '',
    leaderId = -1,
    leaderEpoch = -1,
    votedId = -1,
    votedDirectoryId = zeroUuid,
    appliedOffset = 0n,
    currentVoters = [],
    unknownTags,
  } = message
  if (version > 0 && clusterId !== '') {
    throw fieldUnsupported('QuorumStateData: clusterId', version)
  }
  if (version < 1 && votedDirectoryId !== zeroUuid) {
    throw fieldUnsupported('QuorumStateData: votedDirectoryId', version)
  }
  if (version > 0 && appliedOffset !== 0n) {
    throw fieldUnsupported('QuorumStateData: appliedOffset', version)
  }
  if (version > 0 && (currentVoters === null || currentVoters.length !== 0)) {
    throw fieldUnsupported('QuorumStateData: currentVoters', version)
  }
  if (version <= 0) writer.compactString(clusterId)
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.int32(votedId)
  if (version >= 1) writer.uuid(votedDirectoryId)
  if (version <= 0) writer.int64(appliedOffset)
  if (version <= 0) {
    writer.compactArrayLength(currentVoters === null ? -1 : currentVoters.length)
    if (currentVoters !== null) {
      for (const element of currentVoters) encodeQuorumStateDataVoter(writer, version, element)
    }
  }
  writer.unknownTags(unknownTags)
}

export const quorumStateData: MessageCodec<QuorumStateData> = messageCodec(
  'QuorumStateData',
  { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
  decodeQuorumStateData,
  encodeQuorumStateData,
)
