import type { Init } from '@streamwright/protocol'
import {
  AclOperation,
  ErrorCode,
  ResourceType,
  isInternalTopic,
  topicNameProblem,
  zeroUuid,
} from '@streamwright/protocol'
import type { MetadataRequest, MetadataResponse } from '@streamwright/protocol/messages/metadata'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { createAutomatically } from '../metadata/topic-creation.ts'
import type { Topic } from '../metadata/topics.ts'
import { authorizedOperations, clusterOperations, isAuthorized, isVisible } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'
import { describePartitions, topicFailure } from './topic-description.ts'

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
    const { DESCRIBE } = AclOperation
    const { TOPIC } = ResourceType
    const found = isForAll
      ? [...services.topics.all()].filter(({ name }) => isVisible(services, context, DESCRIBE, TOPIC, name))
      : asked.map(({ name, topicId }) => find(services, request, name, topicId, context, durable))
    if (durable.length > 0) await Promise.all(durable)
    return {
      brokers: [broker(services, context)],
      clusterId: services.clusterId,
      controllerId: services.nodeId,
      topics: found.map((topic) => {
        const described = describe(services, topic)
        if (!request.includeTopicAuthorizedOperations || !isTold(described)) return described
        const operations = authorizedOperations(services, context, TOPIC, described.name ?? '')
        return { ...described, topicAuthorizedOperations: operations }
      }),
      ...(request.includeClusterAuthorizedOperations && {
        clusterAuthorizedOperations: clusterOperations(services, context),
      }),
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
  context: RequestContext,
  durable: Promise<void>[],
): Topic | TopicInit {
  // Java sends an empty name beside an id.
  if (topicId !== zeroUuid || name === null) {
    const nameless = context.apiVersion >= 12 ? null : ''
    const topic = services.topics.getById(topicId)
    if (topic === undefined) return topicFailure(ErrorCode.UNKNOWN_TOPIC_ID, nameless, topicId)
    if (isAuthorized(services, context, AclOperation.DESCRIBE, ResourceType.TOPIC, topic.name)) return topic
    return topicFailure(ErrorCode.TOPIC_AUTHORIZATION_FAILED, nameless, topicId)
  }
  if (!isAuthorized(services, context, AclOperation.DESCRIBE, ResourceType.TOPIC, name)) {
    return topicFailure(ErrorCode.TOPIC_AUTHORIZATION_FAILED, name)
  }
  const topic = services.topics.get(name)
  if (topic !== undefined) return topic
  const mayBeMade = request.allowAutoTopicCreation && services.settings.autoCreateTopicsEnable
  if (mayBeMade && !mayCreate(services, context, name)) {
    return { ...topicFailure(ErrorCode.TOPIC_AUTHORIZATION_FAILED, name), isInternal: isInternalTopic(name) }
  }
  if (topicNameProblem(name) !== undefined) return topicFailure(ErrorCode.INVALID_TOPIC_EXCEPTION, name)
  if (!mayBeMade) return topicFailure(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name)
  const quota = services.quotas.mutations(context, true)
  if (!quota.take(services.settings.numPartitions)) return topicFailure(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name)
  const created = createAutomatically(services, name)
  if (typeof created === 'number') return topicFailure(created, name)
  durable.push(created.durable)
  return created.topic
}

function mayCreate(services: BrokerServices, context: RequestContext, name: string): boolean {
  const { CREATE } = AclOperation
  return (
    isVisible(services, context, CREATE, ResourceType.CLUSTER, clusterName) ||
    isAuthorized(services, context, CREATE, ResourceType.TOPIC, name)
  )
}

/** Of what may not be seen, and of an id that no topic has, nothing is told. */
function isTold({ errorCode }: TopicInit): boolean {
  return errorCode !== ErrorCode.TOPIC_AUTHORIZATION_FAILED && errorCode !== ErrorCode.UNKNOWN_TOPIC_ID
}

function describe(services: BrokerServices, topic: Topic | TopicInit): TopicInit {
  if ('errorCode' in topic) return topic
  const { name, id, isInternal } = topic as Topic
  return {
    name,
    topicId: id,
    isInternal,
    partitions: describePartitions(topic as Topic, services.nodeId),
  }
}
