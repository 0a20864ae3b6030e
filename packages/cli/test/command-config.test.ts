import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Broker } from '@streamwright/broker'
import { startBroker } from '@streamwright/broker'
import { environmentWith, silentLog } from '@streamwright/std'
import { aclsTool } from '../src/acls/acls-tool.ts'
import { apiVersionsTool } from '../src/cluster/api-versions-tool.ts'
import { clusterTool } from '../src/cluster/cluster-tool.ts'
import { featuresTool } from '../src/cluster/features-tool.ts'
import { leaderElectionTool } from '../src/cluster/leader-election-tool.ts'
import { logDirsTool } from '../src/cluster/log-dirs-tool.ts'
import { metadataQuorumTool } from '../src/cluster/metadata-quorum-tool.ts'
import type { Tool } from '../src/command-line/tool.ts'
import { clientMetricsTool } from '../src/configs/client-metrics-tool.ts'
import { configsTool } from '../src/configs/configs-tool.ts'
import { consoleConsumer } from '../src/console/console-consumer.ts'
import { consoleProducer } from '../src/console/console-producer.ts'
import { consumerGroupsTool } from '../src/consumer-groups/consumer-groups-tool.ts'
import { groupsTool } from '../src/groups/groups-tool.ts'
import { getOffsetsTool } from '../src/offsets/get-offsets-tool.ts'
import { reassignTool } from '../src/reassign/reassign-tool.ts'
import { streamsApplicationReset } from '../src/reset/streams-application-reset.ts'
import { topicsTool } from '../src/topics/topics-tool.ts'
import { transactionsTool } from '../src/transactions/transactions-tool.ts'
import { verifiableConsumer } from '../src/verifiable/verifiable-consumer.ts'
import { verifiableProducer } from '../src/verifiable/verifiable-producer.ts'
import { runCli } from './run-cli.ts'

const certificate = (name: string): string =>
  new URL(`../../broker/test/security/certificates/${name}`, import.meta.url).pathname

/** Each tool, with the least that it does at a broker. The order counts: the first ones make what others look at. */
const calls: readonly {
  readonly name: string
  readonly tool: Tool
  readonly argv: readonly string[]
  readonly input?: string
  readonly shows: RegExp
}[] = [
  { name: 'topics', tool: topicsTool, argv: ['--create', '--topic', 't'], shows: /Created topic t/ },
  { name: 'console-producer', tool: consoleProducer, argv: ['--topic', 't'], input: 'hello\n', shows: /^>*$/ },
  {
    name: 'console-consumer',
    tool: consoleConsumer,
    argv: ['--topic', 't', '--from-beginning', '--max-messages', '1', '--group', 'g'],
    shows: /hello/,
  },
  {
    name: 'verifiable-producer',
    tool: verifiableProducer,
    argv: ['--topic', 't', '--max-messages', '2'],
    shows: /"acked":2/,
  },
  {
    name: 'verifiable-consumer',
    tool: verifiableConsumer,
    argv: ['--topic', 't', '--group-id', 'v', '--max-messages', '1', '--reset-policy', 'earliest'],
    shows: /records_consumed/,
  },
  { name: 'get-offsets', tool: getOffsetsTool, argv: ['--topic', 't'], shows: /t:0:3/ },
  { name: 'consumer-groups', tool: consumerGroupsTool, argv: ['--list'], shows: /^g$/m },
  { name: 'groups', tool: groupsTool, argv: ['--list'], shows: /g +Classic/ },
  { name: 'configs', tool: configsTool, argv: ['--describe', '--topic', 't'], shows: /configs for topic t/ },
  { name: 'client-metrics', tool: clientMetricsTool, argv: ['--list'], shows: /^\n$/ },
  {
    name: 'acls',
    tool: aclsTool,
    argv: ['--add', '--allow-principal', 'User:bob', '--operation', 'Read', '--topic', 't'],
    shows: /User:bob/,
  },
  { name: 'cluster', tool: clusterTool, argv: ['cluster-id'], shows: /Cluster ID: / },
  { name: 'features', tool: featuresTool, argv: ['describe'], shows: /metadata.version/ },
  { name: 'metadata-quorum', tool: metadataQuorumTool, argv: ['describe', '--status'], shows: /LeaderId/ },
  { name: 'broker-api-versions', tool: apiVersionsTool, argv: [], shows: /Produce\(0\)/ },
  { name: 'log-dirs', tool: logDirsTool, argv: ['--describe'], shows: /"logDirs"/ },
  {
    name: 'leader-election',
    tool: leaderElectionTool,
    argv: ['--election-type', 'preferred', '--all-topic-partitions'],
    shows: /^$/,
  },
  { name: 'reassign-partitions', tool: reassignTool, argv: ['--list'], shows: /No partition reassignments/ },
  { name: 'transactions', tool: transactionsTool, argv: ['list'], shows: /TransactionalId/ },
  {
    name: 'streams-application-reset',
    tool: streamsApplicationReset,
    argv: ['--application-id', 'a', '--input-topics', 't', '--dry-run'],
    shows: /t/,
  },
]

