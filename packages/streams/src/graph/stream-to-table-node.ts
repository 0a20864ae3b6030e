import type { TopologyBuilder } from '../topology/topology-builder.ts'
import type { StoreFactory } from './store-factory.ts'
import type { TableSupplier } from './table-supplier.ts'
import { GraphNode } from './graph-node.ts'

/** The rows of a stream read as a table; the store is only made when somebody needs the rows. */
export class StreamToTableNode extends GraphNode {
  readonly #table: TableSupplier
  readonly #store: StoreFactory

  constructor(name: string, table: TableSupplier, store: StoreFactory) {
    super(name)
    this.#table = table
    this.#store = store
  }

  write(topology: TopologyBuilder): void {
    topology.addProcessor({ name: this.name, parents: this.parentNames(), create: () => this.#table.create() })
    if (this.#table.storeName !== undefined) topology.addStateStore(this.#store(topology.defaults), [this.name])
  }
}
