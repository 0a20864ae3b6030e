import { readFileSync, readdirSync } from 'node:fs'
import { cpuSeconds } from '../process-figures.ts'

/** What a process holds at a moment, from /proc. */
export interface ProcessSample {
  readonly residentMegabytes: number
  readonly fileHandles: number
  readonly threads: number
  readonly cpuSeconds: number
}

export function sampleOf(pid: number): ProcessSample {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return {
    residentMegabytes: Math.round(field('VmRSS') / 1024),
    fileHandles: readdirSync(`/proc/${pid}/fd`).length,
    threads: field('Threads'),
    cpuSeconds: cpuSeconds(pid),
  }
}

/** The middle value of a measure over some samples. */
export function medianOf(samples: readonly ProcessSample[], measure: keyof ProcessSample): number {
  const sorted = samples.map((sample) => sample[measure]).toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
