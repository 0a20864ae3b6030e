import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import type { Broker, BrokerOptions } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { environmentWith, silentLog } from '@streamwright/std'
import type { AdminConfig } from '../../src/index.ts'
import { Admin, AuthenticationError } from '../../src/index.ts'
import type { TokenFault, TokenIssuer } from '../support/token-issuer.ts'
import { startTokenIssuer } from '../support/token-issuer.ts'

const environment = environmentWith({ log: silentLog })

/** What `node:test` hands to a test, as far as it is needed here. */
interface Cleanup {
  after(action: () => void | Promise<void>): void
}

async function issuer(context: Cleanup, lifetimeSeconds?: number): Promise<TokenIssuer> {
  const started = await startTokenIssuer(lifetimeSeconds)
  context.after(() => started.close())
  return started
}

async function tokenBroker(
  context: Cleanup,
  settings: Readonly<Record<string, unknown>>,
  authentication: BrokerOptions['authentication'] = {},
): Promise<Broker> {
  const all = {
    listeners: 'SASL_PLAINTEXT://127.0.0.1:0',
    saslEnabledMechanisms: 'OAUTHBEARER',
    connectionFailedAuthenticationDelayMs: 0,
    ...settings,
  }
  const broker = await startBroker({ inMemory: true, settings: all, authentication, environment })
  context.after(() => broker.close())
  return broker
}

