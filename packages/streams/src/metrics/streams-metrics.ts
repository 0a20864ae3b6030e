import { MetricGroup } from './metric-group.ts'
import type { Metric, MetricTags } from './metric.ts'
import { Sensor } from './sensor.ts'

/** Records what a processor or store of the user's own measures: a few nanoseconds a call. */
export interface MetricSensor {
  /** For a sensor of latencies, milliseconds; one that only counts needs no value. */
  record(value?: number): void
}

/** What is measured, and of what. Names become metrics: `OPERATION-rate` in the group `stream-SCOPE-metrics`. */
export interface SensorOptions {
  /** The kind of thing, such as `cache`. It also names the tag `SCOPE-id`. */
  readonly scope: string
  /** Which of them: the value of that tag. */
  readonly entity: string
  /** What it does, such as `hit`. */
  readonly operation: string
  readonly tags?: MetricTags
}

/**
 * Sensors of processors and stores of the user's own; what they record is among `KafkaStreams.metrics()`. Sensors of one
 * name are one sensor for all tasks of a thread. Java: `StreamsMetrics`.
 */
export interface StreamsMetrics {
  /** How often: `OPERATION-rate` and `OPERATION-total`. */
  addRateTotalSensor(options: SensorOptions): MetricSensor
  /** How often and how long: `OPERATION-latency-avg` and `-max` besides. */
  addLatencyRateTotalSensor(options: SensorOptions): MetricSensor
  /** Ends the metrics of a sensor, for all tasks of the thread. */
  removeSensor(sensor: MetricSensor): void
}

/** One sensor with what it is called. */
class OwnSensor implements MetricSensor {
  readonly sensor: Sensor = new Sensor()
  readonly options: SensorOptions
  readonly measuresTime: boolean

  constructor(options: SensorOptions, measuresTime: boolean) {
    this.options = options
    this.measuresTime = measuresTime
  }

  record(value: number = 1): void {
    this.sensor.record(value)
  }
}

/** The sensors of the user's own in one thread. */
export class OwnSensors implements StreamsMetrics {
  readonly #tags: MetricTags
  readonly #sensors = new Map<string, OwnSensor>()

  constructor(tags: MetricTags) {
    this.#tags = tags
  }

  addRateTotalSensor(options: SensorOptions): MetricSensor {
    return this.#sensor(options, false)
  }

  addLatencyRateTotalSensor(options: SensorOptions): MetricSensor {
    return this.#sensor(options, true)
  }

  removeSensor(sensor: MetricSensor): void {
    for (const [name, own] of this.#sensors) if (own === sensor) this.#sensors.delete(name)
  }

  fold(nowMs: number): void {
    for (const { sensor } of this.#sensors.values()) sensor.fold(nowMs)
  }

  read(nowMs: number): Metric[] {
    return [...this.#sensors.values()].flatMap(({ sensor, options, measuresTime }) => {
      const { scope, entity, operation, tags } = options
      const group = new MetricGroup(
        `stream-${scope}-metrics`,
        { ...this.#tags, [`${scope}-id`]: entity, ...tags },
        nowMs,
      )
      if (measuresTime) group.averageAndMax(`${operation}-latency`, `time of “${operation}” in ms`, sensor)
      return group.rateAndTotal(operation, `“${operation}”`, sensor).metrics
    })
  }

  #sensor(options: SensorOptions, measuresTime: boolean): OwnSensor {
    const name = JSON.stringify([options.scope, options.entity, options.operation, options.tags, measuresTime])
    const sensor = this.#sensors.get(name) ?? new OwnSensor(options, measuresTime)
    this.#sensors.set(name, sensor)
    return sensor
  }
}
