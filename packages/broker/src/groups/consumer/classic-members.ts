import { ErrorCode, Reader, randomUuid } from '@streamwright/protocol'
import { asBuffer } from '@streamwright/std'
import { consumerProtocolType } from '../group.ts'
import { GroupError } from '../group-error.ts'
import type { JoinAnswer, SyncAnswer } from '../member.ts'
import { joinFailure } from '../member.ts'
import type { JoinWish, SyncWish } from '../membership.ts'
import type { ConsumerContext } from './consumer-context.ts'
import { asItIs } from './consumer-context.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import type { ClassicMember, ConsumerGroupMember } from './consumer-group-member.ts'
import { newMember } from './consumer-group-member.ts'
import type { ConsumerGroupChange } from './consumer-group-records.ts'
import { consumerAssignment, consumerSubscription } from './consumer-protocol.ts'
import type { ConsumerMembership } from './consumer-membership.ts'
import { staticJoin } from './consumer-membership.ts'
import { checkHasRoom, knownStaticMember, memberOf, staticMemberOf } from './member-checks.ts'
import { currentTarget, updateMember } from './member-update.ts'
import { allowsMigration } from './migration-policy.ts'
import { topicPartitionsOf } from './topic-partitions.ts'
import type { TopicPartitions } from './topic-partitions.ts'

/** A member that a LeaveGroup names. */
export interface LeavingMember {
  readonly memberId: string
  readonly instanceId: string | null
}

/**
 * Members of a consumer group that speak the classic protocol, while a group is being moved from one to the other. Each
 * one is brought to the target by itself: joining is its way to say what it has, syncing to learn what it gets.
 */
export class ClassicMembers {
  readonly #context: ConsumerContext
  readonly #membership: ConsumerMembership

  constructor(context: ConsumerContext, membership: ConsumerMembership) {
    this.#context = context
    this.#membership = membership
  }

  /** Throws a {@link GroupError} for what is not allowed. */
  async join(group: ConsumerGroup, wish: JoinWish): Promise<JoinAnswer> {
    const isNew = wish.memberId === ''
    const memberId = isNew ? randomUuid(this.#context.environment.random) : wish.memberId
    checkHasRoom(group, memberId, this.#context.settings.groupConsumerMaxSize)
    checkProtocols(group, memberId, wish)
    if (isNew && wish.mustKnowId && wish.instanceId === null) return joinFailure(ErrorCode.MEMBER_ID_REQUIRED, memberId)
    const changes: ConsumerGroupChange[] = []
    const member = memberFor(group, memberId, wish, isNew, changes)
    const replaced = group.staticMember(wish.instanceId)
    const updated = this.#described(member, wish)
    const update = updateMember(this.#context, group, member, updated, changes)
    const owned = this.#ownedBy(wish)
    let joined: ConsumerGroupMember
    if (replaced !== undefined && this.#mayDowngradeBy(group, replaced)) {
      // A change of the subscription makes a rebalance of the classic group; without one the assignment stays.
      const rebalances = group.targetEpoch < update.groupEpoch
      const target = { epoch: group.targetEpoch, target: group.target(replaced.id) }
      joined = rebalances
        ? updated
        : this.#membership.reconcile(group, updated, { ...target, ...update, owned }, changes)
      await this.#context.downgrade(group, { leaving: [], joining: { member: joined, changes }, rebalances })
    } else {
      const next = currentTarget(this.#context, group, updated, update.groupEpoch, changes)
      joined = this.#membership.reconcile(group, updated, { ...next, ...update, owned }, changes)
      await this.#context.commit(asItIs(group), changes)
      group.cancelTimer(memberId, 'join')
      this.#membership.startSession(group, memberId, wish.sessionTimeoutMs)
      const reason = 'it did not sync within its rebalance timeout'
      this.#membership.startTimer(group, memberId, 'sync', wish.rebalanceTimeoutMs, reason)
    }
    return {
      errorCode: ErrorCode.NONE,
      memberId,
      generationId: joined.epoch,
      protocolType: consumerProtocolType,
      protocolName: wish.protocols[0]?.name ?? '',
      // The coordinator assigns; nobody leads.
      leader: '',
      skipAssignment: false,
      members: [],
    }
  }

  /** Throws a {@link GroupError}. */
  sync(group: ConsumerGroup, wish: SyncWish): SyncAnswer {
    const { member, classic } = classicMemberOf(group, wish.memberId, wish.instanceId)
    checkGeneration(member, wish.generationId)
    const [protocol] = classic.protocols
    if (wish.protocolType !== null && wish.protocolType !== consumerProtocolType) {
      throw new GroupError(
        ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
        `The group's protocol type is ${consumerProtocolType}`,
      )
    }
    if (wish.protocolName !== null && wish.protocolName !== protocol?.name) {
      throw new GroupError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, `The member joined with protocol ${protocol?.name}`)
    }
    // A member that has to revoke has joined for this target already.
    if (group.targetEpoch > member.epoch && member.state !== 'unrevoked') {
      this.#awaitJoin(group, member)
      throw new GroupError(ErrorCode.REBALANCE_IN_PROGRESS, 'The member has to join for a newer target')
    }
    group.cancelTimer(member.id, 'sync')
    this.#membership.startSession(group, member.id, classic.sessionTimeoutMs)
    const version = new Reader(asBuffer(protocol?.metadata ?? new Uint8Array(2))).int16()
    return {
      errorCode: ErrorCode.NONE,
      protocolType: wish.protocolType,
      protocolName: wish.protocolName,
      assignment: consumerAssignment(member.assigned, version, this.#context.topics),
    }
  }

  /** Throws a {@link GroupError}; REBALANCE_IN_PROGRESS is returned, as the member lives. */
  heartbeat(group: ConsumerGroup, memberId: string, instanceId: string | null, generationId: number): number {
    const { member, classic } = classicMemberOf(group, memberId, instanceId)
    checkGeneration(member, generationId)
    this.#membership.startSession(group, memberId, classic.sessionTimeoutMs)
    const mayGetMore = member.state === 'unreleased' && !waitsForOthers(group, member)
    if (member.epoch >= group.targetEpoch && member.state !== 'unrevoked' && !mayGetMore) return ErrorCode.NONE
    this.#awaitJoin(group, member)
    return ErrorCode.REBALANCE_IN_PROGRESS
  }

  /** The error codes in the order of `leaving`. */
  async leave(group: ConsumerGroup, leaving: readonly LeavingMember[]): Promise<readonly number[]> {
    const members = new Set<ConsumerGroupMember>()
    const errorCodes = leaving.map(({ memberId, instanceId }) => {
      try {
        members.add(leavingMember(group, memberId, instanceId))
        return ErrorCode.NONE
      } catch (error) {
        if (error instanceof GroupError) return error.errorCode
        throw error
      }
    })
    await this.#membership.fence(group, [...members], 'it left')
    return errorCodes
  }

  #described(member: ConsumerGroupMember, wish: JoinWish): ConsumerGroupMember {
    const subscription = consumerSubscription(wish.protocols[0]?.metadata)
    return {
      ...member,
      instanceId: wish.instanceId ?? member.instanceId,
      rackId: subscription.rackId === null || subscription.rackId === '' ? member.rackId : subscription.rackId,
      rebalanceTimeoutMs: wish.rebalanceTimeoutMs,
      subscribedTopicNames: new Set(subscription.topics),
      subscribedTopicRegex: '',
      clientId: wish.clientId,
      clientHost: wish.clientHost,
      classic: { sessionTimeoutMs: wish.sessionTimeoutMs, protocols: wish.protocols },
    }
  }

  #ownedBy(wish: JoinWish): TopicPartitions {
    const { ownedPartitions } = consumerSubscription(wish.protocols[0]?.metadata)
    return topicPartitionsOf(
      ownedPartitions.flatMap(({ topic, partitions }) => {
        const topicId = this.#context.topics.get(topic)?.id
        return topicId === undefined ? [] : [{ topicId, partitions }]
      }),
    )
  }

  /** The last member of the consumer protocol is replaced by one of the classic protocol. */
  #mayDowngradeBy(group: ConsumerGroup, replaced: ConsumerGroupMember): boolean {
    const { groupConsumerMigrationPolicy, groupMaxSize } = this.#context.settings
    return (
      replaced.classic === null &&
      group.classicMemberCount === group.size - 1 &&
      group.size <= groupMaxSize &&
      allowsMigration(groupConsumerMigrationPolicy, 'downgrade')
    )
  }

  /** It was told to join anew; if it does not, it is gone. */
  #awaitJoin(group: ConsumerGroup, member: ConsumerGroupMember): void {
    if (group.hasTimer(member.id, 'join')) return
    const reason = 'it did not join within its rebalance timeout'
    this.#membership.startTimer(group, member.id, 'join', member.rebalanceTimeoutMs, reason)
  }
}

