/** Topics with their partitions, in a request of any kind, which each calls the number of a partition otherwise. */
interface TopicRequest<Index extends string> {
  readonly partitions: readonly Readonly<Record<Index, number>>[]
}

/**
 * A request with each topic, and each partition of it, once, and without topics that have none: what is said last
 * counts. Java's broker keeps requests in maps. What is so already, which is the rule, comes back as it is.
 */
export function eachPartitionOnce<Index extends string, Topic extends TopicRequest<Index>>(
  topics: readonly Topic[],
  nameOf: (topic: Topic) => string,
  index: Index,
): readonly Topic[] {
  const names = new Set(topics.map(nameOf))
  const isSo =
    names.size === topics.length &&
    topics.every(({ partitions }) => partitions.length === 1 || areDistinct(partitions, index))
  return isSo ? topics : merged(topics, nameOf, index)
}

function areDistinct<Index extends string>(
  partitions: readonly Readonly<Record<Index, number>>[],
  index: Index,
): boolean {
  return partitions.length > 0 && new Set(partitions.map((each) => each[index])).size === partitions.length
}

function merged<Index extends string, Topic extends TopicRequest<Index>>(
  topics: readonly Topic[],
  nameOf: (topic: Topic) => string,
  index: Index,
): Topic[] {
  const byName = new Map<string, { topic: Topic; partitions: Map<number, Topic['partitions'][number]> }>()
  for (const topic of topics) {
    const name = nameOf(topic)
    const known = byName.get(name) ?? { topic, partitions: new Map<number, Topic['partitions'][number]>() }
    byName.set(name, known)
    for (const partition of topic.partitions) known.partitions.set(partition[index], partition)
  }
  return [...byName.values()]
    .filter(({ partitions }) => partitions.size > 0)
    .map(({ topic, partitions }) => ({ ...topic, partitions: [...partitions.values()] }))
}
