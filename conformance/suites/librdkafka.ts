import { createPrivateKey } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { present } from '@streamwright/std'
import { installKafka } from '../../tools/apache-kafka/installation.ts'
import { root } from '../../tools/source-files.ts'
import type { BrokerPlace } from './broker-process.ts'
import type { Certificates } from './certificates.ts'
import { certificatePassword, makeCertificates } from './certificates.ts'
import { fetchNpmPackage, suiteFolder } from './fetch-sources.ts'
import type { ProgramRun } from './program.ts'
import { runProgram, runStep } from './program.ts'
import type { BrokerKind, Outcome, PreparedSuite, Suite, SuiteTest } from './suite.ts'
import { startTokenProvider } from './token-provider.ts'

/** Packages of npm whose tarball has librdkafka with its tests. The first one is the newest librdkafka of them. */
const packages: Readonly<Record<string, string>> = {
  '@confluentinc/kafka-javascript': '1.10.1',
  'node-rdkafka': '3.6.1',
}
/** Confluent's CI allows a test 5 minutes as well. */
const testTimeoutMs = 300_000

/** Times the suite's own time-outs, which a machine with other work to do misses by a little. */
const patience = 2

/** What the tests take the broker for: they leave out what a version does not have. */
const brokerVersion = '4.3.0.0'

export const librdkafka: Suite = {
  about: "librdkafka's test-runner, in quick mode: each test that talks to a broker",
  options: {
    package: `where its sources come from: ${Object.keys(packages).join(' or ')}`,
    protocol: 'the group protocol of consumers: classic or consumer (KIP-848)',
    full: 'yes: all iterations, records and subtests, which takes an hour',
  },
  async prepare(options): Promise<PreparedSuite> {
    const name = options.get('package') ?? '@confluentinc/kafka-javascript'
    const version = packages[name]
    if (version === undefined) throw new Error(`--package is one of ${Object.keys(packages).join(', ')}`)
    const folder = join(suiteFolder('librdkafka'), `${name.replaceAll(/\W+/g, '-')}-${version}`)
    const sources = join(await fetchNpmPackage(name, version, folder, 'package/deps/librdkafka'), 'deps/librdkafka')
    await build(sources)
    const kafkaPath = writeKafkaPath(folder)
    const tests = listedTests(readFileSync(join(sources, 'tests/test.c'), 'utf8'))
    const certificates = await makeCertificates(join(folder, 'certificates'))
    const brokers = { ...environmentsWith(certificates), OIDC: await tokenEnvironment(certificates) }
    const runner: Runner = { sources, kafkaPath, folder, options, brokers, runs: new Map() }
    return {
      version: `librdkafka ${versionOf(sources)}, from ${name} ${version}`,
      brokers,
      tests: tests.map((test) => suiteTest(test, runner)),
    }
  },
}

