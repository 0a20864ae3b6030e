import { ErrorCode, Reader } from '@streamwright/protocol'
import { asBuffer } from '@streamwright/std'
import type { BrokerSettings } from '../../settings.ts'
import { Group, consumerProtocolType } from '../group.ts'
import { GroupError } from '../group-error.ts'
import { Member } from '../member.ts'
import type { Downgrade, KnownTopics } from './consumer-context.ts'
import { ConsumerGroup } from './consumer-group.ts'
import type { ConsumerGroupMember, MemberMetadata } from './consumer-group-member.ts'
import { assignedTopicPartitions, consumerAssignment, consumerSubscription } from './consumer-protocol.ts'
import { metadataHash } from './metadata-hash.ts'
import { allowsMigration } from './migration-policy.ts'
import { assignedAt, nothingAssigned } from './topic-partitions.ts'

/** Whether a classic group with members may become a consumer group. Throws a {@link GroupError} when not. */
export function checkUpgrade(group: Group, settings: BrokerSettings): void {
  const refuse = (reason: string): never => {
    const message = `Cannot upgrade classic group ${group.id} to consumer group because ${reason}.`
    throw new GroupError(ErrorCode.GROUP_ID_NOT_FOUND, message)
  }
  if (!allowsMigration(settings.groupConsumerMigrationPolicy, 'upgrade')) refuse('online upgrade is disabled')
  if (group.protocolType !== consumerProtocolType) refuse('the group does not use the consumer embedded protocol')
  if (group.size > settings.groupConsumerMaxSize) refuse('the group size exceeds the consumer group maximum size')
}

/**
 * A consumer group with the members of a classic one, each with what it has there, in the generation as its epoch. They
 * go on with the classic protocol. Throws a {@link GroupError} for members that do not speak as consumers do.
 */
export function upgraded(classic: Group, topics: KnownTopics): ConsumerGroup {
  const group = new ConsumerGroup(classic.id)
  const epoch = classic.generation
  const names = new Set<string>()
  for (const member of classic.members) {
    const { metadata, assignment } = readClassic(classic, member, topics)
    for (const name of metadata.subscribedTopicNames) names.add(name)
    const assigned = assignedAt(assignment, epoch)
    group.apply({ kind: 'member', memberId: member.id, value: metadata })
    group.apply({ kind: 'target', memberId: member.id, value: assignment })
    const value = {
      epoch,
      previousEpoch: epoch,
      state: 'stable',
      assigned,
      pendingRevocation: nothingAssigned,
    } as const
    group.apply({ kind: 'current', memberId: member.id, value })
  }
  group.apply({ kind: 'group', value: { epoch, metadataHash: metadataHash(names, (name) => topics.get(name)) } })
  group.apply({ kind: 'targetEpoch', value: { epoch, timestampMs: 0 } })
  return group
}

/** A classic group of the members that remain, all of which speak the classic protocol, with what they have. */
export function downgraded(
  group: ConsumerGroup,
  { leaving, joining }: Pick<Downgrade, 'leaving' | 'joining'>,
  topics: KnownTopics,
  nowMs: number,
): Group {
  const classic = new Group(group.id, 'Stable', nowMs)
  classic.generation = group.epoch
  classic.protocolType = consumerProtocolType
  const replaced = group.staticMember(joining?.member.instanceId ?? null)
  const targets = new Map<string, string>()
  for (const member of group.members) {
    if (leaving.includes(member) || member === replaced) continue
    classic.add(classicMember(member))
    targets.set(member.id, member.id)
  }
  if (joining !== undefined) {
    classic.add(classicMember(joining.member))
    targets.set(joining.member.id, replaced?.id ?? joining.member.id)
  }
  classic.leaderId = [...classic.members][0]?.id ?? null
  classic.protocolName = classic.selectProtocol()
  for (const member of classic.members) {
    const version = new Reader(asBuffer(member.metadataFor(classic.protocolName))).int16()
    member.assignment = consumerAssignment(group.target(targets.get(member.id) ?? ''), version, topics)
  }
  return classic
}

function classicMember(member: ConsumerGroupMember): Member {
  const { id, instanceId, clientId, clientHost, rebalanceTimeoutMs, classic } = member
  const { sessionTimeoutMs, protocols } = classic ?? { sessionTimeoutMs: 0, protocols: [] }
  const made = new Member(id, { instanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs, protocols })
  made.isNew = false
  return made
}

function readClassic(
  group: Group,
  member: Member,
  topics: KnownTopics,
): {
  readonly metadata: MemberMetadata
  readonly assignment: ReturnType<typeof assignedTopicPartitions>['partitions']
} {
  const malformed = (): GroupError =>
    new GroupError(
      ErrorCode.GROUP_ID_NOT_FOUND,
      `Cannot upgrade classic group ${group.id} to consumer group because the embedded consumer protocol is malformed.`,
    )
  const read = readOr(malformed, () => {
    const subscription = consumerSubscription(member.metadataFor(group.protocolName ?? group.selectProtocol()))
    return { subscription, assignment: assignedTopicPartitions(member.assignment, topics) }
  })
  if (read.assignment.hasUserData) {
    throw new GroupError(
      ErrorCode.GROUP_ID_NOT_FOUND,
      `Cannot upgrade classic group ${group.id} to consumer group because an unsupported custom assignor is in use. ` +
        'Please refer to the documentation or switch to a default assignor before re-attempting the upgrade.',
    )
  }
  const { topics: names, rackId } = read.subscription
  const { instanceId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs, protocols } = member
  return {
    assignment: read.assignment.partitions,
    metadata: {
      instanceId,
      rackId: rackId === '' ? null : rackId,
      clientId,
      clientHost,
      rebalanceTimeoutMs,
      subscribedTopicNames: new Set(names),
      subscribedTopicRegex: '',
      serverAssignor: null,
      classic: { sessionTimeoutMs, protocols },
    },
  }
}

function readOr<T>(failure: () => Error, read: () => T): T {
  try {
    return read()
  } catch {
    throw failure()
  }
}
