import type { Serde, Serialized } from '@streamwright/formats'
import { Headers as RecordHeaders, toBytes } from '@streamwright/formats'
import { StreamsError } from '../errors.ts'
import type { Sensor } from '../metrics/sensor.ts'
import { Record } from '../processor/record.ts'
import type { SinkDefinition, StreamPartitioner, TopicNameExtractor } from '../topology/definition.ts'
import type { FailureHandling } from './failure-handling.ts'
import type { NodeHost } from './node-context.ts'
import type { Delivered, RecordCollector } from './record-collector.ts'
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
  readonly #age: Sensor
  /** By topic. */
  readonly #produced = new Map<string, Sensor>()
  #lastTopic = ''
  #lastProduced: Sensor | undefined
  readonly #failures: FailureHandling
  readonly #onDelivered: Delivered
  readonly #keepsUndelivered: boolean

  constructor(definition: SinkDefinition, host: NodeHost, collector: RecordCollector, failures: FailureHandling) {
    this.name = definition.name
    this.#topic = definition.topic
    this.#key = definition.key
    this.#value = definition.value
    this.#partitioner = definition.partitioner
    this.#collector = collector
    this.#host = host
    this.#age = host.metrics.latencyOf(definition.name)
    this.#failures = failures
    this.#onDelivered = failures.delivery(definition.name)
    this.#keepsUndelivered = failures.needsUndelivered
  }

  process(record: Record<unknown, unknown>): void {
    const topic = typeof this.#topic === 'string' ? this.#topic : this.#chooseTopic(this.#topic, record)
    if (this.#partitioner !== undefined) return this.#sendPartitioned(this.#partitioner, topic, record)
    this.#send(topic, undefined, record)
  }

  #send(topic: string, partition: number | undefined, record: Record<unknown, unknown>): void {
    const headers = record.headersIfPresent
    const { timestamp } = record
    let key: Serialized | null = null
    let value: Serialized | null = null
    let origin: 'key' | 'value' = 'key'
    try {
      if (!isNull(record.key)) key = this.#key.serialize(record.key, topic, headers ?? noHeaders)
      origin = 'value'
      if (!isNull(record.value)) value = this.#value.serialize(record.value, topic, headers ?? noHeaders)
    } catch (cause) {
      return this.#unserializable(topic, partition, record, origin, cause)
    }
    const onDelivered = this.#keepsUndelivered
      ? this.#failures.deliveryOf(this.name, topic, partition, timestamp, key, value, headers)
      : this.#onDelivered
    this.#producedTo(topic).record(1)
    this.#collector.send(topic, partition, timestamp, key, value, headers, onDelivered)
    this.#age.record(this.#host.processingTimeMs - timestamp)
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

  #sendPartitioned(partitioner: StreamPartitioner, topic: string, record: Record<unknown, unknown>): void {
    const count = this.#collector.partitionCount(topic)
    if (count === undefined) return this.#holdBack(partitioner, topic, record)
    const partitions = partitioner(topic, record.key, record.value, count)
    if (partitions === undefined) return this.#send(topic, undefined, record)
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
      this.#send(topic, partition, record)
    }
  }

  /** For a topic that was chosen for the first time: the partitioner is asked when the number of its partitions is known. */
  #holdBack(partitioner: StreamPartitioner, topic: string, record: Record<unknown, unknown>): void {
    const { context } = this.#host
    const origin = context.capture()
    // A value that its owner goes on changing must not be written as it will be then.
    const copy = this.#copyOf(topic, record)
    if (copy === undefined) return
    this.#collector.whenKnown(
      topic,
      () => {
        context.restore(origin)
        this.#sendPartitioned(partitioner, topic, copy)
      },
      this.#onDelivered,
    )
  }

  #copyOf(topic: string, record: Record<unknown, unknown>): Record<unknown, unknown> | undefined {
    const { headers } = record
    const copy = (serde: Serde<unknown>, value: unknown): unknown =>
      isNull(value)
        ? null
        : serde.deserialize(Buffer.from(toBytes(serde.serialize(value, topic, headers))), topic, headers)
    let origin: 'key' | 'value' = 'key'
    try {
      const key = copy(this.#key, record.key)
      origin = 'value'
      return new Record(key, copy(this.#value, record.value), record.timestamp, headers)
    } catch (cause) {
      this.#unserializable(topic, undefined, record, origin, cause)
      return undefined
    }
  }

  #unserializable(
    topic: string,
    partition: number | undefined,
    { key, value, timestamp, headers }: Record<unknown, unknown>,
    origin: 'key' | 'value',
    cause: unknown,
  ): void {
    const serde = origin === 'key' ? this.#key : this.#value
    const what = `Sink ${this.name} cannot serialize the ${origin} of a record of ${topic} with the serde ${serde.name}`
    const record = { topic, partition, timestamp, headers, key, value }
    this.#failures.serializationFailed(this.name, record, origin, what, cause)
  }
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
