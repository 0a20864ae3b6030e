import type { Topic } from '../../metadata/topics.ts'
import type { AssignedMember, Assignor } from './assignors/assignor.ts'
import { assignRanges } from './assignors/range-assignor.ts'
import { assignUniform } from './assignors/uniform-assignor.ts'
import type { ConsumerGroup } from './consumer-group.ts'
import { subscriptionOf } from './consumer-group.ts'
import type { ConsumerGroupMember } from './consumer-group-member.ts'
import { regexOf } from './consumer-group-member.ts'
import type { ConsumerGroupChange } from './consumer-group-records.ts'
import { stringsInHashOrder } from './java-order.ts'
import type { TopicPartitions } from './topic-partitions.ts'
import { isSameTarget, noPartitions } from './topic-partitions.ts'

/** The assignors that a member may ask for; the first is used when nobody does. */
export const assignors: ReadonlyMap<string, Assignor> = new Map([
  ['uniform', assignUniform],
  ['range', assignRanges],
])

/** Finds topics as they are now. */
export interface TopicLookup {
  get(name: string): Topic | undefined
  getById(id: string): Topic | undefined
}

/** Ids of those topics that exist. */
export function topicIdsOf(names: Iterable<string>, topics: TopicLookup): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const name of names) {
    const topic = topics.get(name)
    if (topic !== undefined) ids.add(topic.id)
  }
  return ids
}

/** The group's members once `member` has joined, has changed, or has taken the place of a static one. */
export function membersWith(group: ConsumerGroup, member: ConsumerGroupMember): Map<string, ConsumerGroupMember> {
  const members = new Map<string, ConsumerGroupMember>()
  const replaced = group.staticMember(member.instanceId)
  for (const each of group.members) if (each.id !== replaced?.id || each.id === member.id) members.set(each.id, each)
  members.set(member.id, member)
  return members
}

/** The assignor that most members ask for. `undefined`: none does. */
export function preferredAssignor(members: Iterable<ConsumerGroupMember>): string | undefined {
  const votes = new Map<string, number>()
  for (const { serverAssignor } of members) {
    if (serverAssignor !== null) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1)
  }
  let winner: string | undefined
  for (const name of stringsInHashOrder(votes.keys())) {
    if (winner === undefined || (votes.get(name) ?? 0) > (votes.get(winner) ?? 0)) winner = name
  }
  return winner
}

/** Computes the group's target with `member` in it, and the changes that lead to it. */
export function nextTarget(
  group: ConsumerGroup,
  member: ConsumerGroupMember,
  epoch: number,
  topics: TopicLookup,
  nowMs: number,
): { readonly target: TopicPartitions; readonly changes: readonly ConsumerGroupChange[] } {
  const members = membersWith(group, member)
  const assign = assignors.get(preferredAssignor(members.values()) ?? '') ?? assignUniform
  const targets = assign({
    members: new Map(
      stringsInHashOrder(members.keys()).flatMap((id) => {
        const each = members.get(id)
        return each === undefined ? [] : [[id, inputOf(group, each, topics)] as const]
      }),
    ),
    isHomogeneous: isHomogeneous([...members.values()]),
    partitionCount: (topicId) => topics.getById(topicId)?.partitions.length ?? 0,
  })
  const changes: ConsumerGroupChange[] = []
  for (const memberId of members.keys()) {
    const value = targets.get(memberId) ?? noPartitions
    const before = group.targets.get(memberId)
    if (before === undefined || !isSameTarget(before, value)) changes.push({ kind: 'target', memberId, value })
  }
  changes.push({ kind: 'targetEpoch', value: { epoch, timestampMs: nowMs } })
  return { target: targets.get(member.id) ?? noPartitions, changes }
}

/** A static member that is back under another id goes on with the target of the old one. */
function inputOf(group: ConsumerGroup, member: ConsumerGroupMember, topics: TopicLookup): AssignedMember {
  const before = group.staticMember(member.instanceId)?.id ?? member.id
  return {
    instanceId: member.instanceId,
    topicIds: topicIdsOf(stringsInHashOrder(subscriptionOf(member, group.regexes)), topics),
    target: group.target(before),
  }
}

/** Whether all members are subscribed to the same topics, in the same way. */
function isHomogeneous(members: readonly ConsumerGroupMember[]): boolean {
  const expressions = new Set(members.map(regexOf))
  const counts = new Map<string, number>()
  for (const { subscribedTopicNames } of members) {
    for (const name of subscribedTopicNames) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  if (expressions.size > 1) return false
  const [regex] = expressions
  if (regex !== undefined) return counts.size === 0
  return [...counts.values()].every((count) => count === members.length)
}
