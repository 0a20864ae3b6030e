// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { messageCodec, noBytes, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 4. */
export interface GroupMetadataValue {
  readonly protocolType: string
  readonly generation: number
  readonly protocol: string | null
  readonly leader: string | null
  /** Since version 2. Default: -1. */
  readonly currentStateTimestamp: bigint
  readonly members: readonly GroupMetadataValueMemberMetadata[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface GroupMetadataValueMemberMetadata {
  readonly memberId: string
  /** Since version 3. Default: null. */
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  /** Since version 1. Default: -1. */
  readonly rebalanceTimeout: number
  readonly sessionTimeout: number
  readonly subscription: Buffer
  readonly assignment: Buffer
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeGroupMetadataValueMemberMetadata(reader: Reader, version: number): GroupMetadataValueMemberMetadata {
  const flexible = version >= 4
  const memberId = flexible ? reader.compactString() : reader.string()
  const groupInstanceId = version >= 3 ? (flexible ? reader.compactNullableString() : reader.nullableString()) : null
  const clientId = flexible ? reader.compactString() : reader.string()
  const clientHost = flexible ? reader.compactString() : reader.string()
  const rebalanceTimeout = version >= 1 ? reader.int32() : -1
  const sessionTimeout = reader.int32()
  const subscription = flexible ? reader.compactBytes() : reader.bytes()
  const assignment = flexible ? reader.compactBytes() : reader.bytes()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<GroupMetadataValueMemberMetadata>({
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    rebalanceTimeout,
    sessionTimeout,
    subscription,
    assignment,
  }, unknownTags)
}

function decodeGroupMetadataValueMemberMetadataArray(reader: Reader, version: number, count: number): GroupMetadataValueMemberMetadata[] {
  const elements: GroupMetadataValueMemberMetadata[] = []
  for (let index = 0; index < count; index++) elements.push(decodeGroupMetadataValueMemberMetadata(reader, version))
  return elements
}

function decodeGroupMetadataValue(reader: Reader, version: number): GroupMetadataValue {
  const flexible = version >= 4
  const protocolType = flexible ? reader.compactString() : reader.string()
  const generation = reader.int32()
  const protocol = flexible ? reader.compactNullableString() : reader.nullableString()
  const leader = flexible ? reader.compactNullableString() : reader.nullableString()
  const currentStateTimestamp = version >= 2 ? reader.int64() : -1n
  const members = flexible
    ? decodeGroupMetadataValueMemberMetadataArray(reader, version, reader.compactArrayLength(15))
    : decodeGroupMetadataValueMemberMetadataArray(reader, version, reader.arrayLength(18))
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<GroupMetadataValue>({
    protocolType,
    generation,
    protocol,
    leader,
    currentStateTimestamp,
    members,
  }, unknownTags)
}

function encodeGroupMetadataValueMemberMetadata(writer: Writer, version: number, message: Init<GroupMetadataValueMemberMetadata>): void {
  const {
    memberId = '',
    groupInstanceId = null,
    clientId = '',
    clientHost = '',
    rebalanceTimeout = -1,
    sessionTimeout = 0,
    subscription = noBytes,
    assignment = noBytes,
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(memberId)
  else writer.string(memberId)
  if (version >= 3) {
    if (flexible) writer.compactNullableString(groupInstanceId)
    else writer.nullableString(groupInstanceId)
  }
  if (flexible) writer.compactString(clientId)
  else writer.string(clientId)
  if (flexible) writer.compactString(clientHost)
  else writer.string(clientHost)
  if (version >= 1) writer.int32(rebalanceTimeout)
  writer.int32(sessionTimeout)
  if (flexible) writer.compactBytes(subscription)
  else writer.bytes(subscription)
  if (flexible) writer.compactBytes(assignment)
  else writer.bytes(assignment)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeGroupMetadataValue(writer: Writer, version: number, message: Init<GroupMetadataValue>): void {
  const {
    protocolType = '',
    generation = 0,
    protocol = '',
    leader = '',
    currentStateTimestamp = -1n,
    members = [],
    unknownTags,
  } = message
  const flexible = version >= 4
  if (flexible) writer.compactString(protocolType)
  else writer.string(protocolType)
  writer.int32(generation)
  if (flexible) writer.compactNullableString(protocol)
  else writer.nullableString(protocol)
  if (flexible) writer.compactNullableString(leader)
  else writer.nullableString(leader)
  if (version >= 2) writer.int64(currentStateTimestamp)
  if (flexible) writer.compactArrayLength(members.length)
  else writer.arrayLength(members.length)
  for (const element of members) encodeGroupMetadataValueMemberMetadata(writer, version, element)
  if (flexible) writer.unknownTags(unknownTags)
}

/** Record type 2 of a coordinator's topic: the value. */
export const groupMetadataValue: MessageCodec<GroupMetadataValue> = messageCodec(
  'GroupMetadataValue',
  { minVersion: 0, maxVersion: 4, flexibleFrom: 4 },
  decodeGroupMetadataValue,
  encodeGroupMetadataValue,
)
