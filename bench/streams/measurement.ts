import { setTimeout as sleep } from 'node:timers/promises'
import { cpuSeconds, hostBusySeconds, residentKb } from '../process-figures.ts'
import type { Counters } from './topologies.ts'

const sampleMs = 10
const memoryEveryMs = 500
const deadlineMs = 580_000

interface Sample {
  readonly atMs: number
  readonly read: number
  readonly middle: number
  readonly cpu: number
  /** Of the thread that does the work. */
  readonly threadCpu: number
}

export interface MeasurementOptions {
  /** Records of the input. */
  readonly total: number
  /** Records of the last stage; 0 where there is one stage. */
  readonly middleTotal: number
  readonly counters: Counters
  readonly brokerPid: number
  /** Of application and broker. */
  readonly cores: readonly string[]
  /** Ends the application, its last commit included. */
  readonly close: () => Promise<void>
}

/**
 * Watches an application run to the end of its input. The clock starts with the first record and stops with the last
 * one taken, and again when the application has closed. Names of the fields are those of the harness for Java.
 */
export async function measure(options: MeasurementOptions): Promise<Record<string, number>> {
  const { total, middleTotal, counters, brokerPid, cores } = options
  const samples: Sample[] = []
  let rssPeakKb = 0
  let memoryAtMs = 0
  let hostBefore = 0
  let brokerBefore = 0
  for (;;) {
    const { read, middle } = counters
    const sample = { atMs: performance.now(), read, middle, cpu: cpuSeconds('self'), threadCpu: threadCpuSeconds() }
    if (samples.length === 0) {
      if (read === 0) {
        await sleep(1)
        continue
      }
      hostBefore = hostBusySeconds(cores)
      brokerBefore = cpuSeconds(brokerPid)
    }
    samples.push(sample)
    if (sample.atMs - memoryAtMs > memoryEveryMs) {
      memoryAtMs = sample.atMs
      rssPeakKb = Math.max(rssPeakKb, residentKb().now)
    }
    if (read >= total && middle >= middleTotal) break
    if (sample.atMs > deadlineMs) throw new Error(`Not done in time: read ${read}, of the last stage ${middle}`)
    await sleep(sampleMs)
  }
  const rssEndKb = residentKb().now
  await options.close()
  const endMs = performance.now()
  const first = samples[0] as Sample
  const last = samples.at(-1) as Sample
  // With a repartition topic, records count when their last stage has consumed them.
  const progress = (sample: Sample): number => (middleTotal > 0 ? (sample.middle * total) / middleTotal : sample.read)
  const half = samples.find((sample) => progress(sample) >= total / 2) ?? last
  const wholeSeconds = (endMs - first.atMs) / 1000
  const runSeconds = (last.atMs - first.atMs) / 1000
  const cpu = cpuSeconds('self') - first.cpu
  const brokerCpu = cpuSeconds(brokerPid) - brokerBefore
  const foreign = hostBusySeconds(cores) - hostBefore - cpu - brokerCpu
  const steadyRecords = progress(last) - progress(half)
  return {
    n: total,
    run_s: round(runSeconds, 3),
    total_s: round(wholeSeconds, 3),
    close_s: round(wholeSeconds - runSeconds, 3),
    rate_total: Math.round(total / wholeSeconds),
    rate_steady: Math.round(steadyRecords / ((last.atMs - half.atMs) / 1000)),
    app_cpu_s: round(cpu, 2),
    app_cpu_per_m: round((cpu / total) * 1e6, 3),
    app_cpu_per_m_steady: round(((last.cpu - half.cpu) / steadyRecords) * 1e6, 3),
    thread_cpu_per_m_steady: round(((last.threadCpu - half.threadCpu) / steadyRecords) * 1e6, 3),
    broker_cpu_s: round(brokerCpu, 2),
    broker_util: round(brokerCpu / wholeSeconds, 2),
    foreign_cpu: round(foreign / wholeSeconds, 2),
    rss_peak_mb: Math.round(rssPeakKb / 1024),
    rss_end_mb: Math.round(rssEndKb / 1024),
  }
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function threadCpuSeconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1e6
}
