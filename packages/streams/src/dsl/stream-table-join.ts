import { StreamTableJoinNode, unversionedTable } from '../graph/stream-table-join-node.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import { requireSerde } from '../topology/require-serde.ts'
import { RepartitionNode, repartitionFields } from '../graph/repartition-node.ts'
import { StreamTableJoin } from '../operators/stream-table-join.ts'
import type { AnyProcessor } from '../topology/topology-node.ts'
import type { AnyJoiner } from './functions.ts'
import { copartition } from './copartition.ts'
import type { StreamPlace, TablePlace } from './inner.ts'
import type { JoinedOptions } from './options.ts'
import type { KStream } from './stream.ts'

/** `join` and `leftJoin` of a stream with a table. */
export function joinStreamWithTable<K, V, Row, Result>(
  place: StreamPlace,
  table: TablePlace,
  joiner: AnyJoiner,
  isLeft: boolean,
  options: JoinedOptions<K, V, Row>,
): KStream<K, Result> {
  const { builder } = place
  const given = options as JoinedOptions<unknown, unknown, unknown>
  const stream = place.repartitionRequired ? repartitionForJoin(place, given.name ?? place.name, given) : place
  const sources = copartition(stream, table)
  const name = builder.names.named(given.name, isLeft ? 'KSTREAM-LEFTJOIN-' : 'KSTREAM-JOIN-')
  const view = table.supplier.view()
  const buffer = given.graceMs === undefined ? undefined : joinBuffer(stream, table, name, given, given.graceMs)
  const create = (): AnyProcessor =>
    new StreamTableJoin<unknown, unknown, unknown, unknown, unknown>({
      table: view,
      rowKey: (key) => key,
      joiner: (key, value, row) => joiner(value, row, key),
      isLeft,
      bufferName: buffer?.name,
    })
  const node = new StreamTableJoinNode(name, { create, storeNames: view.storeNames, buffer })
  node.joinsNullKeys = isLeft
  builder.addNode([stream.node], node)
  const key = given.key ?? stream.key
  return builder.dsl.stream({ builder, node, name, key, value: undefined, sources, repartitionRequired: false })
}

/** Where records wait. The table's own store is checked when the graph is written: only then is it known. */
function joinBuffer(
  stream: StreamPlace,
  table: TablePlace,
  joinName: string,
  options: JoinedOptions<unknown, unknown, unknown>,
  graceMs: number,
): { readonly name: string; readonly graceMs: number; readonly store: StoreFactory } {
  const { builder } = stream
  if (table.node.isOutputVersioned === false) throw unversionedTable()
  const name = `${joinName}-Buffer`
  if (options.name === undefined) {
    builder.noteUnnamed('store', name)
    builder.noteUnnamed('changelog', `${name}-changelog`)
  }
  const [key, value] = [options.key ?? stream.key, options.value ?? stream.value]
  const store: StoreFactory = (defaults) => ({
    kind: 'joinBuffer',
    name,
    engine: 'persistent',
    caching: false,
    logging: {},
    graceMs,
    key: requireSerde(key ?? defaults.key, `Join ${joinName}`, 'key'),
    value: requireSerde(value ?? defaults.value, `Join ${joinName}`, 'value'),
  })
  return { name, graceMs, store }
}

/**
 * The stream behind a repartition topic of its own, before a join. A stream that is joined again without a name of the
 * user's goes through the topic that it has; the numbers of another are used up all the same, and the source is known
 * by them, as in Java. Java: `KStreamImpl.repartitionForJoin`.
 */
export function repartitionForJoin(
  place: StreamPlace,
  baseName: string,
  serdes: Pick<JoinedOptions<unknown, unknown, unknown>, 'key' | 'value' | 'name'>,
): StreamPlace {
  const { builder } = place
  const key = serdes.key ?? place.key
  const value = serdes.value ?? place.value
  const fields = repartitionFields(builder.names, { baseName, key, value, isOptimizable: true })
  if (serdes.name === undefined) builder.noteUnnamed('repartition', fields.topic)
  const earlier = baseName === place.name ? builder.repartitionsForJoins.get(place) : undefined
  const node = earlier ?? new RepartitionNode(fields)
  if (earlier === undefined) {
    builder.addNode([place.node], node)
    builder.repartitionsForJoins.set(place, node)
  }
  const name = fields.sourceName
  return { builder, node, name, key, value, sources: new Set([name]), repartitionRequired: false }
}
