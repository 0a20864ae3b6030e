import type { Serde } from '@streamwright/formats'
import type { Optimization } from '../graph/optimizations.ts'
import type { ConsumedFields } from '../graph/source-nodes.ts'
import type { StoreDefinition, StoreEngine } from '../state/store-definition.ts'
import type { ProcessorSupplier } from '../topology/processor-supplier.ts'
import type { ProcessorWrapper } from '../topology/processor-wrapper.ts'
import type { Topology } from '../topology/topology.ts'
import type { ConsumedOptions, MaterializedOptions } from './options.ts'
import { GraphBuilder } from '../graph/graph-builder.ts'
import { readOptimizations } from '../graph/optimizations.ts'
import { StateStoreNode } from '../graph/processor-nodes.ts'
import { GlobalStoreNode, StreamSourceNode, TableSourceNode } from '../graph/source-nodes.ts'
import { TableSource } from '../operators/table-source.ts'
import { TopologyError } from '../errors.ts'
import { processorParts } from '../topology/processor-supplier.ts'
import { BranchedKStream } from './branched-stream.ts'
import { CogroupedKStream } from './cogrouped-stream.ts'
import { GlobalKTable } from './global-table.ts'
import { KGroupedStream } from './grouped-stream.ts'
import { KGroupedTable } from './grouped-table.ts'
import { isVersioned, keyValueStore, materialize } from './materialized.ts'
import { KStream } from './stream.ts'
import { SessionWindowedKStream } from './session-windowed-stream.ts'
import { KTable } from './table.ts'
import { SourceTableSupplier } from './table-suppliers.ts'
import { TimeWindowedKStream } from './time-windowed-stream.ts'

export interface StreamsBuilderOptions<K, V> {
  /** Used wherever no key serde is given or inherited; also the type of keys then. */
  readonly key?: Serde<K>
  readonly value?: Serde<V>
  /** `topology.optimization`: `none` (the default), `all`, or a list separated by commas. */
  readonly topologyOptimization?: string
  /** `dsl.store.suppliers.class`: where stores keep their rows unless they say it. Default: `persistent`. */
  readonly storeEngine?: StoreEngine
  /** `dsl.store.format`: `HEADERS` lets the persistent stores that operators make keep headers. Default: `DEFAULT`. */
  readonly storeFormat?: 'DEFAULT' | 'HEADERS'
  /** `ensure.explicit.internal.resource.naming`: refuse stores and topics whose names would be made up. */
  readonly ensureExplicitInternalResourceNaming?: boolean
  /** `__enable.process.processValue.fix__` (KAFKA-19668): `process` counts as changing records when topics are merged. */
  readonly processChangesRecords?: boolean
  /** `processor.wrapper.class`: what is put around every processor and operator. */
  readonly processorWrapper?: ProcessorWrapper
}

/**
 * Describes an application as streams and tables; `build()` turns the description into a {@link Topology}.
 *
 * Serdes given here are the defaults: `new StreamsBuilder({ key: serdes.string, value: serdes.string })`.
 */
export class StreamsBuilder<DefaultKey = unknown, DefaultValue = unknown> {
  readonly #graph: GraphBuilder
  readonly #optimizations: ReadonlySet<Optimization>

