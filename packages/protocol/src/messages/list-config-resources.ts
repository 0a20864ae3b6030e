// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 1. */
export interface ListConfigResourcesRequest {
  /** Since version 1. */
  readonly resourceTypes: readonly number[]
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 1. */
export interface ListConfigResourcesResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly configResources: readonly ListConfigResourcesResponseConfigResource[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ListConfigResourcesResponseConfigResource {
  readonly resourceName: string
  /** Since version 1. Default: 16. */
  readonly resourceType: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeListConfigResourcesRequest(reader: Reader, version: number): ListConfigResourcesRequest {
  const resourceTypes = version >= 1 ? reader.int8Array(reader.compactArrayLength(1)) : []
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListConfigResourcesRequest>({ resourceTypes }, unknownTags)
}

function encodeListConfigResourcesRequest(writer: Writer, version: number, message: Init<ListConfigResourcesRequest>): void {
  const {
    resourceTypes = [],
    unknownTags,
  } = message
  if (version < 1 && resourceTypes.length !== 0) {
    throw fieldUnsupported('ListConfigResourcesRequest: resourceTypes', version)
  }
  if (version >= 1) {
    writer.compactArrayLength(resourceTypes.length)
    writer.int8Array(resourceTypes)
  }
  writer.unknownTags(unknownTags)
}

function decodeListConfigResourcesResponseConfigResource(reader: Reader, version: number): ListConfigResourcesResponseConfigResource {
  const resourceName = reader.compactString()
  const resourceType = version >= 1 ? reader.int8() : 16
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListConfigResourcesResponseConfigResource>({ resourceName, resourceType }, unknownTags)
}

function decodeListConfigResourcesResponseConfigResourceArray(reader: Reader, version: number, count: number): ListConfigResourcesResponseConfigResource[] {
  const elements: ListConfigResourcesResponseConfigResource[] = []
  for (let index = 0; index < count; index++) elements.push(decodeListConfigResourcesResponseConfigResource(reader, version))
  return elements
}

function decodeListConfigResourcesResponse(reader: Reader, version: number): ListConfigResourcesResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const configResources = decodeListConfigResourcesResponseConfigResourceArray(reader, version, reader.compactArrayLength(2))
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ListConfigResourcesResponse>({ throttleTimeMs, errorCode, configResources }, unknownTags)
}

function encodeListConfigResourcesResponseConfigResource(writer: Writer, version: number, message: Init<ListConfigResourcesResponseConfigResource>): void {
  const {
    resourceName = '',
    resourceType = 16,
    unknownTags,
  } = message
  writer.compactString(resourceName)
  if (version >= 1) writer.int8(resourceType)
  writer.unknownTags(unknownTags)
}

function encodeListConfigResourcesResponse(writer: Writer, version: number, message: Init<ListConfigResourcesResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    configResources = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactArrayLength(configResources.length)
  for (const element of configResources) encodeListConfigResourcesResponseConfigResource(writer, version, element)
  writer.unknownTags(unknownTags)
}

/** ListConfigResources, key 74. */
export const listConfigResources: Api<ListConfigResourcesRequest, ListConfigResourcesResponse> = {
  key: 74,
  name: 'ListConfigResources',
  request: messageCodec(
    'ListConfigResourcesRequest',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeListConfigResourcesRequest,
    encodeListConfigResourcesRequest,
  ),
  response: messageCodec(
    'ListConfigResourcesResponse',
    { minVersion: 0, maxVersion: 1, flexibleFrom: 0 },
    decodeListConfigResourcesResponse,
    encodeListConfigResourcesResponse,
  ),
}
