import type { Serde } from '@streamwright/formats'
import { TableJoinNode } from '../graph/table-join-node.ts'
import type { TableJoinKind } from '../operators/table-join.ts'
import { TableJoinMerge } from '../operators/table-join-merge.ts'
import { TableJoinSide, joinView } from '../operators/table-join.ts'
import type { TableJoinSideOptions } from '../operators/table-join.ts'
import type { AnyProcessor } from '../topology/topology-node.ts'
import type { AnyJoiner } from './functions.ts'
import { copartition } from './copartition.ts'
import type { TablePlace } from './inner.ts'
import { isMaterialized, isVersioned, keyValueStore, materialize } from './materialized.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import { JoinTableSupplier } from './table-suppliers.ts'
import type { KTable } from './table.ts'

/** `join`, `leftJoin` and `outerJoin` of two tables. Java: `KTableImpl.doJoin`. */
export function joinTables<K, Result>(
  kind: TableJoinKind,
  left: TablePlace,
  right: TablePlace,
  joiner: AnyJoiner,
  options: NamedOptions & MaterializedOptions<K, Result>,
): KTable<K, Result> {
  const { builder } = left
  const given = options as NamedOptions & MaterializedOptions<unknown, unknown>
  const inherited = { key: left.key, value: undefined }
  // Without a store name of the user's it is kept all the same, under a name that uses up a number.
  const materialization = isMaterialized(given) ? materialize(builder, given, 'KTABLE-MERGE-', inherited) : undefined
  const name = builder.names.named(options.name, 'KTABLE-MERGE-')
  const sources = copartition(left, right)
  if (kind !== 'inner') left.supplier.enableSendingOldValues(true)
  if (kind === 'outer') right.supplier.enableSendingOldValues(true)
  const leftView = left.supplier.view()
  const rightView = right.supplier.view()
  const leftName = builder.names.suffixed(options.name, '-join-this', 'KTABLE-JOINTHIS-')
  const rightName = builder.names.suffixed(options.name, '-join-other', 'KTABLE-JOINOTHER-')
  const storeName = materialization?.storeName
  const join = (key: unknown, own: unknown, other: unknown): unknown => joiner(own, other, key)
  const supplier = new JoinTableSupplier({
    left: left.supplier,
    right: right.supplier,
    storeName,
    view: joinView(kind, leftView, rightView, join),
    create: (sendOldValues) => new TableJoinMerge({ storeName, sendOldValues }),
  })
  const semantics = { left: { ignoresLate: false }, right: { ignoresLate: false } }
  const side = (of: Omit<TableJoinSideOptions<unknown, unknown, unknown, unknown>, 'sendOldValues'>): AnyProcessor =>
    new TableJoinSide({ ...of, sendOldValues: supplier.sidesSendOldValues })
  const resultsAlone = { left: kind !== 'inner', right: kind === 'outer' }
  const node = new TableJoinNode(name, {
    left: {
      name: leftName,
      parent: left.node,
      storeNames: rightView.storeNames,
      create: () =>
        side({
          other: rightView,
          joiner: join,
          resultsAlone: resultsAlone.left,
          otherResultsAlone: resultsAlone.right,
          ...semantics.left,
        }),
    },
    right: {
      name: rightName,
      parent: right.node,
      storeNames: leftView.storeNames,
      create: () =>
        side({
          other: leftView,
          joiner: (key, own, other) => join(key, other, own),
          resultsAlone: resultsAlone.right,
          otherResultsAlone: resultsAlone.left,
          ...semantics.right,
        }),
    },
    createMerge: () => supplier.create(),
    store: materialization === undefined ? undefined : keyValueStore(builder, materialization, `Join ${name}`),
  })
  if (materialization !== undefined) node.isOutputVersioned = isVersioned(materialization)
  node.onVersionedParent = (parentName) => {
    if (parentName === left.node.name) semantics.left.ignoresLate = true
    if (parentName === right.node.name) semantics.right.ignoresLate = true
  }
  builder.addNode([left.node, right.node], node)
  const key: Serde<unknown> | undefined = materialization?.key ?? left.key
  const value = materialization?.value
  return builder.dsl.table<K, Result>({
    builder,
    node,
    name,
    key,
    value,
    sources,
    queryableStoreName: storeName,
    supplier,
  })
}
