import type { NodeDefinition, SubtopologyDefinition, TopologyDefinition } from './definition.ts'
import type { StoreDefinition, StoreEngine } from '../state/store-definition.ts'
import type { TopologyBuilder } from './topology-builder.ts'
import { defineTopology } from './define.ts'

/** How a topology is shown as data or as a picture. */
export interface TopologyViewOptions {
  /** With it, internal topics have the names that they have in the cluster; without it, as in `describe()`, no prefix. */
  readonly applicationId?: string
}

/**
 * A topology as plain data, for tools: what `JSON.stringify` writes of it can be read back without loss. Everything is
 * in the order in which it was added to the topology, so that equal topologies give equal text.
 */
export interface TopologyJson {
  /** Null: internal topics are shown without their prefix. */
  readonly applicationId: string | null
  readonly subtopologies: readonly SubtopologyJson[]
  /** Topics known by name. Those that a pattern will match, and those chosen per record, are known only when they come. */
  readonly topics: readonly TopicJson[]
  /** Stores that some processor uses; the others are never opened. */
  readonly stores: readonly StoreJson[]
}

export interface SubtopologyJson {
  /** As in `describe()`, and in the ids of tasks. */
  readonly id: number
  /** Filled by every instance from all partitions; makes no tasks. */
  readonly isGlobal: boolean
  /** Parents before children. */
  readonly nodes: readonly NodeJson[]
  readonly edges: readonly EdgeJson[]
}

export type NodeJson = SourceJson | ProcessorJson | SinkJson

export interface SourceJson {
  readonly kind: 'source'
  readonly name: string
  /** Empty for a source by pattern. */
  readonly topics: readonly string[]
  /** The text of a regular expression that the whole name of a topic matches; null for a source by names. */
  readonly pattern: string | null
}

export interface ProcessorJson {
  readonly kind: 'processor'
  readonly name: string
  /** Names of the stores that it may use. */
  readonly stores: readonly string[]
}

export interface SinkJson {
  readonly kind: 'sink'
  readonly name: string
  /** Null: chosen per record. */
  readonly topic: string | null
}

/** Records go from one node to another, by the names of the nodes. */
export interface EdgeJson {
  readonly from: string
  readonly to: string
}

export interface TopicJson {
  readonly name: string
  /** `external` topics must be there; the others are made and configured by the application. */
  readonly kind: 'external' | 'repartition' | 'changelog'
  /** Names of the sources that read it. */
  readonly readBy: readonly string[]
  /** Names of the sinks that write to it. */
  readonly writtenBy: readonly string[]
  /** Names of the stores that are restored from it. */
  readonly restores: readonly string[]
  /** Null where it follows from the topics that are read, or is not the application's to decide. */
  readonly partitions: number | null
  /** Topic settings that the application gives; empty for external topics. */
  readonly config: Readonly<Record<string, string>>
}

export interface StoreJson {
  readonly name: string
  readonly kind: StoreDefinition['kind']
  /** Where the rows are: `custom` is an engine of the user's own. */
  readonly engine: 'memory' | 'persistent' | 'log' | 'custom'
  /** Whether a record cache stands before it. */
  readonly isCached: boolean
  readonly isGlobal: boolean
  /** Id of the sub-topology that it belongs to. */
  readonly subtopology: number
  /** Names of the processors that may use it, and fill it. Global stores can be read by all others besides. */
  readonly processors: readonly string[]
  /** Null for a store without a changelog topic of its own. */
  readonly changelog: string | null
}

/** The data behind {@link Topology.toJson} and the pictures. */
export function topologyJson(builder: TopologyBuilder, { applicationId }: TopologyViewOptions): TopologyJson {
  const definition = defineTopology(builder, { applicationId: applicationId ?? '' })
  const shown = applicationId === undefined ? withoutPrefix(definition) : (name: string) => name
  const subtopologies = [
    ...definition.subtopologies.map(({ id, nodes }) => subtopologyJson(id, false, nodes, shown)),
    ...definition.globalNodes.map(({ id, source, processor }) => subtopologyJson(id, true, [source, processor], shown)),
  ].toSorted((left, right) => left.id - right.id)
  return {
    applicationId: applicationId ?? null,
    subtopologies,
    topics: topicsOf(definition, subtopologies, shown),
    stores: [
      ...definition.subtopologies.flatMap((subtopology) => storesOf(subtopology, shown)),
      ...definition.globalNodes.map(({ id, store, processor }) => ({
        ...storeJson(store),
        isGlobal: true,
        subtopology: id,
        processors: [processor.name],
        changelog: null,
      })),
    ],
  }
}

