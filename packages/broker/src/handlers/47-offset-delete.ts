import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'
import type { OffsetDeleteRequest, OffsetDeleteResponse } from '@streamwright/protocol/messages/offset-delete'
import { offsetDelete } from '@streamwright/protocol/messages/offset-delete'
import { Group, consumerProtocolType } from '../groups/group.ts'
import { isAuthorized } from '../security/access.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

/** OffsetDelete v0. Not of topics that a member is subscribed to. */
export const offsetDeleteHandler: AnyHandler = handler<OffsetDeleteRequest, OffsetDeleteResponse>({
  api: offsetDelete,

  async handle(services, request, context) {
    if (!isAuthorized(services, context, AclOperation.DELETE, ResourceType.GROUP, request.groupId)) {
      return { errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED }
    }
    const groups = await services.groups()
    const group = groups.get(request.groupId)
    if (group === undefined || (group instanceof Group && group.is('Dead'))) {
      return { errorCode: ErrorCode.GROUP_ID_NOT_FOUND }
    }
    if (group instanceof Group && !group.is('Empty') && group.protocolType !== consumerProtocolType) {
      return { errorCode: ErrorCode.NON_EMPTY_GROUP }
    }
    const subscribed = group.subscribedTopics() ?? new Set<string>()
    const mayRead = (topic: string): boolean =>
      isAuthorized(services, context, AclOperation.READ, ResourceType.TOPIC, topic)
    const doomed: { topic: string; partition: number }[] = []
    const topics = request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => {
        if (!mayRead(name)) return { partitionIndex, errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED }
        if (services.topics.get(name)?.partition(partitionIndex) === undefined) {
          return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }
        }
        if (subscribed.has(name)) return { partitionIndex, errorCode: ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC }
        doomed.push({ topic: name, partition: partitionIndex })
        return { partitionIndex, errorCode: ErrorCode.NONE }
      }),
    }))
    await groups.offsets.delete(group.id, doomed)
    return { topics }
  },

  refuse: (_request, errorCode) => ({ errorCode }),
})
