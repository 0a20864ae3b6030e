import type { TopicPartition } from '../topic-partition.ts'
import type { AssignmentMetadata } from './assignor.ts'
import type { Subscriptions } from './members.ts'
import { racksMatter } from './racks.ts'
import type { PartitionTable } from './sticky-ownership.ts'

/** Which members are near which partitions. Empty, and so without effect, where racks make no difference. */
export class RackTable {
  readonly #rackOf = new Map<string, string>()
  readonly #racksOf = new Map<TopicPartition, ReadonlySet<string>>()
  readonly #nearMemberCount = new Map<TopicPartition, number>()

  constructor(table: PartitionTable, subscriptions: Subscriptions, metadata: AssignmentMetadata) {
    const rackOf = new Map<string, string>()
    const membersPerRack = new Map<string, number>()
    for (const [memberId, { rackId }] of subscriptions) {
      if (rackId === null || rackId === '') continue
      rackOf.set(memberId, rackId)
      membersPerRack.set(rackId, (membersPerRack.get(rackId) ?? 0) + 1)
    }
    if (rackOf.size === 0) return
    const racksOf = new Map<TopicPartition, ReadonlySet<string>>()
    for (const partitions of table.byTopic.values()) {
      for (const partition of partitions)
        racksOf.set(partition, new Set(metadata.racks(partition.topic, partition.partition)))
    }
    for (const [partition, racks] of racksOf) {
      const members = racks.values().reduce((sum, rack) => sum + (membersPerRack.get(rack) ?? 0), 0)
      this.#nearMemberCount.set(partition, members)
    }
    if (!racksMatter(new Set(membersPerRack.keys()), racksOf.values())) return
    this.#rackOf = rackOf
    this.#racksOf = racksOf
  }

  get isEmpty(): boolean {
    return this.#rackOf.size === 0
  }

  /** A member without a rack is never far. */
  isFar(memberId: string, partition: TopicPartition): boolean {
    const rack = this.#rackOf.get(memberId)
    return rack !== undefined && this.#racksOf.get(partition)?.has(rack) !== true
  }

  /** The member has a rack, and the partition a replica in it. */
  isNear(memberId: string, partition: TopicPartition): boolean {
    const rack = this.#rackOf.get(memberId)
    return rack !== undefined && this.#racksOf.get(partition)?.has(rack) === true
  }

  /** The partitions that the fewest members are near to come first: they are the hardest to place well. */
  hardestFirst(partitions: readonly TopicPartition[]): TopicPartition[] {
    return partitions.toSorted(
      (left, right) => (this.#nearMemberCount.get(left) ?? 0) - (this.#nearMemberCount.get(right) ?? 0),
    )
  }

  /** Index of the first member near `partition`, going round from `start`; −1 if there is none. */
  nextNear(partition: TopicPartition, members: readonly string[], start: number): number {
    for (let step = 0; step < members.length; step++) {
      const index = (start + step) % members.length
      const memberId = members[index]
      if (memberId !== undefined && this.isNear(memberId, partition)) return index
    }
    return -1
  }
}
