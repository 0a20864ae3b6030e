import { ErrorCode, kafkaError } from '@streamwright/protocol'
import type { ConsumerGroupDescribeResponseAssignment } from '@streamwright/protocol/messages/consumer-group-describe'
import { consumerGroupDescribe } from '@streamwright/protocol/messages/consumer-group-describe'
import { deleteGroups } from '@streamwright/protocol/messages/delete-groups'
import type {
  DescribeGroupsResponseDescribedGroup,
  DescribeGroupsResponseDescribedGroupMember,
} from '@streamwright/protocol/messages/describe-groups'
import { describeGroups } from '@streamwright/protocol/messages/describe-groups'
import { leaveGroup } from '@streamwright/protocol/messages/leave-group'
import { listGroups } from '@streamwright/protocol/messages/list-groups'
import { decodeAssignment } from '../consumer/group/consumer-protocol.ts'
import type { TopicPartition } from '../consumer/topic-partition.ts'
import type { AdminCalls, AdminOptions } from './admin-calls.ts'
import { AdminError } from './admin-error.ts'
import { forEachGroup } from './for-each-group.ts'

/** What ConsumerGroupDescribe calls a member that speaks the consumer protocol. */
const memberTypeConsumer = 1

/** A group in a list. */
export interface GroupListing {
  readonly groupId: string
  /** `consumer` for consumers, `connect` for Connect, empty for groups that only keep offsets. */
  readonly protocolType: string
  /** Such as `Stable` or `Empty`; empty from brokers before Kafka 2.6. */
  readonly state: string
  /** Such as `classic`; empty from brokers before Kafka 3.8. */
  readonly type: string
}

/** A group with its members. */
export interface GroupDescription {
  readonly groupId: string
  /** `Dead` for a group that does not exist. */
  readonly state: string
  readonly type: 'classic' | 'consumer'
  readonly protocolType: string
  /** The assignor that the group has agreed on. */
  readonly protocol: string
  /** The broker id of its coordinator. */
  readonly coordinator: number
  /** Null for classic groups. */
  readonly groupEpoch: number | null
  /** The epoch of the assignment that members are on their way to. Null for classic groups. */
  readonly assignmentEpoch: number | null
  readonly members: readonly MemberDescription[]
}

export interface MemberDescription {
  readonly memberId: string
  /** Null for members that are not static. */
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  /** What a consumer is to read. Empty for groups of other kinds. */
  readonly assignment: readonly TopicPartition[]
  /** What it will have to read when all have moved. Null in classic groups. */
  readonly targetAssignment: readonly TopicPartition[] | null
  /** Null in classic groups. */
  readonly memberEpoch: number | null
  /** Whether it speaks the consumer protocol, in a group of that; null in classic groups, and from brokers before Kafka 4.0. */
  readonly upgraded: boolean | null
  /** What the member said when it joined, and what its leader gave it; for protocols that are not the consumers'. */
  readonly metadataBytes: Buffer | null
  readonly assignmentBytes: Buffer | null
}

export interface ListGroupsOptions extends AdminOptions {
  /** Only groups in one of these states. */
  readonly states?: readonly string[]
  /** Only groups of one of these types. */
  readonly types?: readonly string[]
}

/** A member to be removed, by its id or, if it is static, its instance id. */
export type MemberToRemove = { readonly memberId: string } | { readonly groupInstanceId: string }

/** Each broker knows the groups that it coordinates. */
export function listAllGroups(calls: AdminCalls, options: ListGroupsOptions): Promise<GroupListing[]> {
  const { states = [], types = [] } = options
  return calls.whole('Listing groups', options, async (timeoutMs) => {
    await calls.cluster.refresh({ timeoutMs })
    const minVersion = types.length > 0 ? 5 : states.length > 0 ? 4 : 0
    const lists = await Promise.all(
      calls.cluster.brokers.map(async ({ id }) => {
        const response = await calls.cluster.send(
          id,
          listGroups,
          (version) => ({
            ...(version >= 4 ? { statesFilter: states } : {}),
            ...(version >= 5 ? { typesFilter: types } : {}),
          }),
          { timeoutMs, minVersion },
        )
        if (response.errorCode !== ErrorCode.NONE)
          throw kafkaError(response.errorCode, `Listing groups of broker ${id}`)
        return response.groups
      }),
    )
    const byId = new Map<string, GroupListing>()
    for (const { groupId, protocolType, groupState, groupType } of lists.flat()) {
      byId.set(groupId, { groupId, protocolType, state: groupState, type: groupType })
    }
    return [...byId.values()]
  })
}

export async function describeNamedGroups(
  calls: AdminCalls,
  groupIds: readonly string[],
  options: AdminOptions,
): Promise<Map<string, GroupDescription>> {
  const described = await forEachGroup(groupIds, (groupId) =>
    calls.atCoordinator('The description', groupId, options, (coordinator, timeoutMs) =>
      describeGroup(calls, groupId, coordinator, timeoutMs),
    ),
  )
  return new Map(described.map((group) => [group.groupId, group]))
}

