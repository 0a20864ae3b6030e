import type { TopicPartition } from '../topic-partition.ts'

/** Partitions by topic id, in ascending order: what a coordinator says that a member owns. */
export type AssignedTopics = ReadonlyMap<string, readonly number[]>

/** As in messages. */
interface TopicPartitions {
  readonly topicId: string
  readonly partitions: readonly number[]
}

/** From a message: sorted, and without topics of no partition. */
export function assignedTopics(topics: readonly TopicPartitions[]): AssignedTopics {
  return new Map(
    topics
      .filter(({ partitions }) => partitions.length > 0)
      .map(({ topicId, partitions }) => [topicId, partitions.toSorted((left, right) => left - right)]),
  )
}

export function topicPartitionsOf(assigned: AssignedTopics): TopicPartitions[] {
  return Array.from(assigned, ([topicId, partitions]) => ({ topicId, partitions }))
}

export function isSameAssignment(left: AssignedTopics, right: AssignedTopics): boolean {
  if (left.size !== right.size) return false
  for (const [topicId, partitions] of left) if (partitions.join() !== right.get(topicId)?.join()) return false
  return true
}

/** An assignment by names, as far as they are known. */
export interface ResolvedAssignment {
  readonly partitions: readonly TopicPartition[]
  /** The part of the assignment that has names. */
  readonly topics: AssignedTopics
  /** Ids of the topics that have none yet. */
  readonly unknown: readonly string[]
}

export function resolveAssignment(
  assigned: AssignedTopics,
  nameOf: (topicId: string) => string | undefined,
): ResolvedAssignment {
  const topics = new Map<string, readonly number[]>()
  const unknown: string[] = []
  const places: TopicPartition[] = []
  for (const [topicId, partitions] of assigned) {
    const topic = nameOf(topicId)
    if (topic === undefined) unknown.push(topicId)
    else {
      topics.set(topicId, partitions)
      for (const partition of partitions) places.push({ topic, partition })
    }
  }
  return { partitions: places, topics, unknown }
}
