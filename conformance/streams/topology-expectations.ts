import type { Topology, TopologyDefinition } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { objectAt } from '../json.ts'
import { expectSame } from './compare.ts'

type Subtopology = TopologyDefinition['subtopologies'][number]

/** Compares what the definition says of sub-topologies and internal topics. */
export function checkTopology(topology: Topology, definition: TopologyDefinition, expect: JsonObject): void {
  if ('describe' in expect) {
    const text = String(topology.describe())
    if (text !== expect['describe']) expectSame(text.split('\n'), String(expect['describe']).split('\n'), 'describe')
  }
  if ('subtopologies' in expect) checkSubtopologies(definition, objectAt(expect['subtopologies'], 'subtopologies'))
  if ('storeSourceTopics' in expect) checkStoreSources(topology, definition, expect)
  const groups = definition.copartitionGroups.map((group) => [...group].toSorted()).toSorted(compareLists)
  expectSame(groups, expect['copartitionGroups'] ?? [], 'copartitionGroups')
  expectSame(offsetResets(definition), expect['offsetResets'] ?? {}, 'offsetResets')
}

function checkSubtopologies(definition: TopologyDefinition, expected: JsonObject): void {
  const forms: Record<string, unknown> = {}
  for (const subtopology of definition.subtopologies) {
    // Java leaves out what reads patterns only.
    if (subtopology.sourceTopics.length > 0) forms[subtopology.id] = subtopologyForm(subtopology, expected)
  }
  expectSame(forms, expected, 'subtopologies')
}

function subtopologyForm(subtopology: Subtopology, expected: JsonObject): unknown {
  const stores = subtopology.stores.map(({ name }) => name).toSorted()
  const logged = [...subtopology.changelogTopics.values()].map((topic) => [topic.name, topicForm(topic)] as const)
  // Java lists a source topic that a store is restored from among the changelogs, as if it were one.
  const reused = [...subtopology.sourceTopicStores].map(
    ([store, topic]) => [topic, { config: sourceTopicConfig(subtopology, store) }] as const,
  )
  const changelogs = Object.fromEntries([...logged, ...reused])
  const form = {
    sourceTopics: subtopology.sourceTopics.toSorted(),
    sinkTopics: [...new Set(subtopology.sinkTopics)].toSorted(),
    stores,
    repartitionTopics: Object.fromEntries(
      [...subtopology.repartitionTopics.values()].map((topic) => [topic.name, topicForm(topic)]),
    ),
    changelogTopics: changelogs,
  }
  return orderedLike(form, expected[String(subtopology.id)])
}

const dayMs = 86_400_000

// What the topic would be given if it were a changelog.
function sourceTopicConfig(subtopology: Subtopology, storeName: string): Readonly<Record<string, string>> {
  const store = subtopology.stores.find(({ name }) => name === storeName)
  const config = { 'cleanup.policy': 'compact', 'message.timestamp.type': 'CreateTime' }
  if (store?.kind !== 'versionedKeyValue') return config
  return { ...config, 'min.compaction.lag.ms': String(store.historyRetentionMs + dayMs) }
}

function topicForm(topic: {
  readonly config: Readonly<Record<string, string>>
  readonly partitions: number | undefined
}) {
  return topic.partitions === undefined
    ? { config: topic.config }
    : { config: topic.config, partitions: topic.partitions }
}

// Deep equality does not look at the order of members; this keeps printed differences readable.
function orderedLike(form: Readonly<Record<string, unknown>>, like: unknown): unknown {
  if (typeof like !== 'object' || like === null) return form
  const names = [...Object.keys(like), ...Object.keys(form)]
  return Object.fromEntries([...new Set(names)].filter((name) => name in form).map((name) => [name, form[name]]))
}

function checkStoreSources(topology: Topology, definition: TopologyDefinition, expect: JsonObject): void {
  const internal = new Set(definition.subtopologies.flatMap(({ repartitionTopics }) => [...repartitionTopics.keys()]))
  const expected = objectAt(expect['storeSourceTopics'], 'storeSourceTopics')
  const forms: Record<string, unknown> = {}
  for (const store of definition.subtopologies.flatMap((subtopology) => subtopology.stores)) {
    const topics = topology.sourcesOfStore(store.name).filter((source) => typeof source === 'string')
    if (topics.length === 0 && !(store.name in expected)) continue
    const prefixed = (topic: string): string => `${definition.applicationId}-${topic}`
    forms[store.name] = topics.map((topic) => (internal.has(prefixed(topic)) ? prefixed(topic) : topic)).toSorted()
  }
  expectSame(forms, expected, 'storeSourceTopics')
}

function offsetResets(definition: TopologyDefinition): Record<string, string> {
  const resets: Record<string, string> = {}
  for (const node of definition.subtopologies.flatMap((subtopology) => [...subtopology.nodes])) {
    if (node.kind !== 'source' || node.offsetReset === undefined || node.topics instanceof RegExp) continue
    const reset = node.offsetReset
    const text = typeof reset === 'string' ? reset : 'by_duration'
    for (const topic of node.topics) resets[topic] = text
  }
  return resets
}

function compareLists(left: readonly string[], right: readonly string[]): number {
  const [a, b] = [left.join(), right.join()]
  return a < b ? -1 : a > b ? 1 : 0
}
