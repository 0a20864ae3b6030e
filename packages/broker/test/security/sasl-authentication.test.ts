import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { createDelegationToken } from '@streamwright/protocol/messages/create-delegation-token'
import { describeDelegationToken } from '@streamwright/protocol/messages/describe-delegation-token'
import { expireDelegationToken } from '@streamwright/protocol/messages/expire-delegation-token'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { renewDelegationToken } from '@streamwright/protocol/messages/renew-delegation-token'
import { saslAuthenticate } from '@streamwright/protocol/messages/sasl-authenticate'
import { saslHandshake } from '@streamwright/protocol/messages/sasl-handshake'
import { ConfigurationError } from '@streamwright/std'
import { startBroker } from '../../src/index.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { saslBroker, sayOnce } from './sasl-client.ts'

const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }
const plain = { authentication: { plain: { alice: 'secret', bob: 'other' } } }

test('PLAIN: a password opens the connection, and what is wrong is told in Kafka’s words', async (context) => {
  const { connect } = await saslBroker(context, ['PLAIN'], plain)
  const client = connect()
  await client.send(apiVersions, 3, software)
  const answer = await sayOnce(client, 'PLAIN', '\0alice\0secret')
  assert.equal(answer.errorCode, ErrorCode.NONE)
  assert.equal((await client.send(metadata, 12, { topics: [] })).brokers.length, 1)
  const told: [string, string][] = [
    ['\0alice\0wrong', 'Authentication failed: Invalid username or password'],
    ['\0nobody\0secret', 'Authentication failed: Invalid username or password'],
    ['\0nobody\0', 'Authentication failed: password not specified'],
    ['\0\0secret', 'Authentication failed: username not specified'],
    [
      'bob\0alice\0secret',
      'Authentication failed: Client requested an authorization id that is different from username',
    ],
    ['alice\0secret', 'Invalid SASL/PLAIN response: expected 3 tokens, got 2'],
    ['', 'Invalid SASL/PLAIN response: expected 3 tokens, got 1'],
  ]
  for (const [message, errorMessage] of told) {
    const other = connect()
    // One client after the other.
    // oxlint-disable-next-line no-await-in-loop
    const refused = await sayOnce(other, 'PLAIN', message)
    assert.deepEqual([refused.errorCode, refused.errorMessage], [ErrorCode.SASL_AUTHENTICATION_FAILED, errorMessage])
    // oxlint-disable-next-line no-await-in-loop
    await other.closed
  }
})

test('the users of PLAIN are those of sasl.jaas.config, or whom a function knows', async (context) => {
  const settings = {
    'listener.name.sasl_plaintext.plain.sasl.jaas.config':
      'org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="x" user_carol="c,\\"=";',
  }
  const { connect } = await saslBroker(context, ['PLAIN'], { settings })
  assert.equal((await sayOnce(connect(), 'PLAIN', '\0carol\0c,"=')).errorCode, ErrorCode.NONE)
  assert.equal((await sayOnce(connect(), 'PLAIN', '\0admin\0x')).errorCode, ErrorCode.SASL_AUTHENTICATION_FAILED)
  const asked: string[] = []
  const check = (user: string, password: string): Promise<boolean> => {
    asked.push(user)
    return Promise.resolve(password === 'p')
  }
  const other = await saslBroker(context, ['PLAIN'], { authentication: { plain: check } })
  assert.equal((await sayOnce(other.connect(), 'PLAIN', '\0dave\0p')).errorCode, ErrorCode.NONE)
  assert.deepEqual(asked, ['dave'])
})

test('another request before authentication, or in the middle of it, ends the connection', async (context) => {
  const { connect } = await saslBroker(context, ['PLAIN'], plain)
  const early = connect()
  await assert.rejects(early.send(metadata, 12, { topics: [] }), /closed/)
  const withoutHandshake = connect()
  await assert.rejects(
    withoutHandshake.send(saslAuthenticate, 2, { authBytes: Buffer.from('\0alice\0secret') }),
    /closed/,
  )
  const inBetween = connect()
  await inBetween.send(saslHandshake, 1, { mechanism: 'PLAIN' })
  await assert.rejects(inBetween.send(metadata, 12, { topics: [] }), /closed/)
  const twice = connect()
  await twice.send(apiVersions, 3, software)
  await assert.rejects(twice.send(apiVersions, 3, software), /closed/)
})

test('requests that do not wait for the end of the authentication are served after it, or never', async (context) => {
  const { connect } = await saslBroker(context, ['PLAIN'], plain)
  for (const [password, served] of [
    ['secret', true],
    ['wrong', false],
  ] as const) {
    const client = connect()
    const handshake = client.send(saslHandshake, 1, { mechanism: 'PLAIN' })
    const answer = client.send(saslAuthenticate, 2, { authBytes: Buffer.from(`\0alice\0${password}`) })
    const asked = client.send(metadata, 12, { topics: [] }).then(
      () => true,
      () => false,
    )
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all([handshake, answer])
    // oxlint-disable-next-line no-await-in-loop
    assert.equal(await asked, served)
  }
})

test('a mechanism that is not offered is refused with those that are', async (context) => {
  const { connect } = await saslBroker(context, ['PLAIN'], plain)
  const client = connect()
  assert.deepEqual(await client.send(saslHandshake, 1, { mechanism: 'GSSAPI' }), {
    errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
    mechanisms: ['PLAIN'],
  })
  await client.closed
})

