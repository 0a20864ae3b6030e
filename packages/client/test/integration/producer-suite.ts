import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { compressionTypes, partitionForKey } from '@streamwright/protocol'
import { systemRandom } from '@streamwright/std'
import { Admin } from '../../src/admin/admin.ts'
import type { ProducerConfig } from '../../src/producer/producer-settings.ts'
import { Producer } from '../../src/producer/producer.ts'
import { eventually } from '../support/eventually.ts'
import { readBatches, readTopic } from '../support/read-topic.ts'
import { quietEnvironment } from '../support/test-broker.ts'

/** What a producer must do with any broker that speaks Kafka's protocol. */
export function producerSuite(bootstrapServers: () => string): void {
  const run = systemRandom.bytes(4).toString('hex')
  const topicOf = (name: string): string => `producer-suite-${run}-${name}`

  async function withProducer(
    config: Partial<ProducerConfig>,
    use: (producer: Producer) => Promise<void>,
  ): Promise<void> {
    const producer = new Producer({ bootstrapServers: bootstrapServers(), ...config }, quietEnvironment)
    try {
      await use(producer)
    } finally {
      await producer.close()
    }
  }

  async function createTopic(name: string, partitions: number, config: Record<string, string> = {}): Promise<string> {
    const admin = new Admin({ bootstrapServers: bootstrapServers() }, quietEnvironment)
    await admin.createTopics([{ name: topicOf(name), partitions, config }])
    await admin.close()
    return topicOf(name)
  }

  describe('a producer', () => {
    after(async () => {
      const admin = new Admin({ bootstrapServers: bootstrapServers() }, quietEnvironment)
      const topics = (await admin.listTopics()).map(({ name }) => name).filter((name) => name.includes(run))
      if (topics.length > 0) await admin.deleteTopics(topics)
      await admin.close()
    })

    test('writes keys, values, headers and timestamps as given', async () => {
      const topic = await createTopic('fields', 1)
      await withProducer({}, async (producer) => {
        const sent = await producer.send([
          { topic, key: 'k', value: 'v', timestamp: 1_000, headers: { one: 'x', none: null } },
          { topic, key: null, value: Buffer.from([0, 255]), timestamp: 500 },
          { topic, key: Buffer.alloc(0), value: null, timestamp: 1_700_000_000_000 },
          {
            topic,
            key: 'ключ',
            value: 'значение',
            timestamp: 0,
            headers: [
              { key: 'a', value: null },
              { key: 'a', value: Buffer.from('1') },
            ],
          },
        ])
        assert.deepEqual(
          sent.map(({ offset, timestamp }) => [offset, timestamp]),
          [
            [0, 1_000],
            [1, 500],
            [2, 1_700_000_000_000],
            [3, 0],
          ],
        )
      })
      const records = await readTopic({ bootstrapServers: bootstrapServers() }, topic)
      assert.deepEqual(
        records.map(({ key, value, headers, timestamp }) => [key, value, headers, timestamp]),
        [
          [
            'k',
            'v',
            [
              ['one', 'x'],
              ['none', null],
            ],
            1_000,
          ],
          [null, '\u0000\ufffd', [], 500],
          ['', null, [], 1_700_000_000_000],
          [
            'ключ',
            'значение',
            [
              ['a', null],
              ['a', '1'],
            ],
            0,
          ],
        ],
      )
    })

    test('creates a topic by writing to it, where brokers allow that', async () => {
      const topic = topicOf('auto')
      await withProducer({}, async (producer) => {
        assert.equal((await producer.send({ topic, value: 'first' })).offset, 0)
        assert.ok((await producer.partitionsFor(topic)) >= 1)
      })
    })

    test('chooses partitions by key as Java does', async () => {
      const topic = await createTopic('keys', 7)
      const keys = Array.from({ length: 200 }, (_, index) => `key-${index}-é`)
      await withProducer({}, async (producer) => {
        const sent = await producer.send(keys.map((key) => ({ topic, key, value: key })))
        for (const [index, { partition }] of sent.entries()) {
          assert.equal(partition, partitionForKey(Buffer.from(keys[index] ?? ''), 7))
        }
      })
    })

    test('fills batches before it changes the partition, and uses all partitions evenly', async () => {
      const topic = await createTopic('sticky', 4)
      const value = Buffer.alloc(200)
      await withProducer({ batchSize: 4_096 }, async (producer) => {
        for (let index = 0; index < 4_000; index++) producer.append(topic, undefined, 1_000, null, value)
        await producer.flush()
        assert.equal(producer.failure, undefined)
        const batches = await readBatches({ bootstrapServers: bootstrapServers() }, topic)
        assert.ok(batches.length < 250, `${batches.length} batches`)
        for (let partition = 0; partition < 4; partition++) {
          const records = batches
            .filter((each) => each.partition === partition)
            .reduce((sum, { batch }) => sum + batch.recordCount, 0)
          assert.ok(records > 400, `${records} of 4000 records in partition ${partition}`)
        }
      })
    })

    for (const compressionType of compressionTypes) {
      test(`compresses with ${compressionType}`, async () => {
        const topic = await createTopic(compressionType, 1)
        const values = Array.from({ length: 2_000 }, (_, index) => `a value that repeats itself ${index % 10}`)
        await withProducer({ compressionType }, async (producer) => {
          await producer.send(values.map((value) => ({ topic, value })))
        })
        const batches = await readBatches({ bootstrapServers: bootstrapServers() }, topic)
        for (const { batch } of batches) assert.equal(batch.compression, compressionType)
        const records = await readTopic({ bootstrapServers: bootstrapServers() }, topic)
        assert.deepEqual(
          records.map(({ value }) => value),
          values,
        )
      })
    }

    test('numbers batches without a gap, so that the broker can tell doubles', async () => {
      const topic = await createTopic('sequence', 1)
      await withProducer({ batchSize: 500 }, async (producer) => {
        await producer.send(Array.from({ length: 300 }, (_, index) => ({ topic, value: `value ${index}` })))
      })
      const batches = await readBatches({ bootstrapServers: bootstrapServers() }, topic)
      assert.ok(batches.length > 5)
      let next = 0
      for (const { batch } of batches) {
        assert.ok(batch.producerId >= 0)
        assert.equal(batch.baseSequence, next)
        next += batch.recordCount
      }
    })

    for (const acks of ['0', '1', 'all'] as const) {
      test(`delivers with acks=${acks}`, async () => {
        const topic = await createTopic(`acks-${acks}`, 1)
        await withProducer({ acks }, async (producer) => {
          const sent = await producer.send([
            { topic, value: 'a' },
            { topic, value: 'b' },
          ])
          assert.deepEqual(
            sent.map(({ offset }) => offset),
            acks === '0' ? [-1, -1] : [0, 1],
          )
        })
        // The broker may still be at it, or wait for the replicas before it shows them.
        await eventually(async () => {
          const records = await readTopic({ bootstrapServers: bootstrapServers() }, topic)
          assert.deepEqual(
            records.map(({ value }) => value),
            ['a', 'b'],
          )
        })
      })
    }

    test('splits a batch that the topic finds too large, and keeps the order', async () => {
      const topic = await createTopic('split', 1, { 'max.message.bytes': '2000' })
      const values = Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(150, '.'))
      await withProducer({ batchSize: 30_000, lingerMs: 100 }, async (producer) => {
        const sent = await producer.send(values.map((value) => ({ topic, value })))
        assert.deepEqual(
          sent.map(({ offset }) => offset),
          values.map((_, index) => index),
        )
        assert.ok(producer.metrics.splits > 0)
        await assert.rejects(producer.send({ topic, value: 'x'.repeat(3_000) }), { code: 'MESSAGE_TOO_LARGE' })
        assert.equal((await producer.send({ topic, value: 'still alive' })).offset, 100)
      })
      const records = await readTopic({ bootstrapServers: bootstrapServers() }, topic)
      assert.deepEqual(
        records.map(({ value }) => value),
        [...values, 'still alive'],
      )
    })

    test('reports the time that the broker gave', async () => {
      const topic = await createTopic('append-time', 1, { 'message.timestamp.type': 'LogAppendTime' })
      await withProducer({}, async (producer) => {
        const { timestamp } = await producer.send({ topic, value: 'x', timestamp: 5 })
        assert.ok(timestamp > 1_600_000_000_000)
      })
    })

    test('delivers what was accepted before close', async () => {
      const topic = await createTopic('close', 2)
      await withProducer({ lingerMs: 60_000, deliveryTimeoutMs: 120_000 }, async (producer) => {
        const sent = producer.send(Array.from({ length: 10 }, (_, index) => ({ topic, value: `${index}` })))
        await producer.close()
        assert.equal((await sent).length, 10)
        await assert.rejects(producer.send({ topic, value: 'late' }), { code: 'CLIENT_CLOSED' })
      })
    })

    test('refuses a partition that does not exist', async () => {
      const topic = await createTopic('partitions', 2)
      await withProducer({}, async (producer) => {
        await assert.rejects(producer.send({ topic, partition: 2, value: 'x' }), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
        await assert.rejects(producer.send({ topic, partition: -1, value: 'x' }), { code: 'INVALID_CONFIGURATION' })
      })
    })
  })
}
