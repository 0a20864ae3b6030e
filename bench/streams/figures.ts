import { median } from '../statistics.ts'

/** What one run, or the median of several, has shown. */
export interface Figures {
  /** Of the second half of the records; of a restoration, from its first record to its last. */
  readonly steadyRecordsPerSecond: number
  /** From the first record to the end of `close()`; of a restoration, from `start()` to RUNNING. */
  readonly wholeRecordsPerSecond: number
  /** Of the application, in the span of the steady rate. */
  readonly cpuSecondsPerMillion: number
  readonly rssPeakBytes: number
  /** From the start of the process to RUNNING. */
  readonly startMs: number
}

export interface RunFigures extends Figures {
  /** Of the broker, per million records, over the whole run. */
  readonly brokerCpuSecondsPerMillion: number
  /** Of the thread that does the work, in the span of the steady rate: what it needs however many others run. */
  readonly threadCpuSecondsPerMillion: number
  /** Of the application, over the whole run. */
  readonly wholeCpuSecondsPerMillion: number
  readonly rssEndBytes: number
  /** Cores' worth of other programs' work on the cores of application and broker. */
  readonly foreignCores: number
}

/** Ours divided by theirs. `spread`: largest less smallest ratio of steady rates of a round, over their median. */
export interface Ratio {
  readonly steady: number
  readonly whole: number
  readonly cpu: number
  readonly rss: number
  readonly spread: number
}

const megabyte = 1024 * 1024

/** The result line of a program, in our units. */
export function figuresOf(result: Readonly<Record<string, unknown>>): RunFigures {
  const field = (name: string): number => {
    const value = result[name]
    return typeof value === 'number' && Number.isFinite(value) ? value : 0
  }
  const common = { rssPeakBytes: field('hwm_mb') * megabyte, startMs: field('startup_ms') }
  if ('restore_s' in result) {
    const cpuSecondsPerMillion = (field('app_cpu_s') / field('records')) * 1e6
    return {
      ...common,
      steadyRecordsPerSecond: field('rate'),
      wholeRecordsPerSecond: (field('records') / field('start_call_to_running_ms')) * 1000,
      cpuSecondsPerMillion,
      wholeCpuSecondsPerMillion: cpuSecondsPerMillion,
      brokerCpuSecondsPerMillion: 0,
      threadCpuSecondsPerMillion: 0,
      rssEndBytes: field('rss_mb') * megabyte,
      foreignCores: 0,
    }
  }
  return {
    ...common,
    steadyRecordsPerSecond: field('rate_steady'),
    wholeRecordsPerSecond: field('rate_total'),
    cpuSecondsPerMillion: field('app_cpu_per_m_steady'),
    wholeCpuSecondsPerMillion: field('app_cpu_per_m'),
    threadCpuSecondsPerMillion: field('thread_cpu_per_m_steady'),
    brokerCpuSecondsPerMillion: (field('broker_cpu_s') / field('n')) * 1e6,
    rssEndBytes: field('rss_end_mb') * megabyte,
    foreignCores: field('foreign_cpu'),
  }
}

export function medianFigures(runs: readonly RunFigures[]): RunFigures {
  const of = (field: keyof RunFigures): number => median(runs.map((run) => run[field]))
  return {
    steadyRecordsPerSecond: of('steadyRecordsPerSecond'),
    wholeRecordsPerSecond: of('wholeRecordsPerSecond'),
    cpuSecondsPerMillion: of('cpuSecondsPerMillion'),
    rssPeakBytes: of('rssPeakBytes'),
    startMs: of('startMs'),
    threadCpuSecondsPerMillion: of('threadCpuSecondsPerMillion'),
    brokerCpuSecondsPerMillion: of('brokerCpuSecondsPerMillion'),
    wholeCpuSecondsPerMillion: of('wholeCpuSecondsPerMillion'),
    rssEndBytes: of('rssEndBytes'),
    foreignCores: of('foreignCores'),
  }
}

/** The figures that a report has. */
export function reported(figures: RunFigures): Figures {
  const { steadyRecordsPerSecond, wholeRecordsPerSecond, cpuSecondsPerMillion, rssPeakBytes, startMs } = figures
  return { steadyRecordsPerSecond, wholeRecordsPerSecond, cpuSecondsPerMillion, rssPeakBytes, startMs }
}

/** Of medians; the spread is that of the ratios of rounds, in which both ran one after the other. */
export function ratioOf(ours: readonly RunFigures[], theirs: readonly RunFigures[]): Ratio {
  const left = medianFigures(ours)
  const right = medianFigures(theirs)
  const rounds = ours.map((run, round) => run.steadyRecordsPerSecond / (theirs[round]?.steadyRecordsPerSecond ?? 0))
  return {
    steady: rounded(left.steadyRecordsPerSecond / right.steadyRecordsPerSecond),
    whole: rounded(left.wholeRecordsPerSecond / right.wholeRecordsPerSecond),
    cpu: rounded(left.cpuSecondsPerMillion / right.cpuSecondsPerMillion),
    rss: rounded(left.rssPeakBytes / right.rssPeakBytes),
    spread: rounded((Math.max(...rounds) - Math.min(...rounds)) / median(rounds)),
  }
}

function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : 0
}
