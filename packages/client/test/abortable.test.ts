import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, Consumer, Producer } from '@streamwright/client'
import { quietEnvironment, withBroker } from './support/test-broker.ts'

test('a signal ends every call that waits, with its reason', async () => {
  await withBroker(
    async ({ client }) => {
      const producer = new Producer(client, quietEnvironment)
      const consumer = new Consumer({ ...client, groupId: 'g', enableAutoCommit: false }, quietEnvironment)
      const admin = new Admin(client, quietEnvironment)
      const endsEarly = async (call: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
        const controller = new AbortController()
        const waiting = call(controller.signal)
        controller.abort(new Error('enough'))
        await assert.rejects(waiting, /enough/)
        await assert.rejects(call(AbortSignal.abort(new Error('before'))), /before/)
      }
      const place = { topic: 'missing', partition: 0 }
      await endsEarly((signal) => producer.send({ topic: 'missing', value: 'x' }, { signal }))
      await endsEarly((signal) => consumer.partitionsFor('missing', { signal }))
      await endsEarly((signal) => consumer.endOffsets([place], { signal }))
      await endsEarly((signal) => consumer.committed([place], { signal }))
      await endsEarly((signal) => consumer.commit([{ ...place, offset: 1 }], { signal }))
      await endsEarly((signal) => admin.listGroupOffsets('g', { signal }))
      consumer.assign([place])
      await endsEarly((signal) => consumer.position(place, { signal }))
      await producer.close({ timeoutMs: 0 })
      await Promise.all([consumer.close(), admin.close()])
    },
    { 'auto.create.topics.enable': false },
  )
})
