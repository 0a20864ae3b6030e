// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 1. */
export interface AddRaftVoterRequest {
  readonly clusterId: string | null
  readonly timeoutMs: number
  readonly voterId: number
  readonly voterDirectoryId: string
  readonly listeners: readonly AddRaftVoterRequestListener[]
  /** Since version 1. Default: true. */
  readonly ackWhenCommitted: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface AddRaftVoterRequestListener {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface AddRaftVoterResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeAddRaftVoterRequestListener(reader: Reader, _version: number): AddRaftVoterRequestListener {
  const name = reader.compactString()
  const host = reader.compactString()
  const port = reader.uint16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AddRaftVoterRequestListener>({ name, host, port }, unknownTags)
}

function decodeAddRaftVoterRequestListenerArray(reader: Reader, version: number, count: number): AddRaftVoterRequestListener[] {
  const elements: AddRaftVoterRequestListener[] = []
  for (let index = 0; index < count; index++) elements.push(decodeAddRaftVoterRequestListener(reader, version))
  return elements
}

function decodeAddRaftVoterRequest(reader: Reader, version: number): AddRaftVoterRequest {
  const clusterId = reader.compactNullableString()
  const timeoutMs = reader.int32()
  const voterId = reader.int32()
  const voterDirectoryId = reader.uuid()
  const listeners = decodeAddRaftVoterRequestListenerArray(reader, version, reader.compactArrayLength(5))
  const ackWhenCommitted = version >= 1 ? reader.bool() : true
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AddRaftVoterRequest>({
    clusterId,
    timeoutMs,
    voterId,
    voterDirectoryId,
    listeners,
    ackWhenCommitted,
  }, unknownTags)
}

function encodeAddRaftVoterRequestListener(writer: Writer, _version: number, message: Init<AddRaftVoterRequestListener>): void {
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

function encodeAddRaftVoterRequest(writer: Writer, version: number, message: Init<AddRaftVoterRequest>): void {
  const {
    clusterId = '',
    timeoutMs = 0,
    voterId = 0,
    voterDirectoryId = zeroUuid,
    listeners = [],
    ackWhenCommitted = true,
    unknownTags,
  } = message
  if (version < 1 && !ackWhenCommitted) {
    throw fieldUnsupported('AddRaftVoterRequest: ackWhenCommitted', version)
  }
  writer.compactNullableString(clusterId)
  writer.int32(timeoutMs)
  writer.int32(voterId)
  writer.uuid(voterDirectoryId)
  writer.compactArrayLength(listeners.length)
  for (const element of listeners) encodeAddRaftVoterRequestListener(writer, version, element)
  if (version >= 1) writer.bool(ackWhenCommitted)
  writer.unknownTags(unknownTags)
}

function decodeAddRaftVoterResponse(reader: Reader, _version: number): AddRaftVoterResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<AddRaftVoterResponse>({ throttleTimeMs, errorCode, errorMessage }, unknownTags)
}

function encodeAddRaftVoterResponse(writer: Writer, _version: number, message: Init<AddRaftVoterResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

/** AddRaftVoter, key 80. */
export const addRaftVoter: Api<AddRaftVoterRequest, AddRaftVoterResponse> = {
  key: 80,
  name: 'AddRaftVoter',
  request: messageCodec(
    'AddRaftVoterRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeAddRaftVoterRequest,
    encodeAddRaftVoterRequest,
  ),
  response: messageCodec(
    'AddRaftVoterResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeAddRaftVoterResponse,
    encodeAddRaftVoterResponse,
  ),
}
