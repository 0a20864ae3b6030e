import { globSync, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Certificates } from './certificates.ts'
import { makeCertificates } from './certificates.ts'
import { defaultSources, suiteFolder } from './fetch-sources.ts'
import { runProgram } from './program.ts'
import { addScramUsers } from './scram-users.ts'
import type { BrokerKind, Outcome, Outcomes, PreparedSuite, Suite, SuiteTest } from './suite.ts'

const fileTimeoutMs = 300_000
/** The newest version whose tests the suite has switches for. */
const kafkaVersion = '2.4'

/** kafkajs's package has no tests: they are read from a checkout of its repository, which the user gives. */
export const kafkajs: Suite = {
  about: "kafkajs's tests that talk to a broker, of a checkout with its dependencies installed",
  options: { sources: `the folder of the checkout; default ${defaultSources('kafkajs')}` },
  hasFixedPorts: true,
  async prepare(options): Promise<PreparedSuite> {
    const sources = resolve(options.get('sources') ?? defaultSources('kafkajs'))
    if (!existsSync(join(sources, 'node_modules/.bin/jest')))
      throw new Error(
        `The npm package kafkajs has no tests, and ${sources} is no checkout of its repository with its dependencies installed. Remedy: have one there, or name it by --sources=FOLDER`,
      )
    const { version } = JSON.parse(readFileSync(join(sources, 'package.json'), 'utf8')) as { readonly version: string }
    const talks =
      /\b(?:plainTextBrokers|sslBrokers|saslBrokers|createCluster|createConnectionPool)\b|[cC]onnectionOpts\b/
    const files = globSync('src/**/*.spec.js', { cwd: sources }).toSorted()
    const certificates = await makeCertificates(join(suiteFolder('kafkajs'), 'certificates'))
    return {
      version: `kafkajs ${version}, of ${sources}`,
      brokers: { all: brokerOf(certificates), OAUTHBEARER: tokenBrokerOf(certificates) },
      tests: files.flatMap((file): SuiteTest[] => {
        const text = readFileSync(join(sources, file), 'utf8')
        if (!talks.test(text)) return []
        const plain: SuiteTest = { name: file, broker: 'all', run: (_place, log) => runFile({ sources, file }, log) }
        const withTokens: SuiteTest = {
          name: `${file} (OAUTHBEARER)`,
          broker: 'OAUTHBEARER',
          run: (_place, log) => runFile({ sources, file, suffix: ' (OAUTHBEARER)' }, log),
        }
        if (text.includes('describeIfOauthbearerEnabled')) return [withTokens]
        return text.includes('saslEntries') ? [plain, withTokens] : [plain]
      }),
    }
  },
}

/** As the suite's docker-compose.yml has it, in one broker: plain, by TLS, and by SASL over TLS. */
function brokerOf({ keyStore }: Certificates): BrokerKind {
  return {
    settings: {
      'node.id': '0',
      'num.partitions': '2',
      listeners: 'PLAINTEXT://localhost:9092,SSL://localhost:9093,SASL_SSL://localhost:9094',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': keyStore,
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
      'listener.name.sasl_ssl.plain.sasl.jaas.config':
        'org.apache.kafka.common.security.plain.PlainLoginModule required user_test="testtest" user_bob="bobbob" user_alice="alicealice";',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'allow.everyone.if.no.acl.found': 'true',
    },
    prepare: () =>
      addScramUsers('localhost:9092', {
        testscram: { 'SCRAM-SHA-256': 'testtestscram=256', 'SCRAM-SHA-512': 'testtestscram=512' },
      }),
  }
}

/** As in docker-compose.2_4_oauthbearer.yml: no other mechanism, and sessions that end. */
function tokenBrokerOf(certificates: Certificates): BrokerKind {
  return {
    settings: {
      ...brokerOf(certificates).settings,
      'sasl.enabled.mechanisms': 'OAUTHBEARER',
      'connections.max.reauth.ms': '15000',
    },
    believesUnsecuredTokens: true,
  }
}

interface TestFile {
  readonly sources: string
  readonly file: string
  /** Of the names of its tests when they are run with tokens. */
  readonly suffix?: string
}

interface JestReport {
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: 'passed' | 'failed' | 'pending' | 'todo'
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

async function runFile({ sources, file, suffix = '' }: TestFile, logPath: string): Promise<Outcome | Outcomes> {
  const report = `${logPath}.json`
  const argv = ['--ci', '--forceExit', '--no-watchman', '--maxWorkers=1', '--json', `--outputFile=${report}`]
  const { timedOut } = await runProgram(process.execPath, [join(sources, 'node_modules/.bin/jest'), ...argv, file], {
    cwd: sources,
    env: {
      KAFKA_VERSION: kafkaVersion,
      NODE_ENV: 'test',
      KAFKAJS_DEBUG_PROTOCOL_BUFFERS: '1',
      ...(suffix !== '' && { OAUTHBEARER_ENABLED: '1' }),
    },
    timeoutMs: fileTimeoutMs,
    logPath,
  })
  if (timedOut) return { verdict: 'failed', why: `not done within ${fileTimeoutMs / 1000} s` }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport
  const outcomes = new Map<string, Outcome>()
  for (const { message, assertionResults } of testResults) {
    if (assertionResults.length === 0) outcomes.set(`${file}${suffix}`, { verdict: 'failed', why: message })
    for (const { fullName, status, failureMessages } of assertionResults)
      outcomes.set(`${file}${suffix}: ${fullName}`, outcomeOf(status, failureMessages))
  }
  return outcomes
}

function outcomeOf(status: 'passed' | 'failed' | 'pending' | 'todo', messages: readonly string[]): Outcome {
  if (status === 'passed') return { verdict: 'passed' }
  if (status === 'failed') return { verdict: 'failed', why: messages.join('\n').split('\n').slice(0, 8).join('\n') }
  return { verdict: 'skipped', why: 'the suite leaves it out' }
}
