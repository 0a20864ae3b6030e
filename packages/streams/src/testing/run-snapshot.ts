import { Headers } from '@streamwright/formats'
import type { Serde } from '@streamwright/formats'
import type { StateStore } from '../state/store.ts'
import type { NodeDefinition, TopologyDefinition } from '../topology/definition.ts'
import type { RawRecord } from './list-source.ts'
import { bytesText, headersText, stableText } from './stable-text.ts'
import { storeRows } from './store-rows.ts'
import type { TestSerdes } from './test-record.ts'

/** What a snapshot shows. */
export interface SnapshotOptions {
  /** Only these topics. Default: all that were written to, changelogs and repartition topics aside. */
  readonly topics?: readonly string[]
  /** Only these stores. Default: all. */
  readonly stores?: readonly string[]
  /** Changelogs and repartition topics too. */
  readonly internalTopics?: boolean
  /** By topic; needed where the topic is chosen per record by one of several sinks. */
  readonly serdes?: Readonly<Record<string, TestSerdes<unknown, unknown>>>
}

/** A run of a topology, as far as it has come. */
export interface Run {
  readonly definition: TopologyDefinition
  /** Everything that was written, in order. */
  readonly produced: readonly RawRecord[]
  readonly stores: ReadonlyMap<string, StateStore>
}

/**
 * All outputs and stores of a run as text that is the same whenever they are: topics and stores by name, records in the
 * order in which they were written, rows in the order of their store.
 */
export function runSnapshot({ definition, produced, stores }: Run, options: SnapshotOptions = {}): string {
  const topics = new TopicSerdes(definition, options.serdes ?? {})
  const names = new Set(produced.map(({ topic }) => topic))
  const shown = [...names].toSorted().filter((name) => {
    if (options.topics !== undefined) return options.topics.includes(name)
    return options.internalTopics === true || !topics.isInternal(name)
  })
  const sections = shown.map((name) =>
    section(
      `topic ${name}`,
      produced.filter(({ topic }) => topic === name).map((record) => recordText(record, topics.of(name))),
    ),
  )
  const definitions = [
    ...definition.subtopologies.flatMap((subtopology) => [...subtopology.stores]),
    ...definition.globalNodes.map(({ store }) => store),
  ]
  for (const [name, store] of [...stores].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const storeDefinition = definitions.find((each) => each.name === name)
    if (storeDefinition === undefined || options.stores?.includes(name) === false) continue
    const rows = storeRows(storeDefinition, store)
    if (rows !== undefined) sections.push(section(`store ${name}`, rows))
  }
  return sections.join('')
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`), ''].join('\n')
}

/** `@timestamp key = value {headers}`. */
function recordText(
  { topic, key, value, timestamp, headers }: RawRecord,
  serdes: TestSerdes<unknown, unknown> | undefined,
): string {
  const own = new Headers(headers)
  const text = (serde: Serde<unknown> | undefined, bytes: Buffer | null): string => valueText(serde, bytes, topic, own)
  const extra = headers.length === 0 ? '' : ` ${headersText(own)}`
  return `@${timestamp} ${text(serdes?.key, key)} = ${text(serdes?.value, value)}${extra}`
}

function valueText(serde: Serde<unknown> | undefined, bytes: Buffer | null, topic: string, headers: Headers): string {
  if (bytes === null) return 'null'
  if (serde === undefined) return bytesText(bytes)
  try {
    return stableText(serde.deserialize(bytes, topic, headers))
  } catch {
    // A topic may have been written to by a sink with other serdes.
    return bytesText(bytes)
  }
}

/** The serdes with which topics are written, as far as the topology tells. */
class TopicSerdes {
  readonly #given: Readonly<Record<string, TestSerdes<unknown, unknown>>>
  readonly #known = new Map<string, TestSerdes<unknown, unknown>>()
  readonly #internal = new Set<string>()
  readonly #ofChosenTopics: TestSerdes<unknown, unknown> | undefined

  constructor(definition: TopologyDefinition, given: Readonly<Record<string, TestSerdes<unknown, unknown>>>) {
    this.#given = given
    const nodes: NodeDefinition[] = definition.subtopologies.flatMap((subtopology) => [...subtopology.nodes])
    const sinks = nodes.filter((node) => node.kind === 'sink')
    for (const { topic, key, value } of sinks) if (typeof topic === 'string') this.#known.set(topic, { key, value })
    const choosing = sinks.filter(({ topic }) => typeof topic !== 'string')
    this.#ofChosenTopics = choosing.length === 1 ? choosing[0] : undefined
    for (const { stores, changelogTopics, repartitionTopics } of definition.subtopologies) {
      for (const topic of repartitionTopics.keys()) this.#internal.add(topic)
      for (const [store, { name }] of changelogTopics) {
        this.#internal.add(name)
        const logged = stores.find((each) => each.name === store)
        // The changelogs of other stores have layouts of their own: they are shown as bytes.
        if (logged?.kind === 'keyValue' || logged?.kind === 'versionedKeyValue') this.#known.set(name, logged)
      }
    }
  }

  isInternal(topic: string): boolean {
    return this.#internal.has(topic)
  }

  of(topic: string): TestSerdes<unknown, unknown> | undefined {
    if (topic in this.#given) return this.#given[topic]
    return this.#known.get(topic) ?? (this.isInternal(topic) ? undefined : this.#ofChosenTopics)
  }
}
