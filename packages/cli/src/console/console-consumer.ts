import { Consumer } from '@streamwright/client'
import type { ConsumerConfig, FetchedBatch, TopicPartition } from '@streamwright/client'
import { asError } from '@streamwright/std'
import type { RenamedWording } from '../command-line/client-properties.ts'
import { clientProperties, keyValuePairs, propertiesFile, renamedPair } from '../command-line/client-properties.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { internalFormatters } from './internal-formatter.ts'
import { defaultFormatter, defaultFormatterNames } from './message-formatter.ts'
import type { MessageFormatter } from './message-formatter.ts'

const pollMs = 100
const oldFormatter = 'kafka.tools.DefaultMessageFormatter'

/** `kafka-console-consumer`: prints the records of topics. */
export const consoleConsumer: Tool = {
  name: 'kafka-console-consumer',
  about: 'This tool helps to read data from Kafka topics and outputs it to standard output.',
  needsOptions: true,
  options: {
    topic: { about: 'The topic to read.', argumentName: 'topic' },
    include: { about: 'A regular expression of topics to read.', argumentName: 'pattern' },
    partition: {
      about: 'Only this partition; begins at the end unless --offset says otherwise.',
      argumentName: 'number',
    },
    offset: {
      about: 'Where to begin: an offset, earliest or latest (default). Needs --partition.',
      argumentName: 'offset',
    },
    'consumer-property': { about: 'The old name of --command-property.', argumentName: 'name=value', repeatable: true },
    'command-property': { about: 'A setting of the consumer.', argumentName: 'name=value', repeatable: true },
    'consumer.config': { about: 'The old name of --command-config.', argumentName: 'file' },
    'command-config': { about: 'A file of consumer settings.', argumentName: 'file' },
    formatter: {
      about: 'How records are printed: org.apache.kafka.tools.consumer.DefaultMessageFormatter.',
      argumentName: 'class',
    },
    property: { about: 'The old name of --formatter-property.', argumentName: 'name=value', repeatable: true },
    'formatter-property': {
      about:
        'print.timestamp, print.key, print.offset, print.partition, print.headers, print.value (all but the last are off), key.separator, line.separator, headers.separator, null.literal, key.deserializer, value.deserializer, headers.deserializer.',
      argumentName: 'name=value',
      repeatable: true,
    },
    'formatter-config': { about: 'A file of formatter properties.', argumentName: 'file' },
    'from-beginning': { about: 'Begin at the first record when the group has no offset.', argument: 'none' },
    'max-messages': { about: 'End after so many records.', argumentName: 'count' },
    'timeout-ms': { about: 'End when no record came for so long.', argumentName: 'ms' },
    'skip-message-on-error': { about: 'Go on after a record that cannot be printed.', argument: 'none' },
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'key-deserializer': { about: 'How keys are read.', argumentName: 'class' },
    'value-deserializer': { about: 'How values are read.', argumentName: 'class' },
    'enable-systest-events': { about: 'Print an event when the tool ends.', argument: 'none' },
    'isolation-level': { about: 'read_committed or read_uncommitted (default).', argumentName: 'level' },
    group: { about: 'The consumer group. Default: a new one.', argumentName: 'group' },
  },
  async run(options, terminal) {
    const wording: RenamedWording = {
      say: (sentence) => terminal.out(`Option ${sentence}\n`),
      namesOldFirst: true,
    }
    const plan = readPlan(options, terminal, wording)
    const consumer = new Consumer(plan.config, terminal.environment)
    const printer = new Printer(plan, terminal)
    try {
      const maxMessages = options.integer('max-messages') ?? -1
      await begin(consumer, plan)
      await printer.run(consumer, maxMessages < 0 ? Number.POSITIVE_INFINITY : maxMessages)
    } finally {
      await consumer.close()
      terminal.error(`Processed a total of ${printer.printed} messages\n`)
      if (plan.systemTestEvents) terminal.out('shutdown_complete\n')
    }
    return 0
  },
}

