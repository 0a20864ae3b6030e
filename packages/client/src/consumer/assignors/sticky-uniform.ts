import { assert, present } from '@streamwright/std'
import type { TopicPartition } from '../topic-partition.ts'
import { compareText } from '../topic-partition.ts'
import type { PartitionTable, PreviousOwnership } from './sticky-ownership.ts'
import { removeFrom } from './sticky-ownership.ts'
import type { RackTable } from './sticky-racks.ts'

/**
 * The case where all members subscribe to the same topics. Everybody gets `quotaMin` partitions, and the remainder of
 * the division gets one more each; members keep what they own up to that, and what is left over is dealt in order.
 */
export class UniformAssignment {
  readonly assignment: Map<string, TopicPartition[]> = new Map()
  /** Partitions that go from one member to another, with the member that gets them. */
  readonly transferred: Map<TopicPartition, string> = new Map()
  readonly #table: PartitionTable
  readonly #racks: RackTable
  readonly #contested: ReadonlySet<TopicPartition>
  readonly #givenUpBy = new Map<TopicPartition, string>()
  readonly #quotaMin: number
  readonly #quotaMax: number
  /** How many members may have more than `quotaMin`. */
  readonly #largeMembersMax: number
  #largeMembers = 0
  /** Members below `quotaMin`. */
  readonly #hungry: string[] = []
  /** Members with exactly `quotaMin` that may get one more. */
  #content: string[] = []

  constructor(table: PartitionTable, racks: RackTable, previous: PreviousOwnership) {
    this.#table = table
    this.#racks = racks
    this.#contested = previous.contested
    const memberCount = previous.owned.size
    this.#quotaMin = Math.floor(table.count / memberCount)
    this.#quotaMax = Math.ceil(table.count / memberCount)
    this.#largeMembersMax = table.count % memberCount
    for (const [memberId, owned] of previous.owned) this.#keepOwned(memberId, owned)
    this.#hungry.sort(compareText)
    this.#content.sort(compareText)
    const unassigned = racks.hardestFirst(this.#unassignedPartitions())
    this.#dealInOrder(racks.isEmpty ? unassigned : this.#dealByRack(unassigned))
  }

  #keepOwned(memberId: string, ownedBefore: readonly TopicPartition[]): void {
    const owned: TopicPartition[] = []
    for (const partition of ownedBefore) {
      if (this.#racks.isFar(memberId, partition)) this.#givenUpBy.set(partition, memberId)
      else if (!this.#contested.has(partition)) owned.push(partition)
    }
    owned.sort((left, right) => left.partition - right.partition || compareText(left.topic, right.topic))
    if (owned.length < this.#quotaMin) {
      this.assignment.set(memberId, owned)
      this.#hungry.push(memberId)
      return
    }
    const large = owned.length >= this.#quotaMax && this.#largeMembers < this.#largeMembersMax
    if (large) {
      this.#largeMembers++
      if (this.#largeMembers === this.#largeMembersMax) this.#content = []
    } else if (this.#largeMembers < this.#largeMembersMax) this.#content.push(memberId)
    const kept = owned.slice(0, large ? this.#quotaMax : this.#quotaMin)
    this.assignment.set(memberId, kept)
    for (const partition of owned.slice(kept.length)) this.#givenUpBy.set(partition, memberId)
  }

  #unassignedPartitions(): TopicPartition[] {
    const assigned = new Set([...this.assignment.values()].flat())
    return [...this.#table.byTopic.keys()]
      .toSorted(compareText)
      .flatMap((topic) => this.#table.of(topic).filter((partition) => !assigned.has(partition)))
  }

  /** Gives partitions to members in their rack, as far as quotas allow; returns what is left. */
  #dealByRack(unassigned: readonly TopicPartition[]): TopicPartition[] {
    const left: TopicPartition[] = []
    let start = 0
    for (const partition of unassigned) {
      let index = this.#racks.nextNear(partition, this.#hungry, start)
      const hungry = this.#hungry[index]
      if (hungry !== undefined) {
        if (this.#give(partition, hungry) >= this.#quotaMin) {
          this.#hungry.splice(index, 1)
          if (this.#quotaMin < this.#quotaMax && this.#largeMembers < this.#largeMembersMax) this.#content.push(hungry)
        } else index++
        start = this.#hungry.length === 0 ? 0 : index % this.#hungry.length
        continue
      }
      const content = this.#content[this.#racks.nextNear(partition, this.#content, 0)]
      if (content === undefined) {
        left.push(partition)
        continue
      }
      removeFrom(this.#content, content)
      this.#give(partition, content)
      this.#largeMembers++
      if (this.#largeMembers === this.#largeMembersMax) this.#content = []
    }
    return left
  }

  #dealInOrder(unassigned: readonly TopicPartition[]): void {
    let index = 0
    for (const partition of unassigned) {
      if (index >= this.#hungry.length) index = 0
      const hungry = this.#hungry[index]
      if (hungry === undefined) {
        const content = present(this.#content.shift(), 'Quotas add up to the number of partitions')
        this.#give(partition, content)
        this.#largeMembers++
        continue
      }
      if (this.#give(partition, hungry) === this.#quotaMin) {
        this.#hungry.splice(index, 1)
        this.#content.push(hungry)
      } else index++
    }
    assert(this.#hungry.length === 0, 'Every member has its smallest share when all partitions are dealt')
  }

  #give(partition: TopicPartition, memberId: string): number {
    const partitions = present(this.assignment.get(memberId), 'Every member has a list')
    partitions.push(partition)
    const before = this.#givenUpBy.get(partition)
    if ((before !== undefined && before !== memberId) || this.#contested.has(partition))
      this.transferred.set(partition, memberId)
    return partitions.length
  }
}
