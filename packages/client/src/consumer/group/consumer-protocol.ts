import { ProtocolError, Reader, Writer } from '@streamwright/protocol'
import type { MessageCodec, Init } from '@streamwright/protocol'
import { consumerProtocolAssignment } from '@streamwright/protocol/messages/consumer-protocol-assignment'
import { consumerProtocolSubscription } from '@streamwright/protocol/messages/consumer-protocol-subscription'
import type { MemberAssignment, MemberSubscription } from '../assignors/assignor.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { compareText, compareTopicPartitions, groupByTopic } from '../topic-partition.ts'

/**
 * What members of a consumer group tell each other in the bytes that the broker passes on unread: a version, then a
 * message. Members of a later version may send more than we know; what stands behind our version is left unread.
 */
export const consumerProtocolType = 'consumer'

/** What a member says of itself, in the layout of `version`. */
export function encodeSubscription(
  subscription: Omit<MemberSubscription, 'groupInstanceId' | 'userData'> & { readonly userData: Uint8Array | null },
  version: number = consumerProtocolSubscription.maxVersion,
): Buffer {
  return encodeVersioned(consumerProtocolSubscription, version, {
    topics: subscription.topics.toSorted(compareText),
    userData: subscription.userData,
    ownedPartitions: topicsOf(subscription.ownedPartitions.toSorted(compareTopicPartitions)),
    generationId: subscription.generationId,
    rackId: subscription.rackId,
  })
}

/** Reads what a member said of itself. Throws `ProtocolError` for what is not a subscription. */
export function decodeSubscription(bytes: Buffer, groupInstanceId: string | null): MemberSubscription {
  const { topics, userData, ownedPartitions, generationId, rackId } = decodeVersioned(
    consumerProtocolSubscription,
    bytes,
  )
  return {
    topics,
    userData,
    ownedPartitions: partitionsOf(ownedPartitions),
    generationId: Math.max(generationId, -1),
    rackId: rackId === '' ? null : rackId,
    groupInstanceId,
  }
}

/** What a member is given, in the layout of `version`. Topics keep the order in which they first appear. */
export function encodeAssignment(
  assignment: MemberAssignment,
  version: number = consumerProtocolAssignment.maxVersion,
): Buffer {
  return encodeVersioned(consumerProtocolAssignment, version, {
    assignedPartitions: topicsOf(assignment.partitions),
    userData: assignment.userData,
  })
}

/** Reads what a member is given; no bytes at all mean no partitions. Throws `ProtocolError` for anything else. */
export function decodeAssignment(bytes: Buffer): MemberAssignment {
  if (bytes.length === 0) return { partitions: [], userData: null }
  const { assignedPartitions, userData } = decodeVersioned(consumerProtocolAssignment, bytes)
  return { partitions: partitionsOf(assignedPartitions), userData }
}

function encodeVersioned<Message>(codec: MessageCodec<Message>, version: number, message: Init<Message>): Buffer {
  const writer = new Writer()
  writer.int16(version)
  codec.encode(writer, version, message)
  return writer.toBuffer()
}

function decodeVersioned<Message>(codec: MessageCodec<Message>, bytes: Buffer): Message {
  const reader = new Reader(bytes)
  const version = reader.int16()
  if (version < codec.minVersion) throw new ProtocolError(`${codec.name} has no version ${version}`)
  return codec.decode(reader, Math.min(version, codec.maxVersion))
}

function topicsOf(partitions: readonly TopicPartition[]): { topic: string; partitions: readonly number[] }[] {
  return Array.from(groupByTopic(partitions), ([topic, numbers]) => ({ topic, partitions: numbers }))
}

function partitionsOf(
  topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
): TopicPartition[] {
  return topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })))
}
