import type { Metric, MetricTags } from './metric.ts'
import type { Sensor } from './sensor.ts'

/** Makes the metrics of one group and one set of tags. */
export class MetricGroup {
  readonly metrics: Metric[] = []
  readonly #group: string
  readonly #tags: MetricTags
  readonly #nowMs: number

  constructor(group: string, tags: MetricTags, nowMs: number) {
    this.#group = group
    this.#tags = tags
    this.#nowMs = nowMs
  }

  add(name: string, description: string, value: number | string): this {
    this.metrics.push({ name, group: this.#group, description, tags: this.#tags, value })
    return this
  }

  /** `what` goes on from "The number of …". */
  rateAndTotal(name: string, what: string, sensor: Sensor): this {
    this.add(`${name}-rate`, `The number of ${what} per second`, sensor.rate(this.#nowMs))
    return this.add(`${name}-total`, `The number of ${what}`, sensor.total)
  }

  /** The same where each recording stands for several. */
  sumRateAndTotal(name: string, what: string, sensor: Sensor): this {
    this.add(`${name}-rate`, `The number of ${what} per second`, sensor.sumRate(this.#nowMs))
    return this.add(`${name}-total`, `The number of ${what}`, sensor.totalSum)
  }

  /** `what` goes on from "The average …" and "The maximum …". */
  averageAndMax(name: string, what: string, sensor: Sensor): this {
    this.add(`${name}-avg`, `The average ${what}`, sensor.average(this.#nowMs))
    return this.add(`${name}-max`, `The maximum ${what}`, sensor.max(this.#nowMs))
  }

  averageMinAndMax(name: string, what: string, sensor: Sensor): this {
    this.add(`${name}-avg`, `The average ${what}`, sensor.average(this.#nowMs))
    this.add(`${name}-min`, `The minimum ${what}`, sensor.min(this.#nowMs))
    return this.add(`${name}-max`, `The maximum ${what}`, sensor.max(this.#nowMs))
  }

  /** `what` goes on from "The share of time spent …". */
  ratio(name: string, what: string, sensor: Sensor): this {
    return this.add(`${name}-ratio`, `The share of time spent ${what}`, sensor.ratio(this.#nowMs))
  }
}
