import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { eachRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import type { GroupProtocol } from '../support/consumer-fixture.ts'
import { ConsumerFixture, read, until, valuesOf } from '../support/consumer-fixture.ts'
import { eventually } from '../support/eventually.ts'

/** Loops that end early, listeners that close, topics that go away: by either protocol, with any broker. */
export function consumerLifeSuite(bootstrapServers: () => string, groupProtocol: GroupProtocol): void {
  describe(`the life of a consumer by the ${groupProtocol} protocol`, { timeout: 120_000 }, () => {
    const fixture = new ConsumerFixture(bootstrapServers, groupProtocol)

    /** A topic with one batch for each list of values. */
    async function topicWith(name: string, batches: readonly (readonly string[])[]): Promise<string> {
      const topic = await fixture.createTopic(name)
      for (const values of batches) await fixture.produce(topic, values)
      return topic
    }

    // All that had come was taken from the buffer at once, and committed, though the loop had seen a part of it.
    test('a loop that ends early commits what it was given, and the next one goes on behind that', async () => {
      const topic = await topicWith('early', [['a'], ['b'], ['c', 'd']])
      const groupId = fixture.nameOf('early')
      const config = { groupId, enableAutoCommit: true }
      const first = fixture.consumerOf(config)
      first.subscribe([topic])
      for await (const batch of first) {
        assert.deepEqual(valuesOf([...eachRecord([batch])]), ['a'])
        break
      }
      const values: string[] = []
      for await (const batch of first) {
        values.push(...valuesOf([...eachRecord([batch])]))
        break
      }
      assert.deepEqual(values, ['b'])
      await first.close()
      const second = fixture.consumerOf(config)
      second.subscribe([topic])
      assert.deepEqual(valuesOf(await read(second, 2)), ['c', 'd'])
      await second.close()
    })

    // Polls waited for it in silence, for ever.
    test('a topic whose name cannot be one is told by polls, which go on with another', async () => {
      const topic = await topicWith('sound', [['a']])
      const consumer = fixture.consumerOf({ groupId: fixture.nameOf('sound') })
      consumer.subscribe(['no topic!'])
      await assert.rejects(
        read(consumer, 1),
        (error: Error) =>
          'code' in error && error.code === 'INVALID_TOPIC_EXCEPTION' && /no topic!/.test(error.message),
      )
      consumer.subscribe([topic])
      assert.deepEqual(valuesOf(await read(consumer, 1)), ['a'])
      await consumer.close()
    })

    test('a loop over records that ends within a batch goes on within it, and so does the group', async () => {
      const topic = await topicWith('records', [
        ['a', 'b', 'c'],
        ['d', 'e'],
      ])
      const place = { topic, partition: 0 }
      const config = { groupId: fixture.nameOf('records'), enableAutoCommit: true }
      const first = fixture.consumerOf(config)
      first.subscribe([topic])
      const values: string[] = []
      for await (const { value } of first.records()) {
        values.push(String(value))
        if (values.length === 1) {
          await first.commit()
          assert.equal((await first.committed([place])).get(`${topic}-0`)?.offset, 1)
        }
        if (values.length === 2) break
      }
      for await (const { value } of first.records()) {
        values.push(String(value))
        if (values.length === 4) break
      }
      assert.deepEqual(values, ['a', 'b', 'c', 'd'])
      await first.close()
      const second = fixture.consumerOf(config)
      second.subscribe([topic])
      assert.deepEqual(valuesOf(await read(second, 1)), ['e'])
      await second.close()
    })

    test('a signal ends a loop that waits, and one that does not', async () => {
      const topic = await topicWith('signal', [['a', 'b']])
      const consumer = fixture.consumerOf({ groupId: fixture.nameOf('signal') })
      consumer.subscribe([topic])
      for (const endsAt of [1, 2]) {
        const controller = new AbortController()
        const seen: string[] = []
        const loop = async (): Promise<void> => {
          for await (const { value } of consumer.records({ signal: controller.signal })) {
            seen.push(String(value))
            if (seen.length === endsAt) controller.abort(new Error('enough'))
          }
        }
        await assert.rejects(loop(), /enough/)
        await consumer.seekToBeginning()
      }
      await consumer.close()
    })

    test('a sought position counts in a loop over records', async () => {
      const topic = await topicWith('sought', [['a', 'b', 'c']])
      const consumer = fixture.consumerOf({ groupId: fixture.nameOf('sought') })
      consumer.subscribe([topic])
      const values: string[] = []
      for await (const { value } of consumer.records()) {
        values.push(String(value))
        // What is at hand of the batch is handed out all the same.
        if (values.length === 1) consumer.seek({ topic, partition: 0 }, 2)
        if (values.length === 4) break
      }
      assert.deepEqual(values, ['a', 'b', 'c', 'c'])
      await consumer.close()
    })

    // It waited for the poll that waited for the listener, until the thirty seconds of close were over.
    test('a listener may close the consumer, and wait for it', async () => {
      const topic = await topicWith('close', [['a']])
      for (const method of ['onPartitionsAssigned', 'onPartitionsRevoked'] as const) {
        const consumer = fixture.consumerOf({ groupId: fixture.nameOf(method) })
        let calls = 0
        consumer.subscribe([topic], {
          async [method]() {
            calls += 1
            await assert.rejects(consumer.unsubscribe(), { message: /closed|cannot unsubscribe/ })
            await consumer.close()
          },
        })
        await until(
          () => consumer.assignment().length > 0 || calls > 0,
          () => consumer.poll(20).catch(() => {}),
        )
        await consumer.close()
        assert.equal(calls, 1)
        await assert.rejects(consumer.poll(0), { code: 'CLIENT_CLOSED' })
      }
    })

    // A handler of SIGTERM does not wait for close: what a listener threw then ended the process.
    test('a listener that fails while the consumer is closed is heard by who waits for it, and harms nobody else', async () => {
      const topic = await topicWith('failing', [['a']])
      const consumer = fixture.consumerOf({ groupId: fixture.nameOf('failing') })
      consumer.subscribe([topic], {
        onPartitionsRevoked() {
          throw new Error('not now')
        },
      })
      await read(consumer, 1)
      void consumer.close()
      for await (const batch of consumer) assert.fail(`a batch of ${batch.topic}`)
      await assert.rejects(consumer.close(), /not now/)
    })

    test('nothing can be asked of a consumer that is closed', async () => {
      const topic = await topicWith('closed', [['a']])
      const place = { topic, partition: 0 }
      const consumer = fixture.consumerOf({ groupId: fixture.nameOf('closed') })
      consumer.subscribe([topic])
      await read(consumer, 1)
      await consumer.close()
      const closed = { name: 'ClientClosedError' }
      for (const call of [
        () => consumer.poll(0),
        () => consumer.commit(),
        () => consumer.commit([{ ...place, offset: 1 }]),
        () => consumer.committed([place]),
        () => consumer.position(place),
        () => consumer.endOffsets([place]),
        () => consumer.unsubscribe(),
        () => consumer.partitionsFor(topic),
      ])
        await assert.rejects(call(), closed)
      assert.throws(() => consumer.seek(place, 0), closed)
      assert.throws(() => consumer.pause([place]), closed)
      assert.throws(() => consumer.subscribe([topic]), closed)
      for await (const batch of consumer) assert.fail(`a batch of ${batch.topic}`)
    })

    // The commit before the rebalance was tried again and again, for thirty seconds in which no poll returned.
    test('a topic that is deleted holds nobody up, and is read from its beginning when it is made anew', async () => {
      const topic = await topicWith('anew', [['a', 'b']])
      const groupId = fixture.nameOf('anew')
      const config = { groupId, enableAutoCommit: true, metadataMaxAgeMs: 200, allowAutoCreateTopics: false }
      const consumer = fixture.consumerOf(config)
      consumer.subscribe([topic])
      await read(consumer, 2)
      await fixture.withAdmin(async (admin) => {
        await admin.deleteTopics([topic])
        await until(
          () => consumer.assignment().length === 0,
          () => consumer.poll(50),
        )
        await eventually(async () => {
          await admin.createTopics([{ name: topic, partitions: 2 }])
        })
      })
      await fixture.produce(topic, ['c', 'd', 'e'])
      await fixture.produce(topic, ['f'], { partition: 1 })
      assert.deepEqual(valuesOf(await read(consumer, 4)).toSorted(), ['c', 'd', 'e', 'f'])
      await consumer.close()
    })
  })
}
