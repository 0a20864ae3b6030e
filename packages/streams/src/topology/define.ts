import type { GlobalStoreDefinition, NodeDefinition, SubtopologyDefinition, TopologyDefinition } from './definition.ts'
import type { InternalTopicDefinition, SourceDefinition } from './definition.ts'
import type { StoreDefinition } from '../state/store-definition.ts'
import type { GlobalStoreSpec, TopologyBuilder } from './topology-builder.ts'
import type { SourceNode, TopologyNode } from './topology-node.ts'
import { present } from '@streamwright/std'
import { changelogTopicDefinition, repartitionTopicDefinition } from './internal-topics.ts'
import { hashMapOrder } from './java-hash.ts'
import { additionalRetentionMsDefault } from './limits.ts'
import { matchedTopics } from './matched-topics.ts'

/** What a topology must know of the application to become runnable. */
export interface TopologyConfig {
  readonly applicationId: string
  /** `statestore.cache.max.bytes`: with 0 no store gets a record cache. */
  readonly statestoreCacheMaxBytes?: number
  /** `windowstore.changelog.additional.retention.ms`, in milliseconds. Default: one day. */
  readonly windowstoreChangelogAdditionalRetentionMs?: number
  /** Topics of the cluster, for sources that read by pattern. Default: none is known yet. */
  readonly existingTopics?: readonly string[]
}

/** Makes the topology as data that the runtime runs: internal topics have their prefix, stores their caches or not. */
export function defineTopology(builder: TopologyBuilder, config: TopologyConfig): TopologyDefinition {
  const definer = new Definer(builder, config)
  const groups = builder.grouper.groups(builder.nodes.keys())
  const globalNodes: GlobalStoreDefinition[] = []
  const subtopologies: SubtopologyDefinition[] = []
  for (const [id, names] of groups.entries()) {
    const globalName = names.find((name) => builder.globalStores.has(name))
    if (globalName === undefined) subtopologies.push(definer.subtopology(id, names))
    else globalNodes.push(definer.globalStore(id, names, present(builder.globalStores.get(globalName), 'just found')))
  }
  const copartitionGroups = unite(builder.copartitionGroups.map((sources) => definer.topicsOfSources(sources)))
  return { applicationId: config.applicationId, subtopologies, globalNodes, copartitionGroups }
}

/**
 * Groups that share a topic are one group, as far as Java's go: a group joins that of the first of its topics, in hash
 * order, that has one, and takes its topics along; where it links two groups, the other keeps the topics it had alone.
 */
function unite(groups: readonly ReadonlySet<string>[]): ReadonlySet<string>[] {
  const groupOf = new Map<string, Set<string>>()
  for (const group of groups) {
    const topics = hashMapOrder(group)
    const known = topics.find((topic) => groupOf.has(topic))
    const united = (known === undefined ? undefined : groupOf.get(known)) ?? new Set<string>()
    for (const topic of topics) {
      united.add(topic)
      groupOf.set(topic, united)
    }
  }
  return [...new Set(groupOf.values())]
}

class Definer {
  readonly #builder: TopologyBuilder
  readonly #config: TopologyConfig
  /** Of sources that read by pattern, by name. */
  readonly #matched: ReadonlyMap<string, readonly string[]>

  constructor(builder: TopologyBuilder, config: TopologyConfig) {
    this.#builder = builder
    this.#config = config
    this.#matched = matchedTopics(builder, config)
  }

