import type { Serde } from '@streamwright/formats'
import type { OffsetReset, TimestampExtractor } from '../topology/definition.ts'
import type { TopologyBuilder } from '../topology/topology-builder.ts'
import type { TableSupplier } from './table-supplier.ts'
import type { StoreFactory } from './store-factory.ts'
import { TopologyError } from '../errors.ts'
import { GraphNode } from './graph-node.ts'

/** How a source reads its topics. Java: `Consumed`. */
export interface ConsumedFields {
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
  readonly timestampExtractor: TimestampExtractor | undefined
  readonly offsetReset: OffsetReset | undefined
}

/** `stream()`. */
export class StreamSourceNode extends GraphNode {
  readonly topics: readonly string[] | RegExp
  readonly consumed: ConsumedFields

  constructor(name: string, topics: readonly string[] | RegExp, consumed: ConsumedFields) {
    super(name)
    this.topics = topics
    this.consumed = consumed
  }

  /** Takes over the children of a source that reads the very same topics. */
  merge(other: StreamSourceNode): void {
    if (resetText(this.consumed.offsetReset) !== resetText(other.consumed.offsetReset)) {
      throw new TopologyError(
        "Invalid topology: Can't configure different offset reset policies on the same input topic(s)",
      )
    }
    for (const child of other.children) {
      other.removeChild(child)
      this.addChild(child)
    }
  }

  write(topology: TopologyBuilder): void {
    topology.addSource({ name: this.name, topics: this.topics, ...this.consumed })
  }
}

function resetText(reset: OffsetReset | undefined): string {
  return reset === undefined || typeof reset === 'string' ? String(reset) : `after ${reset.byDurationMs} ms`
}

/** `table()`: a source and the processor that keeps its rows. */
export class TableSourceNode extends GraphNode {
  readonly sourceName: string
  readonly topic: string
  readonly consumed: ConsumedFields
  readonly table: TableSupplier
  readonly store: StoreFactory
  /** The topic itself serves as changelog (`reuse.ktable.source.topics`). */
  reusesSourceTopic = false

  constructor(options: {
    readonly name: string
    readonly sourceName: string
    readonly topic: string
    readonly consumed: ConsumedFields
    readonly table: TableSupplier
    readonly store: StoreFactory
  }) {
    super(options.name)
    this.sourceName = options.sourceName
    this.topic = options.topic
    this.consumed = options.consumed
    this.table = options.table
    this.store = options.store
  }

  write(topology: TopologyBuilder): void {
    topology.addSource({ name: this.sourceName, topics: [this.topic], ...this.consumed })
    topology.addProcessor({ name: this.name, parents: [this.sourceName], create: () => this.table.create() })
    if (this.table.storeName === undefined) return
    const definition = this.store(topology.defaults)
    const store = this.reusesSourceTopic ? { ...definition, logging: false as const } : definition
    topology.addStateStore(store, [this.name])
    if (this.reusesSourceTopic) topology.connectSourceStoreAndTopic(store.name, this.topic)
  }
}

/** `globalTable()` and `addGlobalStore()`. */
export class GlobalStoreNode extends GraphNode {
  readonly #add: (topology: TopologyBuilder) => void

  constructor(name: string, add: (topology: TopologyBuilder) => void) {
    super(name)
    this.#add = add
  }

  write(topology: TopologyBuilder): void {
    this.#add(topology)
  }
}
