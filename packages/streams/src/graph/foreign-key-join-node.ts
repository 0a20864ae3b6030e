import type { Serde } from '@streamwright/formats'
import type { StreamPartitioner } from '../topology/definition.ts'
import type { AnyProcessor } from '../topology/topology-node.ts'
import type { DefaultSerdes, TopologyBuilder } from '../topology/topology-builder.ts'
import type { StoreFactory } from './store-factory.ts'
import { GraphNode } from './graph-node.ts'

type AnySerde = Serde<unknown>

/** An internal topic between the two tables, with its sink and source. */
export interface ForeignKeyTopic {
  readonly topic: string
  readonly sinkName: string
  readonly sourceName: string
  readonly value: AnySerde
  readonly partitioner: StreamPartitioner | undefined
}

/** What the processors of the join are made of, once the serdes are known. */
export interface ForeignKeyProcessors {
  readonly send: () => AnyProcessor
  readonly receive: () => AnyProcessor
  readonly join: () => AnyProcessor
  readonly change: () => AnyProcessor
  readonly resolve: () => AnyProcessor
  readonly output: () => AnyProcessor
  /** Keys of the two topics. */
  readonly foreignKey: AnySerde
  readonly primaryKey: AnySerde
}

export interface ForeignKeyJoinFields {
  readonly left: GraphNode
  readonly right: GraphNode
  readonly names: {
    readonly send: string
    readonly receive: string
    readonly join: string
    readonly change: string
    readonly resolve: string
  }
  readonly subscriptions: ForeignKeyTopic
  readonly responses: ForeignKeyTopic
  readonly subscriptionStore: StoreFactory
  readonly leftStoreNames: readonly string[]
  readonly rightStoreNames: readonly string[]
  readonly processors: (defaults: DefaultSerdes) => ForeignKeyProcessors
  /** Of the result. */
  readonly store: StoreFactory
  /** Whether its rows are kept: known only when all of the graph is. */
  readonly isKept: () => boolean
}

/**
 * Join of two tables by a key inside the left one's values: rows of the left table subscribe to rows of the right one
 * through one topic, and are answered through another. The node's own name is that of the result.
 */
export class ForeignKeyJoinNode extends GraphNode {
  readonly #fields: ForeignKeyJoinFields

  constructor(name: string, fields: ForeignKeyJoinFields) {
    super(name)
    this.#fields = fields
  }

  write(topology: TopologyBuilder): void {
    const { left, right, names, subscriptions, responses, subscriptionStore, store } = this.#fields
    const processors = this.#fields.processors(topology.defaults)
    const { foreignKey, primaryKey } = processors
    topology.addProcessor({ name: names.send, parents: [left.name], create: processors.send })
    addTopic(topology, subscriptions, [names.send], foreignKey)
    topology.addProcessor({ name: names.receive, parents: [subscriptions.sourceName], create: processors.receive })
    topology.addStateStore(subscriptionStore(topology.defaults), [names.receive])
    topology.addProcessor({ name: names.join, parents: [names.receive], create: processors.join })
    topology.connectProcessorAndStateStores(names.join, this.#fields.rightStoreNames)
    topology.addProcessor({ name: names.change, parents: [right.name], create: processors.change })
    topology.addStateStore(subscriptionStore(topology.defaults), [names.change], true)
    addTopic(topology, responses, [names.join, names.change], primaryKey)
    topology.addProcessor({ name: names.resolve, parents: [responses.sourceName], create: processors.resolve })
    topology.connectProcessorAndStateStores(names.resolve, this.#fields.leftStoreNames)
    topology.addProcessor({ name: this.name, parents: [names.resolve], create: processors.output })
    if (this.#fields.isKept()) topology.addStateStore(store(topology.defaults), [this.name])
  }
}

function addTopic(topology: TopologyBuilder, fields: ForeignKeyTopic, parents: readonly string[], key: AnySerde): void {
  const { topic, sinkName, sourceName, value, partitioner } = fields
  topology.addInternalTopic(topic, undefined)
  topology.addSink({ name: sinkName, parents, topic, key, value, partitioner })
  topology.addSource({ name: sourceName, topics: [topic], key, value })
}
