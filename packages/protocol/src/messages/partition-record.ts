// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 2. */
export interface PartitionRecord {
  /** Default: -1. */
  readonly partitionId: number
  readonly topicId: string
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly removingReplicas: readonly number[]
  readonly addingReplicas: readonly number[]
  /** Default: -1. */
  readonly leader: number
  readonly leaderRecoveryState: number
  /** Default: -1. */
  readonly leaderEpoch: number
  /** Default: -1. */
  readonly partitionEpoch: number
  /** Since version 1. */
  readonly directories: readonly string[]
  /** Since version 2. Default: null. */
  readonly eligibleLeaderReplicas: readonly number[] | null
  /** Since version 2. Default: null. */
  readonly lastKnownElr: readonly number[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodePartitionRecord(reader: Reader, version: number): PartitionRecord {
  const partitionId = reader.int32()
  const topicId = reader.uuid()
  const replicas = reader.int32Array(reader.compactArrayLength(4))
  const isr = reader.int32Array(reader.compactArrayLength(4))
  const removingReplicas = reader.int32Array(reader.compactArrayLength(4))
  const addingReplicas = reader.int32Array(reader.compactArrayLength(4))
  const leader = reader.int32()
  const leaderEpoch = reader.int32()
  const partitionEpoch = reader.int32()
  const directories = version >= 1 ? reader.uuidArray(reader.compactArrayLength(16)) : []
  let leaderRecoveryState: PartitionRecord['leaderRecoveryState'] = 0
  let eligibleLeaderReplicas: PartitionRecord['eligibleLeaderReplicas'] = null
  let lastKnownElr: PartitionRecord['lastKnownElr'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      leaderRecoveryState = reader.int8()
      reader.requireTagEnd(tag, end)
    } else if (tag === 1 && version >= 2) {
      eligibleLeaderReplicas = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else if (tag === 2 && version >= 2) {
      lastKnownElr = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<PartitionRecord>({
    partitionId,
    topicId,
    replicas,
    isr,
    removingReplicas,
    addingReplicas,
    leader,
    leaderRecoveryState,
    leaderEpoch,
    partitionEpoch,
    directories,
    eligibleLeaderReplicas,
    lastKnownElr,
  }, unknownTags)
}

function encodePartitionRecord(writer: Writer, version: number, message: Init<PartitionRecord>): void {
  const {
    partitionId = -1,
    topicId = zeroUuid,
    replicas = [],
    isr = [],
    removingReplicas = [],
    addingReplicas = [],
    leader = -1,
    leaderRecoveryState = 0,
    leaderEpoch = -1,
    partitionEpoch = -1,
    directories = [],
    eligibleLeaderReplicas = null,
    lastKnownElr = null,
    unknownTags,
  } = message
  if (version < 1 && directories.length !== 0) {
    throw fieldUnsupported('PartitionRecord: directories', version)
  }
  if (version < 2 && eligibleLeaderReplicas !== null) {
    throw fieldUnsupported('PartitionRecord: eligibleLeaderReplicas', version)
  }
  if (version < 2 && lastKnownElr !== null) {
    throw fieldUnsupported('PartitionRecord: lastKnownElr', version)
  }
  writer.int32(partitionId)
  writer.uuid(topicId)
  writer.compactArrayLength(replicas.length)
  writer.int32Array(replicas)
  writer.compactArrayLength(isr.length)
  writer.int32Array(isr)
  writer.compactArrayLength(removingReplicas.length)
  writer.int32Array(removingReplicas)
  writer.compactArrayLength(addingReplicas.length)
  writer.int32Array(addingReplicas)
  writer.int32(leader)
  writer.int32(leaderEpoch)
  writer.int32(partitionEpoch)
  if (version >= 1) {
    writer.compactArrayLength(directories.length)
    writer.uuidArray(directories)
  }
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = leaderRecoveryState !== 0
  if (has0) tagCount++
  const has1 = version >= 2 && eligibleLeaderReplicas !== null
  if (has1) tagCount++
  const has2 = version >= 2 && lastKnownElr !== null
  if (has2) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tag(0, 1)
      writer.int8(leaderRecoveryState)
    }
    if (version >= 2) next = writer.tagsBefore(1, unknown, next)
    if (has1) {
      writer.tagWith(1, (inner) => {
        inner.compactArrayLength(eligibleLeaderReplicas === null ? -1 : eligibleLeaderReplicas.length)
        if (eligibleLeaderReplicas !== null) inner.int32Array(eligibleLeaderReplicas)
      })
    }
    if (version >= 2) next = writer.tagsBefore(2, unknown, next)
    if (has2) {
      writer.tagWith(2, (inner) => {
        inner.compactArrayLength(lastKnownElr === null ? -1 : lastKnownElr.length)
        if (lastKnownElr !== null) inner.int32Array(lastKnownElr)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record id 3 of a metadata log. */
export const partitionRecord: MessageCodec<PartitionRecord> = messageCodec(
  'PartitionRecord',
  { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
  decodePartitionRecord,
  encodePartitionRecord,
)
