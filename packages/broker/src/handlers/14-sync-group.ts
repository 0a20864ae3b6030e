import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { SyncGroupRequest, SyncGroupResponse } from '@streamwright/protocol/messages/sync-group'
import { syncGroup } from '@streamwright/protocol/messages/sync-group'
import type { SyncAnswer } from '../groups/member.ts'
import { syncFailure } from '../groups/member.ts'
import { isAuthorized } from '../security/access.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/** SyncGroup v0–v5. v3: instance ids. v4: flexible. v5: protocol type and name are checked and come back. */
export const syncGroupHandler: AnyHandler = handler<SyncGroupRequest, SyncGroupResponse>({
  api: syncGroup,

  async handle(services, request, context) {
    if (!isAuthorized(services, context, AclOperation.READ, ResourceType.GROUP, request.groupId)) {
      return response(syncFailure(ErrorCode.GROUP_AUTHORIZATION_FAILED), context)
    }
    const groups = await services.groups()
    const { memberId, groupInstanceId, generationId, protocolType, protocolName, assignments } = request
    const wish = { memberId, instanceId: groupInstanceId, generationId, protocolType, protocolName, assignments }
    return response(await groups.sync(request.groupId, wish), context)
  },

  refuse: (_request, errorCode, context) => response(syncFailure(errorCode), context),
})

function response(
  { errorCode, assignment, protocolType, protocolName }: SyncAnswer,
  context: RequestContext,
): SyncAnswer {
  const isNamed = context.apiVersion >= 5
  return {
    errorCode,
    assignment,
    protocolType: isNamed ? protocolType : null,
    protocolName: isNamed ? protocolName : null,
  }
}
