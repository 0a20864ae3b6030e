import { TopologyError } from '../errors.ts'
import type { TopologyConfig } from './define.ts'
import { wholePattern } from './topic-pattern.ts'
import type { TopologyBuilder } from './topology-builder.ts'

/**
 * By source: the topics of the cluster that its pattern matches, sorted. The application's own internal topics are none
 * of them, whatever the pattern. Throws {@link TopologyError} when two sources would read one topic.
 */
export function matchedTopics(
  builder: TopologyBuilder,
  { applicationId, existingTopics }: TopologyConfig,
): ReadonlyMap<string, readonly string[]> {
  const matched = new Map<string, readonly string[]>()
  if (existingTopics === undefined) return matched
  const taken = new Map<string, RegExp | undefined>()
  for (const name of builder.internalTopics.keys()) taken.set(`${applicationId}-${name}`, undefined)
  for (const name of builder.stores.keys()) taken.set(`${applicationId}-${name}-changelog`, undefined)
  for (const node of builder.nodes.values()) {
    if (node.kind === 'source' && !(node.topics instanceof RegExp))
      for (const topic of node.topics) taken.set(topic, undefined)
  }
  for (const { name, ...node } of builder.nodes.values()) {
    if (node.kind !== 'source' || !(node.topics instanceof RegExp)) continue
    const { topics: pattern } = node
    const whole = wholePattern(pattern)
    const own: string[] = []
    for (const topic of existingTopics) {
      if (!whole.test(topic)) continue
      const other = taken.get(topic)
      if (other !== undefined) throw matchedTwice(topic, other, pattern)
      if (taken.has(topic)) continue
      taken.set(topic, pattern)
      own.push(topic)
    }
    matched.set(name, own.toSorted())
  }
  return matched
}

function matchedTwice(topic: string, first: RegExp, second: RegExp): TopologyError {
  return new TopologyError(
    `Invalid topology: Topic ${topic} is already matched for another regex pattern ${first.source} and hence cannot be matched to this regex pattern ${second.source} any more.`,
  )
}
