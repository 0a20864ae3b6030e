import assert from 'node:assert/strict'
import type { Duplex } from 'node:stream'
import test from 'node:test'
import { FrameDecoder } from '@streamwright/protocol'
import type { Deferred } from '@streamwright/std'
import { deferred, ReusableMemory, silentLog, systemClock, systemTimers } from '@streamwright/std'
import {
  connectionMemoryBytesMax,
  receivedMemoryLimits,
  requestsInFlightPerConnectionMax,
  responseBytesQueuedPerConnectionMax,
} from '../../src/limits.ts'
import type { Answer, FrameHandler } from '../../src/server/connection.ts'
import { ConnectionMemory } from '../../src/server/connection-memory.ts'
import { Connection } from '../../src/server/connection.ts'
import { inProcessPair } from '../../src/server/in-process.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'

const { settle } = fakeEnvironment()

function framed(text: string): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(text.length)
  return Buffer.concat([size, Buffer.from(text)])
}

/** A client, and a connection whose requests are answered by the test. */
function connected(
  frameHandler: FrameHandler,
  memory: ConnectionMemory = new ConnectionMemory(connectionMemoryBytesMax, () => {}),
): { client: Duplex; answers: string[]; closed: Promise<void> } {
  const pair = inProcessPair()
  const closed = deferred()
  const answers: string[] = []
  const decoder = new FrameDecoder()
  pair.client.on('data', (chunk: Buffer) => {
    for (const frame of decoder.push(chunk)) answers.push(frame.toString())
  })
  const connection = new Connection({
    sentMemory: undefined,
    receivedMemory: new ReusableMemory(receivedMemoryLimits),
    stream: pair.server,
    clientHost: '/test',
    advertised: { host: 'test', port: 1 },
    isForControllers: false,
    requestBytesMax: 1000,
    clock: systemClock,
    timers: systemTimers,
    log: silentLog,
    frameHandler,
    memory,
    onClosed: () => closed.resolve(),
  })
  assert.equal(connection.clientHost, '/test')
  return { client: pair.client, answers, closed: closed.promise }
}

test('answers leave in the order of requests, whichever is ready first; all are under way at once', async () => {
  const pending = new Map<string, Deferred<Answer>>()
  const { client, answers } = connected({
    prepare: () => undefined,
    handle(frame) {
      const answer = deferred<Answer>()
      pending.set(frame.toString(), answer)
      return answer.promise
    },
  })
  for (const name of ['a', 'b', 'c']) client.write(framed(name))
  await settle()
  assert.deepEqual([...pending.keys()], ['a', 'b', 'c'])
  pending.get('c')?.resolve([framed('c!')])
  pending.get('b')?.resolve('nothing')
  await settle()
  assert.deepEqual(answers, [])
  pending.get('a')?.resolve([framed('a!')])
  await settle()
  assert.deepEqual(answers, ['a!', 'c!'])
  client.destroy()
})

test('while code is loaded for one request, later ones wait, so that the order of starts is kept', async () => {
  const loaded = deferred()
  const started: string[] = []
  let isLoaded = false
  const { client } = connected({
    prepare: (frame) => (isLoaded || frame.toString() !== 'cold' ? undefined : loaded.promise),
    handle(frame) {
      started.push(frame.toString())
      return 'nothing'
    },
  })
  for (const name of ['hot', 'cold', 'hot']) client.write(framed(name))
  await settle()
  assert.deepEqual(started, ['hot'])
  isLoaded = true
  loaded.resolve()
  await settle()
  assert.deepEqual(started, ['hot', 'cold', 'hot'])
  client.destroy()
})

test('a client that pipelines without end is not read beyond the limit', async () => {
  const pending: Deferred<Answer>[] = []
  const { client } = connected({
    prepare: () => undefined,
    handle() {
      const answer = deferred<Answer>()
      pending.push(answer)
      return answer.promise
    },
  })
  for (let count = 0; count < 3 * requestsInFlightPerConnectionMax; count++) client.write(framed('x'))
  await settle()
  assert.equal(pending.length, requestsInFlightPerConnectionMax)
  for (const answer of pending.slice(0, 10)) answer.resolve('nothing')
  await settle()
  assert.equal(pending.length, requestsInFlightPerConnectionMax + 10)
  client.destroy()
})

test('a client that does not read its answers gets no more work done until it does', async () => {
  let handled = 0
  const megabyte = Buffer.alloc(1024 * 1024)
  megabyte.writeInt32BE(megabyte.length - 4)
  const { client, answers } = connected({
    prepare: () => undefined,
    handle() {
      handled += 1
      return [megabyte]
    },
  })
  client.pause()
  const asked = 60
  for (let count = 0; count < asked; count++) client.write(framed('x'))
  await settle()
  const bound = responseBytesQueuedPerConnectionMax / megabyte.length + 3
  assert.ok(handled <= bound, `${handled} requests were handled`)
  client.resume()
  for (let turn = 0; turn < 50 && answers.length < asked; turn++) await settle()
  assert.equal(answers.length, asked)
  client.destroy()
})

test('answers that are held back for their order count against the client, too', async () => {
  let handled = 0
  const first = deferred<Answer>()
  const megabyte = Buffer.alloc(1024 * 1024)
  const { client } = connected({
    prepare: () => undefined,
    handle() {
      handled += 1
      return handled === 1 ? first.promise : [megabyte]
    },
  })
  for (let count = 0; count < 60; count++) client.write(framed('x'))
  await settle()
  assert.ok(handled <= responseBytesQueuedPerConnectionMax / megabyte.length + 2)
  client.destroy()
})

test('a frame that is too long, or of negative length, ends the connection before it is read', async () => {
  for (const length of [1001, 0x7fff_ffff, -1]) {
    const { client, closed } = connected({ prepare: () => undefined, handle: () => 'nothing' })
    const size = Buffer.alloc(4)
    size.writeInt32BE(length)
    client.write(size)
    await closed
  }
})

test('an answer can be to close the connection; what was answered before still leaves', async () => {
  const { client, answers, closed } = connected({
    prepare: () => undefined,
    handle: (frame) => (frame.toString() === 'end' ? 'close' : [framed('ok')]),
  })
  client.write(framed('go'))
  await settle()
  client.write(framed('end'))
  await closed
  assert.deepEqual(answers, ['ok'])
})

test('while all hold much, a client gets one answer after the other; what it leaves behind is given back', async () => {
  const memory = new ConnectionMemory(4 * 1024 * 1024, () => assert.fail('the limit is not reached'))
  const megabyte = Buffer.alloc(1024 * 1024)
  megabyte.writeInt32BE(megabyte.length - 4)
  let handled = 0
  const { client, answers } = connected(
    { prepare: () => undefined, handle: () => ((handled += 1), [megabyte]) },
    memory,
  )
  client.pause()
  for (let count = 0; count < 10; count++) client.write(framed('x'))
  await settle()
  assert.ok(handled >= 2 && handled <= 4, `${handled} were handled`)
  assert.ok(memory.heldBytes > 0)
  client.resume()
  for (let turn = 0; turn < 50 && answers.length < 10; turn++) await settle()
  assert.equal(answers.length, 10)
  client.destroy()
  await settle()
  assert.equal(memory.heldBytes, 0)
})
