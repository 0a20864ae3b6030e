import { ErrorCode } from '@streamwright/protocol'
import type { GroupMetadataValue } from '@streamwright/protocol/messages/group-metadata-value'
import type { Timer } from '@streamwright/std'
import { asError, int32Max } from '@streamwright/std'
import type { Topic } from '../metadata/topics.ts'
import { offsetsTopicName } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'
import type { CommittedOffset } from './committed-offsets.ts'
import { Group, consumerProtocolType } from './group.ts'
import type { GroupRecord, ReadGroupRecord } from './group-records.ts'
import { groupRecord, groupTombstone, offsetRecord } from './group-records.ts'
import type { TransactionalWriter } from './group-storage.ts'
import { GroupStorage } from './group-storage.ts'
import type { JoinAnswer, SyncAnswer } from './member.ts'
import { Member, joinFailure, syncFailure } from './member.ts'
import type { JoinWish, SyncWish } from './membership.ts'
import { Membership, memberError } from './membership.ts'
import { PendingOffsets } from './pending-offsets.ts'

/** An offset to commit, its topic known to exist. */
export interface OffsetToCommit {
  readonly topic: string
  readonly partition: number
  readonly offset: CommittedOffset
}

/** Who commits. Generation −1 without a member: somebody from outside of an empty group. */
export interface Committer {
  readonly memberId: string
  readonly instanceId: string | null
  readonly generationId: number
}

const minuteMs = 60_000

/** Stands for an offset that is about to be deleted. */
const nowhere: CommittedOffset = { offset: -1, leaderEpoch: -1, metadata: '', commitTimestampMs: -1, topicId: '' }

/** All groups of this broker: in memory, and in `__consumer_offsets`. */
export class GroupCoordinator {
  readonly #services: BrokerServices
  readonly #groups = new Map<string, Group>()
  readonly #storage: GroupStorage
  readonly #membership: Membership
  readonly #pending = new PendingOffsets()
  #commits = 0
  #expiryTimer: Timer | undefined
  #stopListening: (() => void) | undefined

  private constructor(services: BrokerServices) {
    this.#services = services
    this.#storage = new GroupStorage(services, (partition) => this.#snapshot(partition))
    this.#membership = new Membership(services.environment, services.settings, (group, assignments) =>
      this.#storage.append(group.id, [groupRecord(group, assignments)]),
    )
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
    for (const group of this.#groups.values()) this.#membership.dissolve(group)
  }

  get(groupId: string): Group | undefined {
    return this.#groups.get(groupId)
  }

  all(): IterableIterator<Group> {
    return this.#groups.values()
  }

  /** Where in `__consumer_offsets` a group is kept, whether it exists or not. */
  partitionOf(groupId: string): number {
    return this.#storage.partitionOf(groupId)
  }

