import type { AnyProcessor } from '../topology/topology-node.ts'
import type { TopologyBuilder } from '../topology/topology-builder.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { StoreFactory } from './store-factory.ts'
import { GraphNode } from './graph-node.ts'

/** One processor, without a store of its own. */
export class ProcessorGraphNode extends GraphNode {
  readonly #create: () => AnyProcessor

  constructor(name: string, create: () => AnyProcessor) {
    super(name)
    this.#create = create
  }

  write(topology: TopologyBuilder): void {
    topology.addProcessor({ name: this.name, parents: this.parentNames(), create: this.#create })
  }
}

export interface StatefulOptions {
  readonly create: () => AnyProcessor
  readonly fixedKey?: boolean
  /** The store of an operator of the DSL. */
  readonly store?: StoreFactory | undefined
  /** Stores that a supplier brings. */
  readonly providedStores?: readonly StoreDefinition[]
  /** Names of stores that were added to the builder. */
  readonly storeNames?: readonly string[]
}

/** One processor with the stores it uses. */
export class StatefulProcessorNode extends GraphNode {
  readonly #options: StatefulOptions

  constructor(name: string, options: StatefulOptions) {
    super(name)
    this.#options = options
  }

  write(topology: TopologyBuilder): void {
    const { create, fixedKey = false, store, providedStores = [], storeNames = [] } = this.#options
    topology.addProcessor({ name: this.name, parents: this.parentNames(), create, fixedKey, stores: providedStores })
    if (storeNames.length > 0) topology.connectProcessorAndStateStores(this.name, storeNames)
    if (store !== undefined) topology.addStateStore(store(topology.defaults), [this.name])
  }
}

/** One of the processors of a cogroup, which all bring the same store: whichever is written first adds it. */
export class CogroupNode extends GraphNode {
  readonly #create: () => AnyProcessor
  readonly #store: StoreFactory

  constructor(name: string, create: () => AnyProcessor, store: StoreFactory) {
    super(name)
    this.#create = create
    this.#store = store
  }

  write(topology: TopologyBuilder): void {
    topology.addProcessor({ name: this.name, parents: this.parentNames(), create: this.#create })
    topology.addStateStore(this.#store(topology.defaults), [this.name])
  }
}

/** `builder.addStateStore()`. */
export class StateStoreNode extends GraphNode {
  readonly #store: StoreDefinition

  constructor(store: StoreDefinition) {
    super(store.name)
    this.#store = store
  }

  write(topology: TopologyBuilder): void {
    topology.addStateStore(this.#store)
  }
}
