import assert from 'node:assert/strict'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import * as fastCheck from 'fast-check'
import { ErrorCode, Reader, encodeRequest } from '@streamwright/protocol'
import { apiVersions } from '@streamwright/protocol/messages/api-versions'
import { fetch } from '@streamwright/protocol/messages/fetch'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { createLog, fromHex, present, silentLog, systemEnvironment } from '@streamwright/std'
import { AddressInUseError, ListenError, startBroker } from '../../src/index.ts'
import { registry } from '../../src/handlers/registry.ts'
import { MemoryStorage } from '../../src/log/memory-storage.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

const quiet = { ...systemEnvironment, log: silentLog }

/** What real clients have sent by mistake, and others on purpose; a broker of Kafka closes the connection on each. */
const hostileFrames: readonly (readonly [string, string])[] = [
  ['an unknown API key', '03e7000000000001ffff'],
  ['a negative API key', 'ffff000000000001ffff'],
  ['a version from the future', '00030063000000010000'],
  ['Produce version 2, which is advertised and refused', '0000000200000001ffff0001000003e800000000'],
  ['Produce version 14', '0000000e00000001ffff00'],
  ['an API of former brokers', '0004000000000001ffff'],
  ['an API of controllers', '0034000000000001ffff0000'],
  ['a header that ends after the API key', '0012'],
  ['an empty frame', ''],
  ['a body that is cut short', '00030001000000010000000000'],
  ['a list longer than the request', '000300010000000100007fffffff'],
  ['null where there must be a name', '0003000100000001000000000001ffff'],
]

test('requests that make no sense end their connection, and nothing else', async (context) => {
  const { connect: another, client } = await testBroker(context)
  for (const [what, hex] of hostileFrames) {
    const hostile = another()
    hostile.sendFrame(fromHex(hex))
    await hostile.closed
    assert.equal((await client.send(apiVersions, 0, {})).errorCode, 0, what)
  }
})

test('bytes after a request, and tagged fields that nobody knows, are no fault', async (context) => {
  const { client } = await testBroker(context)
  client.sendFrame(fromHex('0003000100000001000000000000aabbcc'))
  assert.equal((await client.next()).readInt32BE(0), 1)
  client.sendFrame(fromHex('0003000c00000001000001e40701aa0100000001f70303010203'))
  assert.equal((await client.next()).readInt32BE(0), 1)
})

test('no bytes bring the broker down: random frames, and real ones with random changes', async (context) => {
  const { broker, client } = await testBroker(context)
  const whole = Buffer.concat([
    ...encodeRequest(metadata, 12, { correlationId: 1, clientId: 'c' }, { topics: [{ name: 'topic' }] }),
  ])
  const changed = fastCheck
    .tuple(fastCheck.nat(whole.length - 5), fastCheck.nat(255))
    .map(([index, byte]) => Buffer.from(whole.subarray(4)).fill(byte, index, index + 1))
  const frames = fastCheck.oneof(
    fastCheck.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    changed,
  )
  await fastCheck.assert(
    fastCheck.asyncProperty(frames, async (frame) => {
      const hostile = new ProtocolClient(broker.connect())
      const answered = hostile.next().catch(() => undefined)
      hostile.sendFrame(frame)
      const isProduceOrWait = frame.length >= 2 && [0, 1].includes(frame.readInt16BE(0))
      if (!isProduceOrWait) await Promise.race([answered, hostile.closed])
      hostile.close()
    }),
    { seed: 20_261_121, numRuns: 300 },
  )
  assert.equal((await client.send(apiVersions, 0, {})).errorCode, 0)
})

test('an ApiVersions of the future is answered in the oldest form, which says what there is', async (context) => {
  const { client } = await testBroker(context)
  client.sendFrame(fromHex('0012007f000000070000'))
  const reader = new Reader(await client.next())
  assert.equal(reader.int32(), 7)
  assert.deepEqual(apiVersions.response.decode(reader, 0).apiKeys, [{ apiKey: 18, minVersion: 0, maxVersion: 4 }])
})

test('ApiVersions lists what is served, and refuses clients that misspell themselves', async (context) => {
  const { client } = await testBroker(context)
  const answer = await client.send(apiVersions, 4, { clientSoftwareName: 'x', clientSoftwareVersion: '1' })
  assert.deepEqual(
    answer.apiKeys.map(({ apiKey }) => apiKey),
    [...registry.values()].filter(({ advertised }) => advertised !== null).map(({ key }) => key),
  )
  assert.deepEqual(answer.apiKeys[0], { apiKey: 0, minVersion: 0, maxVersion: 13 })
  for (const clientSoftwareName of ['not valid', '', '-x']) {
    const refused = await client.send(apiVersions, 3, { clientSoftwareName, clientSoftwareVersion: '1' })
    assert.equal(refused.errorCode, ErrorCode.INVALID_REQUEST)
  }
})

test('a handler that throws spoils its own request only, and is logged', async (context) => {
  const lines: string[] = []
  const log = createLog({ level: 'error', write: (line) => lines.push(line) })
  const { broker, client } = await testBroker(context, {}, fakeEnvironment({ log }))
  const restore = broker.intercept(3, () => {
    throw new TypeError('a bug')
  })
  const { topics } = await client.send(metadata, 9, { topics: [{ name: 'topic' }] })
  assert.equal(topics[0]?.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR)
  restore()
  broker.intercept(3, () => ({ response: { brokers: [null] } }))
  const doomed = new ProtocolClient(broker.connect())
  await assert.rejects(doomed.send(metadata, 9, { topics: [] }))
  assert.equal((await client.send(apiVersions, 0, {})).errorCode, 0)
  assert.match(lines.join('\n'), /failed unexpectedly.*a bug/)
  assert.match(lines.join('\n'), /could not be encoded/)
})

