import { assert } from '@streamwright/std'
import { compareStrings, presizedHashOrder, uuidHash, uuidsInHashOrder } from '../java-order.ts'
import type { TopicPartitions } from '../topic-partitions.ts'
import { ascending } from '../topic-partitions.ts'
import type { AssignedMember, AssignorInput, GrowingTarget } from './assignor.ts'
import { addPartition, growingTarget, removePartition } from './assignor.ts'

interface Place {
  readonly topicId: string
  readonly partition: number
}

interface Unfilled {
  readonly target: GrowingTarget
  readonly room: number
}

/** Uniform for members that are all subscribed to the same topics: a quota for each, with one more for some. */
export function assignUniformAlike(input: AssignorInput): ReadonlyMap<string, TopicPartitions> {
  const topicIds = [...input.members.values()][0]?.topicIds ?? new Set()
  if (topicIds.size === 0) return new Map()
  const unassigned = [...unassignedPlaces(input, topicIds)]
  let total = 0
  for (const topicId of topicIds) total += input.partitionCount(topicId)
  const quota = Math.floor(total / input.members.size)
  const { targets, unfilled } = keepWithinQuota(input.members, topicIds, quota, total % input.members.size, unassigned)
  let next = 0
  for (const { target, room } of unfilled) {
    for (let taken = 0; taken < room && next < unassigned.length; taken++) {
      const place = unassigned[next++]
      if (place !== undefined) addPartition(target, place.topicId, place.partition)
    }
  }
  assert(next >= unassigned.length, 'The quotas of all members make room for every partition')
  return targets
}

function* unassignedPlaces(input: AssignorInput, topicIds: ReadonlySet<string>): Generator<Place> {
  const assigned = new Set<string>()
  for (const { target } of input.members.values()) {
    for (const [topicId, partitions] of target)
      for (const partition of partitions) assigned.add(`${topicId}${partition}`)
  }
  for (const topicId of presizedHashOrder(topicIds, uuidHash)) {
    for (let partition = 0; partition < input.partitionCount(topicId); partition++) {
      if (!assigned.has(`${topicId}${partition}`)) yield { topicId, partition }
    }
  }
}

/** What members keep of what they had. What goes beyond their quota is added to `unassigned`. */
function keepWithinQuota(
  members: ReadonlyMap<string, AssignedMember>,
  topicIds: ReadonlySet<string>,
  least: number,
  extras: number,
  unassigned: Place[],
): { readonly targets: ReadonlyMap<string, TopicPartitions>; readonly unfilled: readonly Unfilled[] } {
  const targets = new Map<string, TopicPartitions>()
  const unfilled: Unfilled[] = []
  let extrasLeft = extras
  let membersLeft = members.size
  for (const [memberId, member] of members) {
    let hasExtra = extrasLeft > 0
    const target = growingTarget(member.target)
    targets.set(memberId, target)
    let room = keep(member, target, topicIds, hasExtra ? least + 1 : least, unassigned)
    // With room left, the extra one goes to somebody who may have it already, as long as there are enough others.
    if (room > 0 && hasExtra && membersLeft > extrasLeft) {
      room -= 1
      hasExtra = false
    }
    if (room > 0) unfilled.push({ target, room })
    if (hasExtra) extrasLeft -= 1
    membersLeft -= 1
  }
  return { targets, unfilled }
}

/** How many more the member may get. */
function keep(
  member: AssignedMember,
  target: GrowingTarget,
  topicIds: ReadonlySet<string>,
  quota: number,
  unassigned: Place[],
): number {
  let room = quota
  for (const topicId of uuidsInHashOrder([...member.target.keys()].toSorted(compareStrings))) {
    const partitions = member.target.get(topicId) ?? new Set()
    if (!topicIds.has(topicId)) {
      target.delete(topicId)
      continue
    }
    for (const partition of presizedHashOrder([...partitions].toSorted(ascending), (index) => index)) {
      if (room > 0) {
        room -= 1
        continue
      }
      removePartition(target, topicId, partition)
      unassigned.push({ topicId, partition })
    }
  }
  return room
}
