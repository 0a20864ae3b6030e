import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { DescribeGroupsRequest, DescribeGroupsResponse } from '@streamwright/protocol/messages/describe-groups'
import { describeGroups } from '@streamwright/protocol/messages/describe-groups'
import { emptyBytes } from '@streamwright/std'
import { Group } from '../groups/group.ts'
import { authorizedOperations, isAuthorized } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type GroupInit = NonNullable<Init<DescribeGroupsResponse>['groups']>[number]

/**
 * DescribeGroups v0–v6. v3: authorized operations. v4: instance ids. v5: flexible. v6: an unknown group is an error.
 * A group of another kind is unknown here.
 */
export const describeGroupsHandler: AnyHandler = handler<DescribeGroupsRequest, DescribeGroupsResponse>({
  api: describeGroups,

  async handle(services, request, context) {
    const groups = await services.groups()
    return {
      groups: request.groups.map((groupId) => {
        if (!isAuthorized(services, context, AclOperation.DESCRIBE, ResourceType.GROUP, groupId)) {
          return { groupId, errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
        }
        const group = groups.get(groupId)
        // Of an unknown group too, where that is no error.
        const operations = request.includeAuthorizedOperations
          ? { authorizedOperations: authorizedOperations(services, context, ResourceType.GROUP, groupId) }
          : {}
        if (group instanceof Group) return { ...describe(group), ...operations }
        if (context.apiVersion < 6) return { groupId, groupState: 'Dead', ...operations }
        const errorMessage =
          group === undefined ? `Group ${groupId} not found.` : `Group ${groupId} is not a classic group.`
        return { groupId, groupState: 'Dead', errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage }
      }),
    }
  },

  refuse: (request, errorCode) => ({ groups: request.groups.map((groupId) => ({ groupId, errorCode })) }),
})

/** What a member told the leader is only shown while it is in force. */
function describe(group: Group): GroupInit {
  const isStable = group.is('Stable')
  return {
    groupId: group.id,
    groupState: group.state,
    protocolType: group.protocolType,
    protocolData: isStable ? (group.protocolName ?? '') : '',
    members: [...group.members].map((member) => ({
      memberId: member.id,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: isStable ? member.metadataFor(group.protocolName) : emptyBytes,
      memberAssignment: member.assignment,
    })),
  }
}
