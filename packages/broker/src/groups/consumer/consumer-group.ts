import type { Timer } from '@streamwright/std'
import { unreachable } from '@streamwright/std'
import type { ConsumerGroupMember } from './consumer-group-member.ts'
import { isReconciledTo, leaveEpoch, newMember, regexOf } from './consumer-group-member.ts'
import type { ConsumerGroupChange, ResolvedRegex } from './consumer-group-records.ts'
import type { AssignedPartitions, TopicPartitions } from './topic-partitions.ts'
import { noPartitions, nothingAssigned } from './topic-partitions.ts'

/** What ConsumerGroupDescribe and ListGroups call it. It follows from epochs and members. */
export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable'

/** Timers of a member, by what they wait for. */
export type MemberTimer = 'session' | 'rebalance' | 'join' | 'sync'

/**
 * A group of the consumer protocol (KIP-848): what its records say, and nothing else, but for timers. It changes by
 * {@link ConsumerGroup.apply} alone, at work as at the start of the broker; the rules are in consumer-membership.ts.
 */
export class ConsumerGroup {
  readonly id: string
  readonly #members = new Map<string, ConsumerGroupMember>()
  readonly #idsByInstance = new Map<string, string>()
  readonly #targets = new Map<string, TopicPartitions>()
  readonly #regexes = new Map<string, ResolvedRegex>()
  /** Who has a partition or is giving it up. */
  readonly #owners = new Map<string, Map<number, string>>()
  readonly #timers = new Map<string, Map<MemberTimer, Timer>>()
  #epoch = 1
  #targetEpoch = 1
  #targetTimestampMs = 0
  #metadataHash = 0n
  #hasPartitionMetadata = false
  #topicsSeen = { version: -1, epoch: 0 }
  /** Regular expressions are being matched. */
  isResolvingRegexes = false

  constructor(id: string) {
    this.id = id
  }

  /** Grows with every change that may change the target. */
  get epoch(): number {
    return this.#epoch
  }

  /** Of the group, for which the target was computed. */
  get targetEpoch(): number {
    return this.#targetEpoch
  }

  /** When the target was computed; 0: never, or not known. */
  get targetTimestampMs(): number {
    return this.#targetTimestampMs
  }

  /** Of the topics that the group is subscribed to. */
  get metadataHash(): bigint {
    return this.#metadataHash
  }

  /** There is a record of an older version to be removed. */
  get hasPartitionMetadata(): boolean {
    return this.#hasPartitionMetadata
  }

