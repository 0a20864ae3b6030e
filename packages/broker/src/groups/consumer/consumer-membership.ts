import { randomUuid } from '@streamwright/protocol'
import type { ConsumerContext, GroupOrigin } from './consumer-context.ts'
import { asItIs } from './consumer-context.ts'
import type { ConsumerGroup, MemberTimer } from './consumer-group.ts'
import { subscriptionOf } from './consumer-group.ts'
import type { ConsumerGroupMember } from './consumer-group-member.ts'
import { isReconciledTo, isSameCurrent, newMember, regexOf, staticLeaveEpoch } from './consumer-group-member.ts'
import type { ConsumerGroupChange } from './consumer-group-records.ts'
import {
  checkEpoch,
  checkHasRoom,
  checkIsReleased,
  knownStaticMember,
  memberOf,
  staticMemberOf,
} from './member-checks.ts'
import { currentTarget, metadataOf, subscribedTopics, updateMember } from './member-update.ts'
import { metadataHash } from './metadata-hash.ts'
import { mayDowngrade } from './migration-policy.ts'
import { reconcile } from './reconcile.ts'
import { topicIdsOf } from './target-assignment.ts'
import type { AssignedPartitions, TopicPartitions } from './topic-partitions.ts'
import { assignedAt, isSameAssignment, nothingAssigned } from './topic-partitions.ts'
import type { TopicRegexes } from './topic-regexes.ts'
import { checkRegex } from './topic-regexes.ts'

/** A ConsumerGroupHeartbeat, apart from the group's name. `null`: nothing new. */
export interface HeartbeatWish {
  /** Empty: the coordinator makes one up. */
  readonly memberId: string
  /** 0: joins. −1: leaves. −2: leaves, and comes back (static members). */
  readonly memberEpoch: number
  readonly instanceId: string | null
  readonly rackId: string | null
  /** −1: nothing new. */
  readonly rebalanceTimeoutMs: number
  readonly subscribedTopicNames: readonly string[] | null
  readonly subscribedTopicRegex: string | null
  /** What is wrong with the regular expression. */
  readonly regexProblem: string | undefined
  readonly serverAssignor: string | null
  /** What the member has. */
  readonly owned: TopicPartitions | null
  readonly clientId: string
  readonly clientHost: string
  /** Topics that a regular expression may find. */
  readonly mayDescribe: (topic: string) => boolean
}

/** What a ConsumerGroupHeartbeat is answered with. `assignment` null: as before. */
export interface HeartbeatAnswer {
  readonly memberId: string
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  readonly assignment: AssignedPartitions | null
}

/**
 * Who is in a consumer group, and what each one has: heartbeats, leaves, and the timers that end both. The rules of the
 * consumer group protocol (KIP-848). Each step is a list of changes, made when all of it is known to be allowed.
 */
export class ConsumerMembership {
  readonly #context: ConsumerContext
  readonly #regexes: TopicRegexes

  constructor(context: ConsumerContext, regexes: TopicRegexes) {
    this.#context = context
    this.#regexes = regexes
  }