  subtopology(id: number, names: readonly string[]): SubtopologyDefinition {
    const nodes = names.map((name) => present(this.#builder.nodes.get(name), 'grouped nodes exist'))
    const stores = this.#stores(nodes)
    const sources = nodes.filter((node) => node.kind === 'source')
    const changelogTopics = new Map<string, InternalTopicDefinition>()
    const sourceTopicStores = new Map<string, string>()
    for (const store of stores) {
      const sourceTopic = this.#builder.sourceTopicStores.get(store.name)
      if (sourceTopic !== undefined) sourceTopicStores.set(store.name, this.#topic(sourceTopic))
      else if (store.logging !== false) changelogTopics.set(store.name, this.#changelog(store))
    }
    return {
      id,
      nodes: nodes.map((node) => this.#node(node)),
      stores: stores.map((store) => (sourceTopicStores.has(store.name) ? { ...store, logging: false } : store)),
      sourceTopics: sources.flatMap((source) => this.#topicsOf(source)),
      sinkTopics: this.#sinkTopics(nodes),
      repartitionTopics: this.#repartitionTopics(sources),
      changelogTopics,
      sourceTopicStores,
      storeSources: new Map(stores.map(({ name }) => [name, this.#storeSources(name)])),
    }
  }

  globalStore(id: number, names: readonly string[], spec: GlobalStoreSpec): GlobalStoreDefinition {
    const nodes = names.map((name) => this.#node(present(this.#builder.nodes.get(name), 'grouped nodes exist')))
    const source = present(
      nodes.find((node) => node.kind === 'source'),
      'a global store has a source',
    )
    const processor = present(
      nodes.find((node) => node.kind === 'processor'),
      'a global store has a processor',
    )
    return { id, source, processor, store: this.#store(spec.store) }
  }

  topicsOfSources(sources: ReadonlySet<string>): ReadonlySet<string> {
    const topics = new Set<string>()
    for (const name of sources) {
      const node = this.#builder.nodes.get(name)
      if (node?.kind === 'source') for (const topic of this.#topicsOf(node)) topics.add(topic)
    }
    return topics
  }

  // A processor knows its stores in hash order; they are registered by the processors in the order of the nodes.
  #stores(nodes: readonly TopologyNode[]): StoreDefinition[] {
    const names = new Set<string>()
    for (const node of nodes) {
      if (node.kind === 'processor') for (const name of hashMapOrder(node.stores)) names.add(name)
    }
    return [...names].map((name) =>
      this.#store(present(this.#builder.stores.get(name), 'connected stores exist').definition),
    )
  }

  #store(store: StoreDefinition): StoreDefinition {
    return this.#config.statestoreCacheMaxBytes === 0 && store.caching ? { ...store, caching: false } : store
  }

  #changelog(store: StoreDefinition): InternalTopicDefinition {
    const additionalRetentionMs = this.#config.windowstoreChangelogAdditionalRetentionMs ?? additionalRetentionMsDefault
    return changelogTopicDefinition(this.#config.applicationId, store, additionalRetentionMs)
  }

  #repartitionTopics(sources: readonly SourceNode[]): Map<string, InternalTopicDefinition> {
    const topics = new Map<string, InternalTopicDefinition>()
    for (const source of sources) {
      if (source.topics instanceof RegExp) continue
      for (const topic of source.topics) {
        if (!this.#builder.internalTopics.has(topic)) continue
        const name = this.#topic(topic)
        topics.set(name, repartitionTopicDefinition(name, this.#builder.internalTopics.get(topic)))
      }
    }
    return topics
  }

  #sinkTopics(nodes: readonly TopologyNode[]): string[] {
    const topics: string[] = []
    for (const node of nodes) {
      if (node.kind === 'sink' && typeof node.topic === 'string') topics.push(this.#topic(node.topic))
    }
    return topics
  }

  #storeSources(store: string): readonly string[] {
    const sources = [...(this.#builder.storeSources.get(store) ?? [])]
    return sources.flatMap((source) => (typeof source === 'string' ? [this.#topic(source)] : this.#topicsLike(source)))
  }

  #topicsLike(pattern: RegExp): readonly string[] {
    const sources = [...this.#builder.nodes.values()].filter(
      (node) => node.kind === 'source' && node.topics === pattern,
    )
    return sources.flatMap(({ name }) => this.#matched.get(name) ?? [])
  }

  #topicsOf(source: SourceNode): readonly string[] {
    if (source.topics instanceof RegExp) return this.#matched.get(source.name) ?? []
    return source.topics.map((topic) => this.#topic(topic))
  }

  #topic(topic: string): string {
    return this.#builder.internalTopics.has(topic) ? `${this.#config.applicationId}-${topic}` : topic
  }

  #node(node: SourceNode): SourceDefinition
  #node(node: TopologyNode): NodeDefinition
  #node(node: TopologyNode): NodeDefinition {
    switch (node.kind) {
      case 'source':
        return node.topics instanceof RegExp ? node : { ...node, topics: this.#topicsOf(node) }
      case 'processor':
        return { ...node, stores: [...node.stores], defaultSerdes: this.#builder.defaults }
      case 'sink':
        return typeof node.topic === 'string' ? { ...node, topic: this.#topic(node.topic) } : node
    }
  }
}
