/**
 * `npm run oracle -- [--cases N] [--seed S] [--operator TEXT]`: each stateful operator on random input, late records,
 * nulls and deletions, with caches from none to large, against a naive computation from all of the input. The same seed
 * gives the same cases; a failure prints the seed of its case, which `--seed S --cases 1` runs again alone.
 */
import { oracles } from './oracles.ts'
import type { OracleFailure } from './run-case.ts'
import { runCase } from './run-case.ts'

const casesDefault = 10_000
const failuresPrinted = 5

function option(name: string): string | undefined {
  const index = process.argv.indexOf(`--${name}`)
  return index < 0 ? undefined : process.argv[index + 1]
}

function print(failure: OracleFailure): void {
  const { oracle, seed, parameters, variant, inputs, message } = failure
  process.stdout.write(`failed: ${oracle}, --seed ${seed} --cases 1 --operator '${oracle}'\n`)
  process.stdout.write(`  ${JSON.stringify(parameters)} ${variant}\n`)
  for (const input of inputs) process.stdout.write(`  ${JSON.stringify(input)}\n`)
  process.stdout.write(`  ${message}\n`)
}

const cases = Number(option('cases') ?? casesDefault)
const seed = Number(option('seed') ?? 1)
const wanted = option('operator') ?? ''
const chosen = oracles.filter(
  ({ name }) => name === wanted || (wanted !== '' && name.includes(wanted)) || wanted === '',
)
const exact = chosen.filter(({ name }) => name === wanted)
const running = exact.length > 0 ? exact : chosen

let failed = 0
for (const oracle of running) {
  const each = Math.ceil(cases / running.length)
  let failures = 0
  for (let index = 0; index < each; index++) {
    const failure = runCase(oracle, seed + index)
    if (failure === undefined) continue
    failures += 1
    if (failures <= failuresPrinted) print(failure)
  }
  process.stdout.write(`${oracle.name}: ${each - failures} of ${each} cases agree\n`)
  failed += failures
}
if (running.length === 0) process.stdout.write(`No operator is called ${wanted}\n`)
process.exitCode = failed > 0 || running.length === 0 ? 1 : 0
