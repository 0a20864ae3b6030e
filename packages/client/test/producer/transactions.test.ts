import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiKey, ErrorCode } from '@streamwright/protocol'
import { asError, deferred, seededRandom } from '@streamwright/std'
import * as fc from 'fast-check'
import { Admin } from '../../src/admin/admin.ts'
import { Consumer } from '../../src/consumer/consumer.ts'
import { eachRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import { OperationTimeoutError } from '../../src/errors.ts'
import type { ProducerConfig } from '../../src/producer/producer-settings.ts'
import { Producer } from '../../src/producer/producer.ts'
import { TransactionError } from '../../src/producer/transaction-error.ts'
import { hideTransactionVersion } from '../support/classic-transactions.ts'
import type { TestBroker } from '../support/test-broker.ts'
import { quietEnvironment, withBroker } from '../support/test-broker.ts'

const topic = 'orders'
const protocols = ['classic', 'epochPerTransaction'] as const
type Protocol = (typeof protocols)[number]

async function withProducer(
  protocol: Protocol,
  config: Partial<ProducerConfig>,
  use: (producer: Producer, running: TestBroker) => Promise<void>,
): Promise<void> {
  await withBroker(async (running) => {
    const admin = new Admin(running.client, quietEnvironment)
    await admin.createTopics([{ name: topic, partitions: 2 }])
    await admin.close()
    if (protocol === 'classic') await hideTransactionVersion(running.broker, running.client)
    const settings = { ...running.client, transactionalId: 'id', lingerMs: 0, ...config }
    const producer = new Producer(settings, quietEnvironment)
    try {
      await use(producer, running)
    } finally {
      await producer.close({ timeoutMs: 1_000 })
    }
  })
}

/** What a `read_committed` consumer sees, by partition, and the offset that the group has committed. */
async function outcome({ client }: TestBroker): Promise<{ values: string[][]; offset: number }> {
  const consumer = new Consumer(
    { ...client, groupId: 'group', isolationLevel: 'read_committed', fetchMaxWaitMs: 5, enableAutoCommit: false },
    quietEnvironment,
  )
  const places = [0, 1].map((partition) => ({ topic, partition }))
  consumer.assign(places)
  const ends = await consumer.endOffsets(places)
  await consumer.seekToBeginning(places)
  const values: string[][] = [[], []]
  for (;;) {
    for (const { partition, value } of eachRecord(await consumer.poll(5))) values[partition]?.push(String(value))
    const positions = await Promise.all(places.map((place) => consumer.position(place)))
    if (positions.every((position, partition) => position >= (ends.get(`${topic}-${partition}`) ?? 0))) break
  }
  const offset = (await consumer.committed(places)).get(`${topic}-0`)?.offset ?? -1
  await consumer.close()
  return { values, offset }
}

for (const protocol of protocols) {
  describe(`transactions by the protocol ${protocol}`, { timeout: 60_000 }, () => {
    for (const disconnect of ['before', 'after'] as const) {
      test(`an EndTxn whose connection is lost ${disconnect} it was handled ends the transaction once`, async () => {
        await withProducer(protocol, {}, async (producer, running) => {
          running.broker.intercept(ApiKey.EndTxn, ({ count }) => (count % 2 === 1 ? { disconnect } : undefined))
          await producer.initTransactions()
          for (const end of ['commit', 'abort', 'commit'] as const) {
            producer.beginTransaction()
            await producer.send({ topic, partition: 0, value: end })
            await (end === 'commit' ? producer.commitTransaction() : producer.abortTransaction())
          }
          assert.deepEqual((await outcome(running)).values[0], ['commit', 'commit'])
        })
      })
    }

    test('a commit that took too long is called again, and goes on where it was', async () => {
      await withProducer(protocol, {}, async (producer, running) => {
        const release = running.broker.intercept(ApiKey.EndTxn, () => ({
          errorCode: ErrorCode.CONCURRENT_TRANSACTIONS,
        }))
        await producer.initTransactions()
        producer.beginTransaction()
        await producer.send({ topic, partition: 0, value: 'x' })
        await assert.rejects(producer.commitTransaction({ timeoutMs: 50 }), OperationTimeoutError)
        await assert.rejects(producer.abortTransaction(), { code: 'TRANSACTION_STATE' })
        release()
        await producer.commitTransaction()
        assert.deepEqual((await outcome(running)).values[0], ['x'])
      })
    })

    // Both shared one promise: the abort was told that it had succeeded, while the transaction was committed.
    test('an end that is under way is not taken for the other one', async () => {
      await withProducer(protocol, {}, async (producer, running) => {
        await producer.initTransactions()
        const ends = { commit: () => producer.commitTransaction(), abort: () => producer.abortTransaction() }
        for (const [end, other] of [
          ['commit', 'abort'],
          ['abort', 'commit'],
        ] as const) {
          const release = running.broker.intercept(ApiKey.EndTxn, () => ({
            errorCode: ErrorCode.CONCURRENT_TRANSACTIONS,
          }))
          producer.beginTransaction()
          await producer.send({ topic, partition: 0, value: end })
          const ending = ends[end]()
          const refused = { code: 'TRANSACTION_STATE', message: new RegExp(`${end}Transaction.*call it again`) }
          await assert.rejects(ends[other](), refused)
          release()
          await Promise.all([ending, ends[end]()])
        }
        assert.deepEqual((await outcome(running)).values[0], ['commit'])
      })
    })

    // It waited for the records first, as long as delivery.timeout.ms lets them take.
    test('a commit takes no longer than it may, though its records do', async () => {
      await withProducer(protocol, {}, async (producer, running) => {
        await producer.initTransactions()
        for (const end of ['commit', 'abort'] as const) {
          producer.beginTransaction()
          await producer.send({ topic, partition: 0, value: `${end} 1` })
          const { promise: isOnItsWay, resolve } = deferred()
          const release = running.broker.intercept(ApiKey.Produce, () => {
            resolve()
            return { delayMs: 200 }
          })
          const sent = producer.send({ topic, partition: 0, value: `${end} 2` })
          await isOnItsWay
          const ending = (timeoutMs: number): Promise<void> =>
            end === 'commit' ? producer.commitTransaction({ timeoutMs }) : producer.abortTransaction({ timeoutMs })
          const message = new RegExp(`Call ${end}Transaction.. again`)
          await assert.rejects(ending(20), { name: 'OperationTimeoutError', message })
          release()
          await ending(10_000)
          await sent
        }
        assert.deepEqual((await outcome(running)).values[0], ['commit 1', 'commit 2'])
      })
    })

    test('records that time out make the transaction fail; what comes after has sequences of its own', async () => {
      // Enough for a busy machine, too little for a broker that takes so long to answer.
      const config = { deliveryTimeoutMs: 400, requestTimeoutMs: 300 }
      await withProducer(protocol, config, async (producer, running) => {
        await producer.initTransactions()
        producer.beginTransaction()
        await producer.send({ topic, partition: 0, value: 'first' })
        const release = running.broker.intercept(ApiKey.Produce, () => ({ delayMs: 1_000 }))
        await assert.rejects(producer.send({ topic, partition: 0, value: 'late' }), { code: 'DELIVERY_TIMEOUT' })
        await assert.rejects(producer.commitTransaction(), { code: 'TRANSACTION_ABORTABLE' })
        await producer.abortTransaction()
        release()
        producer.beginTransaction()
        await producer.send({ topic, partition: 0, value: 'second' })
        await producer.commitTransaction()
        assert.deepEqual((await outcome(running)).values[0], ['second'])
      })
    })

    test('a transactional id that the coordinator has forgotten is taken again', async () => {
      await withProducer(protocol, {}, async (producer, running) => {
        await producer.initTransactions()
        const key = protocol === 'classic' ? ApiKey.AddPartitionsToTxn : ApiKey.Produce
        const release = running.broker.intercept(key, () => ({ errorCode: ErrorCode.INVALID_PRODUCER_ID_MAPPING }))
        producer.beginTransaction()
        await assert.rejects(producer.send({ topic, partition: 0, value: 'x' }))
        release()
        await assert.rejects(producer.commitTransaction(), { code: 'TRANSACTION_ABORTABLE' })
        await producer.abortTransaction()
        producer.beginTransaction()
        await producer.send({ topic, partition: 0, value: 'y' })
        await producer.commitTransaction()
        assert.deepEqual((await outcome(running)).values[0], ['y'])
      })
    })

    test('what no retry can help ends the producer', async () => {
      await withProducer(protocol, {}, async (producer, running) => {
        await producer.initTransactions()
        running.broker.intercept(ApiKey.EndTxn, () => ({
          errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
        }))
        producer.beginTransaction()
        await producer.send({ topic, partition: 0, value: 'x' })
        const fatal = { name: 'TransactionError', code: 'TRANSACTION_FATAL', message: /Close it/ }
        await assert.rejects(producer.commitTransaction(), fatal)
        assert.throws(() => producer.beginTransaction(), fatal)
      })
    })

    test('with failures of all kinds at random, each transaction is there once, whole and in order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), async (seed) => {
          await withProducer(protocol, { batchSize: 120 }, async (producer, running) => {
            failAtRandom(running, seed)
            await persistently(() => producer.initTransactions())
            const random = seededRandom(seed + 1)
            const expected: string[][] = [[], []]
            for (let number = 0; number < 12; number++) {
              const values = Array.from({ length: 1 + random.below(6) }, (_, index) => `${number}-${index}`)
              await untilCommitted(producer, values, number)
              for (const [index, value] of values.entries()) expected[index % 2]?.push(value)
            }
            running.broker.intercept(ApiKey.FindCoordinator, () => undefined)
            const seen = await outcome(running)
            assert.deepEqual(seen.values, expected)
            assert.equal(seen.offset, 11)
            assert.equal(producer.bufferedBytes, 0)
          })
        }),
        { numRuns: 12, seed: 20_261_121 },
      )
    })
  })
}

