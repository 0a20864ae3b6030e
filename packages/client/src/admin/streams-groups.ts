import { ErrorCode, KafkaError, kafkaError } from '@streamwright/protocol'
import type {
  StreamsGroupDescribeResponseAssignment,
  StreamsGroupDescribeResponseDescribedGroup,
  StreamsGroupDescribeResponseKeyValue,
  StreamsGroupDescribeResponseMember,
  StreamsGroupDescribeResponseSubtopology,
  StreamsGroupDescribeResponseTaskIds,
  StreamsGroupDescribeResponseTaskOffset,
  StreamsGroupDescribeResponseTopicInfo,
} from '@streamwright/protocol/messages/streams-group-describe'
import { streamsGroupDescribe } from '@streamwright/protocol/messages/streams-group-describe'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import { forEachGroup } from './for-each-group.ts'

/** A group of a Streams application whose tasks the broker assigns (`group.protocol=streams`). */
export interface StreamsGroupDescription {
  readonly groupId: string
  /** `Empty`, `NotReady`, `Assigning`, `Reconciling`, `Stable` or `Dead`. */
  readonly state: string
  readonly groupEpoch: number
  /** The epoch of the assignment that members are on their way to. */
  readonly targetAssignmentEpoch: number
  readonly topologyEpoch: number
  readonly subtopologies: readonly StreamsGroupSubtopology[]
  readonly members: readonly StreamsGroupMember[]
  /** The broker id of its coordinator. */
  readonly coordinator: number
}

/** A part of the topology whose tasks go together. */
export interface StreamsGroupSubtopology {
  readonly subtopologyId: string
  readonly sourceTopics: readonly string[]
  /** The repartition topics that it writes. */
  readonly repartitionSinkTopics: readonly string[]
  readonly stateChangelogTopics: readonly StreamsGroupTopic[]
  /** The repartition topics that it reads. */
  readonly repartitionSourceTopics: readonly StreamsGroupTopic[]
}

/** An internal topic of the application, as the topology asks for it. */
export interface StreamsGroupTopic {
  readonly name: string
  /** 0: as many as the topics that it is made from need. */
  readonly partitions: number
  /** 0: the broker's default. */
  readonly replicationFactor: number
  readonly config: Readonly<Record<string, string>>
}

export interface StreamsGroupMember {
  readonly memberId: string
  readonly memberEpoch: number
  /** Null for members that are not static. */
  readonly groupInstanceId: string | null
  readonly rackId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly topologyEpoch: number
  /** The same for all threads of a process. */
  readonly processId: string
  /** Where others can ask it about its state (`application.server`). */
  readonly userEndpoint: { readonly host: string; readonly port: number } | null
  readonly clientTags: Readonly<Record<string, string>>
  /** How far its tasks' states are, and how far they would have to be. */
  readonly taskOffsets: readonly StreamsGroupTaskOffset[]
  readonly taskEndOffsets: readonly StreamsGroupTaskOffset[]
  readonly assignment: StreamsGroupAssignment
  /** What it will have when all have moved. */
  readonly targetAssignment: StreamsGroupAssignment
  /** It still speaks the older protocol. */
  readonly isClassic: boolean
}

/** Tasks by what they are to a member. */
export interface StreamsGroupAssignment {
  readonly activeTasks: readonly StreamsGroupTasks[]
  readonly standbyTasks: readonly StreamsGroupTasks[]
  readonly warmupTasks: readonly StreamsGroupTasks[]
}

/** Tasks of one subtopology. */
export interface StreamsGroupTasks {
  readonly subtopologyId: string
  readonly partitions: readonly number[]
}

export interface StreamsGroupTaskOffset {
  readonly subtopologyId: string
  readonly partition: number
  readonly offset: number
}

/** One request for each group, at its coordinator. A broker without the protocol: `UnsupportedVersionError`. */
export async function describeNamedStreamsGroups(
  calls: AdminCalls,
  groupIds: readonly string[],
  options: AdminOptions,
): Promise<Map<string, StreamsGroupDescription>> {
  const described = await forEachGroup(groupIds, (groupId) =>
    calls.atCoordinator('The description', groupId, options, async (coordinator, timeoutMs) => {
      const request = { groupIds: [groupId] }
      const { groups } = await calls.cluster.send(coordinator, streamsGroupDescribe, request, { timeoutMs })
      const [group] = groups
      if (group === undefined) throw kafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, groupId)
      if (group.errorCode !== ErrorCode.NONE) {
        throw group.errorMessage === null
          ? kafkaError(group.errorCode, groupId)
          : new KafkaError(group.errorCode, group.errorMessage)
      }
      return descriptionOf(group, coordinator)
    }),
  )
  return new Map(described.map((group) => [group.groupId, group]))
}

function descriptionOf(
  group: StreamsGroupDescribeResponseDescribedGroup,
  coordinator: number,
): StreamsGroupDescription {
  return {
    groupId: group.groupId,
    state: group.groupState,
    groupEpoch: group.groupEpoch,
    targetAssignmentEpoch: group.assignmentEpoch,
    topologyEpoch: group.topology?.epoch ?? 0,
    subtopologies: (group.topology?.subtopologies ?? []).map(subtopologyOf),
    members: group.members.map(memberOf),
    coordinator,
  }
}

function subtopologyOf(subtopology: StreamsGroupDescribeResponseSubtopology): StreamsGroupSubtopology {
  return {
    subtopologyId: subtopology.subtopologyId,
    sourceTopics: subtopology.sourceTopics,
    repartitionSinkTopics: subtopology.repartitionSinkTopics,
    stateChangelogTopics: subtopology.stateChangelogTopics.map(topicOf),
    repartitionSourceTopics: subtopology.repartitionSourceTopics.map(topicOf),
  }
}

function topicOf(topic: StreamsGroupDescribeResponseTopicInfo): StreamsGroupTopic {
  const { name, partitions, replicationFactor, topicConfigs } = topic
  return { name, partitions, replicationFactor, config: byName(topicConfigs) }
}

function memberOf(member: StreamsGroupDescribeResponseMember): StreamsGroupMember {
  const { userEndpoint } = member
  return {
    memberId: member.memberId,
    memberEpoch: member.memberEpoch,
    groupInstanceId: member.instanceId,
    rackId: member.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    topologyEpoch: member.topologyEpoch,
    processId: member.processId,
    userEndpoint: userEndpoint === null ? null : { host: userEndpoint.host, port: userEndpoint.port },
    clientTags: byName(member.clientTags),
    taskOffsets: member.taskOffsets.map(taskOffsetOf),
    taskEndOffsets: member.taskEndOffsets.map(taskOffsetOf),
    assignment: assignmentOf(member.assignment),
    targetAssignment: assignmentOf(member.targetAssignment),
    isClassic: member.isClassic,
  }
}

function assignmentOf(assignment: StreamsGroupDescribeResponseAssignment): StreamsGroupAssignment {
  return {
    activeTasks: assignment.activeTasks.map(tasksOf),
    standbyTasks: assignment.standbyTasks.map(tasksOf),
    warmupTasks: assignment.warmupTasks.map(tasksOf),
  }
}

function tasksOf({ subtopologyId, partitions }: StreamsGroupDescribeResponseTaskIds): StreamsGroupTasks {
  return { subtopologyId, partitions }
}

function taskOffsetOf(task: StreamsGroupDescribeResponseTaskOffset): StreamsGroupTaskOffset {
  return { subtopologyId: task.subtopologyId, partition: task.partition, offset: Number(task.offset) }
}

function byName(pairs: readonly StreamsGroupDescribeResponseKeyValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]))
}
