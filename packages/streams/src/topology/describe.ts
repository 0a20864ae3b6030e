import type { TopologyBuilder } from './topology-builder.ts'
import type { TopologyNode } from './topology-node.ts'
import { present } from '@streamwright/std'
import { hashMapOrder, hashSetOrder } from './java-hash.ts'
import { JavaTreeSet } from './java-tree-set.ts'
import { parentsOf } from './topology-node.ts'

/** One line with arrows of a description. */
export interface DescribedNode {
  readonly kind: TopologyNode['kind']
  readonly name: string
  /** Topics of a source or sink (a pattern or an extractor by its text), stores of a processor. */
  readonly details: readonly string[]
  /** True for a source by pattern, and for a sink that chooses the topic per record. */
  readonly isDynamic: boolean
  readonly predecessors: readonly string[]
  readonly successors: readonly string[]
}

export interface DescribedSubtopology {
  readonly id: number
  /** Filled by global consumers in every instance; makes no tasks. */
  readonly isGlobal: boolean
  readonly nodes: readonly DescribedNode[]
}

/** What a topology consists of; its text form is the same as Java's, byte for byte. */
export class TopologyDescription {
  readonly subtopologies: readonly DescribedSubtopology[]

  constructor(subtopologies: readonly DescribedSubtopology[]) {
    this.subtopologies = subtopologies
  }

  toString(): string {
    const texts = this.subtopologies.map((subtopology) => `  ${subtopologyText(subtopology)}`)
    return `Topologies:\n ${texts.join('')}`
  }
}

interface Sized {
  readonly node: TopologyNode
  size: number
  readonly parents: Sized[]
  readonly parentTree: JavaTreeSet<Sized>
  readonly childTree: JavaTreeSet<Sized>
}

export function describeTopology(builder: TopologyBuilder): TopologyDescription {
  const groups = builder.grouper.groups(builder.nodes.keys())
  return new TopologyDescription(groups.map((names, id) => describeGroup(builder, names, id)))
}

function describeGroup(builder: TopologyBuilder, names: readonly string[], id: number): DescribedSubtopology {
  const isGlobal = names.some((name) => builder.globalStores.has(name))
  const sized = new Map(names.map((name) => [name, sizedNode(present(builder.nodes.get(name), 'grouped nodes exist'))]))
  const ordered = hashMapOrder(names).map((name) => present(sized.get(name), 'all names of the group are there'))
  for (const entry of ordered) {
    for (const parentName of parentsOf(entry.node)) {
      const parent = present(sized.get(parentName), 'parents are in the same sub-topology')
      entry.parents.push(parent)
      entry.parentTree.add(parent)
      parent.childTree.add(entry)
      grow(parent, entry.size)
    }
  }
  return { id, isGlobal, nodes: ordered.toSorted(compareSized).map(describeNode) }
}

// Java adds a node's current size to its parents and all they have been given so far: a node counts once per path.
function grow(sized: Sized, by: number): void {
  sized.size += by
  for (const parent of sized.parents) grow(parent, by)
}

function sizedNode(node: TopologyNode): Sized {
  return {
    node,
    size: 1,
    parents: [],
    parentTree: new JavaTreeSet(compareSized),
    childTree: new JavaTreeSet(compareSized),
  }
}

function compareSized(left: Sized, right: Sized): number {
  if (left.size !== right.size) return right.size - left.size
  return left.node.name < right.node.name ? -1 : left.node.name > right.node.name ? 1 : 0
}

function describeNode(sized: Sized): DescribedNode {
  const { node } = sized
  return {
    kind: node.kind,
    name: node.name,
    details: detailsOf(node),
    isDynamic: isDynamic(node),
    predecessors: [...sized.parentTree].map((parent) => parent.node.name),
    successors: [...sized.childTree].map((child) => child.node.name),
  }
}

function detailsOf(node: TopologyNode): readonly string[] {
  switch (node.kind) {
    case 'source':
      return node.topics instanceof RegExp ? [node.topics.source] : hashSetOrder(node.topics)
    case 'processor':
      return hashSetOrder(hashMapOrder(node.stores))
    case 'sink':
      return [typeof node.topic === 'string' ? node.topic : node.topic.name]
  }
}

function isDynamic(node: TopologyNode): boolean {
  if (node.kind === 'source') return node.topics instanceof RegExp
  return node.kind === 'sink' && typeof node.topic !== 'string'
}

function subtopologyText(subtopology: DescribedSubtopology): string {
  const { id, isGlobal, nodes } = subtopology
  if (isGlobal) {
    const lines = nodes.map((node) => `    ${nodeText(node)}\n`).join('')
    return `Sub-topology: ${id} for global store (will not generate tasks)\n${lines}`
  }
  return `Sub-topology: ${id}\n${nodes.map((node) => `    ${nodeText(node)}\n`).join('')}\n`
}

function nodeText(node: DescribedNode): string {
  const details = node.details.join(', ')
  const children = `\n      --> ${node.successors.join(', ') || 'none'}`
  const parents = `\n      <-- ${node.predecessors.join(', ') || 'none'}`
  switch (node.kind) {
    case 'source':
      return `Source: ${node.name} (topics: ${node.isDynamic ? details : `[${details}]`})${children}`
    case 'processor':
      return `Processor: ${node.name} (stores: [${details}])${children}${parents}`
    case 'sink':
      return `Sink: ${node.name} (${node.isDynamic ? 'extractor class' : 'topic'}: ${details})${parents}`
  }
}
