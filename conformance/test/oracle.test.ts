import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { oracles } from '../oracle/oracles.ts'
import { runCase } from '../oracle/run-case.ts'

/** A smoke of `npm run oracle`: a few cases of each operator, other ones than those of a run with the default seed. */
describe('stateful operators agree with a naive computation', () => {
  const casesEach = 60
  const firstSeed = 7_000_000

  for (const oracle of oracles) {
    test(oracle.name, () => {
      for (let index = 0; index < casesEach; index++) {
        const failure = runCase(oracle, firstSeed + index)
        assert.equal(failure, undefined, JSON.stringify(failure, null, 2))
      }
    })
  }

  test('the command runs what it is told to', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const argv = ['conformance/oracle/main.ts', '--cases', '2', '--seed', '5', '--operator', 'cogroup']
    const { status, stdout } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' })
    assert.deepEqual([status, stdout], [0, 'cogroup: 2 of 2 cases agree\n'])
  })

  test('what does not agree is found, and its input made small', () => {
    const [oracle] = oracles
    assert.ok(oracle !== undefined)
    const wrong = {
      name: 'wrong',
      scenario: (random: Parameters<typeof oracle.scenario>[0]) => {
        const scenario = oracle.scenario(random)
        const forgetsC = (inputs: typeof scenario.inputs): typeof scenario.inputs =>
          inputs.filter(({ key }) => key !== 'c')
        return { ...scenario, expected: (inputs: typeof scenario.inputs) => scenario.expected(forgetsC(inputs)) }
      },
    }
    const failures = Array.from({ length: 10 }, (_none, seed) => runCase(wrong, seed)).filter(
      (each) => each !== undefined,
    )
    assert.ok(failures.length > 0)
    assert.deepEqual(
      failures.map(({ inputs }) => inputs.map(({ key }) => key).join('')),
      failures.map(() => 'c'),
    )
  })
})
