import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { silentLog, environmentWith } from '@streamwright/std'
import { consoleConsumer } from '../src/console/console-consumer.ts'
import { consoleProducer } from '../src/console/console-producer.ts'
import { streamsApplicationReset } from '../src/reset/streams-application-reset.ts'
import { topicsTool } from '../src/topics/topics-tool.ts'
import { zookeeperTool } from '../src/commands/zookeeper.ts'
import { runCli } from './run-cli.ts'

describe('tools', () => {
  let broker: Broker
  let server: string[] = []

  before(async () => {
    broker = await startBroker({ port: 0, inMemory: true, environment: environmentWith({ log: silentLog }) })
    server = ['--bootstrap-server', broker.bootstrapServers]
  })
  after(() => broker.close())

  const topics = (...argv: string[]): ReturnType<typeof runCli> => runCli(topicsTool, [...server, ...argv])
  const produce = (input: string, ...argv: string[]): ReturnType<typeof runCli> =>
    runCli(consoleProducer, [...server, ...argv], input)
  const consume = (...argv: string[]): ReturnType<typeof runCli> =>
    runCli(consoleConsumer, [...server, '--from-beginning', '--timeout-ms', '5000', ...argv])

  test('a topic is created, described, grown and deleted with the words of Kafka', async () => {
    assert.deepEqual(
      await topics('--create', '--topic', 'a', '--partitions', '2', '--config', 'cleanup.policy=compact'),
      { status: 0, out: 'Created topic a.\n', error: '' },
    )
    assert.equal(
      (await topics('--create', '--topic', 'a')).out,
      "Error while executing topic command : Topic 'a' already exists.\n",
    )
    assert.equal((await topics('--create', '--topic', 'a', '--if-not-exists')).status, 0)
    const described = await topics('--describe', '--topic', 'a')
    assert.match(
      described.out,
      /^Topic: a\tTopicId: [\w-]{22}\tPartitionCount: 2\tReplicationFactor: 1\tConfigs: .*cleanup\.policy=compact.*\n/,
    )
    assert.match(described.out, /\n\tTopic: a\tPartition: 1\tLeader: 1\tReplicas: 1\tIsr: 1\tElr: \tLastKnownElr: \n$/)
    assert.equal((await topics('--alter', '--topic', 'a', '--partitions', '3')).status, 0)
    assert.match(
      (await topics('--alter', '--topic', 'a', '--partitions', '2')).out,
      /currently has 3 partition\(s\); 2 would not be an increase/,
    )
    assert.equal((await topics('--delete', '--topic', 'a')).status, 0)
    assert.deepEqual(await topics('--describe', '--topic', 'a'), {
      status: 1,
      out: "Error while executing topic command : Topic 'a' does not exist as expected\n",
      error: '',
    })
    assert.equal((await topics('--list', '--exclude-internal')).out.includes('a\n'), false)
  })

  test('a wrong command line names what is wrong, shows the options, and ends with 1', async () => {
    const missing = await topics('--create')
    assert.equal(missing.status, 1)
    assert.match(missing.error, /^Missing required argument "\[topic\]"\nOption /)
    assert.match((await topics('--list', '--frobnicate')).error, /^frobnicate is not a recognized option\n/)
    assert.match(
      (await topics('--list', '--unavailable-partitions')).error,
      /^Option "\[unavailable-partitions\]" can't be used with option "\[list\]"/,
    )
    assert.match((await runCli(topicsTool, ['--help'])).error, /--bootstrap-server <servers>/)
    assert.equal((await runCli(topicsTool, ['--version'])).out, '4.3.0\n')
    assert.match(
      (await topics('--create', '--topic', 'a b')).out,
      /Topic name is invalid: 'a b' contains one or more characters/,
    )
  })

  test('lines become records, with keys, headers and nulls', async () => {
    assert.deepEqual(await produce('one\ntwo\r\n', '--topic', 'lines'), { status: 0, out: '', error: '' })
    assert.equal((await consume('--topic', 'lines', '--max-messages', '2')).out, 'one\ntwo\n')
    const reader = ['parse.key=true', 'parse.headers=true', 'key.separator=:', 'null.marker=NULL'].flatMap((pair) => [
      '--reader-property',
      pair,
    ])
    await produce('h1:a,h2:\tk:v\nNULL\tNULL:NULL\n', '--topic', 'keyed', ...reader)
    const formatter = ['print.key=true', 'print.headers=true', 'print.offset=true', 'print.partition=true'].flatMap(
      (pair) => ['--formatter-property', pair],
    )
    assert.equal(
      (await consume('--topic', 'keyed', '--max-messages', '2', ...formatter)).out,
      'Partition:0\tOffset:0\th1:a,h2:\tk\tv\nPartition:0\tOffset:1\tNO_HEADERS\tnull\tnull\n',
    )
    const failed = await produce(
      'a:1\nnokey\n',
      '--topic',
      'keyed',
      '--reader-property',
      'parse.key=true',
      '--reader-property',
      'key.separator=:',
    )
    assert.deepEqual([failed.status, failed.error], [1, "No key separator found on line number 2: 'nokey'\n"])
  })

  test('what older texts write is taken, with a word on what it is called now', async () => {
    const produced = await runCli(consoleProducer, ['--broker-list', broker.bootstrapServers, '--topic', 'old'], 'x\n')
    assert.deepEqual(
      [produced.status, produced.error],
      [0, 'Option --broker-list is called --bootstrap-server now; it is taken as such.\n'],
    )
    const consumed = await consume(
      '--topic',
      'old',
      '--max-messages',
      '1',
      '--formatter',
      'kafka.tools.DefaultMessageFormatter',
      '--property',
      'print.key=true',
    )
    assert.equal(
      consumed.out,
      'Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.\nnull\tx\n',
    )
    assert.match(
      consumed.error,
      /^kafka.tools.DefaultMessageFormatter is called org\.apache\.kafka\.tools\.consumer\.DefaultMessageFormatter now/,
    )
    assert.match(consumed.error, /Processed a total of 1 messages\n$/)
  })

  test('one partition is read from an offset', async () => {
    await produce('0\n1\n2\n', '--topic', 'placed')
    const read = await runCli(consoleConsumer, [
      ...server,
      '--topic',
      'placed',
      '--partition',
      '0',
      '--offset',
      '1',
      '--max-messages',
      '2',
      '--timeout-ms',
      '5000',
    ])
    assert.equal(read.out, '1\n2\n')
    assert.match(
      (await runCli(consoleConsumer, [...server, '--topic', 'placed', '--offset', '1'])).error,
      /The partition is required when offset is specified/,
    )
  })

  test('resetting an unknown application says what it found', async () => {
    const reset = await runCli(streamsApplicationReset, [...server, '--application-id', 'nobody'])
    assert.deepEqual(reset, {
      status: 0,
      out: 'No input or intermediate topics specified. Skipping seek.\nDeleting inferred internal topics []\nDone.\n',
      error: '',
    })
    assert.match(
      (await runCli(streamsApplicationReset, server)).error,
      /^Missing required option\(s\) \[application-id\]/,
    )
  })

  test('a reset moves the offsets of inputs and deletes internal topics', async () => {
    await produce('0\n1\n2\n', '--topic', 'wc-input')
    for (const suffix of ['changelog', 'repartition'])
      await topics('--create', '--topic', `wc-KSTREAM-AGGREGATE-STATE-STORE-0000000003-${suffix}`)
    const reset = await runCli(streamsApplicationReset, [
      ...server,
      '--application-id',
      'wc',
      '--input-topics',
      'wc-input',
      '--to-offset',
      '50',
    ])
    assert.deepEqual(reset.out.split('\n'), [
      'Reset-offsets for input topics [wc-input]',
      'Following input topics offsets will be reset to (for consumer group wc)',
      'New offset (50) is higher than latest offset. Value will be set to 3',
      'Topic: wc-input Partition: 0 Offset: 3',
      'Done.',
      'Deleting inferred internal topics [wc-KSTREAM-AGGREGATE-STATE-STORE-0000000003-changelog, wc-KSTREAM-AGGREGATE-STATE-STORE-0000000003-repartition]',
      'Done.',
      '',
    ])
    assert.equal((await topics('--list')).out.includes('wc-KSTREAM'), false)
  })

  test('ZooKeeper is not needed', async () => {
    const { status, out } = await runCli(zookeeperTool, ['-daemon', 'config/zookeeper.properties'])
    assert.deepEqual([status, out.split('\n').length], [0, 2])
  })
})
