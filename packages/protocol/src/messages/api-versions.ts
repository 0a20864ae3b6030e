// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 4. */
export interface ApiVersionsRequest {
  /** Since version 3. */
  readonly clientSoftwareName: string
  /** Since version 3. */
  readonly clientSoftwareVersion: string
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 4. */
export interface ApiVersionsResponse {
  readonly errorCode: number
  readonly apiKeys: readonly ApiVersionsResponseApiVersion[]
  /** Since version 1. */
  readonly throttleTimeMs: number
  /** Since version 3. */
  readonly supportedFeatures: readonly ApiVersionsResponseSupportedFeatureKey[]
  /** Since version 3. Default: -1. */
  readonly finalizedFeaturesEpoch: bigint
  /** Since version 3. */
  readonly finalizedFeatures: readonly ApiVersionsResponseFinalizedFeatureKey[]
  /** Since version 3. */
  readonly zkMigrationReady: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ApiVersionsResponseApiVersion {
  readonly apiKey: number
  readonly minVersion: number
  readonly maxVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ApiVersionsResponseSupportedFeatureKey {
  readonly name: string
  readonly minVersion: number
  readonly maxVersion: number
  readonly unknownTags?: readonly UnknownTag[]
}

export interface ApiVersionsResponseFinalizedFeatureKey {
  readonly name: string
  readonly maxVersionLevel: number
  readonly minVersionLevel: number
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeApiVersionsRequest(reader: Reader, version: number): ApiVersionsRequest {
  const flexible = version >= 3
  const clientSoftwareName = version >= 3 ? reader.compactString() : ''
  const clientSoftwareVersion = version >= 3 ? reader.compactString() : ''
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ApiVersionsRequest>({ clientSoftwareName, clientSoftwareVersion }, unknownTags)
}

function encodeApiVersionsRequest(writer: Writer, version: number, message: Init<ApiVersionsRequest>): void {
  const {
    clientSoftwareName = '',
    clientSoftwareVersion = '',
    unknownTags,
  } = message
  const flexible = version >= 3
  if (version >= 3) writer.compactString(clientSoftwareName)
  if (version >= 3) writer.compactString(clientSoftwareVersion)
  if (flexible) writer.unknownTags(unknownTags)
}

function decodeApiVersionsResponseFinalizedFeatureKey(reader: Reader, _version: number): ApiVersionsResponseFinalizedFeatureKey {
  const name = reader.compactString()
  const maxVersionLevel = reader.int16()
  const minVersionLevel = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ApiVersionsResponseFinalizedFeatureKey>({
    name,
    maxVersionLevel,
    minVersionLevel,
  }, unknownTags)
}

function decodeApiVersionsResponseFinalizedFeatureKeyArray(reader: Reader, version: number, count: number): ApiVersionsResponseFinalizedFeatureKey[] {
  const elements: ApiVersionsResponseFinalizedFeatureKey[] = []
  for (let index = 0; index < count; index++) elements.push(decodeApiVersionsResponseFinalizedFeatureKey(reader, version))
  return elements
}

function decodeApiVersionsResponseSupportedFeatureKey(reader: Reader, _version: number): ApiVersionsResponseSupportedFeatureKey {
  const name = reader.compactString()
  const minVersion = reader.int16()
  const maxVersion = reader.int16()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<ApiVersionsResponseSupportedFeatureKey>({ name, minVersion, maxVersion }, unknownTags)
}

function decodeApiVersionsResponseSupportedFeatureKeyArray(reader: Reader, version: number, count: number): ApiVersionsResponseSupportedFeatureKey[] {
  const elements: ApiVersionsResponseSupportedFeatureKey[] = []
  for (let index = 0; index < count; index++) elements.push(decodeApiVersionsResponseSupportedFeatureKey(reader, version))
  return elements
}

function decodeApiVersionsResponseApiVersion(reader: Reader, version: number): ApiVersionsResponseApiVersion {
  const flexible = version >= 3
  const apiKey = reader.int16()
  const minVersion = reader.int16()
  const maxVersion = reader.int16()
  const unknownTags = flexible ? reader.unknownTags() : undefined
  return withUnknownTags<ApiVersionsResponseApiVersion>({ apiKey, minVersion, maxVersion }, unknownTags)
}

function decodeApiVersionsResponseApiVersionArray(reader: Reader, version: number, count: number): ApiVersionsResponseApiVersion[] {
  const elements: ApiVersionsResponseApiVersion[] = []
  for (let index = 0; index < count; index++) elements.push(decodeApiVersionsResponseApiVersion(reader, version))
  return elements
}

function decodeApiVersionsResponse(reader: Reader, version: number): ApiVersionsResponse {
  const flexible = version >= 3
  const errorCode = reader.int16()
  const apiKeys = flexible
    ? decodeApiVersionsResponseApiVersionArray(reader, version, reader.compactArrayLength(7))
    : decodeApiVersionsResponseApiVersionArray(reader, version, reader.arrayLength(6))
  const throttleTimeMs = version >= 1 ? reader.int32() : 0
  let supportedFeatures: ApiVersionsResponse['supportedFeatures'] = []
  let finalizedFeaturesEpoch: ApiVersionsResponse['finalizedFeaturesEpoch'] = -1n
  let finalizedFeatures: ApiVersionsResponse['finalizedFeatures'] = []
  let zkMigrationReady: ApiVersionsResponse['zkMigrationReady'] = false
  let unknownTags: UnknownTag[] | undefined
  if (flexible) {
    for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
      const tag = reader.uvarint()
      const end = reader.tagEnd()
      if (tag === 0) {
        supportedFeatures = decodeApiVersionsResponseSupportedFeatureKeyArray(reader, version, reader.compactArrayLength(6))
        reader.requireTagEnd(tag, end)
      } else if (tag === 1) {
        finalizedFeaturesEpoch = reader.int64()
        reader.requireTagEnd(tag, end)
      } else if (tag === 2) {
        finalizedFeatures = decodeApiVersionsResponseFinalizedFeatureKeyArray(reader, version, reader.compactArrayLength(6))
        reader.requireTagEnd(tag, end)
      } else if (tag === 3) {
        zkMigrationReady = reader.bool()
        reader.requireTagEnd(tag, end)
      } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
    }
  }
  return withUnknownTags<ApiVersionsResponse>({
    errorCode,
    apiKeys,
    throttleTimeMs,
    supportedFeatures,
    finalizedFeaturesEpoch,
    finalizedFeatures,
    zkMigrationReady,
  }, unknownTags)
}

function encodeApiVersionsResponseFinalizedFeatureKey(writer: Writer, _version: number, message: Init<ApiVersionsResponseFinalizedFeatureKey>): void {
  const {
    name = '',
    maxVersionLevel = 0,
    minVersionLevel = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int16(maxVersionLevel)
  writer.int16(minVersionLevel)
  writer.unknownTags(unknownTags)
}

function encodeApiVersionsResponseSupportedFeatureKey(writer: Writer, _version: number, message: Init<ApiVersionsResponseSupportedFeatureKey>): void {
  const {
    name = '',
    minVersion = 0,
    maxVersion = 0,
    unknownTags,
  } = message
  writer.compactString(name)
  writer.int16(minVersion)
  writer.int16(maxVersion)
  writer.unknownTags(unknownTags)
}

function encodeApiVersionsResponseApiVersion(writer: Writer, version: number, message: Init<ApiVersionsResponseApiVersion>): void {
  const {
    apiKey = 0,
    minVersion = 0,
    maxVersion = 0,
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int16(apiKey)
  writer.int16(minVersion)
  writer.int16(maxVersion)
  if (flexible) writer.unknownTags(unknownTags)
}

function encodeApiVersionsResponse(writer: Writer, version: number, message: Init<ApiVersionsResponse>): void {
  const {
    errorCode = 0,
    apiKeys = [],
    throttleTimeMs = 0,
    supportedFeatures = [],
    finalizedFeaturesEpoch = -1n,
    finalizedFeatures = [],
    zkMigrationReady = false,
    unknownTags,
  } = message
  const flexible = version >= 3
  writer.int16(errorCode)
  if (flexible) writer.compactArrayLength(apiKeys.length)
  else writer.arrayLength(apiKeys.length)
  for (const element of apiKeys) encodeApiVersionsResponseApiVersion(writer, version, element)
  if (version >= 1) writer.int32(throttleTimeMs)
  if (flexible) {
    const unknown = inTagOrder(unknownTags)
    let tagCount = unknown.length
    const has0 = supportedFeatures.length !== 0
    if (has0) tagCount++
    const has1 = finalizedFeaturesEpoch !== -1n
    if (has1) tagCount++
    const has2 = finalizedFeatures.length !== 0
    if (has2) tagCount++
    const has3 = zkMigrationReady
    if (has3) tagCount++
    writer.uvarint(tagCount)
    if (tagCount > 0) {
      let next = 0
      next = writer.tagsBefore(0, unknown, next)
      if (has0) {
        writer.tagWith(0, (inner) => {
          inner.compactArrayLength(supportedFeatures.length)
          for (const element of supportedFeatures) encodeApiVersionsResponseSupportedFeatureKey(inner, version, element)
        })
      }
      next = writer.tagsBefore(1, unknown, next)
      if (has1) {
        writer.tag(1, 8)
        writer.int64(finalizedFeaturesEpoch)
      }
      next = writer.tagsBefore(2, unknown, next)
      if (has2) {
        writer.tagWith(2, (inner) => {
          inner.compactArrayLength(finalizedFeatures.length)
          for (const element of finalizedFeatures) encodeApiVersionsResponseFinalizedFeatureKey(inner, version, element)
        })
      }
      next = writer.tagsBefore(3, unknown, next)
      if (has3) {
        writer.tag(3, 1)
        writer.bool(zkMigrationReady)
      }
      writer.tagsFrom(unknown, next)
    }
  }
}

/** ApiVersions, key 18. */
export const apiVersions: Api<ApiVersionsRequest, ApiVersionsResponse> = {
  key: 18,
  name: 'ApiVersions',
  request: messageCodec(
    'ApiVersionsRequest',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 3 },
    decodeApiVersionsRequest,
    encodeApiVersionsRequest,
  ),
  response: messageCodec(
    'ApiVersionsResponse',
    { minVersion: 0, maxVersion: 4, flexibleFrom: 3 },
    decodeApiVersionsResponse,
    encodeApiVersionsResponse,
  ),
}