  /** Throws a {@link GroupError} for what is not allowed; nothing has changed then. */
  async heartbeat(origin: GroupOrigin, wish: HeartbeatWish): Promise<HeartbeatAnswer> {
    const { group } = origin
    checkHasRoom(group, wish.memberId, this.#context.settings.groupConsumerMaxSize)
    const memberId = wish.memberId === '' ? randomUuid(this.#context.environment.random) : wish.memberId
    const changes: ConsumerGroupChange[] = []
    const member = this.#memberFor(group, memberId, wish, changes)
    const said = {
      ...member,
      instanceId: wish.instanceId ?? member.instanceId,
      rackId: wish.rackId ?? member.rackId,
      rebalanceTimeoutMs: wish.rebalanceTimeoutMs === -1 ? member.rebalanceTimeoutMs : wish.rebalanceTimeoutMs,
      subscribedTopicNames:
        wish.subscribedTopicNames === null ? member.subscribedTopicNames : new Set(wish.subscribedTopicNames),
      subscribedTopicRegex: wish.subscribedTopicRegex ?? member.subscribedTopicRegex,
      serverAssignor: wish.serverAssignor ?? member.serverAssignor,
      clientId: wish.clientId,
      clientHost: wish.clientHost,
      classic: null,
    }
    checkRegex(group, member, said, wish.regexProblem)
    const update = updateMember(this.#context, group, member, said, changes)
    const { epoch, target } = currentTarget(this.#context, group, said, update.groupEpoch, changes)
    const updated = this.reconcile(group, said, { epoch, target, ...update, owned: wish.owned }, changes)
    const written = this.#context.commit(origin, changes)
    this.#afterStep(group, said, updated)
    // It may have spoken the classic protocol before.
    group.cancelTimer(memberId, 'join')
    group.cancelTimer(memberId, 'sync')
    this.startSession(group, memberId, this.#context.settingsOf(group.id).sessionTimeoutMs)
    this.#regexes.refreshIfDue(group, wish.mayDescribe)
    await written
    const isFull =
      wish.rebalanceTimeoutMs !== -1 &&
      (wish.subscribedTopicNames !== null || wish.subscribedTopicRegex !== null) &&
      wish.owned !== null
    const isTold = wish.memberEpoch === 0 || isFull || !isSameAssignment(member.assigned, updated.assigned)
    return {
      memberId,
      memberEpoch: updated.epoch,
      heartbeatIntervalMs: this.#context.settingsOf(group.id).heartbeatIntervalMs,
      assignment: isTold ? updated.assigned : null,
    }
  }

  /** Throws a {@link GroupError} for who is not a member. */
  async leave(group: ConsumerGroup, memberId: string, instanceId: string | null, epoch: number): Promise<void> {
    if (instanceId === null) return this.fence(group, [memberOf(group, memberId)], 'it left')
    const member = staticMemberOf(group, memberId, instanceId)
    if (epoch !== staticLeaveEpoch) return this.fence(group, [member], 'it left')
    const value = {
      epoch: staticLeaveEpoch,
      previousEpoch: member.previousEpoch,
      state: member.state,
      assigned: assignedAt(member.assigned, 0),
      pendingRevocation: nothingAssigned,
    }
    return this.#context.commit(asItIs(group), [{ kind: 'current', memberId: member.id, value }])
  }

  /** Removes members, whatever they have. Their partitions are free at once. */
  async fence(group: ConsumerGroup, members: readonly ConsumerGroupMember[], reason: string): Promise<void> {
    if (members.length === 0) return
    for (const { id } of members) {
      this.#context.environment.log.info('A member is removed from its group', { group: group.id, member: id, reason })
    }
    if (mayDowngrade(this.#context, group, members)) {
      return this.#context.downgrade(group, { leaving: members, rebalances: true })
    }
    const changes: ConsumerGroupChange[] = members.flatMap(({ id }) => removal(id))
    const remaining = [...group.members].filter((member) => !members.includes(member))
    const regexes = new Set(remaining.map(regexOf))
    for (const regex of new Set(members.map(regexOf))) {
      if (regex !== undefined && !regexes.has(regex)) changes.push({ kind: 'regex', regex, value: null })
    }
    const hash = metadataHash(subscribedTopics(group, remaining), (name) => this.#context.topics.get(name))
    changes.push({ kind: 'group', value: { epoch: group.epoch + 1, metadataHash: hash } })
    for (const { id } of members) group.cancelTimers(id)
    await this.#context.commit(asItIs(group), changes)
  }

  /** The next step of a member towards the target, with its record. */
  reconcile(
    group: ConsumerGroup,
    member: ConsumerGroupMember,
    goal: {
      readonly epoch: number
      readonly target: TopicPartitions
      readonly hasSubscriptionChanged: boolean
      readonly owned: TopicPartitions | null
    },
    changes: ConsumerGroupChange[],
  ): ConsumerGroupMember {
    if (!goal.hasSubscriptionChanged && isReconciledTo(member, goal.epoch)) return member
    const { topics } = this.#context
    const updated = reconcile(member, {
      targetEpoch: goal.epoch,
      target: goal.target,
      subscribedTopicIds: topicIdsOf(subscriptionOf(member, group.regexes), topics),
      hasSubscriptionChanged: goal.hasSubscriptionChanged,
      isOwned: (topicId, partition) => group.isOwned(topicId, partition),
      owned: goal.owned,
    })
    if (isSameCurrent(member, updated)) return member
    const { epoch, previousEpoch, state, assigned, pendingRevocation } = updated
    const value = { epoch, previousEpoch, state, assigned, pendingRevocation }
    changes.push({ kind: 'current', memberId: updated.id, value })
    return updated
  }

  /** The member was heard of: its session begins anew. */
  startSession(group: ConsumerGroup, memberId: string, sessionMs: number): void {
    this.startTimer(group, memberId, 'session', sessionMs, 'its session expired')
  }

  /** When the time is up, the member is removed. */
  startTimer(group: ConsumerGroup, memberId: string, kind: MemberTimer, ms: number, reason: string): void {
    this.#startTimer(group, memberId, kind, ms, (member) => this.#fenceLater(group, member, reason))
  }

  /** After the start of the broker: everybody has a session's time to be heard of again. */
  resume(group: ConsumerGroup): void {
    const { sessionTimeoutMs } = this.#context.settingsOf(group.id)
    for (const member of group.members) {
      this.startSession(group, member.id, member.classic?.sessionTimeoutMs ?? sessionTimeoutMs)
      if (member.state === 'unrevoked') this.#waitForRevocation(group, member)
    }
  }

  /** The member that a heartbeat is of. Changes that must go before all others are added. */
  #memberFor(
    group: ConsumerGroup,
    memberId: string,
    wish: HeartbeatWish,
    changes: ConsumerGroupChange[],
  ): ConsumerGroupMember {
    const joins = wish.memberEpoch === 0
    if (wish.instanceId === null) {
      const member = joins ? (group.member(memberId) ?? newMember(memberId)) : memberOf(group, memberId)
      checkEpoch(member, wish.memberEpoch, wish.owned)
      return member
    }
    if (joins) return staticJoin(group, memberId, wish.instanceId, 'consumer', changes)
    knownStaticMember(group, wish.instanceId)
    const member = staticMemberOf(group, memberId, wish.instanceId)
    checkEpoch(member, wish.memberEpoch, wish.owned)
    return member
  }

  #afterStep(group: ConsumerGroup, before: ConsumerGroupMember, member: ConsumerGroupMember): void {
    if (before === member) return
    if (member.state === 'unrevoked') this.#waitForRevocation(group, member)
    else group.cancelTimer(member.id, 'rebalance')
  }

  #waitForRevocation(group: ConsumerGroup, { id, epoch, rebalanceTimeoutMs, classic }: ConsumerGroupMember): void {
    // Members of the classic protocol are waited for until they join and sync.
    if (classic !== null) return
    this.#startTimer(group, id, 'rebalance', rebalanceTimeoutMs, (member) => {
      const reason = `it did not leave epoch ${epoch} within ${rebalanceTimeoutMs} ms`
      if (member.epoch === epoch) this.#fenceLater(group, member, reason)
    })
  }

  #startTimer(
    group: ConsumerGroup,
    memberId: string,
    kind: MemberTimer,
    ms: number,
    expired: (member: ConsumerGroupMember) => void,
  ): void {
    const action = (): void => {
      group.cancelTimer(memberId, kind)
      const member = group.member(memberId)
      if (member !== undefined && this.#context.isCurrent(group)) expired(member)
    }
    group.setTimer(memberId, kind, this.#context.environment.timers.after(ms, action, { background: true }))
  }

  #fenceLater(group: ConsumerGroup, member: ConsumerGroupMember, reason: string): void {
    this.fence(group, [member], reason).catch((error: unknown) => {
      const { log } = this.#context.environment
      log.warn('A member could not be removed', { group: group.id, member: member.id, error: String(error) })
    })
  }
}

/**
 * A static member joins. When the instance id is another member's, that one is replaced: by the consumer protocol only
 * if it has left for a while. Throws a {@link GroupError}.
 */
export function staticJoin(
  group: ConsumerGroup,
  memberId: string,
  instanceId: string,
  protocol: 'classic' | 'consumer',
  changes: ConsumerGroupChange[],
): ConsumerGroupMember {
  const existing = group.staticMember(instanceId)
  if (existing === undefined) return group.member(memberId) ?? newMember(memberId)
  if (protocol === 'consumer' && existing.classic === null) checkIsReleased(existing, memberId, instanceId)
  const member = { ...existing, id: memberId, epoch: 0, previousEpoch: 0 }
  const { epoch, previousEpoch, state, assigned, pendingRevocation } = member
  changes.push(
    ...removal(existing.id),
    { kind: 'member', memberId, value: metadataOf(member) },
    { kind: 'target', memberId, value: group.target(existing.id) },
    { kind: 'current', memberId, value: { epoch, previousEpoch, state, assigned, pendingRevocation } },
  )
  return member
}

function removal(memberId: string): ConsumerGroupChange[] {
  return [
    { kind: 'current', memberId, value: null },
    { kind: 'target', memberId, value: null },
    { kind: 'member', memberId, value: null },
  ]
}
