/** Upper bounds of the buckets, in seconds; one more takes the rest. From a read out of memory to a parked fetch. */
export const latencyBoundsSeconds: readonly number[] = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
]

/** How long things took, counted in fixed buckets: recording allocates nothing. */
export class LatencyHistogram {
  /** Of each bucket alone; the exposition adds them up. */
  readonly counts: Float64Array = new Float64Array(latencyBoundsSeconds.length + 1)
  sumSeconds = 0

  record(durationMs: number): void {
    const seconds = durationMs / 1000
    this.sumSeconds += seconds
    let bucket = 0
    // Most are short: the first few comparisons decide.
    while (bucket < latencyBoundsSeconds.length && seconds > (latencyBoundsSeconds[bucket] ?? Infinity)) bucket++
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1
  }
}
