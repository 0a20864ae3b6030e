import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { NoOffsetError } from '../../src/consumer/consumer-errors.ts'
import { eachRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import { Producer } from '../../src/producer/producer.ts'
import { ConsumerFixture, read, until, valuesOf } from '../support/consumer-fixture.ts'
import { newCluster } from '../support/read-topic.ts'
import { quietEnvironment } from '../support/test-broker.ts'
import { PlainTransaction } from '../support/transaction.ts'

/** What a consumer must do with any broker that speaks Kafka's protocol. */
export function consumerSuite(bootstrapServers: () => string): void {
  describe('a consumer', { timeout: 120_000 }, () => {
    const fixture = new ConsumerFixture(bootstrapServers)

    test('yields records with all that they carry', async () => {
      const topic = await fixture.createTopic('fields')
      const headers = [
        { key: 'a', value: Buffer.from('1') },
        { key: 'a', value: null },
      ]
      await fixture.produce(topic, ['v'], { headers, timestamp: 1_234 })
      const consumer = fixture.consumerOf()
      consumer.assign([{ topic, partition: 0 }])
      const [record] = await read(consumer, 1)
      assert.deepEqual(
        { ...record, value: record?.value?.toString() },
        { topic, partition: 0, offset: 0, timestamp: 1_234, key: null, value: 'v', headers },
      )
      await consumer.close()
    })

    test('reads many partitions, each in order, ahead of what is taken', async () => {
      const topic = await fixture.createTopic('many', 8)
      const producer = new Producer(
        { bootstrapServers: fixture.bootstrapServers(), batchSize: 2_000 },
        quietEnvironment,
      )
      const count = 20_000
      for (let index = 0; index < count; index++) producer.append(topic, index % 8, 0, null, String(index))
      await producer.close()
      const consumer = fixture.consumerOf({ maxPartitionFetchBytes: 4_000, fetchMaxBytes: 20_000, maxPollRecords: 100 })
      consumer.assign(Array.from({ length: 8 }, (_none, partition) => ({ topic, partition })))
      const next = Array.from({ length: 8 }, (_none, partition) => partition)
      for (const { partition, value } of await read(consumer, count)) {
        assert.equal(Number(value), next[partition])
        next[partition] = Number(value) + 8
      }
      for (let partition = 0; partition < 8; partition++)
        assert.equal(await consumer.position({ topic, partition }), count / 8)
      await consumer.close()
    })

    test('seeks, pauses and resumes; what had come of a partition that is sought is dropped', async () => {
      const topic = await fixture.createTopic('seek', 2)
      await fixture.produce(topic, ['0', '1', '2', '3'])
      await fixture.produce(topic, ['other'], { partition: 1 })
      const [first, second] = [
        { topic, partition: 0 },
        { topic, partition: 1 },
      ]
      const consumer = fixture.consumerOf({ maxPollRecords: 1 })
      consumer.assign([first, second])
      consumer.pause([first])
      assert.deepEqual(valuesOf(await read(consumer, 1)), ['other'])
      assert.deepEqual(consumer.paused(), [first])
      consumer.resume([first])
      assert.deepEqual(valuesOf(await read(consumer, 4)), ['0', '1', '2', '3'])
      consumer.seek(first, 2)
      assert.equal(await consumer.position(first), 2)
      assert.deepEqual(valuesOf(await read(consumer, 2)), ['2', '3'])
      await consumer.seekToBeginning([first])
      assert.deepEqual(valuesOf(await read(consumer, 4)), ['0', '1', '2', '3'])
      await consumer.seekToEnd()
      assert.deepEqual(await consumer.poll(150), [])
      assert.equal(await consumer.position(first), 4)
      assert.throws(() => consumer.seek({ topic, partition: 7 }, 0), /not assigned/)
      await consumer.close()
    })

    test('finds offsets by time, the first and the last', async () => {
      const topic = await fixture.createTopic('times')
      for (const timestamp of [1_000, 2_000, 3_000]) await fixture.produce(topic, ['x'], { timestamp })
      const place = { topic, partition: 0 }
      const key = `${topic}-0`
      const consumer = fixture.consumerOf()
      assert.equal((await consumer.beginningOffsets([place])).get(key), 0)
      assert.equal((await consumer.endOffsets([place])).get(key), 3)
      const times = async (timestamp: number): Promise<{ offset?: number; timestamp?: number } | undefined> =>
        (await consumer.offsetsForTimes([{ ...place, timestamp }])).get(key)
      assert.equal((await times(1_500))?.offset, 1)
      assert.equal((await times(1_500))?.timestamp, 2_000)
      assert.equal((await times(9_000))?.offset, -1)
      await consumer.close()
    })

    test('resets by policy: earliest, latest, by duration, or not at all', async () => {
      const topic = await fixture.createTopic('reset')
      const now = quietEnvironment.clock.wallMs()
      await fixture.produce(topic, ['old'], { timestamp: now - 3_600_000 })
      await fixture.produce(topic, ['new'], { timestamp: now })
      const place = { topic, partition: 0 }
      const positionBy = async (autoOffsetReset: string): Promise<number> => {
        const consumer = fixture.consumerOf({ autoOffsetReset })
        consumer.assign([place])
        try {
          return await consumer.position(place)
        } finally {
          await consumer.close()
        }
      }
      assert.equal(await positionBy('earliest'), 0)
      assert.equal(await positionBy('latest'), 2)
      assert.equal(await positionBy('by_duration:PT10M'), 1)
      assert.equal(await positionBy('by_duration:P1D'), 0)
      await assert.rejects(positionBy('none'), NoOffsetError)
    })

    test('goes on by the reset policy when its position has left the log', async () => {
      const topic = await fixture.createTopic('shortened')
      const place = { topic, partition: 0 }
      await fixture.produce(topic, ['a', 'b', 'c'])
      await fixture.withAdmin(async (admin) => {
        await admin.deleteRecords([{ ...place, offset: 2 }])
      })
      const consumer = fixture.consumerOf()
      consumer.assign([place])
      consumer.seek(place, 0)
      assert.deepEqual(valuesOf(await read(consumer, 1)), ['c'])
      consumer.seek(place, 100)
      assert.deepEqual(valuesOf(await read(consumer, 1)), ['c'])
      await consumer.close()
      const strict = fixture.consumerOf({ autoOffsetReset: 'none' })
      strict.assign([place])
      strict.seek(place, 100)
      await assert.rejects(read(strict, 1), { code: 'OFFSET_OUT_OF_RANGE' })
      strict.seek(place, 2)
      assert.deepEqual(valuesOf(await read(strict, 1)), ['c'])
      await strict.close()
    })

    test('goes on in a topic that was made anew under its name', async () => {
      const topic = await fixture.createTopic('anew')
      await fixture.produce(topic, ['a', 'b', 'c'])
      const consumer = fixture.consumerOf()
      consumer.assign([{ topic, partition: 0 }])
      assert.deepEqual(valuesOf(await read(consumer, 3)), ['a', 'b', 'c'])
      await fixture.withAdmin(async (admin) => {
        await admin.deleteTopics([topic])
        await until(
          () => false,
          async () => {
            await admin.createTopics([{ name: topic, partitions: 1 }])
            return true
          },
        )
      })
      // The position was 3: what lies before it in the new topic was left out where it had come that far already.
      await fixture.produce(topic, ['d', 'e', 'f', 'g'])
      assert.deepEqual(valuesOf(await read(consumer, 4)), ['d', 'e', 'f', 'g'])
      await consumer.close()
    })

    test('ends a wait by wake-up and by signal', async () => {
      const topic = await fixture.createTopic('wake')
      const consumer = fixture.consumerOf()
      consumer.assign([{ topic, partition: 0 }])
      const waiting = consumer.poll(60_000)
      await assert.rejects(consumer.poll(0), /Another poll/)
      consumer.wakeup()
      assert.deepEqual(await waiting, [])
      const controller = new AbortController()
      const aborted = consumer.poll(60_000, { signal: controller.signal })
      controller.abort(new Error('enough'))
      await assert.rejects(aborted, /enough/)
      const closing = consumer.poll(60_000)
      await consumer.close()
      assert.deepEqual(await closing, [])
    })

    test('iterates until it is closed', async () => {
      const topic = await fixture.createTopic('iterate')
      await fixture.produce(topic, ['a', 'b'])
      const consumer = fixture.consumerOf()
      consumer.assign([{ topic, partition: 0 }])
      const values: string[] = []
      for await (const batch of consumer) {
        values.push(...valuesOf([...eachRecord([batch])]))
        if (values.length >= 2) await consumer.close()
      }
      assert.deepEqual(values, ['a', 'b'])
    })

    test('sees of transactions what was committed', async (context) => {
      const topic = await fixture.createTopic('transactions')
      const place = { topic, partition: 0 }
      const cluster = newCluster({ bootstrapServers: fixture.bootstrapServers() })
      context.after(() => cluster.close())
      const [one, two] = [
        new PlainTransaction(cluster, fixture.nameOf('one')),
        new PlainTransaction(cluster, fixture.nameOf('two')),
      ]
      // The same producer aborts twice in one response, with another's data in between.
      await one.begin()
      await one.write(topic, 0, ['a1', 'a2'])
      await one.end('abort')
      await two.begin()
      await two.write(topic, 0, ['b1'])
      await one.begin()
      await one.write(topic, 0, ['a3'])
      await two.write(topic, 0, ['b2'])
      await one.end('abort')
      await fixture.produce(topic, ['plain'])
      await two.end('commit')
      await one.begin()
      await one.write(topic, 0, ['a4'])
      await one.end('commit')
      const committed = fixture.consumerOf({ isolationLevel: 'read_committed' })
      committed.assign([place])
      assert.deepEqual(valuesOf(await read(committed, 4)), ['b1', 'b2', 'plain', 'a4'])
      const all = fixture.consumerOf()
      all.assign([place])
      assert.deepEqual(valuesOf(await read(all, 7)), ['a1', 'a2', 'b1', 'a3', 'b2', 'plain', 'a4'])
      // Positions go past markers and what was aborted.
      const end = (await all.endOffsets([place])).get(`${topic}-0`) ?? -1
      await until(
        () => false,
        async () => {
          await committed.poll(20)
          return (await committed.position(place)) === end
        },
      )
      // Nothing is seen, and the end does not move, while a transaction is open.
      await two.begin()
      await two.write(topic, 0, ['open'])
      await fixture.produce(topic, ['behind'])
      assert.deepEqual(await committed.poll(200), [])
      assert.equal((await committed.endOffsets([place])).get(`${topic}-0`), end)
      await two.end('abort')
      assert.deepEqual(valuesOf(await read(committed, 1)), ['behind'])
      // Small responses: an abort marker comes in a later one than what it ends.
      const small = fixture.consumerOf({
        isolationLevel: 'read_committed',
        maxPartitionFetchBytes: 1,
        fetchMaxBytes: 1,
      })
      small.assign([place])
      assert.deepEqual(valuesOf(await read(small, 5)), ['b1', 'b2', 'plain', 'a4', 'behind'])
      await Promise.all([committed.close(), all.close(), small.close()])
    })
  })
}
