import assert from 'node:assert/strict'
import test from 'node:test'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { createLog, present } from '@streamwright/std'
import { brokerConfigDocumentation, topicConfigDocumentation } from '../../src/config/config-documentation.ts'
import { topicConfigs } from '../../src/config/topic-configs.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

const [topic, broker, logger, metrics, group] = [2, 4, 8, 16, 32]
const [set, remove, append] = [0, 1, 2]

type ChangeRow = readonly [string, string | null, number?]

/** `0`, or the error's number with its text. */
async function alter(
  client: ProtocolClient,
  resourceType: number,
  resourceName: string,
  changes: readonly ChangeRow[],
) {
  const configs = changes.map(([name, value, configOperation = set]) => ({ name, value, configOperation }))
  const { responses } = await client.send(incrementalAlterConfigs, 1, {
    resources: [{ resourceType, resourceName, configs }],
  })
  const { errorCode, errorMessage } = present(responses[0], 'Each resource is answered')
  return errorCode === 0 ? 0 : `${errorCode} ${errorMessage}`
}

async function describe(
  client: ProtocolClient,
  resourceType: number,
  resourceName: string,
  includeDocumentation = false,
) {
  const { results } = await client.send(describeConfigs, 4, {
    resources: [{ resourceType, resourceName }],
    includeSynonyms: true,
    includeDocumentation,
  })
  const { errorCode, errorMessage, configs } = present(results[0], 'Each resource is answered')
  return errorCode === 0 ? configs : `${errorCode} ${errorMessage}`
}

async function valueOf(client: ProtocolClient, resourceType: number, resourceName: string, name: string) {
  const configs = await describe(client, resourceType, resourceName)
  assert.ok(typeof configs !== 'string')
  const { value, configSource, synonyms } = present(
    configs.find((config) => config.name === name),
    name,
  )
  return [value, configSource, ...synonyms.map((synonym) => `${synonym.source}:${synonym.name}=${synonym.value}`)]
}

test('groups have configurations of their own before those of the broker', async (context) => {
  const { client } = await testBroker(context, { settings: { 'group.consumer.heartbeat.interval.ms': 6000 } })
  const name = 'consumer.session.timeout.ms'
  assert.deepEqual(await valueOf(client, group, 'g', name), ['45000', 5, `5:group.${name}=45000`])
  assert.equal(await alter(client, group, 'g', [[name, '50000']]), 0)
  assert.deepEqual(await valueOf(client, group, 'g', name), ['50000', 8, `8:${name}=50000`, `5:group.${name}=45000`])
  assert.deepEqual(await valueOf(client, group, 'other', name), ['45000', 5, `5:group.${name}=45000`])
  assert.deepEqual((await valueOf(client, group, 'g', 'consumer.heartbeat.interval.ms')).slice(0, 2), ['6000', 4])
  assert.equal(await alter(client, group, 'g', [[name, null, remove]]), 0)
  assert.deepEqual((await valueOf(client, group, 'g', name)).slice(0, 2), ['45000', 5])
  assert.deepEqual((await describe(client, group, 'g')).length, 17)
  assert.equal(await describe(client, group, ''), '42 Group name must not be empty')
})

test('subscriptions to client metrics are kept, and described without what would hold otherwise', async (context) => {
  const { client } = await testBroker(context)
  assert.deepEqual(await valueOf(client, metrics, 'm', 'interval.ms'), ['300000', 5])
  assert.equal(await alter(client, metrics, 'm', [['match', 'client_id=a.*,client_software_name=b']]), 0)
  assert.deepEqual((await valueOf(client, metrics, 'm', 'match')).slice(1, 2), [7])
  assert.equal(await describe(client, metrics, ''), '42 Client metrics subscription name must not be empty')
})

test("the log's level is changed while the broker runs", async (context) => {
  const lines: string[] = []
  const log = createLog({ level: 'warn', write: (line) => lines.push(line) })
  const { client } = await testBroker(context, {}, fakeEnvironment({ log }))
  const level = async () => (await valueOf(client, logger, '1', 'root'))[0]
  assert.equal(await level(), 'WARN')
  log.info('unheard')
  assert.equal(await alter(client, logger, '1', [['root', 'TRACE']]), 0)
  log.child({ of: 'a part' }).debug('heard')
  assert.deepEqual([await level(), lines.length], ['TRACE', 1])
})

