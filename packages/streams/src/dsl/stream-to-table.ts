import type { StreamPlace } from './inner.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { KTable } from './table.ts'
import type { GraphNode } from '../graph/graph-node.ts'
import { RepartitionNode, repartitionFields } from '../graph/repartition-node.ts'
import { StreamToTableNode } from '../graph/stream-to-table-node.ts'
import { TableSource } from '../operators/table-source.ts'
import { isVersioned, keyValueStore, materialize } from './materialized.ts'
import { SourceTableSupplier } from './table-suppliers.ts'

/** `toTable()`: a repartition topic where keys have changed, then the rows. */
export function streamToTable<K, V>(
  place: StreamPlace,
  options: NamedOptions & MaterializedOptions<K, V>,
): KTable<K, NonNullable<V>> {
  const { builder } = place
  const name = builder.names.named(options.name, 'KSTREAM-TOTABLE-')
  const materialization = materialize(builder, options, 'KSTREAM-TOTABLE-', place)
  const { storeName, isQueryable, key, value } = materialization
  let parent: GraphNode = place.node
  let sources = place.sources
  if (place.repartitionRequired) {
    const fields = repartitionFields(builder.names, { baseName: name, key, value, isOptimizable: true })
    if (options.name === undefined) builder.noteUnnamed('repartition', fields.topic)
    parent = new RepartitionNode(fields)
    builder.addNode([place.node], parent)
    sources = new Set([fields.sourceName])
  }
  const supplier = new SourceTableSupplier(
    (sendOldValues, store) => new TableSource({ storeName: store, sendOldValues }),
    storeName,
    isQueryable,
  )
  const node = new StreamToTableNode(name, supplier, keyValueStore(builder, materialization, `Table ${name}`))
  node.isOutputVersioned = isVersioned(materialization)
  builder.addNode([parent], node)
  const queryableStoreName = isQueryable ? storeName : undefined
  return builder.dsl.table({ builder, node, name, key, value, sources, queryableStoreName, supplier })
}
