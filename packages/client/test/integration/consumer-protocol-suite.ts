import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { consumerGroupHeartbeat } from '@streamwright/protocol/messages/consumer-group-heartbeat'
import { memberEpochs } from '../../src/consumer/group/consumer-requests.ts'
import { ConsumerFixture, read, until, valuesOf } from '../support/consumer-fixture.ts'
import { newCluster } from '../support/read-topic.ts'

/** What only members by the consumer protocol (KIP-848) do, on any broker that speaks it. */
export function consumerProtocolSuite(bootstrapServers: () => string): void {
  describe('a member by the consumer protocol', { timeout: 120_000 }, () => {
    const fixture = new ConsumerFixture(bootstrapServers, 'consumer')

    test('reads topics whose names match a pattern at the brokers, and then those of a list', async () => {
      const first = await fixture.createTopic('pattern-1')
      const consumer = fixture.consumerOf({ groupId: fixture.nameOf('pattern') })
      const topics = (): string =>
        consumer
          .assignment()
          .map(({ topic }) => topic)
          .toSorted()
          .join()
      const assigned = (wanted: readonly string[]): Promise<void> =>
        until(
          () => topics() === wanted.join(),
          () => consumer.poll(20),
        )
      consumer.subscribe({ pattern: `${fixture.nameOf('pattern-')}[0-9]` })
      await assigned([first])
      const plain = await fixture.createTopic('plain')
      consumer.subscribe([plain])
      await assigned([plain])
      await consumer.close()
    })

    test('a pattern that is none, and an assignor that the brokers do not have, end in errors that say so', async () => {
      const pattern = fixture.consumerOf({ groupId: fixture.nameOf('wrong-pattern') })
      pattern.subscribe({ pattern: '(' })
      await assert.rejects(
        until(
          () => false,
          () => pattern.poll(20),
        ),
        { code: 'INVALID_REGULAR_EXPRESSION' },
      )
      await pattern.unsubscribe()
      const topic = await fixture.createTopic('after-all')
      pattern.subscribe([topic])
      await until(
        () => pattern.assignment().length === 1,
        () => pattern.poll(20),
      )
      const assignor = fixture.consumerOf({ groupId: fixture.nameOf('assignor'), groupRemoteAssignor: 'mine' })
      assignor.subscribe([topic])
      await assert.rejects(
        until(
          () => false,
          () => assignor.poll(20),
        ),
        { code: 'UNSUPPORTED_ASSIGNOR', message: /group\.remote\.assignor mine/ },
      )
      await Promise.all([pattern.close(), assignor.close()])
    })

    test('a member that is thrown out loses its partitions, joins anew, and goes on at the committed offset', async (context) => {
      const topic = await fixture.createTopic('fenced', 2)
      const groupId = fixture.nameOf('fenced')
      await fixture.produce(topic, ['0', '1'])
      const consumer = fixture.consumerOf({ groupId })
      const events: string[] = []
      const told =
        (what: string) =>
        (places: readonly unknown[]): void =>
          void events.push(`${what} ${places.length}`)
      consumer.subscribe([topic], {
        onPartitionsAssigned: told('assigned'),
        onPartitionsRevoked: told('revoked'),
        onPartitionsLost: told('lost'),
      })
      await read(consumer, 2)
      await consumer.commit()
      const cluster = newCluster({ bootstrapServers: fixture.bootstrapServers() })
      context.after(() => cluster.close())
      const before = consumer.groupMetadata()
      const leaving = { groupId, memberId: before.memberId, memberEpoch: memberEpochs.leave }
      const coordinator = await cluster.coordinator('group', groupId)
      assert.equal((await cluster.send(coordinator, consumerGroupHeartbeat, leaving)).errorCode, 0)
      await until(
        () => events.length >= 3,
        () => consumer.poll(20),
      )
      assert.deepEqual(events, ['assigned 2', 'lost 2', 'assigned 2'])
      assert.equal(consumer.groupMetadata().memberId, before.memberId)
      await fixture.produce(topic, ['2'])
      assert.deepEqual(valuesOf(await read(consumer, 1)), ['2'])
      await consumer.close()
    })

    test('what a listener fails on is tried again by the next poll', async () => {
      const topic = await fixture.createTopic('failing')
      const consumer = fixture.consumerOf({ groupId: fixture.nameOf('failing') })
      let failures = 2
      consumer.subscribe([topic], {
        onPartitionsAssigned: ({ length }) => {
          if (length > 0 && failures-- > 0) throw new Error('not yet')
        },
      })
      const waiting = until(
        () => consumer.assignment().length === 1,
        () => consumer.poll(20),
      )
      await assert.rejects(waiting, /not yet/)
      assert.deepEqual(consumer.assignment(), [])
      await assert.rejects(consumer.poll(20), /not yet/)
      await consumer.poll(20)
      assert.equal(consumer.assignment().length, 1)
      await consumer.close()
    })

    test('a static member that leaves for good gives up its partitions at once', async () => {
      const topic = await fixture.createTopic('for-good', 2)
      const groupId = fixture.nameOf('for-good')
      const join = (groupInstanceId: string): ReturnType<ConsumerFixture['consumerOf']> => {
        const consumer = fixture.consumerOf({ groupId, groupInstanceId })
        consumer.subscribe([topic])
        return consumer
      }
      const [stays, goes] = [join('one'), join('two')]
      await until(
        () => stays.assignment().length === 1 && goes.assignment().length === 1,
        () => Promise.all([stays.poll(20), goes.poll(20)]),
      )
      await goes.close({ leaveGroup: true })
      await until(
        () => stays.assignment().length === 2,
        () => stays.poll(20),
      )
      await stays.close({ leaveGroup: true })
    })
  })
}
