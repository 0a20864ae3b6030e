import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defaultSources } from './fetch-sources.ts'
import type { ProgramRun } from './program.ts'
import { runProgram } from './program.ts'
import { addScramUsers } from './scram-users.ts'
import type { Outcome, Outcomes, PreparedSuite, Suite } from './suite.ts'

const fileTimeoutMs = 300_000

/** The package of @platformatic/kafka has no tests: they are read from a checkout, which the user gives. */
export const platformaticKafka: Suite = {
  about: "@platformatic/kafka's tests that talk to a broker, of a checkout with its dependencies installed",
  options: { sources: `the folder of the checkout; default ${defaultSources('platformatic')}` },
  hasFixedPorts: true,
  prepare(options): Promise<PreparedSuite> {
    const sources = resolve(options.get('sources') ?? defaultSources('platformatic'))
    if (!existsSync(join(sources, 'test/helpers.ts')))
      throw new Error(
        `The npm package @platformatic/kafka has no tests, and ${sources} is no checkout of its repository with its dependencies installed. Remedy: have one there, or name it by --sources=FOLDER`,
      )
    const { version } = JSON.parse(readFileSync(join(sources, 'package.json'), 'utf8')) as { readonly version: string }
    const talks = /\bkafka\w*BootstrapServers\b|\bcreate(?:Consumer|Producer|Admin|Base)\(/
    const files = globSync('test/**/*.test.ts', { cwd: sources }).toSorted()
    return Promise.resolve({
      version: `@platformatic/kafka ${version}, of ${sources}`,
      brokers: {
        all: {
          settings: {
            // Its single broker and the first one of its cluster.
            listeners:
              'PLAINTEXT://localhost:9001,CLUSTER://localhost:9011,SASL://localhost:9002,USERS://localhost:19002',
            'listener.security.protocol.map':
              'PLAINTEXT:PLAINTEXT,CLUSTER:PLAINTEXT,SASL:SASL_PLAINTEXT,USERS:PLAINTEXT',
            'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
            'sasl.oauthbearer.expected.issuer': 'kafka',
            'sasl.oauthbearer.expected.audience': 'users',
            'connections.max.reauth.ms': '5000',
            'listener.name.sasl.plain.sasl.jaas.config':
              'org.apache.kafka.common.security.plain.PlainLoginModule required user_admin="admin";',
            'num.partitions': '1',
            'group.consumer.heartbeat.interval.ms': '200',
            'group.consumer.min.heartbeat.interval.ms': '100',
            // As the Kafka 4.1 of its own brokers: with 4.3's second, a test that waits for one is late by chance.
            'group.consumer.assignment.interval.ms': '0',
            'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
            'super.users': 'User:ANONYMOUS;User:admin',
          },
          believesUnsecuredTokens: true,
          prepare: () =>
            addScramUsers('localhost:9001', { admin: { 'SCRAM-SHA-256': 'admin', 'SCRAM-SHA-512': 'admin' } }),
        },
      },
      tests: files
        .filter((file) => talks.test(readFileSync(join(sources, file), 'utf8')))
        .map((file) => ({ name: file, broker: 'all', run: (_place, logPath) => runFile(sources, file, logPath) })),
    })
  },
}

async function runFile(sources: string, file: string, logPath: string): Promise<Outcome | Outcomes> {
  const argv = ['--test', '--test-reporter=tap', '--test-timeout=60000', '--test-force-exit', file]
  const run = await runProgram(process.execPath, argv, {
    cwd: sources,
    env: { KAFKA_VERSION: '4.1.0' },
    timeoutMs: fileTimeoutMs,
    logPath,
  })
  const outcomes = outcomesOf(file, run)
  if (run.timedOut) outcomes.set(file, { verdict: 'failed', why: `not done within ${fileTimeoutMs / 1000} s` })
  return outcomes
}

/** The tests of the file itself, of which one may hold others: `ok 3 - name # SKIP why`, as TAP has it. */
function outcomesOf(file: string, { output, status }: ProgramRun): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>()
  const lines = output.split('\n')
  for (const [index, line] of lines.entries()) {
    const [, failed, name = '', skip] = /^(not )?ok \d+ - (.*?)(?: # SKIP ?(.*))?$/.exec(line) ?? []
    if (name === '') continue
    const why = lines.slice(index + 1, index + 60).find((each) => each.includes('error:')) ?? ''
    outcomes.set(
      `${file}: ${name}`,
      failed !== undefined
        ? { verdict: 'failed', why: why.trim() }
        : skip !== undefined
          ? { verdict: 'skipped', why: skip || 'the suite leaves it out' }
          : { verdict: 'passed' },
    )
  }
  if (outcomes.size === 0) outcomes.set(file, { verdict: 'failed', why: `no verdict; it ended with ${String(status)}` })
  return outcomes
}
