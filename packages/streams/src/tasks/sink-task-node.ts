import type { Log } from '@streamwright/std'
import type { Headers, Serde, Serialized } from '@streamwright/formats'
import { Headers as RecordHeaders } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { Sensor } from '../metrics/sensor.ts'
import type { Record } from '../processor/record.ts'
import type { SinkDefinition, StreamPartitioner, TopicNameExtractor } from '../topology/definition.ts'
import { RecordError, handleFailure } from './error-handling.ts'
import type { FailurePolicy } from './error-handling.ts'
import type { NodeHost } from './node-context.ts'
import type { RecordCollector } from './record-collector.ts'
import type { TaskNode } from './task-node.ts'

const noHeaders = new RecordHeaders()

/** Where records leave a task for a topic. */
export class SinkTaskNode implements TaskNode {
  readonly name: string
  readonly children: TaskNode[] = []
  readonly #topic: string | TopicNameExtractor
  readonly #key: Serde<unknown>
  readonly #value: Serde<unknown>
  readonly #partitioner: StreamPartitioner | undefined
  readonly #collector: RecordCollector
  readonly #host: NodeHost
  readonly #policy: FailurePolicy
  readonly #log: Log
  readonly #age: Sensor
  /** By topic. */
  readonly #produced = new Map<string, Sensor>()
  #lastTopic = ''
  #lastProduced: Sensor | undefined

  constructor(definition: SinkDefinition, host: NodeHost, collector: RecordCollector, policy: FailurePolicy, log: Log) {
    this.name = definition.name
    this.#topic = definition.topic
    this.#key = definition.key
    this.#value = definition.value
    this.#partitioner = definition.partitioner
    this.#collector = collector
    this.#host = host
    this.#policy = policy
    this.#log = log
    this.#age = host.metrics.latencyOf(definition.name)
  }

  process(record: Record<unknown, unknown>): void {
    const topic = typeof this.#topic === 'string' ? this.#topic : this.#chooseTopic(this.#topic, record)
    const headers = record.headersIfPresent
    let key: Serialized | null
    let value: Serialized | null
    try {
      key = isNull(record.key) ? null : this.#key.serialize(record.key, topic, headers ?? noHeaders)
      value = isNull(record.value) ? null : this.#value.serialize(record.value, topic, headers ?? noHeaders)
    } catch (cause) {
      return this.#failed(topic, cause)
    }
    if (this.#partitioner === undefined) this.#send(topic, undefined, record.timestamp, key, value, headers)
    else this.#sendPartitioned(this.#partitioner, topic, record, key, value, headers)
    this.#age.record(this.#host.processingTimeMs - record.timestamp)
  }

  #send(
    topic: string,
    partition: number | undefined,
    timestamp: number,
    key: Serialized | null,
    value: Serialized | null,
    headers: Headers | undefined,
  ): void {
    this.#producedTo(topic).record(1)
    this.#collector.send(topic, partition, timestamp, key, value, headers)
  }

  #producedTo(topic: string): Sensor {
    // Nearly always the same topic as the last: no look-up then.
    if (this.#lastProduced !== undefined && topic === this.#lastTopic) return this.#lastProduced
    const sensor = this.#produced.get(topic) ?? this.#host.metrics.producedBy(this.name, topic)
    this.#produced.set(topic, sensor)
    this.#lastTopic = topic
    this.#lastProduced = sensor
    return sensor
  }

  #chooseTopic(choose: TopicNameExtractor, record: Record<unknown, unknown>): string {
    const { topic, partition, offset, timestamp } = this.#host.context
    return choose(record.key, record.value, {
      topic: topic ?? '',
      partition,
      offset,
      timestamp,
      headers: record.headers,
    })
  }

  #sendPartitioned(
    partitioner: StreamPartitioner,
    topic: string,
    record: Record<unknown, unknown>,
    key: Serialized | null,
    value: Serialized | null,
    headers: Headers | undefined,
  ): void {
    const count = this.#collector.partitionCount(topic)
    const partitions = partitioner(topic, record.key, record.value, count)
    if (partitions === undefined) return this.#send(topic, undefined, record.timestamp, key, value, headers)
    if (partitions.length === 0) return this.#host.recordDropped('the partitioner chose no partition')
    for (const partition of partitions) {
      if (!(partition >= 0 && (partition < count || this.#collector.acceptsAnyPartition === true))) {
        throw new StreamsError(
          `The partitioner of ${this.name} chose partition ${partition} of ${topic}, which has ${count}`,
          {
            code: 'INVALID_PARTITION',
          },
        )
      }
      this.#send(topic, partition, record.timestamp, key, value, headers)
    }
  }

  #failed(topic: string, cause: unknown): void {
    const what = `Sink ${this.name} cannot serialize a record of ${topic} with the serdes ${this.#key.name} and ${this.#value.name}`
    const remedy = 'Give the operator matching serdes, or set production.exception.handler to logAndContinue'
    const error = new RecordError(what, 'SERIALIZATION', this.#host.context, cause, remedy)
    handleFailure(this.#policy, error, this.#log, (failed) => this.#host.deadLetter(failed))
    this.#host.recordDropped('production failed')
  }
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
