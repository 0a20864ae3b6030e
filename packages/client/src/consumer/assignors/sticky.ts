import type { MemberAssignment, Assignor, GroupMetadata } from './assignor.ts'
import { withoutUserData } from './members.ts'
import { assignSticky } from './sticky-assignment.ts'
import type { MemberData } from './sticky-ownership.ts'
import { decodeStickyUserData, encodeStickyUserData } from './sticky-user-data.ts'

/**
 * Divides partitions evenly, and when the group changes moves as few as possible. Members give up everything before
 * each rebalance (the eager protocol); {@link cooperativeStickyAssignor} does the same without that pause.
 */
export function stickyAssignor(): Assignor {
  let owned: MemberData | undefined
  let generationSeen = -1
  return {
    name: 'sticky',
    protocols: ['eager'],
    subscriptionUserData: () => (owned === undefined ? null : encodeStickyUserData(owned)),
    assign(metadata, subscriptions) {
      const result = assignSticky(
        metadata,
        subscriptions,
        (subscription) => decodeStickyUserData(subscription.userData),
        generationSeen,
      )
      generationSeen = result.generationMax
      return withoutUserData(result.partitionsByMember)
    },
    onAssignment(assignment: MemberAssignment, group: GroupMetadata) {
      owned = { partitions: assignment.partitions, generation: group.generationId }
    },
  }
}
