import { spawnSync } from 'node:child_process'

const pins = new Map<string, boolean>()

/** The command line with `taskset` before it, where there is one that can pin to these cores. */
export function pinned(cpus: string, command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  let canPin = pins.get(cpus)
  if (canPin === undefined) {
    canPin = spawnSync('taskset', ['-c', cpus, 'true']).status === 0
    pins.set(cpus, canPin)
  }
  return canPin ? ['taskset', '-c', cpus, ...command] : command
}
