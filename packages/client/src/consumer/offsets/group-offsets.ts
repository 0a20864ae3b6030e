import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import { offsetCommit as offsetCommitApi } from '@streamwright/protocol/messages/offset-commit'
import { offsetFetch as offsetFetchApi } from '@streamwright/protocol/messages/offset-fetch'
import type { Environment } from '@streamwright/std'
import { asError } from '@streamwright/std'
import type { Cluster } from '../../cluster/cluster.ts'
import { retrying } from '../../cluster/retry.ts'
import { isRetriable } from '../../errors.ts'
import type { GroupMetadata } from '../assignors/assignor.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { groupByTopic, keyOf, partitionKey } from '../topic-partition.ts'

/** The last versions that name topics by name. */
const commitVersionMax = 9
const fetchVersionMax = 9

/** The first version in which the coordinator wants to know who reads. */
const membersFrom = 9

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

/** How one commit went, by partition: undefined is well. */
export type CommitOutcome = ReadonlyMap<string, Error | undefined>

/** Commits and reads the offsets of a group at its coordinator. */
export class GroupOffsets {
  readonly #cluster: Cluster
  readonly #environment: Environment
  readonly #groupId: string
  readonly #reader: () => GroupMetadata | undefined

  /** `reader`: in whose name to read, for members by the consumer protocol (KIP-848); asked for at each try. */
  constructor(
    cluster: Cluster,
    environment: Environment,
    groupId: string,
    reader: () => GroupMetadata | undefined = () => undefined,
  ) {
    this.#reader = reader
    this.#cluster = cluster
    this.#environment = environment
    this.#groupId = groupId
  }

  /**
   * Commits, and again what failed for reasons that may pass. Resolves with what became of each partition; rejects when
   * the coordinator could not be reached in time. `member` is asked for at each try; `isPatient`: what has no topic is
   * tried again, too.
   */
  async commit(
    offsets: readonly OffsetToCommit[],
    member: () => GroupMetadata,
    timeoutMs: number,
    isPatient: boolean,
  ): Promise<CommitOutcome> {
    const mayPass = (error: KafkaError): boolean =>
      isPatient || error.errorCode !== ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        ? error.retriable || isEpochOld(error)
        : false
    const outcome = new Map<string, Error | undefined>()
    let open = new Map(offsets.map((offset) => [keyOf(offset), offset]))
    await this.#retrying('Committing offsets', timeoutMs, async (coordinator, remainingMs) => {
      const failed = new Map<string, KafkaError>()
      for (const [key, errorCode] of await this.#commitOnce(coordinator, [...open.values()], member(), remainingMs)) {
        const error = errorCode === ErrorCode.NONE ? undefined : kafkaError(errorCode, key)
        outcome.set(key, error)
        if (error !== undefined && mayPass(error)) failed.set(key, error)
      }
      open = new Map([...open].filter(([key]) => failed.has(key)))
      const [failure] = failed.values()
      if (failure !== undefined) throw failure
    }).catch((error: unknown) => {
      // Some were committed, maybe; the others have the same thing against them.
      if (outcome.size === 0) throw error
      for (const key of open.keys()) outcome.set(key, asError(error))
    })
    return outcome
  }

  async #commitOnce(
    coordinator: number,
    offsets: readonly OffsetToCommit[],
    member: GroupMetadata,
    timeoutMs: number,
  ): Promise<Map<string, number>> {
    const byTopic = Map.groupBy(offsets, ({ topic }) => topic)
    const response = await this.#cluster.send(
      coordinator,
      offsetCommitApi,
      (version) => ({
        groupId: this.#groupId,
        generationIdOrMemberEpoch: member.generationId,
        memberId: member.memberId,
        ...(version >= 7 ? { groupInstanceId: member.groupInstanceId } : {}),
        topics: Array.from(byTopic, ([name, partitions]) => ({
          name,
          partitions: partitions.map(({ partition, offset, leaderEpoch, metadata }) => ({
            partitionIndex: partition,
            committedOffset: BigInt(offset),
            ...(version >= 6 ? { committedLeaderEpoch: leaderEpoch ?? -1 } : {}),
            committedMetadata: metadata ?? '',
          })),
        })),
      }),
      { maxVersion: commitVersionMax, timeoutMs, lane: 'group' },
    )
    const codes = new Map(offsets.map((offset) => [keyOf(offset), ErrorCode.UNKNOWN_SERVER_ERROR as number]))
    for (const { name, partitions } of response.topics)
      for (const { partitionIndex, errorCode } of partitions) codes.set(partitionKey(name, partitionIndex), errorCode)
    return codes
  }

  /**
   * What the group has committed of these partitions; without an entry where it has not. Waits for open transactions.
   */
  fetch(partitions: readonly TopicPartition[], timeoutMs: number): Promise<Map<string, CommittedOffset>> {
    return this.#retrying('Reading committed offsets', timeoutMs, async (coordinator, remainingMs) => {
      const member = this.#reader()
      const topics = Array.from(groupByTopic(partitions), ([name, partitionIndexes]) => ({ name, partitionIndexes }))
      const response = await this.#cluster.send(
        coordinator,
        offsetFetchApi,
        (version) =>
          version >= 8
            ? {
                groups: [
                  {
                    groupId: this.#groupId,
                    topics,
                    ...(version >= membersFrom &&
                      member !== undefined && { memberId: member.memberId, memberEpoch: member.generationId }),
                  },
                ],
                requireStable: true,
              }
            : { groupId: this.#groupId, topics, ...(version >= 7 ? { requireStable: true } : {}) },
        { maxVersion: fetchVersionMax, timeoutMs: remainingMs, lane: 'group' },
      )
      const group = response.groups[0]
      const errorCode = group?.errorCode ?? response.errorCode
      if (errorCode !== 0) throw kafkaError(member === undefined ? errorCode : readError(errorCode))
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
    const mayRetry = (error: unknown): boolean => isRetriable(error) || isEpochOld(error)
    const { closing: signal, retryBackoff: backoff } = this.#cluster
    return retrying(
      this.#environment,
      { what, deadlineMs, backoff, signal, beforeRetry, isRetriable: mayRetry },
      async (remainingMs) => {
        const coordinator = await this.#cluster.coordinator('group', this.#groupId, { timeoutMs: remainingMs })
        return attempt(coordinator, remainingMs)
      },
    )
  }
}

/** The coordinator has given the member another epoch, and the heartbeat that says so is on its way. */
function isEpochOld(error: unknown): boolean {
  return error instanceof KafkaError && error.errorCode === ErrorCode.STALE_MEMBER_EPOCH
}

/** Who is no member any more finds out by its heartbeat: until then it reads as one whose epoch is old. */
function readError(errorCode: number): number {
  return errorCode === ErrorCode.UNKNOWN_MEMBER_ID ? ErrorCode.STALE_MEMBER_EPOCH : errorCode
}
