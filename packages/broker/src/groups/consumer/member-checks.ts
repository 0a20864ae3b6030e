import { ErrorCode } from '@streamwright/protocol'
import { GroupError } from '../group-error.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import type { ConsumerGroupMember } from './consumer-group-member.ts'
import { staticLeaveEpoch } from './consumer-group-member.ts'
import type { AssignedPartitions, TopicPartitions } from './topic-partitions.ts'

/** The member of that id. Throws a {@link GroupError} when there is none. */
export function memberOf(group: ConsumerGroup, memberId: string): ConsumerGroupMember {
  const member = group.member(memberId)
  if (member !== undefined) return member
  throw new GroupError(ErrorCode.UNKNOWN_MEMBER_ID, `Member ${memberId} is not a member of group ${group.id}.`)
}

/** The member that has the instance id, which must be the one that asks. Throws a {@link GroupError}. */
export function staticMemberOf(group: ConsumerGroup, memberId: string, instanceId: string): ConsumerGroupMember {
  const member = knownStaticMember(group, instanceId)
  if (member.id === memberId) return member
  const message = `Static member ${memberId} with instance id ${instanceId} was fenced by member ${member.id}.`
  throw new GroupError(ErrorCode.FENCED_INSTANCE_ID, message)
}

/** The member that has the instance id. Throws a {@link GroupError} when there is none. */
export function knownStaticMember(group: ConsumerGroup, instanceId: string): ConsumerGroupMember {
  const member = group.staticMember(instanceId)
  if (member !== undefined) return member
  throw new GroupError(ErrorCode.UNKNOWN_MEMBER_ID, `Instance id ${instanceId} is unknown.`)
}

/** A member with the instance id may take its place only after it has left for a while. Throws a {@link GroupError}. */
export function checkIsReleased(member: ConsumerGroupMember, memberId: string, instanceId: string): void {
  if (member.epoch === staticLeaveEpoch) return
  throw new GroupError(
    ErrorCode.UNRELEASED_INSTANCE_ID,
    `Static member ${memberId} with instance id ${instanceId} cannot join the group because the instance id is owned by ${member.id} member.`,
  )
}

/**
 * Whether a member may go on in the epoch that it thinks it is in. The previous one is fine as long as it has nothing
 * that it should not have: the answer with the new one may have been lost. Throws a {@link GroupError}.
 */
export function checkEpoch(member: ConsumerGroupMember, epoch: number, owned: TopicPartitions | null): void {
  // It joins, maybe after it was fenced.
  if (epoch === 0 || epoch === member.epoch) return
  const isAnswerLost = epoch === member.previousEpoch && isWithin(owned, member.assigned)
  if (epoch < member.epoch && isAnswerLost) return
  const comparison = epoch > member.epoch ? 'greater' : 'smaller'
  throw new GroupError(
    ErrorCode.FENCED_MEMBER_EPOCH,
    `The consumer group member has a ${comparison} member epoch (${epoch}) than the one known by the group ` +
      `coordinator (${member.epoch}). The member must abandon all its partitions and rejoin.`,
  )
}

function isWithin(owned: TopicPartitions | null, assigned: AssignedPartitions): boolean {
  if (owned === null) return false
  for (const [topicId, partitions] of owned) {
    const others = assigned.get(topicId)
    if (others === undefined) return false
    for (const partition of partitions) if (!others.has(partition)) return false
  }
  return true
}

/** Throws a {@link GroupError} when the group has no room for one more. */
export function checkHasRoom(group: ConsumerGroup, memberId: string, sizeMax: number): void {
  if (group.size < sizeMax || group.member(memberId) !== undefined) return
  throw new GroupError(
    ErrorCode.GROUP_MAX_SIZE_REACHED,
    `The consumer group has reached its maximum capacity of ${sizeMax} members.`,
  )
}
