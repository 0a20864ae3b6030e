import type { TopicPartition } from '../topic-partition.ts'
import type { MemberSubscription } from './assignor.ts'
import type { Subscriptions } from './members.ts'

/** What a member says that it owned, and since which generation (−1: it does not say). */
export interface MemberData {
  readonly partitions: readonly TopicPartition[]
  readonly generation: number
}

export type ReadMemberData = (subscription: MemberSubscription) => MemberData

/** The partitions that exist, each as one object, so that they can be compared by identity. */
export class PartitionTable {
  readonly byTopic: ReadonlyMap<string, readonly TopicPartition[]>
  readonly count: number

  constructor(byTopic: ReadonlyMap<string, readonly TopicPartition[]>) {
    this.byTopic = byTopic
    this.count = byTopic.values().reduce((sum, partitions) => sum + partitions.length, 0)
  }

  find(topicPartition: TopicPartition): TopicPartition | undefined {
    return this.byTopic.get(topicPartition.topic)?.[topicPartition.partition]
  }

  of(topic: string): readonly TopicPartition[] {
    return this.byTopic.get(topic) ?? []
  }
}

/** Who owned what before this rebalance, after contradictions were settled. */
export interface PreviousOwnership {
  /** Partitions that still exist, by member, every member included. */
  readonly owned: ReadonlyMap<string, TopicPartition[]>
  /** Claimed by several members of the same generation: nobody's claim counts. */
  readonly contested: ReadonlySet<TopicPartition>
  readonly generationMax: number
}

/**
 * Settles who owned what. Of two claims to a partition the one of the later generation counts; within one generation
 * neither does, because at least one of the two must be wrong.
 */
export function settleOwnership(
  table: PartitionTable,
  subscriptions: Subscriptions,
  readMemberData: ReadMemberData,
): PreviousOwnership {
  const owned = new Map<string, TopicPartition[]>()
  const contested = new Set<TopicPartition>()
  const claimants = new Map<TopicPartition, string>()
  let generationMax = -1
  for (const [memberId, subscription] of subscriptions) {
    const data = readMemberData(subscription)
    generationMax = Math.max(generationMax, data.generation)
    const mine: TopicPartition[] = []
    owned.set(memberId, mine)
    for (const claimed of data.partitions) {
      const partition = table.find(claimed)
      if (partition === undefined) continue
      const other = claimants.get(partition)
      if (other === undefined) {
        mine.push(partition)
        claimants.set(partition, memberId)
        continue
      }
      // The other's generation is the one of the subscription itself, not of the assignor's user data, as in Java.
      const otherGeneration = subscriptions.get(other)?.generationId ?? -1
      if (data.generation < otherGeneration) continue
      removeFrom(owned.get(other), partition)
      claimants.set(partition, memberId)
      if (data.generation === otherGeneration) contested.add(partition)
      else mine.push(partition)
    }
  }
  return { owned, contested, generationMax }
}

/** Whether all members subscribe to the same topics. */
export function sameTopicsForAll(subscriptions: Subscriptions): boolean {
  let first: ReadonlySet<string> | undefined
  for (const { topics } of subscriptions.values()) {
    first ??= new Set(topics)
    const known = first
    if (topics.length !== known.size || !topics.every((topic) => known.has(topic))) return false
  }
  return true
}

/** Removes the first occurrence, in place. */
export function removeFrom<Item>(items: Item[] | undefined, item: Item): void {
  const index = items?.indexOf(item) ?? -1
  if (index >= 0) items?.splice(index, 1)
}
