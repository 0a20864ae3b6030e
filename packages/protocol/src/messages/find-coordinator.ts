// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 6. */
export interface FindCoordinatorRequest {
  /** Versions 0 to 3. */
  readonly key: string
  /** Since version 1. */
  readonly keyType: number
  /** Since version 4. */
  readonly coordinatorKeys: readonly string[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 6. */
export interface FindCoordinatorResponse {
  /** Since version 1. */
  readonly throttleTimeMs: number
  /** Versions 0 to 3. */
  readonly errorCode: number
  /** Versions 1 to 3. */
  readonly errorMessage: string | null
  /** Versions 0 to 3. */
  readonly nodeId: number
  /** Versions 0 to 3. */
  readonly host: string
  /** Versions 0 to 3. */
  readonly port: number
  /** Since version 4. */
  readonly coordinators: readonly FindCoordinatorResponseCoordinator[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface FindCoordinatorResponseCoordinator {
  readonly key: string
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeFindCoordinatorRequest(reader: Reader, version: number): FindCoordinatorRequest {
  const flexible = version >= 3
  const key = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : ''
  const keyType = version >= 1 ? reader.int8() : 0
  const coordinatorKeys = version >= 4 ? reader.compactStringArray(reader.compactArrayLength(1)) : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<FindCoordinatorRequest>({ key, keyType, coordinatorKeys }, unknownTags)
}

function encodeFindCoordinatorRequest(writer: Writer, version: number, message: Init<FindCoordinatorRequest>): void {
  const {
    key = '',
    keyType = 0,
    coordinatorKeys = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version > 3 && key !== '') {
    throw fieldUnsupported('FindCoordinatorRequest: key', version)
  }
  if (version < 1 && keyType !== 0) {
    throw fieldUnsupported('FindCoordinatorRequest: keyType', version)
  }
  if (version < 4 && coordinatorKeys.length !== 0) {
    throw fieldUnsupported('FindCoordinatorRequest: coordinatorKeys', version)
  }
  if (version <= 3) {
    if (flexible) writer.compactString(key)
    else writer.string(key)
  }
  if (version >= 1) writer.int8(keyType)
  if (version >= 4) {
    writer.compactArrayLength(coordinatorKeys.length)
    writer.compactStringArray(coordinatorKeys)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeFindCoordinatorResponseCoordinator(reader: Reader, _version: number): FindCoordinatorResponseCoordinator {
  const key = reader.compactString()
  const nodeId = reader.int32()
  const host = reader.compactString()
  const port = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<FindCoordinatorResponseCoordinator>({
    key,
    nodeId,
    host,
    port,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeFindCoordinatorResponseCoordinatorArray(reader: Reader, version: number, count: number): FindCoordinatorResponseCoordinator[] {
  const elements: FindCoordinatorResponseCoordinator[] = []
  for (let index = 0; index < count; index++) elements.push(decodeFindCoordinatorResponseCoordinator(reader, version))
  return elements
}

function decodeFindCoordinatorResponse(reader: Reader, version: number): FindCoordinatorResponse {
  const flexible = version >= 3
  const throttleTimeMs = version >= 1 ? reader.int32() : 0
  const errorCode = version <= 3 ? reader.int16() : 0
  const errorMessage = version >= 1 && version <= 3
    ? (flexible
    ? reader.compactNullableString()
    : reader.nullableString())
    : ''
  const nodeId = version <= 3 ? reader.int32() : 0
  const host = version <= 3 ? (flexible ? reader.compactString() : reader.string()) : ''
  const port = version <= 3 ? reader.int32() : 0
  const coordinators = version >= 4
    ? decodeFindCoordinatorResponseCoordinatorArray(reader, version, reader.compactArrayLength(14))
    : []
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<FindCoordinatorResponse>({
    throttleTimeMs,
    errorCode,
    errorMessage,
    nodeId,
    host,
    port,
    coordinators,
  }, unknownTags)
}

function encodeFindCoordinatorResponseCoordinator(writer: Writer, _version: number, message: Init<FindCoordinatorResponseCoordinator>): void {
  const {
    key = '',
    nodeId = 0,
    host = '',
    port = 0,
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  writer.compactString(key)
  writer.int32(nodeId)
  writer.compactString(host)
  writer.int32(port)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeFindCoordinatorResponse(writer: Writer, version: number, message: Init<FindCoordinatorResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    nodeId = 0,
    host = '',
    port = 0,
    coordinators = [],
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version > 3 && errorCode !== 0) {
    throw fieldUnsupported('FindCoordinatorResponse: errorCode', version)
  }
  if (version > 3 && nodeId !== 0) {
    throw fieldUnsupported('FindCoordinatorResponse: nodeId', version)
  }
  if (version > 3 && host !== '') {
    throw fieldUnsupported('FindCoordinatorResponse: host', version)
  }
  if (version > 3 && port !== 0) {
    throw fieldUnsupported('FindCoordinatorResponse: port', version)
  }
  if (version < 4 && coordinators.length !== 0) {
    throw fieldUnsupported('FindCoordinatorResponse: coordinators', version)
  }
  if (version >= 1) writer.int32(throttleTimeMs)
  if (version <= 3) writer.int16(errorCode)
  if (version >= 1 && version <= 3) {
    if (flexible) writer.compactNullableString(errorMessage)
    else writer.nullableString(errorMessage)
  }
  if (version <= 3) writer.int32(nodeId)
  if (version <= 3) {
    if (flexible) writer.compactString(host)
    else writer.string(host)
  }
  if (version <= 3) writer.int32(port)
  if (version >= 4) {
    writer.compactArrayLength(coordinators.length)
    for (const element of coordinators) encodeFindCoordinatorResponseCoordinator(writer, version, element)
  }
  if (flexible) writer.unknownTags(unknownTags)
}

/** FindCoordinator, key 10. */
export const findCoordinator: Api<FindCoordinatorRequest, FindCoordinatorResponse> = {
  key: 10,
  name: 'FindCoordinator',
  request: messageCodec(
    'FindCoordinatorRequest',
    { minVersion: 0, maxVersion: 6, flexibleFrom: 3 },
    decodeFindCoordinatorRequest,
    encodeFindCoordinatorRequest,
  ),
  response: messageCodec(
    'FindCoordinatorResponse',
    { minVersion: 0, maxVersion: 6, flexibleFrom: 3 },
    decodeFindCoordinatorResponse,
    encodeFindCoordinatorResponse,
  ),
}
