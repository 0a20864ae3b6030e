import type { Topic } from '../../metadata/topics.ts'
import { compareStrings } from './java-order.ts'
import { xxh3 } from './xxh3.ts'

/**
 * One number for all that a group's target depends on in its topics: their ids, names and partition counts. As Apache
 * Kafka computes it, so that a group that moves from one broker to the other finds nothing changed.
 */
export function metadataHash(names: Iterable<string>, topicOf: (name: string) => Topic | undefined): bigint {
  const topics = [...names].flatMap((name) => topicOf(name) ?? [])
  if (topics.length === 0) return 0n
  const hashes = Buffer.alloc(topics.length * 8)
  for (const [index, topic] of topics.toSorted((left, right) => compareStrings(left.name, right.name)).entries()) {
    hashes.writeBigInt64LE(topicHash(topic), index * 8)
  }
  return xxh3(hashes)
}

const topicHashes = new WeakMap<Topic, { readonly partitions: number; readonly hash: bigint }>()

function topicHash(topic: Topic): bigint {
  const partitions = topic.partitions.length
  const known = topicHashes.get(topic)
  if (known !== undefined && known.partitions === partitions) return known.hash
  const { name } = topic
  const bytes = Buffer.alloc(1 + 16 + name.length * 2 + 4 + 4 + partitions * 4)
  const id = Buffer.from(topic.id, 'base64url')
  bytes.writeBigInt64LE(id.readBigInt64BE(0), 1)
  bytes.writeBigInt64LE(id.readBigInt64BE(8), 9)
  let offset = 17 + bytes.write(name, 17, 'utf16le')
  // Every number of a partition would be followed by its racks, which this broker's have none of.
  for (const number of [name.length, partitions, ...topic.partitions.keys()])
    offset = bytes.writeInt32LE(number, offset)
  const hash = xxh3(bytes)
  topicHashes.set(topic, { partitions, hash })
  return hash
}
