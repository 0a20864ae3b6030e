import type { Init, MessageCodec, Reader } from '@streamwright/protocol'
import { consumerGroupCurrentMemberAssignmentKey } from '@streamwright/protocol/messages/consumer-group-current-member-assignment-key'
import type { ConsumerGroupCurrentMemberAssignmentValueTopicPartitions } from '@streamwright/protocol/messages/consumer-group-current-member-assignment-value'
import { consumerGroupCurrentMemberAssignmentValue } from '@streamwright/protocol/messages/consumer-group-current-member-assignment-value'
import { consumerGroupMemberMetadataKey } from '@streamwright/protocol/messages/consumer-group-member-metadata-key'
import { consumerGroupMemberMetadataValue } from '@streamwright/protocol/messages/consumer-group-member-metadata-value'
import { consumerGroupMetadataKey } from '@streamwright/protocol/messages/consumer-group-metadata-key'
import { consumerGroupMetadataValue } from '@streamwright/protocol/messages/consumer-group-metadata-value'
import { consumerGroupPartitionMetadataKey } from '@streamwright/protocol/messages/consumer-group-partition-metadata-key'
import { consumerGroupRegularExpressionKey } from '@streamwright/protocol/messages/consumer-group-regular-expression-key'
import { consumerGroupRegularExpressionValue } from '@streamwright/protocol/messages/consumer-group-regular-expression-value'
import { consumerGroupTargetAssignmentMemberKey } from '@streamwright/protocol/messages/consumer-group-target-assignment-member-key'
import { consumerGroupTargetAssignmentMemberValue } from '@streamwright/protocol/messages/consumer-group-target-assignment-member-value'
import { consumerGroupTargetAssignmentMetadataKey } from '@streamwright/protocol/messages/consumer-group-target-assignment-metadata-key'
import { consumerGroupTargetAssignmentMetadataValue } from '@streamwright/protocol/messages/consumer-group-target-assignment-metadata-value'
import { unreachable } from '@streamwright/std'
import type { GroupRecord } from '../record-framing.ts'
import { framed, unframed } from '../record-framing.ts'
import type { CurrentAssignment, MemberMetadata, MemberState } from './consumer-group-member.ts'
import type { AssignedPartitions, TopicPartitions } from './topic-partitions.ts'
import { topicPartitionLists, topicPartitionsOf } from './topic-partitions.ts'

/** The topics that a regular expression was found to match, and when. */
export interface ResolvedRegex {
  readonly topics: ReadonlySet<string>
  /** Of the metadata that was looked at. */
  readonly version: number
  readonly timestampMs: number
}

/** One change of a consumer group; a null value deletes. What is written to the disk, and what the group is made of. */
export type ConsumerGroupChange =
  | { readonly kind: 'group'; readonly value: { readonly epoch: number; readonly metadataHash: bigint } | null }
  | {
      readonly kind: 'targetEpoch'
      readonly value: { readonly epoch: number; readonly timestampMs: number } | null
    }
  | { readonly kind: 'member'; readonly memberId: string; readonly value: MemberMetadata | null }
  | { readonly kind: 'target'; readonly memberId: string; readonly value: TopicPartitions | null }
  | { readonly kind: 'current'; readonly memberId: string; readonly value: CurrentAssignment | null }
  | { readonly kind: 'regex'; readonly regex: string; readonly value: ResolvedRegex | null }
  /** What versions before 4.1 kept of topics. It is only ever removed. */
  | { readonly kind: 'partitionMetadata'; readonly value: 'present' | null }

/** What a key begins with. */
const Type = {
  group: 3,
  partitionMetadata: 4,
  member: 5,
  targetEpoch: 6,
  target: 7,
  current: 8,
  regex: 16,
} as const

const stateNumbers: Readonly<Record<MemberState, number>> = { stable: 0, unrevoked: 1, unreleased: 2, unknown: 127 }
const states: readonly MemberState[] = ['stable', 'unrevoked', 'unreleased']
const version = 0

