// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface VotersRecord {
  readonly version: number
  readonly voters: readonly VotersRecordVoter[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VotersRecordVoter {
  readonly voterId: number
  readonly voterDirectoryId: string
  readonly endpoints: readonly VotersRecordEndpoint[]
  readonly kRaftVersionFeature: VotersRecordKRaftVersionFeature
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VotersRecordEndpoint {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface VotersRecordKRaftVersionFeature {
  readonly minSupportedVersion: number
  readonly maxSupportedVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeVotersRecordKRaftVersionFeature(reader: Reader, _version: number): VotersRecordKRaftVersionFeature {
  const minSupportedVersion = reader.int16()
  const maxSupportedVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VotersRecordKRaftVersionFeature>({ minSupportedVersion, maxSupportedVersion }, unknownTags)
}

function decodeVotersRecordEndpoint(reader: Reader, _version: number): VotersRecordEndpoint {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VotersRecordEndpoint>({ name, host, port }, unknownTags)
}

function decodeVotersRecordEndpointArray(reader: Reader, version: number, count: number): VotersRecordEndpoint[] {
  const elements: VotersRecordEndpoint[] = []
  for (let index = 0; index < count; index++) elements.push(decodeVotersRecordEndpoint(reader, version))
  return elements
}

function decodeVotersRecordVoter(reader: Reader, version: number): VotersRecordVoter {
  const voterId = reader.int32()
  const voterDirectoryId = reader.uuid()
  const endpoints = decodeVotersRecordEndpointArray(reader, version, reader.compactArrayLength(5))
  const kRaftVersionFeature = decodeVotersRecordKRaftVersionFeature(reader, version)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VotersRecordVoter>({ voterId, voterDirectoryId, endpoints, kRaftVersionFeature }, unknownTags)
}

function decodeVotersRecordVoterArray(reader: Reader, version: number, count: number): VotersRecordVoter[] {
  const elements: VotersRecordVoter[] = []
  for (let index = 0; index < count; index++) elements.push(decodeVotersRecordVoter(reader, version))
  return elements
}

function decodeVotersRecord(reader: Reader, version: number): VotersRecord {
  const versionField = reader.int16()
  const voters = decodeVotersRecordVoterArray(reader, version, reader.compactArrayLength(27))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<VotersRecord>({ version: versionField, voters }, unknownTags)
}

function encodeVotersRecordKRaftVersionFeature(writer: Writer, _version: number, message: Init<VotersRecordKRaftVersionFeature>): void {
  const {
    minSupportedVersion = 0,
    maxSupportedVersion = 0,
    unknownTags,
  } = message
  writer.int16(minSupportedVersion)
  writer.int16(maxSupportedVersion)
  writer.unknownTags(unknownTags)
}

function encodeVotersRecordEndpoint(writer: Writer, _version: number, message: Init<VotersRecordEndpoint>): void {
  const {
    name = '',
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.compactString(host)
  writer.uint16(port)
  writer.unknownTags(unknownTags)
}

function encodeVotersRecordVoter(writer: Writer, version: number, message: Init<VotersRecordVoter>): void {
  const {
    voterId = 0,
    voterDirectoryId = zeroUuid,
    endpoints = [],
    kRaftVersionFeature = {},
    unknownTags,
  } = message
  writer.int32(voterId)
  writer.uuid(voterDirectoryId)
  writer.compactArrayLength(endpoints.length)
  for (const element of endpoints) encodeVotersRecordEndpoint(writer, version, element)
  encodeVotersRecordKRaftVersionFeature(writer, version, kRaftVersionFeature)
  writer.unknownTags(unknownTags)
}

function encodeVotersRecord(writer: Writer, version: number, message: Init<VotersRecord>): void {
  const {
    version: versionField = 0,
    voters = [],
    unknownTags,
  } = message
  writer.int16(versionField)
  writer.compactArrayLength(voters.length)
  for (const element of voters) encodeVotersRecordVoter(writer, version, element)
  writer.unknownTags(unknownTags)
}

export const votersRecord: MessageCodec<VotersRecord> = messageCodec(
  'VotersRecord',
  { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
  decodeVotersRecord,
  encodeVotersRecord,
)
