import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { LeaveGroupRequest, LeaveGroupResponse } from '@streamwright/protocol/messages/leave-group'
import { leaveGroup } from '@streamwright/protocol/messages/leave-group'
import { isAuthorized } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** LeaveGroup v0–v5. v3: many members at once, also by instance id. v4: flexible. v5: reason. */
export const leaveGroupHandler: AnyHandler = handler<LeaveGroupRequest, LeaveGroupResponse>({
  api: leaveGroup,

  async handle(services, { groupId, memberId, members }, context) {
    if (!isAuthorized(services, context, AclOperation.READ, ResourceType.GROUP, groupId)) {
      return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
    }
    const groups = await services.groups()
    if (context.apiVersion < 3) {
      const [errorCode] = await groups.leave(groupId, [{ memberId, instanceId: null }])
      return { errorCode: errorCode ?? 0 }
    }
    if (groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID }
    const leaving = members.map((member) => ({ memberId: member.memberId, instanceId: member.groupInstanceId }))
    const errorCodes = await groups.leave(groupId, leaving)
    return {
      members: members.map((member, index) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        errorCode: errorCodes[index] ?? 0,
      })),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
