import { ErrorCode, kafkaError } from '@streamwright/protocol'
import type { KafkaError } from '@streamwright/protocol'
import { offsetCommit } from '@streamwright/protocol/messages/offset-commit'
import { offsetDelete } from '@streamwright/protocol/messages/offset-delete'
import { offsetFetch } from '@streamwright/protocol/messages/offset-fetch'
import { present } from '@streamwright/std'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import { groupByTopic, keyOf, partitionKey } from '../consumer/topic-partition.ts'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import { AdminError } from './admin-error.ts'

/** The last versions that name topics by name. */
const namesUntil = 9

/** An offset that a group has committed. */
export interface GroupOffset extends TopicPartition {
  /** Of the next record to read. */
  readonly offset: number
  /** What the committer wrote beside it; empty for none. */
  readonly metadata: string
  /** −1: not known. */
  readonly leaderEpoch: number
}

/** An offset for a group to continue from. */
export interface NewGroupOffset extends TopicPartition {
  readonly offset: number
  readonly metadata?: string
  readonly leaderEpoch?: number
}

export interface ListGroupOffsetsOptions extends AdminOptions {
  /** Only these. Default: all that the group has committed. */
  readonly partitions?: readonly TopicPartition[]
  /** Wait until transactions are decided that have committed offsets. Default false. */
  readonly requireStable?: boolean
}

export function fetchGroupOffsets(
  calls: AdminCalls,
  groupId: string,
  options: ListGroupOffsetsOptions,
): Promise<Map<string, GroupOffset>> {
  const topics =
    options.partitions === undefined
      ? null
      : Array.from(groupByTopic(options.partitions), ([name, partitionIndexes]) => ({ name, partitionIndexes }))
  const requireStable = options.requireStable ?? false
  return calls.atCoordinator('The offsets', groupId, options, async (coordinator, timeoutMs) => {
    const response = await calls.cluster.send(
      coordinator,
      offsetFetch,
      (version) =>
        version >= 8
          ? { groups: [{ groupId, topics }], requireStable }
          : { groupId, topics, ...(version >= 7 ? { requireStable } : {}) },
      { timeoutMs, minVersion: topics === null ? 2 : 1, maxVersion: namesUntil },
    )
    const group = response.groups[0] ?? response
    if (group.errorCode !== ErrorCode.NONE) throw kafkaError(group.errorCode, groupId)
    const offsets = new Map<string, GroupOffset>()
    for (const { name: topic, partitions } of group.topics) {
      for (const {
        partitionIndex: partition,
        committedOffset,
        committedLeaderEpoch,
        metadata,
        errorCode,
      } of partitions) {
        if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, partitionKey(topic, partition))
        if (committedOffset < 0n) continue
        const offset = { offset: Number(committedOffset), metadata: metadata ?? '', leaderEpoch: committedLeaderEpoch }
        offsets.set(partitionKey(topic, partition), { topic, partition, ...offset })
      }
    }
    return offsets
  })
}

export async function commitGroupOffsets(
  calls: AdminCalls,
  groupId: string,
  offsets: readonly NewGroupOffset[],
  options: AdminOptions,
): Promise<void> {
  const byKey = new Map(offsets.map((offset) => [keyOf(offset), offset]))
  const topics = Array.from(groupByTopic(byKey.values()), ([name, partitions]) => ({
    name,
    partitions: partitions.map((partitionIndex) => {
      const { offset, metadata, leaderEpoch } = present(
        byKey.get(partitionKey(name, partitionIndex)),
        'A key of the map',
      )
      const committed = { committedOffset: BigInt(offset), committedMetadata: metadata ?? '' }
      return { partitionIndex, ...committed, committedLeaderEpoch: leaderEpoch ?? -1 }
    }),
  }))
  await calls.atCoordinator('The alteration of offsets', groupId, options, async (coordinator, timeoutMs) => {
    const request = { groupId, generationIdOrMemberEpoch: -1, memberId: '', topics }
    const sendOptions = { timeoutMs, minVersion: 6, maxVersion: namesUntil }
    const response = await calls.cluster.send(coordinator, offsetCommit, request, sendOptions)
    throwErrors('Altering offsets', response.topics)
  })
}

export async function deleteOffsets(
  calls: AdminCalls,
  groupId: string,
  partitions: readonly TopicPartition[],
  options: AdminOptions,
): Promise<void> {
  const topics = Array.from(groupByTopic(partitions), ([name, indexes]) => ({
    name,
    partitions: indexes.map((partitionIndex) => ({ partitionIndex })),
  }))
  await calls.atCoordinator('The deletion of offsets', groupId, options, async (coordinator, timeoutMs) => {
    const response = await calls.cluster.send(coordinator, offsetDelete, { groupId, topics }, { timeoutMs })
    if (response.errorCode !== ErrorCode.NONE) throw kafkaError(response.errorCode, groupId)
    throwErrors('Deleting offsets', response.topics)
  })
}

/** A failure that may pass is thrown as it is, so that the whole is tried again: both requests may be repeated. */
function throwErrors(
  what: string,
  topics: readonly {
    readonly name: string
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[]
  }[],
): void {
  const errors = new Map<string, KafkaError>()
  const done = new Map<string, true>()
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, errorCode } of partitions) {
      const key = partitionKey(name, partitionIndex)
      if (errorCode === ErrorCode.NONE) done.set(key, true)
      else errors.set(key, kafkaError(errorCode, key))
    }
  }
  if (errors.size === 0) return
  const passing = [...errors.values()].find((error) => error.retriable && error.code !== 'UNKNOWN_TOPIC_OR_PARTITION')
  throw passing ?? new AdminError(what, errors, done)
}
