import { assert } from '@streamwright/std'
import type { LatencyHistogram } from './latency-histogram.ts'
import { latencyBoundsSeconds } from './latency-histogram.ts'

export type MetricType = 'counter' | 'gauge' | 'histogram'

/** Labels by name, in the order in which they are written. */
export type Labels = Readonly<Record<string, string | number>>

/** The `Content-Type` of what {@link MetricsText} writes. */
export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8'

/** Writes Prometheus' text format, version 0.0.4: families one after the other, each with its HELP and TYPE. */
export class MetricsText {
  readonly #lines: string[] = []
  readonly #names = new Set<string>()
  #name = ''

  /** Begins a metric; its samples follow. A name is begun once. */
  family(name: string, type: MetricType, help: string): this {
    assert(!this.#names.has(name), 'The samples of a metric stand together')
    this.#names.add(name)
    this.#name = name
    this.#lines.push(
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
    )
    return this
  }

  sample(value: number, labels?: Labels): this {
    this.#lines.push(`${this.#name}${labelsText(labels)} ${numberText(value)}`)
    return this
  }

  histogram(histogram: LatencyHistogram, labels: Labels): this {
    let total = 0
    for (const [bucket, count] of histogram.counts.entries()) {
      total += count
      const le = numberText(latencyBoundsSeconds[bucket] ?? Infinity)
      this.#lines.push(`${this.#name}_bucket${labelsText({ ...labels, le })} ${numberText(total)}`)
    }
    this.#lines.push(`${this.#name}_sum${labelsText(labels)} ${numberText(histogram.sumSeconds)}`)
    this.#lines.push(`${this.#name}_count${labelsText(labels)} ${numberText(total)}`)
    return this
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`
  }
}

function labelsText(labels: Labels | undefined): string {
  if (labels === undefined) return ''
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function numberText(value: number): string {
  if (value === Infinity) return '+Inf'
  return value === -Infinity ? '-Inf' : String(value)
}
