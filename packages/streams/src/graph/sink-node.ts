import type { Serde } from '@streamwright/formats'
import type { StreamPartitioner, TopicNameExtractor } from '../topology/definition.ts'
import type { TopologyBuilder } from '../topology/topology-builder.ts'
import { isWindowedSerde } from '../serdes/windowed.ts'
import { windowedPartitioner } from '../serdes/windowed-partitioner.ts'
import { GraphNode } from './graph-node.ts'

export interface SinkFields {
  readonly topic: string | TopicNameExtractor
  readonly key: Serde<unknown> | undefined
  readonly value: Serde<unknown> | undefined
  readonly partitioner: StreamPartitioner | undefined
}

/** `to()`. */
export class SinkGraphNode extends GraphNode {
  readonly #fields: SinkFields

  constructor(name: string, fields: SinkFields) {
    super(name)
    this.#fields = fields
  }

  write(topology: TopologyBuilder): void {
    const { topic, key, value, partitioner } = this.#fields
    const keyOrDefault = key ?? topology.defaults.key
    const chosen = partitioner ?? (isWindowedSerde(keyOrDefault) ? windowedPartitioner(keyOrDefault) : undefined)
    topology.addSink({ name: this.name, parents: this.parentNames(), topic, key, value, partitioner: chosen })
  }
}
