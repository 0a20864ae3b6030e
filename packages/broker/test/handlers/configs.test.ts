import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { alterConfigs } from '@streamwright/protocol/messages/alter-configs'
import { createTopics } from '@streamwright/protocol/messages/create-topics'
import type { DescribeConfigsResponseResult } from '@streamwright/protocol/messages/describe-configs'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { produce } from '@streamwright/protocol/messages/produce'
import { present } from '@streamwright/std'
import { batchOf } from '../log/batches.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

const topicType = 2
const brokerType = 4
const [set, remove, append, subtract] = [0, 1, 2, 3]

async function describe(
  client: ProtocolClient,
  resourceType: number,
  resourceName: string,
  configurationKeys: readonly string[] | null = null,
): Promise<DescribeConfigsResponseResult> {
  const { results } = await client.send(describeConfigs, 4, {
    resources: [{ resourceType, resourceName, configurationKeys }],
    includeSynonyms: true,
  })
  return present(results[0], 'Each resource is answered')
}

async function alter(
  client: ProtocolClient,
  changes: readonly (readonly [string, number, string | null])[],
  options: { type?: number; name?: string; validateOnly?: boolean } = {},
): Promise<number> {
  const { type = topicType, name = 'topic', validateOnly = false } = options
  const configs = changes.map(([key, configOperation, value]) => ({ name: key, configOperation, value }))
  const { responses } = await client.send(incrementalAlterConfigs, 1, {
    resources: [{ resourceType: type, resourceName: name, configs }],
    validateOnly,
  })
  return present(responses[0], 'Each resource is answered').errorCode
}

async function valueOf(client: ProtocolClient, name: string): Promise<readonly unknown[]> {
  const { configs } = await describe(client, topicType, 'topic', [name])
  const config = present(configs[0], 'The configuration exists')
  return [config.value, config.configSource]
}

async function setUp(context: Parameters<typeof testBroker>[0], settings: Record<string, unknown> = {}) {
  const { client } = await testBroker(context, { settings })
  await client.send(createTopics, 7, { topics: [{ name: 'topic', numPartitions: 1, replicationFactor: 1 }] })
  return client
}

test('configurations are described with type, origin and what would hold without it', async (context) => {
  const client = await setUp(context, { 'log.retention.hours': 2 })
  const all = await describe(client, topicType, 'topic')
  assert.deepEqual([all.errorCode, all.errorMessage, all.configs.length], [0, '', 33])
  const { configs } = await describe(client, topicType, 'topic', ['cleanup.policy', 'retention.ms', 'no.such'])
  assert.deepEqual(configs, [
    {
      name: 'cleanup.policy',
      value: 'delete',
      readOnly: false,
      configSource: 5,
      isSensitive: false,
      synonyms: [{ name: 'log.cleanup.policy', value: 'delete', source: 5 }],
      configType: 7,
      documentation: null,
    },
    {
      name: 'retention.ms',
      value: '7200000',
      readOnly: false,
      // Java says so, too: the first of the broker's names for it has no value.
      configSource: 5,
      isSensitive: false,
      synonyms: [],
      configType: 5,
      documentation: null,
    },
  ])
})