type Shown = (topic: string) => string

/** Of internal topics, all after the separator, which is what an empty application id leaves of the prefix. */
function withoutPrefix({ subtopologies }: TopologyDefinition): Shown {
  const internal = new Set(
    subtopologies.flatMap(({ repartitionTopics, changelogTopics }) => [
      ...repartitionTopics.keys(),
      ...[...changelogTopics.values()].map(({ name }) => name),
    ]),
  )
  return (topic) => (internal.has(topic) ? topic.slice(1) : topic)
}

function subtopologyJson(
  id: number,
  isGlobal: boolean,
  nodes: readonly NodeDefinition[],
  shown: Shown,
): SubtopologyJson {
  return {
    id,
    isGlobal,
    nodes: nodes.map((node) => nodeJson(node, shown)),
    edges: nodes.flatMap((node) =>
      node.kind === 'source' ? [] : node.parents.map((parent) => ({ from: parent, to: node.name })),
    ),
  }
}

function nodeJson(node: NodeDefinition, shown: Shown): NodeJson {
  const { kind, name } = node
  switch (kind) {
    case 'source': {
      const { topics } = node
      if (topics instanceof RegExp) return { kind, name, topics: [], pattern: topics.source }
      return { kind, name, topics: topics.map(shown), pattern: null }
    }
    case 'processor':
      return { kind, name, stores: [...node.stores] }
    case 'sink':
      return { kind, name, topic: typeof node.topic === 'string' ? shown(node.topic) : null }
  }
}

interface MutableTopic {
  kind: TopicJson['kind']
  readonly readBy: string[]
  readonly writtenBy: string[]
  readonly restores: string[]
  partitions: number | null
  config: Readonly<Record<string, string>>
}

function topicsOf(
  definition: TopologyDefinition,
  subtopologies: readonly SubtopologyJson[],
  shown: Shown,
): TopicJson[] {
  const topics = new Map<string, MutableTopic>()
  const topic = (name: string): MutableTopic => {
    const known = topics.get(name)
    if (known !== undefined) return known
    const added: MutableTopic = {
      kind: 'external',
      readBy: [],
      writtenBy: [],
      restores: [],
      partitions: null,
      config: {},
    }
    topics.set(name, added)
    return added
  }
  for (const { nodes } of subtopologies) {
    for (const node of nodes) {
      if (node.kind === 'source') for (const name of node.topics) topic(name).readBy.push(node.name)
      else if (node.kind === 'sink' && node.topic !== null) topic(node.topic).writtenBy.push(node.name)
    }
  }
  for (const { repartitionTopics, changelogTopics, sourceTopicStores } of definition.subtopologies) {
    for (const { name, partitions, config } of repartitionTopics.values()) {
      Object.assign(topic(shown(name)), { kind: 'repartition', partitions: partitions ?? null, config })
    }
    for (const [store, { name, config }] of changelogTopics) {
      const changelog = topic(shown(name))
      Object.assign(changelog, { kind: 'changelog', config })
      changelog.restores.push(store)
    }
    for (const [store, name] of sourceTopicStores) topic(shown(name)).restores.push(store)
  }
  for (const { source, store } of definition.globalNodes) {
    if (!(source.topics instanceof RegExp))
      for (const name of source.topics) topic(shown(name)).restores.push(store.name)
  }
  return [...topics].map(([name, fields]) => ({ name, ...fields }))
}

function storesOf({ id, nodes, stores, changelogTopics }: SubtopologyDefinition, shown: Shown): StoreJson[] {
  return stores.map((store) => {
    const changelog = changelogTopics.get(store.name)
    return {
      ...storeJson(store),
      isGlobal: false,
      subtopology: id,
      processors: nodes.filter((node) => node.kind === 'processor' && node.stores.includes(store.name)).map(nameOf),
      changelog: changelog === undefined ? null : shown(changelog.name),
    }
  })
}

function storeJson({
  name,
  kind,
  engine,
  caching,
}: StoreDefinition): Pick<StoreJson, 'name' | 'kind' | 'engine' | 'isCached'> {
  return { name, kind, engine: engineName(engine), isCached: caching }
}

function engineName(engine: StoreEngine): StoreJson['engine'] {
  return typeof engine === 'string' ? engine : 'custom'
}

function nameOf({ name }: NodeDefinition): string {
  return name
}
