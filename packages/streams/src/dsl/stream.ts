import type { Serde } from '@streamwright/formats'
import type { AsyncCall, AsyncProcessorSupplier } from '../asynchronous/async-processor.ts'
import type { GraphNode } from '../graph/graph-node.ts'
import type { FixedKeyProcessorSupplier, ProcessorSupplier } from '../topology/processor-supplier.ts'
import type { TopicNameExtractor } from '../topology/definition.ts'
import type { AnyProcessor } from '../topology/topology-node.ts'
import type { BranchedKStream } from './branched-stream.ts'
import type {
  AnyJoiner,
  ForeachAction,
  KeyValueMapper,
  KeyValuePair,
  Predicate,
  ValueJoiner,
  ValueMapper,
} from './functions.ts'
import type { KGroupedStream } from './grouped-stream.ts'
import type { StreamPlace } from './inner.ts'
import type {
  GroupedOptions,
  JoinedOptions,
  MaterializedOptions,
  NamedOptions,
  PrintedOptions,
  ProducedOptions,
  RepartitionedOptions,
  StreamJoinedOptions,
} from './options.ts'
import type { KTable } from './table.ts'
import { StreamsError } from '../errors.ts'
import { ProcessorGraphNode, StatefulProcessorNode } from '../graph/processor-nodes.ts'
import { RepartitionNode, repartitionFields } from '../graph/repartition-node.ts'
import { SinkGraphNode } from '../graph/sink-node.ts'
import { AsyncFlatMapValues, AsyncMapValues } from '../operators/stream-async.ts'
import { StreamFilter } from '../operators/stream-filter.ts'
import { StreamFlatMapValues, StreamMapValues } from '../operators/stream-map-values.ts'
import { StreamFlatMap, StreamMap } from '../operators/stream-map.ts'
import { PassThrough, StreamPeek } from '../operators/stream-peek.ts'
import { StreamSelectKey } from '../operators/stream-select-key.ts'
import { processorParts } from '../topology/processor-supplier.ts'
import { validateName } from '../topology/names.ts'
import { printAction } from './printed.ts'
import { JoinWindows } from './join-windows.ts'
import { GlobalKTable } from './global-table.ts'
import { joinStreamWithGlobalTable } from './stream-global-join.ts'
import { StreamJoinBuilder } from './stream-join.ts'
import { joinStreamWithTable } from './stream-table-join.ts'
import { addAsyncNode } from './stream-async.ts'
import type { AsyncOperatorOptions, ProcessAsyncOptions } from './stream-async.ts'
import { streamToTable } from './stream-to-table.ts'

/** What processors of the DSL may be given beside their supplier. */
export interface ProcessOptions extends NamedOptions {
  /** Names of stores that were added to the builder. */
  readonly stores?: readonly string[]
}

/** What a stream can be joined with. */
type Joinable = KTable<unknown, unknown> | GlobalKTable<unknown, unknown> | { readonly place: StreamPlace }

/**
 * A stream of records. Values may be null where producers write null; say so in the type (`stream<string, Trade |
 * null>`) when a topic carries tombstones.
 */
export class KStream<K, V> {
  /** For the other classes of the DSL: where in the graph this stream stands. */
  readonly place: StreamPlace

  constructor(place: StreamPlace) {
    this.place = place
  }

  /** Records for which the predicate holds; one that tells types apart narrows the values: `(_key, value) => value !== null`. */
  filter<V2 extends V>(predicate: (key: K, value: V) => value is V2, options?: NamedOptions): KStream<K, V2>
  filter(predicate: Predicate<K, V>, options?: NamedOptions): KStream<K, V>
  filter(predicate: Predicate<K, V>, options: NamedOptions = {}): KStream<K, V> {
    return this.#filter(predicate, true, options)
  }

  /** Records for which the predicate does not hold. */
  filterNot(predicate: Predicate<K, V>, options: NamedOptions = {}): KStream<K, V> {
    return this.#filter(predicate, false, options)
  }

