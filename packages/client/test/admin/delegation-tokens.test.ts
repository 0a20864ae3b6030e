import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { systemEnvironment } from '@streamwright/std'
import { MemoryStorage } from '../../../broker/src/log/memory-storage.ts'
import type { AdminConfig, DelegationToken } from '../../src/index.ts'
import { Admin, AuthenticationError } from '../../src/index.ts'
import { quietEnvironment } from '../support/test-broker.ts'

const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule'
const passwords = { alice: 'secret', bob: 'geheim', scheduler: 'plan' }

function start(storage: MemoryStorage, more: Readonly<Record<string, unknown>> = {}): Promise<Broker> {
  return startBroker({
    dataDirectory: '/data',
    storage,
    environment: quietEnvironment,
    settings: {
      listeners: 'SASL_PLAINTEXT://127.0.0.1:0,PLAINTEXT://127.0.0.1:0',
      'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512',
      'connection.failed.authentication.delay.ms': 0,
      'delegation.token.secret.key': 'a secret of the broker',
      ...more,
    },
    authentication: { scram: Object.entries(passwords).map(([name, password]) => ({ name, password })) },
  })
}

async function as<T>(broker: Broker, who: Partial<AdminConfig>, use: (admin: Admin) => Promise<T>): Promise<T> {
  const sasl = { securityProtocol: 'SASL_PLAINTEXT', saslMechanism: 'SCRAM-SHA-256' } as const
  const bootstrapServers = broker.addresses[0] ?? ''
  const admin = new Admin({ bootstrapServers, ...sasl, ...who }, quietEnvironment)
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}

function user(name: keyof typeof passwords): Partial<AdminConfig> {
  return { saslUsername: name, saslPassword: passwords[name] }
}

function withToken({ tokenId, hmac }: DelegationToken, mechanism = 'SCRAM-SHA-256'): Partial<AdminConfig> {
  const login = `username="${tokenId}" password="${hmac.toString('base64')}" tokenauth="true"`
  return { saslMechanism: mechanism, saslJaasConfig: `${scramModule} required ${login};` }
}

test('a program logs in with a token in the place of its owner, also after a restart, until it is taken back', async () => {
  const storage = new MemoryStorage()
  const first = await start(storage)
  const token = await as(first, user('alice'), (alice) =>
    alice.createDelegationToken({ renewers: ['User:scheduler'], maxLifetimeMs: 3_600_000 }),
  )
  assert.equal(token.owner, 'User:alice')
  assert.equal(token.maxTimestampMs, token.issueTimestampMs + 3_600_000)
  await as(first, withToken(token), (program) => program.listTopics())
  await first.close()
  const broker = await start(storage)
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
    await as(broker, withToken(token, mechanism), async (program) => {
      await program.listTopics()
      await assert.rejects(program.createDelegationToken(), { code: 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED' })
    })
  }
  const wrong = { ...token, hmac: Buffer.alloc(64) }
  await assert.rejects(
    as(broker, withToken(wrong), (program) => program.listTopics()),
    AuthenticationError,
  )
  const renewed = await as(broker, user('scheduler'), (scheduler) =>
    scheduler.renewDelegationToken(token.hmac, { renewTimePeriodMs: 60_000 }),
  )
  assert.ok(renewed < token.maxTimestampMs)
  await as(broker, user('bob'), async (bob) => {
    await assert.rejects(bob.renewDelegationToken(token.hmac), { code: 'DELEGATION_TOKEN_OWNER_MISMATCH' })
    await assert.rejects(bob.expireDelegationToken(token.hmac), { code: 'DELEGATION_TOKEN_OWNER_MISMATCH' })
  })
  await as(broker, user('alice'), async (alice) => {
    const [described, ...more] = await alice.describeDelegationTokens()
    assert.deepEqual(described, { ...token, expiryTimestampMs: renewed })
    assert.equal(more.length, 0)
    assert.deepEqual(await alice.describeDelegationTokens({ owners: ['User:bob'] }), [])
    assert.equal((await alice.describeDelegationTokens({ owners: ['User:scheduler'] })).length, 1)
    await alice.expireDelegationToken(token.hmac)
    assert.deepEqual(await alice.describeDelegationTokens(), [])
    await assert.rejects(alice.renewDelegationToken(token.hmac), { code: 'DELEGATION_TOKEN_NOT_FOUND' })
  })
  await assert.rejects(
    as(broker, withToken(token), (program) => program.listTopics()),
    AuthenticationError,
  )
  await broker.close()
})

test('a token that has expired lets nobody in, and is not renewed', async () => {
  const broker = await start(new MemoryStorage(), { 'delegation.token.expiry.time.ms': 300 })
  await as(broker, user('alice'), async (alice) => {
    const token = await alice.createDelegationToken()
    assert.equal(token.expiryTimestampMs, token.issueTimestampMs + 300)
    while (systemEnvironment.clock.wallMs() <= token.expiryTimestampMs) await alice.listTopics()
    await assert.rejects(alice.renewDelegationToken(token.hmac), { code: 'DELEGATION_TOKEN_EXPIRED' })
    await assert.rejects(
      as(broker, withToken(token), (program) => program.listTopics()),
      AuthenticationError,
    )
  })
  await broker.close()
})

test('tokens are for those who have logged in, on brokers with a secret key, and for others where ACLs allow it', async () => {
  const broker = await start(new MemoryStorage(), {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:alice',
  })
  const open = { bootstrapServers: broker.addresses[1] ?? '', securityProtocol: 'PLAINTEXT' } as const
  await as(broker, open, async (nobody) => {
    await assert.rejects(nobody.createDelegationToken(), { code: 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED' })
    await assert.rejects(nobody.describeDelegationTokens(), { code: 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED' })
  })
  const owner = 'User:bob'
  await as(broker, user('scheduler'), async (scheduler) => {
    await assert.rejects(scheduler.createDelegationToken({ owner }), { code: 'DELEGATION_TOKEN_AUTHORIZATION_FAILED' })
    await assert.rejects(scheduler.createDelegationToken({ renewers: ['Group:a'] }), { code: 'INVALID_PRINCIPAL_TYPE' })
  })
  await as(broker, user('alice'), async (alice) => {
    const token = await alice.createDelegationToken({ owner })
    assert.deepEqual([token.owner, token.requester], ['User:bob', 'User:alice'])
    await as(broker, user('scheduler'), async (scheduler) =>
      assert.deepEqual(await scheduler.describeDelegationTokens(), []),
    )
    await as(broker, user('bob'), async (bob) => assert.equal((await bob.describeDelegationTokens()).length, 1))
  })
  await broker.close()
  const without = await start(new MemoryStorage(), { 'delegation.token.secret.key': '' })
  await as(without, user('alice'), async (alice) => {
    await assert.rejects(alice.createDelegationToken(), { code: 'DELEGATION_TOKEN_AUTH_DISABLED' })
    await assert.rejects(alice.describeDelegationTokens(), { code: 'DELEGATION_TOKEN_AUTH_DISABLED' })
  })
  await without.close()
})
