import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Broker, BrokerOptions } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { environmentWith, silentLog } from '@streamwright/std'
import type { AdminConfig } from '../../src/index.ts'
import { Admin, AuthenticationError, Producer } from '../../src/index.ts'

const environment = environmentWith({ log: silentLog })

/** What `node:test` hands to a test, as far as it is needed here. */
interface Cleanup {
  after(action: () => void | Promise<void>): void
}

async function secured(
  context: Cleanup,
  mechanisms: string,
  options: BrokerOptions,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Broker> {
  const settings = { listeners: 'SASL_PLAINTEXT://127.0.0.1:0', saslEnabledMechanisms: mechanisms, ...more }
  const broker = await startBroker({ inMemory: true, ...options, settings, environment })
  context.after(() => broker.close())
  return broker
}

async function withAdmin<T>(config: AdminConfig, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Admin(config, environment)
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}

const authentication = {
  plain: { alice: 'secret' },
  scram: [
    { name: 'alice', password: 'secret' },
    { name: 'alice', password: 'secret', mechanism: 'SCRAM-SHA-512' as const },
  ],
}
const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']

for (const saslMechanism of mechanisms) {
  test(`${saslMechanism}: the right password produces, a wrong one fails at once and for good`, async (context) => {
    const { bootstrapServers } = await secured(context, mechanisms.join(), { authentication })
    const config = { bootstrapServers, securityProtocol: 'SASL_PLAINTEXT', saslMechanism } as const
    const user = { saslUsername: 'alice', saslPassword: 'secret' }
    const producer = new Producer({ ...config, ...user }, environment)
    assert.equal((await producer.send({ topic: 't', value: 'hello' })).offset, 0)
    await producer.close()
    const isRefusal = (error: unknown): boolean =>
      error instanceof AuthenticationError &&
      !error.retriable &&
      error.mechanism === saslMechanism &&
      error.code === 'AUTHENTICATION_FAILED'
    const wrong = { ...config, ...user, saslPassword: 'wrong' }
    await assert.rejects(
      withAdmin(wrong, (admin) => admin.listTopics()),
      isRefusal,
    )
    const failing = new Producer(wrong, environment)
    await assert.rejects(failing.send({ topic: 't', value: 'hello' }), isRefusal)
    await failing.close()
  })
}

test('a mechanism that the broker does not offer fails with those that it does', async (context) => {
  const { bootstrapServers } = await secured(context, 'PLAIN,SCRAM-SHA-512', { authentication })
  const config = {
    bootstrapServers,
    securityProtocol: 'SASL_PLAINTEXT',
    saslMechanism: 'SCRAM-SHA-256',
    saslUsername: 'alice',
    saslPassword: 'secret',
  } as const
  await assert.rejects(
    withAdmin(config, (admin) => admin.listTopics()),
    {
      code: 'UNSUPPORTED_SASL_MECHANISM',
      message: /it offers PLAIN, SCRAM-SHA-512/,
    },
  )
})

test('a listener without SASL is told from a wrong password', async (context) => {
  const broker = await startBroker({ inMemory: true, port: 0, environment })
  context.after(() => broker.close())
  const config = {
    bootstrapServers: broker.bootstrapServers,
    securityProtocol: 'SASL_PLAINTEXT',
    saslMechanism: 'PLAIN',
    saslUsername: 'alice',
    saslPassword: 'secret',
  } as const
  await assert.rejects(
    withAdmin(config, (admin) => admin.listTopics()),
    /this listener does not authenticate by SASL/,
  )
})

test('an admin client looks after the users of SCRAM', async (context) => {
  const broker = await startBroker({ inMemory: true, port: 0, environment })
  context.after(() => broker.close())
  await withAdmin({ bootstrapServers: broker.bootstrapServers }, async (admin) => {
    await admin.alterUserScramCredentials([
      { user: 'alice', mechanism: 'SCRAM-SHA-256', password: 'secret' },
      { user: 'alice', mechanism: 'SCRAM-SHA-512', password: 'secret', iterations: 8192 },
      { user: 'bob', mechanism: 'SCRAM-SHA-256', password: 'secret', salt: Buffer.from('salt') },
    ])
    assert.deepEqual(
      await admin.describeUserScramCredentials(['alice']),
      new Map([
        [
          'alice',
          [
            { mechanism: 'SCRAM-SHA-512', iterations: 8192 },
            { mechanism: 'SCRAM-SHA-256', iterations: 4096 },
          ],
        ],
      ]),
    )
    await admin.alterUserScramCredentials([{ user: 'alice', mechanism: 'SCRAM-SHA-256' }])
    assert.deepEqual([...(await admin.describeUserScramCredentials()).keys()].toSorted(), ['alice', 'bob'])
    await assert.rejects(admin.describeUserScramCredentials(['nobody']), { code: 'RESOURCE_NOT_FOUND' })
    const tooFew = { user: 'bob', mechanism: 'SCRAM-SHA-256', password: 'x', iterations: 1 } as const
    await assert.rejects(admin.alterUserScramCredentials([tooFew]), { code: 'UNACCEPTABLE_CREDENTIAL' })
  })
})