interface Plan {
  readonly config: ConsumerConfig
  readonly subscription: readonly string[] | RegExp
  readonly partition: number | undefined
  readonly offset: number | 'earliest' | 'latest'
  readonly format: MessageFormatter
  readonly timeoutMs: number
  readonly skipOnError: boolean
  readonly systemTestEvents: boolean
}

function readPlan(options: ParsedOptions, terminal: Terminal, wording: RenamedWording): Plan {
  const bootstrapServers = options.required('bootstrap-server')
  const topic = options.value('topic')
  const include = options.value('include')
  if ((topic === undefined) === (include === undefined)) {
    throw new UsageError('Exactly one of the following arguments is required: [topic], [include]')
  }
  const partition = options.integer('partition')
  if (options.has('offset') && partition === undefined)
    throw new UsageError('The partition is required when offset is specified.')
  if (options.has('from-beginning') && options.has('offset'))
    throw new UsageError('Options from-beginning and offset cannot be specified together.')
  const files = renamedPair(options, 'command-config', 'consumer.config', wording)
  const given = clientProperties(files, renamedPair(options, 'command-property', 'consumer-property', wording))
  const group = options.value('group')
  if (group !== undefined && partition !== undefined)
    throw new UsageError('Options group and partition cannot be specified together.')
  refuseClashes(group, given, options.has('from-beginning'))
  const generatedGroup = `console-consumer-${terminal.environment.random.below(100_000)}`
  const groupId = group ?? (typeof given['groupId'] === 'string' ? given['groupId'] : generatedGroup)
  const isolationLevel = options.value('isolation-level')
  return {
    config: {
      clientId: 'console-consumer',
      // A group made up for one run has nothing to remember.
      ...(groupId === generatedGroup ? { enableAutoCommit: false } : {}),
      autoOffsetReset: options.has('from-beginning') ? 'earliest' : 'latest',
      ...given,
      ...(isolationLevel === undefined ? {} : { isolationLevel: isolationOf(isolationLevel) }),
      groupId,
      bootstrapServers,
    },
    subscription: topic === undefined ? new RegExp(`^(?:${include ?? ''})$`) : [topic],
    partition,
    offset: offsetOf(options.value('offset'), options.has('from-beginning')),
    format: formatterOf(options, terminal, wording),
    timeoutMs: options.integer('timeout-ms') ?? Number.POSITIVE_INFINITY,
    skipOnError: options.has('skip-message-on-error'),
    systemTestEvents: options.has('enable-systest-events'),
  }
}

function refuseClashes(
  group: string | undefined,
  given: Readonly<Record<string, unknown>>,
  fromBeginning: boolean,
): void {
  const other = given['groupId']
  if (group !== undefined && typeof other === 'string' && other !== group) {
    throw new UsageError(
      `The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer.config') do not match. Detected group ids: '${group}', '${other}'`,
    )
  }
  const reset = given['autoOffsetReset']
  if (fromBeginning && typeof reset === 'string' && reset !== 'earliest') {
    throw new ArgumentError(
      `Can't simultaneously specify --from-beginning and 'auto.offset.reset=${reset}', please remove one option`,
    )
  }
}

function isolationOf(text: string): 'read_committed' | 'read_uncommitted' {
  if (text === 'read_committed' || text === 'read_uncommitted') return text
  throw new UsageError(
    `Invalid value ${text} for configuration isolation.level: String must be one of: read_committed, read_uncommitted`,
  )
}

function offsetOf(text: string | undefined, fromBeginning: boolean): Plan['offset'] {
  if (text === undefined) return fromBeginning ? 'earliest' : 'latest'
  const lower = text.toLowerCase()
  if (lower === 'earliest' || lower === 'latest') return lower
  if (/^\d+$/.test(text)) return Number(text)
  throw new UsageError(
    `The provided offset value '${text}' is incorrect. Valid values are 'earliest', 'latest', or a non-negative long.`,
  )
}

