import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { environmentWith, silentLog } from '@streamwright/std'
import type { AdminConfig } from '../../src/index.ts'
import { Admin, AuthenticationError } from '../../src/index.ts'

const environment = environmentWith({ log: silentLog })
// Those that the broker's tests have; how they are made is written beside them.
const file = (name: string): string =>
  new URL(`../../../broker/test/security/certificates/${name}`, import.meta.url).pathname

/** What `node:test` hands to a test, as far as it is needed here. */
interface Cleanup {
  after(action: () => void | Promise<void>): void
}

async function tlsBroker(context: Cleanup, settings: Readonly<Record<string, unknown>>): Promise<Broker> {
  const all = {
    listeners: 'SSL://127.0.0.1:0,SASL_SSL://127.0.0.1:0,PLAINTEXT://127.0.0.1:0',
    saslEnabledMechanisms: 'PLAIN,SCRAM-SHA-256',
    'ssl.keystore.location': file('server.pem'),
    'ssl.truststore.location': file('ca.pem'),
    ...settings,
  }
  const authentication = { plain: { alice: 'secret' }, scram: [{ name: 'alice', password: 'secret' }] }
  const broker = await startBroker({ inMemory: true, settings: all, authentication, environment })
  context.after(() => broker.close())
  return broker
}

async function topicsSeen(broker: Broker, listener: number, config: Partial<AdminConfig>): Promise<number> {
  const bootstrapServers = broker.addresses[listener] ?? ''
  const admin = new Admin({ bootstrapServers, defaultApiTimeoutMs: 5000, ...config }, environment)
  try {
    await admin.createTopics([{ name: `t${listener}` }])
    return (await admin.listTopics()).length
  } finally {
    await admin.close()
  }
}

const trusted = { securityProtocol: 'SSL', sslTruststoreLocation: file('ca.pem') } as const

test('TLS, TLS with SASL and plain text, each through a listener of its own', async (context) => {
  const broker = await tlsBroker(context, {})
  assert.equal(await topicsSeen(broker, 0, trusted), 1)
  for (const saslMechanism of ['PLAIN', 'SCRAM-SHA-256']) {
    const user = { saslMechanism, saslUsername: 'alice', saslPassword: 'secret' }
    const config = { ...trusted, securityProtocol: 'SASL_SSL', ...user } as const
    const refusal = { code: 'AUTHENTICATION_FAILED', mechanism: saslMechanism }
    // oxlint-disable-next-line no-await-in-loop
    await assert.rejects(topicsSeen(broker, 1, { ...config, saslPassword: 'wrong' }), refusal)
  }
  const config = { ...trusted, securityProtocol: 'SASL_SSL', saslMechanism: 'PLAIN' } as const
  assert.equal(await topicsSeen(broker, 1, { ...config, saslUsername: 'alice', saslPassword: 'secret' }), 2)
  assert.equal(await topicsSeen(broker, 2, {}), 3)
})

test('whom one side does not trust is told at once, with what to do', async (context) => {
  const broker = await tlsBroker(context, { 'ssl.client.auth': 'required' })
  const alice = { sslKeystoreLocation: file('alice.pem') }
  assert.equal(await topicsSeen(broker, 0, { ...trusted, ...alice }), 1)
  const expectations: readonly (readonly [Partial<AdminConfig>, number, RegExp])[] = [
    [{ securityProtocol: 'SSL', ...alice }, 0, /Give the certificates to trust/],
    [trusted, 0, /does it want a certificate/],
  ]
  for (const [config, listener, message] of expectations) {
    // oxlint-disable-next-line no-await-in-loop
    await assert.rejects(topicsSeen(broker, listener, config), (error) => {
      assert.ok(error instanceof AuthenticationError, String(error))
      assert.match(error.message, message)
      assert.equal(error.code, 'TLS_FAILED')
      return !error.retriable
    })
  }
  // Node.js tells a client only by its silence.
  const stranger = { sslKeystoreLocation: file('stranger.pem'), defaultApiTimeoutMs: 300, requestTimeoutMs: 300 }
  await assert.rejects(topicsSeen(broker, 0, { ...trusted, ...stranger }), /trust this client’s certificate/)
})

test('a name that the certificate does not have is not taken for the broker, unless nobody looks', async (context) => {
  const broker = await tlsBroker(context, { 'ssl.keystore.location': file('elsewhere.pem') })
  await assert.rejects(topicsSeen(broker, 0, trusted), /Use a name of the broker that its certificate has/)
  assert.equal(await topicsSeen(broker, 0, { ...trusted, sslEndpointIdentificationAlgorithm: '' }), 1)
})

test('who speaks plain text to a listener that wants more is given a hint', async (context) => {
  const broker = await tlsBroker(context, {})
  const config = { securityProtocol: 'PLAINTEXT', requestTimeoutMs: 300, defaultApiTimeoutMs: 300 } as const
  await assert.rejects(topicsSeen(broker, 0, config), /security\.protocol/)
  await assert.rejects(topicsSeen(broker, 2, { ...config, ...trusted }), /security\.protocol/)
})
