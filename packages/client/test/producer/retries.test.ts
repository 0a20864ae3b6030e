import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiKey, ErrorCode, RecordBatch } from '@streamwright/protocol'
import type { ProduceRequest } from '@streamwright/protocol/messages/produce'
import { seededRandom } from '@streamwright/std'
import * as fc from 'fast-check'
import { Admin } from '../../src/admin/admin.ts'
import type { ProducerConfig } from '../../src/producer/producer-settings.ts'
import { Producer } from '../../src/producer/producer.ts'
import { readBatches, readTopic } from '../support/read-topic.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { quietEnvironment, withBroker } from '../support/test-broker.ts'

const topic = 'orders'

/** Many small batches, several on the way at once. */
const smallBatches: Partial<ProducerConfig> = { batchSize: 120, lingerMs: 0 }

async function withProducer(
  { client }: TestBroker,
  config: Partial<ProducerConfig>,
  use: (producer: Producer) => Promise<void>,
  growsBatches = false,
): Promise<void> {
  const producer = new Producer({ ...client, ...config }, quietEnvironment, { growsBatches })
  try {
    await use(producer)
  } finally {
    await producer.close({ timeoutMs: 1_000 })
  }
}

async function createTopic({ client }: TestBroker, partitions = 1): Promise<void> {
  const admin = new Admin(client, quietEnvironment)
  await admin.createTopics([{ name: topic, partitions }])
  await admin.close()
}

async function valuesOf(running: TestBroker): Promise<(string | null)[]> {
  return (await readTopic(running.client, topic)).map(({ value }) => value)
}

/** The batches of a produce request. */
function batchesOf(request: unknown): RecordBatch[] {
  const partitions = (request as ProduceRequest).topicData.flatMap(({ partitionData }) => partitionData)
  return partitions.flatMap(({ records }) => RecordBatch.read(records ?? Buffer.alloc(0)))
}

const names = (count: number, prefix = 'record'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

describe('when a produce request fails', () => {
  for (const error of [
    'NOT_LEADER_OR_FOLLOWER',
    'NOT_ENOUGH_REPLICAS',
    'REQUEST_TIMED_OUT',
    'UNKNOWN_TOPIC_OR_PARTITION',
  ] as const) {
    test(`with ${error}, what was on the way behind it is not written before it`, async () => {
      await withBroker(async (running) => {
        await createTopic(running)
        running.broker.intercept(ApiKey.Produce, ({ count }) =>
          count === 2 || count === 5 ? { errorCode: ErrorCode[error] } : undefined,
        )
        await withProducer(running, smallBatches, async (producer) => {
          const values = names(40)
          const sent = await producer.send(values.map((value) => ({ topic, partition: 0, value })))
          assert.deepEqual(
            sent.map(({ offset }) => offset),
            values.map((_, index) => index),
          )
          assert.deepEqual(await valuesOf(running), values)
          assert.ok(producer.metrics.retries >= 2)
        })
      })
    })
  }

  test('with batches that grow while they wait, too; there are fewer of them', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      running.broker.intercept(ApiKey.Produce, ({ count }) =>
        count === 2 ? { errorCode: ErrorCode.NOT_ENOUGH_REPLICAS } : undefined,
      )
      const values = names(400)
      const write = async (producer: Producer): Promise<void> => {
        await producer.send(values.map((value) => ({ topic, partition: 0, value })))
        assert.deepEqual(await valuesOf(running), values)
        assert.ok(producer.metrics.retries >= 1)
        // Of those that do not grow, a batch has two or three.
        assert.ok(producer.metrics.batches < values.length / 5, `${producer.metrics.batches} batches`)
      }
      await withProducer(running, smallBatches, write, true)
    })
  })

  for (const disconnect of ['before', 'after'] as const) {
    test(`with a lost connection ${disconnect} it was handled, nothing is lost or doubled`, async () => {
      await withBroker(async (running) => {
        await createTopic(running)
        running.broker.intercept(ApiKey.Produce, ({ count }) =>
          count % 4 === 3 && count < 20 ? { disconnect } : undefined,
        )
        await withProducer(running, smallBatches, async (producer) => {
          const values = names(60)
          const sent = await producer.send(values.map((value) => ({ topic, partition: 0, value })))
          assert.deepEqual(
            sent.map(({ offset }) => offset),
            values.map((_, index) => index),
          )
          assert.deepEqual(await valuesOf(running), values)
        })
      })
    })
  }

  test('for good, its records fail and the later ones go on in order, under a new epoch', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      running.broker.intercept(ApiKey.Produce, ({ count }) =>
        count === 2 ? { errorCode: ErrorCode.INVALID_RECORD } : undefined,
      )
      await withProducer(running, smallBatches, async (producer) => {
        const values = names(20)
        const outcomes = await Promise.allSettled(values.map((value) => producer.send({ topic, partition: 0, value })))
        const failed = values.filter((_, index) => outcomes[index]?.status === 'rejected')
        assert.ok(failed.length > 0 && failed.length < values.length)
        assert.deepEqual(
          await valuesOf(running),
          values.filter((value) => !failed.includes(value)),
        )
        const epochs = new Set((await readBatches(running.client, topic)).map(({ batch }) => batch.producerEpoch))
        assert.deepEqual([...epochs], [0, 1])
      })
    })
  })

  test('because the broker lost track of the sequence, a new epoch begins', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      await withProducer(running, {}, async (producer) => {
        await producer.send({ topic, value: 'first' })
        const release = running.broker.intercept(ApiKey.Produce, ({ count }) =>
          count === 1 ? { errorCode: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER } : undefined,
        )
        await producer.send({ topic, value: 'second' })
        release()
        assert.deepEqual(await valuesOf(running), ['first', 'second'])
        const batches = await readBatches(running.client, topic)
        assert.deepEqual(
          batches.map(({ batch }) => [batch.producerEpoch, batch.baseSequence]),
          [
            [0, 0],
            [1, 0],
          ],
        )
      })
    })
  })

  test('as often as retries allows, the error is told', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      running.broker.intercept(ApiKey.Produce, () => ({ errorCode: ErrorCode.NOT_ENOUGH_REPLICAS }))
      await withProducer(running, { retries: 2 }, async (producer) => {
        await assert.rejects(producer.send({ topic, value: 'x' }), { code: 'NOT_ENOUGH_REPLICAS' })
        assert.equal(producer.metrics.retries, 2)
        assert.equal(producer.metrics.failedRecords, 1)
        assert.equal(producer.bufferedBytes, 0)
      })
    })
  })

  test('until its time is over, it fails, and what follows is written', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      const release = running.broker.intercept(ApiKey.Produce, () => ({ errorCode: ErrorCode.NOT_ENOUGH_REPLICAS }))
      const config = { deliveryTimeoutMs: 100, requestTimeoutMs: 90, lingerMs: 0 }
      await withProducer(running, config, async (producer) => {
        await assert.rejects(producer.send({ topic, value: 'late' }), {
          code: 'DELIVERY_TIMEOUT',
          message: /A record for partition 0 of topic orders.*delivery.timeout.ms.*replicas/,
        })
        release()
        assert.equal((await producer.send({ topic, value: 'next' })).offset, 0)
        assert.deepEqual(await valuesOf(running), ['next'])
      })
    })
  })

  test('because a batch is too large, it goes in parts, with the records behind it in order', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      running.broker.intercept(ApiKey.Produce, ({ count }) =>
        count === 1 ? { errorCode: ErrorCode.MESSAGE_TOO_LARGE } : undefined,
      )
      await withProducer(running, { batchSize: 400, lingerMs: 0 }, async (producer) => {
        const values = names(100)
        await producer.send(values.map((value) => ({ topic, partition: 0, value })))
        assert.deepEqual(await valuesOf(running), values)
        assert.ok(producer.metrics.splits >= 1)
      })
    })
  })

  for (const growsBatches of [false, true]) atRandom(growsBatches)
})