function formatterOf(options: ParsedOptions, terminal: Terminal, wording: RenamedWording): MessageFormatter {
  const name = options.value('formatter')
  const internal = name === undefined ? undefined : internalFormatters.get(name)
  if (internal !== undefined) return internal
  if (name !== undefined && !defaultFormatterNames.includes(name)) throw new UsageError(name)
  if (name === oldFormatter)
    terminal.error(`${oldFormatter} is called ${defaultFormatterNames[0] ?? ''} now; it is taken as such.\n`)
  const file = options.value('formatter-config')
  const keys = options.value('key-deserializer')
  const values = options.value('value-deserializer')
  const properties = {
    ...(file === undefined ? {} : propertiesFile(file)),
    ...keyValuePairs(renamedPair(options, 'formatter-property', 'property', wording)),
    ...(keys === undefined ? {} : { 'key.deserializer': keys }),
    ...(values === undefined ? {} : { 'value.deserializer': values }),
  }
  return defaultFormatter(properties, (line) => terminal.error(`${line}\n`))
}

async function begin(consumer: Consumer, plan: Plan): Promise<void> {
  if (plan.partition === undefined) return consumer.subscribe(plan.subscription)
  const topic = Array.isArray(plan.subscription) ? String(plan.subscription[0]) : ''
  const place: TopicPartition = { topic, partition: plan.partition }
  consumer.assign([place])
  if (plan.offset === 'earliest') await consumer.seekToBeginning([place])
  else if (plan.offset === 'latest') await consumer.seekToEnd([place])
  else consumer.seek(place, plan.offset)
}

/** Polls until the plan says that it is enough, or the user does. */
class Printer {
  printed = 0
  readonly #plan: Plan
  readonly #terminal: Terminal

  constructor(plan: Plan, terminal: Terminal) {
    this.#plan = plan
    this.#terminal = terminal
  }

  async run(consumer: Consumer, maxMessages: number): Promise<void> {
    const { clock } = this.#terminal.environment
    let lastRecordMs = clock.monotonicMs()
    while (this.printed < maxMessages && !this.#terminal.interrupted.aborted) {
      const batches = await this.#poll(consumer)
      if (batches === undefined) return
      const nowMs = clock.monotonicMs()
      // What is not printed stays for the next who reads with this group. Backwards: of several batches of a
      // partition, the first has the last word.
      const rests = batches.map((batch) => this.#print(batch, maxMessages))
      for (const rest of rests.toReversed()) if (rest !== undefined) consumer.seek(rest.place, rest.offset)
      if (batches.length > 0) lastRecordMs = nowMs
      else if (nowMs - lastRecordMs >= this.#plan.timeoutMs) return
    }
  }

  /** Undefined when reading failed: Java's tool says so and ends as if it had read everything. */
  async #poll(consumer: Consumer): Promise<readonly FetchedBatch[] | undefined> {
    try {
      return await consumer.poll(Math.min(pollMs, this.#plan.timeoutMs))
    } catch (error) {
      this.#terminal.error(`Error processing message, terminating consumer process: ${asError(error).message}\n`)
      return undefined
    }
  }

  /** Returns where it stopped, when it did before the end of the batch. */
  #print(fetched: FetchedBatch, maxMessages: number): { place: TopicPartition; offset: number } | undefined {
    const cursor = fetched.batch.records()
    while (cursor.next()) {
      if (cursor.offset < fetched.skipBefore) continue
      if (this.printed >= maxMessages) {
        return { place: { topic: fetched.topic, partition: fetched.partition }, offset: cursor.offset }
      }
      this.printed += 1
      try {
        const line = this.#plan.format({
          topic: fetched.topic,
          partition: fetched.partition,
          offset: cursor.offset,
          timestamp: cursor.timestamp,
          timestampType: fetched.batch.timestampType,
          key: cursor.key(),
          value: cursor.value(),
          headers: cursor.headers(),
        })
        this.#terminal.out(line.toString('utf8'))
      } catch (error) {
        if (!this.#plan.skipOnError) throw error
        this.#terminal.error(`Error processing message, skipping it: ${String(error)}\n`)
      }
    }
    return undefined
  }
}