async function describeGroup(
  calls: AdminCalls,
  groupId: string,
  coordinator: number,
  timeoutMs: number,
): Promise<GroupDescription> {
  const { groups } = await calls.cluster.send(coordinator, describeGroups, { groups: [groupId] }, { timeoutMs })
  const [group] = groups
  const errorCode = group?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR
  const isMissing = errorCode === ErrorCode.GROUP_ID_NOT_FOUND || group?.groupState === 'Dead'
  if (!isMissing && errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, group?.errorMessage ?? groupId)
  if (group !== undefined && !isMissing) return classicGroup(group, coordinator)
  const dead = {
    groupId,
    state: 'Dead',
    type: 'classic',
    protocolType: '',
    protocol: '',
    coordinator,
    groupEpoch: null,
    assignmentEpoch: null,
    members: [],
  } as const
  return (await describeConsumerGroup(calls, groupId, coordinator, timeoutMs)) ?? dead
}

/** A group of the newer protocol, where the broker has that (KIP-848). */
async function describeConsumerGroup(
  calls: AdminCalls,
  groupId: string,
  coordinator: number,
  timeoutMs: number,
): Promise<GroupDescription | undefined> {
  if ((await calls.cluster.versionOf(coordinator, consumerGroupDescribe)) < 0) return undefined
  const request = { groupIds: [groupId] }
  const response = await calls.cluster.send(coordinator, consumerGroupDescribe, request, { timeoutMs })
  const [group] = response.groups
  if (group === undefined || group.errorCode === ErrorCode.GROUP_ID_NOT_FOUND) return undefined
  if (group.errorCode !== ErrorCode.NONE) throw kafkaError(group.errorCode, group.errorMessage ?? groupId)
  return {
    groupId,
    state: group.groupState,
    type: 'consumer',
    protocolType: 'consumer',
    protocol: group.assignorName,
    coordinator,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      assignment: partitionsOf(member.assignment),
      targetAssignment: partitionsOf(member.targetAssignment),
      memberEpoch: member.memberEpoch,
      upgraded: member.memberType === -1 ? null : member.memberType === memberTypeConsumer,
      metadataBytes: null,
      assignmentBytes: null,
    })),
  }
}

function partitionsOf({ topicPartitions }: ConsumerGroupDescribeResponseAssignment): TopicPartition[] {
  return topicPartitions.flatMap(({ topicName, partitions }) =>
    partitions.map((partition) => ({ topic: topicName, partition })),
  )
}

function classicGroup(group: DescribeGroupsResponseDescribedGroup, coordinator: number): GroupDescription {
  return {
    groupId: group.groupId,
    state: group.groupState,
    type: 'classic',
    protocolType: group.protocolType,
    protocol: group.protocolData,
    coordinator,
    groupEpoch: null,
    assignmentEpoch: null,
    members: group.members.map((member) => classicMember(member, group.protocolType)),
  }
}

function classicMember(member: DescribeGroupsResponseDescribedGroupMember, protocolType: string): MemberDescription {
  const isConsumer = protocolType === 'consumer' && member.memberAssignment.length > 0
  return {
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    assignment: isConsumer ? decodeAssignment(member.memberAssignment).partitions : [],
    targetAssignment: null,
    memberEpoch: null,
    upgraded: null,
    metadataBytes: member.memberMetadata,
    assignmentBytes: member.memberAssignment,
  }
}

export async function deleteNamedGroups(
  calls: AdminCalls,
  groupIds: readonly string[],
  options: AdminOptions,
): Promise<void> {
  await forEachGroup(groupIds, (groupId) =>
    calls.atCoordinator('The deletion', groupId, options, async (coordinator, timeoutMs) => {
      const request = { groupsNames: [groupId] }
      const { results } = await calls.cluster.send(coordinator, deleteGroups, request, { timeoutMs })
      const errorCode = results[0]?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR
      if (errorCode !== ErrorCode.NONE) throw kafkaError(errorCode, groupId)
    }),
  )
}

export async function removeMembers(
  calls: AdminCalls,
  groupId: string,
  members: readonly MemberToRemove[] | 'all',
  options: AdminOptions & { readonly reason?: string },
): Promise<void> {
  const wanted = members === 'all' ? await allMembers(calls, groupId, options) : members
  if (wanted.length === 0) return
  const reason = options.reason ?? 'member was removed by an admin client'
  const response = await calls.atCoordinator('The removal of members', groupId, options, (coordinator, timeoutMs) =>
    calls.cluster
      .send(
        coordinator,
        leaveGroup,
        (version) => ({
          groupId,
          members: wanted.map((member) => ({
            memberId: 'memberId' in member ? member.memberId : '',
            groupInstanceId: 'groupInstanceId' in member ? member.groupInstanceId : null,
            ...(version >= 5 ? { reason } : {}),
          })),
        }),
        { timeoutMs, minVersion: 3 },
      )
      .then((answer) => {
        if (answer.errorCode !== ErrorCode.NONE) throw kafkaError(answer.errorCode, groupId)
        return answer
      }),
  )
  const errors = response.members
    .filter(({ errorCode }) => errorCode !== ErrorCode.NONE)
    .map(({ memberId, groupInstanceId, errorCode }) => [groupInstanceId ?? memberId, kafkaError(errorCode)] as const)
  if (errors.length > 0) throw new AdminError('Removing members', new Map(errors), new Map())
}

async function allMembers(calls: AdminCalls, groupId: string, options: AdminOptions): Promise<MemberToRemove[]> {
  const group = (await describeNamedGroups(calls, [groupId], options)).get(groupId)
  return (group?.members ?? []).map(({ memberId, groupInstanceId }) =>
    groupInstanceId === null ? { memberId } : { groupInstanceId },
  )
}
