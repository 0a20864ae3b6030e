import assert from 'node:assert/strict'
import test from 'node:test'
import type { Outcome, Outcomes, SuiteTest } from '../suites/suite.ts'
import { SuiteRun } from '../suites/suite-run.ts'

const passed: Outcome = { verdict: 'passed' }
const failed: Outcome = { verdict: 'failed', why: 'late' }
const skipped: Outcome = { verdict: 'skipped', why: 'Kafka 0.9' }

/** Runs tests that end as told, at the first attempt, the second, and so on; returns what was said. */
async function run(
  ends: Readonly<Record<string, readonly (Outcome | Outcomes)[]>>,
  options: { leftOut?: Record<string, string>; kindOf?: (name: string) => string; runsAll?: boolean } = {},
): Promise<{ run: SuiteRun; lines: readonly string[]; started: readonly string[] }> {
  const { leftOut = {}, kindOf = (): string => 'plain', runsAll = false } = options
  const lines: string[] = []
  const started: string[] = []
  const names = Object.keys(ends)
  const tests = names.map((name): SuiteTest => {
    const coming = [...(ends[name] ?? [])]
    return { name, broker: kindOf(name), run: () => Promise.resolve(coming.shift() ?? failed) }
  })
  const brokers = Object.fromEntries(names.map((name) => [kindOf(name), { settings: { kind: kindOf(name) } }]))
  const suiteRun = new SuiteRun(
    { version: 'a suite', brokers, tests },
    {
      logs: '.',
      runsAll,
      reasonOf: (name) => leftOut[name],
      start({ settings }) {
        started.push(settings['kind'] ?? '')
        const place = { ports: [], bootstrapServers: '', pid: started.length }
        return Promise.resolve({ place, runs: true, stop: () => Promise.resolve() })
      },
      print: (line) => lines.push(line.replace(/ \(\d.*/, '')),
    },
  )
  await suiteRun.run(tests)
  return { run: suiteRun, lines, started }
}

test('a test that leaves itself out has failed, unless it is listed; one that is listed is not run', async () => {
  const { run: done, lines } = await run(
    { one: [passed], two: [skipped, skipped], three: [passed] },
    { leftOut: { three: 'needs more' } },
  )
  assert.deepEqual(done.counts, { passed: 1, secondAttempt: 0, failed: 1, skipped: 1 })
  assert.deepEqual(lines.slice(0, 3), [
    'passed  one',
    'failed  two\n        it leaves itself out: Kafka 0.9',
    'skipped three\n        needs more',
  ])
})

test('with all of them, one that is listed is run, and need not pass', async () => {
  const options = { leftOut: { one: 'needs more', two: 'needs more' }, runsAll: true }
  const { run: done } = await run({ one: [passed], two: [failed] }, options)
  assert.deepEqual(done.counts, { passed: 1, secondAttempt: 0, failed: 0, skipped: 1 })
})

/** Tests have time-outs of their own, which expire when the machine has something else to do. */
test('what failed is run once more on a broker of its own, and counted apart', async () => {
  const { run: done, lines, started } = await run({ one: [failed, passed], two: [failed, failed], three: [passed] })
  assert.deepEqual(done.counts, { passed: 2, secondAttempt: 1, failed: 1, skipped: 0 })
  assert.deepEqual(
    lines.map((line) => line.split('\n')[0]),
    [
      'failed  one',
      'failed  two',
      'passed  three',
      ...['Once more, alone: one', 'passed  one', 'Once more, alone: two', 'failed  two'],
    ],
  )
  assert.deepEqual(started, ['plain', 'plain', 'plain'])
})

test('of a file of tests, those that failed alone are told and counted once more', async () => {
  const first = new Map<string, Outcome>([
    ['file: a', passed],
    ['file: b', failed],
  ])
  const second = new Map<string, Outcome>([
    ['file: a', failed],
    ['file: b', passed],
  ])
  const { run: done, lines } = await run({ file: [first, second] })
  assert.deepEqual(done.counts, { passed: 2, secondAttempt: 1, failed: 0, skipped: 0 })
  assert.deepEqual(lines.slice(-2), ['file', 'passed  file: b'])
})

test('each kind of broker is started once', async () => {
  const kindOf = (name: string): string => (name === 'two' ? 'TLS' : 'plain')
  const { started } = await run({ one: [passed], two: [passed], three: [passed] }, { kindOf })
  assert.deepEqual(started, ['plain', 'TLS'])
})
