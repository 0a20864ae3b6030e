import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiKey } from '@streamwright/protocol'
import { createLog, environmentWith } from '@streamwright/std'
import { Admin } from '../../src/admin/admin.ts'
import type { ProducerRecord } from '../../src/producer/producer-record.ts'
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

describe('a callback', () => {
  // What it threw was taken for the failure of the request, whose other batches were failed with it.
  test('that throws is logged, and harms no record', async () => {
    const errors: string[] = []
    const environment = environmentWith({ log: createLog({ write: (line) => errors.push(line) }) })
    await withBroker(async ({ client }) => {
      const producer = new Producer(client, environment)
      const told: (Error | null)[] = []
      await producer.partitionsFor('t')
      producer.append('t', 0, 1_000, null, 'a', undefined, () => {
        throw new Error('not today')
      })
      producer.append('t', 0, 1_000, null, 'b', undefined, (error) => told.push(error))
      producer.append('other', 0, 1_000, null, 'c', undefined, (error) => told.push(error))
      await producer.close()
      assert.deepEqual(told, [null, null])
      assert.match(errors.join(''), /callback of append.*not today/)
    })
  })
})

describe('send', () => {
  // All that waited went on together when there was room for one.
  test('of a thousand at once takes no more memory than it may', async () => {
    await withProducer({ bufferMemory: 20_000, batchSize: 2_000 }, async (producer, { client }) => {
      await producer.partitionsFor('t')
      const values = Array.from({ length: 1_000 }, (_, index) => `${index}`.padEnd(1_000, '.'))
      let mostBytes = 0
      await Promise.all(
        values.map(async (value) => {
          await producer.send({ topic: 't', partition: 0, value })
          mostBytes = Math.max(mostBytes, producer.bufferedBytes)
        }),
      )
      assert.ok(mostBytes < 23_000, `${mostBytes} bytes`)
      assert.deepEqual(
        (await readTopic(client, 't')).map((record) => record.value),
        values,
      )
    })
  })

  test('goes on when one that waited for room was aborted, or had nothing that can be sent', async () => {
    await withProducer({ bufferMemory: 1_000 }, async (producer) => {
      await producer.partitionsFor('t')
      const first = producer.send({ topic: 't', value: 'x'.repeat(900) })
      const second = producer.send({ topic: 't', value: 'x'.repeat(800) })
      const controller = new AbortController()
      const aborted = producer.send({ topic: 't', value: 'x' }, { signal: controller.signal })
      const large = producer.send({ topic: 't', value: 'x'.repeat(2_000) })
      const last = producer.send({ topic: 't', value: 'x' })
      controller.abort(new Error('enough'))
      await assert.rejects(aborted, /enough/)
      await assert.rejects(large, { code: 'RECORD_TOO_LARGE', message: /buffer.memory \(1000\)/ })
      assert.deepEqual(
        (await Promise.all([first, second, last])).map(({ offset }) => offset),
        [0, 1, 2],
      )
    })
  })

  test('says what is wrong with a record that types would have refused', async () => {
    await withProducer({}, async (producer) => {
      const send = (record: object): Promise<unknown> => producer.send({ topic: 't', ...record } as ProducerRecord)
      await assert.rejects(send({ value: { a: 1 } }), /value of a record for t is of type object.*JSON.stringify/)
      await assert.rejects(send({}), /value of a record for t is missing/)
      await assert.rejects(send({ key: 7, value: 'x' }), /key of a record for t is of type number/)
      await assert.rejects(send({ value: 'x', timestamp: Number.NaN }), /timestamp of a record for t is NaN/)
      await assert.rejects(send({ topic: undefined, value: 'x' }), /needs a topic/)
      assert.equal(producer.bufferedBytes, 0)
    })
  })

  // Keys went to partitions that the new topic does not have, for as long as the producer lived.
  test('follows a topic that was made anew with fewer partitions', async () => {
    const config = { deliveryTimeoutMs: 400, requestTimeoutMs: 300 }
    await withProducer(config, async (producer, { client }) => {
      const admin = new Admin(client, quietEnvironment)
      await admin.createTopics([{ name: 'anew', partitions: 8 }])
      const values = Array.from({ length: 20 }, (_, index) => ({ topic: 'anew', key: `${index}`, value: '' }))
      await producer.send(values)
      await admin.deleteTopics(['anew'])
      await admin.createTopics([{ name: 'anew', partitions: 2 }])
      await admin.close()
      // What is placed before the producer learns of it cannot be delivered.
      await assert.rejects(producer.send(values), { code: 'DELIVERY_TIMEOUT' })
      const partitions = new Set((await producer.send(values)).map(({ partition }) => partition))
      assert.deepEqual(partitions, new Set([1, 0]))
      assert.equal(await producer.partitionsFor('anew'), 2)
    })
  })

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
      const slow = Promise.all([1, 2].map(() => producer.send({ topic: 't', value: 'x'.repeat(300) })))
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

  // The first records wait until their topic is known, and nobody was there to catch it then.
  test('that throws fails the record, the first one too', async () => {
    const partitioner: NonNullable<ProducerConfig['partitioner']> = () => {
      throw new Error('no idea')
    }
    await withProducer({ partitioner }, async (producer) => {
      const first = [producer.send({ topic: 't', value: '' }), producer.send({ topic: 't', value: '', partition: 0 })]
      const outcomes = (await Promise.allSettled(first)).map(({ status }) => status)
      assert.deepEqual(outcomes, ['rejected', 'fulfilled'])
      await assert.rejects(producer.send({ topic: 't', value: '' }), /no idea/)
    })
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
