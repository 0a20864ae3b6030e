import type { GraphNode } from './graph-node.ts'
import { RepartitionNode } from './repartition-node.ts'

/**
 * Repartition topics above a join that has results for records without a key pass those on; all others leave them out.
 * Java: `NodesWithRelaxedNullKeyJoinDownstream`.
 */
export function passNullKeysToJoins(nodes: Iterable<GraphNode>): void {
  for (const node of nodes) if (node.joinsNullKeys) markAbove(node)
}

function markAbove(node: GraphNode): void {
  for (const parent of node.parents) {
    if (parent instanceof RepartitionNode) parent.passesNullKeys = true
    else markAbove(parent)
  }
}
