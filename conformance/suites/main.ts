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
import { moveToOwnNetwork } from './own-network.ts'
import type { Outcome, Outcomes, PreparedSuite, SuiteTest } from './suite.ts'
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
if (suite.hasFixedPorts === true) moveToOwnNetwork()

/** A test that leaves itself out without being listed has failed; one that is listed need not pass. */
function judge(outcome: Outcome, reason: string | undefined): Outcome {
  if (outcome.verdict === 'passed') return outcome
  if (reason !== undefined) return { verdict: 'skipped', why: reason }
  if (outcome.verdict === 'failed') return outcome
  return { verdict: 'failed', why: `it leaves itself out: ${outcome.why}` }
}

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
    if (reason !== undefined && !options.has('all')) return this.#count(test.name, { verdict: 'skipped', why: reason })
    const startMs = performance.now()
    const outcomes = await this.#outcomes(test)
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    if (outcomes.size > 1) print(`${test.name} (${seconds} s)`)
    for (const [name, outcome] of outcomes)
      this.#count(name, outcome, outcomes.size > 1 ? undefined : ` (${seconds} s)`)
  }

  async stop(): Promise<void> {
    await this.#broker?.process.stop()
    this.#broker = undefined
  }

  async #outcomes(test: SuiteTest): Promise<Outcomes> {
    const broker = await this.#brokerFor(test)
    const log = join(this.#logs, `${test.name.replaceAll(/[^\w.-]+/g, '-')}.log`)
    const outcome = await test.run(broker.place, log)
    if (broker.runs) return outcome instanceof Map ? outcome : new Map([[test.name, outcome as Outcome]])
    await this.stop()
    return new Map([[test.name, { verdict: 'failed', why: 'the broker ended' }]])
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

  #count(name: string, outcome: Outcome, time = ''): void {
    const judged = judge(outcome, leftOut(suiteName, name, options))
    this.counts[judged.verdict] += 1
    const why = judged.verdict === 'passed' ? '' : `\n        ${judged.why.split('\n').join('\n        ')}`
    print(`${judged.verdict.padEnd(8)}${name}${time}${why}`)
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
