import { TopologyError } from '../errors.ts'
import type { GraphNode } from './graph-node.ts'

/** After how much time beyond its end a window of this table has closed: the greatest grace of the windows above. */
export function findWindowGraceMs(node: GraphNode, chain = ''): number {
  if (node.windowGraceMs !== undefined) return node.windowGraceMs
  const path = chain === '' ? node.name : `${node.name}->${chain}`
  if (node.parents.size === 0) {
    throw new TopologyError(
      `Invalid topology: Window close time is only defined for windowed computations. Got [${path}].`,
    )
  }
  return Math.max(...[...node.parents].map((parent) => findWindowGraceMs(parent, path)))
}
