import type { Serde } from '@streamwright/formats'
import type { GraphBuilder } from '../graph/graph-builder.ts'
import type { GraphNode } from '../graph/graph-node.ts'
import type { TableSupplier } from '../graph/table-supplier.ts'

/** What a stream of the DSL is to the builder: a place in the graph, and what is known of the records there. */
export interface StreamPlace {
  readonly builder: GraphBuilder
  readonly node: GraphNode
  /** Of the node that makes the records, by which repartition topics are named. */
  readonly name: string
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
  /** Sources of the sub-topology, for co-partitioning. */
  readonly sources: ReadonlySet<string>
  /** Keys may have changed since the last topic. */
  readonly repartitionRequired: boolean
}

/** The same for a table. */
export interface TablePlace {
  readonly builder: GraphBuilder
  readonly node: GraphNode
  readonly name: string
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
  readonly sources: ReadonlySet<string>
  readonly queryableStoreName: string | undefined
  readonly supplier: TableSupplier
}

/** The same for a grouped stream. */
export interface GroupPlace extends StreamPlace {
  /** The user's name for the repartition topic: several aggregations then share it. */
  readonly repartitionName: string | undefined
}
