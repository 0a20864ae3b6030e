import { MetricGroup } from './metric-group.ts'
import type { Metric, MetricTags } from './metric.ts'
import { Sensor } from './sensor.ts'
import type { StreamsMetrics } from './streams-metrics.ts'

interface TopicSensor {
  readonly node: string
  readonly topic: string
  readonly sensor: Sensor
}

/** The `task-id` of what fills global stores, as in Java. */
export const globalTaskId = '-1_-1'

/** What Java counts for timestamp, offset and partition number of a record, besides the name of the topic. */
const fixedRecordBytes = 8 + 8 + 4

/** What a task measures. Its sensors are plain fields of whoever records: no look-up runs per record. */
export class TaskMetrics {
  /** One per processed record: how many milliseconds it was behind stream time. */
  readonly lateness: Sensor = new Sensor()
  /** Records left out on purpose: late, without a key, unreadable. */
  readonly dropped: Sensor = new Sensor()
  /** Records that were processed although another partition had none. */
  readonly enforced: Sensor = new Sensor()
  /** Records of changelogs applied to stores, by batches. */
  readonly restored: Sensor = new Sensor()
  /** By store, how many records of its changelog are still to be applied. */
  readonly restoreRemaining: Map<string, number> = new Map()
  /** Records in the queues. Set by the task. */
  bufferedRecords: () => number = () => 0
  /** Sensors of processors and stores of the user's own. */
  readonly own: StreamsMetrics
  readonly #punctuations = new Sensor()
  readonly #threadPunctuations: Sensor
  readonly #tags: MetricTags
  readonly #latencies = new Map<string, Sensor>()
  readonly #consumed: TopicSensor[] = []
  readonly #produced: TopicSensor[] = []

  constructor(tags: MetricTags, threadPunctuations: Sensor, own: StreamsMetrics) {
    this.own = own
    this.#tags = tags
    this.#threadPunctuations = threadPunctuations
  }

  punctuated(tookMs: number): void {
    this.#punctuations.record(tookMs)
    this.#threadPunctuations.record(tookMs)
  }

  /** Of a source, when a record enters; of a node without children, when it is done with. Milliseconds. */
  latencyOf(node: string): Sensor {
    const sensor = this.#latencies.get(node) ?? new Sensor()
    this.#latencies.set(node, sensor)
    return sensor
  }

  /** Bytes of key, value and headers of each record that a source took. */
  consumedBy(node: string, topic: string): Sensor {
    return addTopic(this.#consumed, node, topic)
  }

  /** One per record that a sink wrote. */
  producedBy(node: string, topic: string): Sensor {
    return addTopic(this.#produced, node, topic)
  }

  fold(nowMs: number): void {
    for (const sensor of [this.lateness, this.dropped, this.enforced, this.restored, this.#punctuations])
      sensor.fold(nowMs)
    for (const sensor of this.#latencies.values()) sensor.fold(nowMs)
  }

  read(nowMs: number): Metric[] {
    const task = new MetricGroup('stream-task-metrics', this.#tags, nowMs)
      .rateAndTotal('process', 'processed records', this.lateness)
      .averageAndMax('record-lateness', 'time by which records were behind stream time, in ms', this.lateness)
      .rateAndTotal('dropped-records', 'records left out', this.dropped)
      .rateAndTotal('enforced-processing', 'records processed without waiting for all partitions', this.enforced)
      .averageAndMax('punctuate-latency', 'time of a punctuation in ms', this.#punctuations)
      .rateAndTotal('punctuate', 'punctuations', this.#punctuations)
      .sumRateAndTotal('restore', 'records restored', this.restored)
      .add(
        'restore-remaining-records-total',
        'The number of records that are still to be restored',
        [...this.restoreRemaining.values()].reduce((sum, records) => sum + records, 0),
      )
      .add('active-buffer-count', 'The number of records that wait to be processed', this.bufferedRecords())
    return [...task.metrics, ...this.#nodeMetrics(nowMs), ...this.#topicMetrics(nowMs)]
  }

  #nodeMetrics(nowMs: number): Metric[] {
    const sources = new Set(this.#consumed.map(({ node }) => node))
    return [...this.#latencies].flatMap(([node, sensor]) => {
      const tags = { ...this.#tags, 'processor-node-id': node }
      const group = new MetricGroup('stream-processor-node-metrics', tags, nowMs)
      if (sources.has(node)) group.rateAndTotal('process', 'processed records', sensor)
      return group.averageMinAndMax('record-e2e-latency', 'age of records by their timestamps, in ms', sensor).metrics
    })
  }

  #topicMetrics(nowMs: number): Metric[] {
    const group = ({ node, topic }: TopicSensor): MetricGroup =>
      new MetricGroup('stream-topic-metrics', { ...this.#tags, 'processor-node-id': node, topic }, nowMs)
    return [
      ...this.#consumed.flatMap(
        (each) =>
          group(each)
            .add('records-consumed-total', 'The number of records taken from the topic', each.sensor.total)
            .add('bytes-consumed-total', 'The number of bytes taken from the topic', bytesOf(each)).metrics,
      ),
      ...this.#produced.flatMap(
        (each) =>
          group(each).add('records-produced-total', 'The number of records written to the topic', each.sensor.total)
            .metrics,
      ),
    ]
  }
}

function bytesOf({ topic, sensor }: TopicSensor): number {
  return sensor.totalSum + sensor.total * (fixedRecordBytes + Buffer.byteLength(topic))
}

function addTopic(sensors: TopicSensor[], node: string, topic: string): Sensor {
  const sensor = new Sensor()
  sensors.push({ node, topic, sensor })
  return sensor
}
