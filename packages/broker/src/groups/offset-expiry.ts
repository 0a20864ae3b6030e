import { ConsumerGroup } from './consumer/consumer-group.ts'
import type { Group } from './group.ts'
import { consumerProtocolType } from './group.ts'
import type { UnusedSince } from './group-offsets.ts'

/**
 * From when on the offsets of a group count as unused. Never, for topics that a member is subscribed to; since the group
 * is empty, for a classic group that had members; since the commit otherwise.
 */
export function unusedSince(group: Group | ConsumerGroup): UnusedSince {
  if (group instanceof ConsumerGroup) {
    const subscribed = group.subscribedTopics()
    return (topic, { commitTimestampMs }) => (subscribed.has(topic) ? undefined : commitTimestampMs)
  }
  if (group.is('Empty')) {
    return (_topic, { commitTimestampMs }) => (group.protocolType === '' ? commitTimestampMs : group.stateSinceMs)
  }
  const isKnown = group.is('Stable') && group.protocolType === consumerProtocolType
  const subscribed = isKnown ? group.subscribedTopics() : undefined
  return (topic, { commitTimestampMs }) =>
    subscribed === undefined || subscribed.has(topic) ? undefined : commitTimestampMs
}
