import type { DefaultSerdes } from '../topology/topology-builder.ts'
import type { DslFactory } from '../dsl/dsl-factory.ts'
import type { StoreEngine } from '../state/store-definition.ts'
import type { Optimization } from './optimizations.ts'
import { TopologyError } from '../errors.ts'
import type { ProcessorWrapper } from '../topology/processor-wrapper.ts'
import { Topology } from '../topology/topology.ts'
import { TopologyBuilder } from '../topology/topology-builder.ts'
import { GraphNode, RootNode } from './graph-node.ts'
import { mergeDuplicateSources } from './merge-duplicate-sources.ts'
import { passNullKeysToJoins } from './null-key-joins.ts'
import { RepartitionMerger } from './merge-repartition-topics.ts'
import { NameGenerator } from './name-generator.ts'
import { StreamJoinNode } from './stream-join-node.ts'
import type { UnnamedKind } from './unnamed-resources.ts'
import { UnnamedResources } from './unnamed-resources.ts'
import { TableSourceNode } from './source-nodes.ts'
import { enableVersionedSemantics } from './versioned-semantics.ts'

export interface GraphOptions {
  readonly defaults: DefaultSerdes
  readonly dsl: DslFactory
  readonly processorWrapper: ProcessorWrapper | undefined
  /** Engine of stores that do not say it themselves. */
  readonly storeEngine: StoreEngine
  /** `dsl.store.format`: whether the persistent stores that operators make keep headers (KIP-1285). */
  readonly storeFormat: 'DEFAULT' | 'HEADERS'
  /** `ensure.explicit.internal.resource.naming`: names that the builder made up are refused for topics and stores. */
  readonly requiresExplicitNames: boolean
  /** KAFKA-19668: `process` and `processValues` count as changing keys and values when topics are merged. */
  readonly processChangesRecords: boolean
}

/**
 * The graph of DSL calls while it grows, and the passes that turn it into a topology: merge sources that read the same
 * topics, optimise, then write the nodes in the order in which they were made. Java: `InternalStreamsBuilder`.
 */
export class GraphBuilder {
  readonly names: NameGenerator = new NameGenerator()
  readonly root: RootNode = new RootNode()
  readonly options: GraphOptions
  /** The topic through which a stream went to its last join, by the stream's place. */
  readonly repartitionsForJoins: WeakMap<object, GraphNode> = new WeakMap()
  readonly #repartitionMerger = new RepartitionMerger()
  readonly #tableSources: TableSourceNode[] = []
  readonly #nodes = new Set<GraphNode>()
  readonly #unnamed = new UnnamedResources()
  #copartitionGroups: ReadonlySet<string>[] = []
  #buildPriorityNext = 0

  constructor(options: GraphOptions) {
    this.options = options
  }

  get dsl(): DslFactory {
    return this.options.dsl
  }

  addNode(parents: readonly GraphNode[], node: GraphNode): void {
    for (const parent of parents) parent.addChild(node)
    // A node that is used a second time moves to the end, as in Java.
    node.buildPriority = this.#buildPriorityNext++
    this.#nodes.add(node)
    this.#repartitionMerger.nodeAdded(node)
    if (node instanceof TableSourceNode) this.#tableSources.push(node)
  }

  /** These sources, by node name, must have the same number of partitions. */
  copartition(sourceNames: ReadonlySet<string>): void {
    this.#copartitionGroups.push(sourceNames)
  }

  noteUnnamed(kind: UnnamedKind, name: string): void {
    this.#unnamed.add(kind, name)
  }

  build(optimizations: ReadonlySet<Optimization>): Topology {
    if (this.root.isWritten) {
      throw new TopologyError(
        'A StreamsBuilder builds once: keep the topology that build() returned, or make another builder',
      )
    }
    mergeDuplicateSources(this.root)
    if (optimizations.has('reuse.ktable.source.topics')) {
      for (const table of this.#tableSources) table.reusesSourceTopic = true
    }
    if (optimizations.has('merge.repartition.topics')) {
      this.#repartitionMerger.run(this.names, (from, to) => this.#renameSource(from.name, to.name))
    }
    if (optimizations.has('single.store.self.join')) {
      for (const node of this.#nodes) if (node instanceof StreamJoinNode) node.useSingleStore()
    }
    passNullKeysToJoins(this.#nodes)
    enableVersionedSemantics(this.#nodes)
    const topology = new TopologyBuilder(this.options.defaults, this.options.processorWrapper)
    this.#write(topology)
    topology.copartitionGroups = this.#copartitionGroups
    if (this.options.requiresExplicitNames) this.#unnamed.refuse()
    return new Topology(topology)
  }

  #renameSource(from: string, to: string): void {
    this.#copartitionGroups = this.#copartitionGroups.map((group) => {
      if (!group.has(from)) return group
      return new Set([...group].map((name) => (name === from ? to : name)))
    })
  }

  // By build priority; a node waits until all its parents are written.
  #write(topology: TopologyBuilder): void {
    const queue: GraphNode[] = [this.root]
    for (;;) {
      const node = takeFirst(queue)
      if (node === undefined) return
      if (node.allParentsAreWritten && !node.isWritten) {
        node.write(topology)
        node.isWritten = true
      }
      for (const child of node.children) if (!child.isWritten && !queue.includes(child)) queue.push(child)
    }
  }
}

function takeFirst(queue: GraphNode[]): GraphNode | undefined {
  let best = 0
  for (let index = 1; index < queue.length; index++) {
    if ((queue[index]?.buildPriority ?? 0) < (queue[best]?.buildPriority ?? 0)) best = index
  }
  return queue.splice(best, 1)[0]
}
