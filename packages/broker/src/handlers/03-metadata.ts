import type { Init } from '@streamwright/protocol'
import { ErrorCode, topicNameProblem, zeroUuid } from '@streamwright/protocol'
import type { MetadataRequest, MetadataResponse } from '@streamwright/protocol/messages/metadata'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { createAutomatically } from '../metadata/topic-creation.ts'
import type { Topic } from '../metadata/topics.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'
import { clusterOperations, describePartitions, topicFailure, topicOperations } from './topic-description.ts'

type TopicInit = NonNullable<Init<MetadataResponse>['topics']>[number]

/**
 * Metadata v0–v13. v1: null asks for all topics (v0: an empty list). v4: whether topics may be made. v9: flexible. v10
 * and v12: topic ids. A topic that is made by being asked for is there in the same answer.
 */
export const metadataHandler: AnyHandler = handler<MetadataRequest, MetadataResponse>({
  api: metadata,

  async handle(services, request, context) {
    const asked = request.topics
    const isForAll = asked === null || (context.apiVersion === 0 && asked.length === 0)
    if (!isForAll && asked.some(({ name, topicId }) => name === null && topicId === zeroUuid)) {
      return refuse(request, ErrorCode.UNKNOWN_SERVER_ERROR)
    }
    const durable: Promise<void>[] = []
    const found = isForAll
      ? [...services.topics.all()]
      : asked.map(({ name, topicId }) => find(services, request, name, topicId, context.apiVersion, durable))
    if (durable.length > 0) await Promise.all(durable)
    return {
      brokers: [broker(services, context)],
      clusterId: services.clusterId,
      controllerId: services.nodeId,
      topics: found.map((topic) => describe(services, topic, request.includeTopicAuthorizedOperations)),
      ...(request.includeClusterAuthorizedOperations && { clusterAuthorizedOperations: clusterOperations }),
    }
  },

  refuse,
})

function refuse(request: MetadataRequest, errorCode: number): Init<MetadataResponse> {
  return {
    topics: (request.topics ?? []).map(({ name, topicId }) => ({
      ...topicFailure(errorCode, name, topicId),
      name: name ?? '',
    })),
  }
}

function broker(
  services: BrokerServices,
  context: RequestContext,
): NonNullable<Init<MetadataResponse>['brokers']>[number] {
  return { nodeId: services.nodeId, host: context.advertised.host, port: context.advertised.port, rack: null }
}

/** The topic, made when that is allowed, or why there is none. */
function find(
  services: BrokerServices,
  request: MetadataRequest,
  name: string | null,
  topicId: string,
  apiVersion: number,
  durable: Promise<void>[],
): Topic | TopicInit {
  if (name === null) {
    return (
      services.topics.getById(topicId) ??
      topicFailure(ErrorCode.UNKNOWN_TOPIC_ID, apiVersion >= 12 ? null : '', topicId)
    )
  }
  const topic = services.topics.get(name)
  if (topic !== undefined) return topic
  if (topicNameProblem(name) !== undefined) return topicFailure(ErrorCode.INVALID_TOPIC_EXCEPTION, name)
  if (!request.allowAutoTopicCreation || !services.settings.autoCreateTopicsEnable) {
    return topicFailure(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name)
  }
  const created = createAutomatically(services, name)
  if (typeof created === 'number') return topicFailure(created, name)
  durable.push(created.durable)
  return created.topic
}

function describe(services: BrokerServices, topic: Topic | TopicInit, withOperations: boolean): TopicInit {
  if ('errorCode' in topic) return topic
  const { name, id, isInternal } = topic as Topic
  return {
    name,
    topicId: id,
    isInternal,
    partitions: describePartitions(topic as Topic, services.nodeId),
    ...(withOperations && { topicAuthorizedOperations: topicOperations }),
  }
}
