import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { produce } from '@streamwright/protocol/messages/produce'
import { present } from '@streamwright/std'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { ProtocolClient as Client } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'
import { batchOf } from '../log/batches.ts'

type Changes = Readonly<Record<string, string | null>>

/** Sets values, or (null) takes them back. Answers what was wrong, or nothing. */
async function alter(client: ProtocolClient, resourceName: string, changes: Changes): Promise<string> {
  const configs = Object.entries(changes).map(([name, value]) => ({
    name,
    value,
    configOperation: value === null ? 1 : 0,
  }))
  const { responses } = await client.send(incrementalAlterConfigs, 1, {
    resources: [{ resourceType: 4, resourceName, configs }],
  })
  const { errorCode, errorMessage } = present(responses[0], 'Each resource is answered')
  return errorCode === 0 ? '' : `${errorCode} ${errorMessage}`
}

/** `value s<source> <name>=<value>@<source> …`. */
async function described(client: ProtocolClient, type: number, resourceName: string, name: string): Promise<string> {
  const { results } = await client.send(describeConfigs, 4, {
    resources: [{ resourceType: type, resourceName, configurationKeys: [name] }],
    includeSynonyms: true,
  })
  const [config] = present(results[0], 'Each resource is answered').configs
  if (config === undefined) return 'nothing'
  const synonyms = config.synonyms.map((synonym) => `${synonym.name}=${synonym.value}@${synonym.source}`)
  return [config.value, `s${config.configSource}`, ...synonyms].join(' ')
}

const [topicType, brokerType] = [2, 4]

test('a value for this broker goes before one for all, that before what it was started with, that before the default', async (context) => {
  const { client } = await testBroker(context, {
    settings: { 'log.retention.hours': 48, 'message.max.bytes': 2_000_000 },
  })
  await client.send(createTopics, 7, { topics: [{ name: 't', numPartitions: 1, replicationFactor: 1 }] })
  const broker = (name: string): Promise<string> => described(client, brokerType, '1', name)
  const topic = (name: string): Promise<string> => described(client, topicType, 't', name)
  assert.equal(await topic('retention.ms'), '172800000 s5')
  assert.equal(await alter(client, '', { 'log.retention.ms': '1000', 'message.max.bytes': '3000000' }), '')
  assert.equal(await alter(client, '1', { 'log.retention.ms': '2000' }), '')
  const [own, all] = ['log.retention.ms=2000@2', 'log.retention.ms=1000@3']
  const rest = 'log.retention.hours=48@4 log.retention.hours=168@5'
  assert.equal(await broker('log.retention.ms'), `2000 s2 ${own} ${all} ${rest}`)
  // Java's own oddity: a value that milliseconds have replaced while running is shown as the default.
  assert.equal(await broker('log.retention.hours'), `168 s4 ${rest}`)
  assert.equal(await topic('retention.ms'), `2000 s2 ${own} ${all} ${rest}`)
  assert.equal(
    await topic('max.message.bytes'),
    '3000000 s3 message.max.bytes=3000000@3 message.max.bytes=2000000@4 message.max.bytes=1048588@5',
  )
  assert.equal(await alter(client, '1', { 'log.retention.ms': null }), '')
  assert.equal(await topic('retention.ms'), `1000 s3 ${all} ${rest}`)
  assert.equal(await alter(client, '', { 'log.retention.ms': null }), '')
  assert.equal(await topic('retention.ms'), '172800000 s5')
})

test('what belongs to a listener, and what nobody knows, is described as well', async (context) => {
  const { client } = await testBroker(context, { settings: { 'listener.name.ssl.ssl.keystore.type': 'PEM' } })
  const changes = {
    'listener.name.ssl.max.connections': '50',
    'listener.name.ssl.ssl.key.password': 'secret',
    'a.plugin': 'x',
  }
  assert.equal(await alter(client, '1', changes), '')
  const broker = (name: string): Promise<string> => described(client, brokerType, '1', name)
  assert.equal(
    await broker('listener.name.ssl.max.connections'),
    '50 s2 listener.name.ssl.max.connections=50@2 max.connections=2147483647@5',
  )
  assert.equal(await broker('listener.name.ssl.ssl.key.password'), ' s2 listener.name.ssl.ssl.key.password=null@2')
  assert.equal(await broker('a.plugin'), ' s2 a.plugin=null@2')
  assert.equal(
    await broker('listener.name.ssl.ssl.keystore.type'),
    'PEM s4 listener.name.ssl.ssl.keystore.type=PEM@4 ssl.keystore.type=JKS@5',
  )
})

