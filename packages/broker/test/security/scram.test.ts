import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { alterUserScramCredentials } from '@streamwright/protocol/messages/alter-user-scram-credentials'
import { describeUserScramCredentials } from '@streamwright/protocol/messages/describe-user-scram-credentials'
import { saslAuthenticate } from '@streamwright/protocol/messages/sasl-authenticate'
import type { SaslAuthenticateResponse } from '@streamwright/protocol/messages/sasl-authenticate'
import { saslHandshake } from '@streamwright/protocol/messages/sasl-handshake'
import type { ScramDigest } from '@streamwright/protocol/sasl'
import {
  clientFinalWithoutProof,
  clientProof,
  decodeServerFirst,
  encodeClientFinal,
  isServerSignature,
  saltedPassword,
  scramAuthMessage,
  scramDigests,
} from '@streamwright/protocol/sasl'
import { present } from '@streamwright/std'
import { startBroker } from '../../src/index.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { saslBroker } from './sasl-client.ts'
import { testBroker } from '../support/test-broker.ts'

const mechanisms = scramDigests.map(({ mechanism }) => mechanism)
const alice = { name: 'alice', password: 'secret' }
const users = scramDigests.map(({ mechanism }) => ({ ...alice, mechanism }))

/** What a client says that means ill. */
interface Lie {
  readonly password?: string
  readonly first?: string
  readonly changeFinal?: (text: string) => string
}

interface Conversation {
  readonly answer: SaslAuthenticateResponse
  readonly isBrokerTrue: boolean
}

async function converse(client: ProtocolClient, digest: ScramDigest, lie: Lie = {}): Promise<Conversation> {
  await client.send(saslHandshake, 1, { mechanism: digest.mechanism })
  const first = lie.first ?? 'n,,n=alice,r=clientnonce'
  const challenge = await client.send(saslAuthenticate, 2, { authBytes: Buffer.from(first) })
  if (challenge.errorCode !== ErrorCode.NONE) return { answer: challenge, isBrokerTrue: false }
  const text = challenge.authBytes.toString()
  const { nonce, salt, iterations } = present(decodeServerFirst(text), 'a message')
  const withoutProof = clientFinalWithoutProof(nonce)
  const authMessage = scramAuthMessage(first.slice(first.indexOf('n=')), text, withoutProof)
  const salted = await saltedPassword(digest, lie.password ?? 'secret', salt, iterations)
  const final = encodeClientFinal(withoutProof, clientProof(digest, salted, authMessage))
  const answer = await client.send(saslAuthenticate, 2, { authBytes: Buffer.from(lie.changeFinal?.(final) ?? final) })
  const signature = Buffer.from(answer.authBytes.toString().slice(2), 'base64')
  return { answer, isBrokerTrue: isServerSignature(digest, salted, authMessage, signature) }
}

for (const digest of scramDigests) {
  test(`${digest.mechanism}: broker and client show one another that they know the password`, async (context) => {
    const { connect } = await saslBroker(context, mechanisms, { authentication: { scram: users } })
    const { answer, isBrokerTrue } = await converse(connect(), digest)
    assert.equal(answer.errorCode, ErrorCode.NONE)
    assert.ok(isBrokerTrue)
  })

  test(`${digest.mechanism}: who means ill is refused, and is not told why`, async (context) => {
    const { connect } = await saslBroker(context, mechanisms, { authentication: { scram: users } })
    const told = `Authentication failed during authentication due to invalid credentials with SASL mechanism ${digest.mechanism}`
    const lies: Readonly<Record<string, Lie>> = {
      'a wrong password': { password: 'Secret' },
      'an unknown user': { first: 'n,,n=bob,r=clientnonce' },
      'a delegation token': { first: 'n,,n=alice,r=clientnonce,tokenauth=true' },
      'a channel binding in the first message': { first: 'p=tls-unique,,n=alice,r=clientnonce' },
      'no message at all': { first: '' },
      'another nonce': { changeFinal: (text) => text.replace(/r=clientnonce/, 'r=clientnoncf') },
      'another header': { changeFinal: (text) => text.replace('c=biws', 'c=eSws') },
      'a proof that is too short': { changeFinal: (text) => text.replace(/p=.*/, 'p=AAAA') },
      'no proof': { changeFinal: (text) => text.replace(/,p=.*/, '') },
    }
    for (const [name, lie] of Object.entries(lies)) {
      const client = connect()
      const { answer } = await converse(client, digest, lie)
      assert.deepEqual([answer.errorCode, answer.errorMessage], [ErrorCode.SASL_AUTHENTICATION_FAILED, told], name)
      await client.closed
    }
  })

  test(`${digest.mechanism}: what was said once is worth nothing the next time`, async (context) => {
    const { connect } = await saslBroker(context, mechanisms, { authentication: { scram: users } })
    let overheard = ''
    await converse(connect(), digest, { changeFinal: (text) => (overheard = text) })
    const { answer } = await converse(connect(), digest, { changeFinal: () => overheard })
    assert.equal(answer.errorCode, ErrorCode.SASL_AUTHENTICATION_FAILED)
  })
}

