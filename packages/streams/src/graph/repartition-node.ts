import type { Serde } from '@streamwright/formats'
import type { StreamPartitioner } from '../topology/definition.ts'
import type { TopologyBuilder } from '../topology/topology-builder.ts'
import type { NameGenerator } from './name-generator.ts'
import { StreamFilter } from '../operators/stream-filter.ts'
import { changeSerde } from '../serdes/change-serde.ts'
import { requireSerde } from '../topology/require-serde.ts'
import { GraphNode } from './graph-node.ts'

const suffix = '-repartition'
// Names that the builder made up, of nodes or of stores.
const generatedName = /^KSTREAM.*-[0-9]{10}$/

export interface RepartitionFields {
  readonly topic: string
  readonly filterName: string
  readonly sinkName: string
  readonly sourceName: string
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
  readonly partitioner: StreamPartitioner | undefined
  readonly partitions: number | undefined
  /** Whether the merging of repartition topics may replace it; `repartition()` of the user is never replaced. */
  readonly isOptimizable: boolean
}

/** Filter, sink, topic and source between a change of key and what needs the new keys together. */
export class RepartitionNode extends GraphNode {
  readonly fields: RepartitionFields
  /** Records without a key go through, since a join behind can use them. */
  passesNullKeys = false

  constructor(fields: RepartitionFields) {
    super(fields.sourceName)
    this.fields = fields
  }

  write(topology: TopologyBuilder): void {
    const { topic, filterName, sinkName, sourceName, key, value, partitioner, partitions } = this.fields
    const passesNullKeys = this.passesNullKeys
    topology.addInternalTopic(topic, partitions)
    topology.addProcessor({
      name: filterName,
      parents: this.parentNames(),
      create: () => new StreamFilter<unknown, unknown>((recordKey) => passesNullKeys || recordKey !== null),
    })
    topology.addSink({ name: sinkName, parents: [filterName], topic, key, value, partitioner })
    topology.addSource({ name: sourceName, topics: [topic], key, value })
  }
}

export interface RepartitionRequest {
  /** The user's name, the name of the store, or that of the node above. */
  readonly baseName: string
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
  readonly partitioner?: StreamPartitioner | undefined
  readonly partitions?: number | undefined
  readonly isOptimizable: boolean
}

/** Names a repartitioning. The three indexes are used up whether their names are used or not, as in Java. */
export function repartitionFields(names: NameGenerator, request: RepartitionRequest): RepartitionFields {
  const { baseName, key, value, partitioner, partitions, isOptimizable } = request
  const topic = baseName.endsWith(suffix) ? baseName : `${baseName}${suffix}`
  const generated = {
    sinkName: names.processor('KSTREAM-SINK-'),
    filterName: names.processor('KSTREAM-FILTER-'),
    sourceName: names.processor('KSTREAM-SOURCE-'),
  }
  const named = generatedName.test(baseName)
    ? generated
    : { sinkName: `${topic}-sink`, filterName: `${topic}-filter`, sourceName: `${topic}-source` }
  return { topic, ...named, key, value, partitioner, partitions, isOptimizable }
}

/** The way of a table's changes to their new groups. */
export class GroupedTableRepartitionNode extends GraphNode {
  readonly topic: string
  readonly sinkName: string
  readonly #key: Serde<unknown> | undefined
  readonly #value: Serde<unknown> | undefined

  constructor(options: {
    readonly topic: string
    readonly sinkName: string
    readonly sourceName: string
    readonly key: Serde<unknown> | undefined
    readonly value: Serde<unknown> | undefined
  }) {
    super(options.sourceName)
    this.topic = options.topic
    this.sinkName = options.sinkName
    this.#key = options.key
    this.#value = options.value
  }

  write(topology: TopologyBuilder): void {
    const inner = requireSerde(this.#value ?? topology.defaults.value, `Grouping by ${this.sinkName}`, 'value')
    const value = changeSerde(inner) as Serde<unknown>
    const key = this.#key
    topology.addInternalTopic(this.topic, undefined)
    topology.addSink({ name: this.sinkName, parents: this.parentNames(), topic: this.topic, key, value })
    topology.addSource({ name: this.name, topics: [this.topic], key, value })
  }
}
