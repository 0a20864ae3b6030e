import { medianFigures, ratioOf } from './figures.ts'
import type { RunFigures } from './figures.ts'
import { short } from '../statistics.ts'

/** What the contenders have shown in one workload; ours first. */
export interface WorkloadRuns {
  readonly workload: string
  readonly contenders: readonly { readonly name: string; readonly runs: readonly RunFigures[] }[]
}

const head = [
  'workload',
  'records/s',
  'ratio',
  'whole run',
  'CPU s/M',
  'ratio',
  'thread CPU s/M',
  'ratio',
  'broker CPU s/M',
  'peak memory, MB',
  'start, ms',
]

/**
 * Results in Markdown, as in docs/performance.md: ours, then the configurations of the peer; ratios are ours over the one
 * that is better in that column, so that more than 1 is better for us in each.
 */
export function tableOf(results: readonly WorkloadRuns[]): string {
  const rows = [head, head.map(() => '---'), ...results.map(rowOf)]
  return rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function rowOf({ workload, contenders }: WorkloadRuns): readonly string[] {
  const medians = contenders.map(({ runs }) => medianFigures(runs))
  const shown = (show: (figures: RunFigures) => string): string => medians.map(show).join(' / ')
  const [own, ...others] = medians
  const times = (figure: (figures: RunFigures) => number, isRate: boolean): string => {
    if (own === undefined || others.length === 0) return ''
    const best = isRate ? Math.max(...others.map(figure)) : Math.min(...others.map(figure))
    const ratio = isRate ? figure(own) / best : best / figure(own)
    return Number.isFinite(ratio) ? ratio.toFixed(1) : ''
  }
  return [
    `\`${workload}\``,
    shown(({ steadyRecordsPerSecond }) => short(steadyRecordsPerSecond)),
    `${times((figures) => figures.steadyRecordsPerSecond, true)} ${spreadOf(contenders)}`.trim(),
    times((figures) => figures.wholeRecordsPerSecond, true),
    shown(({ cpuSecondsPerMillion }) => cpuSecondsPerMillion.toFixed(1)),
    times((figures) => figures.cpuSecondsPerMillion, false),
    shown(({ threadCpuSecondsPerMillion }) => threadCpuSecondsPerMillion.toFixed(1)),
    times((figures) => figures.threadCpuSecondsPerMillion, false),
    shown(({ brokerCpuSecondsPerMillion }) => brokerCpuSecondsPerMillion.toFixed(1)),
    shown(({ rssPeakBytes }) => (rssPeakBytes / 1024 / 1024).toFixed(0)),
    shown(({ startMs }) => startMs.toFixed(0)),
  ]
}

/** The largest spread against any configuration, in brackets. */
function spreadOf([own, ...others]: WorkloadRuns['contenders']): string {
  if (own === undefined || others.length === 0) return ''
  return `(±${(Math.max(...others.map(({ runs }) => ratioOf(own.runs, runs).spread)) / 2).toFixed(2)})`
}