test('requests of one connection run side by side; answers come in order', async (context) => {
  const { client, environment } = await testBroker(context)
  await client.send(metadata, 9, { topics: [{ name: 'topic' }], allowAutoTopicCreation: true })
  const order: string[] = []
  const waiting = client
    .send(fetch, 12, {
      maxWaitMs: 300,
      minBytes: 1,
      topics: [{ topic: 'topic', partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 10 }] }],
    })
    .then(() => order.push('fetch'))
  const behind = client.send(apiVersions, 0, {}).then(() => order.push('versions'))
  await environment.settle()
  assert.deepEqual(order, [])
  await environment.advance(300)
  await Promise.all([waiting, behind])
  assert.deepEqual(order, ['fetch', 'versions'])
})

test('the broker listens on both loopbacks, on one port that was free', async (context) => {
  const broker = await startBroker({ port: 0, inMemory: true, environment: quiet })
  context.after(() => broker.close())
  assert.ok(broker.port > 0)
  assert.equal(broker.bootstrapServers, `127.0.0.1:${broker.port}`)
  for (const address of broker.addresses) {
    const host = address.startsWith('[') ? '::1' : '127.0.0.1'
    const client = new ProtocolClient(connect(broker.port, host))
    const { brokers } = await client.send(metadata, 12, { topics: [] })
    assert.deepEqual(
      brokers.map((node) => [node.nodeId, node.host, node.port]),
      [[1, '127.0.0.1', broker.port]],
    )
    client.close()
  }
})

test('an address that is taken is named, with the remedy', async (context) => {
  const other = createServer()
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
  context.after(() => void other.close())
  const { port } = other.address() as AddressInfo
  await assert.rejects(startBroker({ port, inMemory: true, environment: quiet }), (error: unknown) => {
    assert.ok(error instanceof AddressInUseError)
    assert.equal(error.code, 'EADDRINUSE')
    assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${port}.*another port`))
    return true
  })
})

test('an address of another machine cannot be listened on', async () => {
  await assert.rejects(startBroker({ host: '192.0.2.1', port: 0, inMemory: true, environment: quiet }), ListenError)
})

test('connections beyond the limit are closed; others live on', async (context) => {
  const { client, connect: another } = await testBroker(context, { settings: { 'max.connections': 2 } })
  const second = another()
  await another().closed
  assert.equal((await client.send(apiVersions, 0, {})).errorCode, 0)
  second.close()
})

test('a connection that asks nothing for long is closed, one that waits for its answer is not', async (context) => {
  const settings = { 'connections.max.idle.ms': 60_000 }
  const { client, connect: another, environment } = await testBroker(context, { settings })
  await client.send(metadata, 9, { topics: [{ name: 'topic' }], allowAutoTopicCreation: true })
  const waiting = client.send(fetch, 12, {
    maxWaitMs: 200_000,
    minBytes: 1,
    topics: [{ topic: 'topic', partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 10 }] }],
  })
  const idle = another()
  await environment.advance(120_000)
  await idle.closed
  await environment.advance(100_000)
  assert.equal((await waiting).errorCode, 0)
})

test('closing is fast, also with clients that wait and a client that does not read', async () => {
  const broker = await startBroker({ port: 0, inMemory: true, environment: quiet })
  const client = new ProtocolClient(connect(broker.port, '127.0.0.1'))
  await client.send(metadata, 9, { topics: [{ name: 'topic' }], allowAutoTopicCreation: true })
  const waiting = client.send(fetch, 12, {
    maxWaitMs: 60_000,
    minBytes: 1,
    topics: [{ topic: 'topic', partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 10 }] }],
  })
  await new Promise<void>((resolve) => systemEnvironment.timers.afterIo(resolve))
  const startMs = systemEnvironment.clock.monotonicMs()
  await Promise.all([broker.close(), waiting.catch(() => undefined)])
  assert.ok(systemEnvironment.clock.monotonicMs() - startMs < 1000)
  await present(client, 'There is a client').closed
})

test('a start that fails lets go of what it had taken: the next one succeeds', async (context) => {
  const other = createServer()
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const storage = new MemoryStorage()
  storage.makeDirectory('/data')
  const options = { storage, dataDirectory: '/data', environment: quiet }
  await assert.rejects(startBroker({ ...options, port }), AddressInUseError)
  other.close()
  const broker = await startBroker({ ...options, port: 0 })
  context.after(() => broker.close())
  assert.ok(broker.port > 0)
})

test('clients that fill the memory of all are closed, the largest first; others live on', async (context) => {
  const limitBytes = 2 * 1024 * 1024
  const warnings: string[] = []
  const log = createLog({ level: 'warn', write: (line) => void warnings.push(line) })
  const settings = { 'queued.max.request.bytes': String(limitBytes) }
  const { client, connect: another } = await testBroker(context, { settings }, fakeEnvironment({ log }))
  const hoard = (bytes: number): ProtocolClient => {
    const hostile = another()
    const size = Buffer.alloc(4)
    size.writeInt32BE(50 * 1024 * 1024)
    hostile.stream.write(size)
    hostile.stream.write(Buffer.alloc(bytes))
    return hostile
  }
  const small = hoard(100 * 1024)
  const large = hoard(1200 * 1024)
  hoard(900 * 1024)
  await large.closed
  assert.equal((await client.send(apiVersions, 0, {})).errorCode, 0)
  assert.equal(warnings.filter((line) => line.includes('queued.max.request.bytes')).length, 1)
  assert.equal(small.stream.destroyed, false)
})
