import { javaStringHash } from '@streamwright/protocol'

/** By UTF-16 units, as Java's `String.compareTo`. */
export function compareStrings(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** Java's `Uuid.compareTo`: by its two halves as signed numbers. */
export function compareUuids(left: string, right: string): number {
  const [one, other] = [Buffer.from(left, 'base64url'), Buffer.from(right, 'base64url')]
  for (const offset of [0, 8]) {
    const [a, b] = [one.readBigInt64BE(offset), other.readBigInt64BE(offset)]
    if (a !== b) return a < b ? -1 : 1
  }
  return 0
}

/** Kafka's `Uuid.hashCode`, of a UUID in its text form. */
export function uuidHash(uuid: string): number {
  const bytes = Buffer.from(uuid, 'base64url')
  return bytes.readInt32BE(0) ^ bytes.readInt32BE(4) ^ bytes.readInt32BE(8) ^ bytes.readInt32BE(12)
}

/**
 * The order in which Java's `HashMap` gives its keys: by bucket, in a bucket by insertion. Assignors walk through such
 * maps, so that who gets the odd partition depends on it.
 */
export function hashOrder<Key>(keys: Iterable<Key>, hashOf: (key: Key) => number): Key[] {
  const all = [...keys]
  let capacity = 16
  while (all.length > capacity * 0.75) capacity *= 2
  return byBucket(all, hashOf, capacity)
}

/** The same for a `HashSet` made from a collection, whose size is known beforehand. */
export function presizedHashOrder<Key>(keys: Iterable<Key>, hashOf: (key: Key) => number): Key[] {
  const all = [...keys]
  const room = Math.max(Math.floor(all.length / 0.75) + 1, 16)
  return byBucket(all, hashOf, 2 ** Math.ceil(Math.log2(room)))
}

export function stringsInHashOrder(strings: Iterable<string>): string[] {
  return hashOrder(strings, javaStringHash)
}

export function uuidsInHashOrder(uuids: Iterable<string>): string[] {
  return hashOrder(uuids, uuidHash)
}

function byBucket<Key>(keys: readonly Key[], hashOf: (key: Key) => number, capacity: number): Key[] {
  const placed = keys.map((key) => {
    const hash = hashOf(key)
    return { key, bucket: (hash ^ (hash >>> 16)) & (capacity - 1) }
  })
  return placed.toSorted((left, right) => left.bucket - right.bucket).map(({ key }) => key)
}