  /** The same values under other keys. Grouping or joining afterwards goes through a repartition topic. */
  selectKey<K2>(selector: KeyValueMapper<K, V, K2>, options: NamedOptions = {}): KStream<K2, V> {
    const node = this.#selectKeyNode(selector, options.name)
    return this.#derive<K2, V>(node, { key: undefined, repartitionRequired: true })
  }

  /** One `[key, value]` for each record. */
  map<K2, V2>(mapper: KeyValueMapper<K, V, KeyValuePair<K2, V2>>, options: NamedOptions = {}): KStream<K2, V2> {
    const node = this.#node('KSTREAM-MAP-', options, () => new StreamMap(mapper), { keys: true })
    return this.#derive<K2, V2>(node, { key: undefined, value: undefined, repartitionRequired: true })
  }

  /** Any number of `[key, value]` for each record. */
  flatMap<K2, V2>(
    mapper: KeyValueMapper<K, V, Iterable<KeyValuePair<K2, V2>>>,
    options: NamedOptions = {},
  ): KStream<K2, V2> {
    const node = this.#node('KSTREAM-FLATMAP-', options, () => new StreamFlatMap(mapper), { keys: true })
    return this.#derive<K2, V2>(node, { key: undefined, value: undefined, repartitionRequired: true })
  }

  /** A new value for each record; the key stays. */
  mapValues<V2>(mapper: ValueMapper<K, V, V2>, options: NamedOptions = {}): KStream<K, V2> {
    const node = this.#node('KSTREAM-MAPVALUES-', options, () => new StreamMapValues(mapper), { values: true })
    return this.#derive<K, V2>(node, { value: undefined })
  }

  /** Any number of values for each record; the key stays. */
  flatMapValues<V2>(mapper: ValueMapper<K, V, Iterable<V2>>, options: NamedOptions = {}): KStream<K, V2> {
    const create = () => new StreamFlatMapValues(mapper)
    const node = this.#node('KSTREAM-FLATMAPVALUES-', options, create, { values: true })
    return this.#derive<K, V2>(node, { value: undefined })
  }

