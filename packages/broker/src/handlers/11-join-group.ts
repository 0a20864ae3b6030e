import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { JoinGroupRequest, JoinGroupResponse } from '@streamwright/protocol/messages/join-group'
import { joinGroup } from '@streamwright/protocol/messages/join-group'
import type { JoinAnswer } from '../groups/member.ts'
import { joinFailure } from '../groups/member.ts'
import { isAuthorized } from '../security/access.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/**
 * JoinGroup v0–v9. v1: rebalance time-out. v4: a new member gets its id first. v5: instance ids. v6: flexible. v7: the
 * protocol type comes back. v8: reason. v9: the leader may be told to skip the assignment.
 */
export const joinGroupHandler: AnyHandler = handler<JoinGroupRequest, JoinGroupResponse>({
  api: joinGroup,

  async handle(services, request, context) {
    if (!isAuthorized(services, context, AclOperation.READ, ResourceType.GROUP, request.groupId)) {
      return response(joinFailure(ErrorCode.GROUP_AUTHORIZATION_FAILED, ''), context)
    }
    const groups = await services.groups()
    const { sessionTimeoutMs, rebalanceTimeoutMs } = request
    const answer = await groups.join(request.groupId, {
      memberId: request.memberId,
      instanceId: request.groupInstanceId,
      clientId: context.clientId ?? '',
      clientHost: context.clientHost,
      sessionTimeoutMs,
      rebalanceTimeoutMs: rebalanceTimeoutMs < 0 ? sessionTimeoutMs : rebalanceTimeoutMs,
      protocolType: request.protocolType,
      // Kept for as long as the member lives: the request's buffer must not be.
      protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Uint8Array.from(metadata) })),
      mustKnowId: context.apiVersion >= 4,
      canSkipAssignment: context.apiVersion >= 9,
    })
    return response(answer, context)
  },

  refuse: (request, errorCode, context) => response(joinFailure(errorCode, request.memberId), context),
})

function response(answer: JoinAnswer, context: RequestContext): Init<JoinGroupResponse> {
  const mayBeNull = context.apiVersion >= 7
  return {
    ...answer,
    protocolType: mayBeNull ? answer.protocolType : null,
    protocolName: mayBeNull ? answer.protocolName : (answer.protocolName ?? ''),
    skipAssignment: context.apiVersion >= 9 && answer.skipAssignment,
    members:
      context.apiVersion >= 5
        ? answer.members
        : answer.members.map(({ memberId, metadata }) => ({ memberId, metadata })),
  }
}
