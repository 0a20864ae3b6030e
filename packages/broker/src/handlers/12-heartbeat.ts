import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { HeartbeatRequest, HeartbeatResponse } from '@streamwright/protocol/messages/heartbeat'
import { heartbeat } from '@streamwright/protocol/messages/heartbeat'
import { isAuthorized } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** Heartbeat v0–v4. v3: instance ids. v4: flexible. */
export const heartbeatHandler: AnyHandler = handler<HeartbeatRequest, HeartbeatResponse>({
  api: heartbeat,

  async handle(services, { groupId, memberId, groupInstanceId, generationId }, context) {
    if (!isAuthorized(services, context, AclOperation.READ, ResourceType.GROUP, groupId)) {
      return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
    }
    const groups = await services.groups()
    return { errorCode: groups.heartbeat(groupId, memberId, groupInstanceId, generationId) }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
