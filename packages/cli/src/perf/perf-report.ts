import type { Terminal } from '../command-line/tool.ts'
import type { IntervalReport, TotalReport } from './latency-stats.ts'
import { intervalLine, totalLine } from './latency-stats.ts'
import type { MetricValues } from './metrics-table.ts'
import { printMetrics } from './metrics-table.ts'

/** Where a performance test of a producer says what it finds, in this order. */
export interface PerfReport {
  warmup(records: number): void
  /** The first interval of the steady state follows. */
  inSteadyState(): void
  interval(report: IntervalReport): void
  total(report: TotalReport, steadyState: TotalReport | undefined): void
  metrics(metrics: MetricValues): void
}

/** Java's lines, as soon as they are known. */
export class TextReport implements PerfReport {
  readonly #terminal: Terminal

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  warmup(records: number): void {
    this.#terminal.out(
      `Warmup first ${records} records. Steady state results will print after the complete test summary.\n`,
    )
  }

  inSteadyState(): void {
    this.#terminal.out('In steady state.\n')
  }

  interval(report: IntervalReport): void {
    this.#terminal.out(intervalLine(report))
  }

  total(report: TotalReport, steadyState: TotalReport | undefined): void {
    this.#terminal.out(totalLine(report))
    if (steadyState !== undefined) this.#terminal.out(totalLine(steadyState, ' steady state'))
  }

  metrics(metrics: MetricValues): void {
    printMetrics(this.#terminal, metrics)
  }
}

/** All of it in one document, at the end. */
export class JsonReport implements PerfReport {
  readonly #intervals: IntervalReport[] = []
  #content: Record<string, unknown> = {}
  #warmupRecords = 0

  warmup(records: number): void {
    this.#warmupRecords = records
  }

  inSteadyState(): void {}

  interval(report: IntervalReport): void {
    this.#intervals.push(report)
  }

  total(report: TotalReport, steadyState: TotalReport | undefined): void {
    this.#content = {
      ...report,
      ...(this.#warmupRecords > 0 && { warmupRecords: this.#warmupRecords, steadyState }),
      intervals: this.#intervals,
    }
  }

  metrics(metrics: MetricValues): void {
    this.#content['metrics'] = Object.fromEntries(metrics)
  }

  get document(): string {
    return `${JSON.stringify(this.#content, null, 2)}\n`
  }
}
