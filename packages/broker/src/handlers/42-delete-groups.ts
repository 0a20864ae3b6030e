import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { DeleteGroupsRequest, DeleteGroupsResponse } from '@streamwright/protocol/messages/delete-groups'
import { deleteGroups } from '@streamwright/protocol/messages/delete-groups'
import { isAuthorized } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** DeleteGroups v0–v2. v2: flexible. */
export const deleteGroupsHandler: AnyHandler = handler<DeleteGroupsRequest, DeleteGroupsResponse>({
  api: deleteGroups,

  async handle(services, request, context) {
    const groups = await services.groups()
    const results = [...new Set(request.groupsNames)].map(async (groupId) => ({
      groupId,
      errorCode: isAuthorized(services, context, AclOperation.DELETE, ResourceType.GROUP, groupId)
        ? await groups.delete(groupId)
        : ErrorCode.GROUP_AUTHORIZATION_FAILED,
    }))
    return { results: await Promise.all(results) }
  },

  refuse: (request, errorCode) => ({ results: request.groupsNames.map((groupId) => ({ groupId, errorCode })) }),
})
