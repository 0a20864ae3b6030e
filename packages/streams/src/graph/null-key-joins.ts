import type { GraphNode } from './graph-node.ts'
import { RepartitionNode } from './repartition-node.ts'

/**
 * Repartition topics anywhere above a join that has results for records without a key pass those on; all others leave
 * them out. Java: `NodesWithRelaxedNullKeyJoinDownstream`.
 */
export function passNullKeysToJoins(nodes: Iterable<GraphNode>): void {
  const seen = new Set<GraphNode>()
  for (const node of nodes) if (node.joinsNullKeys) markAbove(node, seen)
}

function markAbove(node: GraphNode, seen: Set<GraphNode>): void {
  for (const parent of node.parents) {
    if (seen.has(parent)) continue
    seen.add(parent)
    if (parent instanceof RepartitionNode) parent.passesNullKeys = true
    markAbove(parent, seen)
  }
}
