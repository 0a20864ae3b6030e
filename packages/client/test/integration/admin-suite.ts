import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { systemRandom } from '@streamwright/std'
import { AdminError } from '../../src/admin/admin-error.ts'
import { Admin } from '../../src/admin/admin.ts'
import { Producer } from '../../src/producer/producer.ts'
import { eventually } from '../support/eventually.ts'
import { quietEnvironment } from '../support/test-broker.ts'

/** What an admin client must do with any broker that speaks Kafka's protocol. */
export function adminSuite(bootstrapServers: () => string): void {
  const run = systemRandom.bytes(4).toString('hex')
  const nameOf = (name: string): string => `admin-suite-${run}-${name}`
  let admin: Admin

  async function write(topic: string, timestamps: readonly number[]): Promise<void> {
    const producer = new Producer({ bootstrapServers: bootstrapServers() }, quietEnvironment)
    await producer.send(timestamps.map((timestamp) => ({ topic, partition: 0, value: 'x', timestamp })))
    await producer.close()
  }

  describe('an admin client', () => {
    before(() => {
      admin = new Admin({ bootstrapServers: bootstrapServers() }, quietEnvironment)
    })
    after(async () => {
      const topics = (await admin.listTopics()).map(({ name }) => name).filter((name) => name.includes(run))
      if (topics.length > 0) await admin.deleteTopics(topics)
      await admin.close()
    })

    test('creates, lists, describes and deletes topics', async () => {
      const name = nameOf('topics')
      const created = await admin.createTopics([{ name, partitions: 3, replicationFactor: 1 }])
      assert.equal(created.get(name)?.partitions, 3)
      await eventually(async () => {
        const listed = (await admin.listTopics()).find((topic) => topic.name === name)
        assert.equal(listed?.topicId, created.get(name)?.topicId)
        const partitions = (await admin.describeTopics([name])).get(name)?.partitions ?? []
        assert.deepEqual(
          partitions.map(({ partition }) => partition),
          [0, 1, 2],
        )
        assert.equal(partitions[0]?.isr.length, 1)
      })
      await admin.deleteTopics([name])
      await eventually(() => assert.rejects(admin.describeTopics([name]), { code: 'UNKNOWN_TOPIC_OR_PARTITION' }))
    })

    // Apache Kafka answers with an empty message here, and that was all that the error said.
    test('says in words that there is no such topic to describe the settings of', async () => {
      const described = admin.describeConfigs([{ type: 'topic', name: nameOf('missing') }])
      await assert.rejects(described, { code: 'UNKNOWN_TOPIC_OR_PARTITION', message: /missing: \w+/ })
    })

    test('tells for each topic what failed', async () => {
      const [old, fresh] = [nameOf('old'), nameOf('fresh')]
      await admin.createTopics([{ name: old, partitions: 1 }])
      await assert.rejects(
        admin.createTopics([
          { name: old, partitions: 1 },
          { name: fresh, partitions: 1 },
        ]),
        (error: unknown) => {
          assert.ok(error instanceof AdminError)
          assert.equal(error.code, 'TOPIC_ALREADY_EXISTS')
          assert.deepEqual([...error.errors.keys()], [old])
          assert.deepEqual([...error.results.keys()], [fresh])
          return true
        },
      )
      await assert.rejects(admin.createTopics([{ name: 'no spaces', partitions: 1 }]), {
        code: 'INVALID_TOPIC_EXCEPTION',
      })
      await assert.rejects(admin.deleteTopics([nameOf('never')]), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
    })

    test('checks without doing', async () => {
      await admin.createTopics([{ name: nameOf('dry'), partitions: 1 }], { validateOnly: true })
      await assert.rejects(admin.describeTopics([nameOf('dry')]), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
    })

    test('gives a topic more partitions, never fewer', async () => {
      const name = nameOf('grow')
      await admin.createTopics([{ name, partitions: 1 }])
      await admin.createPartitions({ [name]: { count: 4 } })
      await eventually(async () => assert.equal((await admin.describeTopics([name])).get(name)?.partitions.length, 4))
      await assert.rejects(admin.createPartitions({ [name]: { count: 2 } }), { code: 'INVALID_PARTITIONS' })
    })

    test('reads and changes settings', async () => {
      const name = nameOf('configs')
      const resource = { type: 'topic', name } as const
      await admin.createTopics([{ name, partitions: 1, config: { 'cleanup.policy': 'compact' } }])
      await admin.incrementalAlterConfigs([
        { ...resource, set: { 'retention.ms': '1000' }, append: { 'cleanup.policy': 'delete' } },
      ])
      const options = { names: ['cleanup.policy', 'retention.ms', 'segment.bytes'] }
      await eventually(async () => {
        const entries = (await admin.describeConfigs([resource], options)).get(`topic:${name}`) ?? []
        const values = Object.fromEntries(entries.map((entry) => [entry.name, [entry.value, entry.source]]))
        assert.deepEqual(values, {
          'cleanup.policy': ['compact,delete', 'DYNAMIC_TOPIC_CONFIG'],
          'retention.ms': ['1000', 'DYNAMIC_TOPIC_CONFIG'],
          'segment.bytes': ['1073741824', 'DEFAULT_CONFIG'],
        })
      })
      await admin.incrementalAlterConfigs([{ ...resource, delete: ['retention.ms'] }])
      await eventually(async () => {
        const described = await admin.describeConfigs([resource], { names: ['retention.ms'] })
        assert.equal(described.get(`topic:${name}`)?.[0]?.isDefault, true)
      })
      await assert.rejects(admin.incrementalAlterConfigs([{ ...resource, set: { 'retention.ms': 'soon' } }]), {
        code: 'INVALID_CONFIG',
      })
    })

    test('finds offsets by place and time, and deletes records', async () => {
      const topic = nameOf('offsets')
      await admin.createTopics([{ name: topic, partitions: 2 }])
      await write(topic, [1_000, 3_000, 2_000, 4_000])
      const offsetAt = async (
        timestamp: number | 'earliest' | 'latest' | 'maxTimestamp',
      ): Promise<number | undefined> =>
        (await admin.listOffsets([{ topic, partition: 0, timestamp }])).get(`${topic}-0`)?.offset
      assert.equal(await offsetAt('earliest'), 0)
      assert.equal(await offsetAt('latest'), 4)
      assert.equal(await offsetAt('maxTimestamp'), 3)
      assert.equal(await offsetAt(1_500), 1)
      assert.equal(await offsetAt(9_000), -1)
      const deleted = await admin.deleteRecords([{ topic, partition: 0, offset: 2 }])
      assert.equal(deleted.get(`${topic}-0`)?.lowWatermark, 2)
      assert.equal(await offsetAt('earliest'), 2)
      await assert.rejects(admin.deleteRecords([{ topic, partition: 0, offset: 50 }]), { code: 'OFFSET_OUT_OF_RANGE' })
    })

    test('sets, reads and forgets the offsets of a group', async () => {
      const [topic, group] = [nameOf('group-topic'), nameOf('group')]
      await admin.createTopics([{ name: topic, partitions: 2 }])
      await admin.alterGroupOffsets(group, [
        { topic, partition: 0, offset: 5, metadata: 'note' },
        { topic, partition: 1, offset: 7 },
      ])
      const offsets = await admin.listGroupOffsets(group)
      assert.deepEqual(offsets.get(`${topic}-0`), { topic, partition: 0, offset: 5, metadata: 'note', leaderEpoch: -1 })
      assert.equal(offsets.size, 2)
      assert.ok((await admin.listGroups()).some(({ groupId, state }) => groupId === group && state === 'Empty'))
      assert.equal((await admin.describeGroups([group])).get(group)?.state, 'Empty')
      await admin.deleteGroupOffsets(group, [{ topic, partition: 0 }])
      assert.deepEqual([...(await admin.listGroupOffsets(group)).keys()], [`${topic}-1`])
      await admin.deleteGroups([group])
      assert.equal((await admin.listGroupOffsets(group)).size, 0)
      assert.equal((await admin.describeGroups([group])).get(group)?.state, 'Dead')
      await assert.rejects(admin.deleteGroups([group]), { code: 'GROUP_ID_NOT_FOUND' })
    })

    test('describes the cluster', async () => {
      const cluster = await admin.describeCluster()
      assert.equal(cluster.brokers.length, bootstrapServers().split(',').length)
      assert.equal(cluster.clusterId?.length, 22)
    })
  })
}
