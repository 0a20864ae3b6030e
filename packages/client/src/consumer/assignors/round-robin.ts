import { present } from '@streamwright/std'
import type { TopicPartition } from '../topic-partition.ts'
import { compareText } from '../topic-partition.ts'
import type { Assignor } from './assignor.ts'
import { inMemberOrder, subscribedPartitions, withoutUserData } from './members.ts'

/** Deals all partitions of all topics, in order, to one member after the other. */
export function roundRobinAssignor(): Assignor {
  return {
    name: 'roundrobin',
    protocols: ['eager'],
    subscriptionUserData: () => null,
    onAssignment: () => {},
    assign(metadata, subscriptions) {
      const byMember = new Map<string, TopicPartition[]>()
      const members = inMemberOrder(subscriptions).map((memberId) => {
        const partitions: TopicPartition[] = []
        byMember.set(memberId, partitions)
        const { topics } = present(subscriptions.get(memberId), 'Every ordered member has a subscription')
        return { topics: new Set(topics), partitions }
      })
      let next = 0
      for (const [topic, partitions] of [...subscribedPartitions(metadata, subscriptions)].toSorted(([left], [right]) =>
        compareText(left, right),
      )) {
        for (const partition of partitions) {
          // A subscribed topic has a subscriber, so this ends.
          while (members[next]?.topics.has(topic) !== true) next = (next + 1) % members.length
          members[next]?.partitions.push(partition)
          next = (next + 1) % members.length
        }
      }
      return withoutUserData(byMember)
    },
  }
}
