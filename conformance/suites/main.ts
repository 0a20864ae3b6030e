/**
 * `npm run conformance -- SUITE [FILTER…] [--option=value…]`: runs a foreign test suite on our broker, test by test.
 * A filter is a part of a test's name. What `left-out.json` lists is not run, but with `--all`. Any other test that
 * does not pass, at the second attempt either, makes the exit status 1.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startApacheKafka } from './apache-kafka.ts'
import { BrokerProcess } from './broker-process.ts'
import { suiteFolder } from './fetch-sources.ts'
import { leftOut } from './left-out.ts'
import { moveToOwnNetwork } from './own-network.ts'
import { SuiteRun } from './suite-run.ts'
import { suites } from './suites.ts'

const commonOptions: Readonly<Record<string, string>> = {
  all: 'runs what is left out, too; it need not pass',
  broker: 'kafka: one node of Apache Kafka 4.3 in place of our broker, to compare',
  help: 'prints this',
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function usage(status: number): never {
  print('npm run conformance -- SUITE [FILTER…] [--option=value…]\n')
  print("Runs a client's test suite on our broker. FILTER is a part of a test's name.\n")
  for (const [name, suite] of Object.entries(suites)) {
    print(`  ${name.padEnd(20)}${suite.about}`)
    for (const [option, about] of Object.entries(suite.options ?? {})) print(`    --${option.padEnd(16)}${about}`)
  }
  print('\n  any of them')
  for (const [option, about] of Object.entries(commonOptions)) print(`    --${option.padEnd(16)}${about}`)
  process.exit(status)
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
if (options.has('help')) usage(0)
const [suiteName = '', ...filters] = words
const suite = suites[suiteName]
if (suite === undefined) usage(2)
const unknown = [...options.keys()].find((name) => !(name in { ...commonOptions, ...suite.options }))
if (unknown !== undefined) {
  print(`${suiteName} has no option --${unknown}\n`)
  usage(2)
}
if (suite.hasFixedPorts === true) moveToOwnNetwork()

// What was started ends at the exit of this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const prepared = await suite.prepare(options).catch((error: unknown) => {
  print(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
const isApacheKafka = options.get('broker') === 'kafka'
print(isApacheKafka ? `${prepared.version}, on Apache Kafka` : prepared.version)
const kinds = [options.get('broker'), options.get('protocol')].filter((kind) => kind !== undefined)
const logs = join(suiteFolder(suiteName), ['logs', ...kinds].join('-'))
mkdirSync(logs, { recursive: true })
const run = new SuiteRun(prepared, {
  logs,
  runsAll: options.has('all'),
  reasonOf: (name) => leftOut(suiteName, name, options),
  start: isApacheKafka ? startApacheKafka : (kind, logPath) => BrokerProcess.start(kind, logPath),
  print,
})
await run.run(prepared.tests.filter(({ name }) => filters.length === 0 || filters.some((part) => name.includes(part))))
const { passed, secondAttempt, failed, skipped } = run.counts
const late = secondAttempt === 0 ? '' : ` (${secondAttempt} of them at the second attempt)`
print(`${passed} passed${late}, ${failed} failed, ${skipped} left out; what they printed is in ${logs}`)
writeFileSync(join(logs, 'counts.json'), `${JSON.stringify({ version: prepared.version, ...run.counts })}\n`)
if (failed > 0 || passed === 0) process.exitCode = 1
