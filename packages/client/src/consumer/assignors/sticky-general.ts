import { present } from '@streamwright/std'
import type { TopicPartition } from '../topic-partition.ts'
import { compareText } from '../topic-partition.ts'
import { MembersByLoad } from './members-by-load.ts'
import type { Subscriptions } from './members.ts'
import { PartitionMovements } from './partition-movements.ts'
import type { PartitionTable, PreviousOwnership, ReadMemberData } from './sticky-ownership.ts'
import { removeFrom } from './sticky-ownership.ts'
import type { RackTable } from './sticky-racks.ts'

/**
 * The case where members subscribe to different topics. Everybody keeps what they own and may keep, each free partition
 * goes to the subscriber with the fewest, and then partitions move one by one from members with more to members with
 * fewer, until no move makes the group more balanced.
 */
export class GeneralAssignment {
  /** What each member has by now. */
  readonly assignment: Map<string, TopicPartition[]>
  readonly #table: PartitionTable
  readonly #racks: RackTable
  readonly #subscriptions: Subscriptions
  readonly #subscribers = new Map<string, string[]>()
  readonly #topicsOf = new Map<string, ReadonlySet<string>>()
  readonly #ownerOf = new Map<TopicPartition, string>()
  /** Owners of an earlier generation than the latest: who has a partition back from them gives it up first. */
  readonly #earlierOwnerOf: ReadonlyMap<TopicPartition, string>
  readonly #movements = new PartitionMovements()
  readonly #byLoad: MembersByLoad

  constructor(
    table: PartitionTable,
    racks: RackTable,
    previous: PreviousOwnership,
    subscriptions: Subscriptions,
    readMemberData: ReadMemberData,
    generationMax: number,
  ) {
    this.#table = table
    this.#racks = racks
    this.#subscriptions = subscriptions
    for (const topic of table.byTopic.keys()) this.#subscribers.set(topic, [])
    for (const [memberId, { topics }] of subscriptions) {
      const existing = new Set(topics.filter((topic) => table.byTopic.has(topic)))
      this.#topicsOf.set(memberId, existing)
      for (const topic of existing) this.#subscribers.get(topic)?.push(memberId)
    }
    this.#earlierOwnerOf = this.#earlierOwners(readMemberData, generationMax)
    this.assignment = new Map()
    const revoked = this.#keepOwned(previous)
    this.#byLoad = new MembersByLoad((memberId) => this.assignment.get(memberId)?.length ?? 0)
    for (const memberId of this.assignment.keys()) this.#byLoad.add(memberId)
    this.#balance(revoked)
  }

