import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { Admin, Producer } from '@streamwright/client'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'
import type { CheckList } from './check-list.ts'
import { JavaProgram, runJavaToolBeside } from './java-program.ts'
import { committedValues } from './topic-values.ts'
import { createQuickstartTopics, feedLines, outputTopic } from './word-count-run.ts'

/** Java's programs with transactions, on our broker. */
export async function javaOnOurBroker(list: CheckList, kafka: KafkaInstallation, classes: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-java-on-ours-'))
  const broker = await startBroker({
    port: 0,
    dataDirectory: join(folder, 'data'),
    settings: {
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
      'log.cleaner.backoff.ms': 500,
    },
  })
  try {
    await list.check("Java's word count with exactly_once_v2 runs on our broker", () =>
      countExactlyOnce(broker, kafka, classes, join(folder, 'state')),
    )
    await list.check("Java's copier, killed in the middle, copies every record once, on our broker", () =>
      copyExactlyOnce(broker, kafka, classes),
    )
    await list.check("Java's tool for transactions lists, describes and aborts them, on our broker", () =>
      transactionsTool(broker, kafka),
    )
  } finally {
    await broker.close()
  }
  await list.check("Java reads our broker's files, compacted ones included", () =>
    dumpLogs(join(folder, 'data'), kafka),
  )
  rmSync(folder, { recursive: true, force: true })
}

async function countExactlyOnce(
  { bootstrapServers }: Broker,
  kafka: KafkaInstallation,
  classes: string,
  stateDirectory: string,
): Promise<void> {
  await createQuickstartTopics(bootstrapServers)
  const start = (): Promise<JavaProgram> =>
    JavaProgram.start(kafka, 'WordCount', classes, [
      bootstrapServers,
      'exactly-once',
      stateDirectory,
      ...['processing.guarantee=exactly_once_v2', 'commit.interval.ms=200', 'statestore.cache.max.bytes=0'],
    ])
  // The topic is compacted: of a word's counts only the last one must be there.
  const counted = async (last: string): Promise<string[]> => {
    for (;;) {
      const [seen = []] = await committedValues(
        bootstrapServers,
        outputTopic,
        1,
        ({ key, value }) => `${key?.toString()} ${value?.readBigInt64BE()}`,
      )
      if (seen.at(-1) === last) return [...new Map(seen.map((line) => line.split(' ') as [string, string]))].flat()
    }
  }
  const first = await start()
  await feedLines(bootstrapServers, ['hello kafka', 'hello streams'])
  assert.deepEqual((await counted('streams 1')).toSorted(), ['1', '1', '2', 'hello', 'kafka', 'streams'])
  await first.close()
  const second = await start()
  await feedLines(bootstrapServers, ['hello kafka'])
  assert.deepEqual((await counted('kafka 2')).toSorted(), ['1', '2', '3', 'hello', 'kafka', 'streams'])
  await second.close()
}

async function copyExactlyOnce({ bootstrapServers }: Broker, kafka: KafkaInstallation, classes: string): Promise<void> {
  const records = 20_000
  const admin = new Admin({ bootstrapServers })
  await admin.createTopics([
    { name: 'from', partitions: 3 },
    { name: 'to', partitions: 3 },
  ])
  await admin.close()
  const producer = new Producer({ bootstrapServers })
  for (let index = 0; index < records; index++) producer.append('from', index % 3, 1_000, null, String(index))
  await producer.close()
  const argv = [bootstrapServers, 'from', 'to', 'copier', 'copier', String(records), 'session.timeout.ms=6000']
  const java = [...kafka.javaArguments('TransactionCopier', { classes }), ...argv]
  for (const killAfterMs of [700, 1500, undefined]) {
    const child = spawn('java', java, { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (killAfterMs !== undefined && text.includes('RUNNING')) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    await once(child, 'exit')
    if (killAfterMs === undefined) assert.match(printed, /COPIED/)
  }
  const copied = await committedValues(bootstrapServers, 'to', 3)
  for (const [partition, values] of copied.entries()) {
    const expected = Array.from({ length: records }, (_, index) => String(index)).filter(
      (_, index) => index % 3 === partition,
    )
    assert.deepEqual(values, expected)
  }
}

async function transactionsTool({ bootstrapServers }: Broker, kafka: KafkaInstallation): Promise<void> {
  const tool = (...argv: readonly string[]): Promise<string> =>
    runJavaToolBeside(kafka, 'org.apache.kafka.tools.TransactionsCommand', [
      '--bootstrap-server',
      bootstrapServers,
      ...argv,
    ])
  const producer = new Producer({ bootstrapServers, transactionalId: 'left-open', transactionTimeoutMs: 600_000 })
  await producer.initTransactions()
  producer.beginTransaction()
  await producer.send({ topic: 'to', partition: 0, value: 'never' })
  assert.match(await tool('list'), /left-open\s+\S+\s+\d+\s+Ongoing/)
  assert.match(await tool('describe', '--transactional-id', 'left-open'), /Ongoing.*to-0/)
  const described = await tool('describe-producers', '--topic', 'to', '--partition', '0')
  const open = described.split('\n').find((line) => !/\sNone\s*$/.test(line) && /^\d/.test(line))
  const start = open?.trim().split(/\s+/).at(-1) ?? ''
  assert.match(start, /^\d+$/, described)
  await tool('abort', '--topic', 'to', '--partition', '0', '--start-offset', start)
  assert.doesNotMatch(
    await tool('describe-producers', '--topic', 'to', '--partition', '0'),
    new RegExp(`\\s${start}\\s*$`, 'm'),
  )
  await producer.close({ timeoutMs: 0 })
}

/** Each segment, with all of its indexes; the tool checks them against the log. */
async function dumpLogs(dataDirectory: string, kafka: KafkaInstallation): Promise<void> {
  const dump = (...argv: readonly string[]): Promise<string> =>
    runJavaToolBeside(kafka, 'org.apache.kafka.tools.DumpLogSegments', argv)
  const filesOf = (topic: RegExp, ending: string): string[] =>
    readdirSync(dataDirectory)
      .filter((name) => topic.test(name))
      .flatMap((name) => readdirSync(join(dataDirectory, name)).map((file) => join(dataDirectory, name, file)))
      .filter((path) => path.endsWith(ending))
  const transactions = filesOf(/^__transaction_state-/, '.log')
  const states = await dump('--transaction-log-decoder', '--files', transactions.join(','))
  assert.ok(states.includes('"transactionalId":"left-open"') && states.includes('"transactionStatus":4'))
  const offsets = await dump('--offsets-decoder', '--files', filesOf(/^__consumer_offsets-/, '.log').join(','))
  assert.ok(offsets.includes('"group":"copier"'))
  const all = [/^to-/, /^exactly-once-.*changelog/].flatMap((topic) =>
    ['.log', '.index', '.timeindex', '.txnindex', '.snapshot'].flatMap((ending) => filesOf(topic, ending)),
  )
  const checked = await dump('--index-sanity-check', '--files', all.join(','))
  assert.doesNotMatch(checked.slice(-10_000), /Mismatches|corrupt|Exception/i)
}
