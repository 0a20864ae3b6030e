import { javaStringHash } from '@streamwright/protocol'

/**
 * The order in which a `HashMap` or `HashSet` filled with `names` one by one walks through them. The table starts with
 * 16 buckets and doubles while it is more than three quarters full; inside a bucket names stay in the order given.
 */
export function hashMapOrder(names: Iterable<string>): string[] {
  const list = [...new Set(names)]
  let capacity = 16
  while (list.length > capacity * 0.75) capacity *= 2
  return bucketOrder(list, capacity)
}

/** The order of a `HashSet` that was made from a collection, whose table is sized beforehand. */
export function hashSetOrder(names: Iterable<string>): string[] {
  const list = [...new Set(names)]
  const wanted = Math.max(Math.floor(list.length / 0.75) + 1, 16)
  let capacity = 16
  while (capacity < wanted) capacity *= 2
  return bucketOrder(list, capacity)
}

function bucketOrder(names: readonly string[], capacity: number): string[] {
  return names
    .map((name) => ({ name, bucket: bucketOf(name, capacity) }))
    .toSorted((left, right) => left.bucket - right.bucket)
    .map((entry) => entry.name)
}

function bucketOf(name: string, capacity: number): number {
  const hash = javaStringHash(name)
  return (hash ^ (hash >>> 16)) & (capacity - 1)
}
