import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBroker } from '@streamwright/broker'
import type { AdminConfig } from '@streamwright/client'
import { Admin, AuthenticationError, Consumer, eachRecord, Producer } from '@streamwright/client'
import { freePorts, startKafkaBroker } from '../apache-kafka/broker.ts'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'
import type { Certificates } from './certificates.ts'
import { makeCertificates } from './certificates.ts'
import type { CheckList } from './check-list.ts'
import { runJavaToolBeside } from './java-program.ts'

/** A way to authenticate: what a client of ours sets, and the same for Java's. */
interface Way {
  readonly name: string
  readonly listener: 'SASL_PLAINTEXT' | 'SASL_SSL' | 'SSL'
  readonly ours: Partial<AdminConfig>
  readonly java: Readonly<Record<string, string>>
  /** What is wrong about it then. */
  readonly wrong: Partial<AdminConfig> | undefined
}

const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule'
const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule'
const tokenModule = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule'
const tokenSettings = { 'delegation.token.secret.key': 'a secret of the nodes' }
const scrams = ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const

function unsecuredToken(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const seconds = Math.floor(Date.now() / 1000)
  return `${part({ alg: 'none' })}.${part({ sub: 'alice', iat: seconds, exp: seconds + 3600 })}.`
}

function waysOf({ authority, client }: Certificates): Way[] {
  const withPassword = (saslMechanism: string, listener: 'SASL_PLAINTEXT' | 'SASL_SSL'): Way => ({
    name: `${saslMechanism} over ${listener}`,
    listener,
    ours: { saslMechanism, saslUsername: 'alice', saslPassword: 'secret' },
    java: {
      'sasl.mechanism': saslMechanism,
      'sasl.jaas.config': `${saslMechanism === 'PLAIN' ? plainModule : scramModule} required username="alice" password="secret";`,
    },
    wrong: { saslPassword: 'wrong' },
  })
  const trust = {
    ours: { sslTruststoreLocation: authority },
    java: { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': authority },
  }
  const overTls = withPassword('SCRAM-SHA-512', 'SASL_SSL')
  return [
    ...['PLAIN', ...scrams].map((mechanism) => withPassword(mechanism, 'SASL_PLAINTEXT')),
    {
      name: 'OAUTHBEARER with unsecured tokens',
      listener: 'SASL_PLAINTEXT',
      ours: { saslMechanism: 'OAUTHBEARER', oauthbearerToken: unsecuredToken },
      java: {
        'sasl.mechanism': 'OAUTHBEARER',
        'sasl.jaas.config': `${tokenModule} required unsecuredLoginStringClaim_sub="alice";`,
      },
      wrong: { oauthbearerToken: () => 'no.token.' },
    },
    { ...overTls, ours: { ...overTls.ours, ...trust.ours }, java: { ...overTls.java, ...trust.java } },
    {
      name: 'certificates',
      listener: 'SSL',
      ours: { ...trust.ours, sslKeystoreLocation: client },
      java: { ...trust.java, 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': client },
      wrong: { sslTruststoreLocation: client },
    },
  ]
}

/** Settings of a broker that offers all of them, ours or Apache Kafka. */
function brokerSettings({ authority, server }: Certificates): Record<string, string> {
  const users = `${plainModule} required username="admin" password="admin" user_admin="admin" user_alice="secret";`
  const listeners = ['sasl_plaintext', 'sasl_ssl']
  const modules: Readonly<Record<string, string>> = {
    plain: users,
    'scram-sha-256': `${scramModule} required;`,
    'scram-sha-512': `${scramModule} required;`,
    oauthbearer: `${tokenModule} required unsecuredLoginStringClaim_sub="admin";`,
  }
  return {
    'sasl.enabled.mechanisms': ['PLAIN', ...scrams, 'OAUTHBEARER'].join(),
    ...Object.fromEntries(
      listeners.flatMap((listener) =>
        Object.entries(modules).map(([name, text]) => [`listener.name.${listener}.${name}.sasl.jaas.config`, text]),
      ),
    ),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': server,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': authority,
    'listener.name.ssl.ssl.client.auth': 'required',
    'connections.max.reauth.ms': '1200',
  }
}

async function withAdmin<T>(config: AdminConfig, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Admin(config)
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}

/** Our clients produce and consume through the way, longer than a session lasts, and are refused when it is wrong. */
async function oursThrough(way: Way, bootstrapServers: string): Promise<void> {
  const config = { ...way.ours, bootstrapServers, securityProtocol: way.listener }
  const topic = `ours-${way.name.replaceAll(/\W+/g, '-')}`
  const producer = new Producer({ ...config, lingerMs: 0 })
  const consumer = new Consumer({ ...config, groupId: topic, autoOffsetReset: 'earliest' })
  await withAdmin(config, (admin) => admin.createTopics([{ name: topic }]))
  consumer.subscribe([topic])
  const seen: string[] = []
  for (let index = 0; index < 30; index++) {
    await producer.send({ topic, value: String(index) })
    await sleep(60)
    for (const { value } of eachRecord(await consumer.poll(200))) seen.push(String(value))
  }
  while (seen.length < 30) for (const { value } of eachRecord(await consumer.poll(200))) seen.push(String(value))
  assert.deepEqual(
    seen,
    Array.from({ length: 30 }, (_none, index) => String(index)),
  )
  await Promise.all([producer.close(), consumer.close()])
  if (way.wrong === undefined) return
  const refused = withAdmin({ ...config, ...way.wrong }, (admin) => admin.listTopics())
  await assert.rejects(refused, (error) => error instanceof AuthenticationError)
}

/** A user makes a token, a program logs in with it in the user's place, and it is renewed and taken back. */
async function delegationTokens(bootstrapServers: string): Promise<void> {
  const config = { bootstrapServers, securityProtocol: 'SASL_PLAINTEXT', saslMechanism: 'SCRAM-SHA-256' } as const
  await withAdmin({ ...config, saslUsername: 'alice', saslPassword: 'secret' }, async (alice) => {
    const token = await alice.createDelegationToken({ renewers: ['User:scheduler'], maxLifetimeMs: 3_600_000 })
    assert.equal(token.owner, 'User:alice')
    assert.equal(token.maxTimestampMs - token.issueTimestampMs, 3_600_000)
    const jaas = `${scramModule} required username="${token.tokenId}" password="${token.hmac.toString('base64')}" tokenauth="true";`
    const withToken = { ...config, saslJaasConfig: jaas }
    const described = async (): Promise<string[]> =>
      (await alice.describeDelegationTokens({ owners: ['User:alice'] })).map(({ tokenId }) => tokenId)
    while ((await described()).length === 0) await sleep(50)
    await withAdmin(withToken, async (program) => {
      await program.listTopics()
      await assert.rejects(program.createDelegationToken(), { code: 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED' })
    })
    const expiryTimestampMs = await alice.renewDelegationToken(token.hmac, { renewTimePeriodMs: 60_000 })
    assert.ok(expiryTimestampMs < token.maxTimestampMs)
    await alice.expireDelegationToken(token.hmac)
    while ((await described()).length > 0) await sleep(50)
    await assert.rejects(
      withAdmin(withToken, (program) => program.listTopics()),
      (error) => error instanceof AuthenticationError,
    )
    await assert.rejects(alice.renewDelegationToken(token.hmac), { code: 'DELEGATION_TOKEN_NOT_FOUND' })
  })
}

/** Java's tool makes a token as a user, and describes it with the token itself, which may do that no more. */
async function javaToken(kafka: KafkaInstallation, folder: string, bootstrapServers: string): Promise<void> {
  const config = (login: string): string => {
    const path = join(folder, 'token.properties')
    const jaas = `sasl.jaas.config=${scramModule} required ${login};`
    writeFileSync(path, `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-512\n${jaas}\n`)
    return path
  }
  const common = ['--bootstrap-server', bootstrapServers, '--command-config']
  const tokens = 'org.apache.kafka.tools.DelegationTokenCommand'
  const alice = config('username="alice" password="secret"')
  const created = await runJavaToolBeside(kafka, tokens, [
    ...common,
    alice,
    '--create',
    ...['--max-life-time-period', '-1', '--renewer-principal', 'User:scheduler'],
  ])
  const [, tokenId = '', hmac = ''] =
    /\n(\S{22}) +(\S{88}) +User:alice +User:alice +\[User:scheduler\]/.exec(created) ?? []
  assert.notEqual(tokenId, '', created)
  const described = await runJavaToolBeside(kafka, tokens, [
    ...common,
    ...[alice, '--describe', '--owner-principal', 'User:alice'],
  ])
  assert.ok(described.includes(hmac), described)
  const token = config(`username="${tokenId}" password="${hmac}" tokenauth="true"`)
  const topics = await runJavaToolBeside(kafka, 'org.apache.kafka.tools.TopicCommand', [
    ...common,
    token,
    ...['--create', '--topic', 'by-token'],
  ])
  assert.match(topics, /Created topic by-token/)
  await assert.rejects(runJavaToolBeside(kafka, tokens, [...common, token, '--describe']), /not allowed on PLAINTEXT/)
}

/** Our clients at Apache Kafka, and Java's at our broker, by each mechanism. */
export async function authentication(list: CheckList, kafka: KafkaInstallation): Promise<void> {
  const certificates = makeCertificates()
  const ways = waysOf(certificates)
  try {
    await oursAtKafka(list, kafka, ways, brokerSettings(certificates))
    await javaAtOurs(list, kafka, ways, brokerSettings(certificates))
  } finally {
    certificates.remove()
  }
}

async function oursAtKafka(
  list: CheckList,
  kafka: KafkaInstallation,
  ways: readonly Way[],
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const [plain = 0, controller = 0, ...ports] = await freePorts(5)
  const secured = ['SASL_PLAINTEXT', 'SASL_SSL', 'SSL'].map((name, index) => [name, ports[index] ?? 0] as const)
  const own = [['PLAINTEXT', plain] as const, ...secured].map(([name, port]) => `${name}://127.0.0.1:${port}`)
  const broker = await startKafkaBroker(kafka, {
    settings: {
      ...settings,
      ...tokenSettings,
      listeners: [...own, `CONTROLLER://127.0.0.1:${controller}`].join(),
      'advertised.listeners': own.join(),
      'listener.security.protocol.map': [
        'CONTROLLER:PLAINTEXT',
        'PLAINTEXT:PLAINTEXT',
        ...secured.map(([name]) => `${name}:${name}`),
      ].join(),
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    },
  })
  try {
    await list.check('our admin client sets passwords at Apache Kafka', () =>
      withAdmin({ bootstrapServers: `127.0.0.1:${plain}` }, async (admin) => {
        await admin.alterUserScramCredentials(
          scrams.map((mechanism) => ({ user: 'alice', mechanism, password: 'secret', iterations: 8192 })),
        )
        // The broker hears of it from the controller a little later.
        const known = async (): Promise<number | undefined> =>
          (await admin.describeUserScramCredentials(['alice']).catch(() => undefined))?.get('alice')?.length
        while ((await known()) !== 2) await sleep(50)
      }),
    )
    const [[, saslPort] = ['', 0]] = secured
    await list.check('our clients get delegation tokens of Apache Kafka, and log in with them', () =>
      delegationTokens(`127.0.0.1:${saslPort}`),
    )
    for (const way of ways) {
      const port = secured.find(([name]) => name === way.listener)?.[1] ?? 0
      await list.check(`our clients at Apache Kafka, by ${way.name}`, () => oursThrough(way, `127.0.0.1:${port}`))
    }
  } finally {
    await broker.stop()
  }
}

async function javaAtOurs(
  list: CheckList,
  kafka: KafkaInstallation,
  ways: readonly Way[],
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-authentication-'))
  const names = ['SASL_PLAINTEXT', 'SASL_SSL', 'SSL']
  const broker = await startBroker({
    inMemory: true,
    settings: { ...settings, ...tokenSettings, listeners: names.map((name) => `${name}://127.0.0.1:0`).join() },
    authentication: {
      scram: scrams.map((mechanism) => ({ name: 'alice', password: 'secret', mechanism })),
      oauthbearer: 'unsecured',
    },
  })
  try {
    const scram = broker.addresses[names.indexOf('SASL_PLAINTEXT')] ?? ''
    await list.check('our clients get delegation tokens of our broker, and log in with them', () =>
      delegationTokens(scram),
    )
    await list.check('Java gets a delegation token of our broker, and logs in with it', () =>
      javaToken(kafka, folder, scram),
    )
    for (const way of ways) {
      const bootstrapServers = broker.addresses[names.indexOf(way.listener)] ?? ''
      await list.check(`our clients at our broker, by ${way.name}`, () => oursThrough(way, bootstrapServers))
      await list.check(`Java's clients at our broker, by ${way.name}`, async () => {
        const config = join(folder, 'client.properties')
        const lines = Object.entries({ 'security.protocol': way.listener, ...way.java })
        writeFileSync(config, lines.map(([name, value]) => `${name}=${value}\n`).join(''))
        const common = ['--bootstrap-server', bootstrapServers, '--command-config', config]
        const topic = `java-${way.name.replaceAll(/\W+/g, '-')}`
        await runJavaToolBeside(
          kafka,
          'org.apache.kafka.tools.ConsoleProducer',
          [...common, '--topic', topic],
          'a\nb\n',
        )
        const read = await runJavaToolBeside(kafka, 'org.apache.kafka.tools.consumer.ConsoleConsumer', [
          ...common,
          '--topic',
          topic,
          '--from-beginning',
          '--max-messages',
          '2',
          '--timeout-ms',
          '20000',
        ])
        assert.match(read, /a\nb\n/)
      })
    }
  } finally {
    await broker.close()
    rmSync(folder, { recursive: true })
  }
}
