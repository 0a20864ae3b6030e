import { ProtocolError, Reader, Writer } from '@streamwright/protocol'
import type { TopicPartition } from '../topic-partition.ts'
import { groupByTopic } from '../topic-partition.ts'
import { inJavaHashOrder, textHash } from './java-hash-order.ts'
import type { MemberData } from './sticky-ownership.ts'

/** What a member that has never had an assignment says of the past. */
export const nothingOwned: MemberData = { partitions: [], generation: -1 }

/** The bytes by which the sticky assignor tells what a member owned: partitions by topic, then the generation. */
export function encodeStickyUserData(data: MemberData): Buffer {
  const numbersByTopic = groupByTopic(data.partitions)
  const writer = new Writer()
  writer.int32(numbersByTopic.size)
  for (const topic of inJavaHashOrder(numbersByTopic.keys(), textHash)) {
    const numbers = numbersByTopic.get(topic) ?? []
    writer.string(topic)
    writer.int32(numbers.length)
    for (const number of numbers) writer.int32(number)
  }
  writer.int32(data.generation)
  return writer.toBuffer()
}

/** Reads what {@link encodeStickyUserData} wrote, at whatever member. Bytes that cannot be read count as nothing. */
export function decodeStickyUserData(userData: Buffer | null): MemberData {
  if (userData === null || userData.length === 0) return nothingOwned
  const reader = new Reader(userData)
  try {
    const partitions = readPartitions(reader)
    // Members of before Kafka 2.3 do not send the generation.
    return { partitions, generation: reader.remaining >= 4 ? reader.int32() : -1 }
  } catch (error) {
    if (error instanceof ProtocolError) return nothingOwned
    throw error
  }
}

function readPartitions(reader: Reader): TopicPartition[] {
  const partitions: TopicPartition[] = []
  const topicCount = reader.arrayLength(topicBytesMin)
  for (let index = 0; index < topicCount; index++) {
    const topic = reader.string()
    for (const partition of reader.int32Array(reader.arrayLength(4))) partitions.push({ topic, partition })
  }
  return partitions
}

/** The length of a name and the count of its partitions. */
const topicBytesMin = 6

/** The bytes by which the cooperative sticky assignor tells the generation, for leaders of before Kafka 3.2. */
export function encodeGeneration(generation: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(generation)
  return bytes
}

/** Reads what {@link encodeGeneration} wrote; −1 for anything else. */
export function decodeGeneration(userData: Buffer | null): number {
  return userData !== null && userData.length >= 4 ? userData.readInt32BE(0) : -1
}