/** A kind of broker, and what the tests' configuration has for it. */
interface Environment extends BrokerKind {
  /** Lines of `test.conf`. */
  readonly conf?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const user = 'conformance'
const password = 'conformance-secret'

function environmentsWith(certificates: Certificates): Readonly<Record<string, Environment>> {
  const { authority, keyStore, client } = certificates
  return {
    plain: { settings: {} },
    ACLs: {
      settings: {
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'allow.everyone.if.no.acl.found': 'true',
      },
    },
    'both members at once': { settings: { 'group.initial.rebalance.delay.ms': '1000' } },
    PLAIN: {
      settings: {
        listeners: 'SASL_PLAINTEXT://127.0.0.1:{port}',
        'sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${user}="${password}";`,
        'connections.max.reauth.ms': '10000',
      },
      conf: [
        'security.protocol=SASL_PLAINTEXT',
        'sasl.mechanism=PLAIN',
        `sasl.username=${user}`,
        `sasl.password=${password}`,
      ],
    },
    TLS: {
      settings: {
        listeners: 'SSL://127.0.0.1:{port}',
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': keyStore,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': authority,
        'ssl.client.auth': 'required',
        // A client without a certificate is told so as the test knows it from Java: OpenSSL has another word in TLS 1.3.
        'ssl.enabled.protocols': 'TLSv1.2',
      },
      conf: [
        'security.protocol=SSL',
        `ssl.ca.location=${authority}`,
        `ssl.certificate.location=${client}.crt`,
        `ssl.key.location=${client}.key`,
        `ssl.key.password=${certificatePassword}`,
      ],
      env: {
        SSL_pkcs: `${client}.p12`,
        SSL_password: certificatePassword,
        SSL_pub_pem: `${client}.crt`,
        SSL_pub_der: `${client}.crt.der`,
        SSL_priv_pem: `${client}.key`,
        SSL_priv_der: `${client}.key.der`,
        SSL_all_cas_pem: authority,
        SSL_ca_pem: authority,
        SSL_ca_der: authority.replace('.pem', '.der'),
      },
    },
    'no topics by themselves': { settings: { 'auto.create.topics.enable': 'false' } },
  }
}

/** A broker that takes tokens, and a provider of them, from which clients get them in each way that the test tries. */
async function tokenEnvironment({ client }: Certificates): Promise<Environment> {
  const key = `${client}.key`
  const encryptedKey = `${client}-encrypted.key`
  const cipher = { cipher: 'aes-256-cbc', passphrase: certificatePassword }
  writeFileSync(encryptedKey, createPrivateKey(readFileSync(key)).export({ type: 'pkcs8', format: 'pem', ...cipher }))
  const certificate = readFileSync(`${client}.crt`, 'utf8')
  const scope = 'conformance'
  const provider = await startTokenProvider({ id: user, secret: password, certificate, scope })
  return {
    settings: {
      listeners: 'SASL_PLAINTEXT://127.0.0.1:{port}',
      'sasl.enabled.mechanisms': 'OAUTHBEARER',
      'sasl.oauthbearer.jwks.endpoint.url': provider.keysUrl,
    },
    conf: [
      'security.protocol=SASL_PLAINTEXT',
      'sasl.mechanism=OAUTHBEARER',
      'sasl.oauthbearer.method=OIDC',
      `sasl.oauthbearer.client.id=${user}`,
      `sasl.oauthbearer.client.secret=${password}`,
      `sasl.oauthbearer.scope=${scope}`,
      `sasl.oauthbearer.token.endpoint.url=${provider.tokenUrl}`,
    ],
    env: {
      VALID_OIDC_URL: provider.tokenUrl,
      INVALID_OIDC_URL: provider.malformedUrl,
      EXPIRED_TOKEN_OIDC_URL: provider.expiredUrl,
      OAUTHBEARER_CLIENT_PRIVATE_KEY: key,
      OAUTHBEARER_CLIENT_PRIVATE_KEY_ENCRYPTED: encryptedKey,
      OAUTHBEARER_CLIENT_PRIVATE_KEY_PASSWORD: certificatePassword,
    },
  }
}

interface Runner {
  readonly sources: string
  readonly kafkaPath: string
  /** Where test.conf and what the tests write may lie. */
  readonly folder: string
  readonly options: ReadonlyMap<string, string>
  readonly brokers: Readonly<Record<string, Environment>>
  /** By the broker, the number and the scenario of their tests. */
  readonly runs: Map<string, ProgramRun>
}

interface ListedTest {
  readonly name: string
  readonly flags: string
  readonly scenario: string
}

/** The entries of the table in test.c that talk to a broker: neither local nor to be run by hand. */
function listedTests(source: string): ListedTest[] {
  const table = /^struct test tests\[\] = \{$([^]*?)^\s*(?:\{NULL\}\};|\};)/m.exec(source)?.[1] ?? ''
  const entries = table.split(/\b_TEST\(/).slice(1)
  return entries.flatMap((entry) => {
    const [, name = '', flags = ''] = /^(\w+),\s*([^,)]+)/.exec(entry) ?? []
    const scenario = /\.scenario = "([^",]+)/.exec(entry)?.[1] ?? 'default'
    return /TEST_F_(?:LOCAL|MANUAL)/.test(flags) ? [] : [{ name, flags, scenario }]
  })
}

function versionOf(sources: string): string {
  const [, ...digits] = /#define RD_KAFKA_VERSION 0x(..)(..)(..)/.exec(
    readFileSync(join(sources, 'src/rdkafka.h'), 'utf8'),
  ) ?? ['', '', '', '']
  return digits.map((each) => Number.parseInt(each, 16)).join('.')
}