test('changes are refused in the words of Apache Kafka', async (context) => {
  const { client } = await testBroker(context)
  const cases: readonly (readonly [number, string, readonly ChangeRow[], string | 0])[] = [
    [group, 'g', [['no.such', '1']], '40 Unknown group config name: no.such'],
    [
      group,
      'g',
      [['consumer.session.timeout.ms', '1']],
      '40 consumer.session.timeout.ms must be greater than or equal to group.consumer.min.session.timeout.ms',
    ],
    [
      group,
      'g',
      [['share.partition.max.record.locks', '1000000']],
      '40 share.partition.max.record.locks must be less than or equal to group.share.max.partition.max.record.locks',
    ],
    [
      group,
      'g',
      [['streams.num.standby.replicas', '3']],
      '40 streams.num.standby.replicas must be less than or equal to group.streams.max.standby.replicas',
    ],
    [group, 'g', [['share.auto.offset.reset', 'by_duration:PT1H']], 0],
    [
      group,
      'g',
      [['share.auto.offset.reset', 'x']],
      "40 Invalid value x for configuration share.auto.offset.reset: Invalid value `x` for configuration share.auto.offset.reset. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.",
    ],
    [
      group,
      'g',
      [['consumer.session.timeout.ms', '1', append]],
      "40 Can't APPEND to key consumer.session.timeout.ms because its type is not LIST.",
    ],
    [group, '', [['consumer.session.timeout.ms', '50000']], '42 Default group resources are not allowed.'],
    [
      metrics,
      'm',
      [['interval.ms', '1']],
      '42 Invalid value 1 for interval.ms, interval must be between 100 and 3600000 (1 hour)',
    ],
    [metrics, 'm', [['nope', '1']], '42 Unknown client metrics configuration: nope'],
    [metrics, 'm', [['match', 'client_id=(']], '40 Illegal client matching pattern: client_id=('],
    // RE2 looks neither ahead nor back: what it takes, it matches in linear time.
    [metrics, 'm', [['match', 'client_id=(?!a)b']], '40 Illegal client matching pattern: client_id=(?!a)b'],
    [metrics, '', [['metrics', 'a']], "42 Subscription name can't be empty"],
    [
      logger,
      '1',
      [['root', 'LOUD']],
      '40 Cannot set the log level of root to LOUD as it is not a supported log level. Valid log levels are DEBUG, ERROR, FATAL, INFO, TRACE, WARN',
    ],
    [logger, '1', [['root', null, remove]], '42 Removing the log level of the root logger is not allowed'],
    [logger, '1', [['nope', 'INFO']], '40 Logger nope does not exist!'],
    [logger, '2', [['root', 'INFO']], '42 Unexpected node id. Expected 1, but received 2'],
    [topic, '', [['retention.ms', '1']], '42 Default topic resources are not allowed.'],
    [
      broker,
      '',
      [['listeners', 'PLAINTEXT://:1']],
      '42 Cannot update these configs at default cluster level, broker id must be specified: [listeners]',
    ],
    [
      broker,
      '',
      [['ssl.keystore.password', 'x']],
      '42 These security configs can be dynamically updated only per-listener using the listener prefix: [ssl.keystore.password]',
    ],
    [
      broker,
      '1',
      [['log.cleaner.threads', '1', append]],
      '40 Config value append is not allowed for config key: log.cleaner.threads',
    ],
    [
      broker,
      '1',
      [['num.io.threads', '1']],
      '42 Invalid value org.apache.kafka.common.config.ConfigException: Dynamic thread count update validation failed for num.io.threads=1, value should be at least half the current value 8 for configuration Invalid dynamic configuration',
    ],
    [
      broker,
      '1',
      [['min.insync.replicas', '1']],
      '40 Broker-level min.insync.replicas cannot be altered while ELR is enabled.',
    ],
    [
      broker,
      '',
      [['min.insync.replicas', null, remove]],
      '40 Cluster-level min.insync.replicas cannot be removed while ELR is enabled.',
    ],
    [
      broker,
      '1',
      [['cordoned.log.dirs', '/x']],
      '42 requirement failed: All entries in cordoned.log.dirs must be present in log.dirs or log.dir. Missing entries : /x',
    ],
  ]
  for (const [type, name, changes, expected] of cases) {
    // oxlint-disable-next-line no-await-in-loop
    assert.equal(await alter(client, type, name, changes), expected)
  }
})

test('every configuration has its documentation, for those who ask', async (context) => {
  const { client } = await testBroker(context)
  for (const [type, name] of [
    [broker, '1'],
    [group, 'g'],
    [metrics, 'm'],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop
    const [told, untold] = [await describe(client, type, name, true), await describe(client, type, name)]
    assert.ok(typeof told !== 'string' && typeof untold !== 'string')
    assert.deepEqual(
      told.filter(({ documentation }) => (documentation ?? '') === '').map((config) => config.name),
      [],
    )
    assert.ok(untold.every(({ documentation }) => documentation === null))
  }
  for (const name of topicConfigs.keys())
    if (name !== 'internal.segment.bytes') assert.ok(topicConfigDocumentation(name))
  assert.match(brokerConfigDocumentation('log.retention.ms'), /Default of the topic configuration retention.ms/)
})
