// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Api, Init, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 2. */
export interface UpdateFeaturesRequest {
  /** Default: 60000. */
  readonly timeoutMs: number
  readonly featureUpdates: readonly UpdateFeaturesRequestFeatureUpdateKey[]
  /** Since version 1. */
  readonly validateOnly: boolean
  readonly unknownTags?: readonly UnknownTag[]
}

export interface UpdateFeaturesRequestFeatureUpdateKey {
  readonly feature: string
  readonly maxVersionLevel: number
  /** Only version 0. */
  readonly allowDowngrade: boolean
  /** Since version 1. Default: 1. */
  readonly upgradeType: number
  readonly unknownTags?: readonly UnknownTag[]
}

/** Versions 0 to 2. */
export interface UpdateFeaturesResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  /** Versions 0 to 1. */
  readonly results: readonly UpdateFeaturesResponseUpdatableFeatureResult[]
  readonly unknownTags?: readonly UnknownTag[]
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  readonly feature: string
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeUpdateFeaturesRequestFeatureUpdateKey(reader: Reader, version: number): UpdateFeaturesRequestFeatureUpdateKey {
  const feature = reader.compactString()
  const maxVersionLevel = reader.int16()
  const allowDowngrade = version <= 0 ? reader.bool() : false
  const upgradeType = version >= 1 ? reader.int8() : 1
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateFeaturesRequestFeatureUpdateKey>({
    feature,
    maxVersionLevel,
    allowDowngrade,
    upgradeType,
  }, unknownTags)
}

function decodeUpdateFeaturesRequestFeatureUpdateKeyArray(reader: Reader, version: number, count: number): UpdateFeaturesRequestFeatureUpdateKey[] {
  const elements: UpdateFeaturesRequestFeatureUpdateKey[] = []
  for (let index = 0; index < count; index++) elements.push(decodeUpdateFeaturesRequestFeatureUpdateKey(reader, version))
  return elements
}

function decodeUpdateFeaturesRequest(reader: Reader, version: number): UpdateFeaturesRequest {
  const timeoutMs = reader.int32()
  const featureUpdates = decodeUpdateFeaturesRequestFeatureUpdateKeyArray(reader, version, reader.compactArrayLength(5))
  const validateOnly = version >= 1 ? reader.bool() : false
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateFeaturesRequest>({ timeoutMs, featureUpdates, validateOnly }, unknownTags)
}

function encodeUpdateFeaturesRequestFeatureUpdateKey(writer: Writer, version: number, message: Init<UpdateFeaturesRequestFeatureUpdateKey>): void {
  const {
    feature = '',
    maxVersionLevel = 0,
    allowDowngrade = false,
    upgradeType = 1,
    unknownTags,
  } = message
  if (version > 0 && allowDowngrade) {
    throw fieldUnsupported('UpdateFeaturesRequest: allowDowngrade', version)
  }
  if (version < 1 && upgradeType !== 1) {
    throw fieldUnsupported('UpdateFeaturesRequest: upgradeType', version)
  }
  writer.compactString(feature)
  writer.int16(maxVersionLevel)
  if (version <= 0) writer.bool(allowDowngrade)
  if (version >= 1) writer.int8(upgradeType)
  writer.unknownTags(unknownTags)
}

function encodeUpdateFeaturesRequest(writer: Writer, version: number, message: Init<UpdateFeaturesRequest>): void {
  const {
    timeoutMs = 60000,
    featureUpdates = [],
    validateOnly = false,
    unknownTags,
  } = message
  if (version < 1 && validateOnly) {
    throw fieldUnsupported('UpdateFeaturesRequest: validateOnly', version)
  }
  writer.int32(timeoutMs)
  writer.compactArrayLength(featureUpdates.length)
  for (const element of featureUpdates) encodeUpdateFeaturesRequestFeatureUpdateKey(writer, version, element)
  if (version >= 1) writer.bool(validateOnly)
  writer.unknownTags(unknownTags)
}

function decodeUpdateFeaturesResponseUpdatableFeatureResult(reader: Reader, _version: number): UpdateFeaturesResponseUpdatableFeatureResult {
  const feature = reader.compactString()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateFeaturesResponseUpdatableFeatureResult>({
    feature,
    errorCode,
    errorMessage,
  }, unknownTags)
}

function decodeUpdateFeaturesResponseUpdatableFeatureResultArray(reader: Reader, version: number, count: number): UpdateFeaturesResponseUpdatableFeatureResult[] {
  const elements: UpdateFeaturesResponseUpdatableFeatureResult[] = []
  for (let index = 0; index < count; index++) elements.push(decodeUpdateFeaturesResponseUpdatableFeatureResult(reader, version))
  return elements
}

function decodeUpdateFeaturesResponse(reader: Reader, version: number): UpdateFeaturesResponse {
  const throttleTimeMs = reader.int32()
  const errorCode = reader.int16()
  const errorMessage = reader.compactNullableString()
  const results = version <= 1
    ? decodeUpdateFeaturesResponseUpdatableFeatureResultArray(reader, version, reader.compactArrayLength(5))
    : []
  const unknownTags = reader.unknownTags()
  return withUnknownTags<UpdateFeaturesResponse>({ throttleTimeMs, errorCode, errorMessage, results }, unknownTags)
}

function encodeUpdateFeaturesResponseUpdatableFeatureResult(writer: Writer, _version: number, message: Init<UpdateFeaturesResponseUpdatableFeatureResult>): void {
  const {
    feature = '',
    errorCode = 0,
    errorMessage = '',
    unknownTags,
  } = message
  writer.compactString(feature)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  writer.unknownTags(unknownTags)
}

function encodeUpdateFeaturesResponse(writer: Writer, version: number, message: Init<UpdateFeaturesResponse>): void {
  const {
    throttleTimeMs = 0,
    errorCode = 0,
    errorMessage = '',
    results = [],
    unknownTags,
  } = message
  writer.int32(throttleTimeMs)
  writer.int16(errorCode)
  writer.compactNullableString(errorMessage)
  if (version <= 1) {
    writer.compactArrayLength(results.length)
    for (const element of results) encodeUpdateFeaturesResponseUpdatableFeatureResult(writer, version, element)
  }
  writer.unknownTags(unknownTags)
}

/** UpdateFeatures, key 57. */
export const updateFeatures: Api<UpdateFeaturesRequest, UpdateFeaturesResponse> = {
  key: 57,
  name: 'UpdateFeatures',
  request: messageCodec(
    'UpdateFeaturesRequest',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeUpdateFeaturesRequest,
    encodeUpdateFeaturesRequest,
  ),
  response: messageCodec(
    'UpdateFeaturesResponse',
    { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
    decodeUpdateFeaturesResponse,
    encodeUpdateFeaturesResponse,
  ),
}
