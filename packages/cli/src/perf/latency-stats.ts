import type { Clock } from '@streamwright/std'
import { javaFixed } from '../console/java-numbers.ts'

/** So many latencies are kept at most, of records at even distances: from them the percentiles are. */
const sampledMax = 500_000
const percentiles = [0.5, 0.95, 0.99, 0.999]
const bytesPerMb = 1024 * 1024

/** Records of an interval, and how they did. */
export interface IntervalReport {
  readonly records: number
  readonly recordsPerSec: number
  readonly mbPerSec: number
  readonly avgLatencyMs: number
  readonly maxLatencyMs: number
}

/** All records of a run, or of its steady state. */
export interface TotalReport extends IntervalReport {
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
}

/** Counts acknowledged records, and tells of each interval when it is over. Times are wall-clock milliseconds, as Java's. */
export class LatencyStats {
  readonly #clock: Clock
  readonly #intervalMs: number
  readonly #onInterval: (report: IntervalReport, isFirst: boolean) => void
  readonly #startMs: number
  readonly #samples: Int32Array
  readonly #sampling: number
  #sampled = 0
  #untilSample = 0
  #count = 0
  #bytes = 0
  #latencySumMs = 0
  #latencyMaxMs = 0
  #intervalStartMs: number
  #intervalCount = 0
  #intervalBytes = 0
  #intervalLatencySumMs = 0
  #intervalLatencyMaxMs = 0

  /** For about so many records. `onInterval` is called within {@link record}. */
  constructor(
    clock: Clock,
    recordsExpected: number,
    intervalMs: number,
    onInterval: (report: IntervalReport, isFirst: boolean) => void,
  ) {
    this.#clock = clock
    this.#intervalMs = intervalMs
    this.#onInterval = onInterval
    this.#startMs = clock.wallMs()
    this.#intervalStartMs = this.#startMs
    this.#sampling = Math.floor(recordsExpected / Math.min(recordsExpected, sampledMax))
    this.#samples = new Int32Array(Math.floor(recordsExpected / this.#sampling) + 1)
  }

  /** A record was acknowledged at `nowMs`. Once per record. */
  record(latencyMs: number, bytes: number, nowMs: number): void {
    this.#count += 1
    this.#bytes += bytes
    this.#latencySumMs += latencyMs
    if (latencyMs > this.#latencyMaxMs) this.#latencyMaxMs = latencyMs
    this.#intervalCount += 1
    this.#intervalBytes += bytes
    this.#intervalLatencySumMs += latencyMs
    if (latencyMs > this.#intervalLatencyMaxMs) this.#intervalLatencyMaxMs = latencyMs
    if (this.#untilSample === 0) {
      this.#samples[this.#sampled++] = latencyMs
      this.#untilSample = this.#sampling
    }
    this.#untilSample -= 1
    if (nowMs - this.#intervalStartMs >= this.#intervalMs) this.#endInterval(nowMs)
  }

  total(): TotalReport {
    const seconds = (this.#clock.wallMs() - this.#startMs) / 1000
    const sorted = this.#samples.subarray(0, this.#sampled).toSorted()
    const [p50Ms = 0, p95Ms = 0, p99Ms = 0, p999Ms = 0] = percentiles.map(
      (part) => sorted[Math.floor(part * this.#sampled)] ?? 0,
    )
    return {
      records: this.#count,
      recordsPerSec: this.#count / seconds,
      mbPerSec: this.#bytes / seconds / bytesPerMb,
      avgLatencyMs: this.#latencySumMs / this.#count,
      maxLatencyMs: this.#latencyMaxMs,
      ...{ p50Ms, p95Ms, p99Ms, p999Ms },
    }
  }

  #endInterval(nowMs: number): void {
    const seconds = (nowMs - this.#intervalStartMs) / 1000
    const isFirst = this.#count === this.#intervalCount
    const report = {
      records: this.#intervalCount,
      recordsPerSec: this.#intervalCount / seconds,
      mbPerSec: this.#intervalBytes / seconds / bytesPerMb,
      avgLatencyMs: this.#intervalLatencySumMs / this.#intervalCount,
      maxLatencyMs: this.#intervalLatencyMaxMs,
    }
    this.#intervalStartMs = nowMs
    this.#intervalCount = 0
    this.#intervalBytes = 0
    this.#intervalLatencySumMs = 0
    this.#intervalLatencyMaxMs = 0
    this.#onInterval(report, isFirst)
  }
}

/** An interval as Java's tool prints it. */
export function intervalLine(report: IntervalReport): string {
  return `${report.records} records sent, ${javaFixed(report.recordsPerSec, 1)} records/sec (${javaFixed(report.mbPerSec, 2)} MB/sec), ${javaFixed(report.avgLatencyMs, 1)} ms avg latency, ${javaFixed(report.maxLatencyMs, 1)} ms max latency.\n`
}

/** The last line of Java's tool; `kind` is said before the word records. */
export function totalLine(report: TotalReport, kind: '' | ' steady state' = ''): string {
  return `${report.records}${kind} records sent, ${javaFixed(report.recordsPerSec, 6)} records/sec (${javaFixed(report.mbPerSec, 2)} MB/sec), ${javaFixed(report.avgLatencyMs, 2)} ms avg latency, ${javaFixed(report.maxLatencyMs, 2)} ms max latency, ${report.p50Ms} ms 50th, ${report.p95Ms} ms 95th, ${report.p99Ms} ms 99th, ${report.p999Ms} ms 99.9th.\n`
}
