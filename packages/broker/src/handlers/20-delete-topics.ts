import type { Init } from '@streamwright/protocol'
import { ErrorCode, errorInfo, zeroUuid } from '@streamwright/protocol'
import type { DeleteTopicsRequest, DeleteTopicsResponse } from '@streamwright/protocol/messages/delete-topics'
import { deleteTopics } from '@streamwright/protocol/messages/delete-topics'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type TopicInit = NonNullable<Init<DeleteTopicsResponse>['responses']>[number]

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
    const targets = targetsOf(request)
    const durable: Promise<void>[] = []
    const responses = [...new Map(targets.map((target) => [keyOf(target), target])).values()].map((target) => {
      const isRepeated = targets.filter((other) => keyOf(other) === keyOf(target)).length > 1
      return isRepeated
        ? failed(target, ErrorCode.INVALID_REQUEST, 'Duplicate topic name.')
        : remove(services, target, durable)
    })
    await Promise.all(durable)
    return { responses }
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

function remove(services: BrokerServices, target: Target, durable: Promise<void>[]): TopicInit {
  const { name, topicId } = target
  if (name !== null && topicId !== zeroUuid) {
    return failed(target, ErrorCode.INVALID_REQUEST, 'You may not specify both topic name and topic id.')
  }
  if (name === null && topicId === zeroUuid) {
    return failed(target, ErrorCode.INVALID_REQUEST, 'Neither topic name nor id were specified.')
  }
  const topic = name === null ? services.topics.getById(topicId) : services.topics.get(name)
  if (topic === undefined) {
    const code = name === null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    return failed(target, code, `${errorInfo(code).message}.`)
  }
  durable.push(services.topics.delete(topic))
  return { name: topic.name, topicId: topic.id, errorMessage: null }
}

function failed({ name, topicId }: Target, errorCode: number, errorMessage: string | null): TopicInit {
  return { name, topicId, errorCode, errorMessage }
}
