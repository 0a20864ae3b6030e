import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OffsetToCommit, RecordMetadata } from '@streamwright/client'
import { Consumer, Producer, clientChannels, eachRecord } from '@streamwright/client'
import { environmentWith } from '@streamwright/std'
import { quietEnvironment, withBroker } from './support/test-broker.ts'

async function readOne(consumer: Consumer): Promise<string> {
  for (;;) for (const { value } of eachRecord(await consumer.poll(100))) return value?.toString() ?? 'null'
}

describe('interceptors', () => {
  test('of a producer may replace a record, and hear what became of it; one that fails changes nothing', async () => {
    await withBroker(async ({ client }) => {
      const heard: (RecordMetadata & { readonly error: string | undefined })[] = []
      const warnings: string[] = []
      const log = { ...quietEnvironment.log, warn: (message: string) => void warnings.push(message) }
      let closed = 0
      const producer = new Producer(
        {
          ...client,
          maxBlockMs: 50,
          interceptors: [
            { onSend: (record) => ({ ...record, value: `${String(record.value)}!` }) },
            {
              onSend: () => {
                throw new Error('mine')
              },
            },
            {
              onSend: (record) => ({ ...record, partition: 0 }),
              onAcknowledgement: (metadata, error) => void heard.push({ ...metadata, error: error?.message }),
              close: () => void (closed += 1),
            },
          ],
        },
        environmentWith({ log }),
      )
      const sent = await producer.send({ topic: 't', value: 'a', timestamp: 5 })
      assert.deepEqual(sent, { topic: 't', partition: 0, offset: 0, timestamp: 5 })
      await assert.rejects(producer.send({ topic: 'not a name', value: 'b', timestamp: 6 }))
      producer.append('also not', undefined, 7, null, 'c')
      await producer.flush()
      assert.match(producer.failure?.message ?? '', /also not/)
      await producer.close()
      const [first, second, third] = heard
      assert.deepEqual(first, { topic: 't', partition: 0, offset: 0, timestamp: 5, error: undefined })
      assert.deepEqual([second?.topic, second?.offset, third?.topic], ['not a name', -1, 'also not'])
      assert.match(second?.error ?? '', /not a name/)
      assert.equal(warnings.length, 3)
      assert.equal(closed, 1)
      const consumer = new Consumer({ ...client, autoOffsetReset: 'earliest' }, quietEnvironment)
      consumer.assign([{ topic: 't', partition: 0 }])
      assert.equal(await readOne(consumer), 'a!')
      await consumer.close()
    })
  })

  test('of a consumer see what polls return and what is committed', async () => {
    await withBroker(async ({ client }) => {
      const producer = new Producer(client, quietEnvironment)
      await producer.send({ topic: 't', partition: 0, value: 'dropped' })
      await producer.send({ topic: 't', partition: 0, value: 'kept' })
      await producer.close()
      const commits: (readonly OffsetToCommit[])[] = []
      const consumer = new Consumer(
        {
          ...client,
          groupId: 'g',
          autoOffsetReset: 'earliest',
          enableAutoCommit: false,
          interceptors: [
            {
              onConsume: (batches) => batches.filter(({ batch }) => batch.baseOffset > 0),
              onCommit: (offsets) => void commits.push(offsets),
            },
          ],
        },
        quietEnvironment,
      )
      consumer.assign([{ topic: 't', partition: 0 }])
      assert.equal(await readOne(consumer), 'kept')
      await consumer.commit()
      await consumer.close()
      assert.deepEqual(
        commits.flat().map(({ topic, partition, offset }) => [topic, partition, offset]),
        [['t', 0, 2]],
      )
    })
  })
})

test('channels tell of connections, requests, records, commits and rebalances, to those who listen', async () => {
  await withBroker(async ({ client }) => {
    const events: string[] = []
    const endings = [
      clientChannels.connect.subscribe(({ address, error }) => events.push(`connect ${address} ${String(error)}`)),
      clientChannels.request.subscribe(({ api, requestBytes, responseBytes, error }) =>
        events.push(`request ${api} ${requestBytes > 0 && responseBytes > 0 && error === undefined}`),
      ),
      clientChannels.produce.subscribe(({ topic, partition, records, baseOffset, error }) =>
        events.push(`produce ${topic}-${partition} ${records} at ${baseOffset} ${String(error)}`),
      ),
      clientChannels.fetch.subscribe(({ topic, fetchOffset, bytes }) => {
        if (bytes > 0) events.push(`fetch ${topic} from ${fetchOffset}`)
      }),
      clientChannels.commit.subscribe(({ groupId, partitions }) =>
        events.push(`commit ${groupId} ${partitions.length}`),
      ),
      clientChannels.rebalance.subscribe(({ kind, partitions }) => events.push(`${kind} ${partitions.length}`)),
    ]
    const producer = new Producer({ ...client, lingerMs: 5 }, quietEnvironment)
    await producer.send([
      { topic: 't', partition: 0, value: 'a' },
      { topic: 't', partition: 0, value: 'b' },
    ])
    await producer.close()
    const consumer = new Consumer({ ...client, groupId: 'g', autoOffsetReset: 'earliest' }, quietEnvironment)
    consumer.subscribe(['t'])
    assert.equal(await readOne(consumer), 'a')
    await consumer.commit()
    await consumer.close()
    for (const end of endings) end()
    for (const expected of [
      'connect in-process:9092 undefined',
      'request ApiVersions true',
      'request Produce true',
      'produce t-0 2 at 0 undefined',
      'assigned 1',
      'fetch t from 0',
      'commit g 1',
      'revoked 1',
    ])
      assert.ok(events.includes(expected), `${expected} of ${events.join('; ')}`)
    assert.equal(clientChannels.request.hasSubscribers, false)
  })
})
