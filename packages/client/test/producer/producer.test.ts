import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiKey } from '@streamwright/protocol'
import type { ProducerConfig } from '../../src/producer/producer-settings.ts'
import { Producer } from '../../src/producer/producer.ts'
import { readBatches, readTopic } from '../support/read-topic.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { quietEnvironment, withBroker } from '../support/test-broker.ts'

async function withProducer(
  config: Partial<ProducerConfig>,
  use: (producer: Producer, running: TestBroker) => Promise<void>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await withBroker(async (running) => {
    const producer = new Producer({ ...running.client, ...config }, quietEnvironment)
    try {
      await use(producer, running)
    } finally {
      await producer.close({ timeoutMs: 1_000 })
    }
  }, settings)
}

describe('append', () => {
  test('tells offset and place in the batch of every record', async () => {
    await withProducer({}, async (producer) => {
      const told: [Error | null, number, number, number][] = []
      for (let index = 0; index < 5; index++) {
        producer.append('t', 0, 1_000, null, `v${index}`, undefined, (error, partition, baseOffset, indexInBatch) => {
          told.push([error, partition, baseOffset, indexInBatch])
        })
      }
      await producer.flush()
      assert.deepEqual(
        told,
        [0, 1, 2, 3, 4].map((index) => [null, 0, 0, index]),
      )
      assert.equal(producer.failure, undefined)
    })
  })

  test('without a callback leaves the first failure behind', async () => {
    await withProducer({ maxRequestSize: 1_000 }, async (producer) => {
      producer.append('t', 0, 1_000, null, 'x'.repeat(2_000))
      assert.equal(producer.failure instanceof Error && producer.failure.name, 'RecordTooLargeError')
    })
  })

  test('measures text by its true length where that decides', async () => {
    await withProducer({ maxRequestSize: 1_000 }, async (producer) => {
      // 800 letters could be 2400 bytes, but are 800.
      assert.equal((await producer.send({ topic: 't', value: 'x'.repeat(800) })).offset, 0)
      await assert.rejects(producer.send({ topic: 't', value: '€'.repeat(800) }), { code: 'RECORD_TOO_LARGE' })
    })
  })

  test('keeps no reference to the bytes it was given', async () => {
    await withProducer({}, async (producer, { client }) => {
      const value = Buffer.from('first')
      const sent = [producer.send({ topic: 't', value })]
      value.write('later')
      sent.push(producer.send({ topic: 't', value }))
      value.fill(0)
      await Promise.all(sent)
      assert.deepEqual(
        (await readTopic(client, 't')).map((record) => record.value),
        ['first', 'later'],
      )
    })
  })

  test('says that the buffer is full, and when it is not any more', async () => {
    await withProducer({ bufferMemory: 10_000, lingerMs: 10 }, async (producer) => {
      const value = Buffer.alloc(500)
      await producer.partitionsFor('t')
      while (!producer.isFull) producer.append('t', 0, 1_000, null, value)
      assert.ok(producer.bufferedBytes >= 10_000)
      await producer.drained()
      assert.equal(producer.isFull, false)
    })
  })
})

describe('send', () => {
  test('waits for room in the buffer and keeps the order', async () => {
    await withProducer({ bufferMemory: 2_000, batchSize: 500 }, async (producer, { client }) => {
      const values = Array.from({ length: 200 }, (_, index) => `${index}`.padEnd(100, '.'))
      await Promise.all(values.map((value) => producer.send({ topic: 't', partition: 0, value })))
      assert.deepEqual(
        (await readTopic(client, 't')).map((record) => record.value),
        values,
      )
    })
  })

  test('gives up waiting for room after max.block.ms', async () => {
    await withProducer({ bufferMemory: 500, maxBlockMs: 20 }, async (producer, { broker }) => {
      await producer.send({ topic: 't', value: 'x' })
      const release = broker.intercept(ApiKey.Produce, () => ({ delayMs: 200 }))
      const slow = producer.send({ topic: 't', value: 'x'.repeat(480) })
      await assert.rejects(producer.send({ topic: 't', value: 'x' }), { code: 'BUFFER_EXHAUSTED' })
      release()
      await slow
    })
  })

  test('gives up waiting for a topic after max.block.ms, and says what to do', async () => {
    await withProducer(
      { maxBlockMs: 30 },
      async (producer) => {
        await assert.rejects(producer.send({ topic: 'nowhere', value: 'x' }), /create it first/)
        await assert.rejects(producer.partitionsFor('nowhere'), /nowhere/)
        assert.equal(producer.bufferedBytes, 0)
      },
      { 'auto.create.topics.enable': 'false' },
    )
  })

  test('lingers, so that records go in one batch; flush does not', async () => {
    await withProducer({ lingerMs: 30_000, deliveryTimeoutMs: 120_000 }, async (producer, { client }) => {
      const sent = ['a', 'b', 'c'].map((value) => producer.send({ topic: 't', partition: 0, value }))
      await producer.flush()
      await Promise.all(sent)
      assert.equal((await readBatches(client, 't')).length, 1)
    })
  })
})

describe('close', () => {
  test('gives up after its time-out what the broker does not take', async () => {
    await withProducer({}, async (producer, { broker }) => {
      await producer.send({ topic: 't', value: 'x' })
      broker.intercept(ApiKey.Produce, () => ({ delayMs: 2_000 }))
      const sent = producer.send({ topic: 't', value: 'y' })
      const rejected = assert.rejects(sent, { code: 'CLIENT_CLOSED' })
      await producer.close({ timeoutMs: 20 })
      await rejected
      assert.equal(producer.bufferedBytes >= 0, true)
    })
  })

  test('may be called twice, and at once', async () => {
    await withProducer({}, async (producer) => {
      await Promise.all([producer.close(), producer.close()])
      assert.throws(() => producer.append('t', 0, 0, null, 'x'), { code: 'CLIENT_CLOSED' })
    })
  })
})

describe('a partitioner', () => {
  test('of the caller is asked', async () => {
    const partitioner: NonNullable<ProducerConfig['partitioner']> = (_topic, key, _value, count) => Number(key) % count
    await withProducer(
      { partitioner },
      async (producer) => {
        assert.equal((await producer.send({ topic: 't', key: '4', value: '' })).partition, 1)
        assert.equal((await producer.send({ topic: 't', key: '4', value: '', partition: 2 })).partition, 2)
        await assert.rejects(producer.send({ topic: 't', key: 'x', value: '' }), { code: 'INVALID_CONFIGURATION' })
      },
      { 'num.partitions': '3' },
    )
  })

  test('that takes partitions in turn uses all of them', async () => {
    await withProducer(
      { partitionerClass: 'org.apache.kafka.clients.producer.RoundRobinPartitioner' },
      async (producer) => {
        const sent = await producer.send(Array.from({ length: 6 }, () => ({ topic: 't', key: 'same', value: '' })))
        const counts = [0, 1, 2].map((partition) => sent.filter((each) => each.partition === partition).length)
        assert.deepEqual(counts, [2, 2, 2])
      },
      { 'num.partitions': '3' },
    )
  })
})
