const seed = 0x9747_b28c
const multiplier = 0x5bd1_e995

/** MurmurHash2 of `bytes` from `start` to `end` as Kafka's default partitioner computes it: a signed 32-bit integer. */
export function murmur2(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  const length = end - start
  let hash = seed ^ length
  let at = start
  const wordsEnd = start + (length & ~3)
  while (at < wordsEnd) {
    let word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    word = Math.imul(word, multiplier)
    word ^= word >>> 24
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier)
    at += 4
  }
  const rest = length & 3
  if (rest > 0) {
    if (rest === 3) hash ^= (bytes[at + 2] as number) << 16
    if (rest >= 2) hash ^= (bytes[at + 1] as number) << 8
    hash = Math.imul(hash ^ (bytes[at] as number), multiplier)
  }
  hash = Math.imul(hash ^ (hash >>> 13), multiplier)
  return hash ^ (hash >>> 15)
}

/** Kafka's way to a number that is not negative: the sign bit is dropped. */
export function toPositive(hash: number): number {
  return hash & 0x7fff_ffff
}

/** The partition of a record with this key among `partitionCount`: what every Kafka client's default partitioner says. */
export function partitionForKey(key: Uint8Array, partitionCount: number): number {
  return toPositive(murmur2(key)) % partitionCount
}