async function build(sources: string): Promise<void> {
  if (existsSync(join(sources, 'tests/test-runner'))) return
  // RapidJSON is a header that some tests check statistics with; without it they skip themselves.
  const steps = './configure --disable-gssapi && make -j2 libs && make -j2 -C tests build'
  await runStep('Building librdkafka and its tests (about four minutes)', 'sh', ['-c', steps], { cwd: sources })
}

/** A folder that looks like Kafka's to the tests: `bin/` has our tools, `libs/` Java's client, which some tests run. */
function writeKafkaPath(folder: string): string {
  const path = join(folder, 'kafka')
  mkdirSync(join(path, 'bin'), { recursive: true })
  for (const tool of readdirSync(join(root, 'bin'))) {
    const shim = `#!/bin/sh\nexec ${join(root, 'bin', tool)} "$@"\n`
    writeFileSync(join(path, 'bin', tool), shim, { mode: 0o755 })
  }
  const { libraries } = installKafka()
  if (!existsSync(join(path, 'libs'))) symlinkSync(libraries, join(path, 'libs'))
  if (!existsSync(join(path, 'bin', 'kafka-acls.sh'))) {
    const acls = '#!/bin/sh\nexec java -cp "$KAFKA_PATH/libs/*" org.apache.kafka.tools.AclCommand "$@"\n'
    writeFileSync(join(path, 'bin', 'kafka-acls.sh'), acls, { mode: 0o755 })
  }
  const runClass = '#!/bin/sh\nexec java -cp "$CLASSPATH:$KAFKA_PATH/libs/*" "$@"\n'
  writeFileSync(join(path, 'bin', 'kafka-run-class.sh'), runClass, { mode: 0o755 })
  return path
}

function suiteTest(test: ListedTest, runner: Runner): SuiteTest {
  return {
    name: test.name,
    broker: brokerFor(test),
    async run(place, logPath): Promise<Outcome> {
      // A number runs all entries that begin with it: the first one that is asked for runs them for all.
      const key = `${place.pid} ${test.name.slice(0, 4)} ${test.scenario}`
      const run = runner.runs.get(key) ?? (await runAsFarAsNeeded(test, runner, place, logPath))
      runner.runs.set(key, run)
      return verdictOf(test.name, run)
    },
  }
}

function brokerFor({ name, scenario }: ListedTest): string {
  if (scenario === 'noautocreate') return 'no topics by themselves'
  return testsOf.find(([numbers]) => numbers.test(name))?.[1] ?? 'plain'
}

/** Tests that leave themselves out, or fail, on a broker of another kind. */
const testsOf: readonly (readonly [RegExp, string])[] = [
  [/^(?:0081|0109|0115|0119)_/, 'ACLs'],
  // They take the first assignment of two consumers for the last one.
  [/^(?:0089|0102|0118)_/, 'both members at once'],
  [/^(?:0135|0142)_/, 'PLAIN'],
  [/^0097_/, 'TLS'],
  [/^0126_/, 'OIDC'],
]

async function runAsFarAsNeeded(
  test: ListedTest,
  runner: Runner,
  place: BrokerPlace,
  logPath: string,
): Promise<ProgramRun> {
  const parts = partsWithoutShare[test.name]
  if (parts !== undefined) return runParts(test, runner, place, { parts, logPath })
  const isFull = runner.options.get('full') === 'yes'
  const run = await runOnce(test, runner, place, { isFull, logPath })
  if (isFull || !leavesAllOut(test.name, run.output, runner.sources)) return run
  return runOnce(test, runner, place, { isFull: true, logPath })
}

/** Tests that have subtests of share groups, which are not there yet, by what the names of the others begin with. */
const partsWithoutShare: Readonly<Record<string, readonly string[]>> = {
  '0126_oauthbearer_oidc': ['producer and consumer with', 'authentication failure', 'OIDC failing with', 'aws_iam'],
  '0142_reauthentication': ['test producer', 'test consumer', 'test reauth'],
}

