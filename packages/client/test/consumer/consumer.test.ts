import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Consumer, NoOffsetError, Producer, eachRecord } from '@streamwright/client'
import { ConfigurationError, environmentWith, silentLog } from '@streamwright/std'

const environment = environmentWith({ log: silentLog })

describe('consumer', () => {
  let broker: Broker
  let bootstrapServers = ''
  before(async () => {
    broker = await startBroker({ port: 0, inMemory: true, environment })
    bootstrapServers = broker.bootstrapServers
  })
  after(() => broker.close())

  async function produce(topic: string, values: readonly string[]): Promise<void> {
    const producer = new Producer({ bootstrapServers }, environment)
    await producer.send(values.map((value) => ({ topic, value })))
    await producer.close()
  }

  async function take(consumer: Consumer, count: number): Promise<string[]> {
    const values: string[] = []
    while (values.length < count)
      for (const { value } of eachRecord(await consumer.poll(100))) values.push(value?.toString() ?? '')
    return values
  }

  test('begins where the reset policy says, and where the group has committed', async () => {
    await produce('reset', ['a', 'b'])
    const group = { bootstrapServers, groupId: 'reset', enableAutoCommit: false, autoOffsetReset: 'earliest' } as const
    const first = new Consumer(group, environment)
    first.subscribe(['reset'])
    assert.deepEqual(await take(first, 2), ['a', 'b'])
    await first.commit([{ topic: 'reset', partition: 0, offset: 1 }])
    await first.close()
    const second = new Consumer(group, environment)
    second.subscribe(['reset'])
    assert.deepEqual(await take(second, 1), ['b'])
    await second.close()
    const strict = new Consumer(
      { bootstrapServers, groupId: 'nothing-committed', autoOffsetReset: 'none' },
      environment,
    )
    strict.subscribe(['reset'])
    await assert.rejects(take(strict, 1), NoOffsetError)
    await strict.close()
  })

  test('an offset that has left the log falls back to the reset policy', async () => {
    await produce('shortened', ['a', 'b', 'c'])
    const admin = new Admin({ bootstrapServers }, environment)
    await admin.deleteRecords([{ topic: 'shortened', partition: 0, offset: 2 }])
    await admin.close()
    const consumer = new Consumer(
      { bootstrapServers, autoOffsetReset: 'earliest', enableAutoCommit: false },
      environment,
    )
    const place = { topic: 'shortened', partition: 0 }
    consumer.assign([place])
    consumer.seek(place, 0)
    assert.deepEqual(await take(consumer, 1), ['c'])
    await consumer.close()
  })

  test('a position inside a batch skips what lies before it', async () => {
    await produce('inside', ['0', '1', '2', '3'])
    const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false }, environment)
    const place = { topic: 'inside', partition: 0 }
    consumer.assign([place])
    consumer.seek(place, 2)
    assert.deepEqual(await take(consumer, 2), ['2', '3'])
    assert.equal(await consumer.position(place), 4)
    await consumer.close()
  })

  test('a paused partition keeps its data; a seek drops it', async () => {
    await produce('paused', ['0', '1'])
    const consumer = new Consumer({ bootstrapServers, enableAutoCommit: false }, environment)
    const place = { topic: 'paused', partition: 0 }
    consumer.assign([place])
    consumer.seek(place, 0)
    consumer.pause([place])
    assert.deepEqual(await consumer.poll(50), [])
    assert.deepEqual(consumer.paused(), [place])
    consumer.resume([place])
    assert.deepEqual(await take(consumer, 2), ['0', '1'])
    consumer.seek(place, 1)
    assert.deepEqual(await take(consumer, 1), ['1'])
    await consumer.close()
  })

  for (const strategy of ['range', 'roundrobin', 'sticky', 'cooperative-sticky']) {
    test(`two members share partitions by ${strategy}, and no partition is owned twice`, async () => {
      const topic = `shared-${strategy}`
      const admin = new Admin({ bootstrapServers }, environment)
      await admin.createTopics([{ name: topic, partitions: 4, replicationFactor: 1 }])
      await admin.close()
      const owners = new Map<number, number>()
      const join = (member: number): Consumer => {
        const consumer = new Consumer(
          {
            bootstrapServers,
            groupId: topic,
            partitionAssignmentStrategy: strategy,
            heartbeatIntervalMs: 20,
            sessionTimeoutMs: 6000,
          },
          environment,
        )
        consumer.subscribe([topic], {
          onPartitionsAssigned: (partitions) => {
            for (const { partition } of partitions) {
              assert.ok(
                !owners.has(partition),
                `partition ${partition} goes to ${member} while ${owners.get(partition)} has it`,
              )
              owners.set(partition, member)
            }
          },
          onPartitionsRevoked: (partitions) => {
            for (const { partition } of partitions) owners.delete(partition)
          },
        })
        return consumer
      }
      const members = [join(0), join(1)]
      const sizes = (): string => members.map((member) => member.assignment().length).join()
      while (sizes() !== '2,2') await Promise.all(members.map((member) => member.poll(20)))
      await members[0]?.close()
      while (members[1]?.assignment().length !== 4) await members[1]?.poll(20)
      await members[1].close()
      assert.equal(owners.size, 0)
    })
  }

  test('a pattern finds topics, internal ones aside', async () => {
    await produce('pattern-a', ['a'])
    await produce('pattern-b', ['b'])
    const consumer = new Consumer({ bootstrapServers, groupId: 'pattern', autoOffsetReset: 'earliest' }, environment)
    consumer.subscribe(/^pattern-.*$|^__/)
    assert.deepEqual((await take(consumer, 2)).toSorted(), ['a', 'b'])
    await consumer.close()
  })

  test('what cannot be is refused at once', async () => {
    assert.throws(() => new Consumer({ bootstrapServers, heartbeatIntervalMs: 50_000 }), ConfigurationError)
    assert.throws(
      () => new Consumer({ bootstrapServers, partitionAssignmentStrategy: 'alphabetical' }),
      /Unknown assignor alphabetical/,
    )
    assert.throws(
      () => new Consumer({ bootstrapServers, autoOffsetReset: 'yesterday' }),
      /auto.offset.reset: it must be/,
    )
    const consumer = new Consumer({ bootstrapServers }, environment)
    assert.throws(() => consumer.subscribe(['a']), /subscribe needs a group.id/)
    await assert.rejects(consumer.poll(0), /reads nothing yet/)
    await consumer.close()
    await assert.rejects(consumer.poll(0), /closed/)
  })
})
