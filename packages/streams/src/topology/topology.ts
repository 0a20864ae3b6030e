import type { Serde } from '@streamwright/formats'
import type { TopologyConfig } from './define.ts'
import type { TopologyDescription } from './describe.ts'
import type { OffsetReset, StreamPartitioner, TimestampExtractor, TopicNameExtractor } from './definition.ts'
import type { TopologyDefinition } from './definition.ts'
import type { ProcessorSupplier } from './processor-supplier.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import { defineTopology } from './define.ts'
import { describeTopology } from './describe.ts'
import { processorParts } from './processor-supplier.ts'
import type { ProcessorWrapper } from './processor-wrapper.ts'
import { TopologyBuilder } from './topology-builder.ts'
import type { TopologyJson, TopologyViewOptions } from './topology-json.ts'
import type { PictureDirection } from './topology-mermaid.ts'
import { dotText } from './topology-dot.ts'
import { topologyJson } from './topology-json.ts'
import { mermaidText } from './topology-mermaid.ts'
import { topologyPicture } from './topology-picture.ts'

export interface TopologyPictureOptions extends TopologyViewOptions {
  /** Top to bottom (the default), or left to right. */
  readonly direction?: PictureDirection
}

export interface TopologyOptions {
  /** Used where a source, sink or store names no key serde. */
  readonly key?: Serde<unknown>
  readonly value?: Serde<unknown>
  /** `processor.wrapper.class`: what is put around every processor. */
  readonly processorWrapper?: ProcessorWrapper
}

export interface SourceOptions<K, V> {
  readonly key?: Serde<NonNullable<K>>
  readonly value?: Serde<NonNullable<V>>
  readonly timestampExtractor?: TimestampExtractor<K, V>
  /** Where to begin without a committed offset. Default: the consumer's `auto.offset.reset`. */
  readonly offsetReset?: OffsetReset
}

export interface SinkOptions<K, V> {
  readonly key?: Serde<NonNullable<K>>
  readonly value?: Serde<NonNullable<V>>
  readonly partitioner?: StreamPartitioner<K, V>
}

export interface GlobalStoreOptions<K, V> extends SourceOptions<K, V> {
  readonly sourceName: string
  readonly processorName: string
}

/**
 * A graph of sources, processors and sinks with their stores: what `StreamsBuilder.build()` returns, and what one
 * builds by hand with the Processor API.
 *
 * Every method throws {@link TopologyError} for what cannot be part of a topology.
 */
export class Topology {
  readonly #builder: TopologyBuilder

  constructor(options: TopologyOptions | TopologyBuilder = {}) {
    this.#builder =
      options instanceof TopologyBuilder
        ? options
        : new TopologyBuilder({ key: options.key, value: options.value }, options.processorWrapper)
  }

  /** A node that reads one or several topics, or all whose whole name matches a pattern. */
  addSource<K = unknown, V = unknown>(
    name: string,
    topics: string | readonly string[] | RegExp,
    options: SourceOptions<K, V> = {},
  ): this {
    this.#builder.addSource({ name, topics: topicList(topics), ...erased(options) })
    return this
  }

  /** A node that runs one processor per task; the stores that the supplier brings are added and connected. */
  addProcessor<KIn, VIn, KOut, VOut>(
    name: string,
    supplier: ProcessorSupplier<KIn, VIn, KOut, VOut>,
    parents: string | readonly string[],
  ): this {
    this.#builder.addProcessor({ name, parents: list(parents), ...processorParts(supplier) })
    return this
  }

  /** A node that writes to a topic, or to one chosen per record. */
  addSink<K = unknown, V = unknown>(
    name: string,
    topic: string | TopicNameExtractor<K, V>,
    parents: string | readonly string[],
    options: SinkOptions<K, V> = {},
  ): this {
    this.#builder.addSink({ name, topic, parents: list(parents), ...erased(options) })
    return this
  }

  /** Adds a store, and connects it to the processors named. */
  addStateStore(store: StoreDefinition, ...processorNames: readonly string[]): this {
    this.#builder.addStateStore(store, processorNames)
    return this
  }

  /** A store that every instance fills from all partitions of a topic, by a processor that must keep it as is. */
  addGlobalStore<K, V>(
    store: StoreDefinition,
    topic: string,
    supplier: ProcessorSupplier<K, V>,
    options: GlobalStoreOptions<K, V>,
  ): this {
    const { sourceName, processorName, ...source } = options
    const { create } = processorParts(supplier)
    this.#builder.addGlobalStore({
      source: { name: sourceName, topics: [topic], ...erased(source) },
      processor: { name: processorName, create },
      store,
    })
    return this
  }

  /** A store that a processor fills from a topic which also serves as its changelog. */
  addReadOnlyStateStore<K, V>(
    store: StoreDefinition,
    topic: string,
    supplier: ProcessorSupplier<K, V>,
    options: GlobalStoreOptions<K, V>,
  ): this {
    const { sourceName, processorName, ...source } = options
    this.addSource(sourceName, topic, source)
    const { create } = processorParts(supplier)
    this.#builder.addProcessor({ name: processorName, parents: [sourceName], create, isPlain: true })
    this.#builder.addStateStore({ ...store, logging: false }, [processorName])
    this.#builder.connectSourceStoreAndTopic(store.name, topic)
    return this
  }

  connectProcessorAndStateStores(processorName: string, ...storeNames: readonly string[]): this {
    this.#builder.connectProcessorAndStateStores(processorName, storeNames)
    return this
  }

  /** Sub-topologies, nodes and how they hang together. `String(topology.describe())` is what Java prints. */
  describe(): TopologyDescription {
    return describeTopology(this.#builder)
  }

  /** The same as plain data for tools, with stores and topics; see {@link TopologyJson}. */
  toJson(options: TopologyViewOptions = {}): TopologyJson {
    return topologyJson(this.#builder, options)
  }

  /** A picture in the language of Mermaid: in a Markdown block called `mermaid`, GitHub draws it. */
  toMermaid(options: TopologyPictureOptions = {}): string {
    return mermaidText(topologyPicture(this.toJson(options)), options.direction ?? 'TB')
  }

  /** A picture in the language of Graphviz: `dot -Tsvg` draws it. */
  toDot(options: TopologyPictureOptions = {}): string {
    return dotText(topologyPicture(this.toJson(options)), options.direction ?? 'TB')
  }

  /** The topology as data, for one application: what the runtime and the test driver run. */
  define(config: TopologyConfig): TopologyDefinition {
    return defineTopology(this.#builder, config)
  }

  /** Topics and patterns that feed a store; empty when nothing uses it. For descriptions and tools. */
  sourcesOfStore(name: string): readonly (string | RegExp)[] {
    return [...(this.#builder.storeSources.get(name) ?? [])]
  }
}

function list(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names
}

function topicList(topics: string | readonly string[] | RegExp): readonly string[] | RegExp {
  return topics instanceof RegExp ? topics : list(topics)
}

function erased<T extends { key?: unknown; value?: unknown }>(
  options: T,
): Omit<T, 'key' | 'value'> & { key: Serde<unknown> | undefined; value: Serde<unknown> | undefined } {
  // The type parameters of serdes are for the caller; nodes hold them as unknown.
  return {
    ...options,
    key: options.key as Serde<unknown> | undefined,
    value: options.value as Serde<unknown> | undefined,
  }
}