test('resources that do not exist, or are not described, say so', async (context) => {
  const client = await setUp(context)
  const errorOf = async (type: number, name: string): Promise<number> => (await describe(client, type, name)).errorCode
  assert.equal(await errorOf(topicType, 'none'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await errorOf(topicType, 'bad name'), ErrorCode.INVALID_TOPIC_EXCEPTION)
  assert.equal(await errorOf(brokerType, '99'), ErrorCode.INVALID_REQUEST)
  assert.equal(await errorOf(brokerType, 'abc'), ErrorCode.INVALID_REQUEST)
  assert.equal(await errorOf(1, 'x'), ErrorCode.INVALID_REQUEST)
  assert.deepEqual([await errorOf(16, 'none'), await errorOf(32, 'none'), await errorOf(8, '1')], [0, 0, 0])
})

test("a broker's configurations are described; secrets are not shown", async (context) => {
  const client = await setUp(context, { 'ssl.key.password': 'secret', 'num.io.threads': '9' })
  const { configs } = await describe(client, brokerType, '1')
  assert.ok(configs.length > 300)
  const ofName = (name: string) =>
    present(
      configs.find((config) => config.name === name),
      name,
    )
  assert.deepEqual([ofName('num.io.threads').value, ofName('num.io.threads').configSource], ['9', 4])
  assert.deepEqual([ofName('node.id').value, ofName('node.id').readOnly], ['1', true])
  const secret = ofName('ssl.key.password')
  assert.deepEqual([secret.value, secret.isSensitive, secret.synonyms[0]?.value], [null, true, null])
  const forAll = await describe(client, brokerType, '')
  assert.deepEqual(
    forAll.configs.map(({ name, value, configSource }) => [name, value, configSource]),
    [['min.insync.replicas', '1', 3]],
  )
})

test('configurations are set, removed, appended to and subtracted from', async (context) => {
  const client = await setUp(context)
  assert.equal(await alter(client, [['retention.ms', set, '777']]), 0)
  assert.deepEqual(await valueOf(client, 'retention.ms'), ['777', 1])
  assert.equal(await alter(client, [['retention.ms', remove, null]]), 0)
  assert.deepEqual(await valueOf(client, 'retention.ms'), ['604800000', 5])
  assert.equal(await alter(client, [['cleanup.policy', append, 'compact']]), 0)
  assert.deepEqual(await valueOf(client, 'cleanup.policy'), ['delete,compact', 1])
  assert.equal(await alter(client, [['cleanup.policy', append, 'compact']]), 0)
  assert.equal(await alter(client, [['cleanup.policy', subtract, 'delete']]), 0)
  assert.deepEqual(await valueOf(client, 'cleanup.policy'), ['compact', 1])
  assert.equal(await alter(client, [['retention.ms', set, '1']], { validateOnly: true }), 0)
  assert.deepEqual(await valueOf(client, 'retention.ms'), ['604800000', 5])
  assert.equal(await alter(client, []), 0)
})

test('changes that make no sense are refused, and change nothing', async (context) => {
  const client = await setUp(context)
  const cases: readonly (readonly [Parameters<typeof alter>[1], number, Parameters<typeof alter>[2]?])[] = [
    [[['no.such', set, '1']], ErrorCode.INVALID_CONFIG],
    [[['retention.ms', set, 'soon']], ErrorCode.INVALID_CONFIG],
    [[['retention.ms', set, null]], ErrorCode.INVALID_REQUEST],
    [[['retention.ms', append, '1']], ErrorCode.INVALID_CONFIG],
    [[['retention.ms', 9, '1']], ErrorCode.UNKNOWN_SERVER_ERROR],
    [[['cleanup.policy', set, 'bogus']], ErrorCode.INVALID_CONFIG],
    [
      [
        ['segment.ms', set, '5'],
        ['retention.ms', set, 'soon'],
      ],
      ErrorCode.INVALID_CONFIG,
    ],
    [
      [
        ['retention.ms', set, '1'],
        ['retention.ms', remove, null],
      ],
      ErrorCode.INVALID_REQUEST,
    ],
    [[['retention.ms', set, '1']], ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, { name: 'none' }],
    [[['broker.id', set, '7']], ErrorCode.INVALID_REQUEST, { type: brokerType, name: '1' }],
    [[['log.cleaner.threads', set, '1']], ErrorCode.INVALID_REQUEST, { type: brokerType, name: '99' }],
    [[['log.cleaner.threads', set, 'many']], ErrorCode.INVALID_REQUEST, { type: brokerType, name: '1' }],
    [[['a', set, '1']], ErrorCode.INVALID_REQUEST, { type: 1, name: 'x' }],
  ]
  for (const [changes, errorCode, options] of cases) assert.equal(await alter(client, changes, options), errorCode)
  assert.deepEqual(await valueOf(client, 'segment.ms'), ['604800000', 5])
  const resource = { resourceType: topicType, resourceName: 'topic', configs: [] }
  const twice = await client.send(incrementalAlterConfigs, 1, { resources: [resource, resource] })
  assert.deepEqual(
    twice.responses.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST],
  )
})

test('the older AlterConfigs replaces the whole set', async (context) => {
  const client = await setUp(context)
  await alter(client, [['retention.ms', set, '5']])
  const replace = async (name: string, value: string | null): Promise<number | undefined> => {
    const { responses } = await client.send(alterConfigs, 2, {
      resources: [{ resourceType: topicType, resourceName: 'topic', configs: [{ name, value }] }],
    })
    return responses[0]?.errorCode
  }
  assert.equal(await replace('segment.ms', '100000'), 0)
  assert.deepEqual(await valueOf(client, 'retention.ms'), ['604800000', 5])
  assert.deepEqual(await valueOf(client, 'segment.ms'), ['100000', 1])
  assert.equal(await replace('no.such', '1'), ErrorCode.INVALID_CONFIG)
  assert.equal(await replace('segment.ms', null), ErrorCode.INVALID_REQUEST)
})

test("a broker's dynamic configuration is the default of topics, and a topic's own goes before it", async (context) => {
  const client = await setUp(context, { 'message.max.bytes': 2000 })
  const accepted = async (size: number): Promise<boolean> => {
    const { responses } = await client.send(produce, 9, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: 'topic', partitionData: [{ index: 0, records: batchOf({ values: ['x'.repeat(size)] }) }] }],
    })
    return responses[0]?.partitionResponses[0]?.errorCode === 0
  }
  assert.deepEqual(await valueOf(client, 'max.message.bytes'), ['2000', 4])
  assert.deepEqual([await accepted(1000), await accepted(3000)], [true, false])
  assert.equal(await alter(client, [['message.max.bytes', set, '4000']], { type: brokerType, name: '' }), 0)
  assert.deepEqual(await valueOf(client, 'max.message.bytes'), ['4000', 3])
  assert.equal(await accepted(3000), true)
  assert.equal(await alter(client, [['message.max.bytes', set, '5000']], { type: brokerType, name: '1' }), 0)
  assert.deepEqual(await valueOf(client, 'max.message.bytes'), ['5000', 2])
  assert.equal(await alter(client, [['max.message.bytes', set, '300']]), 0)
  assert.equal(await accepted(1000), false)
  const { configs } = await describe(client, topicType, 'topic', ['max.message.bytes'])
  assert.deepEqual(
    configs[0]?.synonyms.map(({ name, value, source }) => [name, value, source]),
    [
      ['max.message.bytes', '300', 1],
      ['message.max.bytes', '5000', 2],
      ['message.max.bytes', '4000', 3],
      ['message.max.bytes', '2000', 4],
      ['message.max.bytes', '1048588', 5],
    ],
  )
})