  get state(): ConsumerGroupState {
    if (this.#members.size === 0) return 'Empty'
    if (this.#epoch > this.#targetEpoch) return 'Assigning'
    for (const member of this.#members.values()) if (!isReconciledTo(member, this.#targetEpoch)) return 'Reconciling'
    return 'Stable'
  }

  get isEmpty(): boolean {
    return this.#members.size === 0
  }

  get size(): number {
    return this.#members.size
  }

  get members(): IterableIterator<ConsumerGroupMember> {
    return this.#members.values()
  }

  member(id: string): ConsumerGroupMember | undefined {
    return this.#members.get(id)
  }

  staticMember(instanceId: string | null): ConsumerGroupMember | undefined {
    const id = instanceId === null ? undefined : this.#idsByInstance.get(instanceId)
    return id === undefined ? undefined : this.#members.get(id)
  }

  get targets(): ReadonlyMap<string, TopicPartitions> {
    return this.#targets
  }

  target(memberId: string): TopicPartitions {
    return this.#targets.get(memberId) ?? noPartitions
  }

  /** What regular expressions were found to match. */
  get regexes(): ReadonlyMap<string, ResolvedRegex> {
    return this.#regexes
  }

  /** Members with that regular expression. */
  subscriberCount(regex: string): number {
    let count = 0
    for (const member of this.#members.values()) if (member.subscribedTopicRegex === regex) count += 1
    return count
  }

  isOwned(topicId: string, partition: number): boolean {
    return this.#owners.get(topicId)?.has(partition) === true
  }

  /** Names that members are subscribed to, by themselves or by a regular expression. */
  subscribedTopics(): ReadonlySet<string> {
    const topics = new Set<string>()
    for (const member of this.#members.values()) for (const topic of member.subscribedTopicNames) topics.add(topic)
    for (const { topics: matched } of this.#regexes.values()) for (const topic of matched) topics.add(topic)
    return topics
  }

  get classicMemberCount(): number {
    let count = 0
    for (const member of this.#members.values()) if (member.classic !== null) count += 1
    return count
  }

  /** The topics were looked at in that version of theirs, and the group is to be in `epoch` because of it. */
  noteTopicsSeen(version: number, epoch: number): void {
    this.#topicsSeen = { version, epoch }
  }

  /** Whether topics have changed since, or what was seen did not become the group's: it could not be written. */
  hasToSeeTopics(version: number): boolean {
    return this.#topicsSeen.version !== version || this.#epoch < this.#topicsSeen.epoch
  }

  /** Takes the place of a timer of the same kind. */
  setTimer(memberId: string, kind: MemberTimer, timer: Timer): void {
    let timers = this.#timers.get(memberId)
    if (timers === undefined) this.#timers.set(memberId, (timers = new Map()))
    timers.get(kind)?.cancel()
    timers.set(kind, timer)
  }

  hasTimer(memberId: string, kind: MemberTimer): boolean {
    return this.#timers.get(memberId)?.has(kind) === true
  }

  cancelTimer(memberId: string, kind: MemberTimer): void {
    this.#timers.get(memberId)?.get(kind)?.cancel()
    this.#timers.get(memberId)?.delete(kind)
  }

  cancelTimers(memberId: string): void {
    for (const timer of this.#timers.get(memberId)?.values() ?? []) timer.cancel()
    this.#timers.delete(memberId)
  }

  cancelAllTimers(): void {
    for (const memberId of this.#timers.keys()) this.cancelTimers(memberId)
  }

  /**
   * Makes a change. In what order changes come depends on what compaction left, so that none of them needs another;
   * removing what is not there does nothing.
   */
  apply(change: ConsumerGroupChange): void {
    switch (change.kind) {
      case 'group':
        if (change.value === null) return
        this.#epoch = change.value.epoch
        this.#metadataHash = change.value.metadataHash
        return
      case 'partitionMetadata':
        this.#hasPartitionMetadata = change.value !== null
        return
      case 'targetEpoch':
        this.#targetEpoch = change.value?.epoch ?? -1
        this.#targetTimestampMs = change.value?.timestampMs ?? 0
        return
      case 'target':
        if (change.value === null) this.#targets.delete(change.memberId)
        else this.#targets.set(change.memberId, change.value)
        return
      case 'regex':
        if (change.value === null) this.#regexes.delete(change.regex)
        else this.#regexes.set(change.regex, change.value)
        return
      case 'member':
        if (change.value === null) this.#remove(change.memberId)
        else this.#put({ ...this.#knownOrNew(change.memberId), ...change.value })
        return
      case 'current':
        if (change.value !== null) this.#put({ ...this.#knownOrNew(change.memberId), ...change.value })
        else if (this.#members.has(change.memberId)) this.#put(withoutAssignment(this.#knownOrNew(change.memberId)))
        return
      default:
        unreachable(change)
    }
  }

  /** The changes that make this group out of nothing. */
  *snapshot(): Generator<ConsumerGroupChange> {
    for (const member of this.#members.values()) yield { kind: 'member', memberId: member.id, value: member }
    for (const [regex, value] of this.#regexes) yield { kind: 'regex', regex, value }
    yield { kind: 'group', value: { epoch: this.#epoch, metadataHash: this.#metadataHash } }
    for (const [memberId, value] of this.#targets) yield { kind: 'target', memberId, value }
    const target = { epoch: this.#targetEpoch, timestampMs: this.#targetTimestampMs }
    yield { kind: 'targetEpoch', value: target }
    for (const member of this.#members.values()) yield { kind: 'current', memberId: member.id, value: member }
  }

  /** The changes that leave nothing of it on the disk. `renamed`: the record of one member is under another id. */
  *tombstones(renamed: ReadonlyMap<string, string> = new Map()): Generator<ConsumerGroupChange> {
    const ids = [...this.#members.keys()].map((id) => renamed.get(id) ?? id)
    for (const memberId of ids) yield { kind: 'current', memberId, value: null }
    for (const memberId of ids) yield { kind: 'target', memberId, value: null }
    yield { kind: 'targetEpoch', value: null }
    for (const memberId of ids) yield { kind: 'member', memberId, value: null }
    for (const regex of this.#regexes.keys()) yield { kind: 'regex', regex, value: null }
    yield { kind: 'partitionMetadata', value: null }
    yield { kind: 'group', value: null }
  }

  #knownOrNew(memberId: string): ConsumerGroupMember {
    return this.#members.get(memberId) ?? newMember(memberId)
  }

  #put(member: ConsumerGroupMember): void {
    const old = this.#members.get(member.id)
    if (old !== undefined) this.#disown(old)
    this.#members.set(member.id, member)
    this.#own(member.id, member.assigned)
    this.#own(member.id, member.pendingRevocation)
    if (member.instanceId !== null) this.#idsByInstance.set(member.instanceId, member.id)
  }

  #remove(memberId: string): void {
    const old = this.#members.get(memberId)
    if (old === undefined) return
    this.#disown(old)
    this.#members.delete(memberId)
    if (old.instanceId !== null && this.#idsByInstance.get(old.instanceId) === memberId) {
      this.#idsByInstance.delete(old.instanceId)
    }
  }

  #own(memberId: string, assigned: AssignedPartitions): void {
    for (const [topicId, partitions] of assigned) {
      let owners = this.#owners.get(topicId)
      if (owners === undefined) this.#owners.set(topicId, (owners = new Map()))
      for (const partition of partitions.keys()) owners.set(partition, memberId)
    }
  }

  /** Not of what another member has by now: a static member's place may be taken before it is removed. */
  #disown(member: ConsumerGroupMember): void {
    for (const assigned of [member.assigned, member.pendingRevocation]) {
      for (const [topicId, partitions] of assigned) {
        const owners = this.#owners.get(topicId)
        if (owners === undefined) continue
        for (const partition of partitions.keys()) {
          if (owners.get(partition) === member.id) owners.delete(partition)
        }
        if (owners.size === 0) this.#owners.delete(topicId)
      }
    }
  }
}

function withoutAssignment(member: ConsumerGroupMember): ConsumerGroupMember {
  return {
    ...member,
    epoch: leaveEpoch,
    previousEpoch: leaveEpoch,
    assigned: nothingAssigned,
    pendingRevocation: nothingAssigned,
  }
}

/** Topics that a member is subscribed to by name or by a resolved regular expression. */
export function subscriptionOf(
  member: ConsumerGroupMember,
  regexes: ReadonlyMap<string, ResolvedRegex>,
): ReadonlySet<string> {
  const regex = regexOf(member)
  const matched = regex === undefined ? undefined : regexes.get(regex)?.topics
  if (matched === undefined || matched.size === 0) return member.subscribedTopicNames
  return member.subscribedTopicNames.size === 0 ? matched : new Set([...member.subscribedTopicNames, ...matched])
}
