// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 3. */
export interface ConsumerProtocolSubscription {
  readonly topics: readonly string[]
  /** Default: null. */
  readonly userData: Buffer | null
  /** Since version 1. */
  readonly ownedPartitions: readonly ConsumerProtocolSubscriptionTopicPartition[]
  /** Since version 2. Default: -1. */
  readonly generationId: number
  /** Since version 3. Default: null. */
  readonly rackId: string | null
}

export interface ConsumerProtocolSubscriptionTopicPartition {
  readonly topic: string
  readonly partitions: readonly number[]
}

function decodeConsumerProtocolSubscriptionTopicPartition(reader: Reader, _version: number): ConsumerProtocolSubscriptionTopicPartition {
  const topic = reader.string()
  const partitions = reader.int32Array(reader.arrayLength(4))
  return { topic, partitions }
}

function decodeConsumerProtocolSubscriptionTopicPartitionArray(reader: Reader, version: number, count: number): ConsumerProtocolSubscriptionTopicPartition[] {
  const elements: ConsumerProtocolSubscriptionTopicPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerProtocolSubscriptionTopicPartition(reader, version))
  return elements
}

function decodeConsumerProtocolSubscription(reader: Reader, version: number): ConsumerProtocolSubscription {
  const topics = reader.stringArray(reader.arrayLength(2))
  const userData = reader.nullableBytes()
  const ownedPartitions = version >= 1
    ? decodeConsumerProtocolSubscriptionTopicPartitionArray(reader, version, reader.arrayLength(6))
    : []
  const generationId = version >= 2 ? reader.int32() : -1
  const rackId = version >= 3 ? reader.nullableString() : null
  return { topics, userData, ownedPartitions, generationId, rackId }
}

function encodeConsumerProtocolSubscriptionTopicPartition(writer: Writer, _version: number, message: Init<ConsumerProtocolSubscriptionTopicPartition>): void {
  const {
    topic = '',
    partitions = [],
  } = message
  writer.string(topic)
  writer.arrayLength(partitions.length)
  writer.int32Array(partitions)
}

function encodeConsumerProtocolSubscription(writer: Writer, version: number, message: Init<ConsumerProtocolSubscription>): void {
  const {
    topics = [],
    userData = null,
    ownedPartitions = [],
    generationId = -1,
    rackId = null,
  } = message
  writer.arrayLength(topics.length)
  writer.stringArray(topics)
  writer.nullableBytes(userData)
  if (version >= 1) {
    writer.arrayLength(ownedPartitions.length)
    for (const element of ownedPartitions) encodeConsumerProtocolSubscriptionTopicPartition(writer, version, element)
  }
  if (version >= 2) writer.int32(generationId)
  if (version >= 3) writer.nullableString(rackId)
}

export const consumerProtocolSubscription: MessageCodec<ConsumerProtocolSubscription> = messageCodec(
  'ConsumerProtocolSubscription',
  { minVersion: 0, maxVersion: 3, flexibleFrom: neverFlexible },
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolSubscription,
)