test('threads are changed by no more than the double or the half, also by taking a value back', async (context) => {
  const { client } = await testBroker(context, { settings: { 'num.io.threads': 8 } })
  const refused = (what: string): string =>
    `42 Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for num.io.threads=${what} for configuration Invalid dynamic configuration`
  assert.equal(await alter(client, '', { 'num.io.threads': '16' }), '')
  assert.equal(
    await alter(client, '', { 'num.io.threads': '33' }),
    refused('33, value should not be greater than double the current value 16'),
  )
  assert.equal(await alter(client, '', { 'num.io.threads': '32' }), '')
  assert.equal(
    await alter(client, '', { 'num.io.threads': null }),
    refused('8, value should be at least half the current value 32'),
  )
})

/** Opens a connection and waits until the broker has answered on it, or closed it. */
async function isServed(context: Parameters<typeof testBroker>[0], port: number): Promise<boolean> {
  const socket: Socket = connect(port, '127.0.0.1')
  context.after(() => void socket.destroy())
  try {
    await once(socket, 'connect')
    await new Client(socket).send(metadata, 12, { topics: [] })
    return true
  } catch {
    return false
  }
}

test('numbers of connections hold at once: of all, of a listener, of an address', async (context) => {
  const listeners = 'PLAINTEXT://127.0.0.1:0,OTHER://127.0.0.1:0'
  const settings = { listeners, 'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,OTHER:PLAINTEXT' }
  const { client, broker } = await testBroker(context, { listen: true, settings })
  const [first = 0, other = 0] = broker.addresses.map((address) => Number(address.split(':')[1]))
  const served = async (): Promise<boolean[]> => [await isServed(context, first), await isServed(context, other)]
  assert.deepEqual(await served(), [true, true])
  assert.equal(await alter(client, '1', { 'listener.name.other.max.connections': '1' }), '')
  assert.deepEqual(await served(), [true, false])
  assert.equal(
    await alter(client, '1', { 'listener.name.other.max.connections': null, 'max.connections.per.ip': '3' }),
    '',
  )
  assert.deepEqual(await served(), [false, false])
  assert.equal(await alter(client, '1', { 'max.connections.per.ip.overrides': '127.0.0.1:6,10.0.0.1:1' }), '')
  assert.deepEqual(await served(), [true, true])
  assert.equal(await alter(client, '', { 'max.connections': '5' }), '')
  assert.deepEqual(await served(), [false, false])
  assert.equal(await alter(client, '', { 'max.connections': '1000' }), '')
  assert.equal(
    await alter(client, '1', { 'max.connections.per.ip.overrides': '', 'max.connections.per.ip': '100' }),
    '',
  )
  assert.deepEqual(await served(), [true, true])
})

test('more new connections in a second than there may be wait, and are served then', async (context) => {
  const { client, broker, environment } = await testBroker(context, {
    listen: true,
    settings: { listeners: 'PLAINTEXT://127.0.0.1:0' },
  })
  assert.equal(await alter(client, '1', { 'listener.name.plaintext.max.connection.creation.rate': '1' }), '')
  const servedMs: number[] = []
  const all = Array.from({ length: 12 }, async () => {
    assert.equal(await isServed(context, broker.port), true)
    servedMs.push(environment.clock.monotonicMs())
  })
  while (servedMs.length < 10) await environment.settle()
  while (servedMs.length < 12) await environment.advance(100)
  await Promise.all(all)
  // Ten windows of a second take one each; the other two have to wait.
  assert.deepEqual(
    servedMs.map((ms) => ms > 0),
    [...Array.from({ length: 10 }, () => false), true, true],
  )
})

test('what was changed holds after a restart, and where compaction and producers are concerned at once', async (context) => {
  const storage = new MemoryStorage()
  const options = { dataDirectory: '/data', storage }
  const first = await testBroker(context, options)
  assert.equal(await alter(first.client, '1', { 'message.max.bytes': '300', 'max.connections': '7' }), '')
  await first.broker.close()
  const { client } = await testBroker(context, options)
  assert.match(await described(client, brokerType, '1', 'max.connections'), /^7 s2 /)
  await client.send(createTopics, 7, { topics: [{ name: 't', numPartitions: 1, replicationFactor: 1 }] })
  const write = async (size: number): Promise<number | undefined> => {
    const records = batchOf({ values: ['x'.repeat(size)] })
    const { responses } = await client.send(produce, 9, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: 't', partitionData: [{ index: 0, records }] }],
    })
    return responses[0]?.partitionResponses[0]?.errorCode
  }
  assert.equal(await write(1000), ErrorCode.MESSAGE_TOO_LARGE)
  assert.equal(await alter(client, '1', { 'message.max.bytes': null }), '')
  assert.equal(await write(1000), 0)
})
