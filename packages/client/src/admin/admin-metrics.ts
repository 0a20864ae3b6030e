import type { Clock } from '@streamwright/std'

/** What an admin client has done, by the name of the operation. */
export interface AdminMetrics {
  readonly operationTotal: number
  readonly operationFailureTotal: number
  readonly latencyAvgMs: number
  readonly latencyMaxMs: number
}

interface Counts {
  total: number
  failures: number
  latencySumMs: number
  latencyMaxMs: number
}

/** Counts operations with the time that they took. */
export class OperationCounts {
  readonly #clock: Clock
  readonly #byName = new Map<string, Counts>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async count<T>(name: string, operation: () => Promise<T>): Promise<T> {
    const counts = this.#byName.get(name) ?? { total: 0, failures: 0, latencySumMs: 0, latencyMaxMs: 0 }
    this.#byName.set(name, counts)
    const startMs = this.#clock.monotonicMs()
    try {
      return await operation()
    } catch (error) {
      counts.failures++
      throw error
    } finally {
      const latencyMs = this.#clock.monotonicMs() - startMs
      counts.total++
      counts.latencySumMs += latencyMs
      counts.latencyMaxMs = Math.max(counts.latencyMaxMs, latencyMs)
    }
  }

  metrics(): Map<string, AdminMetrics> {
    return new Map(
      [...this.#byName].map(([name, { total, failures, latencySumMs, latencyMaxMs }]) => [
        name,
        {
          operationTotal: total,
          operationFailureTotal: failures,
          latencyAvgMs: total === 0 ? 0 : latencySumMs / total,
          latencyMaxMs,
        },
      ]),
    )
  }
}
