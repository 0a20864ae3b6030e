import { AclOperation, ResourceType } from '@streamwright/protocol'
import type { ListGroupsRequest, ListGroupsResponse } from '@streamwright/protocol/messages/list-groups'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { isVisible } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** ListGroups v0–v5. v3: flexible. v4: by state. v5: by type; all groups are classic ones. */
export const listGroupsHandler: AnyHandler = handler<ListGroupsRequest, ListGroupsResponse>({
  api: listGroups,

  async handle(services, { statesFilter, typesFilter }, context) {
    const groups = await services.groups()
    const states = new Set(statesFilter.map((state) => state.toLowerCase()))
    const types = new Set(typesFilter.map((type) => type.toLowerCase()))
    const { DESCRIBE } = AclOperation
    const mayDescribe = (type: number, name: string): boolean => isVisible(services, context, DESCRIBE, type, name)
    const mayDescribeAll = mayDescribe(ResourceType.CLUSTER, clusterName)
    const found = [...groups.all()].filter(
      ({ id, state }) =>
        (mayDescribeAll || mayDescribe(ResourceType.GROUP, id)) &&
        (states.size === 0 || states.has(state.toLowerCase())) &&
        (types.size === 0 || types.has('classic')),
    )
    return {
      groups: found.map(({ id, protocolType, state }) => ({
        groupId: id,
        protocolType,
        groupState: state,
        groupType: 'classic',
      })),
    }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
