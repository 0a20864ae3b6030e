import { compareText } from '../topic-partition.ts'
import type { AssignmentMetadata, MemberAssignment, MemberSubscription } from './assignor.ts'
import { inJavaHashOrder, textHash } from './java-hash-order.ts'
import type { TopicPartition } from '../topic-partition.ts'

export type Subscriptions = ReadonlyMap<string, MemberSubscription>

/**
 * Ids of members: static members first, by their instance id, then the others by member id. Member ids change with
 * every restart, instance ids don't, so that a static member comes back to its old place.
 */
export function inMemberOrder(subscriptions: Subscriptions): readonly string[] {
  return [...subscriptions]
    .toSorted(([leftId, left], [rightId, right]) => {
      if (left.groupInstanceId !== null && right.groupInstanceId !== null)
        return compareText(left.groupInstanceId, right.groupInstanceId)
      if (left.groupInstanceId !== null) return -1
      if (right.groupInstanceId !== null) return 1
      return compareText(leftId, rightId)
    })
    .map(([memberId]) => memberId)
}

/** Subscriptions in the order in which Java's assignors see them. */
export function inJavaOrder(subscriptions: Subscriptions): Subscriptions {
  return new Map(
    inJavaHashOrder(subscriptions.keys(), textHash).map((memberId) => [
      memberId,
      subscriptions.get(memberId) as MemberSubscription,
    ]),
  )
}

/** The topics that somebody subscribes to and that exist, with their partitions, in Java's order. */
export function subscribedPartitions(
  metadata: AssignmentMetadata,
  subscriptions: Subscriptions,
): ReadonlyMap<string, readonly TopicPartition[]> {
  const named = new Set<string>()
  for (const subscription of inJavaOrder(subscriptions).values())
    for (const topic of subscription.topics) named.add(topic)
  const existing = inJavaHashOrder(named, textHash).filter((topic) => (metadata.partitionCount(topic) ?? 0) > 0)
  return new Map(
    inJavaHashOrder(existing, textHash).map((topic) => [
      topic,
      Array.from({ length: metadata.partitionCount(topic) ?? 0 }, (_, partition) => ({ topic, partition })),
    ]),
  )
}

/** Assignments without user data. */
export function withoutUserData(
  partitionsByMember: ReadonlyMap<string, readonly TopicPartition[]>,
): Map<string, MemberAssignment> {
  const assignments = new Map<string, MemberAssignment>()
  for (const [memberId, partitions] of partitionsByMember) assignments.set(memberId, { partitions, userData: null })
  return assignments
}
