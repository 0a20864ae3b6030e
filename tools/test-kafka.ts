/**
 * `npm run test:kafka`: the same programs against a real Apache Kafka 4.3, which Maven downloads. `--quick` leaves out
 * what continuous integration has no time for. Needs a JDK and Maven, and starts two brokers one after the other.
 */
import assert from 'node:assert/strict'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programs } from '../examples/examples.ts'
import { runProgram } from '../examples/program.ts'
import { promisedOutput } from '../examples/promised-output.ts'
import { stockStatistics } from '../examples/stock-statistics/main.ts'
import { wordCount } from '../examples/word-count/main.ts'
import { startKafkaBroker } from './apache-kafka/broker.ts'
import type { KafkaBroker } from './apache-kafka/broker.ts'
import { installKafka } from './apache-kafka/installation.ts'
import { adminTools } from './kafka-checks/admin-tools/admin-tools.ts'
import { authorizationAlike } from './kafka-checks/authorization/authorization.ts'
import { javaAuthorization } from './kafka-checks/authorization/java-tools.ts'
import { authentication } from './kafka-checks/authentication.ts'
import { CheckList } from './kafka-checks/check-list.ts'
import { answersAlike } from './kafka-checks/differential/answers-alike.ts'
import {
  groupHandover,
  groupOffsetsAndSeek,
  producerOrderAndCodecs,
  topicAdministration,
} from './kafka-checks/client-checks.ts'
import { clientSuites, quickGroups } from './kafka-checks/client-suites.ts'
import { javaConnect } from './kafka-checks/connect/java-connect.ts'
import { JavaProgram, runJavaTool } from './kafka-checks/java-program.ts'
import { brokerSettingsAlike } from './kafka-checks/broker-settings.ts'
import { javaConsumerGroups } from './kafka-checks/java-consumer-groups.ts'
import { javaOnOurBroker } from './kafka-checks/java-on-our-broker.ts'
import { javaLoad } from './kafka-checks/load/java-load.ts'
import { mixedGroup } from './kafka-checks/mixed-group.ts'
import { recordedTools } from './kafka-checks/recorded-tools.ts'
import { matchesRecordedSession } from './kafka-checks/recorded-word-count.ts'
import { takeOver } from './kafka-checks/takeover/takeover.ts'
import {
  createQuickstartTopics,
  feedLines,
  outputTopic,
  readCounts,
  withWordCount,
} from './kafka-checks/word-count-run.ts'

const quick = process.argv.includes('--quick')
const kafka = installKafka()
const javaSources = globSync('**/*.java', { cwd: new URL('./apache-kafka/java/', import.meta.url) })
const classes = kafka.compile(
  'checks',
  javaSources.map((path) => new URL(`./apache-kafka/java/${path}`, import.meta.url).pathname),
)
const list = new CheckList()

async function withBroker(
  run: (broker: KafkaBroker) => Promise<void>,
  features: Readonly<Record<string, number>> = {},
): Promise<void> {
  const broker = await startKafkaBroker(kafka, { features, settings: quickGroups })
  try {
    await run(broker)
  } finally {
    await broker.stop()
  }
}

const javaConsumer = 'org.apache.kafka.tools.consumer.ConsoleConsumer'

await withBroker((broker) => brokerSettingsAlike(list, broker))

