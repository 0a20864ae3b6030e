import assert from 'node:assert/strict'
import test from 'node:test'
import { ConfigurationError, silentLog } from '@streamwright/std'
import type { ListenOptions, ListenerPlan } from '../../src/server/listener-plan.ts'
import { planListeners, warnOfOpenListeners } from '../../src/server/listener-plan.ts'
import { readBrokerSettings } from '../../src/settings.ts'

async function plan(settings: Record<string, unknown>, options: ListenOptions = {}): Promise<readonly ListenerPlan[]> {
  return planListeners(options, (await readBrokerSettings(settings, silentLog)).settings)
}

test('by default both loopbacks are listened on, and clients are told one that is always there', async () => {
  assert.deepEqual(await plan({}), [
    {
      name: 'PLAINTEXT',
      securityProtocol: 'PLAINTEXT',
      hosts: ['127.0.0.1', '::1'],
      port: 9092,
      advertisedHost: '127.0.0.1',
      isForControllers: false,
    },
  ])
})

test("the server.properties of Kafka's distribution is understood", async () => {
  const plans = await plan({
    listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093',
    'advertised.listeners': 'PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093',
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL',
    'process.roles': 'broker,controller',
    'num.network.threads': '3',
  })
  assert.deepEqual(plans, [
    {
      name: 'PLAINTEXT',
      securityProtocol: 'PLAINTEXT',
      hosts: ['::'],
      port: 9092,
      advertisedHost: 'localhost',
      advertisedPort: 9092,
      isForControllers: false,
    },
    {
      name: 'CONTROLLER',
      securityProtocol: 'PLAINTEXT',
      hosts: ['::'],
      port: 9093,
      advertisedHost: 'localhost',
      advertisedPort: 9093,
      isForControllers: true,
    },
  ])
})

test('listeners may have names of their own and addresses of their own', async () => {
  const plans = await plan({
    listeners: ['INSIDE://127.0.0.1:29092', 'OUTSIDE://[::1]:9092'],
    'advertised.listeners': ['INSIDE://broker:29092', 'OUTSIDE://example.org:19092'],
    'listener.security.protocol.map': 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT',
  })
  assert.deepEqual(
    plans.map(({ hosts, port, advertisedHost, advertisedPort }) => [hosts, port, advertisedHost, advertisedPort]),
    [
      [['127.0.0.1'], 29_092, 'broker', 29_092],
      [['::1'], 9092, 'example.org', 19_092],
    ],
  )
})

/** The tests of kafkajs and @platformatic/kafka ask for it, and so does a certificate that names `localhost` alone. */
test('a listener on localhost is told to clients by that name, as Kafka does', async () => {
  const [only] = await plan({ listeners: 'SSL://localhost:9093' })
  assert.deepEqual([only?.hosts, only?.advertisedHost], [['127.0.0.1', '::1'], 'localhost'])
})

test('the caller goes before the settings', async () => {
  const [only] = await plan({ listeners: 'PLAINTEXT://127.0.0.1:1234' }, { port: 0 })
  assert.deepEqual(only?.hosts, ['127.0.0.1', '::1'])
  assert.equal(only?.port, 0)
})

test('what cannot be served is refused, and the error says what to do', async () => {
  await assert.rejects(
    plan({ listeners: 'INSIDE://localhost:9093' }),
    /INSIDE has no security protocol.*as in INSIDE:SSL/,
  )
  await assert.rejects(plan({ listeners: 'localhost:9092' }), /must look like PLAINTEXT/)
  await assert.rejects(plan({ listeners: 'PLAINTEXT://h:70000' }), ConfigurationError)
  await assert.rejects(
    plan({ listeners: 'CONTROLLER://:9093', 'controller.listener.names': 'CONTROLLER' }),
    /No listener for clients/,
  )
})

test('a listener that others can reach is warned of, unless it is secured', async () => {
  const warned = async (listeners: string): Promise<string[]> => {
    const messages: string[] = []
    const log = { ...silentLog, warn: (message: string) => void messages.push(message) }
    const map = { 'listener.security.protocol.map': 'OUTSIDE:SASL_PLAINTEXT' }
    warnOfOpenListeners(await plan({ listeners, ...map }), log)
    return messages
  }
  assert.deepEqual(await warned('PLAINTEXT://localhost:1,OUTSIDE://127.0.0.1:2,SSL://0.0.0.0:3,SASL_SSL://:4'), [])
  const [open, overheard, ...others] = await warned('PLAINTEXT://:1,OUTSIDE://192.0.2.1:2')
  assert.match(open ?? '', /PLAINTEXT on :: and lets everybody in.*map PLAINTEXT to SASL_SSL or SSL/)
  assert.match(overheard ?? '', /OUTSIDE is SASL_PLAINTEXT on 192\.0\.2\.1 and shows everybody.*passwords/)
  assert.deepEqual(others, [])
})
