import type { Clock } from '@streamwright/std'
import { RequestMetrics } from './request-metrics.ts'
import { TopicMetrics } from './topic-metrics.ts'

/** What is counted while requests are served. It exists where `metrics.port` is set, and costs nothing elsewhere. */
export class BrokerMetrics {
  readonly requests: RequestMetrics = new RequestMetrics()
  readonly topics: TopicMetrics = new TopicMetrics()
  readonly #clock: Clock
  readonly #startMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startMs = clock.monotonicMs()
  }

  /** By the monotonic clock, in milliseconds. */
  now(): number {
    return this.#clock.monotonicMs()
  }

  get uptimeSeconds(): number {
    return (this.now() - this.#startMs) / 1000
  }
}