  async join(groupId: string, wish: JoinWish): Promise<JoinAnswer> {
    const { groupMinSessionTimeoutMs, groupMaxSessionTimeoutMs } = this.#services.settings
    if (groupId === '') return joinFailure(ErrorCode.INVALID_GROUP_ID, wish.memberId)
    if (wish.sessionTimeoutMs < groupMinSessionTimeoutMs || wish.sessionTimeoutMs > groupMaxSessionTimeoutMs) {
      return joinFailure(ErrorCode.INVALID_SESSION_TIMEOUT, wish.memberId)
    }
    const known = this.#groups.get(groupId)
    if (known !== undefined) return this.#membership.join(known, wish)
    if (wish.memberId !== '') return joinFailure(ErrorCode.UNKNOWN_MEMBER_ID, wish.memberId)
    const group = this.#create(groupId)
    if (!group.supports(wish.protocolType, wish.protocols)) {
      this.#groups.delete(groupId)
      return joinFailure(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, wish.memberId)
    }
    const saved = this.#storage.append(groupId, [groupRecord(group)])
    saved.catch((error: unknown) => this.#warn('A group could not be saved', group, error))
    return this.#membership.join(group, wish)
  }

  async sync(groupId: string, wish: SyncWish): Promise<SyncAnswer> {
    if (groupId === '') return syncFailure(ErrorCode.INVALID_GROUP_ID)
    const group = this.#groups.get(groupId)
    return group === undefined ? syncFailure(ErrorCode.UNKNOWN_MEMBER_ID) : this.#membership.sync(group, wish)
  }

  heartbeat(groupId: string, memberId: string, instanceId: string | null, generationId: number): number {
    if (groupId === '') return ErrorCode.INVALID_GROUP_ID
    const group = this.#groups.get(groupId)
    if (group === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    return this.#membership.heartbeat(group, memberId, instanceId, generationId)
  }

  leave(groupId: string, memberId: string, instanceId: string | null): number {
    if (groupId === '') return ErrorCode.INVALID_GROUP_ID
    const group = this.#groups.get(groupId)
    return group === undefined ? ErrorCode.UNKNOWN_MEMBER_ID : this.#membership.leave(group, memberId, instanceId)
  }

  /** Whether `committer` may commit now; 0: yes. A group that does not exist is made for a commit from outside. */
  commitError(groupId: string, committer: Committer, apiVersion: number): number {
    const { memberId, instanceId, generationId } = committer
    const group = this.#groups.get(groupId)
    if (group === undefined) {
      if (generationId < 0) return ErrorCode.NONE
      return apiVersion >= 9 ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.ILLEGAL_GENERATION
    }
    if (group.is('Dead')) return ErrorCode.COORDINATOR_NOT_AVAILABLE
    if (generationId < 0 && group.is('Empty')) return ErrorCode.NONE
    if (generationId < 0 && memberId === '' && instanceId === null) {
      return ErrorCode.UNKNOWN_MEMBER_ID
    }
    const error = memberError(group, memberId, instanceId)
    if (error !== ErrorCode.NONE) return error
    if (generationId !== group.generation) return ErrorCode.ILLEGAL_GENERATION
    return group.is('CompletingRebalance') ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
  }

  /** The same for a commit in a transaction: a producer without a member speaks for none, and may. */
  transactionalCommitError(groupId: string, { memberId, instanceId, generationId }: Committer): number {
    const group = this.#groups.get(groupId)
    if (group === undefined) return generationId < 0 ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION
    if (group.is('Dead')) return ErrorCode.COORDINATOR_NOT_AVAILABLE
    if (generationId < 0 && (group.is('Empty') || (memberId === '' && instanceId === null))) return ErrorCode.NONE
    const error = memberError(group, memberId, instanceId)
    if (error !== ErrorCode.NONE) return error
    return generationId === group.generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION
  }

  /** After {@link transactionalCommitError} said yes. Nobody sees the offsets until the transaction commits. */
  async commitInTransaction(
    groupId: string,
    committer: Committer,
    producer: TransactionalWriter,
    offsets: readonly OffsetToCommit[],
  ): Promise<void> {
    const group = this.#groups.get(groupId) ?? this.#create(groupId)
    this.#membership.keepAlive(group, committer.memberId)
    const records = offsets.map(({ topic, partition, offset }) => offsetRecord(groupId, topic, partition, offset))
    const order = ++this.#commits
    // Unstable from now on: a reader must not get the old offset while the new one is on its way to the disk.
    for (const { topic, partition, offset } of offsets) {
      this.#pending.set(producer.producerId, groupId, topic, partition, { ...offset, order })
    }
    await this.#storage.append(groupId, records, producer)
  }

  /** A producer's transaction has ended in a partition of `__consumer_offsets`. */
  endTransaction(partition: number, producerId: number, outcome: 'commit' | 'abort'): void {
    for (const groupId of this.#pending.groupsOf(producerId)) {
      if (this.#storage.partitionOf(groupId) !== partition) continue
      const ended = this.#pending.take(producerId, groupId)
      const group = this.#groups.get(groupId)
      if (ended === undefined || group === undefined || outcome === 'abort') continue
      for (const [topic, partitions] of ended.all()) {
        for (const [index, offset] of partitions) {
          const known = group.offsets.get(topic, index)?.order ?? 0
          if ((offset.order ?? 0) > known) group.offsets.set(topic, index, offset)
        }
      }
    }
  }

  /** Whether a transaction is about to change this offset. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    return this.#pending.has(groupId, topic, partition)
  }

  /** After {@link commitError} said yes. Resolves when the offsets are safe; they are visible then, too. */
  async commit(groupId: string, committer: Committer, offsets: readonly OffsetToCommit[]): Promise<void> {
    const group = this.#groups.get(groupId) ?? this.#create(groupId)
    this.#membership.keepAlive(group, committer.memberId)
    const records = offsets.map(({ topic, partition, offset }) => offsetRecord(groupId, topic, partition, offset))
    const order = ++this.#commits
    await this.#storage.append(groupId, records)
    for (const { topic, partition, offset } of offsets) group.offsets.set(topic, partition, { ...offset, order })
  }

  /** Deletes a group with its offsets; it must be empty. */
  async delete(groupId: string): Promise<number> {
    const group = this.#groups.get(groupId)
    if (group === undefined || group.is('Dead')) return ErrorCode.GROUP_ID_NOT_FOUND
    if (!group.is('Empty')) return ErrorCode.NON_EMPTY_GROUP
    await this.#forget(group)
    return ErrorCode.NONE
  }

  async deleteOffsets(group: Group, offsets: readonly { topic: string; partition: number }[]): Promise<void> {
    const present = offsets.filter(
      ({ topic, partition }) =>
        group.offsets.get(topic, partition) !== undefined || this.#pending.has(group.id, topic, partition),
    )
    const records = present.map(({ topic, partition }) => offsetRecord(group.id, topic, partition, null))
    for (const { topic, partition } of present) {
      group.offsets.delete(topic, partition)
      this.#pending.delete(group.id, topic, partition)
    }
    await this.#storage.append(group.id, records)
  }

  /** Drops the offsets that nobody has used for too long, and groups of which nothing is left. */
  expireOffsets(): void {
    const nowMs = this.#services.environment.clock.wallMs()
    const oldestMs = nowMs - this.#services.settings.offsetsRetentionMinutes * minuteMs
    for (const group of this.#groups.values()) {
      const expired = [...expiredOffsets(group, oldestMs)].filter(
        ({ topic, partition }) => !this.#pending.has(group.id, topic, partition),
      )
      if (expired.length > 0) {
        this.deleteOffsets(group, expired).catch((error: unknown) =>
          this.#warn('Offsets were not expired', group, error),
        )
      }
      const hasOffsets = !group.offsets.isEmpty || this.#pending.hasAny(group.id)
      const isUsed = !group.is('Empty') || group.pendingIds.size > 0 || hasOffsets
      if (!isUsed) this.#forget(group).catch((error: unknown) => this.#warn('A group was not dropped', group, error))
    }
  }

  #create(groupId: string): Group {
    const group = new Group(groupId, 'Empty', this.#services.environment.clock.wallMs())
    this.#groups.set(groupId, group)
    return group
  }

  async #forget(group: Group): Promise<void> {
    this.#groups.delete(group.id)
    this.#membership.dissolve(group)
    const records: GroupRecord[] = []
    for (const { topic, partition } of this.#pending.placesOf(group.id)) group.offsets.set(topic, partition, nowhere)
    for (const [topic, partitions] of group.offsets.all()) {
      for (const partition of partitions.keys()) {
        records.push(offsetRecord(group.id, topic, partition, null))
        this.#pending.delete(group.id, topic, partition)
      }
    }
    await this.#storage.append(group.id, [...records, groupTombstone(group.id)])
  }

  #topicDeleted(topic: Topic): void {
    if (topic.name === offsetsTopicName) return this.#forgetAll()
    for (const group of this.#groups.values()) {
      const pending = [...this.#pending.placesOf(group.id)].filter((place) => place.topic === topic.name)
      const partitions = new Set([
        ...group.offsets.ofTopic(topic.name).keys(),
        ...pending.map(({ partition }) => partition),
      ])
      const offsets = [...partitions].map((partition) => ({ topic: topic.name, partition }))
      if (offsets.length === 0) continue
      this.deleteOffsets(group, offsets).catch((error: unknown) => this.#warn('Offsets were not deleted', group, error))
    }
  }

  /** What they were kept in is gone: on the disk there are no groups any more, so there are none in memory. */
  #forgetAll(): void {
    for (const group of this.#groups.values()) this.#membership.dissolve(group)
    this.#groups.clear()
    this.#pending.clear()
  }

  *#snapshot(partition: number): Generator<GroupRecord> {
    for (const group of this.#groups.values()) {
      if (this.#storage.partitionOf(group.id) !== partition) continue
      if (group.protocolType !== '' || group.generation > 0) yield groupRecord(group)
      for (const [topic, partitions] of group.offsets.all()) {
        for (const [index, offset] of partitions) yield offsetRecord(group.id, topic, index, offset)
      }
    }
  }

  #load(): void {
    const saved = new Map<string, GroupMetadataValue>()
    this.#storage.load({
      record: (record, producerId) => this.#apply(record, producerId, saved),
      transactionEnded: (partition, producerId, outcome) => this.endTransaction(partition, producerId, outcome),
    })
    for (const [groupId, value] of saved) this.#restore(groupId, value)
    for (const group of this.#groups.values()) {
      const isEmpty = group.offsets.isEmpty && !this.#pending.hasAny(group.id)
      if (!saved.has(group.id) && isEmpty) this.#groups.delete(group.id)
    }
    this.#services.environment.log.info('Groups are loaded', { groups: this.#groups.size })
  }

  #apply(record: ReadGroupRecord, producerId: number | undefined, saved: Map<string, GroupMetadataValue>): void {
    if (record.kind === 'other') return
    if (record.kind === 'group') {
      if (record.value === null) saved.delete(record.group)
      else saved.set(record.group, record.value)
      return
    }
    const group = this.#groups.get(record.group) ?? this.#create(record.group)
    const { topic, partition } = record
    if (record.offset === null) {
      group.offsets.delete(topic, partition)
      this.#pending.delete(group.id, topic, partition)
      return
    }
    const offset = { ...record.offset, order: ++this.#commits }
    if (producerId === undefined) group.offsets.set(topic, partition, offset)
    else this.#pending.set(producerId, group.id, topic, partition, offset)
  }

  /** A group as it was saved: its members are given a session's time to be heard of again. */
  #restore(groupId: string, value: GroupMetadataValue): void {
    const offsets = this.#groups.get(groupId)?.offsets
    const sinceMs = Number(value.currentStateTimestamp)
    const nowMs = this.#services.environment.clock.wallMs()
    const group = new Group(groupId, value.members.length > 0 ? 'Stable' : 'Empty', sinceMs < 0 ? nowMs : sinceMs)
    for (const [topic, partitions] of offsets?.all() ?? []) {
      for (const [partition, offset] of partitions) group.offsets.set(topic, partition, offset)
    }
    group.protocolType = value.protocolType
    group.generation = value.generation
    group.protocolName = value.protocol
    group.leaderId = value.leader
    for (const saved of value.members) {
      const member = new Member(saved.memberId, {
        instanceId: saved.groupInstanceId,
        clientId: saved.clientId,
        clientHost: saved.clientHost,
        sessionTimeoutMs: saved.sessionTimeout,
        rebalanceTimeoutMs: saved.rebalanceTimeout === -1 ? saved.sessionTimeout : saved.rebalanceTimeout,
        protocols: [{ name: value.protocol ?? '', metadata: Uint8Array.from(saved.subscription) }],
      })
      member.assignment = Uint8Array.from(saved.assignment)
      member.isNew = false
      group.add(member)
      this.#membership.keepAlive(group, member.id)
    }
    this.#groups.set(groupId, group)
  }

  #warn(message: string, group: Group, error: unknown): void {
    this.#services.environment.log.warn(message, { group: group.id, error: asError(error) })
  }
}

/** A group that is empty keeps its offsets for a while; a group at work, those of topics that it reads. */
function* expiredOffsets(group: Group, oldestMs: number): Generator<{ topic: string; partition: number }> {
  const subscribed =
    group.is('Stable') && group.protocolType === consumerProtocolType ? group.subscribedTopics() : undefined
  if (!group.is('Empty') && subscribed === undefined) return
  const usesMembership = group.is('Empty') && group.protocolType !== ''
  for (const [topic, partitions] of group.offsets.all()) {
    if (subscribed?.has(topic) === true) continue
    for (const [partition, { commitTimestampMs }] of partitions) {
      const since = usesMembership ? Math.max(group.stateSinceMs, commitTimestampMs) : commitTimestampMs
      if (since <= oldestMs) yield { topic, partition }
    }
  }
}