function atRandom(growsBatches: boolean): void {
  const how = growsBatches ? ', in batches that grow' : ''
  test(`at random, in many ways, every record is written once and in order${how}`, async () => {
    const errors = [
      { errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER },
      { errorCode: ErrorCode.REQUEST_TIMED_OUT },
      { errorCode: ErrorCode.KAFKA_STORAGE_ERROR },
      { disconnect: 'before' },
      { disconnect: 'after' },
      { delayMs: 3 },
    ] as const
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 5 }), async (seed, partitions) => {
        await withBroker(async (running) => {
          await createTopic(running, partitions)
          const random = seededRandom(seed)
          const seen = new Set<string>()
          running.broker.intercept(ApiKey.Produce, ({ count, body }) => {
            // A broker finds a batch too large at once, or never; and a single record cannot be split.
            const batches = batchesOf(body)
            const places = batches.map(({ producerEpoch, baseSequence }) => `${producerEpoch} ${baseSequence}`)
            const maySplit = batches.every(
              ({ recordCount }, index) => recordCount > 1 && !seen.has(places[index] ?? ''),
            )
            for (const place of places) seen.add(place)
            if (count >= 60 || random.below(4) > 0) return undefined
            if (random.below(5) === 0 && maySplit) return { errorCode: ErrorCode.MESSAGE_TOO_LARGE }
            return errors[random.below(errors.length)]
          })
          const write = async (producer: Producer): Promise<void> => {
            const values = names(200)
            const records = values.map((value, index) => ({ topic, partition: index % partitions, value }))
            await producer.send(records)
            const read = await readTopic(running.client, topic)
            for (let partition = 0; partition < partitions; partition++) {
              assert.deepEqual(
                read.filter((record) => record.partition === partition).map(({ value }) => value),
                values.filter((_, index) => index % partitions === partition),
              )
            }
            assert.equal(producer.bufferedBytes, 0)
          }
          await withProducer(running, { batchSize: 200, lingerMs: 0 }, write, growsBatches)
        })
      }),
      { numRuns: 15, seed: 20_261_121 },
    )
  })
}

describe('when a producer id cannot be had', () => {
  test('records wait for it', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      running.broker.intercept(ApiKey.InitProducerId, ({ count }) =>
        count <= 2 ? { errorCode: ErrorCode.COORDINATOR_LOAD_IN_PROGRESS } : undefined,
      )
      await withProducer(running, {}, async (producer) => {
        assert.equal((await producer.send({ topic, value: 'x' })).offset, 0)
      })
    })
  })

  test('for good, they fail', async () => {
    await withBroker(async (running) => {
      await createTopic(running)
      running.broker.intercept(ApiKey.InitProducerId, () => ({ errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED }))
      await withProducer(running, {}, async (producer) => {
        await assert.rejects(producer.send({ topic, value: 'x' }), { code: 'CLUSTER_AUTHORIZATION_FAILED' })
      })
    })
  })
})
