import type { Init } from '@streamwright/protocol'
import { ErrorCode, zeroUuid } from '@streamwright/protocol'
import type {
  OffsetFetchRequest,
  OffsetFetchRequestGroup,
  OffsetFetchResponse,
} from '@streamwright/protocol/messages/offset-fetch'
import { offsetFetch } from '@streamwright/protocol/messages/offset-fetch'
import type { CommittedOffset } from '../groups/committed-offsets.ts'
import type { Group } from '../groups/group.ts'
import type { GroupCoordinator } from '../groups/group-coordinator.ts'
import type { Topics } from '../metadata/topics.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

type GroupInit = NonNullable<Init<OffsetFetchResponse>['groups']>[number]
type TopicInit = NonNullable<GroupInit['topics']>[number]
type PartitionInit = NonNullable<TopicInit['partitions']>[number]

/** A group in an answer; what it must have for both forms of the answer. */
interface FetchedGroup {
  readonly groupId: string
  readonly topics: readonly TopicInit[]
  readonly errorCode?: number
}

/**
 * OffsetFetch v1–v10. v2: null asks for all. v6: flexible. v7: requireStable (there are no transactions, so every offset
 * is stable). v8: many groups. v10: topic ids. A group that does not exist has no offsets, which is no error.
 */
export const offsetFetchHandler: AnyHandler = handler<OffsetFetchRequest, OffsetFetchResponse>({
  api: offsetFetch,

  async handle(services, request, context) {
    const groups = await services.groups()
    if (context.apiVersion >= 8) {
      const usesIds = context.apiVersion >= 10
      return { groups: request.groups.map((group) => fetchGroup(groups, services.topics, group, usesIds)) }
    }
    const asked = request.topics?.map((topic) => ({ ...topic, topicId: zeroUuid })) ?? null
    const { topics } = fetchGroup(groups, services.topics, { groupId: request.groupId, topics: asked }, false)
    return { topics }
  },

  refuse(request, errorCode, context: RequestContext) {
    if (context.apiVersion >= 8)
      return { groups: request.groups.map(({ groupId }) => ({ groupId, errorCode, topics: [] })) }
    if (context.apiVersion >= 2) return { errorCode, topics: [] }
    return {
      topics: (request.topics ?? []).map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((index) => partitionOf(index, undefined, errorCode)),
      })),
    }
  },
})

function fetchGroup(
  groups: GroupCoordinator,
  topics: Topics,
  request: Pick<OffsetFetchRequestGroup, 'groupId' | 'topics'>,
  usesIds: boolean,
): FetchedGroup {
  const group = groups.get(request.groupId)
  if (request.topics === null) {
    return { groupId: request.groupId, topics: group === undefined ? [] : allOffsets(group, topics, usesIds) }
  }
  return {
    groupId: request.groupId,
    topics: request.topics.map(({ name, topicId, partitionIndexes }) => {
      const topicName = usesIds ? topics.getById(topicId)?.name : name
      const errorCode = topicName === undefined ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.NONE
      return {
        name,
        topicId,
        partitions: partitionIndexes.map((index) =>
          partitionOf(index, group?.offsets.get(topicName ?? '', index), errorCode),
        ),
      }
    }),
  }
}

function allOffsets(group: Group, topics: Topics, usesIds: boolean): readonly TopicInit[] {
  return [...group.offsets.all()].flatMap(([name, partitions]) => {
    const topicId = topics.get(name)?.id
    if (usesIds && topicId === undefined) return []
    return [
      {
        name,
        topicId: topicId ?? zeroUuid,
        partitions: [...partitions].map(([index, offset]) => partitionOf(index, offset, ErrorCode.NONE)),
      },
    ]
  })
}

function partitionOf(partitionIndex: number, committed: CommittedOffset | undefined, errorCode: number): PartitionInit {
  return {
    partitionIndex,
    committedOffset: BigInt(committed?.offset ?? -1),
    committedLeaderEpoch: committed?.leaderEpoch ?? -1,
    metadata: committed?.metadata ?? '',
    errorCode,
  }
}
