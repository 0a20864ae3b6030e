import type { TopicPartition } from '../topic-partition.ts'
import type { AssignmentMetadata } from './assignor.ts'
import type { Subscriptions } from './members.ts'
import { inJavaOrder, subscribedPartitions } from './members.ts'
import { GeneralAssignment } from './sticky-general.ts'
import type { ReadMemberData } from './sticky-ownership.ts'
import { PartitionTable, sameTopicsForAll, settleOwnership } from './sticky-ownership.ts'
import { RackTable } from './sticky-racks.ts'
import { UniformAssignment } from './sticky-uniform.ts'

export interface StickyAssignment {
  readonly partitionsByMember: Map<string, TopicPartition[]>
  /** Partitions that go from one member to another, with the new owner; `null` where it was not worked out. */
  readonly transferred: ReadonlyMap<TopicPartition, string> | null
  readonly generationMax: number
}

/**
 * Divides partitions evenly, and then with as few changes of owner as possible: what the sticky and the cooperative
 * sticky assignor have in common. `generationSeen` is the latest generation that this assignor has seen before.
 */
export function assignSticky(
  metadata: AssignmentMetadata,
  given: Subscriptions,
  readMemberData: ReadMemberData,
  generationSeen: number,
): StickyAssignment {
  const subscriptions = inJavaOrder(given)
  const table = new PartitionTable(subscribedPartitions(metadata, given))
  const racks = new RackTable(table, subscriptions, metadata)
  const previous = settleOwnership(table, subscriptions, readMemberData)
  const generationMax = Math.max(generationSeen, previous.generationMax)
  if (sameTopicsForAll(subscriptions)) {
    const { assignment, transferred } = new UniformAssignment(table, racks, previous)
    return { partitionsByMember: assignment, transferred, generationMax }
  }
  const general = new GeneralAssignment(table, racks, previous, subscriptions, readMemberData, generationMax)
  return { partitionsByMember: general.assignment, transferred: null, generationMax }
}
