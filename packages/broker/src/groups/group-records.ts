import { Reader, zeroUuid } from '@streamwright/protocol'
import { groupMetadataKey } from '@streamwright/protocol/messages/group-metadata-key'
import type { GroupMetadataValue } from '@streamwright/protocol/messages/group-metadata-value'
import { groupMetadataValue } from '@streamwright/protocol/messages/group-metadata-value'
import { offsetCommitKey } from '@streamwright/protocol/messages/offset-commit-key'
import { offsetCommitValue } from '@streamwright/protocol/messages/offset-commit-value'
import type { CommittedOffset } from './committed-offsets.ts'
import type { ConsumerGroupChange } from './consumer/consumer-group-records.ts'
import { readConsumerGroupRecord } from './consumer/consumer-group-records.ts'
import type { Group } from './group.ts'
import type { GroupRecord } from './record-framing.ts'
import { framed, unframed } from './record-framing.ts'

/** What a key begins with, and so what a record of `__consumer_offsets` is. 0 is an older form of 1. */
const RecordType = { legacyOffsetCommit: 0, offsetCommit: 1, groupMetadata: 2 } as const

/** The versions that Apache Kafka 4.3 writes. */
const offsetCommitVersion = 4
const groupMetadataVersion = 3

/** A record read. Records of other kinds of groups are not for this version of the broker. */
export type ReadGroupRecord =
  | {
      readonly kind: 'offset'
      readonly group: string
      readonly topic: string
      readonly partition: number
      readonly offset: CommittedOffset | null
    }
  | { readonly kind: 'group'; readonly group: string; readonly value: GroupMetadataValue | null }
  | { readonly kind: 'consumer'; readonly group: string; readonly change: ConsumerGroupChange }
  | { readonly kind: 'other' }

export function offsetRecord(
  group: string,
  topic: string,
  partition: number,
  offset: CommittedOffset | null,
): GroupRecord {
  return {
    key: framed(offsetCommitKey, RecordType.offsetCommit, 0, { group, topic, partition }),
    value:
      offset === null
        ? null
        : framed(offsetCommitValue, offsetCommitVersion, offsetCommitVersion, {
            offset: BigInt(offset.offset),
            leaderEpoch: offset.leaderEpoch,
            metadata: offset.metadata,
            commitTimestamp: BigInt(offset.commitTimestampMs),
            topicId: offset.topicId,
          }),
  }
}

export function groupTombstone(group: string): GroupRecord {
  return { key: framed(groupMetadataKey, RecordType.groupMetadata, 0, { group }), value: null }
}

/** The group as it is, but for `assignments` where they are given. */
export function groupRecord(group: Group, assignments?: ReadonlyMap<string, Uint8Array>): GroupRecord {
  return {
    key: groupTombstone(group.id).key,
    value: framed(groupMetadataValue, groupMetadataVersion, groupMetadataVersion, {
      protocolType: group.protocolType,
      generation: group.generation,
      protocol: group.protocolName,
      leader: group.leaderId,
      currentStateTimestamp: BigInt(group.stateSinceMs),
      members: [...group.members].map((member) => ({
        memberId: member.id,
        groupInstanceId: member.instanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeout: member.rebalanceTimeoutMs,
        sessionTimeout: member.sessionTimeoutMs,
        subscription: member.metadataFor(group.protocolName),
        assignment: assignments?.get(member.id) ?? member.assignment,
      })),
    }),
  }
}

/** Throws `ProtocolError` for what no broker has written. */
export function readGroupRecord(key: Buffer, value: Buffer | null): ReadGroupRecord {
  const reader = new Reader(key)
  const type = reader.int16()
  if (type === RecordType.groupMetadata) {
    const { group } = groupMetadataKey.decode(reader, 0)
    return { kind: 'group', group, value: value === null ? null : unframed(groupMetadataValue, value) }
  }
  if (type !== RecordType.offsetCommit && type !== RecordType.legacyOffsetCommit) {
    const read = readConsumerGroupRecord(type, reader, value)
    return read === undefined ? { kind: 'other' } : { kind: 'consumer', ...read }
  }
  const { group, topic, partition } = offsetCommitKey.decode(reader, 0)
  if (value === null) return { kind: 'offset', group, topic, partition, offset: null }
  const read = unframed(offsetCommitValue, value)
  return {
    kind: 'offset',
    group,
    topic,
    partition,
    offset: {
      offset: Number(read.offset),
      leaderEpoch: read.leaderEpoch,
      metadata: read.metadata,
      commitTimestampMs: Number(read.commitTimestamp),
      topicId: read.topicId ?? zeroUuid,
    },
  }
}
