import { Reader, Writer } from '@streamwright/protocol'
import { consumerProtocolAssignment } from '@streamwright/protocol/messages/consumer-protocol-assignment'
import type { ConsumerProtocolSubscription } from '@streamwright/protocol/messages/consumer-protocol-subscription'
import { consumerProtocolSubscription } from '@streamwright/protocol/messages/consumer-protocol-subscription'
import { asBuffer } from '@streamwright/std'
import type { KnownTopics } from './consumer-context.ts'
import type { AssignedPartitions, TopicPartitions } from './topic-partitions.ts'
import { topicPartitionLists, topicPartitionsOf } from './topic-partitions.ts'

/** What a classic consumer says when it joins. Throws `ProtocolError` or `RangeError` for what is none. */
export function consumerSubscription(metadata: Uint8Array = new Uint8Array(0)): ConsumerProtocolSubscription {
  const reader = new Reader(asBuffer(metadata))
  const version = Math.min(reader.int16(), consumerProtocolSubscription.maxVersion)
  return consumerProtocolSubscription.decode(reader, version)
}

/** An assignment as a classic consumer reads it, in the version of its subscription. */
export function consumerAssignment(
  assigned: AssignedPartitions | TopicPartitions,
  subscriptionVersion: number,
  topics: Pick<KnownTopics, 'getById'>,
): Buffer {
  const version = Math.min(subscriptionVersion, consumerProtocolAssignment.maxVersion)
  const writer = new Writer()
  writer.int16(version)
  consumerProtocolAssignment.encode(writer, version, {
    assignedPartitions: topicPartitionLists(assigned).flatMap(({ topicId, partitions }) => {
      const topic = topics.getById(topicId)?.name
      return topic === undefined ? [] : [{ topic, partitions }]
    }),
    userData: null,
  })
  return writer.toBuffer()
}

/** What an assignment of a classic consumer gives it, and whether its assignor has added something of its own. */
export function assignedTopicPartitions(
  assignment: Uint8Array,
  topics: Pick<KnownTopics, 'get'>,
): { readonly partitions: TopicPartitions; readonly hasUserData: boolean } {
  if (assignment.length === 0) return { partitions: new Map(), hasUserData: false }
  const reader = new Reader(asBuffer(assignment))
  const version = Math.min(reader.int16(), consumerProtocolAssignment.maxVersion)
  const { assignedPartitions, userData } = consumerProtocolAssignment.decode(reader, version)
  const lists = assignedPartitions.flatMap(({ topic, partitions }) => {
    const topicId = topics.get(topic)?.id
    return topicId === undefined || partitions.length === 0 ? [] : [{ topicId, partitions }]
  })
  return { partitions: topicPartitionsOf(lists), hasUserData: userData !== null && userData.length > 0 }
}
