import type { TablePlace } from './inner.ts'
import type { Suppressed } from './suppressed.ts'
import type { KTable } from './table.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import { TopologyError } from '../errors.ts'
import { StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { findWindowGraceMs } from '../graph/window-grace.ts'
import { TableSuppress } from '../operators/table-suppress.ts'
import { requireSerde } from '../topology/require-serde.ts'
import { SuppressTableSupplier } from './table-suppliers.ts'

const prefix = 'KTABLE-SUPPRESS-'

/** `suppress()`: a node with a buffer of its own. */
export function suppressTable<K, V>(place: TablePlace, suppressed: Suppressed<never>): KTable<K, V> {
  const { builder, key, value } = place
  if (place.node.isOutputVersioned === true) {
    throw new TopologyError('Invalid topology: suppress() is only supported for non-versioned KTables')
  }
  // A name that is given uses up no number here.
  const name = suppressed.name ?? builder.names.processor(prefix)
  const waitMs = suppressed.timeLimitMs ?? findWindowGraceMs(place.node)
  const storeName = suppressed.name === undefined ? builder.names.store(prefix) : `${suppressed.name}-store`
  const { maxRecords, maxBytes, whenFull, logging } = suppressed
  if (suppressed.name === undefined && logging !== false) builder.noteUnnamed('changelog', `${storeName}-changelog`)
  const untilWindowCloses = suppressed.until === 'windowCloses'
  const options = { name, storeName, waitMs, untilWindowCloses, maxRecords, maxBytes, whenFull }
  const supplier = new SuppressTableSupplier(() => new TableSuppress<K, V>(options), place.supplier, storeName)
  const store: StoreFactory = ({ key: defaultKey, value: defaultValue }) => ({
    kind: 'suppressBuffer',
    name: storeName,
    engine: 'memory',
    caching: false,
    logging,
    key: requireSerde(key ?? defaultKey, `Suppressing ${name}`, 'key'),
    value: requireSerde(value ?? defaultValue, `Suppressing ${name}`, 'value'),
  })
  const node = new StatefulProcessorNode(name, { create: () => supplier.create(), store })
  node.isOutputVersioned = false
  node.refusesVersionedInput = true
  builder.addNode([place.node], node)
  // Java takes the node above for the source of the sub-topology.
  const sources = new Set([place.name])
  return builder.dsl.table<K, V>({ builder, node, name, key, value, sources, queryableStoreName: undefined, supplier })
}
