import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, zeroUuid } from '@streamwright/protocol'
import type { DeleteTopicsRequest, DeleteTopicsResponse } from '@streamwright/protocol/messages/delete-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import type { MutationQuota } from '../quotas/mutation-quota.ts'
import { mutationRefusal } from '../quotas/mutation-quota.ts'
import { isAuthorized, isVisible, topicRefusal } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

type TopicInit = NonNullable<Init<DeleteTopicsResponse>['responses']>[number]

/** Kafka's words for it. */
const missingMessages: Readonly<Record<number, string>> = {
  [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]: 'This server does not host this topic-partition.',
  [ErrorCode.UNKNOWN_TOPIC_ID]: 'This server does not host this topic ID.',
}

interface Target {
  readonly name: string | null
  readonly topicId: string
}

/** DeleteTopics v1–v6. v4: flexible. v6: by id. */
export const deleteTopicsHandler: AnyHandler = handler<DeleteTopicsRequest, DeleteTopicsResponse>({
  api: deleteTopics,

  async handle(services, request, context) {
    if (!services.settings.deleteTopicEnable) {
      const code = context.apiVersion < 3 ? ErrorCode.INVALID_REQUEST : ErrorCode.TOPIC_DELETION_DISABLED
      return { responses: targetsOf(request).map((target) => failed(target, code, 'Topic deletion is disabled.')) }
    }
    const all = targetsOf(request)
    const targets = all.filter((target) => !isNameless(target))
    const nameless = all
      .filter(isNameless)
      .map((target) => failed(target, ErrorCode.INVALID_REQUEST, 'Neither topic name nor id were specified.'))
    const durable: Promise<void>[] = []
    const quota = services.quotas.mutations(context, context.apiVersion >= 5)
    const responses = [...new Map(targets.map((target) => [keyOf(target), target])).values()].map((target) => {
      const isRepeated = targets.filter((other) => keyOf(other) === keyOf(target)).length > 1
      return isRepeated
        ? failed(target, ErrorCode.INVALID_REQUEST, 'Duplicate topic name.')
        : remove(services, context, target, quota, durable)
    })
    await Promise.all(durable)
    return { responses: [...nameless, ...responses], throttleTimeMs: quota.throttleMs }
  },

  refuse(request, errorCode) {
    return { responses: targetsOf(request).map((target) => failed(target, errorCode, null)) }
  },
})

function targetsOf(request: DeleteTopicsRequest): readonly Target[] {
  return [...request.topicNames.map((name) => ({ name, topicId: zeroUuid })), ...request.topics]
}

function keyOf(target: Target): string {
  return `${target.name ?? ''}/${target.topicId}`
}

function isNameless({ name, topicId }: Target): boolean {
  return name === null && topicId === zeroUuid
}

function remove(
  services: BrokerServices,
  context: RequestContext,
  target: Target,
  quota: MutationQuota,
  durable: Promise<void>[],
): TopicInit {
  const { name, topicId } = target
  if (name !== null && topicId !== zeroUuid) {
    return failed(target, ErrorCode.INVALID_REQUEST, 'You may not specify both topic name and topic id.')
  }
  const topic = name === null ? services.topics.getById(topicId) : services.topics.get(name)
  const refused = refusedTarget(services, context, target, topic?.name ?? name)
  if (refused !== undefined) return failed(refused, topicRefusal.errorCode, topicRefusal.errorMessage)
  if (topic === undefined) {
    const code = name === null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    return failed(target, code, missingMessages[code] ?? null)
  }
  if (!quota.take(topic.partitions.length)) {
    return failed({ name: topic.name, topicId: topic.id }, mutationRefusal.errorCode, mutationRefusal.errorMessage)
  }
  durable.push(services.topics.delete(topic))
  return { name: topic.name, topicId: topic.id, errorMessage: null }
}

/**
 * The topic as it may be named to somebody who may not delete it; `undefined` when they may. To those who may not see it
 * nothing is told that they did not say themselves, not even that there is none.
 */
function refusedTarget(
  services: BrokerServices,
  context: RequestContext,
  target: Target,
  topicName: string | null,
): Target | undefined {
  const { DELETE, DESCRIBE } = AclOperation
  const { CLUSTER, TOPIC } = ResourceType
  if (topicName === null || isVisible(services, context, DELETE, CLUSTER, clusterName)) return undefined
  const maySee = isAuthorized(services, context, DESCRIBE, TOPIC, topicName)
  const isThere = services.topics.get(topicName) !== undefined
  if (maySee && (!isThere || isAuthorized(services, context, DELETE, TOPIC, topicName))) return undefined
  return target.name === null && maySee ? { ...target, name: topicName } : target
}

function failed({ name, topicId }: Target, errorCode: number, errorMessage: string | null): TopicInit {
  return { name, topicId, errorCode, errorMessage }
}
