import { ConfigurationError } from '@streamwright/std'
import type { Assignor } from './assignor.ts'
import { cooperativeStickyAssignor } from './cooperative-sticky.ts'
import { rangeAssignor } from './range.ts'
import { roundRobinAssignor } from './round-robin.ts'
import { stickyAssignor } from './sticky.ts'

/** How each assignor may be named in `partition.assignment.strategy`: by its own name, or by Java's class. */
const factories: ReadonlyMap<string, () => Assignor> = new Map([
  ['range', rangeAssignor],
  ['roundrobin', roundRobinAssignor],
  ['sticky', stickyAssignor],
  ['cooperative-sticky', cooperativeStickyAssignor],
  ['org.apache.kafka.clients.consumer.RangeAssignor', rangeAssignor],
  ['org.apache.kafka.clients.consumer.RoundRobinAssignor', roundRobinAssignor],
  ['org.apache.kafka.clients.consumer.StickyAssignor', stickyAssignor],
  ['org.apache.kafka.clients.consumer.CooperativeStickyAssignor', cooperativeStickyAssignor],
])

export const assignorNames: readonly string[] = ['range', 'roundrobin', 'sticky', 'cooperative-sticky']

/** A new assignor of its own state. Throws a `ConfigurationError` for a name that is not known. */
export function assignorByName(name: string): Assignor {
  const create = factories.get(name)
  if (create === undefined) {
    throw new ConfigurationError(
      `Unknown assignor ${name} in partition.assignment.strategy: take ${assignorNames.join(', ')}, or give the assignor as an object`,
    )
  }
  return create()
}
