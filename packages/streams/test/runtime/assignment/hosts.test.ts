import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeAssignmentInfo, encodeAssignmentInfo } from '../../../src/runtime/assignment/assignment-info.ts'
import { decodeSubscriptionInfo, encodeSubscriptionInfo } from '../../../src/runtime/assignment/subscription-info.ts'
import { StreamsAssignor } from '../../../src/runtime/assignment/streams-assignor.ts'
import { parseHostInfo } from '../../../src/runtime/host-info.ts'
import { KafkaStreams, StreamsBuilder, serdes } from '../../../src/index.ts'

/** One task, one that stands by, a host of each, as Kafka Streams 4.3 writes them. */
const javaAssignment =
  '0000000b0000000b0000000100000000000000010000000000000001000000010000000200000000000000010005776f72647300000002' +
  '00000001000000000005776f72647300000001000d616c7068612e6578616d706c6500001f900000000100000000000000010000000100' +
  '0c626574612e6578616d706c6500002382000000010000000000000002000000007fffffffffffffff'
const javaSubscription =
  '0000000b0000000b0123456789ab4cde8123456789abcdef00000012616c7068612e6578616d706c653a38303830000000010000000000' +
  '000001fffffffffffffffeffff030000000000000000'

const alpha = { host: { host: 'alpha.example', port: 8080 }, partitions: [{ topic: 'words', partition: 1 }] }
const beta = { host: { host: 'beta.example', port: 9090 }, partitions: [{ topic: 'words', partition: 2 }] }

describe('hosts of instances', () => {
  test('are read from an assignment of Java, past the tasks that stand by', () => {
    const info = decodeAssignmentInfo(Buffer.from(javaAssignment, 'hex'))
    assert.deepEqual(info.activeTasks, [{ subtopology: 0, partition: 1 }])
    assert.deepEqual(info.hosts, { active: [alpha], standby: [beta] })
    assert.deepEqual([info.errorCode, info.nextRebalanceMs], [0, 0x7fff_ffff_ffff_ffffn])
  })

  test('go both ways over the wire, in Java’s bytes', () => {
    const hosts = { active: [alpha], standby: [beta] }
    const bytes = encodeAssignmentInfo([{ subtopology: 0, partition: 1 }], hosts)
    assert.deepEqual(decodeAssignmentInfo(bytes).hosts, hosts)
    // Two versions, one task, and no tasks that stand by, which Java's example has.
    assert.ok(javaAssignment.endsWith(bytes.toString('hex', 28)))
    const subscription = Buffer.from(javaSubscription, 'hex')
    assert.equal(decodeSubscriptionInfo(subscription)?.userEndPoint, 'alpha.example:8080')
    const own = encodeSubscriptionInfo(
      '01234567-89ab-4cde-8123-456789abcdef',
      [{ subtopology: 0, partition: 1 }],
      [],
      3,
      'alpha.example:8080',
    )
    assert.equal(own.toString('hex'), javaSubscription)
  })

  test('are gathered by the leader: the members of one process have one, what is no address has none', async () => {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.string })
    builder.table('words', { store: 'words' })
    const definition = builder.build().define({ applicationId: 'app' })
    const plan = {
      taskCounts: new Map([[0, 3]]),
      sourcePartitions: new Map([['words', 3]]),
      sourceTopics: new Map([[0, ['words']]]),
      internalTopics: [],
    }
    const told: unknown[] = []
    const assignor = new StreamsAssignor({
      definition,
      processId: '01234567-89ab-4cde-8123-456789abcdef',
      preparePartitions: () => Promise.resolve(plan),
      ownTasks: () => ({ running: [], resting: [] }),
      applicationServer: 'alpha.example:8080',
      onHosts: (hosts) => told.push(hosts),
    })
    const member = (userData: Buffer) => ({
      topics: ['words'],
      userData,
      ownedPartitions: [],
      generationId: -1,
      rackId: null,
      groupInstanceId: null,
    })
    const named = member(assignor.subscriptionUserData())
    const nameless = member(encodeSubscriptionInfo('01234567-89ab-4cde-8123-456789abcdee', [], [], 0, 'nonsense'))
    const metadata = { partitionCount: () => 3, racks: () => [] }
    const assigned = await assignor.assign(
      metadata,
      new Map([
        ['a', named],
        ['b', named],
        ['c', nameless],
      ]),
    )
    const mine = assigned.get('a')
    assert.ok(mine !== undefined)
    assignor.onAssignment(mine)
    const both = [...mine.partitions, ...(assigned.get('b')?.partitions ?? [])]
    assert.deepEqual(told, [{ active: [{ host: alpha.host, partitions: both }], standby: [] }])
  })

  test('are told as host:port', () => {
    assert.deepEqual(parseHostInfo('localhost:80'), { host: 'localhost', port: 80 })
    assert.deepEqual(parseHostInfo('[::1]:9092'), { host: '::1', port: 9092 })
    for (const wrong of ['', 'localhost', 'localhost:99999', ':80', 'a b:80'])
      assert.equal(parseHostInfo(wrong), undefined)
    const topology = new StreamsBuilder().build()
    const config = { applicationId: 'app', bootstrapServers: 'localhost:9092', applicationServer: 'localhost' }
    assert.throws(() => new KafkaStreams(topology, config), /application\.server localhost is no address/)
  })
})
