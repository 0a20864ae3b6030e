import type { DeleteGroupsRequest, DeleteGroupsResponse } from '@streamwright/protocol/messages/delete-groups'
import { deleteGroups } from '@streamwright/protocol/messages/delete-groups'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** DeleteGroups v0–v2. v2: flexible. */
export const deleteGroupsHandler: AnyHandler = handler<DeleteGroupsRequest, DeleteGroupsResponse>({
  api: deleteGroups,

  async handle(services, request) {
    const groups = await services.groups()
    const results = [...new Set(request.groupsNames)].map(async (groupId) => ({
      groupId,
      errorCode: await groups.delete(groupId),
    }))
    return { results: await Promise.all(results) }
  },

  refuse: (request, errorCode) => ({ results: request.groupsNames.map((groupId) => ({ groupId, errorCode })) }),
})
