import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** User and system CPU of a process so far, from /proc; 0 where there is none. */
export function cpuSeconds(pid: number | 'self'): number {
  const text = read(`/proc/${pid}/stat`)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond
}

/** Busy seconds of the named cores, whoever used them; of all cores without names. */
export function hostBusySeconds(cpus: readonly string[]): number {
  const wanted = new Set(cpus.length === 0 ? ['cpu'] : cpus.map((cpu) => `cpu${cpu}`))
  let ticks = 0
  for (const line of read('/proc/stat').split('\n')) {
    const fields = line.trim().split(/ +/)
    // user, nice, system, irq, softirq, steal
    if (wanted.has(fields[0] ?? '')) for (const index of [1, 2, 3, 6, 7, 8]) ticks += Number(fields[index] ?? 0)
  }
  return ticks / ticksPerSecond
}

/** Resident memory of this process, now and at its peak. */
export function residentKb(): { readonly now: number; readonly peak: number } {
  const status = read('/proc/self/status')
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return { now: field('VmRSS'), peak: field('VmHWM') }
}
