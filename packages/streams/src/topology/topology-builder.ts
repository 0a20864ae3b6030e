import type { Serde } from '@streamwright/formats'
import type { OffsetReset, StreamPartitioner, TimestampExtractor, TopicNameExtractor } from './definition.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { AnyProcessor, ProcessorNode, SourceNode, TopologyNode } from './topology-node.ts'
import { present } from '@streamwright/std'
import { TopologyError } from '../errors.ts'
import { NodeGrouper } from './node-grouper.ts'
import { wrapped } from './processor-wrapper.ts'
import type { ProcessorWrapper } from './processor-wrapper.ts'
import { requireSerde } from './require-serde.ts'
import { matchesWhole } from './topic-pattern.ts'

export interface DefaultSerdes {
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
}

export interface SourceSpec {
  readonly name: string
  readonly topics: readonly string[] | RegExp
  readonly key?: Serde<unknown> | undefined
  readonly value?: Serde<unknown> | undefined
  readonly timestampExtractor?: TimestampExtractor | undefined
  readonly offsetReset?: OffsetReset | undefined
}

export interface ProcessorSpec {
  readonly name: string
  readonly parents: readonly string[]
  readonly create: () => AnyProcessor
  readonly fixedKey?: boolean
  /** Stores that come with the processor. */
  readonly stores?: readonly StoreDefinition[]
  /** Whether the wrapper of the topology leaves it as it is. */
  readonly isPlain?: boolean
}

export interface SinkSpec {
  readonly name: string
  readonly parents: readonly string[]
  readonly topic: string | TopicNameExtractor
  readonly key?: Serde<unknown> | undefined
  readonly value?: Serde<unknown> | undefined
  readonly partitioner?: StreamPartitioner | undefined
}

export interface GlobalStoreSpec {
  readonly source: SourceSpec
  readonly processor: Omit<ProcessorSpec, 'parents'>
  readonly store: StoreDefinition
}

interface RegisteredStore {
  readonly definition: StoreDefinition
  readonly users: Set<string>
}

/**
 * Everything that was added to a topology, checked as it comes and kept in the order in which it came: ids, the order
 * of children and the order of stores follow from that order. Java: `InternalTopologyBuilder`.
 */
export class TopologyBuilder {
  readonly nodes: Map<string, TopologyNode> = new Map()
  readonly stores: Map<string, RegisteredStore> = new Map()
  readonly globalStores: Map<string, GlobalStoreSpec> = new Map()
  /** Topic name without prefix → number of partitions fixed by the user. */
  readonly internalTopics: Map<string, number | undefined> = new Map()
  /** Store → topic it is restored from in place of a changelog. */
  readonly sourceTopicStores: Map<string, string> = new Map()
  /** Store → topics (without prefix) of the sources above the first processor it was connected to. */
  readonly storeSources: Map<string, ReadonlySet<string | RegExp>> = new Map()
  /** Names of sources that must have the same number of partitions. */
  copartitionGroups: ReadonlySet<string>[] = []
  readonly grouper: NodeGrouper = new NodeGrouper()
  readonly #defaults: DefaultSerdes
  readonly #wrapper: ProcessorWrapper | undefined
  readonly #sourceOfTopic = new Map<string, string>()

  constructor(defaults: DefaultSerdes, wrapper?: ProcessorWrapper) {
    this.#defaults = defaults
    this.#wrapper = wrapper
  }

  get defaults(): DefaultSerdes {
    return this.#defaults
  }

