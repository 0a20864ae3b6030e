/** Partitions of topics, by topic id. No topic is without partitions. */
export type TopicPartitions = ReadonlyMap<string, ReadonlySet<number>>

/** The same, with the epoch in which the member got each partition. */
export type AssignedPartitions = ReadonlyMap<string, ReadonlyMap<number, number>>

/** How messages and records write partitions of topics. */
export interface TopicPartitionList {
  readonly topicId: string
  readonly partitions: readonly number[]
}

export const noPartitions: TopicPartitions = new Map()
export const nothingAssigned: AssignedPartitions = new Map()

export function topicPartitionsOf(lists: readonly TopicPartitionList[]): TopicPartitions {
  return new Map(lists.map(({ topicId, partitions }) => [topicId, new Set(partitions)]))
}

/** For a message or a record: partitions in order. */
export function topicPartitionLists(
  partitions: ReadonlyMap<string, ReadonlySet<number> | ReadonlyMap<number, number>>,
): TopicPartitionList[] {
  return [...partitions].map(([topicId, indexes]) => ({ topicId, partitions: [...indexes.keys()].toSorted(ascending) }))
}

export function isSameTarget(left: TopicPartitions, right: TopicPartitions): boolean {
  if (left.size !== right.size) return false
  for (const [topicId, partitions] of left) {
    const others = right.get(topicId)
    if (others === undefined || others.size !== partitions.size) return false
    for (const partition of partitions) if (!others.has(partition)) return false
  }
  return true
}

/** Also the epochs are the same. */
export function isSameAssignment(left: AssignedPartitions, right: AssignedPartitions): boolean {
  if (left === right) return true
  if (left.size !== right.size) return false
  for (const [topicId, partitions] of left) {
    const others = right.get(topicId)
    if (others === undefined || others.size !== partitions.size) return false
    for (const [partition, epoch] of partitions) if (others.get(partition) !== epoch) return false
  }
  return true
}

/** All partitions with one epoch. */
export function assignedAt(partitions: TopicPartitions | AssignedPartitions, epoch: number): AssignedPartitions {
  return new Map(
    [...partitions].map(([topicId, indexes]) => [topicId, new Map([...indexes.keys()].map((index) => [index, epoch]))]),
  )
}

export function ascending(left: number, right: number): number {
  return left - right
}
