import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog, systemEnvironment } from '@streamwright/std'
import { readConsumerSettings } from '../../src/consumer/consumer-settings.ts'
import { HeartbeatFields } from '../../src/consumer/group/heartbeat-fields.ts'

const id = 'M2WCk1rfdlHaVdlGueJ56g'
const settings = readConsumerSettings(
  {
    bootstrapServers: 'localhost:9092',
    groupId: 'g',
    groupProtocol: 'consumer',
    groupRemoteAssignor: 'range',
    clientRack: 'r1',
    maxPollIntervalMs: 7_000,
  },
  { ...systemEnvironment, log: silentLog },
)

test('a heartbeat says everything at first and after a failure, else what has changed', () => {
  const fields = new HeartbeatFields(settings)
  const names = { topics: ['a'], pattern: undefined }
  const full = {
    instanceId: null,
    rackId: 'r1',
    rebalanceTimeoutMs: 7_000,
    serverAssignor: 'range',
    subscribedTopicNames: ['a'],
  }
  assert.deepEqual(fields.next(names, new Map())(1), { ...full, topicPartitions: [] })
  assert.deepEqual(fields.next(names, new Map())(1), { instanceId: null })
  const owned = new Map([[id, [0, 2]]])
  const topicPartitions = [{ topicId: id, partitions: [0, 2] }]
  assert.deepEqual(fields.next(names, owned)(1), { instanceId: null, topicPartitions })
  assert.deepEqual(fields.next(names, new Map([[id, [0, 2]]]))(1), { instanceId: null })
  fields.forget()
  assert.deepEqual(fields.next(names, owned)(1), { ...full, topicPartitions })
})

test('a pattern takes the place of names, and an empty one ends it; old versions have none', () => {
  const fields = new HeartbeatFields(settings)
  fields.next({ topics: ['a'], pattern: undefined }, new Map())
  const toPattern = fields.next({ topics: [], pattern: 'a.*' }, new Map())
  assert.deepEqual(toPattern(1), { instanceId: null, subscribedTopicNames: [], subscribedTopicRegex: 'a.*' })
  const toNames = fields.next({ topics: ['b'], pattern: undefined }, new Map())
  assert.deepEqual(toNames(1), { instanceId: null, subscribedTopicNames: ['b'], subscribedTopicRegex: '' })
  assert.deepEqual(toNames(0), { instanceId: null, subscribedTopicNames: ['b'] })
})

test('settings of the other protocol are refused', () => {
  const config = { bootstrapServers: 'localhost:9092', groupId: 'g' }
  const refused = (more: object, message: RegExp): void => {
    const environment = { ...systemEnvironment, log: silentLog }
    assert.throws(() => readConsumerSettings({ ...config, ...more }, environment), message)
  }
  refused({ groupProtocol: 'consumer', sessionTimeoutMs: 1_000 }, /session\.timeout\.ms cannot be set/)
  refused({ 'group.protocol': 'CONSUMER', 'heartbeat.interval.ms': '100' }, /heartbeat\.interval\.ms cannot be set/)
  refused({ groupProtocol: 'consumer', partitionAssignmentStrategy: 'range' }, /partition\.assignment\.strategy/)
  refused({ groupRemoteAssignor: 'uniform' }, /group\.remote\.assignor cannot be set with group\.protocol=classic/)
})
