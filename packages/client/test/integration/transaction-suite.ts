import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { seededRandom } from '@streamwright/std'
import type { Consumer } from '../../src/consumer/consumer.ts'
import { eachRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import type { ProducerConfig } from '../../src/producer/producer-settings.ts'
import { Producer } from '../../src/producer/producer.ts'
import { ConsumerFixture, pause, read, until, valuesOf } from '../support/consumer-fixture.ts'
import { eventually } from '../support/eventually.ts'
import { quietEnvironment } from '../support/test-broker.ts'

/** What a transactional producer must do with any broker that speaks Kafka's protocol, in either of its forms. */
export function transactionSuite(bootstrapServers: () => string): void {
  describe('a transactional producer', { timeout: 120_000 }, () => {
    const fixture = new ConsumerFixture(bootstrapServers)

    function producerOf(
      context: { after(action: () => Promise<void>): void },
      transactionalId: string,
      config: Partial<ProducerConfig> = {},
    ): Producer {
      const id = fixture.nameOf(transactionalId)
      const producer = new Producer(
        { bootstrapServers: bootstrapServers(), transactionalId: id, retryBackoffMs: 20, ...config },
        quietEnvironment,
      )
      context.after(() => producer.close())
      return producer
    }

    function committedReader(...topics: readonly string[]): Consumer {
      const consumer = fixture.consumerOf({ isolationLevel: 'read_committed' })
      consumer.assign(topics.map((topic) => ({ topic, partition: 0 })))
      return consumer
    }

    async function readToEnd(topic: string, partition: number): Promise<string[]> {
      const consumer = fixture.consumerOf({ isolationLevel: 'read_committed' })
      const place = { topic, partition }
      consumer.assign([place])
      const end = (await consumer.endOffsets([place])).get(`${topic}-${partition}`) ?? 0
      const values: string[] = []
      await until(
        () => false,
        async () => {
          values.push(...valuesOf([...eachRecord(await consumer.poll(20))]))
          return (await consumer.position(place)) >= end
        },
      )
      await consumer.close()
      return values
    }

    test('shows what was committed, all at once, and nothing of what was aborted', async (context) => {
      const [one, other] = [await fixture.createTopic('one'), await fixture.createTopic('other')]
      const producer = producerOf(context, 'visible')
      await producer.initTransactions()
      const reader = committedReader(one, other)
      producer.beginTransaction()
      await producer.send([
        { topic: one, value: 'a' },
        { topic: other, value: 'b' },
      ])
      assert.deepEqual(await reader.poll(100), [])
      await producer.commitTransaction()
      assert.deepEqual(valuesOf(await read(reader, 2)).toSorted(), ['a', 'b'])
      producer.beginTransaction()
      await producer.send({ topic: one, value: 'aborted' })
      await producer.abortTransaction()
      producer.beginTransaction()
      void producer.send({ topic: one, value: 'c' })
      await producer.commitTransaction()
      assert.deepEqual(valuesOf(await read(reader, 1)), ['c'])
      const all = fixture.consumerOf()
      all.assign([{ topic: one, partition: 0 }])
      assert.deepEqual(valuesOf(await read(all, 3)), ['a', 'aborted', 'c'])
    })

    test('ends transactions in which nothing was sent', async (context) => {
      const topic = await fixture.createTopic('empty')
      const producer = producerOf(context, 'empty')
      await producer.initTransactions()
      producer.beginTransaction()
      await producer.commitTransaction()
      producer.beginTransaction()
      await producer.abortTransaction()
      producer.beginTransaction()
      await producer.send({ topic, value: 'x' })
      await producer.commitTransaction()
      // Replicas hear of the end of a transaction a moment after its producer.
      await eventually(async () => assert.deepEqual(await readToEnd(topic, 0), ['x']))
    })

    test('many transactions, by chance committed and aborted: exactly the committed records, in order', async (context) => {
      const topic = await fixture.createTopic('many', 3)
      const producer = producerOf(context, 'many', { lingerMs: 0 })
      await producer.initTransactions()
      const random = seededRandom(5)
      const expected: string[][] = [[], [], []]
      for (let number = 0; number < 60; number++) {
        producer.beginTransaction()
        const sent: [number, string][] = []
        for (let count = random.below(8); count > 0; count--) {
          const partition = random.below(3)
          const value = `${number}-${count}`
          producer.append(topic, partition, 1_000, null, value)
          sent.push([partition, value])
          if (random.below(3) === 0) await producer.flush()
        }
        if (random.below(3) === 0) await producer.abortTransaction()
        else {
          await producer.commitTransaction()
          for (const [partition, value] of sent) expected[partition]?.push(value)
        }
      }
      for (const partition of [0, 1, 2]) assert.deepEqual(await readToEnd(topic, partition), expected[partition])
    })

    test('commits the offsets of a group with what was made of its records', async (context) => {
      const [from, to] = [await fixture.createTopic('from'), await fixture.createTopic('to')]
      await fixture.produce(from, ['a', 'b', 'c'])
      const groupId = fixture.nameOf('group')
      const consumer = fixture.consumerOf({ groupId, isolationLevel: 'read_committed' })
      consumer.subscribe([from])
      const records = await read(consumer, 3)
      const producer = producerOf(context, 'copier')
      await producer.initTransactions()
      const place = { topic: from, partition: 0 }
      const committed = async (): Promise<number | undefined> =>
        (await consumer.committed([place])).get(`${from}-0`)?.offset
      producer.beginTransaction()
      for (const { value } of records) producer.append(to, 0, 1_000, null, `${value?.toString()}!`)
      await producer.sendOffsetsToTransaction([{ ...place, offset: 3 }], consumer.groupMetadata())
      await producer.abortTransaction()
      assert.equal(await committed(), undefined)
      producer.beginTransaction()
      for (const { value } of records) producer.append(to, 0, 1_000, null, `${value?.toString()}!`)
      const offset = { ...place, offset: 3, metadata: 'note', leaderEpoch: 0 }
      await producer.sendOffsetsToTransaction([offset], consumer.groupMetadata())
      await producer.commitTransaction()
      assert.equal(await committed(), 3)
      assert.deepEqual(await readToEnd(to, 0), ['a!', 'b!', 'c!'])
      // A consumer that has lost its place in the group meanwhile.
      producer.beginTransaction()
      producer.append(to, 0, 1_000, null, 'never')
      const old = { ...consumer.groupMetadata(), generationId: consumer.groupMetadata().generationId - 1 }
      await assert.rejects(producer.sendOffsetsToTransaction([{ ...place, offset: 1 }], old), {
        name: 'TransactionError',
        code: 'TRANSACTION_ABORTABLE',
      })
      await assert.rejects(producer.commitTransaction(), { code: 'TRANSACTION_ABORTABLE' })
      await producer.abortTransaction()
      assert.equal(await committed(), 3)
      producer.beginTransaction()
      await producer.send({ topic: to, value: 'again' })
      await producer.commitTransaction()
      assert.deepEqual(await readToEnd(to, 0), ['a!', 'b!', 'c!', 'again'])
    })

    test('waits with reading offsets until the transaction that changes them has ended', async (context) => {
      const topic = await fixture.createTopic('pending')
      const groupId = fixture.nameOf('pending-group')
      const producer = producerOf(context, 'pending')
      await producer.initTransactions()
      producer.beginTransaction()
      await producer.sendOffsetsToTransaction([{ topic, partition: 0, offset: 7 }], groupId)
      const consumer = fixture.consumerOf({ groupId })
      const place = { topic, partition: 0 }
      let isRead = false
      const reading = consumer.committed([place]).finally(() => (isRead = true))
      for (let pauses = 0; pauses < 10; pauses++) await pause()
      assert.ok(!isRead)
      await producer.commitTransaction()
      assert.equal((await reading).get(`${topic}-0`)?.offset, 7)
    })

    test('is fenced by another one with its id, says so, and leaves nothing behind', async (context) => {
      const topic = await fixture.createTopic('fenced')
      const first = producerOf(context, 'one-of-two')
      await first.initTransactions()
      first.beginTransaction()
      await first.send({ topic, value: 'lost' })
      const second = producerOf(context, 'one-of-two')
      await second.initTransactions()
      second.beginTransaction()
      await second.send({ topic, value: 'kept' })
      await second.commitTransaction()
      const fenced = { name: 'TransactionError', code: 'PRODUCER_FENCED', message: /taken over transactional\.id/ }
      await assert.rejects(first.commitTransaction(), fenced)
      assert.throws(() => first.beginTransaction(), fenced)
      assert.throws(() => first.append(topic, 0, 0, null, 'x'), fenced)
      await assert.rejects(first.abortTransaction(), fenced)
      assert.deepEqual(await readToEnd(topic, 0), ['kept'])
    })

    test('a record that cannot be written makes the transaction fail, not the producer', async (context) => {
      const topic = await fixture.createTopic('too-large')
      const producer = producerOf(context, 'too-large', { maxRequestSize: 3_000_000 })
      await producer.initTransactions()
      for (const size of [3_000_001, 2_000_000]) {
        producer.beginTransaction()
        await producer.send({ topic, value: 'before' })
        await assert.rejects(producer.send({ topic, value: Buffer.alloc(size) }))
        await assert.rejects(producer.commitTransaction(), { code: 'TRANSACTION_ABORTABLE' })
        await assert.rejects(producer.send({ topic, value: 'behind' }), { code: 'TRANSACTION_ABORTABLE' })
        await producer.abortTransaction()
      }
      producer.beginTransaction()
      await producer.send({ topic, value: 'after' })
      await producer.commitTransaction()
      assert.deepEqual(await readToEnd(topic, 0), ['after'])
    })

    test('drops what waits when it aborts, and what is open when it is closed', async (context) => {
      const topic = await fixture.createTopic('dropped')
      const producer = producerOf(context, 'dropped', { lingerMs: 60_000 })
      await producer.initTransactions()
      producer.beginTransaction()
      const dropped = producer.send({ topic, value: 'x' })
      dropped.catch(() => {})
      await producer.abortTransaction()
      await assert.rejects(dropped, { name: 'TransactionError', code: 'TRANSACTION_ABORTED' })
      producer.beginTransaction()
      producer.append(topic, 0, 0, null, 'y')
      await producer.flush()
      await producer.close()
      await fixture.produce(topic, ['plain'])
      assert.deepEqual(await readToEnd(topic, 0), ['plain'])
    })

    test('is seen by an admin client, which fences it and aborts what hangs', async (context) => {
      const topic = await fixture.createTopic('administered')
      const producer = producerOf(context, 'administered')
      const id = fixture.nameOf('administered')
      await producer.initTransactions()
      producer.beginTransaction()
      await producer.send({ topic, value: 'x' })
      await fixture.withAdmin(async (admin) => {
        const place = { topic, partition: 0 }
        const listed = await admin.listTransactions({ states: ['Ongoing'] })
        assert.deepEqual(
          listed.filter((each) => each.transactionalId === id).map(({ state }) => state),
          ['Ongoing'],
        )
        const described = (await admin.describeTransactions([id])).get(id)
        assert.equal(described?.state, 'Ongoing')
        assert.deepEqual(described?.partitions, [place])
        await assert.rejects(admin.describeTransactions([`${id}-not`]), { code: 'TRANSACTIONAL_ID_NOT_FOUND' })
        const openIn = async (): Promise<(number | undefined)[]> =>
          ((await admin.describeProducers([place])).get(`${topic}-0`) ?? []).map(
            ({ currentTransactionStartOffset }) => currentTransactionStartOffset,
          )
        assert.deepEqual(await openIn(), [0])
        await admin.fenceProducers([id])
        await until(
          () => false,
          async () => (await openIn())[0] === -1,
        )
        const [again] = (await admin.describeProducers([place])).get(`${topic}-0`) ?? []
        if (again !== undefined) await admin.abortTransaction({ ...place, ...again })
      })
      await assert.rejects(producer.commitTransaction(), { code: 'PRODUCER_FENCED' })
      assert.deepEqual(await readToEnd(topic, 0), [])
    })

    test('each step has its place', async (context) => {
      const topic = await fixture.createTopic('steps')
      const misuse = { name: 'TransactionError', code: 'TRANSACTION_STATE' }
      const plain = new Producer({ bootstrapServers: bootstrapServers() }, quietEnvironment)
      context.after(() => plain.close())
      assert.throws(() => plain.beginTransaction(), misuse)
      const producer = producerOf(context, 'steps')
      assert.throws(() => producer.beginTransaction(), misuse)
      await producer.initTransactions()
      await assert.rejects(producer.initTransactions(), misuse)
      await assert.rejects(producer.send({ topic, value: 'x' }), misuse)
      await assert.rejects(producer.commitTransaction(), misuse)
      await assert.rejects(producer.abortTransaction(), misuse)
      producer.beginTransaction()
      assert.throws(() => producer.beginTransaction(), misuse)
      await producer.commitTransaction()
    })
  })
}
