import { readFileSync } from 'node:fs'
import { matchesGlob } from 'node:path'

/** Tests of a foreign suite that need not pass, and why. In `left-out.json`, and in the page on compatibility. */
export interface LeftOut {
  readonly suite: string
  /** Of the test; `*` stands for anything, `{one,other}` for either. */
  readonly test: string
  /** The command's option that it holds with alone: `protocol=consumer`. Default: always. */
  readonly with?: string
  readonly reason: string
}

/** All of them. */
export const leftOutTests: readonly LeftOut[] = JSON.parse(
  readFileSync(new URL('./left-out.json', import.meta.url), 'utf8'),
) as readonly LeftOut[]

/** Why a test is not run, or undefined. */
export function leftOut(suite: string, test: string, options: ReadonlyMap<string, string>): string | undefined {
  return leftOutTests.find((entry) => entry.suite === suite && matches(test, entry.test) && holds(entry.with, options))
    ?.reason
}

/** Names are no paths: a `*` is to stand for slashes as well. */
function matches(test: string, pattern: string): boolean {
  return matchesGlob(test.replaceAll('/', ':'), pattern.replaceAll('/', ':'))
}

function holds(option: string | undefined, options: ReadonlyMap<string, string>): boolean {
  if (option === undefined) return true
  const [name = '', value = 'yes'] = option.split('=')
  return options.get(name) === value
}
