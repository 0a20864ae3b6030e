import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '@streamwright/protocol/messages/consumer-group-heartbeat'
import { consumerGroupHeartbeat } from '@streamwright/protocol/messages/consumer-group-heartbeat'
import { leaveEpoch, staticLeaveEpoch } from '../groups/consumer/consumer-group-member.ts'
import type { HeartbeatAnswer } from '../groups/consumer/consumer-membership.ts'
import { assignors } from '../groups/consumer/target-assignment.ts'
import { topicPartitionLists, topicPartitionsOf } from '../groups/consumer/topic-partitions.ts'
import { regexProblem } from '../groups/consumer/topic-regexes.ts'
import { GroupError } from '../groups/group-error.ts'
import { isAuthorized, isVisible } from '../security/access.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/** ConsumerGroupHeartbeat v0–v1. v1: members make up their own ids; subscription by a regular expression. */
export const consumerGroupHeartbeatHandler: AnyHandler = handler<
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse
>({
  api: consumerGroupHeartbeat,

  async handle(services, request, context) {
    const { DESCRIBE, READ } = AclOperation
    if (services.features.level('group.version') === 0) return { errorCode: ErrorCode.UNSUPPORTED_VERSION }
    if (!isAuthorized(services, context, READ, ResourceType.GROUP, request.groupId)) {
      return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
    }
    const mayRead = (topic: string): boolean => isAuthorized(services, context, DESCRIBE, ResourceType.TOPIC, topic)
    if (request.subscribedTopicNames?.every(mayRead) === false) {
      return { errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED }
    }
    const groups = await services.groups()
    const { groupId, memberId, memberEpoch, instanceId, topicPartitions } = request
    try {
      checkRequest(request, context)
      if (memberEpoch === leaveEpoch || memberEpoch === staticLeaveEpoch) {
        await groups.consumerLeave(groupId, memberId, instanceId, memberEpoch)
        return { memberId, memberEpoch }
      }
      const problem = await regexProblem(request.subscribedTopicRegex)
      const answer = await groups.consumerHeartbeat(groupId, {
        ...request,
        regexProblem: problem,
        owned: topicPartitions === null ? null : topicPartitionsOf(topicPartitions),
        clientId: context.clientId ?? '',
        clientHost: context.clientHost,
        mayDescribe: (topic) => isVisible(services, context, DESCRIBE, ResourceType.TOPIC, topic),
      })
      return response(answer)
    } catch (error) {
      if (error instanceof GroupError) return { errorCode: error.errorCode, errorMessage: error.message }
      throw error
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})

function response({ assignment, ...answer }: HeartbeatAnswer): Init<ConsumerGroupHeartbeatResponse> {
  return { ...answer, assignment: assignment && { topicPartitions: topicPartitionLists(assignment) } }
}

/** Throws a {@link GroupError} for what no group would allow. */
function checkRequest(request: ConsumerGroupHeartbeatRequest, { apiVersion }: RequestContext): void {
  const { memberId, memberEpoch, instanceId, serverAssignor } = request
  const refuse = (message: string): never => {
    throw new GroupError(ErrorCode.INVALID_REQUEST, message)
  }
  const needsId = apiVersion >= 1 || memberEpoch > 0 || memberEpoch === leaveEpoch
  if (needsId && memberId.trim() === '') refuse("MemberId can't be empty.")
  if (request.groupId.trim() === '') refuse("GroupId can't be empty.")
  if (instanceId?.trim() === '') refuse("InstanceId can't be empty.")
  if (request.rackId?.trim() === '') refuse("RackId can't be empty.")
  if (memberEpoch === 0) checkJoin(request, refuse)
  if (memberEpoch === staticLeaveEpoch && instanceId === null) refuse("InstanceId can't be null.")
  if (memberEpoch < staticLeaveEpoch) refuse('MemberEpoch is invalid.')
  if (serverAssignor === null || assignors.has(serverAssignor)) return
  throw new GroupError(
    ErrorCode.UNSUPPORTED_ASSIGNOR,
    `ServerAssignor ${serverAssignor} is not supported. Supported assignors: ${[...assignors.keys()].join(', ')}.`,
  )
}

function checkJoin(request: ConsumerGroupHeartbeatRequest, refuse: (message: string) => never): void {
  if (request.rebalanceTimeoutMs === -1) refuse('RebalanceTimeoutMs must be provided in first request.')
  if (request.topicPartitions?.length !== 0) refuse('TopicPartitions must be empty when (re-)joining.')
  if (request.subscribedTopicNames === null && request.subscribedTopicRegex === null) {
    refuse('Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.')
  }
}