// Java's files, for a listener that lets in nobody without TLS and a password.
describe('--command-config', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-command-config-'))
  let broker: Broker

  const properties = (name: string, password: string): string => {
    const path = join(folder, name)
    const lines = [
      '# as for Java',
      'security.protocol=SASL_SSL',
      'ssl.truststore.type=PEM',
      `ssl.truststore.location=${certificate('ca.pem')}`,
      'sasl.mechanism=SCRAM-SHA-512',
      'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\',
      `  username="alice" password="${password}";`,
      'default.api.timeout.ms=5000',
      'request.timeout.ms=4000',
    ]
    writeFileSync(path, lines.join('\n'))
    return path
  }
  const run = ({ name, tool, argv, input }: (typeof calls)[number], file: string): ReturnType<typeof runCli> => {
    const common = ['--bootstrap-server', broker.bootstrapServers, '--command-config', file]
    // Its command goes first.
    return runCli(tool, name === 'cluster' ? [...argv, ...common] : [...common, ...argv], input)
  }

  before(async () => {
    broker = await startBroker({
      inMemory: true,
      environment: environmentWith({ log: silentLog }),
      settings: {
        listeners: 'SASL_SSL://127.0.0.1:0',
        'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
        'ssl.keystore.location': certificate('server.pem'),
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': 'User:alice',
      },
      authentication: { scram: [{ name: 'alice', password: 'secret', mechanism: 'SCRAM-SHA-512' }] },
    })
  })
  after(async () => {
    await broker.close()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const call of calls)
    test(`lets kafka-${call.name} in`, async () => {
      const { status, out, error } = await run(call, properties('right', 'secret'))
      assert.equal(status, 0, `${out}${error}`)
      assert.match(out, call.shows)
    })

  test('with a wrong password is refused in words, by tools of every kind', async () => {
    const wrong = properties('wrong', 'wrong')
    for (const call of calls.filter(({ name }) => !/^(console-consumer|verifiable|console-producer)/.test(name))) {
      const { status, out, error } = await run(call, wrong)
      // Java's tool for consumer groups says what went wrong, and ends well.
      if (call.name !== 'consumer-groups') assert.notEqual(status, 0, call.name)
      assert.match(`${out}${error}`, /SCRAM-SHA-512/, call.name)
    }
  })

  test('that is missing where it is needed ends in an error that names security.protocol', async () => {
    const plain = join(folder, 'plain')
    writeFileSync(plain, 'default.api.timeout.ms=300\nrequest.timeout.ms=200\n')
    const [topics] = calls
    assert.ok(topics !== undefined)
    const { status, out, error } = await run(topics, plain)
    assert.notEqual(status, 0)
    assert.match(`${out}${error}`, /security.protocol/)
  })
})
