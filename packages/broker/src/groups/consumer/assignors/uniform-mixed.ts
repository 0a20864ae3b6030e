import { present } from '@streamwright/std'
import { balanceRoundsMax } from '../../../limits.ts'
import { compareUuids } from '../java-order.ts'
import type { TopicPartitions } from '../topic-partitions.ts'
import type { AssignorInput, GrowingTarget } from './assignor.ts'
import { addPartition, growingTarget, removePartition } from './assignor.ts'
import { LoadRanges } from './load-ranges.ts'

/** Stands for no member among the owners of partitions. */
const nobody = -1

interface TopicPlan {
  readonly id: string
  /** Members by their index. */
  readonly subscribers: number[]
  readonly owners: number[]
}

/** Uniform for members with different subscriptions. */
export function assignUniformMixed(input: AssignorInput): ReadonlyMap<string, TopicPartitions> {
  const plan = new UniformPlan(input)
  if (plan.isEmpty) return new Map()
  plan.assignRest()
  plan.balance()
  return plan.targets
}

class UniformPlan {
  readonly #targets: GrowingTarget[]
  readonly #memberIds: readonly string[]
  readonly #loads: number[]
  /** Those with most partitions for each subscriber first. */
  readonly #topics: readonly TopicPlan[]

  constructor({ members, partitionCount }: AssignorInput) {
    const topics = new Map<string, TopicPlan>()
    this.#memberIds = [...members.keys()]
    for (const [index, { topicIds }] of [...members.values()].entries()) {
      for (const id of topicIds) {
        let topic = topics.get(id)
        if (topic === undefined) {
          topic = { id, subscribers: [], owners: Array.from({ length: partitionCount(id) }, () => nobody) }
          topics.set(id, topic)
        }
        topic.subscribers.push(index)
      }
    }
    this.#loads = this.#memberIds.map(() => 0)
    this.#targets = [...members.values()].map(({ topicIds, target }, index) => {
      const kept = growingTarget(target)
      for (const [topicId, partitions] of target) {
        if (!topicIds.has(topicId)) kept.delete(topicId)
        else for (const partition of partitions) this.#own(topics.get(topicId), partition, index)
      }
      return kept
    })
    this.#topics = [...topics.values()].toSorted(byPartitionsPerSubscriber)
  }

  get isEmpty(): boolean {
    return this.#topics.length === 0
  }

  get targets(): ReadonlyMap<string, TopicPartitions> {
    return new Map(this.#memberIds.map((id, index) => [id, this.#targetOf(index)]))
  }

  /** Partitions that nobody has go to who has least. */
  assignRest(): void {
    for (const topic of this.#topics) {
      const partitions = [...topic.owners.keys()].filter((partition) => topic.owners[partition] === nobody)
      if (partitions.length === 0) continue
      const ranges = new LoadRanges(topic.subscribers, this.#loads)
      for (const partition of partitions) this.#move(topic, partition, ranges.nextToGiveTo())
    }
  }

  /** Topic by topic, partitions go from who has most to who has least, until a round changes nothing. */
  balance(): void {
    const topics = this.#topics.filter(({ subscribers }) => subscribers.length >= 2)
    let lastMoved: TopicPlan | undefined
    for (let round = 0; round < balanceRoundsMax; round++) {
      for (const topic of topics) {
        if (topic === lastMoved) return
        if (this.#balanceTopic(topic) || lastMoved === undefined) lastMoved = topic
      }
    }
  }

  #balanceTopic(topic: TopicPlan): boolean {
    const ranges = new LoadRanges(topic.subscribers, this.#loads)
    if (ranges.imbalance <= 1) return false
    const given = new Map<number, number[]>()
    for (const [partition, owner] of topic.owners.entries()) {
      const partitions = given.get(owner)
      if (partitions === undefined) given.set(owner, [partition])
      else partitions.push(partition)
    }
    const hasSomething = (member: number): boolean => (given.get(member)?.length ?? 0) > 0
    let hasMoved = false
    while (!ranges.isBalanced) {
      const giver = ranges.nextToTakeFrom(hasSomething)
      const partition = given.get(giver)?.pop()
      if (partition === undefined) break
      const taker = ranges.nextToGiveTo()
      if (ranges.isBalanced) break
      this.#move(topic, partition, taker)
      hasMoved = true
    }
    return hasMoved
  }

  #move(topic: TopicPlan, partition: number, member: number): void {
    const owner = topic.owners[partition] ?? nobody
    if (owner !== nobody) {
      removePartition(this.#targetOf(owner), topic.id, partition)
      this.#loads[owner] = (this.#loads[owner] ?? 0) - 1
    }
    addPartition(this.#targetOf(member), topic.id, partition)
    this.#own(topic, partition, member)
  }

  #own(topic: TopicPlan | undefined, partition: number, member: number): void {
    if (topic === undefined) return
    topic.owners[partition] = member
    this.#loads[member] = (this.#loads[member] ?? 0) + 1
  }

  #targetOf(member: number): GrowingTarget {
    return present(this.#targets[member], 'Every member has a target')
  }
}

function byPartitionsPerSubscriber(left: TopicPlan, right: TopicPlan): number {
  return (
    right.owners.length / right.subscribers.length - left.owners.length / left.subscribers.length ||
    left.subscribers.length - right.subscribers.length ||
    compareUuids(left.id, right.id)
  )
}
