// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Version 0. */
export interface UpdateRaftVoterRequest {
  readonly clusterId: string | null
  readonly currentLeaderEpoch: number
  readonly voterId: number
  readonly voterDirectoryId: string
  readonly listeners: readonly UpdateRaftVoterRequestListener[]
  readonly kRaftVersionFeature: UpdateRaftVoterRequestKRaftVersionFeature
  readonly unknownTags?: readonly UnknownTag[]
}

export interface UpdateRaftVoterRequestListener {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface UpdateRaftVoterRequestKRaftVersionFeature {
  readonly minSupportedVersion: number
  readonly maxSupportedVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Version 0. */
export interface UpdateRaftVoterResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly currentLeader: UpdateRaftVoterResponseCurrentLeader
  readonly unknownTags?: readonly UnknownTag[]
}

export interface UpdateRaftVoterResponseCurrentLeader {
  /** Default: -1. */
  readonly leaderId: number
  /** Default: -1. */
  readonly leaderEpoch: number
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeUpdateRaftVoterRequestKRaftVersionFeature(reader: Reader, _version: number): UpdateRaftVoterRequestKRaftVersionFeature {
  const minSupportedVersion = reader.int16()
  const maxSupportedVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateRaftVoterRequestKRaftVersionFeature>({
    minSupportedVersion,
    maxSupportedVersion,
  }, unknownTags)
}

function decodeUpdateRaftVoterRequestListener(reader: Reader, _version: number): UpdateRaftVoterRequestListener {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateRaftVoterRequestListener>({ name, host, port }, unknownTags)
}

function decodeUpdateRaftVoterRequestListenerArray(reader: Reader, version: number, count: number): UpdateRaftVoterRequestListener[] {
  const elements: UpdateRaftVoterRequestListener[] = []
  for (let index = 0; index < count; index++) elements.push(decodeUpdateRaftVoterRequestListener(reader, version))
  return elements
}

function decodeUpdateRaftVoterRequest(reader: Reader, version: number): UpdateRaftVoterRequest {
  const clusterId = reader.compactNullableString()
  const currentLeaderEpoch = reader.int32()
  const voterId = reader.int32()
  const voterDirectoryId = reader.uuid()
  const listeners = decodeUpdateRaftVoterRequestListenerArray(reader, version, reader.compactArrayLength(5))
  const kRaftVersionFeature = decodeUpdateRaftVoterRequestKRaftVersionFeature(reader, version)
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateRaftVoterRequest>({
    clusterId,
    currentLeaderEpoch,
    voterId,
    voterDirectoryId,
    listeners,
    kRaftVersionFeature,
  }, unknownTags)
}

function encodeUpdateRaftVoterRequestKRaftVersionFeature(writer: Writer, _version: number, message: Init<UpdateRaftVoterRequestKRaftVersionFeature>): void {
  const {
    minSupportedVersion = 0,
    maxSupportedVersion = 0,
    unknownTags,
  } = message
  writer.int16(minSupportedVersion)
  writer.int16(maxSupportedVersion)
  writer.unknownTags(unknownTags)
}

function encodeUpdateRaftVoterRequestListener(writer: Writer, _version: number, message: Init<UpdateRaftVoterRequestListener>): void {
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

function encodeUpdateRaftVoterRequest(writer: Writer, version: number, message: Init<UpdateRaftVoterRequest>): void {
  const {
    clusterId = '',
    currentLeaderEpoch = 0,
    voterId = 0,
    voterDirectoryId = zeroUuid,
    listeners = [],
    kRaftVersionFeature = {},
    unknownTags,
  } = message
  writer.compactNullableString(clusterId)
  writer.int32(currentLeaderEpoch)
  writer.int32(voterId)
  writer.uuid(voterDirectoryId)
  writer.compactArrayLength(listeners.length)
  for (const element of listeners) encodeUpdateRaftVoterRequestListener(writer, version, element)
  encodeUpdateRaftVoterRequestKRaftVersionFeature(writer, version, kRaftVersionFeature)
  writer.unknownTags(unknownTags)
}

const defaultUpdateRaftVoterResponseCurrentLeader: UpdateRaftVoterResponseCurrentLeader = {
  leaderId: -1,
  leaderEpoch: -1,
  host: '',
  port: 0,
}

function isDefaultUpdateRaftVoterResponseCurrentLeader(message: Init<UpdateRaftVoterResponseCurrentLeader>): boolean {
  if (message === defaultUpdateRaftVoterResponseCurrentLeader) return true
  if (message.leaderId !== undefined && message.leaderId !== -1) return false
  if (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) return false
  if (message.host !== undefined && message.host !== '') return false
  if (message.port !== undefined && message.port !== 0) return false
  return message.unknownTags === undefined || message.unknownTags.length === 0
}

function decodeUpdateRaftVoterResponseCurrentLeader(reader: Reader, _version: number): UpdateRaftVoterResponseCurrentLeader {
  const leaderId = reader.int32()
  const leaderEpoch = reader.int32()
  const host = reader.compactString()
  const port = reader.int32()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateRaftVoterResponseCurrentLeader>({ leaderId, leaderEpoch, host, port }, unknownTags)
}

function decodeUpdateRaftVoterResponse(reader: Reader, version: number): UpdateRaftVoterResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  let currentLeader: UpdateRaftVoterResponse['currentLeader'] = defaultUpdateRaftVoterResponseCurrentLeader
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      currentLeader = decodeUpdateRaftVoterResponseCurrentLeader(reader, version)
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<UpdateRaftVoterResponse>({ throttleTimeMs, errorCode, currentLeader }, unknownTags)
}

function encodeUpdateRaftVoterResponseCurrentLeader(writer: Writer, _version: number, message: Init<UpdateRaftVoterResponseCurrentLeader>): void {
  const {
    leaderId = -1,
    leaderEpoch = -1,
    host = '',
    port = 0,
    unknownTags,
  } = message
  writer.int32(leaderId)
  writer.int32(leaderEpoch)
  writer.compactString(host)
  writer.int32(port)
  writer.unknownTags(unknownTags)
}

function encodeUpdateRaftVoterResponse(writer: Writer, version: number, message: Init<UpdateRaftVoterResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    currentLeader = defaultUpdateRaftVoterResponseCurrentLeader,
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = !isDefaultUpdateRaftVoterResponseCurrentLeader(currentLeader)
  if (has0) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        encodeUpdateRaftVoterResponseCurrentLeader(inner, version, currentLeader)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** UpdateRaftVoter, key 82. */
export const updateRaftVoter: Api<UpdateRaftVoterRequest, UpdateRaftVoterResponse> = {
  key: 82,
  name: 'UpdateRaftVoter',
  request: messageCodec(
    'UpdateRaftVoterRequest',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeUpdateRaftVoterRequest,
    encodeUpdateRaftVoterRequest,
  ),
  response: messageCodec(
    'UpdateRaftVoterResponse',
    { minVersion: 0, maxVersion: 0, flexibleFrom: 0 },
    decodeUpdateRaftVoterResponse,
    encodeUpdateRaftVoterResponse,
  ),
}
