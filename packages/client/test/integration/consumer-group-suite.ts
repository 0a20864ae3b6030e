import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assert as invariant } from '@streamwright/std'
import { Consumer } from '../../src/consumer/consumer.ts'
import type { ConsumerConfig } from '../../src/consumer/consumer-settings.ts'
import { CommitFailedError } from '../../src/consumer/consumer-errors.ts'
import { eachRecord } from '../../src/consumer/fetch/fetched-batch.ts'
import { Producer } from '../../src/producer/producer.ts'
import type { GroupProtocol } from '../support/consumer-fixture.ts'
import { ConsumerFixture, pause, read, until, valuesOf } from '../support/consumer-fixture.ts'
import { quietEnvironment } from '../support/test-broker.ts'

/** What members of a group must do, by either protocol, with any broker that speaks Kafka's protocol. */
export function consumerGroupSuite(bootstrapServers: () => string, groupProtocol: GroupProtocol): void {
  describe(`a member of a group by the ${groupProtocol} protocol`, { timeout: 120_000 }, () => {
    const fixture = new ConsumerFixture(bootstrapServers, groupProtocol)
    const isClassic = groupProtocol === 'classic'
    const strategies = isClassic ? ['range', 'roundrobin', 'sticky', 'cooperative-sticky'] : ['uniform', 'range']
    const byStrategy = (name: string): Partial<ConsumerConfig> =>
      isClassic ? { partitionAssignmentStrategy: name } : { groupRemoteAssignor: name }

    test('commits offsets with metadata, in order, and goes on there', async () => {
      const topic = await fixture.createTopic('commit')
      const place = { topic, partition: 0 }
      const groupId = fixture.nameOf('commit')
      await fixture.produce(topic, ['0', '1', '2', '3'])
      const consumer = fixture.consumerOf({ groupId })
      consumer.subscribe([topic])
      await read(consumer, 4)
      assert.deepEqual(await consumer.committed([place]), new Map())
      const failures: unknown[] = []
      for (let offset = 0; offset <= 3; offset++)
        consumer.commitAsync([{ ...place, offset, metadata: `m${offset}` }], (error) => failures.push(error))
      await consumer.commit([{ ...place, offset: 2, metadata: 'last' }])
      assert.deepEqual(failures, [undefined, undefined, undefined, undefined])
      const committed = (await consumer.committed([place])).get(`${topic}-0`)
      assert.deepEqual([committed?.offset, committed?.metadata], [2, 'last'])
      await consumer.close()
      const next = fixture.consumerOf({ groupId })
      next.subscribe([topic])
      assert.deepEqual(valuesOf(await read(next, 2)), ['2', '3'])
      await next.commit()
      assert.equal((await next.committed([place])).get(`${topic}-0`)?.offset, 4)
      await next.close()
    })

    test('commits by itself: every so often, and before it closes', async () => {
      const topic = await fixture.createTopic('automatic')
      const place = { topic, partition: 0 }
      const groupId = fixture.nameOf('automatic')
      await fixture.produce(topic, ['0', '1'])
      const consumer = fixture.consumerOf({ groupId, enableAutoCommit: true, autoCommitIntervalMs: 20 })
      consumer.subscribe([topic])
      await read(consumer, 2)
      await until(
        () => false,
        async () => {
          await consumer.poll(20)
          return (await consumer.committed([place])).get(`${topic}-0`)?.offset === 2
        },
      )
      await fixture.produce(topic, ['2'])
      const slow = fixture.consumerOf({ groupId, enableAutoCommit: true, autoCommitIntervalMs: 1_000_000 })
      await read(consumer, 1)
      await consumer.close()
      slow.subscribe([topic])
      await fixture.produce(topic, ['3'])
      assert.deepEqual(valuesOf(await read(slow, 1)), ['3'])
      await slow.close()
      const admin = fixture.consumerOf({ groupId })
      assert.equal((await admin.committed([place])).get(`${topic}-0`)?.offset, 4)
      await admin.close()
    })

    test('notices topics and partitions that are made later', async () => {
      const groupId = fixture.nameOf('later')
      const first = await fixture.createTopic('later-1')
      const consumer = fixture.consumerOf({ groupId, metadataMaxAgeMs: 300, allowAutoCreateTopics: false })
      consumer.subscribe(new RegExp(`^${fixture.nameOf('later-')}\\d$`, 'g'))
      const size = (count: number): Promise<void> =>
        until(
          () => consumer.assignment().length === count,
          () => consumer.poll(20),
        )
      await size(1)
      await fixture.createTopic('later-2', 2)
      await size(3)
      await fixture.withAdmin(async (admin) => {
        await admin.createPartitions({ [first]: { count: 3 } })
      })
      await size(5)
      await consumer.unsubscribe()
      assert.deepEqual(consumer.assignment(), [])
      consumer.subscribe([fixture.nameOf('later-3')])
      await consumer.poll(50)
      await fixture.createTopic('later-3')
      await size(1)
      await consumer.close()
    })

    test('a topic is made by asking for it, where brokers allow that', async () => {
      const topic = fixture.nameOf('by-itself')
      const consumer = fixture.consumerOf({ groupId: topic })
      consumer.subscribe([topic])
      await until(
        () => consumer.assignment().length > 0,
        () => consumer.poll(20),
      )
      await consumer.close()
    })

    for (const strategy of strategies) {
      test(`three members share partitions by ${strategy}; none is owned twice, none is read twice`, async () => {
        const topic = await fixture.createTopic(`share-${strategy}`, 6)
        const groupId = fixture.nameOf(`share-${strategy}`)
        const owners = new Owners()
        const members: { consumer: Consumer; stop: () => Promise<void> }[] = []
        const seen: string[] = []
        const join = (name: string): Consumer => {
          const consumer = fixture.consumerOf({ groupId, ...byStrategy(strategy) })
          owners.subscribe(consumer, topic, name)
          const running = { is: true }
          const done = (async () => {
            while (running.is) {
              seen.push(...valuesOf([...eachRecord(await consumer.poll(20))]))
              await commit(consumer)
            }
          })()
          const stop = async (): Promise<void> => {
            running.is = false
            await done
            await consumer.close()
          }
          members.push({ consumer, stop })
          return consumer
        }
        const sizes = (): string =>
          members
            .map(({ consumer }) => consumer.assignment().length)
            .toSorted((left, right) => left - right)
            .join()
        const producer = new Producer({ bootstrapServers: fixture.bootstrapServers() }, quietEnvironment)
        const sent: string[] = []
        const send = async (): Promise<void> => {
          const values = Array.from({ length: 6 }, (_none, partition) => `${sent.length + partition}`)
          sent.push(...values)
          await producer.send(values.map((value, partition) => ({ topic, partition, value })))
        }
        join('a')
        await until(() => sizes() === '6', send)
        join('b')
        join('c')
        await until(() => sizes() === '2,2,2', send)
        await members.shift()?.stop()
        await until(() => sizes() === '3,3', send)
        await send()
        await producer.close()
        await until(() => seen.length >= sent.length, pause)
        for (const { stop } of members) await stop()
        assert.equal(owners.size, 0, owners.history.join('; '))
        assert.deepEqual(
          seen.toSorted((left, right) => Number(left) - Number(right)),
          sent,
        )
      })
    }

    test('keeps what it owns, and reads it, while others join cooperatively', async () => {
      const topic = await fixture.createTopic('cooperative', 4)
      const groupId = fixture.nameOf('cooperative')
      const config = { groupId, ...byStrategy(isClassic ? 'cooperative-sticky' : 'uniform') }
      const owners = new Owners()
      const first = fixture.consumerOf(config)
      owners.subscribe(first, topic, 'first')
      await until(
        () => first.assignment().length === 4,
        () => first.poll(20),
      )
      const second = fixture.consumerOf(config)
      owners.subscribe(second, topic, 'second')
      await until(
        () => first.assignment().length === 2 && second.assignment().length === 2,
        () => Promise.all([first.poll(20), second.poll(20)]),
      )
      // What stays is neither revoked nor assigned anew.
      assert.equal(owners.history.filter((event) => event.startsWith('first -')).length, 1)
      assert.match(owners.history.join('; '), /first \+0,1,2,3;.*first -\d,\d;.*second \+\d,\d/)
      await Promise.all([first.close(), second.close()])
    })

    test('a static member comes back to its partitions without a rebalance', async () => {
      const topic = await fixture.createTopic('static', 4)
      const groupId = fixture.nameOf('static')
      const join = (groupInstanceId: string): Consumer => {
        const consumer = fixture.consumerOf({ groupId, groupInstanceId, sessionTimeoutMs: 30_000 })
        consumer.subscribe([topic])
        return consumer
      }
      const [stays, goes] = [join('one'), join('two')]
      await until(
        () => stays.assignment().length === 2 && goes.assignment().length === 2,
        () => Promise.all([stays.poll(20), goes.poll(20)]),
      )
      const before = goes.assignment()
      const { generationId } = goes.groupMetadata()
      await goes.close()
      const back = join('two')
      await until(
        () => back.assignment().length === 2,
        () => Promise.all([stays.poll(20), back.poll(20)]),
      )
      assert.deepEqual(back.assignment(), before)
      assert.equal(back.groupMetadata().generationId, generationId)
      const twin = join('two')
      await assert.rejects(
        until(
          () => false,
          () => Promise.all([twin.poll(20), back.poll(20)]),
        ),
        // The classic protocol lets the later one in, the other protocol the earlier one stay.
        { code: isClassic ? 'FENCED_INSTANCE_ID' : 'UNRELEASED_INSTANCE_ID' },
      )
      await Promise.all([stays.close({ leaveGroup: true }), back.close(), twin.close({ leaveGroup: true })])
    })

    test('a member that does not poll in time leaves, and its commits are refused', async () => {
      const topic = await fixture.createTopic('silent', 2)
      const groupId = fixture.nameOf('silent')
      const events: string[] = []
      const slow = fixture.consumerOf({ groupId, maxPollIntervalMs: 300 })
      slow.subscribe([topic], { onPartitionsLost: (places) => void events.push(`lost ${places.length}`) })
      await until(
        () => slow.assignment().length === 2,
        () => slow.poll(20),
      )
      const quick = fixture.consumerOf({ groupId })
      quick.subscribe([topic])
      await until(
        () => quick.assignment().length === 2,
        () => quick.poll(20),
      )
      await assert.rejects(slow.commit([{ topic, partition: 0, offset: 0 }]), CommitFailedError)
      assert.equal(slow.assignment().length, 2)
      await until(
        () => slow.assignment().length === 1 && quick.assignment().length === 1,
        () => Promise.all([slow.poll(20), quick.poll(20)]),
      )
      assert.deepEqual(events, ['lost 2'])
      await Promise.all([slow.close(), quick.close()])
    })
  })
}

/** A commit that meets a rebalance is refused: what it would have said is repeated by the next one. */
async function commit(consumer: Consumer): Promise<void> {
  try {
    await consumer.commit()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'REBALANCE_IN_PROGRESS')) throw error
  }
}

/** Who has which partition: a second owner is an error. */
class Owners {
  readonly #owners = new Map<number, string>()
  readonly history: string[] = []

  subscribe(consumer: Consumer, topic: string, name: string): void {
    consumer.subscribe([topic], {
      onPartitionsAssigned: (places) => {
        for (const { partition } of places) {
          invariant(!this.#owners.has(partition), `${partition} goes to ${name} while another has it`)
          this.#owners.set(partition, name)
        }
        this.history.push(`${name} +${places.map(({ partition }) => partition).join()}`)
      },
      onPartitionsRevoked: async (places) => {
        // The others wait for this, and go on where it ends.
        await commit(consumer)
        for (const { partition } of places) this.#owners.delete(partition)
        this.history.push(`${name} -${places.map(({ partition }) => partition).join()}`)
      },
    })
  }

  get size(): number {
    return this.#owners.size
  }
}
