import { ErrorCode } from '@streamwright/protocol'
import type { Timer } from '@streamwright/std'
import { asError, int32Max } from '@streamwright/std'
import type { Topic } from '../metadata/topics.ts'
import { offsetsTopicName } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'
import type { CommittedPartition, Committer } from './commit-check.ts'
import { commitError, transactionalCommitError } from './commit-check.ts'
import type { LeavingMember } from './consumer/classic-members.ts'
import { ClassicMembers } from './consumer/classic-members.ts'
import type { ConsumerContext, Downgrade, GroupOrigin } from './consumer/consumer-context.ts'
import { asItIs } from './consumer/consumer-context.ts'
import { ConsumerGroup } from './consumer/consumer-group.ts'
import type { ConsumerGroupChange } from './consumer/consumer-group-records.ts'
import { consumerGroupRecord } from './consumer/consumer-group-records.ts'
import type { HeartbeatAnswer, HeartbeatWish } from './consumer/consumer-membership.ts'
import { ConsumerMembership } from './consumer/consumer-membership.ts'
import { checkUpgrade, downgraded, upgraded } from './consumer/conversion.ts'
import { TopicRegexes } from './consumer/topic-regexes.ts'
import { Group } from './group.ts'
import { GroupError } from './group-error.ts'
import { GroupOffsets } from './group-offsets.ts'
import type { OffsetToCommit } from './group-offsets.ts'
import { groupRecord, groupTombstone } from './group-records.ts'
import type { GroupRecordVisitor, TransactionalWriter } from './group-storage.ts'
import { GroupStorage } from './group-storage.ts'
import { LoadedGroups } from './loaded-groups.ts'
import type { JoinAnswer, SyncAnswer } from './member.ts'
import { joinFailure, syncFailure } from './member.ts'
import type { JoinWish, SyncWish } from './membership.ts'
import { Membership } from './membership.ts'
import { unusedSince } from './offset-expiry.ts'
import type { GroupRecord } from './record-framing.ts'

const minuteMs = 60_000

/** A group of whatever protocol. */
export type AnyGroup = Group | ConsumerGroup

/** All groups of this broker: in memory, and in `__consumer_offsets`. Knows which protocol each one has. */
export class GroupCoordinator {
  readonly #services: BrokerServices
  readonly #groups = new Map<string, AnyGroup>()
  readonly #storage: GroupStorage
  readonly #membership: Membership
  readonly #consumers: ConsumerMembership
  readonly #classicMembers: ClassicMembers
  readonly offsets: GroupOffsets
  /** The last write of a group that is under way. */
  readonly #unsaved = new Map<string, Promise<void>>()
  #expiryTimer: Timer | undefined
  #stopListening: (() => void) | undefined

  private constructor(services: BrokerServices) {
    this.#services = services
    this.#storage = new GroupStorage(services, (partition) => this.#snapshot(partition))
    this.offsets = new GroupOffsets(this.#storage)
    this.#membership = new Membership(services.environment, services.settings, (group, assignments) =>
      this.#storage.append(group.id, [groupRecord(group, assignments)]),
    )
    const context = this.#consumerContext()
    this.#consumers = new ConsumerMembership(context, new TopicRegexes(context))
    this.#classicMembers = new ClassicMembers(context, this.#consumers)
  }

  /** Reads what `__consumer_offsets` holds and starts the clocks. */
  static load(services: BrokerServices): GroupCoordinator {
    const coordinator = new GroupCoordinator(services)
    coordinator.#load()
    const { timers } = services.environment
    const check = (): void => coordinator.expireOffsets()
    const intervalMs = Math.min(services.settings.offsetsRetentionCheckIntervalMs, int32Max)
    coordinator.#expiryTimer = timers.every(intervalMs, check, { background: true })
    coordinator.#stopListening = services.topics.onDeletion((topic) => coordinator.#topicDeleted(topic))
    return coordinator
  }

