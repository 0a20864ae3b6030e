// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.
import type { Init, MessageCodec } from '../api.ts'
import { messageCodec, neverFlexible } from '../message-codec.ts'
import type { Reader } from '../primitives/reader.ts'
import type { Writer } from '../primitives/writer.ts'

/** Versions 0 to 3. */
export interface ConsumerProtocolAssignment {
  readonly assignedPartitions: readonly ConsumerProtocolAssignmentTopicPartition[]
  /** Default: null. */
  readonly userData: Buffer | null
}

export interface ConsumerProtocolAssignmentTopicPartition {
  readonly topic: string
  readonly partitions: readonly number[]
}

function decodeConsumerProtocolAssignmentTopicPartition(reader: Reader, _version: number): ConsumerProtocolAssignmentTopicPartition {
  const topic = reader.string()
  const partitions = reader.int32Array(reader.arrayLength(4))
  return { topic, partitions }
}

function decodeConsumerProtocolAssignmentTopicPartitionArray(reader: Reader, version: number, count: number): ConsumerProtocolAssignmentTopicPartition[] {
  const elements: ConsumerProtocolAssignmentTopicPartition[] = []
  for (let index = 0; index < count; index++) elements.push(decodeConsumerProtocolAssignmentTopicPartition(reader, version))
  return elements
}

function decodeConsumerProtocolAssignment(reader: Reader, version: number): ConsumerProtocolAssignment {
  const assignedPartitions = decodeConsumerProtocolAssignmentTopicPartitionArray(reader, version, reader.arrayLength(6))
  const userData = reader.nullableBytes()
  return { assignedPartitions, userData }
}

function encodeConsumerProtocolAssignmentTopicPartition(writer: Writer, _version: number, message: Init<ConsumerProtocolAssignmentTopicPartition>): void {
  const {
    topic = '',
    partitions = [],
  } = message
  writer.string(topic)
  writer.arrayLength(partitions.length)
  writer.int32Array(partitions)
}

function encodeConsumerProtocolAssignment(writer: Writer, version: number, message: Init<ConsumerProtocolAssignment>): void {
  const {
    assignedPartitions = [],
    userData = null,
  } = message
  writer.arrayLength(assignedPartitions.length)
  for (const element of assignedPartitions) encodeConsumerProtocolAssignmentTopicPartition(writer, version, element)
  writer.nullableBytes(userData)
}

export const consumerProtocolAssignment: MessageCodec<ConsumerProtocolAssignment> = messageCodec(
  'ConsumerProtocolAssignment',
  { minVersion: 0, maxVersion: 3, flexibleFrom: neverFlexible },
  decodeConsumerProtocolAssignment,
  encodeConsumerProtocolAssignment,
)
