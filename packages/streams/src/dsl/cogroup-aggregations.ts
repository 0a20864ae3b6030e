import type { Serde } from '@streamwright/formats'
import type { GraphBuilder } from '../graph/graph-builder.ts'
import type { GraphNode } from '../graph/graph-node.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { Aggregator } from './functions.ts'
import type { GroupPlace } from './inner.ts'
import type { Materialization } from './materialized.ts'
import type { KTable } from './table.ts'
import type { AggregateTableSupplier } from './table-suppliers.ts'
import { CogroupNode, ProcessorGraphNode } from '../graph/processor-nodes.ts'
import { RepartitionNode, repartitionFields } from '../graph/repartition-node.ts'
import { PassThrough } from '../operators/stream-peek.ts'
import { CogroupTableSupplier } from './table-suppliers.ts'

/** An aggregator whose types are those of its group, which the group's types have checked. */
export type AnyAggregator<A> = Aggregator<unknown, unknown, A>

export interface CogroupRequest<A> {
  /** The user's name, from which those of the nodes are made. */
  readonly name: string | undefined
  readonly materialization: Materialization
  readonly store: StoreFactory
  /** For windows: how long after its end one still changes. */
  readonly windowGraceMs?: number
  /** Whether the store keeps all versions of a row. Default: no. */
  readonly isOutputVersioned?: boolean
  /** Of the resulting table. */
  readonly key: Serde<unknown> | undefined
  /** Makes the processors of one group. */
  readonly supplier: (aggregator: AnyAggregator<A>) => AggregateTableSupplier
}

/**
 * The groups that are aggregated together, and how that is added to the graph: a repartition topic for each group that
 * needs one, a processor for each group, all on one store, and a node where they meet. Java:
 * `CogroupedStreamAggregateBuilder`.
 */
export class CogroupAggregations<A> {
  readonly builder: GraphBuilder
  readonly #groups = new Map<GroupPlace, AnyAggregator<A>>()
  readonly #parents = new Map<GroupPlace, GraphNode>()

  constructor(builder: GraphBuilder) {
    this.builder = builder
  }

  addGroup(place: GroupPlace, aggregator: AnyAggregator<A>): void {
    this.#groups.set(place, aggregator)
  }

  /** The serde of the keys, if one of the groups knows it. */
  get key(): Serde<unknown> | undefined {
    for (const { key } of this.#groups.keys()) if (key !== undefined) return key
    return undefined
  }

  add<K>(request: CogroupRequest<A>): KTable<K, A> {
    const { builder } = this
    const { name, materialization, key, supplier } = request
    const { storeName, isQueryable, value } = materialization
    this.#repartition(materialization)
    const store = once(request.store)
    const suppliers: AggregateTableSupplier[] = []
    const nodes: GraphNode[] = []
    for (const [place, aggregator] of this.#groups) {
      const table = supplier(aggregator)
      const nodeName = builder.names.suffixed(name, `-cogroup-agg-${nodes.length}`, 'COGROUPKSTREAM-AGGREGATE-')
      const node = new CogroupNode(nodeName, () => table.create(), store)
      node.windowGraceMs = request.windowGraceMs
      node.isOutputVersioned = request.isOutputVersioned ?? false
      builder.addNode([this.#parents.get(place) ?? place.node], node)
      suppliers.push(table)
      nodes.push(node)
    }
    const mergeName = builder.names.suffixed(name, '-cogroup-merge', 'COGROUPKSTREAM-MERGE-')
    const merge = new ProcessorGraphNode(mergeName, () => new PassThrough<unknown, unknown>())
    builder.addNode(nodes, merge)
    return builder.dsl.table<K, A>({
      builder,
      node: merge,
      name: mergeName,
      key,
      value,
      // As in Java the node itself, which is no source: behind a cogroup nothing is known of topics.
      sources: new Set([mergeName]),
      queryableStoreName: isQueryable ? storeName : undefined,
      supplier: new CogroupTableSupplier(suppliers, storeName),
    })
  }

  // All groups must have the same number of partitions: as in Java, where they were read, not where repartitioned.
  #repartition({ storeName, isQueryable }: Materialization): void {
    const { builder } = this
    const sources = new Set<string>()
    for (const place of this.#groups.keys()) {
      for (const source of place.sources) sources.add(source)
      if (!place.repartitionRequired) continue
      const { key, value, repartitionName } = place
      const baseName = repartitionName ?? storeName
      const fields = repartitionFields(builder.names, { baseName, key, value, isOptimizable: true })
      if (this.#parents.has(place)) continue
      if (repartitionName === undefined && !isQueryable) builder.noteUnnamed('repartition', fields.topic)
      const node = new RepartitionNode(fields)
      builder.addNode([place.node], node)
      this.#parents.set(place, node)
    }
    builder.copartition(sources)
  }
}

/** One and the same definition, whoever of the processors is written first. */
function once(store: StoreFactory): StoreFactory {
  let definition: StoreDefinition | undefined
  return (defaults) => (definition ??= store(defaults))
}
