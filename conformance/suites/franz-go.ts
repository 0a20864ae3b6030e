import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerPlace } from './broker-process.ts'
import { makeCertificates } from './certificates.ts'
import { suiteFolder } from './fetch-sources.ts'
import { runProgram, runStep } from './program.ts'
import { addScramUsers } from './scram-users.ts'
import type { Outcome, PreparedSuite, Suite, SuiteTest } from './suite.ts'

const moduleName = 'github.com/twmb/franz-go'
const version = 'v1.22.2'
const testTimeoutMs = 300_000
/** Records of each end-to-end test; upstream's own is 500,000, for a cluster of its own. */
const records = 20_000

export const franzGo: Suite = {
  about: "franz-go's tests of kgo: those that talk to a broker plain, by TLS and with dying connections",
  options: {
    mode: 'plain, TLS or chaos alone; default: all three',
    records: `of each end-to-end test; default ${records}`,
    unit: 'yes: the tests that need no broker, too',
  },
  async prepare(options): Promise<PreparedSuite> {
    const folder = suiteFolder('franz-go')
    const program = await build(folder)
    const certificates = await makeCertificates(join(folder, 'certificates'))
    const names = (await runProgram(program.path, ['-test.list', '.*'], { timeoutMs: 60_000 })).output
      .split('\n')
      .filter((name) => name.startsWith('Test'))
    const talks = testsOfABroker(program.sources)
    const env = {
      KGO_TEST_RF: '1',
      KGO_TEST_RECORDS: options.get('records') ?? String(records),
      // May begin a transaction before the end of the last one is answered: Kafka can bear it, others cannot.
      KGO_TEST_UNSAFE: 'true',
      KGO_LOG_LEVEL: 'info',
    }
    const modes: readonly Mode[] = [
      { name: 'plain', broker: 'plain', env: () => ({}) },
      { name: 'TLS', broker: 'TLS', env: () => ({ KGO_TEST_TLS: `ca:${certificates.authority}` }) },
      { name: 'chaos', broker: 'plain', env: () => ({ KGO_TEST_CHAOS: '1' }) },
    ]
    const asked = options.get('mode')
    const chosen = modes.filter(({ name }) => asked === undefined || asked === name)
    const run = { path: program.path, folder, env }
    const tests = chosen.flatMap((mode) =>
      names.filter((name) => talks.has(name)).map((name) => suiteTest(name, mode, run)),
    )
    const scram = asked === undefined ? names.filter((name) => name.includes('SCRAM')) : []
    const units = names.filter((name) => !talks.has(name) && !scram.includes(name))
    return {
      version: `franz-go ${version}, by the Go module proxy`,
      brokers: {
        plain: { settings: {} },
        TLS: {
          settings: {
            listeners: 'SSL://127.0.0.1:{port}',
            'ssl.keystore.type': 'PEM',
            'ssl.keystore.location': certificates.keyStore,
          },
        },
        SCRAM: {
          settings: {
            listeners: 'PLAINTEXT://127.0.0.1:{port},SASL_PLAINTEXT://127.0.0.1:{port2}',
            'sasl.enabled.mechanisms': 'SCRAM-SHA-256',
          },
          prepare: addScramUser,
        },
      },
      tests: [
        ...tests,
        ...scram.map((name) => suiteTest(name, scramMode, run)),
        ...(options.get('unit') === 'yes' ? units.map((name) => suiteTest(name, unitMode, run)) : []),
      ],
    }
  },
}

interface Mode {
  readonly name: string
  readonly broker: string
  env(place: BrokerPlace): Readonly<Record<string, string>>
}

const user = 'kgo'
const password = 'kgo-secret'
const scramMode: Mode = {
  name: 'SCRAM',
  broker: 'SCRAM',
  env: ({ ports }) => ({ KGO_TEST_SCRAM: `${user}:${password}:256`, KGO_TEST_SCRAM_SEEDS: `127.0.0.1:${ports[1]}` }),
}
const unitMode: Mode = { name: 'unit', broker: 'plain', env: () => ({}) }

function addScramUser({ bootstrapServers }: BrokerPlace): Promise<void> {
  return addScramUsers(bootstrapServers, { [user]: { 'SCRAM-SHA-256': password } })
}

interface TestProgram {
  readonly path: string
  /** The folder of kgo's sources. */
  readonly sources: string
}

/** In a module of its own that requires franz-go: its test program is compiled as `go test -c` would there. */
async function build(folder: string): Promise<TestProgram> {
  writeFileSync(join(folder, 'go.mod'), `module conformance\n\ngo 1.26\n\nrequire ${moduleName} ${version}\n`)
  const options = { cwd: folder, env: { GOFLAGS: '-mod=mod' } }
  const found = await runStep(
    `Fetching ${moduleName} ${version}`,
    'go',
    ['mod', 'download', '-json', moduleName],
    options,
  )
  const { Dir: module } = JSON.parse(found) as { readonly Dir: string }
  const path = join(folder, `kgo-${version}.test`)
  // Below the module's folder for data that tests read there.
  if (!existsSync(path)) {
    const argv = ['test', '-c', '-o', path, `${moduleName}/pkg/kgo`]
    await runStep('Building its tests (about a minute)', 'go', argv, options)
  }
  return { path, sources: join(module, 'pkg', 'kgo') }
}

/** The tests that make a client of the broker they are told, by what their sources call. */
function testsOfABroker(sources: string): ReadonlySet<string> {
  const talks = /\b(?:newTestClient|testClientOpts|tmpTopic\w*|tmpGroup|newTestConsumer|adm\(\)|getSeedBrokers)\b/
  return new Set(
    globSync(join(sources, '*_test.go')).flatMap((path) =>
      readFileSync(path, 'utf8')
        .split(/^(?=func )/m)
        .filter((text) => talks.test(text))
        .flatMap((text) => /^func (Test\w+)/.exec(text)?.[1] ?? []),
    ),
  )
}

function suiteTest(
  name: string,
  mode: Mode,
  { path, folder, env }: { path: string; folder: string; env: Record<string, string> },
): SuiteTest {
  return {
    name: mode.name === 'plain' ? name : `${name} (${mode.name})`,
    broker: mode.broker,
    async run(place, logPath): Promise<Outcome> {
      const { output, timedOut, status } = await runProgram(path, ['-test.run', `^${name}$`, '-test.v'], {
        cwd: folder,
        env: { ...env, KGO_SEEDS: place.bootstrapServers, ...mode.env(place) },
        timeoutMs: testTimeoutMs,
        logPath,
      })
      if (timedOut) return { verdict: 'failed', why: `not done within ${testTimeoutMs / 1000} s` }
      const verdict = new RegExp(`^--- (PASS|FAIL|SKIP): ${name} `, 'm').exec(output)?.[1]
      if (verdict === 'PASS' && status === 0) return { verdict: 'passed' }
      if (verdict === 'SKIP') return { verdict: 'skipped', why: lastWord(output) }
      return { verdict: 'failed', why: lastWord(output) }
    },
  }
}

/** What a test said of itself: lines as `    group_test.go:48: …`. */
function lastWord(output: string): string {
  const said = output.split('\n').filter((line) => /^\s+\w+_test\.go:\d+: /.test(line))
  return said.slice(0, 3).join('\n').trim() || output.split('\n').slice(-8).join('\n').trim()
}
