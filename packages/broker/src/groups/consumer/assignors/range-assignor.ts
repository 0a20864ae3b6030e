import { compareStrings } from '../java-order.ts'
import type { TopicPartitions } from '../topic-partitions.ts'
import type { AssignedMember, AssignorInput } from './assignor.ts'

/** How far a topic's partitions are given out. */
interface Range {
  next: number
  extra: number
  readonly quota: number
}

/**
 * Each topic's partitions in ranges, one for each of its subscribers, so that topics with equally many partitions and
 * the same subscribers go together. Members are ordered by instance id, then those without by member id.
 */
export function assignRanges({ members, partitionCount }: AssignorInput): ReadonlyMap<string, TopicPartitions> {
  const subscribers = new Map<string, number>()
  for (const { topicIds } of members.values()) {
    for (const topicId of topicIds) subscribers.set(topicId, (subscribers.get(topicId) ?? 0) + 1)
  }
  const ranges = new Map<string, Range>()
  for (const [topicId, count] of subscribers) {
    const partitions = partitionCount(topicId)
    ranges.set(topicId, { next: 0, quota: Math.floor(partitions / count), extra: partitions % count })
  }
  const inOrder = [...members].toSorted(byInstanceThenMemberId)
  return new Map(inOrder.map(([memberId, { topicIds }]) => [memberId, takeRanges(topicIds, ranges)]))
}

function takeRanges(topicIds: ReadonlySet<string>, ranges: ReadonlyMap<string, Range>): TopicPartitions {
  const taken = new Map<string, ReadonlySet<number>>()
  for (const topicId of topicIds) {
    const range = ranges.get(topicId)
    if (range === undefined) continue
    const count = range.quota + (range.extra > 0 ? 1 : 0)
    range.extra -= 1
    if (count > 0) taken.set(topicId, new Set(Array.from({ length: count }, (_, index) => range.next + index)))
    range.next += count
  }
  return taken
}

function byInstanceThenMemberId(left: [string, AssignedMember], right: [string, AssignedMember]): number {
  const [leftId, { instanceId: leftInstance }] = left
  const [rightId, { instanceId: rightInstance }] = right
  if (leftInstance !== null && rightInstance !== null) return compareStrings(leftInstance, rightInstance)
  if (leftInstance !== null) return -1
  return rightInstance === null ? compareStrings(leftId, rightId) : 1
}
