import type { Serde } from '@streamwright/formats'
import type { GraphNode } from '../graph/graph-node.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import type { TableSupplier } from '../graph/table-supplier.ts'
import type { GroupPlace } from './inner.ts'
import type { KTable } from './table.ts'
import { StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { RepartitionNode, repartitionFields } from '../graph/repartition-node.ts'

export interface AggregateRequest {
  readonly nodeName: string
  readonly storeName: string
  readonly store: StoreFactory
  readonly supplier: TableSupplier
  readonly queryableStoreName: string | undefined
  /** Whether the store keeps all versions of a row. Default: no. */
  readonly isOutputVersioned?: boolean
  /** For windows: how long after its end one still changes. */
  readonly windowGraceMs?: number
  /** Serdes of the resulting table. */
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
}

/**
 * Adds aggregations of one grouped stream to the graph, behind a repartition topic where keys have changed. A topic
 * that the user named is made once and shared; the numbers of its nodes are used up each time. Java:
 * `GroupedStreamAggregateBuilder`.
 */
export class StreamAggregations {
  readonly place: GroupPlace
  #repartitionNode: RepartitionNode | undefined

  constructor(place: GroupPlace) {
    this.place = place
  }

  add<K, A>(request: AggregateRequest): KTable<K, A> {
    const { builder } = this.place
    const { nodeName, store, supplier, key, value, queryableStoreName } = request
    const { parent, sources } = this.parentFor(request.storeName, queryableStoreName !== undefined)
    const node = new StatefulProcessorNode(nodeName, { create: () => supplier.create(), store })
    node.windowGraceMs = request.windowGraceMs
    node.isOutputVersioned = request.isOutputVersioned ?? false
    builder.addNode([parent], node)
    return builder.dsl.table<K, A>({ builder, node, name: nodeName, key, value, sources, queryableStoreName, supplier })
  }

  /** Where an aggregation hangs: on the stream itself, or behind its repartition topic. */
  parentFor(
    storeName: string,
    isQueryable: boolean,
  ): { readonly parent: GraphNode; readonly sources: ReadonlySet<string> } {
    const { builder, node, key, value, sources, repartitionRequired, repartitionName } = this.place
    if (!repartitionRequired) return { parent: node, sources }
    const fields = repartitionFields(builder.names, {
      baseName: repartitionName ?? storeName,
      key,
      value,
      isOptimizable: true,
    })
    if (repartitionName === undefined && !isQueryable) builder.noteUnnamed('repartition', fields.topic)
    if (this.#repartitionNode === undefined || repartitionName === undefined) {
      this.#repartitionNode = new RepartitionNode(fields)
    }
    builder.addNode([node], this.#repartitionNode)
    return { parent: this.#repartitionNode, sources: new Set([fields.sourceName]) }
  }
}
