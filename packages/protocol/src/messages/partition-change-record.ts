// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec, UnknownTag } from '../api.ts'
import { fieldUnsupported, messageCodec, withUnknownTags } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import { inTagOrder } from '../primitives/tags.ts'
import type { Writer } from '../primitives/writer.ts'
import { zeroUuid } from '../uuid.ts'

/** Versions 0 to 2. */
export interface PartitionChangeRecord {
  /** Default: -1. */
  readonly partitionId: number
  readonly topicId: string
  /** Default: null. */
  readonly isr: readonly number[] | null
  /** Default: -2. */
  readonly leader: number
  /** Default: null. */
  readonly replicas: readonly number[] | null
  /** Default: null. */
  readonly removingReplicas: readonly number[] | null
  /** Default: null. */
  readonly addingReplicas: readonly number[] | null
  /** Default: -1. */
  readonly leaderRecoveryState: number
  /** Since version 1. Default: null. */
  readonly directories: readonly string[] | null
  /** Since version 2. Default: null. */
  readonly eligibleLeaderReplicas: readonly number[] | null
  /** Since version 2. Default: null. */
  readonly lastKnownElr: readonly number[] | null
  readonly unknownTags?: readonly UnknownTag[]
}

function decodePartitionChangeRecord(reader: Reader, version: number): PartitionChangeRecord {
  const partitionId = reader.int32()
  const topicId = reader.uuid()
  let isr: PartitionChangeRecord['isr'] = null
  let leader: PartitionChangeRecord['leader'] = -2
  let replicas: PartitionChangeRecord['replicas'] = null
  let removingReplicas: PartitionChangeRecord['removingReplicas'] = null
  let addingReplicas: PartitionChangeRecord['addingReplicas'] = null
  let leaderRecoveryState: PartitionChangeRecord['leaderRecoveryState'] = -1
  let directories: PartitionChangeRecord['directories'] = null
  let eligibleLeaderReplicas: PartitionChangeRecord['eligibleLeaderReplicas'] = null
  let lastKnownElr: PartitionChangeRecord['lastKnownElr'] = null
  let unknownTags: UnknownTag[] | undefined
  for (let tagCount = reader.tagCount(); tagCount > 0; tagCount--) {
    const tag = reader.uvarint()
    const end = reader.tagEnd()
    if (tag === 0) {
      isr = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else if (tag === 1) {
      leader = reader.int32()
      reader.requireTagEnd(tag, end)
    } else if (tag === 2) {
      replicas = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else if (tag === 3) {
      removingReplicas = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else if (tag === 4) {
      addingReplicas = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else if (tag === 5) {
      leaderRecoveryState = reader.int8()
      reader.requireTagEnd(tag, end)
    } else if (tag === 8 && version >= 1) {
      directories = reader.nullableUuidArray(reader.compactNullableArrayLength(16))
      reader.requireTagEnd(tag, end)
    } else if (tag === 6 && version >= 2) {
      eligibleLeaderReplicas = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else if (tag === 7 && version >= 2) {
      lastKnownElr = reader.nullableInt32Array(reader.compactNullableArrayLength(4))
      reader.requireTagEnd(tag, end)
    } else (unknownTags ??= []).push(reader.unknownTag(tag, end))
  }
  return withUnknownTags<PartitionChangeRecord>({
    partitionId,
    topicId,
    isr,
    leader,
    replicas,
    removingReplicas,
    addingReplicas,
    leaderRecoveryState,
    directories,
    eligibleLeaderReplicas,
    lastKnownElr,
  }, unknownTags)
}

function encodePartitionChangeRecord(writer: Writer, version: number, message: Init<PartitionChangeRecord>): void {
  const {
    partitionId = -1,
    topicId = zeroUuid,
    isr = null,
    leader = -2,
    replicas = null,
    removingReplicas = null,
    addingReplicas = null,
    leaderRecoveryState = -1,
    directories = null,
    eligibleLeaderReplicas = null,
    lastKnownElr = null,
    unknownTags,
  } = message
  if (version < 1 && directories !== null) {
    throw fieldUnsupported('PartitionChangeRecord: directories', version)
  }
  if (version < 2 && eligibleLeaderReplicas !== null) {
    throw fieldUnsupported('PartitionChangeRecord: eligibleLeaderReplicas', version)
  }
  if (version < 2 && lastKnownElr !== null) {
    throw fieldUnsupported('PartitionChangeRecord: lastKnownElr', version)
  }
  writer.int32(partitionId)
  writer.uuid(topicId)
  const unknown = inTagOrder(unknownTags)
  let tagCount = unknown.length
  const has0 = isr !== null
  if (has0) tagCount++
  const has1 = leader !== -2
  if (has1) tagCount++
  const has2 = replicas !== null
  if (has2) tagCount++
  const has3 = removingReplicas !== null
  if (has3) tagCount++
  const has4 = addingReplicas !== null
  if (has4) tagCount++
  const has5 = leaderRecoveryState !== -1
  if (has5) tagCount++
  const has6 = version >= 2 && eligibleLeaderReplicas !== null
  if (has6) tagCount++
  const has7 = version >= 2 && lastKnownElr !== null
  if (has7) tagCount++
  const has8 = version >= 1 && directories !== null
  if (has8) tagCount++
  writer.uvarint(tagCount)
  if (tagCount > 0) {
    let next = 0
    next = writer.tagsBefore(0, unknown, next)
    if (has0) {
      writer.tagWith(0, (inner) => {
        inner.compactArrayLength(isr === null ? -1 : isr.length)
        if (isr !== null) inner.int32Array(isr)
      })
    }
    next = writer.tagsBefore(1, unknown, next)
    if (has1) {
      writer.tag(1, 4)
      writer.int32(leader)
    }
    next = writer.tagsBefore(2, unknown, next)
    if (has2) {
      writer.tagWith(2, (inner) => {
        inner.compactArrayLength(replicas === null ? -1 : replicas.length)
        if (replicas !== null) inner.int32Array(replicas)
      })
    }
    next = writer.tagsBefore(3, unknown, next)
    if (has3) {
      writer.tagWith(3, (inner) => {
        inner.compactArrayLength(removingReplicas === null ? -1 : removingReplicas.length)
        if (removingReplicas !== null) inner.int32Array(removingReplicas)
      })
    }
    next = writer.tagsBefore(4, unknown, next)
    if (has4) {
      writer.tagWith(4, (inner) => {
        inner.compactArrayLength(addingReplicas === null ? -1 : addingReplicas.length)
        if (addingReplicas !== null) inner.int32Array(addingReplicas)
      })
    }
    next = writer.tagsBefore(5, unknown, next)
    if (has5) {
      writer.tag(5, 1)
      writer.int8(leaderRecoveryState)
    }
    if (version >= 2) next = writer.tagsBefore(6, unknown, next)
    if (has6) {
      writer.tagWith(6, (inner) => {
        inner.compactArrayLength(eligibleLeaderReplicas === null ? -1 : eligibleLeaderReplicas.length)
        if (eligibleLeaderReplicas !== null) inner.int32Array(eligibleLeaderReplicas)
      })
    }
    if (version >= 2) next = writer.tagsBefore(7, unknown, next)
    if (has7) {
      writer.tagWith(7, (inner) => {
        inner.compactArrayLength(lastKnownElr === null ? -1 : lastKnownElr.length)
        if (lastKnownElr !== null) inner.int32Array(lastKnownElr)
      })
    }
    if (version >= 1) next = writer.tagsBefore(8, unknown, next)
    if (has8) {
      writer.tagWith(8, (inner) => {
        inner.compactArrayLength(directories === null ? -1 : directories.length)
        if (directories !== null) inner.uuidArray(directories)
      })
    }
    writer.tagsFrom(unknown, next)
  }
}

/** Record id 5 of a metadata log. */
export const partitionChangeRecord: MessageCodec<PartitionChangeRecord> = messageCodec(
  'PartitionChangeRecord',
  { minVersion: 0, maxVersion: 2, flexibleFrom: 0 },
  decodePartitionChangeRecord,
  encodePartitionChangeRecord,
)
