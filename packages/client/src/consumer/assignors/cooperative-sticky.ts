import type { TopicPartition } from '../topic-partition.ts'
import { keyOf } from '../topic-partition.ts'
import type { Assignor, MemberSubscription } from './assignor.ts'
import type { Subscriptions } from './members.ts'
import { withoutUserData } from './members.ts'
import { assignSticky } from './sticky-assignment.ts'
import type { MemberData } from './sticky-ownership.ts'
import { removeFrom } from './sticky-ownership.ts'
import { decodeGeneration, encodeGeneration } from './sticky-user-data.ts'

/**
 * The sticky assignor without a pause: members keep working while the group rebalances. A partition that goes from one
 * member to another is given to nobody at first; when its owner has given it up, the group rebalances again.
 */
export function cooperativeStickyAssignor(): Assignor {
  let generation = -1
  let generationSeen = -1
  return {
    name: 'cooperative-sticky',
    protocols: ['cooperative', 'eager'],
    subscriptionUserData: () => encodeGeneration(generation),
    assign(metadata, subscriptions) {
      const result = assignSticky(metadata, subscriptions, memberData, generationSeen)
      generationSeen = result.generationMax
      const { partitionsByMember } = result
      const transferred = result.transferred ?? partitionsChangingOwner(partitionsByMember, subscriptions)
      for (const [partition, memberId] of transferred) removeFrom(partitionsByMember.get(memberId), partition)
      return withoutUserData(partitionsByMember)
    },
    onAssignment(_assignment, group) {
      generation = group.generationId
    },
  }
}

function memberData(subscription: MemberSubscription): MemberData {
  const { generationId, ownedPartitions, userData } = subscription
  return {
    partitions: ownedPartitions,
    generation: generationId >= 0 ? generationId : decodeGeneration(userData),
  }
}

/** Partitions that somebody gets who did not own them, and that somebody else still owns. */
function partitionsChangingOwner(
  partitionsByMember: ReadonlyMap<string, readonly TopicPartition[]>,
  subscriptions: Subscriptions,
): Map<TopicPartition, string> {
  const added = new Map<TopicPartition, string>()
  const givenUp = new Set<string>()
  for (const [memberId, partitions] of partitionsByMember) {
    const ownedBefore = new Set(subscriptions.get(memberId)?.ownedPartitions.map(keyOf))
    for (const partition of partitions) {
      // What is left in the set afterwards is what the member loses.
      if (!ownedBefore.delete(keyOf(partition))) added.set(partition, memberId)
    }
    for (const key of ownedBefore) givenUp.add(key)
  }
  for (const partition of added.keys()) if (!givenUp.has(keyOf(partition))) added.delete(partition)
  return added
}
