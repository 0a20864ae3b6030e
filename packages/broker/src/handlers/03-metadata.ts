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
    const isForAll = request.topics === null || (context.apiVersion === 0 && request.topics.length === 0)
    const asked = isForAll ? [] : askedTopics(request, context)
    if (typeof asked === 'number') return refuse(request, asked)
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

/**
 * Each topic once, or the error of the whole. Where one is asked for by its id, what has none is passed over. There are
 * no ids before v12, though v10 and v11 have a place for them.
 */
function askedTopics({ topics }: MetadataRequest, { apiVersion }: RequestContext): AskedTopic[] | number {
  const named = topics ?? []
  const isById = named.some(({ topicId }) => topicId !== zeroUuid)
  const isNameless = named.some(({ name }) => name === null)
  if (apiVersion < 12 && (isById || isNameless)) return ErrorCode.INVALID_REQUEST
  if (!isById && isNameless) return ErrorCode.UNKNOWN_SERVER_ERROR
  const once = new Map(named.map(({ name, topicId }) => [isById ? topicId : name, { name, topicId }]))
  once.delete(zeroUuid)
  return [...once.values()]
}

interface AskedTopic {
  readonly name: string | null
  readonly topicId: string
}

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
    return unknown(ErrorCode.TOPIC_AUTHORIZATION_FAILED, name)
  }
  if (topicNameProblem(name) !== undefined) return unknown(ErrorCode.INVALID_TOPIC_EXCEPTION, name)
  if (!mayBeMade) return unknown(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name)
  const quota = services.quotas.mutations(context, true)
  if (!quota.take(services.settings.numPartitions)) return unknown(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name)
  const created = createAutomatically(services, name)
  // Kafka makes it later, and does not wait to learn why it cannot be: its name collides with another's.
  if (created === undefined) return unknown(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name)
  durable.push(created.durable)
  return created.topic
}

/** A topic that is not there may be one of the broker's own all the same. */
function unknown(errorCode: number, name: string): TopicInit {
  return { ...topicFailure(errorCode, name), isInternal: isInternalTopic(name) }
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