await withBroker(async ({ bootstrapServers }) => {
  await list.check("the client's integration tests", () => clientSuites(bootstrapServers))
  await list.check('topics, configurations, partitions', () => topicAdministration(bootstrapServers))
  await list.check('all codecs, in order, idempotent', () => producerOrderAndCodecs(bootstrapServers))
  await list.check('offsets of a group, seek, positions', () => groupOffsetsAndSeek(bootstrapServers))
  await list.check('partitions go from member to member', () => groupHandover(bootstrapServers))
  for (const protocol of ['classic', 'consumer'] as const)
    await list.check(`a group has members of Java and ours, by the ${protocol} protocol`, () =>
      mixedGroup(kafka, bootstrapServers, protocol),
    )
  await list.check('changelog, repartition and output are what Java writes, byte for byte', () =>
    matchesRecordedSession(bootstrapServers, 'cache-0'),
  )
  await list.check("Java's console consumer reads our output", () => {
    const printed = runJavaTool(kafka, javaConsumer, [
      ...['--bootstrap-server', bootstrapServers, '--topic', outputTopic, '--from-beginning', '--max-messages', '11'],
      ...[
        '--formatter-property',
        'print.key=true',
        '--key-deserializer',
        'org.apache.kafka.common.serialization.StringDeserializer',
      ],
      ...['--value-deserializer', 'org.apache.kafka.common.serialization.LongDeserializer', '--timeout-ms', '20000'],
    ])
    assert.deepEqual(printed.trim().split('\n').slice(-11), [
      ...[
        'all\t1',
        'streams\t1',
        'lead\t1',
        'to\t1',
        'kafka\t1',
        'hello\t1',
        'kafka\t2',
        'streams\t2',
        'join\t1',
        'kafka\t3',
        'summit\t1',
      ],
    ])
    return Promise.resolve()
  })
  if (quick) return
  const stateDirectory = mkdtempSync(join(tmpdir(), 'streamwright-examples-'))
  await list.check('the stock statistics run', async () => {
    const lines: string[] = []
    const interrupted = new AbortController().signal
    await stockStatistics({
      bootstrapServers,
      records: 100,
      print: (line) => lines.push(line),
      interrupted,
      stateDirectory,
    })
    assert.ok(
      lines.length > 0 &&
        lines.every((line) => /trades \d+ {2}volume \d+ {2}lowest [\d.]+ {2}average [\d.]+$/.test(line)),
      lines.join('\n'),
    )
  })
  for (const [name, program] of Object.entries(programs)) {
    await list.check(`the example ${name} prints what its README says`, async () => {
      const lines: string[] = []
      const interrupted = new AbortController().signal
      const print = (line: string): unknown => lines.push(line)
      await runProgram(program, { bootstrapServers, records: undefined, print, interrupted, stateDirectory })
      assert.deepEqual(lines, promisedOutput(name))
    })
  }
  rmSync(stateDirectory, { recursive: true, force: true })
})

await withBroker(async ({ bootstrapServers }) => {
  const javaState = mkdtempSync(join(tmpdir(), 'streamwright-java-state-'))
  const java = (): Promise<JavaProgram> =>
    JavaProgram.start(kafka, 'WordCount', classes, [
      bootstrapServers,
      'takeover',
      javaState,
      'statestore.cache.max.bytes=0',
      'commit.interval.ms=200',
    ])
  const counts = async (count: number): Promise<string[]> => (await readCounts(bootstrapServers, count)).slice(-2)
  await createQuickstartTopics(bootstrapServers)
  await list.check('our word count begins', () =>
    withWordCount(bootstrapServers, 'takeover', { commitIntervalMs: 200 }, async () => {
      await feedLines(bootstrapServers, ['hello kafka', 'hello kafka'])
      assert.deepEqual(await counts(4), ['hello 2', 'kafka 2'])
    }),
  )
  await list.check("Java's word count takes over our topics and goes on counting", async () => {
    const program = await java()
    await feedLines(bootstrapServers, ['hello kafka'])
    assert.deepEqual(await counts(6), ['hello 3', 'kafka 3'])
    await program.close()
  })
  await list.check("ours takes over Java's topics and goes on counting", () =>
    withWordCount(bootstrapServers, 'takeover', { commitIntervalMs: 200 }, async () => {
      await feedLines(bootstrapServers, ['hello kafka'])
      assert.deepEqual(await counts(8), ['hello 4', 'kafka 4'])
    }),
  )
  rmSync(javaState, { recursive: true, force: true })
  await takeOver(list, bootstrapServers, kafka, classes)
})

await withBroker(
  ({ bootstrapServers }) =>
    list.check('transactions by the classic protocol', () => clientSuites(bootstrapServers, 'transactions')),
  { 'transaction.version': 0 },
)

await javaOnOurBroker(list, kafka, classes)
await adminTools(list, kafka, classes)
await javaConnect(list, kafka)
await javaLoad(list, kafka, classes, { quick })
await authentication(list, kafka)
await authorizationAlike(list, kafka)
await javaAuthorization(list, kafka)
await answersAlike(list, kafka)
await javaConsumerGroups(list, kafka, classes)
await recordedTools(list, kafka, classes)

if (!quick) {
  await withBroker(async ({ bootstrapServers }) => {
    await list.check('the word count example runs', async () => {
      const lines: string[] = []
      const stateDirectory = mkdtempSync(join(tmpdir(), 'streamwright-examples-'))
      const interrupted = new AbortController().signal
      await wordCount({
        bootstrapServers,
        records: undefined,
        print: (line) => lines.push(line),
        interrupted,
        stateDirectory,
      })
      rmSync(stateDirectory, { recursive: true, force: true })
      assert.deepEqual(lines.slice(-2), ['kafka\t3', 'summit\t1'])
    })
  })
}
process.exitCode = list.report() ? 0 : 1
