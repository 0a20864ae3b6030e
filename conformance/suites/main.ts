/**
 * `npm run conformance -- SUITE [FILTER…] [--option=value…]`: runs a foreign test suite on our broker, test by test.
 * A filter is a part of a test's name. What `left-out.json` lists is not run, but with `--all`. Any other test that
 * does not pass makes the exit status 1.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrokerProcess } from './broker-process.ts'
import { suiteFolder } from './fetch-sources.ts'
import { leftOut } from './left-out.ts'
import type { Outcome, PreparedSuite, SuiteTest } from './suite.ts'
import { suites } from './suites.ts'

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function usage(): never {
  print('npm run conformance -- SUITE [FILTER…] [--all] [--option=value…]\n')
  for (const [name, suite] of Object.entries(suites)) {
    print(`  ${name.padEnd(20)}${suite.about}`)
    for (const [option, about] of Object.entries(suite.options ?? {})) print(`    --${option.padEnd(16)}${about}`)
  }
  process.exit(2)
}

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const options = new Map(
  process.argv
    .slice(2)
    .filter((argument) => argument.startsWith('--'))
    .map((argument) => {
      const [name = '', value = 'yes'] = argument.slice(2).split(/=(.*)/s)
      return [name, value]
    }),
)
const [suiteName = '', ...filters] = words
const suite = suites[suiteName]
if (suite === undefined) usage()

/** Runs tests one after the other, on a broker for each run of tests that ask for the same kind. */
class SuiteRun {
  readonly counts = { passed: 0, failed: 0, skipped: 0 }
  readonly #prepared: PreparedSuite
  readonly #logs: string
  #broker: { readonly kind: string; readonly process: BrokerProcess } | undefined

  constructor(prepared: PreparedSuite, logs: string) {
    this.#prepared = prepared
    this.#logs = logs
  }

  async run(test: SuiteTest): Promise<void> {
    const reason = leftOut(suiteName, test.name, options)
    if (reason !== undefined && !options.has('all')) return this.#count(test, { verdict: 'skipped', why: reason }, 0)
    const startMs = performance.now()
    const outcome = await this.#outcome(test)
    const seconds = (performance.now() - startMs) / 1000
    if (outcome.verdict === 'skipped' && reason === undefined)
      return this.#count(test, { verdict: 'failed', why: `it skips itself: ${outcome.why}` }, seconds)
    this.#count(test, outcome, seconds)
  }

  async stop(): Promise<void> {
    await this.#broker?.process.stop()
    this.#broker = undefined
  }

  async #outcome(test: SuiteTest): Promise<Outcome> {
    const broker = await this.#brokerFor(test)
    const outcome = await test.run(broker.place, join(this.#logs, `${test.name.replaceAll(/[^\w.-]+/g, '-')}.log`))
    if (broker.runs) return outcome
    await this.stop()
    return { verdict: 'failed', why: 'the broker ended' }
  }

  async #brokerFor(test: SuiteTest): Promise<BrokerProcess> {
    if (this.#broker?.kind === test.broker) return this.#broker.process
    await this.stop()
    const kind = this.#prepared.brokers[test.broker]
    if (kind === undefined) throw new Error(`${test.name} asks for a broker of an unknown kind, ${test.broker}`)
    const process = await BrokerProcess.start(kind, join(this.#logs, `broker-${test.broker.replaceAll(' ', '-')}.txt`))
    this.#broker = { kind: test.broker, process }
    return process
  }

  #count(test: SuiteTest, outcome: Outcome, seconds: number): void {
    this.counts[outcome.verdict] += 1
    const why = outcome.verdict === 'passed' ? '' : `\n        ${outcome.why.split('\n').join('\n        ')}`
    print(`${outcome.verdict.padEnd(8)}${test.name} (${seconds.toFixed(1)} s)${why}`)
  }
}

const prepared = await suite.prepare(options)
print(prepared.version)
const logs = join(suiteFolder(suiteName), 'logs')
mkdirSync(logs, { recursive: true })
const chosen = prepared.tests.filter(({ name }) => filters.length === 0 || filters.some((part) => name.includes(part)))
const run = new SuiteRun(prepared, logs)
try {
  // Tests of one kind of broker together: each kind is started once.
  for (const kind of Object.keys(prepared.brokers))
    for (const test of chosen) if (test.broker === kind) await run.run(test)
} finally {
  await run.stop()
}
const { passed, failed, skipped } = run.counts
print(`${passed} passed, ${failed} failed, ${skipped} skipped; what they printed is in ${logs}`)
writeFileSync(join(logs, 'counts.json'), `${JSON.stringify({ version: prepared.version, passed, failed, skipped })}\n`)
if (failed > 0 || passed === 0) process.exitCode = 1
