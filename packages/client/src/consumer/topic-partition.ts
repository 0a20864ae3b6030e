/** One partition of one topic. */
export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** A text that is unique for each partition, for keys of maps and for messages: `orders-3`. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}-${partition}`
}

export function keyOf(topicPartition: TopicPartition): string {
  return partitionKey(topicPartition.topic, topicPartition.partition)
}

/** The order of texts that Java's `compareTo` has: by UTF-16 code unit. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** By topic, then by partition number. */
export function compareTopicPartitions(left: TopicPartition, right: TopicPartition): number {
  return compareText(left.topic, right.topic) || left.partition - right.partition
}

/** Partition numbers by topic, topics in order of their first appearance. */
export function groupByTopic(partitions: Iterable<TopicPartition>): Map<string, number[]> {
  const numbersByTopic = new Map<string, number[]>()
  for (const { topic, partition } of partitions) {
    const numbers = numbersByTopic.get(topic)
    if (numbers === undefined) numbersByTopic.set(topic, [partition])
    else numbers.push(partition)
  }
  return numbersByTopic
}
