import type { TopicPartition } from '../topic-partition.ts'
import { compareTopicPartitions } from '../topic-partition.ts'
import type { AssignmentMetadata, Assignor } from './assignor.ts'
import type { Subscriptions } from './members.ts'
import { inMemberOrder, subscribedPartitions, withoutUserData } from './members.ts'
import { racksMatter } from './racks.ts'

/**
 * Cuts each topic into one consecutive range per member, so that equally partitioned topics are divided alike and can
 * be joined. Where racks are known, a member first gets partitions with a replica in its own rack, within its share.
 */
export function rangeAssignor(): Assignor {
  return {
    name: 'range',
    protocols: ['eager'],
    subscriptionUserData: () => null,
    onAssignment: () => {},
    assign(metadata, subscriptions) {
      const assignment = new Map<string, TopicPartition[]>()
      for (const memberId of subscriptions.keys()) assignment.set(memberId, [])
      const members = inMemberOrder(subscriptions)
      const ranges = [...subscribedPartitions(metadata, subscriptions).values()].map(
        (partitions) => new TopicRange(partitions, members, subscriptions, metadata),
      )
      const byRack = ranges.some((range) => range.racksMatter)
      if (byRack) assignByRack(ranges)
      for (const range of ranges) range.assignWhere(() => true)
      for (const range of ranges) range.addTo(assignment)
      if (byRack) for (const partitions of assignment.values()) partitions.sort(compareTopicPartitions)
      return withoutUserData(assignment)
    },
  }
}

/** Topics with the same members and the same number of partitions stay divided alike also when racks decide. */
function assignByRack(ranges: readonly TopicRange[]): void {
  for (const alike of Map.groupBy(ranges, (range) => range.shape).values()) {
    const [only] = alike
    if (alike.length === 1 && only !== undefined) {
      if (only.racksMatter) only.assignWhere((memberId, partition) => only.isNear(memberId, partition))
    } else assignAlikeByRack(alike)
  }
}

function assignAlikeByRack(alike: readonly TopicRange[]): void {
  const [first] = alike
  if (first === undefined) return
  const remaining = new Set(first.members)
  for (let partition = 0; partition < first.rackedPartitionCount; partition++) {
    const memberId = remaining
      .values()
      .find((candidate) =>
        alike.every((range) => range.isNear(candidate, partition) && range.assignable(candidate) > 0),
      )
    if (memberId === undefined) continue
    for (const range of alike) range.assign(memberId, [partition])
    if (alike.every((range) => range.assignable(memberId) === 0)) remaining.delete(memberId)
  }
}

class TopicRange {
  readonly members: readonly string[]
  readonly racksMatter: boolean
  readonly #partitions: readonly TopicPartition[]
  readonly #unassigned: Set<number>
  readonly #assigned = new Map<string, number[]>()
  readonly #rackOf = new Map<string, string>()
  readonly #racks: readonly ReadonlySet<string>[]
  readonly #share: number
  #membersWithOneMore: number

  constructor(
    partitions: readonly TopicPartition[],
    members: readonly string[],
    subscriptions: Subscriptions,
    metadata: AssignmentMetadata,
  ) {
    this.#partitions = partitions
    const topic = partitions[0]?.topic ?? ''
    this.members = members.filter((memberId) => subscriptions.get(memberId)?.topics.includes(topic))
    for (const memberId of this.members) {
      this.#assigned.set(memberId, [])
      const rack = subscriptions.get(memberId)?.rackId
      if (rack !== undefined && rack !== null && rack !== '') this.#rackOf.set(memberId, rack)
    }
    this.#unassigned = new Set(partitions.keys())
    this.#share = Math.floor(partitions.length / this.members.length)
    this.#membersWithOneMore = partitions.length % this.members.length
    this.#racks =
      this.#rackOf.size === 0 ? [] : partitions.map(({ partition }) => new Set(metadata.racks(topic, partition)))
    this.racksMatter = racksMatter(new Set(this.#rackOf.values()), this.#racks)
  }

  /** Number of partitions whose racks are known: none while no member has a rack. */
  get rackedPartitionCount(): number {
    return this.#racks.length
  }

  /** Equal for ranges that must be divided alike. */
  get shape(): string {
    return JSON.stringify([this.#racks.length, this.members.map((memberId) => [memberId, this.#rackOf.get(memberId)])])
  }

  /** A member without a rack is near everything. */
  isNear(memberId: string, partition: number): boolean {
    const rack = this.#rackOf.get(memberId)
    return rack === undefined || this.#racks[partition]?.has(rack) === true
  }

  assignable(memberId: string): number {
    const most = this.#share + (this.#membersWithOneMore > 0 ? 1 : 0)
    return Math.max(0, most - (this.#assigned.get(memberId)?.length ?? 0))
  }

  assign(memberId: string, partitions: readonly number[]): void {
    const assigned = this.#assigned.get(memberId) ?? []
    assigned.push(...partitions)
    if (assigned.length > this.#share) this.#membersWithOneMore--
    for (const partition of partitions) this.#unassigned.delete(partition)
  }

  /** Gives each member as much of its share as `accepts` lets it have. */
  assignWhere(accepts: (memberId: string, partition: number) => boolean): void {
    for (const memberId of this.members) {
      const partitions = this.#unassigned
        .values()
        .filter((partition) => accepts(memberId, partition))
        .take(this.assignable(memberId))
        .toArray()
      if (partitions.length > 0) this.assign(memberId, partitions)
    }
  }

  addTo(assignment: ReadonlyMap<string, TopicPartition[]>): void {
    for (const [memberId, numbers] of this.#assigned) {
      for (const number of numbers) {
        const partition = this.#partitions[number]
        if (partition !== undefined) assignment.get(memberId)?.push(partition)
      }
    }
  }
}
