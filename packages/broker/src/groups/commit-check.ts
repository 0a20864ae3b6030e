import { ErrorCode } from '@streamwright/protocol'
import { ConsumerGroup } from './consumer/consumer-group.ts'
import type { ConsumerGroupMember } from './consumer/consumer-group-member.ts'
import type { Group } from './group.ts'
import { memberError } from './membership.ts'

/** Who commits. Generation −1 without a member: somebody from outside of an empty group. */
export interface Committer {
  readonly memberId: string
  readonly instanceId: string | null
  /** The member's epoch, in a consumer group. */
  readonly generationId: number
}

/** A partition that is committed, its topic by id. */
export interface CommittedPartition {
  readonly topicId: string
  readonly partition: number
}

/** Whether `committer` may commit now; 0: yes. A group that does not exist is made for a commit from outside. */
export function commitError(
  group: Group | ConsumerGroup | undefined,
  committer: Committer,
  apiVersion: number,
  partitions: readonly CommittedPartition[],
): number {
  const { memberId, instanceId, generationId } = committer
  if (group === undefined) {
    if (generationId < 0) return ErrorCode.NONE
    return apiVersion >= 9 ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.ILLEGAL_GENERATION
  }
  if (group instanceof ConsumerGroup) {
    if (generationId < 0 && group.isEmpty) return ErrorCode.NONE
    const member = group.member(memberId)
    if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    if (member.classic === null && apiVersion < 9) return ErrorCode.UNSUPPORTED_VERSION
    return epochError(member, generationId, partitions)
  }
  if (group.is('Dead')) return ErrorCode.COORDINATOR_NOT_AVAILABLE
  if (generationId < 0 && group.is('Empty')) return ErrorCode.NONE
  if (generationId < 0 && memberId === '' && instanceId === null) return ErrorCode.UNKNOWN_MEMBER_ID
  const error = memberError(group, memberId, instanceId)
  if (error !== ErrorCode.NONE) return error
  if (generationId !== group.generation) return ErrorCode.ILLEGAL_GENERATION
  return group.is('CompletingRebalance') ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
}

/** The same for a commit in a transaction: a producer without a member speaks for none, and may. */
export function transactionalCommitError(
  group: Group | ConsumerGroup | undefined,
  { memberId, instanceId, generationId }: Committer,
  partitions: readonly CommittedPartition[],
): number {
  if (group === undefined) return generationId < 0 ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION
  const speaksForNobody = generationId < 0 && memberId === '' && instanceId === null
  if (group instanceof ConsumerGroup) {
    if (speaksForNobody || (generationId < 0 && group.isEmpty)) return ErrorCode.NONE
    const member = group.member(memberId)
    if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    // Producers know this one; they do not know epochs of members.
    return epochError(member, generationId, partitions) === ErrorCode.NONE
      ? ErrorCode.NONE
      : ErrorCode.ILLEGAL_GENERATION
  }
  if (group.is('Dead')) return ErrorCode.COORDINATOR_NOT_AVAILABLE
  if (speaksForNobody || (generationId < 0 && group.is('Empty'))) return ErrorCode.NONE
  const error = memberError(group, memberId, instanceId)
  if (error !== ErrorCode.NONE) return error
  return generationId === group.generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION
}

/** Whether a member may fetch the group's offsets; who does not say who it is may always. */
export function offsetFetchError(
  group: Group | ConsumerGroup | undefined,
  memberId: string | null,
  memberEpoch: number,
): number {
  if (!(group instanceof ConsumerGroup) || (memberId === null && memberEpoch < 0)) return ErrorCode.NONE
  const member = group.member(memberId ?? '')
  if (member === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
  return member.epoch === memberEpoch ? ErrorCode.NONE : staleError(member)
}

/**
 * A member commits in its epoch. In an older one it may for what it has had since then, or before: it has not heard of
 * the new epoch yet, and nobody else can have had the partition in between.
 */
function epochError(member: ConsumerGroupMember, epoch: number, partitions: readonly CommittedPartition[]): number {
  if (epoch === member.epoch) return ErrorCode.NONE
  if (epoch > member.epoch) return staleError(member)
  const isAllowed = partitions.every(({ topicId, partition }) => {
    const since = member.assigned.get(topicId)?.get(partition) ?? member.pendingRevocation.get(topicId)?.get(partition)
    return since !== undefined && epoch >= since
  })
  return isAllowed ? ErrorCode.NONE : staleError(member)
}

function staleError(member: ConsumerGroupMember): number {
  return member.classic === null ? ErrorCode.STALE_MEMBER_EPOCH : ErrorCode.ILLEGAL_GENERATION
}
