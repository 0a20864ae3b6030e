import type { AnyProcessor } from '../topology/topology-node.ts'
import type { TopologyBuilder } from '../topology/topology-builder.ts'
import type { StoreFactory } from './store-factory.ts'
import { GraphNode } from './graph-node.ts'

/** One side of a join of two tables. */
export interface TableJoinSideNode {
  readonly name: string
  /** The node whose changes it gets. */
  readonly parent: GraphNode
  /** Stores of the other side, which it reads. */
  readonly storeNames: readonly string[]
  readonly create: () => AnyProcessor
}

export interface TableJoinFields {
  readonly left: TableJoinSideNode
  readonly right: TableJoinSideNode
  readonly createMerge: () => AnyProcessor
  /** Of the result, when its rows are kept. */
  readonly store: StoreFactory | undefined
}

/** Join of two tables: a processor for each side, and one where their results come together. */
export class TableJoinNode extends GraphNode {
  readonly #fields: TableJoinFields

  constructor(name: string, fields: TableJoinFields) {
    super(name)
    this.#fields = fields
  }

  write(topology: TopologyBuilder): void {
    const { left, right, createMerge, store } = this.#fields
    const { name } = this
    for (const side of [left, right]) {
      topology.addProcessor({ name: side.name, parents: [side.parent.name], create: side.create })
    }
    topology.addProcessor({ name, parents: [left.name, right.name], create: createMerge })
    for (const side of [left, right]) {
      if (side.storeNames.length > 0) topology.connectProcessorAndStateStores(side.name, side.storeNames)
    }
    if (store !== undefined) topology.addStateStore(store(topology.defaults), [name])
  }
}
