import { join } from 'node:path'
import type { RunningBroker } from './broker-process.ts'
import type { BrokerKind, Outcome, Outcomes, PreparedSuite, SuiteTest } from './suite.ts'

/** How many tests ended how. */
export interface Counts {
  passed: number
  /** Of those that passed: how many did so when they were run once more, alone. */
  secondAttempt: number
  failed: number
  skipped: number
}

/** What a run of a suite needs besides the suite. */
export interface SuiteRunOptions {
  /** The folder for what tests and brokers print. */
  readonly logs: string
  /** Tests that are left out are run as well; they need not pass. */
  readonly runsAll: boolean
  /** Why a test is left out, or undefined. */
  reasonOf(name: string): string | undefined
  start(kind: BrokerKind, logPath: string): Promise<RunningBroker>
  print(line: string): void
}

/** A test that leaves itself out without being listed has failed; one that is listed need not pass. */
function judge(outcome: Outcome, reason: string | undefined): Outcome {
  if (outcome.verdict === 'passed') return outcome
  if (reason !== undefined) return { verdict: 'skipped', why: reason }
  if (outcome.verdict === 'failed') return outcome
  return { verdict: 'failed', why: `it leaves itself out: ${outcome.why}` }
}

/**
 * Runs tests one after the other, on a broker for each run of tests that ask for the same kind. What failed is run once
 * more at the end, alone on a broker of its own: time-outs that the tests have themselves expire on a machine that had
 * something else to do.
 */
export class SuiteRun {
  readonly counts: Counts = { passed: 0, secondAttempt: 0, failed: 0, skipped: 0 }
  readonly #prepared: PreparedSuite
  readonly #options: SuiteRunOptions
  #broker: { readonly kind: string; readonly process: RunningBroker } | undefined

  constructor(prepared: PreparedSuite, options: SuiteRunOptions) {
    this.#prepared = prepared
    this.#options = options
  }

  /** Runs tests, of one kind of broker together: each kind is started once. */
  async run(tests: readonly SuiteTest[]): Promise<void> {
    const again: { readonly test: SuiteTest; readonly failed: ReadonlySet<string> }[] = []
    try {
      for (const kind of Object.keys(this.#prepared.brokers))
        for (const test of tests.filter(({ broker }) => broker === kind)) {
          const failed = await this.#runFirst(test)
          if (failed.size > 0) again.push({ test, failed })
        }
      for (const { test, failed } of again) await this.#runAgain(test, failed)
    } finally {
      await this.#stop()
    }
  }

  /** Returns the names of what failed. */
  async #runFirst(test: SuiteTest): Promise<ReadonlySet<string>> {
    const reason = this.#options.reasonOf(test.name)
    if (reason !== undefined && !this.#options.runsAll) {
      this.#tell(test.name, { verdict: 'skipped', why: reason })
      this.counts.skipped += 1
      return new Set()
    }
    const failed = new Set<string>()
    for (const [name, outcome] of await this.#judged(test)) {
      this.counts[outcome.verdict] += 1
      if (outcome.verdict === 'failed') failed.add(name)
    }
    return failed
  }

  async #runAgain(test: SuiteTest, failed: ReadonlySet<string>): Promise<void> {
    await this.#stop()
    this.#options.print(`Once more, alone: ${test.name}`)
    for (const [name, { verdict }] of await this.#judged(test, failed)) {
      if (!failed.has(name) || verdict !== 'passed') continue
      this.counts.failed -= 1
      this.counts.passed += 1
      this.counts.secondAttempt += 1
    }
  }

  /** Runs a test and tells how it, or each test of the file, ended; of all or of some alone. */
  async #judged(test: SuiteTest, only?: ReadonlySet<string>): Promise<Outcomes> {
    const startMs = performance.now()
    const outcomes = await this.#outcomes(test)
    const time = `(${((performance.now() - startMs) / 1000).toFixed(1)} s)`
    if (outcomes.size > 1) this.#options.print(`${test.name} ${time}`)
    const judged = new Map<string, Outcome>()
    for (const [name, outcome] of outcomes) {
      const verdict = judge(outcome, this.#options.reasonOf(name))
      judged.set(name, verdict)
      if (only?.has(name) ?? true) this.#tell(outcomes.size > 1 ? name : `${name} ${time}`, verdict)
    }
    return judged
  }

  async #outcomes(test: SuiteTest): Promise<Outcomes> {
    const broker = await this.#brokerFor(test)
    const log = join(this.#options.logs, `${test.name.replaceAll(/[^\w.-]+/g, '-')}.log`)
    const outcome = await test.run(broker.place, log)
    if (broker.runs) return outcome instanceof Map ? outcome : new Map([[test.name, outcome as Outcome]])
    await this.#stop()
    return new Map([[test.name, { verdict: 'failed', why: 'the broker ended' }]])
  }

  async #brokerFor(test: SuiteTest): Promise<RunningBroker> {
    if (this.#broker?.kind === test.broker) return this.#broker.process
    await this.#stop()
    const kind = this.#prepared.brokers[test.broker]
    if (kind === undefined) throw new Error(`${test.name} asks for a broker of an unknown kind, ${test.broker}`)
    const log = join(this.#options.logs, `broker-${test.broker.replaceAll(' ', '-')}.txt`)
    this.#broker = { kind: test.broker, process: await this.#options.start(kind, log) }
    return this.#broker.process
  }

  async #stop(): Promise<void> {
    await this.#broker?.process.stop()
    this.#broker = undefined
  }

  #tell(name: string, outcome: Outcome): void {
    const why = outcome.verdict === 'passed' ? '' : `\n        ${outcome.why.split('\n').join('\n        ')}`
    this.#options.print(`${outcome.verdict.padEnd(8)}${name}${why}`)
  }
}