/** Retriable failures, lost connections, delays, and now and then what a transaction does not outlive. */
function failAtRandom({ broker }: TestBroker, seed: number): void {
  const random = seededRandom(seed)
  const passing = [{ disconnect: 'before' }, { disconnect: 'after' }, { delayMs: 2 }] as const
  const failures: readonly (readonly [number, readonly number[]])[] = [
    [ApiKey.InitProducerId, [ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.NOT_COORDINATOR]],
    [ApiKey.AddPartitionsToTxn, [ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.TRANSACTION_ABORTABLE]],
    [ApiKey.AddOffsetsToTxn, [ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.NOT_COORDINATOR]],
    [ApiKey.TxnOffsetCommit, [ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.ILLEGAL_GENERATION]],
    [ApiKey.EndTxn, [ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.COORDINATOR_NOT_AVAILABLE]],
    [
      ApiKey.Produce,
      [
        ErrorCode.NOT_LEADER_OR_FOLLOWER,
        ErrorCode.NOT_ENOUGH_REPLICAS,
        ErrorCode.INVALID_PRODUCER_EPOCH,
        ErrorCode.TRANSACTION_ABORTABLE,
      ],
    ],
  ]
  for (const [key, codes] of failures) {
    broker.intercept(key, ({ count }) => {
      if (count > 40 || random.below(4) > 0) return undefined
      const choice = random.below(codes.length + passing.length)
      const errorCode = codes[choice]
      return errorCode === undefined ? passing[choice - codes.length] : { errorCode }
    })
  }
}

async function persistently(step: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof OperationTimeoutError)) throw error
    }
  }
}

/** The loop that every program with transactions has. */
async function untilCommitted(producer: Producer, values: readonly string[], offset: number): Promise<void> {
  for (;;) {
    producer.beginTransaction()
    try {
      for (const [index, value] of values.entries()) {
        producer.append(topic, index % 2, 1_000, null, value, undefined, () => {})
      }
      await producer.sendOffsetsToTransaction([{ topic, partition: 0, offset }], 'group')
      return await persistently(() => producer.commitTransaction())
    } catch (error) {
      const { code } = error as TransactionError
      if (code !== 'TRANSACTION_ABORTABLE') throw asError(error)
      await persistently(() => producer.abortTransaction())
    }
  }
}