  #earlierOwners(readMemberData: ReadMemberData, generationMax: number): Map<TopicPartition, string> {
    const owners = new Map<TopicPartition, string>()
    const generations = new Map<TopicPartition, number>()
    for (const [memberId, subscription] of this.#subscriptions) {
      const { partitions, generation } = readMemberData(subscription)
      if (generation >= generationMax) continue
      for (const claimed of partitions) {
        const partition = this.#table.find(claimed)
        if (partition === undefined || generation <= (generations.get(partition) ?? -2)) continue
        owners.set(partition, memberId)
        generations.set(partition, generation)
      }
    }
    return owners
  }

  /** Whether something had to be taken from a member that would otherwise have kept it. */
  #keepOwned(previous: PreviousOwnership): boolean {
    let revoked = false
    for (const [memberId, owned] of previous.owned) {
      const kept = owned.filter(
        (partition) => this.#mayHave(memberId, partition) && !this.#racks.isFar(memberId, partition),
      )
      revoked ||= kept.length < owned.length
      for (const partition of kept) this.#ownerOf.set(partition, memberId)
      this.assignment.set(memberId, kept)
    }
    return revoked
  }

  #balance(revoked: boolean): void {
    const fromNothing = this.#byLoad.largestLoad === 0
    const all = [...this.#table.byTopic.keys()]
      .toSorted((left, right) => this.#subscriberCount(left) - this.#subscriberCount(right) || compareText(left, right))
      .flatMap((topic) => this.#table.of(topic))
    const unassigned = all.filter((partition) => !this.#ownerOf.has(partition))
    const far = this.#racks.isEmpty ? unassigned : unassigned.filter((partition) => !this.#placeFree(partition, true))
    for (const partition of far) this.#placeFree(partition, false)

    const movable = (partition: TopicPartition): boolean => this.#subscriberCount(partition.topic) >= 2
    const settled = this.#setAsideSettledMembers()
    const before = this.#snapshot()
    if (!revoked) this.#moveWhileUnbalanced(unassigned.filter(movable))
    const moved = this.#moveWhileUnbalanced(all.filter(movable))
    if (!fromNothing && moved && imbalanceOf(this.assignment) >= imbalanceOf(before)) {
      this.assignment.clear()
      for (const [memberId, partitions] of before) this.assignment.set(memberId, partitions)
    }
    for (const [memberId, partitions] of settled) this.assignment.set(memberId, partitions)
  }

  /** Gives a free partition to the subscriber with the fewest, and tells whether there was one. */
  #placeFree(partition: TopicPartition, onlyNear: boolean): boolean {
    const memberId = this.#byLoad.ascending.find(
      (candidate) => this.#mayHave(candidate, partition) && !(onlyNear && this.#racks.isFar(candidate, partition)),
    )
    if (memberId === undefined) return false
    this.#byLoad.remove(memberId)
    this.#partitionsOf(memberId).push(partition)
    this.#ownerOf.set(partition, memberId)
    this.#byLoad.add(memberId)
    return true
  }

  /** Members that nothing could be moved to or from leave the search; they come back in the end. */
  #setAsideSettledMembers(): Map<string, TopicPartition[]> {
    const settled = new Map<string, TopicPartition[]>()
    for (const memberId of this.#topicsOf.keys()) {
      const partitions = this.#partitionsOf(memberId)
      if (partitions.length < this.#loadMax(memberId)) continue
      if (partitions.some(({ topic }) => this.#subscriberCount(topic) >= 2)) continue
      this.#byLoad.remove(memberId)
      this.assignment.delete(memberId)
      settled.set(memberId, partitions)
    }
    return settled
  }

  #moveWhileUnbalanced(partitions: readonly TopicPartition[]): boolean {
    let movedAny = false
    for (let moved = true; moved; movedAny ||= moved) {
      moved = false
      for (const partition of partitions) {
        if (this.#isBalanced()) break
        const to = this.#betterOwner(partition)
        if (to === undefined) continue
        this.#move(partition, to)
        moved = true
      }
    }
    return movedAny
  }

  #betterOwner(partition: TopicPartition): string | undefined {
    const owner = present(this.#ownerOf.get(partition), 'A partition with subscribers has an owner')
    const load = this.#loadOf(owner)
    const earlier = this.#earlierOwnerOf.get(partition)
    if (earlier !== undefined && this.#mayHave(earlier, partition) && load > this.#loadOf(earlier) + 1) return earlier
    const lighter = this.#subscribers.get(partition.topic)?.some((other) => load > this.#loadOf(other) + 1)
    if (lighter !== true) return undefined
    return this.#byLoad.ascending.find((memberId) => this.#mayHave(memberId, partition))
  }

  #move(wanted: TopicPartition, to: string): void {
    const wantedFrom = present(this.#ownerOf.get(wanted), 'A partition that moves has an owner')
    const partition = this.#movements.partitionToMove(wanted, wantedFrom, to)
    const from = present(this.#ownerOf.get(partition), 'A partition that has moved has an owner')
    this.#byLoad.remove(from)
    this.#byLoad.remove(to)
    this.#movements.move(partition, from, to)
    removeFrom(this.#partitionsOf(from), partition)
    this.#partitionsOf(to).push(partition)
    this.#ownerOf.set(partition, to)
    this.#byLoad.add(to)
    this.#byLoad.add(from)
  }

  /** No single move from one member to another would bring their loads closer together. */
  #isBalanced(): boolean {
    const largest = this.#byLoad.largestLoad
    if (this.#byLoad.smallestLoad >= largest - 1) return true
    for (const memberId of this.#byLoad.ascending) {
      const load = this.#loadOf(memberId)
      if (load + 1 >= largest) return true
      if (load === this.#loadMax(memberId)) continue
      for (const topic of this.#topicsOf.get(memberId) ?? []) {
        for (const partition of this.#table.of(topic)) {
          const owner = this.#ownerOf.get(partition)
          if (owner !== undefined && owner !== memberId && load + 1 < this.#loadOf(owner)) return false
        }
      }
    }
    return true
  }

  #mayHave(memberId: string, partition: TopicPartition): boolean {
    return this.#topicsOf.get(memberId)?.has(partition.topic) === true
  }

  #subscriberCount(topic: string): number {
    return this.#subscribers.get(topic)?.length ?? 0
  }

  #partitionsOf(memberId: string): TopicPartition[] {
    return present(this.assignment.get(memberId), 'Every member has a list')
  }

  /** Members set aside have nothing that could move, and are never compared with. */
  #loadOf(memberId: string): number {
    return this.assignment.get(memberId)?.length ?? 0
  }

  #loadMax(memberId: string): number {
    let sum = 0
    for (const topic of this.#topicsOf.get(memberId) ?? []) sum += this.#table.of(topic).length
    return sum
  }

  #snapshot(): Map<string, TopicPartition[]> {
    return new Map(this.assignment.entries().map(([memberId, partitions]) => [memberId, [...partitions]]))
  }
}

/** The sum of the differences in load over all pairs of members: 0 when all have the same. */
function imbalanceOf(assignment: ReadonlyMap<string, readonly TopicPartition[]>): number {
  const loads = [...assignment.values()].map((partitions) => partitions.length).toSorted((left, right) => left - right)
  // A load at index i is the larger one in i pairs and the smaller one in the others.
  return loads.reduce((sum, load, index) => sum + load * (2 * index - loads.length + 1), 0)
}
