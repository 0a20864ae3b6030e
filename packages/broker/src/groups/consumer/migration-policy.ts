import type { ConsumerContext } from './consumer-context.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import type { ConsumerGroupMember } from './consumer-group-member.ts'

/** Which groups may go from one protocol to the other while they have members: `group.consumer.migration.policy`. */
export function allowsMigration(policy: string, direction: 'upgrade' | 'downgrade'): boolean {
  const name = policy.toLowerCase()
  return name === 'bidirectional' || name === direction
}

/** Whether the group becomes a classic one when these members leave: all that remain speak the classic protocol. */
export function mayDowngrade(
  { settings }: Pick<ConsumerContext, 'settings'>,
  group: ConsumerGroup,
  leaving: readonly ConsumerGroupMember[],
): boolean {
  const classicRemaining = group.classicMemberCount - leaving.filter(({ classic }) => classic !== null).length
  const remaining = group.size - leaving.length
  return (
    remaining > 0 &&
    classicRemaining === remaining &&
    remaining <= settings.groupMaxSize &&
    allowsMigration(settings.groupConsumerMigrationPolicy, 'downgrade')
  )
}