/** The change as a record, in the format of Apache Kafka 4.3. */
export function consumerGroupRecord(groupId: string, change: ConsumerGroupChange): GroupRecord {
  const key = <M>(codec: MessageCodec<M>, message: Init<M>): Buffer =>
    framed<M>(codec, Type[change.kind], version, message)
  const value = <M>(codec: MessageCodec<M>, message: Init<M>): Buffer => framed<M>(codec, version, version, message)
  switch (change.kind) {
    case 'group':
      return {
        key: key(consumerGroupMetadataKey, { groupId }),
        value: change.value === null ? null : value(consumerGroupMetadataValue, change.value),
      }
    case 'partitionMetadata':
      return { key: key(consumerGroupPartitionMetadataKey, { groupId }), value: null }
    case 'member': {
      const { memberId } = change
      return {
        key: key(consumerGroupMemberMetadataKey, { groupId, memberId }),
        value: change.value === null ? null : memberValue(change.value),
      }
    }
    case 'targetEpoch':
      return {
        key: key(consumerGroupTargetAssignmentMetadataKey, { groupId }),
        value:
          change.value === null
            ? null
            : value(consumerGroupTargetAssignmentMetadataValue, {
                assignmentEpoch: change.value.epoch,
                assignmentTimestamp: BigInt(change.value.timestampMs),
              }),
      }
    case 'target': {
      const { memberId } = change
      const topicPartitions = change.value === null ? [] : topicPartitionLists(change.value)
      return {
        key: key(consumerGroupTargetAssignmentMemberKey, { groupId, memberId }),
        value: change.value === null ? null : value(consumerGroupTargetAssignmentMemberValue, { topicPartitions }),
      }
    }
    case 'current': {
      const { memberId } = change
      return {
        key: key(consumerGroupCurrentMemberAssignmentKey, { groupId, memberId }),
        value: change.value === null ? null : currentValue(change.value),
      }
    }
    case 'regex':
      return {
        key: key(consumerGroupRegularExpressionKey, { groupId, regularExpression: change.regex }),
        value: change.value === null ? null : regexValue(change.value),
      }
    default:
      return unreachable(change)
  }
}

function memberValue(member: MemberMetadata): Buffer {
  return framed(consumerGroupMemberMetadataValue, version, version, {
    instanceId: member.instanceId,
    rackId: member.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: [...member.subscribedTopicNames].toSorted(),
    subscribedTopicRegex: member.subscribedTopicRegex,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    serverAssignor: member.serverAssignor,
    classicMemberMetadata:
      member.classic === null
        ? null
        : { sessionTimeoutMs: member.classic.sessionTimeoutMs, supportedProtocols: member.classic.protocols },
  })
}

function currentValue(current: CurrentAssignment): Buffer {
  return framed(consumerGroupCurrentMemberAssignmentValue, version, version, {
    memberEpoch: current.epoch,
    previousMemberEpoch: current.previousEpoch,
    state: stateNumbers[current.state],
    assignedPartitions: epochLists(current.assigned),
    partitionsPendingRevocation: epochLists(current.pendingRevocation),
  })
}

function regexValue(resolved: ResolvedRegex): Buffer {
  return framed(consumerGroupRegularExpressionValue, version, version, {
    topics: [...resolved.topics].toSorted(),
    version: BigInt(resolved.version),
    timestamp: BigInt(resolved.timestampMs),
  })
}

