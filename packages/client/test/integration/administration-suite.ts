import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { present, systemRandom } from '@streamwright/std'
import { Admin } from '../../src/admin/admin.ts'
import { eventually } from '../support/eventually.ts'
import { quietEnvironment } from '../support/test-broker.ts'

/** What an admin client must do with a cluster of one broker, as far as it is about the cluster itself. */
export function administrationSuite(bootstrapServers: () => string): void {
  const run = systemRandom.bytes(4).toString('hex')
  const topic = `administration-suite-${run}`
  let admin: Admin
  let broker: number

  describe('an admin client looks after a cluster', () => {
    before(async () => {
      admin = new Admin({ bootstrapServers: bootstrapServers() }, quietEnvironment)
      await admin.createTopics([{ name: topic, partitions: 2, replicationFactor: 1 }])
      const { brokers } = await admin.describeCluster({ includeFencedBrokers: true })
      assert.ok(brokers.length > 0 && brokers.every(({ isFenced }) => !isFenced))
      await eventually(async () => {
        const [first] = (await admin.describeTopics([topic])).get(topic)?.partitions ?? []
        broker = present(first?.leader ?? undefined, 'The topic has partitions')
        assert.ok(broker >= 0)
      })
    })
    after(async () => {
      await admin.deleteTopics([topic])
      await admin.close()
    })

    test('tells where logs are', async () => {
      await eventually(async () => {
        const [directory] = (await admin.describeLogDirs([broker])).get(broker) ?? []
        const own = directory?.replicas.filter((replica) => replica.topic === topic) ?? []
        assert.ok(own.some(({ partition }) => partition === 0))
      })
      const replicas = await admin.describeReplicaLogDirs([
        { topic, partition: 0, broker },
        { topic, partition: 9, broker },
      ])
      const logDir = replicas.get(`${topic}-0-${broker}`)?.currentLogDir
      assert.ok(logDir)
      assert.equal(replicas.get(`${topic}-9-${broker}`)?.currentLogDir, null)
      await admin.alterReplicaLogDirs([{ topic, partition: 0, broker, logDir }])
      const elsewhere = { topic, partition: 0, broker, logDir: '/no/such/directory' }
      await assert.rejects(admin.alterReplicaLogDirs([elsewhere]), { code: 'LOG_DIR_NOT_FOUND' })
    })

    test('elects leaders where it is needed', async () => {
      const outcomes = await admin.electLeaders('preferred', [
        { topic, partition: 0 },
        { topic, partition: 7 },
      ])
      assert.equal(outcomes.get(`${topic}-0`)?.errorCode, ErrorCode.ELECTION_NOT_NEEDED)
      assert.equal(outcomes.get(`${topic}-7`)?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
      assert.deepEqual([...(await admin.electLeaders('unclean', 'all'))], [])
    })

    test('moves partitions, and refuses to move them to nowhere', async () => {
      await admin.alterPartitionReassignments([{ topic, partition: 0, replicas: [broker] }])
      assert.deepEqual([...(await admin.listPartitionReassignments())], [])
      assert.deepEqual([...(await admin.listPartitionReassignments([{ topic, partition: 0 }]))], [])
      const move = (replicas: number[] | null) => admin.alterPartitionReassignments([{ topic, partition: 0, replicas }])
      await assert.rejects(move([broker, 4711]), { code: 'INVALID_REPLICA_ASSIGNMENT' })
      await assert.rejects(move(null), { code: 'NO_REASSIGNMENT_IN_PROGRESS' })
    })

    test('describes the quorum and leaves it as it is', async () => {
      const quorum = await admin.describeMetadataQuorum()
      assert.ok(quorum.voters.some(({ replicaId }) => replicaId === quorum.leaderId))
      assert.ok(quorum.highWatermark > 0)
      const voter = { id: 4711, directoryId: 'AAAAAAAAAAAAAAAAAAAAZg' }
      const endpoints = [{ name: 'CONTROLLER', host: 'localhost', port: 1 }]
      await assert.rejects(admin.addRaftVoter({ ...voter, endpoints }), { code: 'UNSUPPORTED_VERSION' })
      await assert.rejects(admin.removeRaftVoter(voter, { clusterId: 'x' }), { code: 'INCONSISTENT_CLUSTER_ID' })
    })

    test('describes features and checks changes of them', async () => {
      const { finalized, supported, finalizedEpoch } = await admin.describeFeatures()
      const level = finalized.get('metadata.version')
      assert.ok(level !== undefined && level.min === level.max && level.max >= 20)
      assert.deepEqual(supported.get('group.version'), { min: 0, max: 1 })
      assert.ok(finalizedEpoch !== undefined)
      await admin.updateFeatures({ 'group.version': { maxVersionLevel: 1 } }, { validateOnly: true })
      const downgrade = { 'group.version': { maxVersionLevel: 0, upgradeType: 'safeDowngrade' as const } }
      await admin.updateFeatures(downgrade, { validateOnly: true })
      await assert.rejects(admin.updateFeatures({ 'no.such': { maxVersionLevel: 1 } }), {
        code: 'INVALID_UPDATE_VERSION',
      })
      const { apis } = await admin.describeApiVersions({ nodeId: broker })
      assert.deepEqual(apis[0], { apiKey: 0, minVersion: 0, maxVersion: 13 })
    })

    test('lists what has configurations', async () => {
      const name = `${topic}-metrics`
      await admin.incrementalAlterConfigs([{ type: 'clientMetrics', name, set: { 'interval.ms': '1000' } }])
      await eventually(async () => assert.ok((await admin.listClientMetricsResources()).includes(name)))
      const described = await admin.describeConfigs([{ type: 'clientMetrics', name }])
      const interval = described.get(`clientMetrics:${name}`)?.find((entry) => entry.name === 'interval.ms')
      assert.deepEqual([interval?.value, interval?.source], ['1000', 'DYNAMIC_CLIENT_METRICS_CONFIG'])
      const listed = await admin.listConfigResources(['topic', 'broker'])
      assert.ok(listed.some((resource) => resource.type === 'topic' && resource.name === topic))
      assert.ok(listed.some((resource) => resource.type === 'broker' && resource.name === String(broker)))
      await admin.incrementalAlterConfigs([{ type: 'clientMetrics', name, delete: ['interval.ms'] }])
    })

    test('forgets no broker that was never there', async () => {
      await assert.rejects(admin.unregisterBroker(4711), { code: 'BROKER_ID_NOT_REGISTERED' })
    })

    test('counts what it does', () => {
      const counted = admin.metrics().get('Unregistering a broker')
      assert.deepEqual([counted?.operationTotal, counted?.operationFailureTotal], [1, 1])
    })
  })
}
