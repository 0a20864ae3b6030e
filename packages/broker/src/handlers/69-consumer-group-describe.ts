import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
} from '@streamwright/protocol/messages/consumer-group-describe'
import { consumerGroupDescribe } from '@streamwright/protocol/messages/consumer-group-describe'
import { ConsumerGroup } from '../groups/consumer/consumer-group.ts'
import type { ConsumerGroupMember } from '../groups/consumer/consumer-group-member.ts'
import { assignors, preferredAssignor } from '../groups/consumer/target-assignment.ts'
import { topicPartitionLists } from '../groups/consumer/topic-partitions.ts'
import type { AssignedPartitions, TopicPartitions } from '../groups/consumer/topic-partitions.ts'
import { authorizedOperations, isAuthorized, isVisible } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

type GroupInit = NonNullable<Init<ConsumerGroupDescribeResponse>['groups']>[number]
type MemberInit = NonNullable<GroupInit['members']>[number]
type AssignmentInit = NonNullable<MemberInit['assignment']>

const memberTypes = { classic: 0, consumer: 1 } as const

/** ConsumerGroupDescribe v0–v1. v1: which protocol each member speaks. */
export const consumerGroupDescribeHandler: AnyHandler = handler<
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse
>({
  api: consumerGroupDescribe,

  async handle(services, request, context) {
    if (services.features.level('group.version') === 0) return refuse(request, ErrorCode.UNSUPPORTED_VERSION)
    const groups = await services.groups()
    return {
      groups: request.groupIds.map((groupId) => {
        if (!isAuthorized(services, context, AclOperation.DESCRIBE, ResourceType.GROUP, groupId)) {
          return { groupId, errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
        }
        const group = groups.get(groupId)
        if (group instanceof ConsumerGroup) {
          if (!mayBeShown(services, group, context)) return { groupId, ...hiddenTopics }
          const described = describe(services, group, context)
          if (!request.includeAuthorizedOperations) return described
          const operations = authorizedOperations(services, context, ResourceType.GROUP, groupId)
          return { ...described, authorizedOperations: operations }
        }
        const errorMessage =
          group === undefined ? `Group ${groupId} not found.` : `Group ${groupId} is not a consumer group.`
        return { groupId, errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage }
      }),
    }
  },

  refuse,
})

function refuse(request: ConsumerGroupDescribeRequest, errorCode: number): Init<ConsumerGroupDescribeResponse> {
  return { groups: request.groupIds.map((groupId) => ({ groupId, errorCode })) }
}

const hiddenTopics = {
  errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  errorMessage: 'The group has described topic(s) that the client is not authorized to describe.',
}

/** Whoever asks may know of all topics that members have, or are to have. */
function mayBeShown(services: BrokerServices, group: ConsumerGroup, context: RequestContext): boolean {
  if (services.authorizer === undefined) return true
  const topicIds = new Set<string>()
  for (const { id, assigned, pendingRevocation } of group.members) {
    for (const topics of [assigned, pendingRevocation, group.target(id)]) {
      for (const topicId of topics.keys()) topicIds.add(topicId)
    }
  }
  return [...topicIds].every((topicId) => {
    const name = services.topics.getById(topicId)?.name
    return name === undefined || isVisible(services, context, AclOperation.DESCRIBE, ResourceType.TOPIC, name)
  })
}

function describe(services: BrokerServices, group: ConsumerGroup, context: RequestContext): GroupInit {
  const [defaultAssignor = ''] = assignors.keys()
  return {
    groupId: group.id,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.targetEpoch,
    assignorName: preferredAssignor(group.members) ?? defaultAssignor,
    members: [...group.members].map((member) => describeMember(services, group, member, context)),
  }
}

function describeMember(
  services: BrokerServices,
  group: ConsumerGroup,
  member: ConsumerGroupMember,
  { apiVersion }: RequestContext,
): MemberInit {
  return {
    memberId: member.id,
    instanceId: member.instanceId,
    rackId: member.rackId,
    memberEpoch: member.epoch,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: [...member.subscribedTopicNames],
    subscribedTopicRegex: member.subscribedTopicRegex,
    // It answers for what it is giving up until it says that it has.
    assignment: assignmentOf(services, joined(member.assigned, member.pendingRevocation)),
    targetAssignment: assignmentOf(services, group.target(member.id)),
    ...(apiVersion >= 1 && { memberType: member.classic === null ? memberTypes.consumer : memberTypes.classic }),
  }
}

function joined(left: AssignedPartitions, right: AssignedPartitions): AssignedPartitions {
  const all = new Map(left)
  for (const [topicId, partitions] of right) {
    all.set(topicId, new Map([...(all.get(topicId) ?? []), ...partitions]))
  }
  return all
}

function assignmentOf(services: BrokerServices, partitions: AssignedPartitions | TopicPartitions): AssignmentInit {
  return {
    topicPartitions: topicPartitionLists(partitions).flatMap((list) => {
      const topicName = services.topics.getById(list.topicId)?.name
      return topicName === undefined ? [] : [{ ...list, topicName }]
    }),
  }
}
