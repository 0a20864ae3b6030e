// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface LeaderChangeMessage {
  readonly version: number
  readonly leaderId: number
  readonly voters: readonly LeaderChangeMessageVoter[]
  readonly grantingVoters: readonly LeaderChangeMessageVoter[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface LeaderChangeMessageVoter {
  readonly voterId: number
  /** Since version 1. */
  readonly voterDirectoryId: string
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeLeaderChangeMessageVoter(reader: Reader, version: number): LeaderChangeMessageVoter {
  const voterId = reader.int32()
  const voterDirectoryId = version >= 1 ? reader.uuid() : zeroUuid
  const unknownTags = reader.unknownTags()
  return withUnknownTags<LeaderChangeMessageVoter>({ voterId, voterDirectoryId }, unknownTags)
}

function decodeLeaderChangeMessageVoterArray(reader: Reader, version: number, count: number): LeaderChangeMessageVoter[] {
  const elements: LeaderChangeMessageVoter[] = []
  for (let index = 0; index < count; index++) elements.push(decodeLeaderChangeMessageVoter(reader, version))
  return elements
}

function decodeLeaderChangeMessage(reader: Reader, version: number): LeaderChangeMessage {
  const versionField = reader.int16()
  const leaderId = reader.int32()
  const voters = decodeLeaderChangeMessageVoterArray(reader, version, reader.compactArrayLength(5))
  const grantingVoters = decodeLeaderChangeMessageVoterArray(reader, version, reader.compactArrayLength(5))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<LeaderChangeMessage>({ version: versionField, leaderId, voters, grantingVoters }, unknownTags)
}

function encodeLeaderChangeMessageVoter(writer: Writer, version: number, message: Init<LeaderChangeMessageVoter>): void {
  const {
    voterId = 0,
    voterDirectoryId = zeroUuid,
    unknownTags,
  } = message
  if (version < 1 && voterDirectoryId !== zeroUuid) {
    throw fieldUnsupported('LeaderChangeMessage: voterDirectoryId', version)
  }
  writer.int32(voterId)
  if (version >= 1) writer.uuid(voterDirectoryId)
  writer.unknownTags(unknownTags)
}

function encodeLeaderChangeMessage(writer: Writer, version: number, message: Init<LeaderChangeMessage>): void {
  const {
    version: versionField = 0,
    leaderId = 0,
    voters = [],
    grantingVoters = [],
    unknownTags,
  } = message
  writer.int16(versionField)
  writer.int32(leaderId)
  writer.compactArrayLength(voters.length)
  for (const element of voters) encodeLeaderChangeMessageVoter(writer, version, element)
  writer.compactArrayLength(grantingVoters.length)
  for (const element of grantingVoters) encodeLeaderChangeMessageVoter(writer, version, element)
  writer.unknownTags(unknownTags)
}

export const leaderChangeMessage: MessageCodec<LeaderChangeMessage> = messageCodec(
  'LeaderChangeMessage',
  { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
  decodeLeaderChangeMessage,
  encodeLeaderChangeMessage,
)
