import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, zeroUuid } from '@streamwright/protocol'
import type { CreateTopicsRequest, CreateTopicsResponse } from '@streamwright/protocol/messages/create-topics'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { ConfigSource } from '../config/config-value.ts'
import { topicConfigs } from '../config/topic-configs.ts'
import type { TopicPlan } from '../metadata/topic-creation.ts'
import { planTopic, refusalOfTooMany } from '../metadata/topic-creation.ts'
import { isAuthorized, isVisible } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import { mutationRefusal } from '../quotas/mutation-quota.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

type TopicInit = NonNullable<Init<CreateTopicsResponse>['topics']>[number]

/** CreateTopics v2–v7. v4: defaults by −1. v5: flexible, configurations in the answer. v7: topic id. */
export const createTopicsHandler: AnyHandler = handler<CreateTopicsRequest, CreateTopicsResponse>({
  api: createTopics,

  async handle(services, request, context) {
    const tooMany = refusalOfTooMany(services, request.topics)
    if (tooMany !== undefined) {
      return { topics: request.topics.map(({ name }) => failed(name, tooMany.errorCode, tooMany.errorMessage)) }
    }
    const names = request.topics.map(({ name }) => name)
    const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
    const durable: Promise<void>[] = []
    const quota = services.quotas.mutations(context, context.apiVersion >= 6)
    const topics: TopicInit[] = [...repeated].map((name) =>
      failed(name, ErrorCode.INVALID_REQUEST, 'Duplicate topic name.'),
    )
    // Names are held against the topics that were there before the request, not against one another.
    const plans = request.topics
      .filter(({ name }) => !repeated.has(name))
      .map((wish) => {
        const plan = mayCreate(services, context, wish.name) ? planTopic(services, wish) : notAuthorized
        return { name: wish.name, plan }
      })
    for (const { name, plan } of plans) {
      if ('errorCode' in plan) topics.push(failed(name, plan.errorCode, plan.errorMessage))
      else if (!quota.take(plan.partitions)) {
        topics.push(failed(name, mutationRefusal.errorCode, mutationRefusal.errorMessage))
      } else if (request.validateOnly) topics.push(created(services, context, plan, services.topics.newId()))
      else {
        const creation = services.topics.create(plan)
        durable.push(creation.durable)
        topics.push(created(services, context, plan, creation.topic.id))
      }
    }
    await Promise.all(durable)
    return { topics, throttleTimeMs: quota.throttleMs }
  },

  refuse(request, errorCode) {
    return { topics: request.topics.map(({ name }) => failed(name, errorCode, null)) }
  },
})

const notAuthorized = { errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED, errorMessage: 'Authorization failed.' }

/** Nobody may make the one topic that has a reason of its own for being refused. */
function mayCreate(services: BrokerServices, context: RequestContext, name: string): boolean {
  const { CREATE } = AclOperation
  return (
    name === '__cluster_metadata' ||
    isVisible(services, context, CREATE, ResourceType.CLUSTER, clusterName) ||
    isAuthorized(services, context, CREATE, ResourceType.TOPIC, name)
  )
}

function failed(name: string, errorCode: number, errorMessage: string | null): TopicInit {
  return { name, topicId: zeroUuid, errorCode, errorMessage, configs: [] }
}

function created(services: BrokerServices, context: RequestContext, plan: TopicPlan, topicId: string): TopicInit {
  if (!isVisible(services, context, AclOperation.DESCRIBE_CONFIGS, ResourceType.TOPIC, plan.name)) {
    const { TOPIC_AUTHORIZATION_FAILED } = ErrorCode
    return { name: plan.name, topicId, errorMessage: null, topicConfigErrorCode: TOPIC_AUTHORIZATION_FAILED }
  }
  return {
    name: plan.name,
    topicId,
    errorMessage: null,
    numPartitions: plan.partitions,
    replicationFactor: 1,
    configs: [...topicConfigs.values()].flatMap((definition) => {
      if (definition.isHidden) return []
      const own = plan.configs.get(definition.name)
      const inForce = services.configs.topicValue(plan.name, definition)
      const value = own ?? inForce.value
      const configSource = own === undefined ? inForce.source : ConfigSource.topic
      return [{ name: definition.name, value, readOnly: false, configSource, isSensitive: false }]
    }),
  }
}