const [digest256] = scramDigests
const upsertion = {
  name: 'alice',
  mechanism: 1,
  iterations: 4096,
  salt: Buffer.from('salt'),
  saltedPassword: Buffer.alloc(32, 1),
}

test('users come and go by requests, and what is kept of passwords is not told', async (context) => {
  const { client } = await testBroker(context)
  const alter = async (request: object): Promise<unknown[]> =>
    (await client.send(alterUserScramCredentials, 0, request)).results.map((result) => Object.values(result))
  const { NONE, UNACCEPTABLE_CREDENTIAL, UNSUPPORTED_SASL_MECHANISM, DUPLICATE_RESOURCE, RESOURCE_NOT_FOUND } =
    ErrorCode
  assert.deepEqual(await alter({ upsertions: [upsertion] }), [['alice', NONE, null]])
  const another = { ...upsertion, mechanism: 2, iterations: 8192 }
  assert.deepEqual(await alter({ upsertions: [another] }), [['alice', NONE, null]])
  const described = await client.send(describeUserScramCredentials, 0, { users: null })
  assert.deepEqual(
    described.results.map(({ user, credentialInfos }) => [user, credentialInfos]),
    [
      [
        'alice',
        [
          { mechanism: 2, iterations: 8192 },
          { mechanism: 1, iterations: 4096 },
        ],
      ],
    ],
  )
  const wrong = {
    deletions: [
      { name: 'alice', mechanism: 2 },
      { name: 'bob', mechanism: 1 },
      { name: 'carol', mechanism: 7 },
    ],
    upsertions: [
      upsertion,
      { ...upsertion, name: '' },
      { ...upsertion, name: 'few', iterations: 4095 },
      { ...upsertion, name: 'many', iterations: 16_385 },
    ],
  }
  assert.deepEqual(await alter(wrong), [
    ['alice', DUPLICATE_RESOURCE, 'A user credential cannot be altered twice in the same request'],
    ['bob', RESOURCE_NOT_FOUND, 'Attempt to delete a user credential that does not exist'],
    ['carol', UNSUPPORTED_SASL_MECHANISM, 'Unknown SCRAM mechanism'],
    ['', UNACCEPTABLE_CREDENTIAL, 'Username must not be empty'],
    ['few', UNACCEPTABLE_CREDENTIAL, 'Too few iterations'],
    ['many', UNACCEPTABLE_CREDENTIAL, 'Too many iterations'],
  ])
  assert.deepEqual(await alter({ deletions: [{ name: 'alice', mechanism: 2 }] }), [['alice', NONE, null]])
  const asked = await client.send(describeUserScramCredentials, 0, {
    users: ['alice', 'bob', 'carol', 'carol'].map((name) => ({ name })),
  })
  assert.deepEqual(
    asked.results.map(({ user, errorCode, credentialInfos }) => [user, errorCode, credentialInfos.length]),
    [
      ['alice', NONE, 1],
      ['bob', RESOURCE_NOT_FOUND, 0],
      ['carol', DUPLICATE_RESOURCE, 0],
    ],
  )
})

test('a user is there after a restart, with the password that it was given since the first start', async (context) => {
  const storage = new MemoryStorage()
  const options = { dataDirectory: '/data', storage }
  const first = await saslBroker(context, mechanisms, {
    ...options,
    inMemory: false,
    authentication: { scram: [alice] },
  })
  const digest = present(digest256, 'a mechanism')
  const salt = Buffer.from('another salt')
  const salted = await saltedPassword(digest, 'changed', salt, 5000)
  const admin = first.connect()
  await converse(admin, digest)
  const changed = { ...upsertion, iterations: 5000, salt, saltedPassword: salted }
  await admin.send(alterUserScramCredentials, 0, { upsertions: [changed] })
  assert.equal((await converse(first.connect(), digest)).answer.errorCode, ErrorCode.SASL_AUTHENTICATION_FAILED)
  await first.broker.close()
  const second = await saslBroker(context, mechanisms, {
    ...options,
    inMemory: false,
    authentication: { scram: [alice] },
  })
  const again = await converse(second.connect(), digest, { password: 'changed' })
  assert.equal(again.answer.errorCode, ErrorCode.NONE)
})

test('a user that cannot be is refused at the start', async () => {
  const start = (scram: object): Promise<unknown> =>
    startBroker({ inMemory: true, listen: false, authentication: { scram: [{ ...alice, ...scram }] } })
  await assert.rejects(start({ mechanism: 'SCRAM-SHA-1' }), /must be SCRAM-SHA-256 or SCRAM-SHA-512/)
  await assert.rejects(start({ iterations: 100 }), /alice cannot be added: Too few iterations/)
})