  /** Lets go of everything; whoever waits is told to look for another coordinator. */
  close(): void {
    this.#expiryTimer?.cancel()
    this.#stopListening?.()
    for (const group of this.#groups.values()) this.#dissolve(group)
  }

  get(groupId: string): AnyGroup | undefined {
    return this.#groups.get(groupId)
  }

  all(): IterableIterator<AnyGroup> {
    return this.#groups.values()
  }

  /** Where in `__consumer_offsets` a group is kept, whether it exists or not. */
  partitionOf(groupId: string): number {
    return this.#storage.partitionOf(groupId)
  }

  /** ConsumerGroupHeartbeat of a member that stays or joins. Throws a {@link GroupError} for what is not allowed. */
  async consumerHeartbeat(groupId: string, wish: HeartbeatWish): Promise<HeartbeatAnswer> {
    const origin = this.#consumerGroupFor(groupId, wish.memberEpoch === 0)
    return this.#consumers.heartbeat(origin, wish)
  }

  /** ConsumerGroupHeartbeat of a member that leaves, for good or (epoch −2) for a while. Throws a {@link GroupError}. */
  async consumerLeave(groupId: string, memberId: string, instanceId: string | null, epoch: number): Promise<void> {
    const group = this.#groups.get(groupId)
    if (group === undefined) throw new GroupError(ErrorCode.GROUP_ID_NOT_FOUND, `Group ${groupId} not found.`)
    if (group instanceof ConsumerGroup) return this.#consumers.leave(group, memberId, instanceId, epoch)
    throw new GroupError(ErrorCode.GROUP_ID_NOT_FOUND, `Group ${groupId} is not a consumer group.`)
  }

  /** JoinGroup. */
  async join(groupId: string, wish: JoinWish): Promise<JoinAnswer> {
    const { groupMinSessionTimeoutMs, groupMaxSessionTimeoutMs } = this.#services.settings
    if (groupId === '') return joinFailure(ErrorCode.INVALID_GROUP_ID, wish.memberId)
    if (wish.sessionTimeoutMs < groupMinSessionTimeoutMs || wish.sessionTimeoutMs > groupMaxSessionTimeoutMs) {
      return joinFailure(ErrorCode.INVALID_SESSION_TIMEOUT, wish.memberId)
    }
    const known = this.#groups.get(groupId)
    if (known instanceof ConsumerGroup && !known.isEmpty) return this.#joinConsumerGroup(known, wish)
    if (known instanceof Group) return this.#membership.join(known, wish)
    const leftovers = known === undefined ? [] : this.#removeEmpty(known)
    if (wish.memberId !== '') {
      this.#appendLater(groupId, leftovers)
      return joinFailure(ErrorCode.UNKNOWN_MEMBER_ID, wish.memberId)
    }
    const group = this.#create(groupId)
    if (!group.supports(wish.protocolType, wish.protocols)) {
      this.#groups.delete(groupId)
      this.#appendLater(groupId, leftovers)
      return joinFailure(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, wish.memberId)
    }
    this.#appendLater(groupId, [...leftovers, groupRecord(group)])
    return this.#membership.join(group, wish)
  }

  /** SyncGroup. */
  async sync(groupId: string, wish: SyncWish): Promise<SyncAnswer> {
    if (groupId === '') return syncFailure(ErrorCode.INVALID_GROUP_ID)
    const group = this.#groups.get(groupId)
    if (group === undefined) return syncFailure(ErrorCode.UNKNOWN_MEMBER_ID)
    if (group instanceof Group) return this.#membership.sync(group, wish)
    try {
      return this.#classicMembers.sync(group, wish)
    } catch (error) {
      return syncFailure(errorCodeOf(error))
    }
  }

  /** Heartbeat. */
  heartbeat(groupId: string, memberId: string, instanceId: string | null, generationId: number): number {
    if (groupId === '') return ErrorCode.INVALID_GROUP_ID
    const group = this.#groups.get(groupId)
    if (group === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    if (group instanceof Group) return this.#membership.heartbeat(group, memberId, instanceId, generationId)
    try {
      return this.#classicMembers.heartbeat(group, memberId, instanceId, generationId)
    } catch (error) {
      return errorCodeOf(error)
    }
  }

  /** LeaveGroup: an error code for each of `members`. */
  async leave(groupId: string, members: readonly LeavingMember[]): Promise<readonly number[]> {
    if (groupId === '') return members.map(() => ErrorCode.INVALID_GROUP_ID)
    const group = this.#groups.get(groupId)
    if (group === undefined) return members.map(() => ErrorCode.UNKNOWN_MEMBER_ID)
    if (group instanceof ConsumerGroup) return this.#classicMembers.leave(group, members)
    return members.map(({ memberId, instanceId }) => this.#membership.leave(group, memberId, instanceId))
  }

  /** Whether `committer` may commit these partitions now; 0: yes. */
  commitError(
    groupId: string,
    committer: Committer,
    apiVersion: number,
    partitions: readonly CommittedPartition[],
  ): number {
    return commitError(this.#groups.get(groupId), committer, apiVersion, partitions)
  }

  /** The same for a commit in a transaction. */
  transactionalCommitError(groupId: string, committer: Committer, partitions: readonly CommittedPartition[]): number {
    return transactionalCommitError(this.#groups.get(groupId), committer, partitions)
  }

  /** After {@link commitError} said yes. Resolves when the offsets are safe; they are visible then, too. */
  async commit(groupId: string, committer: Committer, offsets: readonly OffsetToCommit[]): Promise<void> {
    this.#keepAlive(groupId, committer)
    await this.offsets.commit(groupId, offsets)
  }

  /** After {@link transactionalCommitError} said yes. Nobody sees the offsets until the transaction commits. */
  async commitInTransaction(
    groupId: string,
    committer: Committer,
    producer: TransactionalWriter,
    offsets: readonly OffsetToCommit[],
  ): Promise<void> {
    this.#keepAlive(groupId, committer)
    await this.offsets.commitInTransaction(groupId, producer, offsets)
  }

  /** A producer's transaction has ended in a partition of `__consumer_offsets`. */
  endTransaction(partition: number, producerId: number, outcome: 'commit' | 'abort'): void {
    this.offsets.endTransaction(partition, producerId, outcome)
  }

  /** Deletes a group with its offsets; it must be empty. */
  async delete(groupId: string): Promise<number> {
    const group = this.#groups.get(groupId)
    if (group === undefined || (group instanceof Group && group.is('Dead'))) return ErrorCode.GROUP_ID_NOT_FOUND
    if (!isEmpty(group)) return ErrorCode.NON_EMPTY_GROUP
    await this.#forget(group)
    return ErrorCode.NONE
  }

  /** Drops the offsets that nobody has used for too long, and groups of which nothing is left. */
  expireOffsets(): void {
    const nowMs = this.#services.environment.clock.wallMs()
    const oldestMs = nowMs - this.#services.settings.offsetsRetentionMinutes * minuteMs
    for (const group of this.#groups.values()) {
      this.offsets
        .expire(group.id, oldestMs, unusedSince(group))
        .catch((error: unknown) => this.#warn('Offsets were not expired', group.id, error))
      const isUsed = !isEmpty(group) || (group instanceof Group && group.pendingIds.size > 0)
      if (isUsed || this.offsets.hasAny(group.id)) continue
      this.#forget(group).catch((error: unknown) => this.#warn('A group was not dropped', group.id, error))
    }
  }

  async #joinConsumerGroup(group: ConsumerGroup, wish: JoinWish): Promise<JoinAnswer> {
    try {
      return await this.#classicMembers.join(group, wish)
    } catch (error) {
      return joinFailure(errorCodeOf(error), error instanceof GroupError ? '' : wish.memberId)
    }
  }

  /** The consumer group of that id. For who joins: a new one, or what becomes of a classic one. */
  #consumerGroupFor(groupId: string, joins: boolean): GroupOrigin {
    const known = this.#groups.get(groupId)
    if (known instanceof ConsumerGroup) return asItIs(known)
    if (!joins) {
      const message =
        known === undefined ? `Consumer group ${groupId} not found.` : `Group ${groupId} is not a consumer group.`
      throw new GroupError(ErrorCode.GROUP_ID_NOT_FOUND, message)
    }
    if (known === undefined || known.is('Empty', 'Dead')) {
      const group = new ConsumerGroup(groupId)
      const records = known === undefined || known.protocolType === '' ? [] : [groupTombstone(groupId)]
      return { group, records, install: () => this.#install(group) }
    }
    checkUpgrade(known, this.#services.settings)
    const group = upgraded(known, this.#services.topics)
    const records = [groupTombstone(groupId), ...recordsOf(groupId, group.snapshot())]
    const install = (): void => {
      this.#install(group)
      this.#consumers.resume(group)
    }
    return { group, records, install }
  }

  /** Whoever waits in the classic group of that id is told to join anew. */
  #install(group: ConsumerGroup): void {
    const known = this.#groups.get(group.id)
    if (known instanceof Group) this.#membership.dissolve(known, ErrorCode.REBALANCE_IN_PROGRESS)
    this.#groups.set(group.id, group)
  }

  #consumerContext(): ConsumerContext {
    const { environment, settings, topics, configs } = this.#services
    const numberOf = (groupId: string, name: string): number => Number(configs.groupValue(groupId, name))
    return {
      environment,
      settings,
      topics,
      settingsOf: (groupId) => ({
        sessionTimeoutMs: numberOf(groupId, 'consumer.session.timeout.ms'),
        heartbeatIntervalMs: numberOf(groupId, 'consumer.heartbeat.interval.ms'),
        assignmentIntervalMs: numberOf(groupId, 'consumer.assignment.interval.ms'),
      }),
      isCurrent: (group) => this.#groups.get(group.id) === group,
      commit: (origin, changes) => this.#commit(origin, changes),
      downgrade: (group, downgrade) => this.#downgrade(group, downgrade),
    }
  }

  async #commit({ group, records, install }: GroupOrigin, changes: readonly ConsumerGroupChange[]): Promise<void> {
    install()
    for (const change of changes) group.apply(change)
    await this.#saved(group.id, [...records, ...recordsOf(group.id, changes)])
  }

  async #downgrade(group: ConsumerGroup, downgrade: Downgrade): Promise<void> {
    const { environment, topics } = this.#services
    const classic = downgraded(group, downgrade, topics, environment.clock.wallMs())
    const { joining } = downgrade
    const replaced = joining === undefined ? undefined : group.staticMember(joining.member.instanceId)
    const renamed = new Map(joining === undefined || replaced === undefined ? [] : [[replaced.id, joining.member.id]])
    const changes = [...(joining?.changes ?? []), ...group.tombstones(renamed)]
    group.cancelAllTimers()
    this.#groups.set(group.id, classic)
    for (const member of classic.members) this.#membership.keepAlive(classic, member.id)
    const saved = this.#saved(group.id, [...recordsOf(group.id, changes), groupRecord(classic)])
    if (downgrade.rebalances) this.#membership.rebalance(classic)
    await saved
  }

  /** What could not be written has not happened: the group is what the disk says. */
  async #saved(groupId: string, records: readonly GroupRecord[]): Promise<void> {
    // Without records of its own, an answer waits for those that it follows from.
    const before = this.#unsaved.get(groupId)
    if (records.length === 0) return before
    const saved = this.#storage.append(groupId, records)
    this.#unsaved.set(groupId, saved)
    try {
      await saved
    } catch (error) {
      this.#warn('A group could not be saved', groupId, error)
      this.#reload(groupId)
      throw new GroupError(ErrorCode.NOT_COORDINATOR, 'The group could not be saved')
    } finally {
      if (this.#unsaved.get(groupId) === saved) this.#unsaved.delete(groupId)
    }
  }

  #reload(groupId: string): void {
    const known = this.#groups.get(groupId)
    if (known !== undefined) this.#dissolve(known)
    this.#groups.delete(groupId)
    const loaded = new LoadedGroups()
    const record: GroupRecordVisitor['record'] = (read) => {
      if (read.kind !== 'other' && read.group === groupId) loaded.apply(read)
    }
    this.#storage.reload(groupId, { record, transactionEnded: () => {} })
    this.#start(loaded)
    if (!this.#groups.has(groupId) && this.offsets.hasAny(groupId)) this.#create(groupId)
  }

  #create(groupId: string): Group {
    const group = new Group(groupId, 'Empty', this.#services.environment.clock.wallMs())
    this.#groups.set(groupId, group)
    return group
  }

  /** Commits of a classic member are signs of life. A commit from outside makes a group where there is none. */
  #keepAlive(groupId: string, committer: Committer): void {
    const group = this.#groups.get(groupId) ?? this.#create(groupId)
    if (group instanceof Group) this.#membership.keepAlive(group, committer.memberId)
  }

  async #forget(group: AnyGroup): Promise<void> {
    const records = this.#removeEmpty(group)
    await this.#storage.append(group.id, [...this.offsets.deleteAll(group.id), ...records])
  }

  /** Takes the group out of the world; the records that say so. */
  #removeEmpty(group: AnyGroup): readonly GroupRecord[] {
    this.#groups.delete(group.id)
    this.#dissolve(group)
    return group instanceof Group ? [groupTombstone(group.id)] : recordsOf(group.id, group.tombstones())
  }

