import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode, ResourceType, zeroUuid } from '@streamwright/protocol'
import type {
  OffsetCommitRequest,
  OffsetCommitRequestPartition,
  OffsetCommitRequestTopic,
  OffsetCommitResponse,
} from '@streamwright/protocol/messages/offset-commit'
import { offsetCommit } from '@streamwright/protocol/messages/offset-commit'
import { asError } from '@streamwright/std'
import type { OffsetToCommit } from '../groups/group-offsets.ts'
import type { Topic } from '../metadata/topics.ts'
import { isAuthorized } from '../security/access.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler, RequestContext } from './handler.ts'
import { handler } from './handler.ts'

/** OffsetCommit v2–v10. v6: leader epochs. v7: instance ids. v8: flexible. v9: unknown groups have their own error. v10: topic ids. */
export const offsetCommitHandler: AnyHandler = handler<OffsetCommitRequest, OffsetCommitResponse>({
  api: offsetCommit,

  async handle(services, request, context) {
    if (!isAuthorized(services, context, AclOperation.READ, ResourceType.GROUP, request.groupId)) {
      return refuse(request, ErrorCode.GROUP_AUTHORIZATION_FAILED)
    }
    const groups = await services.groups()
    const { groupId, memberId, groupInstanceId: instanceId, generationIdOrMemberEpoch: generationId } = request
    const committer = { memberId, instanceId, generationId }
    const accepted: OffsetToCommit[] = []
    const checked = joined(
      withPartitions(services, request.topics).map((topic) => check(services, context, topic, accepted)),
    )
    const places = accepted.map(({ partition, offset }) => ({ topicId: offset.topicId, partition }))
    const groupError = groups.commitError(groupId, committer, context.apiVersion, places)
    const topics = checked.map((topic) => ({
      ...topic,
      partitions: topic.partitions.map(({ partitionIndex, errorCode }) => ({
        partitionIndex,
        errorCode: errorAfterGroup(errorCode, groupError),
      })),
    }))
    if (groupError !== ErrorCode.NONE || accepted.length === 0) return { topics }
    try {
      await groups.commit(groupId, committer, accepted)
      return { topics }
    } catch (error) {
      services.environment.log.warn('Offsets could not be written', { group: groupId, error: asError(error) })
      return refuse(request, ErrorCode.NOT_COORDINATOR)
    }
  },

  refuse,
})

function refuse(request: OffsetCommitRequest, errorCode: number): Init<OffsetCommitResponse> {
  return {
    topics: request.topics.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    })),
  }
}

/** Without topics of which nothing is said, when there are such topics. */
export function withPartitions<Asked extends { readonly name: string; readonly partitions: readonly unknown[] }>(
  services: BrokerServices,
  topics: readonly Asked[],
): Asked[] {
  return topics.filter(({ name, partitions }) => partitions.length > 0 || services.topics.get(name) === undefined)
}

/** What the group says to a partition, unless the topic had something to say before. */
export function errorAfterGroup(own: number, ofGroup: number): number {
  return own === ErrorCode.NONE || own === ErrorCode.OFFSET_METADATA_TOO_LARGE ? ofGroup || own : own
}

/** As Java's broker puts them together where a topic or a partition is not known: a topic that is named twice as one. */
function joined(topics: readonly CheckedTopic[]): readonly CheckedTopic[] {
  const isKnown = topics.every(({ partitions }) =>
    partitions.every(
      ({ errorCode }) => errorCode === ErrorCode.NONE || errorCode === ErrorCode.OFFSET_METADATA_TOO_LARGE,
    ),
  )
  if (isKnown) return topics
  const byName = new Map<string, CheckedTopic>()
  for (const topic of topics) {
    const key = `${topic.name}/${topic.topicId}`
    byName.set(key, { ...topic, partitions: [...(byName.get(key)?.partitions ?? []), ...topic.partitions] })
  }
  return [...byName.values()]
}

interface CheckedTopic {
  readonly name: string
  readonly topicId: string
  readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[]
}

/** The answer for a topic, apart from what the group says to it; what may be committed is added to `accepted`. */
function check(
  services: BrokerServices,
  context: RequestContext,
  request: OffsetCommitRequestTopic,
  accepted: OffsetToCommit[],
): CheckedTopic {
  const { name, topicId, partitions } = request
  const isById = topicId !== zeroUuid
  const topic = isById ? services.topics.getById(topicId) : services.topics.get(name)
  const knownName = isById ? topic?.name : name
  if (knownName !== undefined && !isAuthorized(services, context, AclOperation.READ, ResourceType.TOPIC, knownName)) {
    const errorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED
    return { name, topicId, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })) }
  }
  const missing = isById ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  return {
    name,
    topicId,
    partitions: partitions.map((partition) => {
      const { partitionIndex } = partition
      if (topic === undefined) return { partitionIndex, errorCode: missing }
      const errorCode = offsetCommitError(services, topic, partition)
      if (errorCode === ErrorCode.NONE) accepted.push(offsetToCommit(services, topic, partition))
      return { partitionIndex, errorCode }
    }),
  }
}

/** What of a partition both kinds of commits name. */
type PartitionOffset = Pick<
  OffsetCommitRequestPartition,
  'partitionIndex' | 'committedOffset' | 'committedLeaderEpoch' | 'committedMetadata'
>

/** What is wrong with an offset itself; 0: nothing. */
export function offsetCommitError(services: BrokerServices, topic: Topic, request: PartitionOffset): number {
  if (topic.partition(request.partitionIndex) === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  const metadataLength = request.committedMetadata?.length ?? 0
  return metadataLength > services.settings.offsetMetadataMaxBytes
    ? ErrorCode.OFFSET_METADATA_TOO_LARGE
    : ErrorCode.NONE
}

/** An offset of a request, as of now. */
export function offsetToCommit(services: BrokerServices, topic: Topic, request: PartitionOffset): OffsetToCommit {
  return {
    topic: topic.name,
    partition: request.partitionIndex,
    offset: {
      offset: Number(request.committedOffset),
      leaderEpoch: request.committedLeaderEpoch,
      metadata: request.committedMetadata ?? '',
      commitTimestampMs: services.environment.clock.wallMs(),
      topicId: topic.id,
    },
  }
}
