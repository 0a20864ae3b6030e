import type { Serde } from '@streamwright/formats'
import type { OffsetReset, StreamPartitioner, TimestampExtractor, TopicNameExtractor } from './definition.ts'
import type { FixedKeyProcessor, Processor } from '../processor/processor.ts'

/** A node as it was added to a topology, before internal topics have their prefix. */
export type TopologyNode = SourceNode | ProcessorNode | SinkNode

export interface SourceNode {
  readonly kind: 'source'
  readonly name: string
  readonly topics: readonly string[] | RegExp
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
  readonly timestampExtractor: TimestampExtractor | undefined
  readonly offsetReset: OffsetReset | undefined
}

export type AnyProcessor = Processor<unknown, unknown, unknown, unknown> | FixedKeyProcessor<unknown, unknown, unknown>

export interface ProcessorNode {
  readonly kind: 'processor'
  readonly name: string
  readonly parents: readonly string[]
  readonly create: () => AnyProcessor
  readonly fixedKey: boolean
  /** Grows while stores are connected. */
  readonly stores: Set<string>
}

export interface SinkNode {
  readonly kind: 'sink'
  readonly name: string
  readonly parents: readonly string[]
  readonly topic: string | TopicNameExtractor
  readonly key: Serde<unknown>
  readonly value: Serde<unknown>
  readonly partitioner: StreamPartitioner | undefined
}

/** The names of the nodes a node hangs on; none for a source. */
export function parentsOf(node: TopologyNode): readonly string[] {
  return node.kind === 'source' ? [] : node.parents
}
