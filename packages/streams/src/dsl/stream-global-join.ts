import { StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { globalView } from '../operators/table-view.ts'
import { StreamTableJoin } from '../operators/stream-table-join.ts'
import type { AnyProcessor } from '../topology/topology-node.ts'
import type { AnyJoiner } from './functions.ts'
import type { StreamPlace } from './inner.ts'
import type { NamedOptions } from './options.ts'
import type { KStream } from './stream.ts'

/** `join` and `leftJoin` of a stream with a global table: by any key, without repartitioning. */
export function joinStreamWithGlobalTable<K, Result>(
  place: StreamPlace,
  storeName: string,
  keySelector: (key: unknown, value: unknown) => unknown,
  joiner: AnyJoiner,
  isLeft: boolean,
  options: NamedOptions,
): KStream<K, Result> {
  const { builder } = place
  // Java has one prefix for both.
  const name = builder.names.named(options.name, 'KSTREAM-LEFTJOIN-')
  const create = (): AnyProcessor =>
    new StreamTableJoin<unknown, unknown, unknown, unknown, unknown>({
      table: globalView(storeName),
      rowKey: keySelector,
      joiner: (key, value, row) => joiner(value, row, key),
      isLeft,
      bufferName: undefined,
    })
  const node = new StatefulProcessorNode(name, { create })
  node.joinsNullKeys = isLeft
  builder.addNode([place.node], node)
  return builder.dsl.stream({ ...place, node, name, value: undefined })
}
