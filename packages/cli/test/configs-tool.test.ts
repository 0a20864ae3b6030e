import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { configsTool } from '../src/configs/configs-tool.ts'
import { runCli } from './run-cli.ts'

const environment = environmentWith({ log: silentLog })

describe('kafka-configs', () => {
  let broker: Broker

  before(async () => {
    broker = await startBroker({ port: 0, inMemory: true, environment })
    const admin = new Admin({ bootstrapServers: broker.bootstrapServers }, environment)
    await admin.createTopics([{ name: 'orders' }])
    await admin.close()
  })
  after(() => broker.close())

  const configs = (...argv: string[]): ReturnType<typeof runCli> =>
    runCli(configsTool, ['--bootstrap-server', broker.bootstrapServers, ...argv])

  test('square brackets keep a value with commas together', async () => {
    const added = await configs(
      '--alter',
      '--topic',
      'orders',
      '--add-config',
      'cleanup.policy=[compact,delete],retention.ms=7',
    )
    assert.deepEqual(added, { status: 0, out: 'Completed updating config for topic orders.\n', error: '' })
    const { out } = await configs('--describe', '--topic', 'orders', '--output', 'json')
    const [orders] = JSON.parse(out) as { name: string; entries: { name: string; value: string }[] }[]
    assert.deepEqual(
      orders?.entries.map(({ name, value }) => `${name}=${value}`),
      ['cleanup.policy=compact,delete', 'retention.ms=7'],
    )
    await configs('--alter', '--topic', 'orders', '--delete-config', 'cleanup.policy,retention.ms')
    assert.equal((await configs('--describe', '--topic', 'orders')).out, 'Dynamic configs for topic orders are:\n')
  })

  test('users and clients pair up with their names in order, and large rates look as in Java', async () => {
    const pair = ['--entity-type', 'clients', '--entity-default', '--entity-type', 'users', '--entity-name', 'bob']
    const set = await configs('--alter', ...pair, '--add-config', 'producer_byte_rate=10485760,request_percentage=12.5')
    assert.deepEqual(set, {
      status: 0,
      out: 'Completed updating default config for clients in the cluster.\n',
      error: '',
    })
    const { out } = await configs('--describe', '--user', 'bob', '--client-defaults')
    assert.match(
      out,
      /^Quota configs for user-principal 'bob', the default client-id are .*producer_byte_rate=1\.048576E7/,
    )
    const json = await configs('--describe', '--entity-type', 'users', '--entity-type', 'clients', '--output', 'json')
    assert.deepEqual(JSON.parse(json.out), [
      {
        entity: { clientId: null, user: 'bob' },
        quotas: { producer_byte_rate: 10_485_760, request_percentage: 12.5 },
      },
    ])
  })
})
