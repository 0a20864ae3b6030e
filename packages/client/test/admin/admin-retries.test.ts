import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { Admin } from '../../src/admin/admin.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { quietEnvironment, withBroker } from '../support/test-broker.ts'

async function withAdmin(use: (admin: Admin, running: TestBroker) => Promise<void>): Promise<void> {
  await withBroker(async (running) => {
    const admin = new Admin(running.client, quietEnvironment)
    try {
      await use(admin, running)
    } finally {
      await admin.close()
    }
  })
}

describe('an admin client tries again', () => {
  test('when the controller has moved', async () => {
    await withAdmin(async (admin, { broker }) => {
      broker.intercept(ApiKey.CreateTopics, ({ count }) =>
        count <= 2 ? { errorCode: ErrorCode.NOT_CONTROLLER } : undefined,
      )
      await admin.createTopics([{ name: 't', partitions: 1 }])
      assert.equal((await admin.describeTopics(['t'])).size, 1)
    })
  })

  test('when the coordinator has moved', async () => {
    await withAdmin(async (admin, { broker }) => {
      let lookups = 0
      broker.intercept(ApiKey.FindCoordinator, () => void (lookups += 1))
      broker.intercept(ApiKey.OffsetFetch, ({ count }) =>
        count === 1 ? { errorCode: ErrorCode.NOT_COORDINATOR } : undefined,
      )
      assert.equal((await admin.listGroupOffsets('g')).size, 0)
      assert.equal(lookups, 2)
    })
  })

  test('when the connection is lost', async () => {
    await withAdmin(async (admin, { broker }) => {
      broker.intercept(ApiKey.Metadata, ({ count }) => (count === 2 ? { disconnect: 'before' } : undefined))
      assert.deepEqual(await admin.listTopics(), [])
      assert.deepEqual(await admin.listTopics(), [])
    })
  })

  test('until its time is over', async () => {
    await withAdmin(async (admin, { broker }) => {
      broker.intercept(ApiKey.OffsetFetch, () => ({ errorCode: ErrorCode.COORDINATOR_LOAD_IN_PROGRESS }))
      await assert.rejects(admin.listGroupOffsets('g', { timeoutMs: 40 }), {
        code: 'OPERATION_TIMEOUT',
        message: /The offsets of group g did not succeed in time/,
      })
    })
  })
})