  constructor(options: StreamsBuilderOptions<DefaultKey, DefaultValue> = {}) {
    this.#optimizations = readOptimizations(options.topologyOptimization)
    this.#graph = new GraphBuilder({
      defaults: { key: erase(options.key), value: erase(options.value) },
      storeEngine: options.storeEngine ?? 'persistent',
      storeFormat: options.storeFormat ?? 'DEFAULT',
      requiresExplicitNames: options.ensureExplicitInternalResourceNaming ?? false,
      processChangesRecords: options.processChangesRecords ?? false,
      processorWrapper: options.processorWrapper,
      dsl: {
        stream: (place) => new KStream(place),
        table: (place) => new KTable(place),
        groupedStream: (place) => new KGroupedStream(place),
        groupedTable: (place) => new KGroupedTable(place),
        timeWindowed: (aggregations, windows) => new TimeWindowedKStream(aggregations, windows),
        sessionWindowed: (aggregations, windows) => new SessionWindowedKStream(aggregations, windows),
        cogrouped: (builder) => new CogroupedKStream(builder),
        branched: (place, branched) => new BranchedKStream(place, branched),
      },
    })
  }

  /** The records of one or several topics, or of all whose whole name matches a pattern. */
  stream<K = DefaultKey, V = DefaultValue>(
    topics: string | readonly string[] | RegExp,
    options: ConsumedOptions<K, V> = {},
  ): KStream<K, V> {
    const builder = this.#graph
    const name = builder.names.named(options.name, 'KSTREAM-SOURCE-')
    const consumed = consumedFields(options)
    const node = new StreamSourceNode(name, typeof topics === 'string' ? [topics] : topics, consumed)
    builder.addNode([builder.root], node)
    const { key, value } = consumed
    return new KStream({ builder, node, name, key, value, sources: new Set([name]), repartitionRequired: false })
  }

  /** A topic as a table: the last value of each key; null deletes. Records without key are left out. */
  table<K = DefaultKey, V = DefaultValue>(
    topic: string,
    options: ConsumedOptions<K, V> & MaterializedOptions<K, V> = {},
  ): KTable<K, V> {
    const builder = this.#graph
    const consumed = consumedFields(options)
    const materialization = materialize(builder, options, `${topic}-`, consumed)
    const sourceName = builder.names.suffixed(options.name, '-source', 'KSTREAM-SOURCE-')
    const name = builder.names.named(options.name, 'KTABLE-SOURCE-')
    const { storeName, isQueryable, key, value } = materialization
    const supplier = new SourceTableSupplier(
      (sendOldValues, store) => new TableSource({ storeName: store, sendOldValues }),
      storeName,
      isQueryable,
    )
    const store = keyValueStore(builder, materialization, `Table ${name}`)
    const node = new TableSourceNode({ name, sourceName, topic, consumed, table: supplier, store })
    node.isOutputVersioned = isVersioned(materialization)
    builder.addNode([builder.root], node)
    const sources = new Set([sourceName])
    const queryableStoreName = isQueryable ? storeName : undefined
    return new KTable({ builder, node, name, key, value, sources, queryableStoreName, supplier })
  }

  /** A topic as a table of which every instance keeps all partitions. */
  globalTable<K = DefaultKey, V = DefaultValue>(
    topic: string,
    options: ConsumedOptions<K, V> & MaterializedOptions<K, V> = {},
  ): GlobalKTable<K, V> {
    const builder = this.#graph
    const consumed = consumedFields(options)
    if (isVersioned(options)) throw new TopologyError('Invalid topology: GlobalTables cannot be versioned.')
    const given = { ...options, logging: false } as MaterializedOptions<unknown, unknown>
    const materialization = materialize(builder, given, `${topic}-`, consumed)
    const sourceName = builder.names.suffixed(options.name, '-source', 'KSTREAM-SOURCE-')
    const name = builder.names.named(options.name, 'KTABLE-SOURCE-')
    const { storeName } = materialization
    const storeFactory = keyValueStore(builder, materialization, `Global table ${name}`)
    const create = () => new TableSource<unknown, unknown>({ storeName, sendOldValues: false })
    const node = new GlobalStoreNode(name, (topology) => {
      const store = { ...storeFactory(topology.defaults), caching: false }
      topology.addGlobalStore({
        source: { name: sourceName, topics: [topic], ...consumed },
        processor: { name, create },
        store,
      })
    })
    builder.addNode([builder.root], node)
    return new GlobalKTable(storeName)
  }

  /** A store for processors that name it. */
  addStateStore(store: StoreDefinition): this {
    this.#graph.addNode([this.#graph.root], new StateStoreNode(store))
    return this
  }

  /** A store that every instance fills from all partitions of a topic, by a processor that must keep it as is. */
  addGlobalStore<K = DefaultKey, V = DefaultValue>(
    store: StoreDefinition,
    topic: string,
    supplier: ProcessorSupplier<K, V>,
    options: ConsumedOptions<K, V> = {},
  ): this {
    const builder = this.#graph
    const consumed = consumedFields(options)
    const sourceName = builder.names.suffixed(options.name, '-source', 'KSTREAM-SOURCE-')
    const name = builder.names.named(options.name, 'KTABLE-SOURCE-')
    const { create } = processorParts(supplier)
    const node = new GlobalStoreNode(name, (topology) => {
      topology.addGlobalStore({
        source: { name: sourceName, topics: [topic], ...consumed },
        processor: { name, create },
        store,
      })
    })
    builder.addNode([builder.root], node)
    return this
  }

  /** The topology of everything described so far. Throws {@link TopologyError} for what cannot be; call it once. */
  build(): Topology {
    return this.#graph.build(this.#optimizations)
  }
}

function consumedFields<K, V>(options: ConsumedOptions<K, V>): ConsumedFields {
  const { key, value, timestampExtractor, offsetReset } = options
  return { key: erase(key), value: erase(value), timestampExtractor, offsetReset }
}

function erase<T>(serde: Serde<T> | undefined): Serde<unknown> | undefined {
  // Types of serdes are held by the type parameters of streams and tables; the graph keeps them as unknown.
  return serde
}