test('clients of the oldest kind send their tokens without requests around them', async (context) => {
  const { connect } = await saslBroker(context, ['PLAIN'], plain)
  const client = connect()
  await client.send(saslHandshake, 0, { mechanism: 'PLAIN' })
  client.sendFrame(Buffer.from('\0alice\0secret'))
  assert.equal((await client.next()).length, 0)
  assert.equal((await client.send(metadata, 12, { topics: [] })).brokers.length, 1)
  const wrong = connect()
  await wrong.send(saslHandshake, 0, { mechanism: 'PLAIN' })
  wrong.sendFrame(Buffer.from('\0alice\0wrong'))
  await wrong.closed
})

test('a request that is too large for who is not known ends the connection; later it does not', async (context) => {
  const settings = { saslServerMaxReceiveSize: 1000 }
  const { connect } = await saslBroker(context, ['PLAIN'], { ...plain, settings })
  const client = connect()
  await sayOnce(client, 'PLAIN', '\0alice\0secret')
  const topics = Array.from({ length: 10 }, (_, index) => ({ name: `${'x'.repeat(900)}${index}` }))
  assert.equal((await client.send(metadata, 12, { topics, allowAutoTopicCreation: false })).topics.length, 10)
  const other = connect()
  await other.send(saslHandshake, 1, { mechanism: 'PLAIN' })
  await assert.rejects(other.send(saslAuthenticate, 2, { authBytes: Buffer.alloc(1000) }), /closed/)
})

test('who does not authenticate in time is sent away', async (context) => {
  const { connect, environment } = await saslBroker(context, ['PLAIN'], plain)
  const slow = connect()
  await slow.send(saslHandshake, 1, { mechanism: 'PLAIN' })
  const quick = connect()
  await sayOnce(quick, 'PLAIN', '\0alice\0secret')
  await environment.advance(60_001)
  await slow.closed
  assert.equal((await quick.send(metadata, 12, { topics: [] })).brokers.length, 1)
})

test('a session that is over needs the same user to authenticate again (KIP-368)', async (context) => {
  const settings = { connectionsMaxReauthMs: 10_000 }
  const { connect, environment } = await saslBroker(context, ['PLAIN'], { ...plain, settings })
  const client = connect()
  assert.equal((await sayOnce(client, 'PLAIN', '\0alice\0secret')).sessionLifetimeMs, 10_000n)
  const tooSoon = await client.send(saslHandshake, 1, { mechanism: 'PLAIN' })
  assert.equal(tooSoon.errorCode, ErrorCode.ILLEGAL_SASL_STATE)
  await environment.advance(9_000)
  assert.equal((await sayOnce(client, 'PLAIN', '\0alice\0secret')).sessionLifetimeMs, 10_000n)
  await environment.advance(9_000)
  assert.equal((await client.send(metadata, 12, { topics: [] })).brokers.length, 1)
  await environment.advance(2_000)
  assert.equal((await sayOnce(client, 'PLAIN', '\0alice\0secret')).errorCode, ErrorCode.NONE)
  await environment.advance(2_000)
  const changed = await sayOnce(client, 'PLAIN', '\0bob\0other')
  assert.deepEqual(
    [changed.errorCode, changed.errorMessage],
    [
      ErrorCode.SASL_AUTHENTICATION_FAILED,
      'Cannot change principals during re-authentication from User.alice: User.bob',
    ],
  )
  await client.closed
  const late = connect()
  await sayOnce(late, 'PLAIN', '\0alice\0secret')
  await environment.advance(10_001)
  await assert.rejects(late.send(metadata, 12, { topics: [] }), /closed/)
})

test('delegation tokens are disabled, and who is not known may not even ask', async (context) => {
  const asked = async (client: ProtocolClient): Promise<number[]> => [
    (await client.send(createDelegationToken, 3, { maxLifetimeMs: -1n })).errorCode,
    (await client.send(renewDelegationToken, 2, {})).errorCode,
    (await client.send(expireDelegationToken, 2, {})).errorCode,
    (await client.send(describeDelegationToken, 3, { owners: null })).errorCode,
  ]
  const { connect } = await saslBroker(context, ['PLAIN'], plain)
  const alice = connect()
  await sayOnce(alice, 'PLAIN', '\0alice\0secret')
  assert.deepEqual(new Set(await asked(alice)), new Set([ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED]))
  const { client } = await testBroker(context)
  assert.deepEqual(new Set(await asked(client)), new Set([ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED]))
})

test('where nobody has to authenticate, nobody can', async (context) => {
  const { client } = await testBroker(context)
  assert.deepEqual(await client.send(saslHandshake, 1, { mechanism: 'PLAIN' }), {
    errorCode: ErrorCode.ILLEGAL_SASL_STATE,
    mechanisms: [],
  })
  const { errorCode } = await client.send(saslAuthenticate, 2, { authBytes: Buffer.from('x') })
  assert.equal(errorCode, ErrorCode.ILLEGAL_SASL_STATE)
})

test('a listener that could let nobody in is not opened, and the error says what to do', async () => {
  const start = (settings: Record<string, unknown>): Promise<unknown> =>
    startBroker({ inMemory: true, settings: { listeners: 'SASL_PLAINTEXT://127.0.0.1:0', ...settings } })
  await assert.rejects(start({}), /GSSAPI \(Kerberos\).*PLAIN, SCRAM-SHA-256/)
  await assert.rejects(start({ saslEnabledMechanisms: 'PLAIN' }), /no users: give authentication\.plain/)
  await assert.rejects(start({ saslEnabledMechanisms: 'DIGEST-MD5' }), ConfigurationError)
})
