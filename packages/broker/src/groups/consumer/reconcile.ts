import { ErrorCode } from '@streamwright/protocol'
import { unreachable } from '@streamwright/std'
import { GroupError } from '../group-error.ts'
import type { ConsumerGroupMember } from './consumer-group-member.ts'
import type { AssignedPartitions, TopicPartitions } from './topic-partitions.ts'
import { nothingAssigned } from './topic-partitions.ts'

/** What a member is to be brought to, and what stands in the way. */
export interface Reconciliation {
  readonly targetEpoch: number
  readonly target: TopicPartitions
  /** Ids of the topics that the member is subscribed to and that exist. */
  readonly subscribedTopicIds: ReadonlySet<string>
  /** The member's subscription is another one since this request: what it has must not go beyond it. */
  readonly hasSubscriptionChanged: boolean
  /** Whether a member has the partition, or is giving it up. */
  isOwned(topicId: string, partition: number): boolean
  /** What the member says it has; `null`: it says nothing. */
  readonly owned: TopicPartitions | null
}

/**
 * The next step of a member towards its target: it gives up first what it is to lose, staying in its epoch until it
 * says that it has; then it comes to the target's epoch, and gets what nobody else has. The same object: no step.
 */
export function reconcile(member: ConsumerGroupMember, goal: Reconciliation): ConsumerGroupMember {
  switch (member.state) {
    case 'stable':
      if (member.epoch !== goal.targetEpoch) return nextAssignment(member, member.epoch, goal)
      return goal.hasSubscriptionChanged ? withinSubscription(member, goal) : member
    case 'unrevoked':
      if (!ownsAnyOf(goal.owned, member.pendingRevocation)) return nextAssignment(member, member.epoch, goal)
      return goal.hasSubscriptionChanged ? withinSubscription(member, goal) : member
    case 'unreleased':
      return nextAssignment(member, member.epoch, goal)
    case 'unknown':
      if (goal.owned === null || goal.owned.size > 0) {
        throw new GroupError(
          ErrorCode.FENCED_MEMBER_EPOCH,
          'The consumer group member is in a unknown state. The member must abandon all its partitions and rejoin.',
        )
      }
      return nextAssignment(member, goal.targetEpoch, goal)
    default:
      return unreachable(member.state)
  }
}

/** Without a word of the member, it has everything still. */
function ownsAnyOf(owned: TopicPartitions | null, assignment: AssignedPartitions): boolean {
  if (owned === null) return true
  for (const [topicId, partitions] of owned) {
    const others = assignment.get(topicId)
    if (others === undefined) continue
    for (const partition of partitions) if (others.has(partition)) return true
  }
  return false
}

/** The target is not looked at, only the subscription: the member gives up what it is not subscribed to any more. */
function withinSubscription(member: ConsumerGroupMember, goal: Reconciliation): ConsumerGroupMember {
  const assigned = new Map(member.assigned)
  const pendingRevocation = new Map(member.pendingRevocation)
  for (const [topicId, partitions] of member.assigned) {
    if (goal.subscribedTopicIds.has(topicId)) continue
    assigned.delete(topicId)
    pendingRevocation.set(topicId, new Map([...(pendingRevocation.get(topicId) ?? []), ...partitions]))
  }
  if (assigned.size === member.assigned.size) return member
  const kept = { ...member, previousEpoch: member.epoch, assigned }
  if (!ownsAnyOf(goal.owned, pendingRevocation)) return kept
  return { ...kept, state: 'unrevoked', pendingRevocation }
}

function nextAssignment(member: ConsumerGroupMember, epoch: number, goal: Reconciliation): ConsumerGroupMember {
  const { kept, revoked } = partedByTarget(member, goal)
  if (revoked.size > 0 && ownsAnyOf(goal.owned, revoked)) {
    const step = { epoch, previousEpoch: member.epoch, assigned: kept, pendingRevocation: revoked }
    return { ...member, ...step, state: 'unrevoked' }
  }
  let hasUnreleased = false
  const assigned = new Map(kept)
  for (const [topicId, partitions] of goal.target) {
    if (!goal.subscribedTopicIds.has(topicId)) continue
    const already = kept.get(topicId)
    const free: [number, number][] = []
    for (const partition of partitions) {
      if (already?.has(partition) === true) continue
      const isOwn = member.pendingRevocation.get(topicId)?.has(partition) === true
      if (goal.isOwned(topicId, partition) && !isOwn) hasUnreleased = true
      else free.push([partition, goal.targetEpoch])
    }
    if (free.length > 0) assigned.set(topicId, new Map([...(already ?? []), ...free]))
  }
  return {
    ...member,
    epoch: goal.targetEpoch,
    previousEpoch: member.epoch,
    state: hasUnreleased ? 'unreleased' : 'stable',
    assigned,
    pendingRevocation: nothingAssigned,
  }
}

/** Of what the member has: what it keeps, and what it is to give up. */
function partedByTarget(
  member: ConsumerGroupMember,
  goal: Reconciliation,
): { readonly kept: Map<string, ReadonlyMap<number, number>>; readonly revoked: AssignedPartitions } {
  const kept = new Map<string, ReadonlyMap<number, number>>()
  const revoked = new Map<string, ReadonlyMap<number, number>>()
  for (const [topicId, partitions] of member.assigned) {
    const target = goal.subscribedTopicIds.has(topicId) ? goal.target.get(topicId) : undefined
    const staying = new Map([...partitions].filter(([partition]) => target?.has(partition) === true))
    const leaving = new Map([...partitions].filter(([partition]) => target?.has(partition) !== true))
    if (staying.size > 0) kept.set(topicId, staying)
    if (leaving.size > 0) revoked.set(topicId, leaving)
  }
  return { kept, revoked }
}
