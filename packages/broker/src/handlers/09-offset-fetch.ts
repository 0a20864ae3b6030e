import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, zeroUuid } from '@streamwright/protocol'
import type {
  OffsetFetchRequest,
  OffsetFetchRequestGroup,
  OffsetFetchResponse,
} from '@streamwright/protocol/messages/offset-fetch'
import { offsetFetch } from '@streamwright/protocol/messages/offset-fetch'
import { offsetFetchError } from '../groups/commit-check.ts'
import type { CommittedOffset, CommittedOffsets } from '../groups/committed-offsets.ts'
import type { GroupCoordinator } from '../groups/group-coordinator.ts'
import type { Topics } from '../metadata/topics.ts'
import { isAuthorized, isVisible } from '../security/access.ts'
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
 * OffsetFetch v1–v10. v2: null asks for all. v6: flexible. v7: requireStable: an offset that a transaction is
 * about to change is not told. v8: many groups. v9: the member that asks, and its epoch. v10: topic ids. A group that does not exist has no offsets, which is no error.
 */
export const offsetFetchHandler: AnyHandler = handler<OffsetFetchRequest, OffsetFetchResponse>({
  api: offsetFetch,

  async handle(services, request, context) {
    const groups = await services.groups()
    const mayFetch = (groupId: string): boolean =>
      isAuthorized(services, context, AclOperation.DESCRIBE, ResourceType.GROUP, groupId)
    const mayDescribe = (topic: string): boolean =>
      isVisible(services, context, AclOperation.DESCRIBE, ResourceType.TOPIC, topic)
    if (context.apiVersion >= 8) {
      const usesIds = context.apiVersion >= 10
      const { requireStable } = request
      return {
        groups: request.groups.map((group) =>
          mayFetch(group.groupId)
            ? fetchGroup(groups, services.topics, group, { usesIds, requireStable, mayDescribe })
            : { groupId: group.groupId, errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED, topics: [] },
        ),
      }
    }
    if (!mayFetch(request.groupId)) return refuse(request, ErrorCode.GROUP_AUTHORIZATION_FAILED, context)
    const asked = request.topics?.map((topic) => ({ ...topic, topicId: zeroUuid })) ?? null
    const manner = { usesIds: false, requireStable: request.requireStable, mayDescribe }
    const { topics } = fetchGroup(groups, services.topics, { groupId: request.groupId, topics: asked }, manner)
    return { topics }
  },

  refuse,
})

function refuse(request: OffsetFetchRequest, errorCode: number, context: RequestContext): Init<OffsetFetchResponse> {
  if (context.apiVersion >= 8)
    return { groups: request.groups.map(({ groupId }) => ({ groupId, errorCode, topics: [] })) }
  if (context.apiVersion >= 2) return { errorCode, topics: [] }
  return {
    topics: (request.topics ?? []).map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((index) => partitionOf(index, undefined, errorCode)),
    })),
  }
}

/** A group in a request of any version. */
interface FetchedGroupRequest extends Pick<OffsetFetchRequestGroup, 'groupId' | 'topics'> {
  readonly memberId?: string | null
  readonly memberEpoch?: number
}

/** How a request wants its answer. */
interface Manner {
  readonly usesIds: boolean
  readonly requireStable: boolean
  readonly mayDescribe: (topic: string) => boolean
}

function fetchGroup(
  groups: GroupCoordinator,
  topics: Topics,
  request: FetchedGroupRequest,
  manner: Manner,
): FetchedGroup {
  const { groupId } = request
  const errorCode = offsetFetchError(groups.get(groupId), request.memberId ?? null, request.memberEpoch ?? -1)
  if (errorCode !== ErrorCode.NONE) return { groupId, topics: [], errorCode }
  const offsets = groups.offsets.of(groupId)
  const isUnstable = (topic: string, index: number): boolean =>
    manner.requireStable && groups.offsets.isUnstable(groupId, topic, index)
  if (request.topics === null) return { groupId, topics: allOffsets(offsets, topics, manner, isUnstable) }
  return {
    groupId,
    topics: request.topics.map(({ name, topicId, partitionIndexes }) => {
      const topicName = manner.usesIds ? topics.getById(topicId)?.name : name
      const isForbidden = topicName !== undefined && !manner.mayDescribe(topicName)
      return {
        name,
        topicId,
        partitions: partitionIndexes.map((index) => {
          if (topicName === undefined) return partitionOf(index, undefined, ErrorCode.UNKNOWN_TOPIC_ID)
          if (isForbidden) return partitionOf(index, undefined, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
          return offsetOf(offsets, topicName, index, isUnstable)
        }),
      }
    }),
  }
}

function offsetOf(
  offsets: CommittedOffsets,
  topic: string,
  index: number,
  isUnstable: (topic: string, index: number) => boolean,
): PartitionInit {
  if (isUnstable(topic, index)) return partitionOf(index, undefined, ErrorCode.UNSTABLE_OFFSET_COMMIT)
  return partitionOf(index, offsets.get(topic, index), ErrorCode.NONE)
}

function allOffsets(
  offsets: CommittedOffsets,
  topics: Topics,
  { usesIds, mayDescribe }: Manner,
  isUnstable: (topic: string, index: number) => boolean,
): readonly TopicInit[] {
  return [...offsets.all()].flatMap(([name, partitions]) => {
    const topicId = topics.get(name)?.id
    if ((usesIds && topicId === undefined) || !mayDescribe(name)) return []
    return [
      {
        name,
        topicId: topicId ?? zeroUuid,
        partitions: [...partitions.keys()].map((index) => offsetOf(offsets, name, index, isUnstable)),
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
