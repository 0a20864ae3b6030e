import { StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import { aggregations } from './aggregations.ts'
import { processorStores } from './processor-stores.ts'
import { streamJoins } from './stream-joins.ts'
import { tableJoins } from './table-joins.ts'
import { Inputs } from './topology.ts'
import type { RecordText, TakeoverTopology } from './topology.ts'
import { windows } from './windows.ts'

/** In the order in which `Takeover.java` adds them: numbers in names go by it. */
export const topologies: readonly TakeoverTopology[] = [
  ...aggregations,
  ...windows,
  ...streamJoins,
  ...tableJoins,
  ...processorStores,
]

/** An application setting under which all topologies go from hand to hand. */
export interface Variant {
  readonly name: string
  readonly settings: { readonly 'topology.optimization'?: 'all'; readonly 'dsl.store.format'?: 'HEADERS' }
}

export const variants: readonly Variant[] = [
  { name: 'default', settings: {} },
  { name: 'optimized-with-headers', settings: { 'topology.optimization': 'all', 'dsl.store.format': 'HEADERS' } },
]

/** All topologies in one application; what they find goes to one topic, under the name of the topology and the key. */
export function allTopologies({ settings }: Variant, outputTopic: string): Topology {
  const builder = new StreamsBuilder({
    key: serdes.string,
    value: serdes.string,
    topologyOptimization: settings['topology.optimization'] ?? 'none',
    storeFormat: settings['dsl.store.format'] ?? 'DEFAULT',
  })
  for (const { name, build } of topologies) {
    build(new Inputs(builder, name))
      .selectKey((key) => `${name} ${key}`)
      .to(outputTopic)
  }
  return builder.build()
}

/** A record of the input, read from its text. */
export interface InputRecord {
  readonly topic: string
  readonly key: string
  readonly value: string | null
  readonly timestamp: number
  readonly headers: readonly { readonly key: string; readonly value: Buffer }[]
}

const recordPattern = /^(?:(\w+) )?(\w+)=(\w+) @(\d+)(?: (\w+)=(\w+))?$/

export function inputRecord(name: string, text: RecordText, baseMs: number): InputRecord {
  const [, side, key, value, time, header, headerValue] = recordPattern.exec(text) ?? []
  if (key === undefined || value === undefined) throw new Error(`${name} has a record that says nothing: ${text}`)
  return {
    topic: side === undefined ? name : `${name}-${side}`,
    key,
    value: value === 'null' ? null : value,
    timestamp: baseMs + Number(time),
    headers: header === undefined ? [] : [{ key: header, value: Buffer.from(headerValue ?? '') }],
  }
}

/** How many partitions a topic has: one, unless its topology says more. */
export function partitionsOf(topic: string): number {
  const topology = topologies.find(({ name, partitions }) => partitions !== undefined && topic.startsWith(`${name}-`))
  return topology?.partitions?.[topic.slice(topology.name.length + 1)] ?? 1
}

/** Every topic that some topology reads; or those that every instance reads whole, so that nothing is committed. */
export function inputTopics(which: 'all' | 'global' = 'all'): Set<string> {
  const topics = topologies.flatMap(({ name, before = [], sends }) =>
    [...before, ...(which === 'all' ? sends : [])].flat().map((text) => inputRecord(name, text, 0).topic),
  )
  return new Set(topics)
}