function checkProtocols(group: ConsumerGroup, memberId: string, { protocolType, protocols }: JoinWish): void {
  const classic = [...group.members].flatMap((member) => member.classic ?? [])
  const isShared = (name: string): boolean =>
    classic.every((each) => each.protocols.some((protocol) => protocol.name === name))
  if (protocolType === consumerProtocolType && protocols.some(({ name }) => isShared(name))) return
  throw new GroupError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, `Member ${memberId}'s protocols are not supported.`)
}

function memberFor(
  group: ConsumerGroup,
  memberId: string,
  { instanceId }: JoinWish,
  isNew: boolean,
  changes: ConsumerGroupChange[],
): ConsumerGroupMember {
  if (instanceId === null) return group.member(memberId) ?? newMember(memberId)
  return isNew
    ? staticJoin(group, memberId, instanceId, 'classic', changes)
    : staticMemberOf(group, memberId, instanceId)
}

function classicMemberOf(
  group: ConsumerGroup,
  memberId: string,
  instanceId: string | null,
): { readonly member: ConsumerGroupMember; readonly classic: ClassicMember } {
  const member = instanceId === null ? memberOf(group, memberId) : staticMemberOf(group, memberId, instanceId)
  const { classic } = member
  if (classic !== null) return { member, classic }
  throw new GroupError(ErrorCode.UNKNOWN_MEMBER_ID, `Member ${memberId} does not use the classic protocol.`)
}

function leavingMember(group: ConsumerGroup, memberId: string, instanceId: string | null): ConsumerGroupMember {
  if (instanceId === null) return memberOf(group, memberId)
  // An administrator names the instance alone.
  return memberId === '' ? knownStaticMember(group, instanceId) : staticMemberOf(group, memberId, instanceId)
}

function checkGeneration(member: ConsumerGroupMember, generationId: number): void {
  if (member.epoch === generationId) return
  const message = `The request generation id ${generationId} is not equal to the member epoch ${member.epoch} of member ${member.id}.`
  throw new GroupError(ErrorCode.ILLEGAL_GENERATION, message)
}

/** Something of what the member is to have is still with somebody else. */
function waitsForOthers(group: ConsumerGroup, member: ConsumerGroupMember): boolean {
  for (const [topicId, partitions] of group.target(member.id)) {
    for (const partition of partitions) {
      const isMissing = member.assigned.get(topicId)?.has(partition) !== true
      if (isMissing && group.isOwned(topicId, partition)) return true
    }
  }
  return false
}