/** The record of a key that begins with `type`; `undefined`: it is not one of a consumer group. */
export function readConsumerGroupRecord(
  type: number,
  key: Reader,
  value: Buffer | null,
): { readonly group: string; readonly change: ConsumerGroupChange } | undefined {
  switch (type) {
    case Type.group: {
      const { groupId: group } = consumerGroupMetadataKey.decode(key, version)
      return { group, change: { kind: 'group', value: value && unframed(consumerGroupMetadataValue, value) } }
    }
    case Type.partitionMetadata: {
      const { groupId: group } = consumerGroupPartitionMetadataKey.decode(key, version)
      return { group, change: { kind: 'partitionMetadata', value: value === null ? null : 'present' } }
    }
    case Type.member: {
      const { groupId: group, memberId } = consumerGroupMemberMetadataKey.decode(key, version)
      return { group, change: { kind: 'member', memberId, value: value && readMember(value) } }
    }
    case Type.targetEpoch: {
      const { groupId: group } = consumerGroupTargetAssignmentMetadataKey.decode(key, version)
      return { group, change: { kind: 'targetEpoch', value: value && readTargetEpoch(value) } }
    }
    case Type.target: {
      const { groupId: group, memberId } = consumerGroupTargetAssignmentMemberKey.decode(key, version)
      const read = value && unframed(consumerGroupTargetAssignmentMemberValue, value)
      return { group, change: { kind: 'target', memberId, value: read && topicPartitionsOf(read.topicPartitions) } }
    }
    case Type.current: {
      const { groupId: group, memberId } = consumerGroupCurrentMemberAssignmentKey.decode(key, version)
      return { group, change: { kind: 'current', memberId, value: value && readCurrent(value) } }
    }
    case Type.regex: {
      const { groupId: group, regularExpression: regex } = consumerGroupRegularExpressionKey.decode(key, version)
      return { group, change: { kind: 'regex', regex, value: value && readRegex(value) } }
    }
    default:
      return undefined
  }
}

function readMember(value: Buffer): MemberMetadata {
  const read = unframed(consumerGroupMemberMetadataValue, value)
  const classic = read.classicMemberMetadata
  return {
    instanceId: read.instanceId,
    rackId: read.rackId,
    clientId: read.clientId,
    clientHost: read.clientHost,
    rebalanceTimeoutMs: read.rebalanceTimeoutMs,
    subscribedTopicNames: new Set(read.subscribedTopicNames),
    subscribedTopicRegex: read.subscribedTopicRegex,
    serverAssignor: read.serverAssignor,
    classic: classic && {
      sessionTimeoutMs: classic.sessionTimeoutMs,
      // Kept for as long as the member lives: the batch's buffer must not be.
      protocols: classic.supportedProtocols.map(({ name, metadata }) => ({
        name,
        metadata: Uint8Array.from(metadata),
      })),
    },
  }
}

function readTargetEpoch(value: Buffer): { readonly epoch: number; readonly timestampMs: number } {
  const { assignmentEpoch, assignmentTimestamp } = unframed(consumerGroupTargetAssignmentMetadataValue, value)
  return { epoch: assignmentEpoch, timestampMs: Number(assignmentTimestamp) }
}

function readCurrent(value: Buffer): CurrentAssignment {
  const read = unframed(consumerGroupCurrentMemberAssignmentValue, value)
  return {
    epoch: read.memberEpoch,
    previousEpoch: read.previousMemberEpoch,
    state: states[read.state] ?? 'unknown',
    assigned: assignedOf(read.assignedPartitions, read.memberEpoch),
    pendingRevocation: assignedOf(read.partitionsPendingRevocation, read.memberEpoch),
  }
}

function readRegex(value: Buffer): ResolvedRegex {
  const { topics, version: metadataVersion, timestamp } = unframed(consumerGroupRegularExpressionValue, value)
  return { topics: new Set(topics), version: Number(metadataVersion), timestampMs: Number(timestamp) }
}

function epochLists(assigned: AssignedPartitions): ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[] {
  return topicPartitionLists(assigned).map(({ topicId, partitions }) => ({
    topicId,
    partitions,
    assignmentEpochs: partitions.map((partition) => assigned.get(topicId)?.get(partition) ?? 0),
  }))
}

/** Versions before 4.3 wrote no epochs: the member's own stands for them, which is the strictest. */
function assignedOf(
  lists: readonly ConsumerGroupCurrentMemberAssignmentValueTopicPartitions[],
  memberEpoch: number,
): AssignedPartitions {
  return new Map(
    lists.map(({ topicId, partitions, assignmentEpochs: epochs }) => {
      const isComplete = epochs !== null && epochs.length === partitions.length
      const epochAt = (index: number): number => (isComplete ? (epochs[index] ?? 0) : Math.max(memberEpoch, 0))
      return [topicId, new Map(partitions.map((partition, index) => [partition, epochAt(index)]))]
    }),
  )
}
