import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import { Admin } from '../src/admin/admin.ts'
import { Consumer } from '../src/consumer/consumer.ts'
import { OperationTimeoutError } from '../src/errors.ts'
import { Producer } from '../src/producer/producer.ts'
import { quietEnvironment } from './support/test-broker.ts'

/** A server that takes connections and says nothing: a broker that hangs, or no broker at all. */
describe('a broker that takes connections and never answers', { timeout: 120_000 }, () => {
  const server = createServer()
  const sockets = new Set<Socket>()
  let silent = ''

  before(async () => {
    server.on('connection', (socket) => sockets.add(socket.on('error', () => {}).resume()))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    silent = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  const tookTime = async (work: () => Promise<unknown>): Promise<number> => {
    const { clock } = quietEnvironment
    const startMs = clock.monotonicMs()
    await work()
    return clock.monotonicMs() - startMs
  }

  test('is named by the error, which says what to look at', async () => {
    const producer = new Producer({ bootstrapServers: silent, maxBlockMs: 60 }, quietEnvironment)
    const message = new RegExp(`The broker at ${silent} has not answered yet.*security.protocol`)
    await assert.rejects(producer.send({ topic: 't', value: '' }), { name: 'OperationTimeoutError', message })
    await producer.close()
  })

  // It waited out request.timeout.ms, which is as long as most calls may take.
  test('is left for another one when its time to connect is over', async () => {
    const broker = await startBroker({ inMemory: true, port: 0, environment: quietEnvironment })
    // Which is asked first is left to chance.
    for (let round = 0; round < 8; round++) {
      const bootstrapServers = `${silent},${broker.bootstrapServers}`
      const config = { bootstrapServers, socketConnectionSetupTimeoutMs: 30 }
      const admin = new Admin(config, quietEnvironment)
      assert.ok((await tookTime(() => admin.listTopics())) < 15_000)
      await admin.close()
    }
    await broker.close()
  })

  // The question which protocol the cluster speaks had the time of a request, whatever was asked for.
  test('does not keep initTransactions longer than max.block.ms', async () => {
    const config = { bootstrapServers: silent, transactionalId: 'x', maxBlockMs: 60 }
    const producer = new Producer(config, quietEnvironment)
    const elapsedMs = await tookTime(() => assert.rejects(producer.initTransactions(), OperationTimeoutError))
    assert.ok(elapsedMs < 15_000, `${elapsedMs} ms`)
    await producer.close()
  })

  // One by the consumer protocol said goodbye to a coordinator that it had never found, for thirty seconds.
  for (const groupProtocol of ['classic', 'consumer'] as const)
    test(`does not keep a consumer of the ${groupProtocol} protocol from closing`, async () => {
      const consumer = new Consumer({ bootstrapServers: silent, groupId: 'g', groupProtocol }, quietEnvironment)
      consumer.subscribe(['t'])
      assert.deepEqual(await consumer.poll(20), [])
      const elapsedMs = await tookTime(() => consumer.close())
      assert.ok(elapsedMs < 15_000, `${elapsedMs} ms`)
    })
})
