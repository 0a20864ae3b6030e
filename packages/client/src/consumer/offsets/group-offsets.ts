import { ErrorCode, kafkaError } from '@streamwright/protocol'
import { offsetCommit as offsetCommitApi } from '@streamwright/protocol/messages/offset-commit'
import { offsetFetch as offsetFetchApi } from '@streamwright/protocol/messages/offset-fetch'
import type { Environment } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { retrying } from '../../cluster/retry.ts'
import type { GroupMetadata } from '../assignors/assignor.ts'
import { CommitFailedError } from '../consumer-errors.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { groupByTopic, keyOf, partitionKey } from '../topic-partition.ts'

/** The last versions that name topics by name. */
const commitVersionMax = 9
const fetchVersionMax = 9

/** An offset to commit: that of the next record to read. */
export interface OffsetToCommit extends TopicPartition {
  readonly offset: number
  readonly metadata?: string | null
  readonly leaderEpoch?: number
}

export interface CommittedOffset {
  readonly offset: number
  readonly metadata: string | null
  readonly leaderEpoch: number
}

const coordinatorGone: ReadonlySet<number> = new Set([
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.REQUEST_TIMED_OUT,
])
const groupMovedOn: ReadonlySet<number> = new Set([
  ErrorCode.ILLEGAL_GENERATION,
  ErrorCode.UNKNOWN_MEMBER_ID,
  ErrorCode.FENCED_INSTANCE_ID,
])

/** Commits and reads the offsets of a group at its coordinator. */
export class GroupOffsets {
  readonly #cluster: Cluster
  readonly #environment: Environment
  readonly #groupId: string

  constructor(cluster: Cluster, environment: Environment, groupId: string) {
    this.#cluster = cluster
    this.#environment = environment
    this.#groupId = groupId
  }

  /** Rejects with {@link CommitFailedError} when the group has moved on without this member. */
  commit(offsets: readonly OffsetToCommit[], member: GroupMetadata, timeoutMs: number): Promise<void> {
    if (offsets.length === 0) return Promise.resolve()
    const byKey = new Map(offsets.map((offset) => [keyOf(offset), offset]))
    return this.#retrying('Committing offsets', timeoutMs, async (coordinator, remainingMs) => {
      const response = await this.#cluster.send(
        coordinator,
        offsetCommitApi,
        {
          groupId: this.#groupId,
          generationIdOrMemberEpoch: member.generationId,
          memberId: member.memberId,
          groupInstanceId: member.groupInstanceId,
          topics: Array.from(groupByTopic(byKey.values()), ([name, partitions]) => ({
            name,
            partitions: partitions.map((partitionIndex) => {
              const offset = byKey.get(partitionKey(name, partitionIndex))
              return {
                partitionIndex,
                committedOffset: BigInt(offset?.offset ?? 0),
                committedLeaderEpoch: offset?.leaderEpoch ?? -1,
                committedMetadata: offset?.metadata ?? '',
              }
            }),
          })),
        },
        { maxVersion: commitVersionMax, timeoutMs: remainingMs, lane: 'group' },
      )
      for (const { name, partitions } of response.topics) {
        for (const { partitionIndex, errorCode } of partitions) {
          if (errorCode === 0) continue
          const error = kafkaError(errorCode, `${name}-${partitionIndex}`)
          throw groupMovedOn.has(errorCode) ? new CommitFailedError(error) : error
        }
      }
    })
  }

  /** What the group has committed of these partitions; without an entry where it has not. Waits for open transactions. */
  fetch(partitions: readonly TopicPartition[], timeoutMs: number): Promise<Map<string, CommittedOffset>> {
    return this.#retrying('Reading committed offsets', timeoutMs, async (coordinator, remainingMs) => {
      const topics = Array.from(groupByTopic(partitions), ([name, partitionIndexes]) => ({ name, partitionIndexes }))
      const response = await this.#cluster.send(
        coordinator,
        offsetFetchApi,
        (version) =>
          version >= 8
            ? { groups: [{ groupId: this.#groupId, topics }], requireStable: true }
            : { groupId: this.#groupId, topics, ...(version >= 7 ? { requireStable: true } : {}) },
        { maxVersion: fetchVersionMax, timeoutMs: remainingMs, lane: 'group' },
      )
      const group = response.groups[0]
      const errorCode = group?.errorCode ?? response.errorCode
      if (errorCode !== 0) throw kafkaError(errorCode)
      const committed = new Map<string, CommittedOffset>()
      for (const topic of group?.topics ?? response.topics) {
        for (const {
          partitionIndex,
          committedOffset,
          committedLeaderEpoch,
          metadata,
          errorCode: code,
        } of topic.partitions) {
          if (code !== 0) throw kafkaError(code, `${topic.name}-${partitionIndex}`)
          if (committedOffset < 0n) continue
          committed.set(partitionKey(topic.name, partitionIndex), {
            offset: Number(committedOffset),
            metadata,
            leaderEpoch: committedLeaderEpoch,
          })
        }
      }
      return committed
    })
  }

  #retrying<T>(
    what: string,
    timeoutMs: number,
    attempt: (coordinator: number, remainingMs: number) => Promise<T>,
  ): Promise<T> {
    const deadlineMs = this.#environment.clock.monotonicMs() + timeoutMs
    const beforeRetry = (error: unknown): void => {
      const code = error instanceof Error && 'errorCode' in error ? Number(error.errorCode) : undefined
      if (code === undefined || coordinatorGone.has(code)) this.#cluster.invalidateCoordinator('group', this.#groupId)
    }
    return retrying(
      this.#environment,
      { what, deadlineMs, backoff: this.#cluster.retryBackoff, signal: this.#cluster.closing, beforeRetry },
      async (remainingMs) => {
        const coordinator = await this.#cluster.coordinator('group', this.#groupId, { timeoutMs: remainingMs })
        return attempt(coordinator, remainingMs)
      },
    )
  }
}