/** The first part that does not pass, or the last one. */
async function runParts(
  test: ListedTest,
  runner: Runner,
  place: BrokerPlace,
  { parts, logPath }: { parts: readonly string[]; logPath: string },
): Promise<ProgramRun> {
  let run: ProgramRun | undefined
  for (const subtests of parts) {
    run = await runOnce(test, runner, place, { isFull: true, logPath, subtests })
    if (verdictOf(test.name, run).verdict !== 'passed') return run
    // The test as a whole passes as well when nothing has such a name.
    if (!/: PASS \(/.test(run.output))
      return { ...run, output: `### Test "${test.name}" has no subtest '${subtests}' that passed ###\n` }
  }
  return present(run, 'A test has parts')
}

async function runOnce(
  test: ListedTest,
  runner: Runner,
  place: BrokerPlace,
  { isFull, logPath, subtests }: { isFull: boolean; logPath: string; subtests?: string },
): Promise<ProgramRun> {
  const environment = runner.brokers[brokerFor(test)]
  const lines = [
    `metadata.broker.list=${place.bootstrapServers}`,
    `test.timeout.multiplier=${patience}`,
    ...(environment?.conf ?? []),
  ]
  const conf = join(runner.folder, `test-${process.pid}.conf`)
  writeFileSync(conf, lines.map((line) => `${line}\n`).join(''))
  const argv = ['-p1', '-L', '-V', brokerVersion, '-s', test.scenario.split(',')[0] ?? '']
  if (!isFull) argv.push('-Q')
  if (/KNOWN_ISSUE\b/.test(test.flags)) argv.push('-k')
  const env = {
    ...environmentOf(place, runner, test, conf),
    ...environment?.env,
    ...(subtests === undefined ? {} : { SUBTESTS: subtests }),
  }
  const cwd = join(runner.sources, 'tests')
  return runProgram('./test-runner', argv, { cwd, env, timeoutMs: testTimeoutMs, logPath })
}

/**
 * Quick mode passes a test of which it runs nothing: it leaves out all subtests that are not marked as quick, and some
 * tests have no others. Those are run whole instead.
 */
function leavesAllOut(name: string, output: string, sources: string): boolean {
  if (new RegExp(`^\\[${name} .*SKIPPING TEST: .*quick mode`, 'm').test(plain(output))) return true
  const path = globSync(join(sources, 'tests', `${name.slice(0, 4)}[-_]*.{c,cpp}`))[0]
  const hasSubtests = path !== undefined && /\bSUB_TEST\(/.test(readFileSync(path, 'utf8'))
  return hasSubtests && !new RegExp(`^\\[${name} .*\\] \\[ \\w`, 'm').test(plain(output))
}

function environmentOf(place: BrokerPlace, runner: Runner, test: ListedTest, conf: string): Record<string, string> {
  return {
    TESTS: test.name.slice(0, 4),
    RDKAFKA_TEST_CONF: conf,
    LD_LIBRARY_PATH: `${join(runner.sources, 'src')}:${join(runner.sources, 'src-cpp')}`,
    KAFKA_PATH: runner.kafkaPath,
    BROKERS: place.bootstrapServers,
    TEST_CONSUMER_GROUP_PROTOCOL: runner.options.get('protocol') ?? 'classic',
  }
}

/**
 * By what the test says of itself: some builds of the runner crash in their exit handlers, after the verdict, and a
 * number runs all entries that begin with it.
 */
function verdictOf(name: string, { output, timedOut, status }: ProgramRun): Outcome {
  const said = plain(output)
  const failure = new RegExp(`### Test "${name}[^]*?###\\n[^\\n]*`).exec(said)?.[0]
  if (failure !== undefined) return { verdict: 'failed', why: failure }
  if (said.includes(`= Test ${name} PASSED =`)) return { verdict: 'passed' }
  const skip = new RegExp(`^\\[${name} .*SKIPPING TEST: (.*)`, 'm').exec(said)?.[1]
  if (skip !== undefined) return { verdict: 'skipped', why: skip }
  if (timedOut) return { verdict: 'failed', why: `not done within ${testTimeoutMs / 1000} s` }
  return { verdict: 'failed', why: `no verdict; it ended with ${String(status)}` }
}

// oxlint-disable-next-line no-control-regex -- colours of a terminal
const colours = /\u001B\[\d*m/g

function plain(text: string): string {
  return text.replaceAll(colours, '').trim()
}
