/**
 * Several of Java's assignors walk over a `HashMap`, and what they answer depends on the order in which it lists its
 * keys. Members of a group may run Java and Node side by side and either may lead, so the same order is used here.
 */
const initialCapacity = 16
const loadFactor = 0.75

/**
 * The keys in the order in which a Java `HashMap` lists them that was filled in the given order.
 * `sizeMax` is the largest size that the map has ever had, if it was larger: Java's table never shrinks.
 */
export function inJavaHashOrder<Key>(
  keys: Iterable<Key>,
  hashOf: (key: Key) => number,
  sizeMax: number = 0,
): readonly Key[] {
  const entries = Array.from(keys, (key) => ({ key, hash: spread(hashOf(key)) }))
  let capacity = initialCapacity
  while (Math.max(entries.length, sizeMax) > capacity * loadFactor) capacity *= 2
  const mask = capacity - 1
  // Within a bucket keys stay in the order of insertion, and Array.sort is stable.
  entries.sort((left, right) => (left.hash & mask) - (right.hash & mask))
  return entries.map((entry) => entry.key)
}

/** Java's `String.hashCode`. */
export function textHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}

/** The hash of Java's `TopicPartition`. */
export function topicPartitionHash(topicPartition: { readonly topic: string; readonly partition: number }): number {
  return (Math.imul(31, 31 + topicPartition.partition) + textHash(topicPartition.topic)) | 0
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16)
}
