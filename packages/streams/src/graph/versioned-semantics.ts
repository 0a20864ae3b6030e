import { TopologyError } from '../errors.ts'
import type { GraphNode } from './graph-node.ts'

/** Tells the nodes that treat late updates of versioned tables in their own way which of their parents are versioned. */
export function enableVersionedSemantics(nodes: Iterable<GraphNode>): void {
  for (const node of nodes) {
    if (node.onVersionedParent !== undefined) {
      for (const parent of node.parents) if (hasVersionedOutput(parent)) node.onVersionedParent(parent.name)
    }
    if (node.refusesVersionedInput && hasVersionedInput(node)) {
      throw new TopologyError(
        'Invalid topology: suppress() is only supported for non-versioned KTables (note that version semantics might be inherited from upstream)',
      )
    }
  }
}

function hasVersionedOutput(node: GraphNode): boolean {
  return node.isOutputVersioned ?? hasVersionedInput(node)
}

// Versioned is what has parents that are all versioned.
function hasVersionedInput(node: GraphNode): boolean {
  return node.parents.size > 0 && [...node.parents].every(hasVersionedOutput)
}