async function listTopics(broker: Broker, config: Partial<AdminConfig>): Promise<void> {
  const { bootstrapServers } = broker
  const base = { bootstrapServers, securityProtocol: 'SASL_PLAINTEXT', saslMechanism: 'OAUTHBEARER' } as const
  const admin = new Admin({ ...base, ...config }, environment)
  try {
    await admin.listTopics()
  } finally {
    await admin.close()
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof AuthenticationError && !error.retriable && error.mechanism === 'OAUTHBEARER'

function inSeconds(seconds: number): number {
  return Date.now() / 1000 + seconds
}

test('a token by the grant of client credentials opens the connection; one is enough for all connections', async (context) => {
  const { jwksUrl, tokenUrl, requests, failures } = await issuer(context)
  const broker = await tokenBroker(context, { 'sasl.oauthbearer.jwks.endpoint.url': jwksUrl })
  failures.push(503, 500)
  const config = {
    saslOauthbearerTokenEndpointUrl: tokenUrl,
    saslOauthbearerClientCredentialsClientId: 'id',
    saslOauthbearerClientCredentialsClientSecret: 'secret',
    saslOauthbearerScope: 'a b',
    saslLoginRetryBackoffMs: 1,
  }
  await listTopics(broker, config)
  assert.deepEqual(
    requests.map((request) => [...request]),
    Array.from({ length: 3 }, () => [
      ['grant_type', 'client_credentials'],
      ['scope', 'a b'],
    ]),
  )
  const jaas =
    'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="id" clientSecret="secret" extension_traceId="1";'
  await listTopics(broker, { saslOauthbearerTokenEndpointUrl: tokenUrl, saslJaasConfig: jaas })
  const wrong = { ...config, saslOauthbearerClientCredentialsClientSecret: 'wrong' }
  await assert.rejects(listTopics(broker, wrong), (error) => {
    assert.ok(isRefusal(error) && error instanceof Error)
    assert.match(error.message, /status 401, invalid_client/)
    assert.ok(!error.message.includes('wrong'))
    return true
  })
})

test('an endpoint that stays away is a failure that may pass', async (context) => {
  const { jwksUrl } = await issuer(context)
  const broker = await tokenBroker(context, { 'sasl.oauthbearer.jwks.endpoint.url': jwksUrl })
  const config = {
    saslOauthbearerTokenEndpointUrl: 'http://127.0.0.1:1/',
    saslOauthbearerClientCredentialsClientId: 'id',
    saslOauthbearerClientCredentialsClientSecret: 'secret',
    saslLoginRetryBackoffMs: 1,
    defaultApiTimeoutMs: 500,
  }
  await assert.rejects(listTopics(broker, config), /There is no token from http:\/\/127\.0\.0\.1:1/)
})

test('a token is believed only with the right signature, audience and issuer, and in its time', async (context) => {
  const { jwksUrl, token, publicKey } = await issuer(context)
  const { privateKey: strange } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const broker = await tokenBroker(context, {
    'sasl.oauthbearer.jwks.endpoint.url': jwksUrl,
    'sasl.oauthbearer.expected.audience': 'kafka,other',
    'sasl.oauthbearer.expected.issuer': 'us',
    'listener.name.sasl_plaintext.oauthbearer.sasl.oauthbearer.clock.skew.seconds': 10,
  })
  assert.equal(publicKey.asymmetricKeyType, 'ec')
  const good = { sub: 'alice', aud: ['x', 'kafka'], iss: 'us', scope: 'a b', iat: inSeconds(5), exp: inSeconds(-5) }
  const show = (claims: object, fault?: TokenFault): Promise<void> =>
    listTopics(broker, { oauthbearerToken: () => token({ ...good, ...claims }, fault) })
  await show({})
  await show({ aud: 'other', scope: ['a'], nbf: inSeconds(-100) })
  const bad: Readonly<Record<string, readonly [object, TokenFault?]>> = {
    'signed by another': [{}, { key: strange }],
    'with an unknown key': [{}, { kid: 'two' }],
    'with another kind of key': [{}, { alg: 'RS256' }],
    'not signed at all': [{}, { alg: 'none' }],
    'signed with the public key as a secret': [{}, { alg: 'HS256' }],
    expired: [{ exp: inSeconds(-11) }],
    'without an expiry': [{ exp: undefined }],
    'with an expiry that is no moment': [{ exp: 'tomorrow' }],
    'from the future': [{ iat: inSeconds(20) }],
    'not yet valid': [{ nbf: inSeconds(20) }],
    'for others': [{ aud: 'them' }],
    'for nobody': [{ aud: undefined }],
    'from somebody else': [{ iss: 'them' }],
    'without a subject': [{ sub: undefined }],
    'with an empty subject': [{ sub: ' ' }],
    'with a scope that is no text': [{ scope: [1] }],
  }
  for (const [name, [claims, fault]] of Object.entries(bad)) {
    // oxlint-disable-next-line no-await-in-loop
    await assert.rejects(show(claims, fault), isRefusal, name)
  }
  const tampered = (): string => {
    const [head, , signature] = token(good).split('.')
    return [head, Buffer.from(JSON.stringify({ ...good, sub: 'admin' })).toString('base64url'), signature].join('.')
  }
  await assert.rejects(listTopics(broker, { oauthbearerToken: tampered }), isRefusal)
  await assert.rejects(listTopics(broker, { oauthbearerToken: () => 'no token' }), isRefusal)
  await assert.rejects(
    listTopics(broker, { oauthbearerToken: () => ({ token: token(good), extensions: { auth: 'x' } }) }),
    isRefusal,
  )
})

test('unsecured tokens are believed only where a program asks for it', async (context) => {
  const { token } = await issuer(context)
  const broker = await tokenBroker(context, {}, { oauthbearer: 'unsecured' })
  await listTopics(broker, { oauthbearerToken: () => token({ sub: 'dev' }, { alg: 'none' }) })
  await assert.rejects(listTopics(broker, { oauthbearerToken: () => token({ sub: 'dev' }) }), isRefusal)
  const expired = { sub: 'dev', exp: inSeconds(-60) }
  await assert.rejects(listTopics(broker, { oauthbearerToken: () => token(expired, { alg: 'none' }) }), isRefusal)
  await assert.rejects(tokenBroker(context, {}), /give sasl\.oauthbearer\.jwks\.endpoint\.url/)
})

test('a function of the broker’s program may say whom a token is for', async (context) => {
  const oauthbearer = (token: string): Promise<{ name: string }> =>
    token === 'opaque' ? Promise.resolve({ name: 'alice' }) : Promise.reject(new Error('unheard of'))
  const broker = await tokenBroker(context, {}, { oauthbearer })
  await listTopics(broker, { oauthbearerToken: () => 'opaque' })
  await assert.rejects(listTopics(broker, { oauthbearerToken: () => 'other' }), isRefusal)
})

test('a connection lives longer than its tokens: the client authenticates again, with a new one', async (context) => {
  const { jwksUrl, token } = await issuer(context)
  const broker = await tokenBroker(context, {
    'sasl.oauthbearer.jwks.endpoint.url': jwksUrl,
    'sasl.oauthbearer.clock.skew.seconds': 0,
  })
  let opened = 0
  let given = 0
  const { connect } = await import('node:net')
  const admin = new Admin(
    {
      bootstrapServers: broker.bootstrapServers,
      securityProtocol: 'SASL_PLAINTEXT',
      saslMechanism: 'OAUTHBEARER',
      connect: (host, port) => {
        opened += 1
        return connect(port, host)
      },
      oauthbearerToken: () => {
        given += 1
        return token({ sub: 'alice', exp: inSeconds(1.5) })
      },
    },
    environment,
  )
  context.after(() => admin.close())
  const endMs = performance.now() + 1700
  await admin.listTopics()
  const before = opened
  while (performance.now() < endMs) {
    // Several at a time, so that some wait for the others' session.
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all([admin.listTopics(), admin.describeCluster(), admin.listTopics()])
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.equal(opened, before, 'no connection was lost')
  assert.ok(given >= 2, `${given} tokens`)
})
