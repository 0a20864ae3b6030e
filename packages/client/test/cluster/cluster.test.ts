import assert from 'node:assert/strict'
import type { Duplex } from 'node:stream'
import { describe, test } from 'node:test'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { metadata } from '@streamwright/protocol/messages/metadata'
import { newCluster } from '../support/read-topic.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { withBroker } from '../support/test-broker.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import type { ClientConfig } from '../../src/settings/client-settings.ts'

async function withCluster(
  use: (cluster: Cluster, running: TestBroker) => Promise<void>,
  config: Partial<ClientConfig> = {},
): Promise<void> {
  await withBroker(async (running) => {
    const cluster = newCluster({ ...running.client, ...config })
    try {
      await use(cluster, running)
    } finally {
      await cluster.close()
    }
  })
}

describe('a cluster', () => {
  test('asks for a topic once, and again when it is in doubt', async () => {
    await withCluster(async (cluster, { broker }) => {
      let asked = 0
      broker.intercept(ApiKey.Metadata, () => void (asked += 1))
      await Promise.all([
        cluster.requireTopic('t', { allowAutoCreate: true }),
        cluster.requireTopic('t', { allowAutoCreate: true }),
        cluster.requireTopic('u', { allowAutoCreate: true }),
      ])
      const before = asked
      assert.ok(before <= 3, `${before} requests`)
      await cluster.requireTopic('t')
      assert.equal(asked, before)
      cluster.invalidate('t')
      await cluster.requireTopic('t')
      assert.equal(asked, before + 1)
      assert.deepEqual(cluster.leaderOf('t', 0)?.leader, broker.nodeId)
      assert.equal(cluster.leaderOf('t', 99), undefined)
    })
  })

  test('waits for a topic, and tells what is wrong in the end', async () => {
    await withCluster(async (cluster) => {
      await assert.rejects(cluster.requireTopic('missing', { timeoutMs: 30 }), {
        code: 'OPERATION_TIMEOUT',
        message: /missing does not exist; create it first/,
      })
      await assert.rejects(cluster.requireTopic('not a name', { timeoutMs: 30, allowAutoCreate: true }), {
        code: 'INVALID_TOPIC_EXCEPTION',
      })
    })
  })

  test('looks a coordinator up once, until it is said to have moved', async () => {
    await withCluster(async (cluster, { broker }) => {
      let asked = 0
      broker.intercept(ApiKey.FindCoordinator, ({ count }) => {
        asked = count
        return count <= 2 ? { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE } : undefined
      })
      const found = await Promise.all([cluster.coordinator('group', 'g'), cluster.coordinator('group', 'g')])
      assert.deepEqual(found, [broker.nodeId, broker.nodeId])
      assert.equal(asked, 3)
      await cluster.coordinator('group', 'g')
      assert.equal(asked, 3)
      cluster.invalidateCoordinator('group', 'g')
      await cluster.coordinator('group', 'g')
      assert.equal(asked, 4)
    })
  })

  test('tries other bootstrap servers when one does not answer', async () => {
    await withBroker(async ({ client }) => {
      const tried: number[] = []
      const connect = (_host: string, port: number): Duplex => {
        tried.push(port)
        if (port !== 3) throw new Error('nobody listens here')
        return client.connect()
      }
      const cluster = newCluster({ ...client, bootstrapServers: 'a:1,b:2,c:3', connect })
      // Only the third address answers; the broker then names itself, at an address that does not.
      // A coordinator that was killed is off the list for a while. That this was no reason to try again ended
      // transactions of a cluster of which one node at a time was killed.
      const unknown = { name: 'ConnectionError', code: 'BROKER_NOT_AVAILABLE', retriable: true }
      await assert.rejects(cluster.send(99, metadata, { topics: [] }), unknown)
      assert.ok(tried.includes(3))
      await cluster.close()
    })
  })

  test('comes back after the connection was lost', async () => {
    await withCluster(async (cluster, { broker }) => {
      await cluster.refresh()
      const release = broker.intercept(ApiKey.Metadata, () => ({ disconnect: 'before' }))
      await assert.rejects(cluster.send('any', metadata, { topics: [] }), { code: 'CONNECTION_LOST', retriable: true })
      release()
      assert.equal((await cluster.send('any', metadata, { topics: [] })).brokers.length, 1)
    })
  })

  test('gives up connecting in time, and says why', async () => {
    const connect = (): Duplex => {
      throw new Error('nobody listens here')
    }
    const cluster = newCluster({ bootstrapServers: 'a:1', connect, reconnectBackoffMs: 5 })
    await assert.rejects(cluster.refresh({ timeoutMs: 50 }), /nobody listens here/)
    await assert.rejects(cluster.send('any', metadata, { topics: [] }, { timeoutMs: 50 }), /nobody listens here/)
    await cluster.close()
  })

  test('waits when a broker asks for a pause', async () => {
    await withCluster(async (cluster, { broker }) => {
      await cluster.refresh()
      const answer = { throttleTimeMs: 60, brokers: [], topics: [], clusterId: 'x', controllerId: 1 }
      const release = broker.intercept(ApiKey.Metadata, ({ count }) => (count === 1 ? { response: answer } : undefined))
      await cluster.send(broker.nodeId, metadata, { topics: [] })
      const start = performance.now()
      await cluster.send(broker.nodeId, metadata, { topics: [] })
      assert.ok(performance.now() - start >= 50)
      release()
    })
  })

  test('that is closed answers nothing', async () => {
    await withBroker(async ({ client, broker }) => {
      const cluster = newCluster(client)
      await cluster.refresh()
      broker.intercept(ApiKey.Metadata, () => ({ delayMs: 200 }))
      const pending = cluster.send('any', metadata, { topics: [] })
      const rejected = assert.rejects(pending, { code: 'CLIENT_CLOSED' })
      await cluster.close()
      await rejected
      await assert.rejects(cluster.send('any', metadata, { topics: [] }), { code: 'CLIENT_CLOSED' })
    })
  })
})
