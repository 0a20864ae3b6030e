import type { Serde } from '@streamwright/formats'
import type { GraphNode } from '../graph/graph-node.ts'
import type { TableTransformOptions } from '../operators/table-transform.ts'
import type { ValueTransformerSupplier } from '../processor/value-transformer.ts'
import type { AnyJoiner, KeyValueMapper, KeyValuePair, Predicate, ValueJoiner, ValueMapper } from './functions.ts'
import type { KGroupedTable } from './grouped-table.ts'
import type { TablePlace } from './inner.ts'
import type { Materialization } from './materialized.ts'
import type { GroupedOptions, MaterializedOptions, NamedOptions, TableJoinedOptions } from './options.ts'
import type { KStream, ProcessOptions } from './stream.ts'
import { ProcessorGraphNode, StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { TableGroupBy } from '../operators/table-group-by.ts'
import { TableToStream } from '../operators/table-to-stream.ts'
import { TableTransform } from '../operators/table-transform.ts'
import { derivedView } from '../operators/table-view.ts'
import { requireSerde } from '../topology/require-serde.ts'
import { givenStoreName, isMaterialized, isVersioned, keyValueStore, materialize } from './materialized.ts'
import type { Suppressed } from './suppressed.ts'
import { suppressTable } from './table-suppress.ts'
import { joinByForeignKey } from './foreign-key-join.ts'
import { joinTables } from './table-join.ts'
import { DerivedTableSupplier } from './table-suppliers.ts'
import { transformTable } from './table-transform-values.ts'

/** Finds the key of another table in a row; null where there is none. */
export type ForeignKeyExtractor<K, V, K2> = (value: V, key: K) => K2 | null

type ForeignKeyOptions<K, V> = TableJoinedOptions & MaterializedOptions<K, V>
type TableOptions<K, V> = NamedOptions & MaterializedOptions<K, V>

/** What is known of rows that are not kept under a name. */
interface DerivedSerdes extends Pick<TablePlace, 'key' | 'value'> {
  /** Options of a store were given, none of them a versioned one: Java then takes the rows for unversioned. */
  readonly isUnversioned?: boolean
}

/** A table: the last value of each key, and the changes that lead there. */
export class KTable<K, V> {
  /** For the other classes of the DSL: where in the graph this table stands. */
  readonly place: TablePlace

  constructor(place: TablePlace) {
    this.place = place
  }

  /** Name of the store that can be queried for the rows; undefined when they are not kept under a name of the user's. */
  queryableStoreName(): string | undefined {
    return this.place.queryableStoreName
  }

  /** Rows for which the predicate holds. */
  filter(predicate: Predicate<K, V>, options: TableOptions<K, V> = {}): KTable<K, V> {
    return this.#filter(predicate, true, options)
  }

  /** Rows for which the predicate does not hold. */
  filterNot(predicate: Predicate<K, V>, options: TableOptions<K, V> = {}): KTable<K, V> {
    return this.#filter(predicate, false, options)
  }

  /** A new value for each row. */
  mapValues<V2>(mapper: ValueMapper<K, V, V2>, options: TableOptions<K, V2> = {}): KTable<K, V2> {
    const materialization = this.#materialization(options, 'KTABLE-MAPVALUES-', {
      key: this.place.key,
      value: undefined,
    })
    const name = this.place.builder.names.named(options.name, 'KTABLE-MAPVALUES-')
    return this.#derive<V2>(name, materialization, {
      transform: (key, value) => mapper(value, key),
      skipsNothing: false,
    })
  }

  /**
   * A new value for each row, from a transformer that may use stores, and that sees deleted rows as null. Name the
   * stores it uses in `stores`. Each task has a transformer of its own. Without a store name for the result, rows are
   * transformed anew whenever a join reads them.
   *
   * @example
   *   orders.transformValues(() => new Surcharge(), { stores: ['rates'], store: 'priced', value: orderSerde })
   */
  transformValues<V2>(
    supplier: ValueTransformerSupplier<K, V, V2>,
    options: ProcessOptions & MaterializedOptions<K, V2> = {},
  ): KTable<K, V2> {
    return transformTable<K, V2>(this.place, supplier, options)
  }

  /** Holds changes back until a window has closed or a time has passed: only the last of a key then goes on. */
  suppress(suppressed: Suppressed<K>): KTable<K, V> {
    return suppressTable<K, V>(this.place, suppressed)
  }

  /** The changes of the rows as records under other keys. First, so that the selector's parameters get their types. */
  toStream<K2>(selector: KeyValueMapper<K, V, K2>, options?: NamedOptions): KStream<K2, V>
  /** The changes of the rows as records: the new value, or null where a row was deleted. */
  toStream(options?: NamedOptions): KStream<K, V>
  toStream<K2>(
    selectorOrOptions: KeyValueMapper<K, V, K2> | NamedOptions = {},
    options: NamedOptions = {},
  ): KStream<K, V> | KStream<K2, V> {
    if (isSelector(selectorOrOptions)) return this.toStream(options).selectKey(selectorOrOptions)
    const { builder, key, value, sources } = this.place
    const name = builder.names.named(selectorOrOptions.name, 'KTABLE-TOSTREAM-')
    const node = this.#add(new ProcessorGraphNode(name, () => new TableToStream()))
    return builder.dsl.stream<K, V>({ builder, node, name, key, value, sources, repartitionRequired: false })
  }

  /** Rows of both tables under the same key. */
  join<V2, R>(
    other: KTable<K, V2>,
    joiner: ValueJoiner<K, V, V2, R>,
    options?: TableOptions<K, NonNullable<R>>,
  ): KTable<K, NonNullable<R>>
  /** Rows of this table, each with the row of the other that the extractor finds the key of in its value. */
  join<K2, V2, R>(
    other: KTable<K2, V2>,
    extractor: ForeignKeyExtractor<K, V, K2>,
    joiner: ValueJoiner<K, V, V2, R>,
    options?: ForeignKeyOptions<K, NonNullable<R>>,
  ): KTable<K, NonNullable<R>>
  join(other: KTable<unknown, unknown>, second: unknown, third?: unknown, fourth?: unknown): KTable<K, unknown> {
    return this.#join('inner', other, second, third, fourth)
  }

  /** All rows of this table, with that of the other under the same key, or null. */
  leftJoin<V2, R>(
    other: KTable<K, V2>,
    joiner: ValueJoiner<K, V, V2 | null, R>,
    options?: TableOptions<K, NonNullable<R>>,
  ): KTable<K, NonNullable<R>>
  /** All rows of this table, each with the row of the other that the extractor finds the key of in its value, or null. */
  leftJoin<K2, V2, R>(
    other: KTable<K2, V2>,
    extractor: ForeignKeyExtractor<K, V, K2>,
    joiner: ValueJoiner<K, V, V2 | null, R>,
    options?: ForeignKeyOptions<K, NonNullable<R>>,
  ): KTable<K, NonNullable<R>>
  leftJoin(other: KTable<unknown, unknown>, second: unknown, third?: unknown, fourth?: unknown): KTable<K, unknown> {
    return this.#join('left', other, second, third, fourth)
  }

  /** All rows of both tables; what one of them lacks is null. */
  outerJoin<V2, R>(
    other: KTable<K, V2>,
    joiner: ValueJoiner<K, V | null, V2 | null, R>,
    options: TableOptions<K, NonNullable<R>> = {},
  ): KTable<K, NonNullable<R>> {
    return joinTables('outer', this.place, other.place, joiner as AnyJoiner, options)
  }

  /** Groups rows by what the selector returns as `[key, value]`; aggregating goes through a repartition topic. */
  groupBy<K2, V2>(
    selector: KeyValueMapper<K, V, KeyValuePair<K2, V2>>,
    options: GroupedOptions<K2, V2> = {},
  ): KGroupedTable<K2, V2> {
    const { builder, sources } = this.place
    const name = builder.names.named(options.name, 'KTABLE-SELECT-')
    const key = options.key as Serde<unknown> | undefined
    const value = options.value as Serde<unknown> | undefined
    const keySerde = (): Serde<K2> =>
      requireSerde(key ?? builder.options.defaults.key, `Grouping ${name}`, 'key') as Serde<K2>
    const groupBy = { selector, keySerde, useVersionedSemantics: false }
    const node = new ProcessorGraphNode(name, () => new TableGroupBy<K, V, K2, V2>(groupBy))
    node.onVersionedParent = () => {
      groupBy.useVersionedSemantics = true
    }
    this.#add(node)
    this.place.supplier.enableSendingOldValues(true)
    return builder.dsl.groupedTable<K2, V2>({
      builder,
      node,
      name,
      key,
      value,
      sources,
      repartitionRequired: true,
      repartitionName: options.name,
    })
  }

  // The overloads have checked the types; the graph does not know them.
  #join(
    kind: 'inner' | 'left',
    other: KTable<unknown, unknown>,
    second: unknown,
    third: unknown,
    fourth: unknown,
  ): KTable<K, unknown> {
    if (typeof third !== 'function') return joinTables(kind, this.place, other.place, second as AnyJoiner, third ?? {})
    const extractor = second as (value: unknown, key: unknown) => unknown
    return joinByForeignKey(this.place, other.place, extractor, third as AnyJoiner, kind === 'left', fourth ?? {})
  }

  #filter(predicate: Predicate<K, V>, passes: boolean, options: TableOptions<K, V>): KTable<K, V> {
    const materialization = this.#materialization(options, 'KTABLE-FILTER-', this.place)
    const name = this.place.builder.names.named(options.name, 'KTABLE-FILTER-')
    return this.#derive<V>(name, materialization, {
      transform: (key, value) => (predicate(key, value) === passes ? value : null),
      skipsNothing: true,
    })
  }

  // Without a name of the user's nothing is materialised, but a number is used up when options were given.
  #materialization(
    options: MaterializedOptions<K, never> | MaterializedOptions<unknown, unknown>,
    prefix: string,
    inherited: Pick<TablePlace, 'key' | 'value'>,
  ): Materialization | DerivedSerdes {
    if (!isMaterialized(options)) return inherited
    const { builder } = this.place
    const given = options as MaterializedOptions<unknown, unknown>
    if (givenStoreName(given) !== undefined) return materialize(builder, given, prefix, inherited)
    builder.names.store(prefix)
    return { key: given.key ?? inherited.key, value: given.value ?? inherited.value, isUnversioned: true }
  }

  #derive<V2>(
    name: string,
    materialization: Materialization | DerivedSerdes,
    how: Pick<TableTransformOptions<K, V, V2>, 'transform' | 'skipsNothing'>,
  ): KTable<K, V2> {
    const { builder, sources, supplier: parent } = this.place
    const isKept = 'storeName' in materialization
    const storeName = isKept ? materialization.storeName : undefined
    const semantics = { skipsNothing: how.skipsNothing }
    const supplier = new DerivedTableSupplier({
      create: (sendOldValues) => new TableTransform<K, V, V2>({ ...how, ...semantics, storeName, sendOldValues }),
      parent,
      // Rows are typed where operators are made; suppliers pass them on as unknown.
      derive: (rows) => derivedView(rows, how.transform as (key: unknown, value: unknown) => unknown),
      storeName,
      // A filter takes old values wherever they are to be had, to leave out what changes nothing.
      sendOldValues: how.skipsNothing && parent.enableSendingOldValues(false),
    })
    const store = isKept ? keyValueStore(builder, materialization, `Table ${name}`) : undefined
    const node = new StatefulProcessorNode(name, { create: () => supplier.create(), store })
    if (isKept) node.isOutputVersioned = isVersioned(materialization)
    else if (materialization.isUnversioned === true) node.isOutputVersioned = false
    node.onVersionedParent = () => {
      semantics.skipsNothing = false
    }
    this.#add(node)
    const { key, value } = materialization
    return builder.dsl.table<K, V2>({
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

  #add(node: GraphNode): GraphNode {
    this.place.builder.addNode([this.place.node], node)
    return node
  }
}

function isSelector<K, V, K2>(given: KeyValueMapper<K, V, K2> | NamedOptions): given is KeyValueMapper<K, V, K2> {
  return typeof given === 'function'
}
