import type { GraphNode } from './graph-node.ts'
import { TopologyError } from '../errors.ts'
import { StreamSourceNode } from './source-nodes.ts'

/** Makes one source of all `stream()` calls that name the same topics, or the same pattern. */
export function mergeDuplicateSources(root: GraphNode): void {
  const byTopic = new Map<string, StreamSourceNode>()
  const byPattern = new Map<string, StreamSourceNode>()
  for (const node of root.children) {
    if (!(node instanceof StreamSourceNode)) continue
    if (node.topics instanceof RegExp) mergeByPattern(root, node, String(node.topics), byPattern)
    else mergeByTopic(root, node, node.topics, byTopic)
  }
}

function mergeByPattern(
  root: GraphNode,
  node: StreamSourceNode,
  pattern: string,
  known: Map<string, StreamSourceNode>,
): void {
  const main = known.get(pattern)
  if (main === undefined) known.set(pattern, node)
  else absorb(root, main, node)
}

function mergeByTopic(
  root: GraphNode,
  node: StreamSourceNode,
  topics: readonly string[],
  known: Map<string, StreamSourceNode>,
): void {
  for (const topic of topics) {
    const main = known.get(topic)
    if (main === undefined) {
      known.set(topic, node)
    } else if (main !== node) {
      if (!isSameSet(main.topics, topics)) {
        throw new TopologyError(
          'Invalid topology: Two source nodes are subscribed to overlapping but not equal input topics',
        )
      }
      absorb(root, main, node)
      return
    }
  }
}

function absorb(root: GraphNode, main: StreamSourceNode, duplicate: StreamSourceNode): void {
  main.merge(duplicate)
  root.removeChild(duplicate)
}

function isSameSet(left: readonly string[] | RegExp, right: readonly string[]): boolean {
  if (left instanceof RegExp) return false
  return new Set(left).size === new Set(right).size && right.every((topic) => left.includes(topic))
}