  addSource(spec: SourceSpec): void {
    if (Array.isArray(spec.topics) && spec.topics.length === 0) {
      throw new TopologyError('Invalid topology: topics cannot be empty')
    }
    this.#checkNewNode(spec.name)
    if (spec.topics instanceof RegExp) this.#checkPattern(spec.topics)
    else for (const topic of spec.topics) this.#claimTopic(topic, spec.name)
    this.nodes.set(spec.name, this.#sourceNode(spec))
    this.grouper.add(spec.name)
  }

  addProcessor(spec: ProcessorSpec): void {
    this.#checkNewNode(spec.name)
    this.#checkParents(spec.name, spec.parents)
    const { name, parents, create, stores: own = [], fixedKey = false, isPlain = false } = spec
    const parts = wrapped(isPlain ? undefined : this.#wrapper, name, { create, stores: own }, fixedKey)
    this.nodes.set(name, processorNode({ ...spec, create: parts.create }))
    this.grouper.add(name)
    this.grouper.unite(name, parents)
    for (const store of parts.stores) this.addStateStore(store, [name], true)
  }

  addSink(spec: SinkSpec): void {
    this.#checkNewNode(spec.name)
    this.#checkParents(spec.name, spec.parents)
    const { name, parents, topic, partitioner } = spec
    const owner = `Sink ${name}`
    this.nodes.set(name, {
      kind: 'sink',
      name,
      parents,
      topic,
      key: requireSerde(spec.key ?? this.#defaults.key, owner, 'key'),
      value: requireSerde(spec.value ?? this.#defaults.value, owner, 'value'),
      partitioner,
    })
    this.grouper.add(name)
    this.grouper.unite(name, parents)
  }

  /** The same definition may be added again; another of the same name may not, unless it replaces (`allowOverride`). */
  addStateStore(definition: StoreDefinition, processorNames: readonly string[] = [], allowOverride = false): void {
    const known = this.stores.get(definition.name)
    if ((known !== undefined && known.definition !== definition && !allowOverride) || this.#isGlobal(definition.name)) {
      throw new TopologyError(
        `Invalid topology: A different StateStore has already been added with the name ${definition.name}`,
      )
    }
    if (known === undefined) this.stores.set(definition.name, { definition, users: new Set() })
    else if (known.definition !== definition) this.stores.set(definition.name, { definition, users: known.users })
    for (const processor of processorNames) this.#connect(processor, definition.name)
  }

  connectProcessorAndStateStores(processorName: string, storeNames: readonly string[]): void {
    if (storeNames.length === 0) throw new TopologyError('Invalid topology: stateStoreNames cannot be empty')
    for (const store of storeNames) this.#connect(processorName, store)
  }

  addGlobalStore(spec: GlobalStoreSpec): void {
    const { source, processor, store } = spec
    if (source.topics instanceof RegExp || source.topics.length !== 1) {
      throw new TopologyError('Invalid topology: a global store reads exactly one topic')
    }
    const [topic] = source.topics
    this.#checkNewNode(source.name)
    if (topic !== undefined) this.#claimTopic(topic, source.name)
    this.#checkNewNode(processor.name)
    if (this.stores.has(store.name) || this.#isGlobal(store.name)) {
      throw new TopologyError(
        `Invalid topology: A different StateStore has already been added with the name ${store.name}`,
      )
    }
    this.nodes.set(source.name, this.#sourceNode(source))
    const node = processorNode({ ...processor, parents: [source.name] })
    node.stores.add(store.name)
    this.nodes.set(processor.name, node)
    this.globalStores.set(processor.name, { ...spec, store: { ...store, logging: false } })
    this.grouper.add(source.name)
    this.grouper.add(processor.name)
    this.grouper.unite(processor.name, [source.name])
  }

  addInternalTopic(name: string, partitions: number | undefined): void {
    this.internalTopics.set(name, partitions)
  }

  connectSourceStoreAndTopic(storeName: string, topic: string): void {
    if (this.sourceTopicStores.has(storeName)) {
      throw new TopologyError(`Invalid topology: Source store ${storeName} is already added.`)
    }
    this.sourceTopicStores.set(storeName, topic)
  }

  hasStore(name: string): boolean {
    return this.stores.has(name)
  }

  /** Topics, without prefix, and patterns of all sources above a node. */
  sourceTopicsAbove(nodeName: string): Set<string | RegExp> {
    const found = new Set<string | RegExp>()
    const seen = new Set<string>()
    const walk = (name: string): void => {
      if (seen.has(name)) return
      seen.add(name)
      const node = present(this.nodes.get(name), 'parents are in the topology')
      if (node.kind !== 'source') for (const parent of node.parents) walk(parent)
      else if (node.topics instanceof RegExp) found.add(node.topics)
      else for (const topic of node.topics) found.add(topic)
    }
    walk(nodeName)
    return found
  }

  #isGlobal(storeName: string): boolean {
    for (const global of this.globalStores.values()) if (global.store.name === storeName) return true
    return false
  }

  #sourceNode(spec: SourceSpec): SourceNode {
    const owner = `Source ${spec.name}`
    if (typeof spec.offsetReset === 'object' && !(spec.offsetReset.byDurationMs >= 0)) {
      throw new TopologyError(`${owner} cannot begin in the future: byDurationMs is ${spec.offsetReset.byDurationMs}`)
    }
    return {
      kind: 'source',
      name: spec.name,
      topics: spec.topics,
      key: requireSerde(spec.key ?? this.#defaults.key, owner, 'key'),
      value: requireSerde(spec.value ?? this.#defaults.value, owner, 'value'),
      timestampExtractor: spec.timestampExtractor,
      offsetReset: spec.offsetReset,
    }
  }

  #checkPattern(pattern: RegExp): void {
    for (const topic of this.#sourceOfTopic.keys()) {
      if (!matchesWhole(pattern, topic)) continue
      throw new TopologyError(
        `Invalid topology: Pattern ${pattern.source} will match a topic that has already been registered by another source.`,
      )
    }
  }

  #claimTopic(topic: string, source: string): void {
    if (this.#sourceOfTopic.has(topic)) {
      throw new TopologyError(`Invalid topology: Topic ${topic} has already been registered by another source.`)
    }
    for (const node of this.nodes.values()) {
      if (node.kind === 'source' && node.topics instanceof RegExp && matchesWhole(node.topics, topic)) {
        throw new TopologyError(
          `Invalid topology: Topic ${topic} matches a Pattern already registered by another source.`,
        )
      }
    }
    this.#sourceOfTopic.set(topic, source)
  }

  #checkNewNode(name: string): void {
    if (this.nodes.has(name)) throw new TopologyError(`Invalid topology: Processor ${name} is already added.`)
  }

  #checkParents(name: string, parents: readonly string[]): void {
    if (parents.length === 0) throw new TopologyError('Invalid topology: predecessorNames cannot be empty')
    for (const parent of parents) {
      if (parent === name) {
        throw new TopologyError(`Invalid topology: Parent node ${parent} is unknown (self-reference).`)
      }
      const node = this.nodes.get(parent)
      if (node === undefined) throw new TopologyError(`Invalid topology: Parent node ${parent} is unknown.`)
      if (node.kind === 'sink') throw new TopologyError(`Invalid topology: Sink ${parent} cannot be used a parent.`)
    }
  }

  #connect(processorName: string, storeName: string): void {
    if (this.#isGlobal(storeName)) {
      throw new TopologyError(
        `Invalid topology: Global StateStore ${storeName} can be used by a Processor without being specified; it should not be explicitly passed.`,
      )
    }
    const store = this.stores.get(storeName)
    if (store === undefined) throw new TopologyError(`Invalid topology: StateStore ${storeName} is not added yet.`)
    const node = this.nodes.get(processorName)
    if (node === undefined) throw new TopologyError(`Invalid topology: Processor ${processorName} is not added yet.`)
    if (node.kind !== 'processor') {
      throw new TopologyError(
        `Invalid topology: cannot connect a state store ${storeName} to a source node or a sink node.`,
      )
    }
    const [firstUser] = store.users
    if (firstUser !== undefined) this.grouper.unite(firstUser, [processorName])
    store.users.add(processorName)
    node.stores.add(storeName)
    if (!this.storeSources.has(storeName)) this.storeSources.set(storeName, this.sourceTopicsAbove(processorName))
  }
}

function processorNode(spec: ProcessorSpec): ProcessorNode {
  return {
    kind: 'processor',
    name: spec.name,
    parents: spec.parents,
    create: spec.create,
    fixedKey: spec.fixedKey ?? false,
    stores: new Set(),
  }
}
