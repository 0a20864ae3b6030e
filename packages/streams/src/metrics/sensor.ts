import { sampleCount, sampleWindowMs } from './limits.ts'

interface Sample {
  startMs: number
  count: number
  sum: number
  min: number
  max: number
}

/**
 * Counts, adds up and compares what is recorded. Recording is a handful of plain fields, so that it costs a few
 * nanoseconds where records run; the samples that rates and averages need are kept by {@link fold}, a few times a
 * second. Java: `Sensor` with its stats.
 */
export class Sensor {
  /** Since the sensor was made. */
  total = 0
  /** Sum of what was recorded since then. */
  totalSum = 0
  // Since the last fold.
  #count = 0
  #sum = 0
  #min = Infinity
  #max = -Infinity
  readonly #samples: Sample[] = []

  record(value: number): void {
    this.total += 1
    this.totalSum += value
    this.#count += 1
    this.#sum += value
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
  }

  /** Puts what was recorded since the last call into the sample of this moment. */
  fold(nowMs: number): void {
    const last = this.#samples.at(-1)
    const sample = last === undefined || nowMs - last.startMs >= sampleWindowMs ? this.#newSample(nowMs) : last
    sample.count += this.#count
    sample.sum += this.#sum
    if (this.#min < sample.min) sample.min = this.#min
    if (this.#max > sample.max) sample.max = this.#max
    this.#count = 0
    this.#sum = 0
    this.#min = Infinity
    this.#max = -Infinity
  }

  average(nowMs: number): number {
    const { count, sum } = this.#recent(nowMs)
    return count === 0 ? Number.NaN : sum / count
  }

  max(nowMs: number): number {
    const { count, max } = this.#recent(nowMs)
    return count === 0 ? Number.NaN : max
  }

  min(nowMs: number): number {
    const { count, min } = this.#recent(nowMs)
    return count === 0 ? Number.NaN : min
  }

  /** Recordings per second. */
  rate(nowMs: number): number {
    return this.#recent(nowMs).count / (this.#windowMs(nowMs) / 1000)
  }

  /** The sum of what was recorded lately, per second. */
  sumRate(nowMs: number): number {
    return this.#recent(nowMs).sum / (this.#windowMs(nowMs) / 1000)
  }

  /** The sum of what was recorded lately, per millisecond: of milliseconds of work, the share of the time. */
  ratio(nowMs: number): number {
    return this.#recent(nowMs).sum / this.#windowMs(nowMs)
  }

  #recent(nowMs: number): Sample {
    this.fold(nowMs)
    const recent = { startMs: nowMs, count: 0, sum: 0, min: Infinity, max: -Infinity }
    for (const sample of this.#samples) {
      if (nowMs - sample.startMs >= sampleCount * sampleWindowMs) continue
      recent.startMs = Math.min(recent.startMs, sample.startMs)
      recent.count += sample.count
      recent.sum += sample.sum
      recent.min = Math.min(recent.min, sample.min)
      recent.max = Math.max(recent.max, sample.max)
    }
    return recent
  }

  /** Java's `Rate.windowSize`: at the beginning as if all samples but one were complete, so that rates do not jump. */
  #windowMs(nowMs: number): number {
    const elapsedMs = nowMs - this.#recent(nowMs).startMs
    const fullWindows = Math.floor(elapsedMs / sampleWindowMs)
    return elapsedMs + Math.max(0, sampleCount - 1 - fullWindows) * sampleWindowMs
  }

  #newSample(nowMs: number): Sample {
    const sample = { startMs: nowMs, count: 0, sum: 0, min: Infinity, max: -Infinity }
    this.#samples.push(sample)
    if (this.#samples.length > sampleCount) this.#samples.shift()
    return sample
  }
}
