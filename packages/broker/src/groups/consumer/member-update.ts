import type { ConsumerContext } from './consumer-context.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import type { ConsumerGroupMember, MemberMetadata } from './consumer-group-member.ts'
import { isSameMetadata, isSameSet, regexOf } from './consumer-group-member.ts'
import type { ConsumerGroupChange } from './consumer-group-records.ts'
import { metadataHash } from './metadata-hash.ts'
import { membersWith, nextTarget } from './target-assignment.ts'
import type { TopicPartitions } from './topic-partitions.ts'

/** What became of the group because one of its members joined or said something new. */
export interface MemberUpdate {
  readonly groupEpoch: number
  readonly hasSubscriptionChanged: boolean
}

/** How the new regular expression of a member stands to the one it had. */
type RegexChange = 'none' | 'unresolved' | 'resolved'

/**
 * The changes that make `member` into `updated`: its record, the end of a regular expression that nobody has any more,
 * the next epoch of the group where its target may be another one now. `isClassic`: the target is computed in any case,
 * as there is no later heartbeat that would learn what an expression matches.
 */
export function updateMember(
  context: Pick<ConsumerContext, 'topics'>,
  group: ConsumerGroup,
  member: ConsumerGroupMember,
  updated: ConsumerGroupMember,
  changes: ConsumerGroupChange[],
): MemberUpdate {
  if (!isSameMetadata(member, updated))
    changes.push({ kind: 'member', memberId: updated.id, value: metadataOf(updated) })
  const haveNamesChanged = !isSameSet(member.subscribedTopicNames, updated.subscribedTopicNames)
  const regexChange = changeRegex(group, member, updated, changes)
  const hasSubscriptionChanged = haveNamesChanged || regexChange !== 'none'
  // What an expression matches is not known at first; the group goes to its next epoch when it is.
  const waitsForRegex = updated.classic === null && regexChange === 'unresolved' && !haveNamesChanged
  const bumps = hasSubscriptionChanged && !waitsForRegex
  if (!bumps && !group.hasToSeeTopics(context.topics.version))
    return { groupEpoch: group.epoch, hasSubscriptionChanged }
  const members = membersWith(group, updated)
  const hash = metadataHash(subscribedTopics(group, [...members.values()]), (name) => context.topics.get(name))
  const groupEpoch = bumps || hash !== group.metadataHash ? group.epoch + 1 : group.epoch
  if (groupEpoch > group.epoch) {
    changes.push({ kind: 'group', value: { epoch: groupEpoch, metadataHash: hash } })
  }
  group.noteTopicsSeen(context.topics.version, groupEpoch)
  if (group.hasPartitionMetadata) changes.push({ kind: 'partitionMetadata', value: null })
  return { groupEpoch, hasSubscriptionChanged }
}

/** The target that `member` is to be brought to: a new one, if the group has gone on since the last was computed. */
export function currentTarget(
  context: Pick<ConsumerContext, 'topics' | 'settingsOf' | 'environment'>,
  group: ConsumerGroup,
  member: ConsumerGroupMember,
  groupEpoch: number,
  changes: ConsumerGroupChange[],
): { readonly epoch: number; readonly target: TopicPartitions } {
  const nowMs = context.environment.clock.wallMs()
  const intervalMs = context.settingsOf(group.id).assignmentIntervalMs
  const { targetTimestampMs } = group
  const isDue = targetTimestampMs === 0 || intervalMs === 0 || nowMs >= targetTimestampMs + intervalMs
  if (group.targetEpoch >= groupEpoch || !isDue) {
    const before = group.staticMember(member.instanceId)?.id ?? member.id
    return { epoch: group.targetEpoch, target: group.target(before) }
  }
  const next = nextTarget(group, member, groupEpoch, context.topics, nowMs)
  changes.push(...next.changes)
  return { epoch: groupEpoch, target: next.target }
}

/** Names that the members are subscribed to, by themselves or by a resolved regular expression. */
export function subscribedTopics(group: ConsumerGroup, members: readonly ConsumerGroupMember[]): ReadonlySet<string> {
  const topics = new Set<string>()
  for (const member of members) {
    for (const name of member.subscribedTopicNames) topics.add(name)
    for (const name of group.regexes.get(regexOf(member) ?? '')?.topics ?? []) topics.add(name)
  }
  return topics
}

/** The part of a member that it says itself. */
export function metadataOf(member: ConsumerGroupMember): MemberMetadata {
  const { instanceId, rackId, clientId, clientHost, rebalanceTimeoutMs, serverAssignor, classic } = member
  const { subscribedTopicNames, subscribedTopicRegex } = member
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    subscribedTopicNames,
    subscribedTopicRegex,
    serverAssignor,
    classic,
  }
}

function changeRegex(
  group: ConsumerGroup,
  member: ConsumerGroupMember,
  updated: ConsumerGroupMember,
  changes: ConsumerGroupChange[],
): RegexChange {
  if (member.subscribedTopicRegex === updated.subscribedTopicRegex) return 'none'
  const [before, after] = [regexOf(member), regexOf(updated)]
  if (before !== undefined && group.subscriberCount(before) === 1) {
    changes.push({ kind: 'regex', regex: before, value: null })
  }
  if (after === undefined) return before === undefined ? 'unresolved' : 'resolved'
  return group.subscriberCount(after) > 0 && group.regexes.has(after) ? 'resolved' : 'unresolved'
}
