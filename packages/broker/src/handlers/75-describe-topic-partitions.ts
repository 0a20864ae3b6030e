import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, isInternalTopic, topicNameProblem } from '@streamwright/protocol'
import type {
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
} from '@streamwright/protocol/messages/describe-topic-partitions'
import { describeTopicPartitions } from '@streamwright/protocol/messages/describe-topic-partitions'
import { describedPartitionsMax } from '../limits.ts'
import { authorizedOperations, isAuthorized, isVisible } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'
import { describePartitions, topicFailure } from './topic-description.ts'

type TopicInit = NonNullable<Init<DescribeTopicPartitionsResponse>['topics']>[number]

/** DescribeTopicPartitions v0: topics by name, all when none is named, a page of partitions at a time. */
export const describeTopicPartitionsHandler: AnyHandler = handler<
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse
>({
  api: describeTopicPartitions,

  handle(services, request, context) {
    const { cursor } = request
    if (cursor !== null && cursor.partitionIndex < 0) return refuse(request, ErrorCode.INVALID_REQUEST)
    const asked = request.topics.map(({ name }) => name)
    // Java's answer, too, when the topics that are asked for have come to be others since the cursor was given.
    if (cursor !== null && asked.length > 0 && !asked.includes(cursor.topicName)) {
      return refuse(request, ErrorCode.INVALID_REQUEST)
    }
    const all = asked.length === 0 ? [...services.topics.all()].map(({ name }) => name) : [...new Set(asked)]
    const names = all.toSorted().filter((name) => cursor === null || name >= cursor.topicName)
    const { DESCRIBE } = AclOperation
    const mayDescribe = asked.length === 0 ? isVisible : isAuthorized
    const visible = names.filter((name) => mayDescribe(services, context, DESCRIBE, ResourceType.TOPIC, name))
    const limit = Math.min(request.responsePartitionLimit, describedPartitionsMax)
    const answer = page(services, context, visible, cursor, limit)
    if (asked.length === 0 || visible.length === names.length) return answer
    const hidden = names.filter((name) => !visible.includes(name))
    const failures = hidden.map((name) => topicFailure(ErrorCode.TOPIC_AUTHORIZATION_FAILED, name))
    return { ...answer, topics: [...(answer.topics ?? []), ...failures] }
  },

  refuse,
})

function refuse(request: DescribeTopicPartitionsRequest, errorCode: number): Init<DescribeTopicPartitionsResponse> {
  return { topics: request.topics.map(({ name }) => topicFailure(errorCode, name)) }
}

function page(
  services: BrokerServices,
  context: RequestContext,
  names: readonly string[],
  cursor: DescribeTopicPartitionsRequest['cursor'],
  limit: number,
): Init<DescribeTopicPartitionsResponse> {
  const topics: TopicInit[] = []
  let left = Math.max(1, limit)
  for (const name of names) {
    if (left === 0) return { topics, nextCursor: { topicName: name, partitionIndex: 0 } }
    const from = cursor !== null && cursor.topicName === name ? cursor.partitionIndex : 0
    const topic = services.topics.get(name)
    const topicAuthorizedOperations = authorizedOperations(services, context, ResourceType.TOPIC, name)
    if (topic === undefined) {
      const isInvalid = topicNameProblem(name) !== undefined
      const code = isInvalid ? ErrorCode.INVALID_TOPIC_EXCEPTION : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
      topics.push({ ...topicFailure(code, name), isInternal: isInternalTopic(name), topicAuthorizedOperations })
      continue
    }
    const partitions = describePartitions(topic, services.nodeId, from, left)
    left -= partitions.length
    topics.push({
      name,
      topicId: topic.id,
      isInternal: topic.isInternal,
      partitions: partitions.map((partition) => ({ ...partition, eligibleLeaderReplicas: [], lastKnownElr: [] })),
      topicAuthorizedOperations,
    })
    const next = from + partitions.length
    if (next < topic.partitions.length) return { topics, nextCursor: { topicName: name, partitionIndex: next } }
  }
  return { topics, nextCursor: null }
}
