import type { TopologyBuilder } from '../topology/topology-builder.ts'

/**
 * What one call of the DSL stands for, before it becomes nodes of a topology: passes rearrange these first.
 * Java: `GraphNode`.
 */
export abstract class GraphNode {
  readonly name: string
  readonly parents: Set<GraphNode> = new Set()
  readonly children: Set<GraphNode> = new Set()
  /** Position in which the node was added (again, for one that is used twice): lower ones are written first. */
  buildPriority = 0
  isWritten = false
  /** What comes out may have other keys than what went in: grouping behind it needs a repartition topic. */
  isKeyChanging = false
  /** What comes out may have other values: repartition topics are not moved above it. */
  isValueChanging = false
  /** Unites several streams: a repartition topic may be moved to right behind it. */
  isMerge = false

  /**
   * Whether the rows that come out are kept with all their versions; undefined: as the parents' are. Java:
   * `GraphNode.isOutputVersioned`.
   */
  isOutputVersioned: boolean | undefined = undefined
  /** Called for each parent whose rows are versioned, before the graph is written: late updates must be told apart. */
  onVersionedParent: ((parentName: string) => void) | undefined = undefined
  /** A join that has results for records without a key. */
  joinsNullKeys = false
  /** Of a windowed aggregation: how long after its end a window still changes. */
  windowGraceMs: number | undefined = undefined
  /** Refuses rows that are versioned, its own or inherited ones: `suppress`. */
  refusesVersionedInput = false

  constructor(name: string) {
    this.name = name
  }

  addChild(child: GraphNode): void {
    this.children.add(child)
    child.parents.add(this)
  }

  removeChild(child: GraphNode): void {
    this.children.delete(child)
    child.parents.delete(this)
  }

  clearChildren(): void {
    for (const child of this.children) child.parents.delete(this)
    this.children.clear()
  }

  parentNames(): string[] {
    return [...this.parents].map((parent) => parent.name)
  }

  get allParentsAreWritten(): boolean {
    for (const parent of this.parents) if (!parent.isWritten) return false
    return true
  }

  /** Adds the nodes it stands for to the topology. All its parents have been written. */
  abstract write(topology: TopologyBuilder): void
}

/** Where all sources hang. Writes nothing. */
export class RootNode extends GraphNode {
  constructor() {
    super('root')
  }

  write(): void {}
}
