import { AclOperation, ResourceType } from '@streamwright/protocol'
import type { ListGroupsRequest, ListGroupsResponse } from '@streamwright/protocol/messages/list-groups'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { Group, consumerProtocolType } from '../groups/group.ts'
import { isVisible } from '../security/access.ts'
import { clusterName } from '../security/acl.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** ListGroups v0–v5. v3: flexible. v4: by state. v5: by type; classic or consumer. */
export const listGroupsHandler: AnyHandler = handler<ListGroupsRequest, ListGroupsResponse>({
  api: listGroups,

  async handle(services, { statesFilter, typesFilter }, context) {
    const groups = await services.groups()
    const states = new Set(statesFilter.map((state) => state.trim().toLowerCase()))
    const types = new Set(typesFilter.map((type) => type.trim().toLowerCase()))
    const { DESCRIBE } = AclOperation
    const mayDescribe = (type: number, name: string): boolean => isVisible(services, context, DESCRIBE, type, name)
    const mayDescribeAll = mayDescribe(ResourceType.CLUSTER, clusterName)
    const isWanted = (wanted: ReadonlySet<string>, value: string): boolean =>
      wanted.size === 0 || wanted.has(value.toLowerCase())
    const listed = [...groups.all()].map((group) => ({
      groupId: group.id,
      protocolType: group instanceof Group ? group.protocolType : consumerProtocolType,
      groupState: group.state,
      groupType: group instanceof Group ? 'classic' : 'consumer',
    }))
    const found = listed.filter(
      ({ groupState, groupType }) => isWanted(states, groupState) && isWanted(types, groupType),
    )
    return { groups: found.filter(({ groupId }) => mayDescribeAll || mayDescribe(ResourceType.GROUP, groupId)) }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
