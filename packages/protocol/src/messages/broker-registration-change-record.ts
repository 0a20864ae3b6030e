// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 3. */
export interface BrokerRegistrationChangeRecord {
  readonly brokerId: number
  readonly brokerEpoch: bigint
  readonly fenced: number
  /** Since version 1. */
  readonly inControlledShutdown: number
  /** Since version 2. */
  readonly logDirs: readonly string[]
  /** Since version 3. Default: null. */
  readonly cordonedLogDirs: readonly string[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodeBrokerRegistrationChangeRecord(reader: Reader, version: number): BrokerRegistrationChangeRecord {
  const brokerId = reader.int32()
  const brokerEpoch = reader.int64()
  let fenced: BrokerRegistrationChangeRecord['fenced'] = 0
  let inControlledShutdown: BrokerRegistrationChangeRecord['inControlledShutdown'] = 0
  let logDirs: BrokerRegistrationChangeRecord['logDirs'] = []
  let cordonedLogDirs: BrokerRegistrationChangeRecord['cordonedLogDirs'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      fenced = reader.int8()
      reader.requireTagEnd(tag, end)
    } else if (tag === 1 && version >= 1) {
      inControlledShutdown = reader.int8()
      reader.requireTagEnd(tag, end)
    } else if (tag === 2 && version >= 2) {
      logDirs = reader.uuidArray(reader.compactArrayLength(16))
      reader.requireTagEnd(tag, end)
    } else if (tag === 3 && version >= 3) {
      cordonedLogDirs = reader.nullableUuidArray(reader.compactNullableArrayLength(16))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<BrokerRegistrationChangeRecord>({
    brokerId,
    brokerEpoch,
    fenced,
    inControlledShutdown,
    logDirs,
    cordonedLogDirs,
  }, unknownTags)
}

function encodeBrokerRegistrationChangeRecord(writer: Writer, version: number, message: Init<BrokerRegistrationChangeRecord>): void {
  const {
    brokerId = 0,
    brokerEpoch = 0n,
    fenced = 0,
    inControlledShutdown = 0,
    logDirs = [],
    cordonedLogDirs = null,
    unknownTags,
  } = message
  if (version < 1 && inControlledShutdown !== 0) {
    throw fieldUnsupported('BrokerRegistrationChangeRecord: inControlledShutdown', version)
  }
  if (version < 2 && logDirs.length !== 0) {
    throw fieldUnsupported('BrokerRegistrationChangeRecord: logDirs', version)
  }
  if (version < 3 && cordonedLogDirs !== null) {
    throw fieldUnsupported('BrokerRegistrationChangeRecord: cordonedLogDirs', version)
  }
  writer.int32(brokerId)
  writer.int64(brokerEpoch)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = fenced !== 0
  if (has0) tagCount++
  const has1 = version >= 1 && inControlledShutdown !== 0
  if (has1) tagCount++
  const has2 = version >= 2 && logDirs.length !== 0
  if (has2) tagCount++
  const has3 = version >= 3 && cordonedLogDirs !== null
  if (has3) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 1)
      writer.int8(fenced)
    }
    if (version >= 1) next = writer.tagsBefore(1, unknown, next)
    if (has1) {
      writer.tag(1, 1)
      writer.int8(inControlledShutdown)
    }
    if (version >= 2) next = writer.tagsBefore(2, unknown, next)
    if (has2) {
      writer.tagWith(2, (inner) => {
        inner.compactArrayLength(logDirs.length)
        inner.uuidArray(logDirs)
      })
    }
    if (version >= 3) next = writer.tagsBefore(3, unknown, next)
    if (has3) {
      writer.tagWith(3, (inner) => {
        inner.compactArrayLength(cordonedLogDirs === null ? -1 : cordonedLogDirs.length)
        if (cordonedLogDirs !== null) inner.uuidArray(cordonedLogDirs)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record id 17 of a metadata log. */
export const brokerRegistrationChangeRecord: MessageCodec<BrokerRegistrationChangeRecord> = messageCodec(
  'BrokerRegistrationChangeRecord',
  { minVersion: 0, maxVersion: 3, flexibleFrom: 0 },
  decodeBrokerRegistrationChangeRecord,
  encodeBrokerRegistrationChangeRecord,
)
