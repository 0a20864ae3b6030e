import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Admin, Consumer, Producer } from '@streamwright/client'
import { KafkaError } from '@streamwright/protocol'
import { KafkaStreams } from '@streamwright/streams'
import { AddressInUseError, startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { StreamwrightError, delay } from '@streamwright/std'
import { interruption } from '../broker/broker-tool.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { applicationId, inputTopic, outputTopic, wordCountTopology } from '../word-count-topology.ts'
import { CountPrinter } from './count-printer.ts'

const defaultPort = 9092
const portMax = 65_535

/** So long does the next start wait for a member that was killed. Broker and member live and die together here. */
const sessionTimeoutMs = 2_000

/** How often to look whether the application has processed everything that a pipe brought. */
const progressCheckMs = 20

/** `streamwright start`: the broker, and the word count over what is typed or piped in. */
export const startTool: Tool = {
  name: 'streamwright start',
  about: "Starts the broker and runs the word count of Kafka's quickstart over standard input.",
  options: {
    port: { about: `The port of the broker; 0 picks a free one. Default: ${defaultPort}.`, argumentName: 'port' },
    data: { about: 'Where data is kept. Default: data.', argumentName: 'directory' },
  },
  async run(options, terminal) {
    const broker = await openBroker(options, terminal)
    try {
      return await runWordCount(broker, join(options.value('data') ?? 'data', 'state'), terminal)
    } finally {
      await broker.close()
    }
  },
}

async function openBroker(options: ParsedOptions, terminal: Terminal): Promise<Broker> {
  const port = options.integer('port') ?? defaultPort
  if (port < 0 || port > portMax)
    throw new UsageError(`Cannot parse argument '${port}' of option port: a port is 0 to ${portMax}`)
  try {
    return await startBroker({
      port,
      dataDirectory: join(options.value('data') ?? 'data', 'broker'),
      settings: { 'group.initial.rebalance.delay.ms': '0', 'group.min.session.timeout.ms': String(sessionTimeoutMs) },
      environment: terminal.environment,
    })
  } catch (error) {
    if (!(error instanceof AddressInUseError)) throw error
    throw new StreamwrightError(
      `Another program listens on ${error.host}:${error.port}. Stop it, or choose another port: npm start -- --port 0 picks a free one`,
      { code: error.code, cause: error },
    )
  }
}

async function runWordCount(broker: Broker, stateDirectory: string, terminal: Terminal): Promise<number> {
  const { bootstrapServers } = broker
  const { environment } = terminal
  const admin = new Admin({ bootstrapServers }, environment)
  await createTopics(admin)
  const printer = new CountPrinter(new Consumer({ bootstrapServers, clientId: 'count-printer' }, environment), terminal)
  await printer.begin()
  const streams = new KafkaStreams(
    wordCountTopology(),
    {
      applicationId,
      bootstrapServers,
      stateDir: stateDirectory,
      // As in Kafka's quickstart: every update of a count is to be seen, and soon.
      statestoreCacheMaxBytes: 0,
      commitIntervalMs: 100,
      producer: { lingerMs: 5 },
      consumer: { sessionTimeoutMs, heartbeatIntervalMs: sessionTimeoutMs / 4 },
    },
    environment,
  )
  const producer = new Producer({ bootstrapServers, clientId: 'line-reader' }, environment)
  try {
    await streams.start()
    introduce(broker, terminal)
    const printing = printer.run()
    await readLines(producer, terminal)
    await producer.flush()
    if (!terminal.interrupted.aborted) await processed(admin, terminal)
    printer.finish(await admin.listOffsets([{ topic: outputTopic, partition: 0, timestamp: 'latest' }]))
    await printing
    return 0
  } finally {
    await Promise.allSettled([streams.close(), producer.close(), printer.close()])
    await admin.close()
  }
}

async function createTopics(admin: Admin): Promise<void> {
  for (const topic of [{ name: inputTopic }, { name: outputTopic, config: { 'cleanup.policy': 'compact' } }]) {
    try {
      await admin.createTopics([{ ...topic, partitions: 1, replicationFactor: 1 }])
    } catch (error) {
      if (!(error instanceof KafkaError && error.code === 'TOPIC_ALREADY_EXISTS')) throw error
    }
  }
}

/** At a terminal this is for whoever sits there; with a pipe it must not stand among the results. */
function introduce(broker: Broker, terminal: Terminal): void {
  const text = `Streamwright runs.
  broker       ${broker.addresses.join(' and ')}
  application  ${applicationId}: counts the words of ${inputTopic} into ${outputTopic}

Type a line, such as: all streams lead to kafka
Each update of a count is printed as it is written. Ctrl-C ends. In another terminal, try:
  bin/kafka-topics.sh --list --bootstrap-server ${broker.bootstrapServers.split(',')[0] ?? ''}
  bin/kafka-console-producer.sh --bootstrap-server ${broker.bootstrapServers.split(',')[0] ?? ''} --topic ${inputTopic}

`
  if (terminal.stdin.isTTY === true) terminal.out(text)
  else terminal.error(text)
}

/** Each line becomes a record. Ends with the input, or when the user asks for the end. */
async function readLines(producer: Producer, terminal: Terminal): Promise<void> {
  const lines = createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  const read = (async (): Promise<void> => {
    for await (const line of lines) {
      const sent = producer.send({ topic: inputTopic, key: null, value: line })
      sent.catch((error: unknown) => terminal.error(`A line was not sent: ${String(error)}\n`))
      if (producer.isFull) await producer.drained()
    }
  })()
  await Promise.race([read, interruption(terminal.interrupted)])
  lines.close()
}

/** Resolves when the application has committed the end of its input and of its repartition topic. */
async function processed(admin: Admin, terminal: Terminal): Promise<void> {
  while (!terminal.interrupted.aborted) {
    const committed = await admin.listGroupOffsets(applicationId)
    const topics = (await admin.listTopics()).filter(
      ({ name }) => name === inputTopic || (name.startsWith(applicationId) && name.endsWith('-repartition')),
    )
    const ends = await admin.listOffsets(
      topics.map(({ name }) => ({ topic: name, partition: 0, timestamp: 'latest' as const })),
    )
    const done = [...ends].every(([place, { offset }]) => offset === 0 || (committed.get(place)?.offset ?? 0) >= offset)
    if (done) return
    await delay(terminal.environment.timers, progressCheckMs)
  }
}
