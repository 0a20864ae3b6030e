import type { AnyProcessor } from '../topology/topology-node.ts'
import type { TopologyBuilder } from '../topology/topology-builder.ts'
import type { StoreFactory } from './store-factory.ts'
import { GraphNode } from './graph-node.ts'
import { ProcessorGraphNode } from './processor-nodes.ts'

/** One side of a join of two streams. */
export interface StreamJoinSideNode {
  readonly name: string
  readonly window: ProcessorGraphNode
  readonly store: StoreFactory
  readonly create: () => AnyProcessor
}

export interface StreamJoinFields {
  readonly left: StreamJoinSideNode
  readonly right: StreamJoinSideNode
  /** Of records that wait for a match. */
  readonly unjoinedStore: StoreFactory | undefined
  readonly createMerge: () => AnyProcessor
  /** For a stream that is joined with itself. */
  readonly createSelfJoin: () => AnyProcessor
}

/** Join of two streams: two windows (nodes of their own), a processor for each side, and one where results meet. */
export class StreamJoinNode extends GraphNode {
  readonly #fields: StreamJoinFields
  #isSelfJoin = false

  constructor(name: string, fields: StreamJoinFields) {
    super(name)
    this.#fields = fields
  }

  /** Keeps the records once, if both sides are the same stream (`single.store.self.join`). */
  useSingleStore(): void {
    const { left, right } = this.#fields
    if (this.parents.size !== 1) return
    this.#isSelfJoin = true
    for (const parent of this.parents) {
      if (parent.children.has(left.window)) parent.removeChild(right.window)
    }
  }

  write(topology: TopologyBuilder): void {
    const { left, right, unjoinedStore, createMerge, createSelfJoin } = this.#fields
    const { name } = this
    const { defaults } = topology
    if (this.#isSelfJoin) {
      topology.addProcessor({ name, parents: [left.window.name], create: createSelfJoin })
      topology.addStateStore(left.store(defaults), [left.window.name, name])
      return
    }
    for (const side of [left, right]) {
      topology.addProcessor({ name: side.name, parents: [side.window.name], create: side.create })
    }
    topology.addProcessor({ name, parents: [left.name, right.name], create: createMerge })
    topology.addStateStore(left.store(defaults), [left.window.name, right.name])
    topology.addStateStore(right.store(defaults), [right.window.name, left.name])
    if (unjoinedStore !== undefined) topology.addStateStore(unjoinedStore(defaults), [left.name, right.name])
  }
}
