import { StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { TableTransformValues, transformedView } from '../operators/table-transform-values.ts'
import type { ValueTransformerSupplier } from '../processor/value-transformer.ts'
import type { TablePlace } from './inner.ts'
import { givenStoreName, isMaterialized, isVersioned, keyValueStore, materialize } from './materialized.ts'
import type { MaterializedOptions } from './options.ts'
import type { ProcessOptions } from './stream.ts'
import { DerivedTableSupplier } from './table-suppliers.ts'
import type { KTable } from './table.ts'

const prefix = 'KTABLE-TRANSFORMVALUES-'

/** `transformValues` of a table. Java: `KTableImpl.doTransformValues`. */
export function transformTable<K, V2>(
  place: TablePlace,
  transformers: ValueTransformerSupplier<unknown, unknown, unknown>,
  options: ProcessOptions & MaterializedOptions<K, V2>,
): KTable<K, V2> {
  const { builder, sources, supplier: parent } = place
  const given = options as ProcessOptions & MaterializedOptions<unknown, unknown>
  const storeName = givenStoreName(given)
  // Unlike those of a filter, options without a name do not use up the number of a store that is not made.
  const kept =
    storeName === undefined ? undefined : materialize(builder, given, prefix, { key: place.key, value: undefined })
  const name = builder.names.named(options.name, prefix)
  const supplier = new DerivedTableSupplier({
    create: (sendOldValues) => new TableTransformValues({ transformer: transformers(), storeName, sendOldValues }),
    parent,
    derive: (rows) => transformedView(rows, transformers),
    storeName,
    sendOldValues: false,
  })
  const store = kept === undefined ? undefined : keyValueStore(builder, kept, `Table ${name}`)
  const storeNames = options.stores ?? []
  const node = new StatefulProcessorNode(name, { create: () => supplier.create(), store, storeNames })
  if (isMaterialized(given)) node.isOutputVersioned = kept !== undefined && isVersioned(kept)
  builder.addNode([place.node], node)
  return builder.dsl.table<K, V2>({
    builder,
    node,
    name,
    key: given.key ?? place.key,
    value: given.value,
    sources,
    queryableStoreName: storeName,
    supplier,
  })
}
