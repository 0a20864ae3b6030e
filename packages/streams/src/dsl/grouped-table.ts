import type { Serde } from '@streamwright/formats'
import type { TableAggregation } from '../operators/aggregation.ts'
import type { Aggregator, Initializer, Reducer } from './functions.ts'
import type { GroupPlace } from './inner.ts'
import type { MaterializedOptions, NamedOptions } from './options.ts'
import type { KTable } from './table.ts'
import { serdes } from '@streamwright/formats'
import { StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { GroupedTableRepartitionNode } from '../graph/repartition-node.ts'
import { TableAggregate } from '../operators/table-aggregate.ts'
import { isVersioned, keyValueStore, materialize } from './materialized.ts'
import { AggregateTableSupplier } from './table-suppliers.ts'

type AggregateOptions<K, A> = NamedOptions & MaterializedOptions<K, A>

interface AggregateKind {
  readonly functionPrefix: string
  readonly value: Serde<unknown> | undefined
}

/** Rows of a table grouped anew, to be aggregated: what a row was is taken away before what it has become is added. */
export class KGroupedTable<K, V> {
  readonly #place: GroupPlace
  #repartitionNode: GroupedTableRepartitionNode | undefined

  constructor(place: GroupPlace) {
    this.#place = place
  }

  /** Number of rows per group; a group that has lost its last row stays with 0. */
  count(options: AggregateOptions<K, number> = {}): KTable<K, number> {
    const how: TableAggregation<K, V, number> = {
      initializer: () => 0,
      aggregator: (_key, _value, count) => (count ?? 0) + 1,
      subtractor: (_key, _value, count) => count - 1,
    }
    return this.#aggregate(how, { functionPrefix: 'KTABLE-AGGREGATE-', value: serdes.long }, options)
  }

  /** Combines the values of a group; the subtractor undoes what the adder did for a value. */
  reduce(adder: Reducer<V>, subtractor: Reducer<V>, options: AggregateOptions<K, V> = {}): KTable<K, V> {
    const how: TableAggregation<K, V, V> = {
      initializer: () => null,
      aggregator: (_key, value, aggregate) => (aggregate === null ? value : adder(aggregate, value)),
      subtractor: (_key, value, aggregate) => subtractor(aggregate, value),
    }
    return this.#aggregate(how, { functionPrefix: 'KTABLE-REDUCE-', value: this.#place.value }, options)
  }

  /** Combines the values of a group with a result of any type. */
  aggregate<A>(
    initializer: Initializer<A>,
    adder: Aggregator<K, V, A>,
    subtractor: Aggregator<K, V, A>,
    options: AggregateOptions<K, A> = {},
  ): KTable<K, A> {
    // The adder is only called with what the initializer or an earlier call returned.
    const how = { initializer, aggregator: adder, subtractor } as TableAggregation<K, V, A>
    return this.#aggregate(how, { functionPrefix: 'KTABLE-AGGREGATE-', value: undefined }, options)
  }

  #aggregate<A>(how: TableAggregation<K, V, A>, kind: AggregateKind, options: AggregateOptions<K, A>): KTable<K, A> {
    const { builder, key: groupKey, repartitionName } = this.#place
    const inherited = { key: groupKey, value: kind.value }
    const given = options as MaterializedOptions<unknown, unknown>
    const materialization = materialize(builder, given, 'KTABLE-AGGREGATE-', inherited)
    const { storeName, isQueryable, key, value } = materialization
    const sinkName = builder.names.suffixed(options.name, '-sink', 'KSTREAM-SINK-')
    const sourceName = builder.names.suffixed(options.name, '-source', 'KSTREAM-SOURCE-')
    const nodeName = builder.names.named(options.name, kind.functionPrefix)
    const repartition = this.#repartition(`${repartitionName ?? storeName}-repartition`, sinkName, sourceName)
    builder.addNode([this.#place.node], repartition)
    const valuesAreImmutable = (value ?? builder.options.defaults.value)?.immutable ?? false
    const supplier = new AggregateTableSupplier(
      (sendOldValues) => new TableAggregate({ storeName, aggregation: how, sendOldValues, valuesAreImmutable }),
      storeName,
    )
    const store = keyValueStore(builder, materialization, `Aggregation ${nodeName}`)
    const node = new StatefulProcessorNode(nodeName, { create: () => supplier.create(), store })
    node.isOutputVersioned = isVersioned(materialization)
    builder.addNode([repartition], node)
    return builder.dsl.table<K, A>({
      builder,
      node,
      name: nodeName,
      key,
      value,
      sources: new Set([sourceName]),
      queryableStoreName: isQueryable ? storeName : undefined,
      supplier,
    })
  }

  // A topic that the user named is made once and shared by all aggregations of this group.
  #repartition(topic: string, sinkName: string, sourceName: string): GroupedTableRepartitionNode {
    if (this.#repartitionNode === undefined || this.#place.repartitionName === undefined) {
      const { key, value } = this.#place
      this.#repartitionNode = new GroupedTableRepartitionNode({ topic, sinkName, sourceName, key, value })
    }
    return this.#repartitionNode
  }
}