  /** Calls a function with each record and passes the record on. */
  peek(action: ForeachAction<K, V>, options: NamedOptions = {}): KStream<K, V> {
    return this.#derive<K, V>(
      this.#node('KSTREAM-PEEK-', options, () => new StreamPeek(action, true)),
      {},
    )
  }

  /** Calls a function with each record; nothing follows. */
  foreach(action: ForeachAction<K, V>, options: NamedOptions = {}): void {
    this.#node('KSTREAM-FOREACH-', options, () => new StreamPeek(action, false))
  }

  /** Writes a line for each record; nothing follows. */
  print(options: PrintedOptions<K, V> = {}): void {
    const action = printAction(options, this.place.name)
    this.#node('KSTREAM-PRINTER-', options, () => new StreamPeek<K, V>(action, false))
  }

  /** The records of both streams, in no particular order. */
  merge<V2 = V>(other: KStream<K, V2>, options: NamedOptions = {}): KStream<K, V | V2> {
    const { builder, sources, repartitionRequired } = this.place
    const name = builder.names.named(options.name, 'KSTREAM-MERGE-')
    const node = new ProcessorGraphNode(name, () => new PassThrough<unknown, unknown>())
    node.isMerge = true
    builder.addNode([this.place.node, other.place.node], node)
    return builder.dsl.stream({
      builder,
      node,
      name,
      key: undefined,
      value: undefined,
      sources: new Set([...sources, ...other.place.sources]),
      repartitionRequired: repartitionRequired || other.place.repartitionRequired,
    })
  }

  /** Sends each record to the first branch whose predicate holds. */
  split(options: NamedOptions = {}): BranchedKStream<K, V> {
    return this.place.builder.dsl.branched<K, V>(this.place, options)
  }

  /** Writes the stream to an internal topic and reads it again: with other partitions, or partitioned anew. */
  repartition(options: RepartitionedOptions<K, V> = {}): KStream<K, V> {
    const { builder, node: parent } = this.place
    const { name, partitions, partitioner } = options
    if (name !== undefined) validateName(name)
    const baseName = name ?? builder.names.processor('KSTREAM-REPARTITION-')
    const key = erase(options.key) ?? this.place.key
    const value = erase(options.value) ?? this.place.value
    const fields = repartitionFields(builder.names, {
      baseName,
      key,
      value,
      partitioner,
      partitions,
      isOptimizable: false,
    })
    if (name === undefined) builder.noteUnnamed('repartition', fields.topic)
    const node = new RepartitionNode(fields)
    builder.addNode([parent], node)
    const sources = new Set([node.name])
    return builder.dsl.stream({ builder, node, name: node.name, key, value, sources, repartitionRequired: false })
  }

  /** Writes the stream to a topic, or to one chosen per record. The topic must exist. */
  to(topic: string | TopicNameExtractor<K, V>, options: ProducedOptions<K, V> = {}): void {
    const { builder, node: parent } = this.place
    const name = builder.names.named(options.name, 'KSTREAM-SINK-')
    const node = new SinkGraphNode(name, {
      topic,
      key: erase(options.key) ?? this.place.key,
      value: erase(options.value) ?? this.place.value,
      partitioner: options.partitioner,
    })
    builder.addNode([parent], node)
  }

  /** Reads the stream as a table: the last value of each key; null deletes. */
  toTable(options: NamedOptions & MaterializedOptions<K, V> = {}): KTable<K, NonNullable<V>> {
    return streamToTable(this.place, options)
  }

  /** Groups records by their key. */
  groupByKey(options: GroupedOptions<K, V> = {}): KGroupedStream<K, V> {
    return this.place.builder.dsl.groupedStream({
      ...this.place,
      key: erase(options.key) ?? this.place.key,
      value: erase(options.value) ?? this.place.value,
      repartitionName: givenName(options),
    })
  }

  /** Groups records by another key; aggregating then goes through a repartition topic. */
  groupBy<K2>(selector: KeyValueMapper<K, V, K2>, options: GroupedOptions<K2, V> = {}): KGroupedStream<K2, V> {
    const node = this.#selectKeyNode(selector, givenName(options))
    return this.place.builder.dsl.groupedStream({
      ...this.place,
      node,
      name: node.name,
      key: erase(options.key),
      value: erase(options.value) ?? this.place.value,
      repartitionRequired: true,
      repartitionName: options.name,
    })
  }

  /** Runs a processor on each record. It may change keys, so that grouping afterwards repartitions. */
  process<K2 = never, V2 = never>(
    supplier: ProcessorSupplier<K, V, K2, V2>,
    options: ProcessOptions = {},
  ): KStream<K2, V2> {
    const node = this.#processNode(supplier, options, false)
    return this.#derive<K2, V2>(node, { key: undefined, value: undefined, repartitionRequired: true })
  }

  /** Runs a processor that keeps the key on each record. */
  processValues<V2 = never>(
    supplier: FixedKeyProcessorSupplier<K, V, V2>,
    options: ProcessOptions = {},
  ): KStream<K, V2> {
    return this.#derive<K, V2>(this.#processNode(supplier, options, true), { value: undefined })
  }

  /** Each record with the row of the table under its key; records without a row are left out. */
  join<V2, R>(
    table: KTable<K, V2>,
    joiner: ValueJoiner<K, NonNullable<V>, V2, R>,
    options?: JoinedOptions<K, V, V2>,
  ): KStream<K, R>
  /** Each pair of records of both streams under the same key that are no further apart than the windows say. */
  join<V2, R>(
    other: KStream<K, V2>,
    joiner: ValueJoiner<K, NonNullable<V>, NonNullable<V2>, R>,
    windows: JoinWindows,
    options?: StreamJoinedOptions<K, V, V2>,
  ): KStream<K, R>
  /** Each record with the row of the global table under the key that the selector gives; records without a row are left out. */
  join<GK, GV, R>(
    table: GlobalKTable<GK, GV>,
    keySelector: KeyValueMapper<K, NonNullable<V>, GK | null>,
    joiner: ValueJoiner<K, NonNullable<V>, GV, R>,
    options?: NamedOptions,
  ): KStream<K, R>
  join(other: Joinable, joiner: unknown, third?: unknown, fourth?: unknown): KStream<K, unknown> {
    return this.#join('inner', other, joiner, third, fourth)
  }

  /** Each record with the row of the table under its key, or null where there is none. */
  leftJoin<V2, R>(
    table: KTable<K, V2>,
    joiner: ValueJoiner<K, NonNullable<V>, V2 | null, R>,
    options?: JoinedOptions<K, V, V2>,
  ): KStream<K, R>
  /** As `join`; records of this stream without a match are joined with null when their window has closed. */
  leftJoin<V2, R>(
    other: KStream<K, V2>,
    joiner: ValueJoiner<K, NonNullable<V>, V2 | null, R>,
    windows: JoinWindows,
    options?: StreamJoinedOptions<K, V, V2>,
  ): KStream<K, R>
  /** Each record with the row of the global table under the key that the selector gives, or null where there is none. */
  leftJoin<GK, GV, R>(
    table: GlobalKTable<GK, GV>,
    keySelector: KeyValueMapper<K, NonNullable<V>, GK | null>,
    joiner: ValueJoiner<K, NonNullable<V>, GV | null, R>,
    options?: NamedOptions,
  ): KStream<K, R>
  leftJoin(other: Joinable, joiner: unknown, third?: unknown, fourth?: unknown): KStream<K, unknown> {
    return this.#join('left', other, joiner, third, fourth)
  }

  /** As `leftJoin`, for records of both streams. */
  outerJoin<V2, R>(
    other: KStream<K, V2>,
    joiner: ValueJoiner<K, V | null, V2 | null, R>,
    windows: JoinWindows,
    options: StreamJoinedOptions<K, V, V2> = {},
  ): KStream<K, R> {
    return this.#join<R>('outer', other, joiner, windows, options)
  }

  /**
   * A new value for each record, from a function that waits for something: a service, a database. Bounded, in order for
   * each key, with time-outs and retries: see docs/asynchronous-operators.md.
   */
  mapValuesAsync<V2>(
    mapper: (value: V, key: K, call: AsyncCall) => PromiseLike<V2> | V2,
    options: AsyncOperatorOptions<K> = {},
  ): KStream<K, V2> {
    const create = () => new AsyncMapValues<K, V, V2>(mapper)
    const node = addAsyncNode(this.place, 'KSTREAM-MAPVALUES-ASYNC-', create, options)
    node.isValueChanging = true
    return this.#derive<K, V2>(node, { value: undefined })
  }

  /** Any number of values for each record, from a function that waits for something. */
  flatMapValuesAsync<V2>(
    mapper: (value: V, key: K, call: AsyncCall) => PromiseLike<Iterable<V2>> | Iterable<V2>,
    options: AsyncOperatorOptions<K> = {},
  ): KStream<K, V2> {
    const create = () => new AsyncFlatMapValues<K, V, V2>(mapper)
    const node = addAsyncNode(this.place, 'KSTREAM-FLATMAPVALUES-ASYNC-', create, options)
    node.isValueChanging = true
    return this.#derive<K, V2>(node, { value: undefined })
  }

  /**
   * Runs a processor whose `call` waits and whose `complete` goes on, with stores. It may change keys, so that grouping
   * afterwards repartitions.
   */
  processAsync<Result, K2 = never, V2 = never>(
    supplier: AsyncProcessorSupplier<K, V, Result, K2, V2>,
    options: ProcessAsyncOptions<K> = {},
  ): KStream<K2, V2> {
    const node = addAsyncNode(this.place, 'KSTREAM-PROCESSOR-ASYNC-', supplier, options)
    if (this.place.builder.options.processChangesRecords) node.isKeyChanging = node.isValueChanging = true
    return this.#derive<K2, V2>(node, { key: undefined, value: undefined, repartitionRequired: true })
  }

  // The overloads have checked the types; the graph does not know them.
  #join<R>(
    kind: 'inner' | 'left' | 'outer',
    other: Joinable,
    second: unknown,
    third: unknown,
    fourth: unknown,
  ): KStream<K, R> {
    if (other instanceof GlobalKTable) {
      const [selector, joiner, options] = [second as KeyValueMapper<unknown, unknown, unknown>, third, fourth ?? {}]
      const storeName = other.queryableStoreName()
      return joinStreamWithGlobalTable(this.place, storeName, selector, joiner as AnyJoiner, kind === 'left', options)
    }
    if (third instanceof JoinWindows) {
      const options = (fourth ?? {}) as StreamJoinedOptions<unknown, unknown, unknown>
      return new StreamJoinBuilder(kind, third, options).join(
        this.place,
        other.place as StreamPlace,
        second as AnyJoiner,
      )
    }
    const { place } = other
    if (!('supplier' in place)) {
      throw new StreamsError('Two streams are joined within JoinWindows: give them as the third argument', {
        code: 'INVALID_ARGUMENT',
      })
    }
    return joinStreamWithTable(this.place, place, second as AnyJoiner, kind === 'left', third ?? {})
  }

  #filter(predicate: Predicate<K, V>, passes: boolean, options: NamedOptions): KStream<K, V> {
    const node = this.#node('KSTREAM-FILTER-', options, () => new StreamFilter(predicate, passes))
    return this.#derive<K, V>(node, {})
  }

  #selectKeyNode<K2>(selector: KeyValueMapper<K, V, K2>, name: string | undefined): GraphNode {
    const options = name === undefined ? {} : { name }
    return this.#node('KSTREAM-KEY-SELECT-', options, () => new StreamSelectKey(selector), { keys: true })
  }

  #processNode<K2, V2>(
    supplier: ProcessorSupplier<K, V, K2, V2> | FixedKeyProcessorSupplier<K, V, V2>,
    options: ProcessOptions,
    fixedKey: boolean,
  ): GraphNode {
    const { builder, node: parent } = this.place
    const prefix = fixedKey ? 'KSTREAM-PROCESSVALUES-' : 'KSTREAM-PROCESSOR-'
    const name = givenName(options) ?? builder.names.processor(prefix)
    const { create, stores } = processorParts(supplier)
    const node = new StatefulProcessorNode(name, {
      create,
      fixedKey,
      providedStores: stores,
      storeNames: options.stores ?? [],
    })
    if (builder.options.processChangesRecords) {
      node.isKeyChanging = !fixedKey
      node.isValueChanging = true
    }
    builder.addNode([parent], node)
    return node
  }

  #node(
    prefix: string,
    options: NamedOptions,
    create: () => unknown,
    changes: { readonly keys?: boolean; readonly values?: boolean } = {},
  ): GraphNode {
    const { builder, node: parent } = this.place
    const name = builder.names.named(options.name, prefix)
    // Records are typed where the operators are made; a node passes them on as unknown.
    const node = new ProcessorGraphNode(name, create as () => AnyProcessor)
    node.isKeyChanging = changes.keys ?? false
    node.isValueChanging = changes.values ?? false
    builder.addNode([parent], node)
    return node
  }

  #derive<K2, V2>(node: GraphNode, changed: Partial<StreamPlace>): KStream<K2, V2> {
    return this.place.builder.dsl.stream<K2, V2>({ ...this.place, ...changed, node, name: node.name })
  }
}

function givenName(options: NamedOptions): string | undefined {
  if (options.name !== undefined) validateName(options.name)
  return options.name
}

function erase<T>(serde: Serde<T> | undefined): Serde<unknown> | undefined {
  // Types of serdes are held by the stream's own type parameters; the graph keeps them as unknown.
  return serde
}
