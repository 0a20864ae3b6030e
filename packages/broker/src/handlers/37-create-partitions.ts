import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  CreatePartitionsRequest,
  CreatePartitionsRequestTopic,
  CreatePartitionsResponse,
} from '@streamwright/protocol/messages/create-partitions'
import { createPartitions } from '@streamwright/protocol/messages/create-partitions'
import { partitionsPerTopicMax } from '../limits.ts'
import type { Refusal } from '../metadata/topic-creation.ts'
import { offsetsTopicName, replicasRefusal } from '../metadata/topic-creation.ts'
import type { Topic } from '../metadata/topics.ts'
import { mutationRefusal } from '../quotas/mutation-quota.ts'
import { isAuthorized } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** CreatePartitions v0–v3. v2: flexible. */
export const createPartitionsHandler: AnyHandler = handler<CreatePartitionsRequest, CreatePartitionsResponse>({
  api: createPartitions,

  async handle(services, request, context) {
    const names = request.topics.map(({ name }) => name)
    const durable: Promise<void>[] = []
    const quota = services.quotas.mutations(context, context.apiVersion >= 3)
    const results = [...new Map(request.topics.map((wish) => [wish.name, wish])).values()].map((wish) => {
      const { name } = wish
      if (names.indexOf(name) !== names.lastIndexOf(name)) {
        return { name, errorCode: ErrorCode.INVALID_REQUEST, errorMessage: 'Duplicate topic name.' }
      }
      if (!isAuthorized(services, context, AclOperation.ALTER, ResourceType.TOPIC, name)) {
        return { name, errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED }
      }
      const topic = services.topics.get(name)
      if (topic === undefined) return { name, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }
      const refusal = refusalOf(topic, wish, services.nodeId)
      if (refusal !== undefined) return { name, ...refusal }
      if (!quota.take(wish.count - topic.partitions.length)) return { name, ...mutationRefusal }
      if (!request.validateOnly) durable.push(services.topics.grow(topic, wish.count))
      return { name }
    })
    await Promise.all(durable)
    return { results, throttleTimeMs: quota.throttleMs }
  },

  refuse: (request, errorCode) => ({ results: request.topics.map(({ name }) => ({ name, errorCode })) }),
})

function refusalOf(topic: Topic, wish: CreatePartitionsRequestTopic, nodeId: number): Refusal | undefined {
  const count = topic.partitions.length
  const { name, assignments } = wish
  if (wish.count === count) return invalid(`Topic already has ${count} partition(s).`)
  if (wish.count < count) {
    return invalid(`The topic ${name} currently has ${count} partition(s); ${wish.count} would not be an increase.`)
  }
  if (name === offsetsTopicName) return invalid(`The number of partitions of ${name} cannot be changed.`)
  if (wish.count > partitionsPerTopicMax)
    return invalid(`A topic has at most ${partitionsPerTopicMax} partitions here.`)
  if (assignments === null) return undefined
  const more = wish.count - count
  if (assignments.length !== more) {
    return {
      errorCode: ErrorCode.INVALID_REPLICA_ASSIGNMENT,
      errorMessage: `Attempted to add ${more} additional partition(s), but only ${assignments.length} assignment(s) were specified.`,
    }
  }
  for (const { brokerIds } of assignments) {
    const refusal = replicasRefusal(brokerIds, nodeId)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

function invalid(errorMessage: string): Refusal {
  return { errorCode: ErrorCode.INVALID_PARTITIONS, errorMessage }
}
