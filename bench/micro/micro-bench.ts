import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { assert } from '@streamwright/std'
import { pinned } from '../pinning.ts'
import { microCases } from './cases.ts'
import { microGroups } from './micro-case.ts'
import type { MicroGroup, MicroResult } from './micro-case.ts'

/** The core that is measured on: the last one, which others use least. */
const core = String(cpus().length - 1)

/** The time from a topology to a driver that can be used. */
const startLimitNs = 5e6

/**
 * Measures operators, serdes and the test driver, each in a process of its own, so that no figure depends on what ran
 * before, and `rounds` times: what disturbs only adds, so the least median is the best. `filters` are parts of names or
 * groups; none means all.
 */
export function microBench(filters: readonly string[], rounds: number): MicroResult[] {
  const chosen = microCases.flatMap(({ group, name }, number) =>
    filters.length === 0 || filters.some((filter) => `${group} ${name}`.includes(filter)) ? [number] : [],
  )
  if (chosen.length === 0) throw new Error(`There is no micro benchmark with ${filters.join(' or ')} in its name`)
  process.stdout.write(`${machine()}\n`)
  let group: MicroGroup | undefined
  return chosen.map((number) => {
    const result = leastOf(Array.from({ length: rounds }, () => measured(number)))
    if (result.group !== group) {
      group = result.group
      process.stdout.write(`\n| ${group} | per ${microGroups[group]} | quartiles |\n|---|---|---|\n`)
    }
    process.stdout.write(`${row(result)}\n`)
    return result
  })
}

function leastOf(results: readonly MicroResult[]): MicroResult {
  const [least] = results.toSorted((left, right) => left.median - right.median)
  assert(least !== undefined, 'There is at least one round')
  return least
}

function measured(number: number): MicroResult {
  const program = fileURLToPath(new URL('../micro-process.ts', import.meta.url))
  const [command, ...commandArguments] = pinned(core, [process.execPath, '--expose-gc', program, String(number)])
  const { stdout, stderr, status } = spawnSync(command, commandArguments, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${microCases[number]?.name ?? ''} failed:\n${stderr}`)
  return JSON.parse(stdout) as MicroResult
}

function row({ name, median, p25, p75 }: MicroResult): string {
  const verdict = name.startsWith('start ')
    ? ` (limit ${time(startLimitNs)}: ${median < startLimitNs ? 'kept' : 'broken'})`
    : ''
  return `| ${name} | ${time(median)}${verdict} | ${time(p25)}–${time(p75)} |`
}

function time(nanoseconds: number): string {
  if (nanoseconds >= 1e6) return `${(nanoseconds / 1e6).toPrecision(3)} ms`
  if (nanoseconds >= 1e3) return `${(nanoseconds / 1e3).toPrecision(3)} µs`
  return `${nanoseconds.toPrecision(nanoseconds < 10 ? 2 : 3)} ns`
}

/** Machine and versions, as they belong beside any figure. */
function machine(): string {
  const [cpu] = cpus()
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>
  }
  return `${cpus().length} × ${cpu?.model ?? 'unknown'}, Node.js ${process.versions.node}, V8 ${process.versions.v8}, mitata ${manifest.devDependencies['mitata'] ?? ''}, core ${core}`
}
