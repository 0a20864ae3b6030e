import type { NameGenerator } from './name-generator.ts'
import { StreamsError } from '../errors.ts'
import { GraphNode } from './graph-node.ts'
import { RepartitionNode, repartitionFields } from './repartition-node.ts'

/**
 * `merge.repartition.topics`: where several repartition topics hang below one change of key, one right behind it takes
 * their place. Which belong to which is noted while the graph grows, because later operators may rename parents.
 */
export class RepartitionMerger {
  /** Node that changes keys → what is repartitioned because of it, in the order of the calls. */
  readonly #byKeyChange = new Map<GraphNode, Set<RepartitionNode>>()
  readonly #mergeNodes = new Set<GraphNode>()

  nodeAdded(node: GraphNode): void {
    if (node.isKeyChanging) {
      if (!this.#byKeyChange.has(node)) this.#byKeyChange.set(node, new Set())
    } else if (node instanceof RepartitionNode && node.fields.isOptimizable) {
      const keyChange = keyChangeAbove(node)
      if (keyChange !== undefined) this.#byKeyChange.get(keyChange)?.add(node)
    } else if (node.isMerge) {
      this.#mergeNodes.add(node)
    }
  }

  /** Rearranges the graph. `replaced` hears of every node that has gone, and of the one in its place. */
  run(names: NameGenerator, replaced: (from: RepartitionNode, to: RepartitionNode) => void): void {
    this.#moveBelowMerges()
    for (const [keyChange, repartitions] of this.#byKeyChange) {
      if (repartitions.size > 0) this.#mergeBelow(names, keyChange, [...repartitions], replaced)
    }
    this.#byKeyChange.clear()
  }

  // Several changes of key that flow together in one merge are repartitioned below the merge.
  #moveBelowMerges(): void {
    const moved = new Set<GraphNode>()
    const merged = new Map<GraphNode, Set<RepartitionNode>>()
    for (const mergeNode of this.#mergeNodes) {
      const repartitions = new Set<RepartitionNode>()
      for (const [keyChange, below] of this.#byKeyChange) {
        const allBelowMerge = [...below].every((node) => findAbove(node, hasParent(mergeNode)) !== undefined)
        if (!allBelowMerge || findAbove(mergeNode, hasParent(keyChange)) === undefined) continue
        for (const node of below) repartitions.add(node)
        moved.add(keyChange)
      }
      merged.set(mergeNode, repartitions)
    }
    for (const [mergeNode, repartitions] of merged) this.#byKeyChange.set(mergeNode, repartitions)
    for (const keyChange of moved) this.#byKeyChange.delete(keyChange)
  }

  #mergeBelow(
    names: NameGenerator,
    keyChange: GraphNode,
    repartitions: readonly RepartitionNode[],
    replaced: (from: RepartitionNode, to: RepartitionNode) => void,
  ): void {
    const [first] = repartitions
    if (first === undefined) return
    const single = new RepartitionNode(
      repartitionFields(names, {
        baseName: first.fields.topic,
        key: repartitions.find((node) => node.fields.key !== undefined)?.fields.key,
        value: repartitions.find((node) => node.fields.value !== undefined)?.fields.value,
        isOptimizable: true,
      }),
    )
    single.buildPriority = keyChange.buildPriority
    for (const node of repartitions) {
      const below = findAbove(node, hasParent(keyChange))
      if (below === undefined) {
        throw new StreamsError(
          `The repartition topics ${repartitions.map((each) => each.fields.topic).join(', ')} below ${keyChange.name} cannot be merged: ${node.name} is reached only through another operator that changes records. Switch off merge.repartition.topics for this topology, or repartition() explicitly`,
        )
      }
      single.addChild(below)
      keyChange.removeChild(below)
      bypass(node)
      replaced(node, single)
    }
    keyChange.addChild(single)
  }
}

function bypass(node: RepartitionNode): void {
  const parents = [...node.parents]
  for (const child of node.children) for (const parent of parents) parent.addChild(child)
  for (const parent of parents) parent.removeChild(node)
  node.clearChildren()
}

function hasParent(parent: GraphNode): (node: GraphNode) => boolean {
  return (node) => node.parents.has(parent)
}

// A change of value in between would be lost for the other branches if the topic moved above it.
function keyChangeAbove(node: GraphNode): GraphNode | undefined {
  const changed = findAbove(node, (above) => above.isKeyChanging || above.isValueChanging)
  const keyChange = findAbove(node, (above) => above.isKeyChanging)
  return changed === keyChange ? keyChange : undefined
}

// The last of several parents decides when none of them matches itself: Java's walk, kept as it is.
function findAbove(start: GraphNode, matches: (node: GraphNode) => boolean): GraphNode | undefined {
  if (matches(start)) return start
  let found: GraphNode | undefined
  for (const parent of start.parents) {
    if (matches(parent)) return parent
    found = findAbove(parent, matches)
  }
  return found
}