  #dissolve(group: AnyGroup): void {
    if (group instanceof Group) this.#membership.dissolve(group)
    else group.cancelAllTimers()
  }

  #topicDeleted(topic: Topic): void {
    if (topic.name === offsetsTopicName) return this.#forgetAll()
    this.offsets.deleteTopic(topic.name).catch((error: unknown) => this.#warn('Offsets were not deleted', '', error))
  }

  /** What they were kept in is gone: on the disk there are no groups any more, so there are none in memory. */
  #forgetAll(): void {
    for (const group of this.#groups.values()) this.#dissolve(group)
    this.#groups.clear()
    this.offsets.clear()
  }

  *#snapshot(partition: number): Generator<GroupRecord> {
    for (const group of this.#groups.values()) {
      if (this.#storage.partitionOf(group.id) !== partition) continue
      yield* this.offsets.snapshot(group.id)
      if (group instanceof ConsumerGroup) yield* recordsOf(group.id, group.snapshot())
      else if (group.protocolType !== '' || group.generation > 0) yield groupRecord(group)
    }
  }

  #load(): void {
    const loaded = new LoadedGroups()
    this.#storage.load({
      record: (record, producerId) => {
        if (record.kind === 'offset') this.offsets.load(record.group, record, record.offset, producerId)
        else loaded.apply(record)
      },
      transactionEnded: (partition, producerId, outcome) => this.endTransaction(partition, producerId, outcome),
    })
    this.#start(loaded)
    for (const groupId of this.offsets.groupIds) if (!this.#groups.has(groupId)) this.#create(groupId)
    this.#services.environment.log.info('Groups are loaded', { groups: this.#groups.size })
  }

  /** Members are given a session's time to be heard of again. */
  #start(loaded: LoadedGroups): void {
    for (const group of loaded.all(this.#services.environment.clock.wallMs())) {
      this.#groups.set(group.id, group)
      if (group instanceof ConsumerGroup) this.#consumers.resume(group)
      else for (const member of group.members) this.#membership.keepAlive(group, member.id)
    }
  }

  #appendLater(groupId: string, records: readonly GroupRecord[]): void {
    this.#storage
      .append(groupId, records)
      .catch((error: unknown) => this.#warn('A group could not be saved', groupId, error))
  }

  #warn(message: string, group: string, error: unknown): void {
    this.#services.environment.log.warn(message, { group, error: asError(error) })
  }
}

function isEmpty(group: AnyGroup): boolean {
  return group instanceof ConsumerGroup ? group.isEmpty : group.is('Empty')
}

function recordsOf(groupId: string, changes: Iterable<ConsumerGroupChange>): GroupRecord[] {
  return [...changes].map((change) => consumerGroupRecord(groupId, change))
}

function errorCodeOf(error: unknown): number {
  if (error instanceof GroupError) return error.errorCode
  throw error
}
