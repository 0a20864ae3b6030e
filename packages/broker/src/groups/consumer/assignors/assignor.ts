import type { TopicPartitions } from '../topic-partitions.ts'

/** A member as assignors see it. */
export interface AssignedMember {
  readonly instanceId: string | null
  /** Ids of the topics that it is subscribed to, all of which exist. */
  readonly topicIds: ReadonlySet<string>
  /** What it has in the target so far. */
  readonly target: TopicPartitions
}

/** What a target is computed from. */
export interface AssignorInput {
  /** In the order in which Java's hash map would give them. */
  readonly members: ReadonlyMap<string, AssignedMember>
  /** All members are subscribed to the same topics. */
  readonly isHomogeneous: boolean
  readonly partitionCount: (topicId: string) => number
}

/** Computes who is to have what: every partition of a subscribed topic has one member. */
export type Assignor = (input: AssignorInput) => ReadonlyMap<string, TopicPartitions>

/** A target that is being made. */
export type GrowingTarget = Map<string, Set<number>>

export function growingTarget(target: TopicPartitions): GrowingTarget {
  return new Map([...target].map(([topicId, partitions]) => [topicId, new Set(partitions)]))
}

export function addPartition(target: GrowingTarget, topicId: string, partition: number): void {
  const partitions = target.get(topicId)
  if (partitions === undefined) target.set(topicId, new Set([partition]))
  else partitions.add(partition)
}

export function removePartition(target: GrowingTarget, topicId: string, partition: number): void {
  const partitions = target.get(topicId)
  partitions?.delete(partition)
  if (partitions?.size === 0) target.delete(topicId)
}
