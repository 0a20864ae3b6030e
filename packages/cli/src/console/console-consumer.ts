import { Consumer } from '@streamwright/client'
import type { ConsumerConfig, FetchedBatch, TopicPartition } from '@streamwright/client'
import { clientProperties, keyValuePairs, propertiesFile, renamedPair } from '../command-line/client-properties.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { defaultFormatter, defaultFormatterNames } from './message-formatter.ts'
import type { MessageFormatter } from './message-formatter.ts'

const pollMs = 100
const oldFormatter = 'kafka.tools.DefaultMessageFormatter'

/** `kafka-console-consumer`: prints the records of topics. */
export const consoleConsumer: Tool = {
  name: 'kafka-console-consumer',
  about: 'This tool helps to read data from Kafka topics and outputs it to standard output.',
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
    const say = (line: string): void => terminal.out(`${line}\n`)
    const plan = readPlan(options, terminal, say)
    const consumer = new Consumer(plan.config, terminal.environment)
    const printer = new Printer(plan, terminal)
    try {
      await begin(consumer, plan)
      await printer.run(consumer)
    } finally {
      await consumer.close()
      terminal.error(`Processed a total of ${printer.printed} messages\n`)
      if (plan.systemTestEvents) say('shutdown_complete')
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
  readonly maxMessages: number
  readonly timeoutMs: number
  readonly skipOnError: boolean
  readonly systemTestEvents: boolean
}

function readPlan(options: ParsedOptions, terminal: Terminal, say: (line: string) => void): Plan {
  const bootstrapServers = options.required('bootstrap-server')
  const topic = options.value('topic')
  const include = options.value('include')
  if ((topic === undefined) === (include === undefined)) {
    throw new UsageError(`${topic === undefined ? 'One' : 'Exactly one'} of --include/--topic is required. `)
  }
  const partition = options.integer('partition')
  if (partition !== undefined && topic === undefined)
    throw new UsageError('The topic is required when partition is specified.')
  if (options.has('offset') && partition === undefined)
    throw new UsageError('The partition is required when offset is specified.')
  if (options.has('from-beginning') && options.has('offset'))
    throw new UsageError('Options from-beginning and offset cannot be specified together.')
  const files = renamedPair(options, 'command-config', 'consumer.config', say)
  const given = clientProperties(files, renamedPair(options, 'command-property', 'consumer-property', say))
  const group = options.value('group')
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
    format: formatterOf(options, terminal, say),
    maxMessages: options.integer('max-messages') ?? Number.POSITIVE_INFINITY,
    timeoutMs: options.integer('timeout-ms') ?? Number.POSITIVE_INFINITY,
    skipOnError: options.has('skip-message-on-error'),
    systemTestEvents: options.has('enable-systest-events'),
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

function formatterOf(options: ParsedOptions, terminal: Terminal, say: (line: string) => void): MessageFormatter {
  const name = options.value('formatter')
  if (name !== undefined && !defaultFormatterNames.includes(name)) {
    throw new UsageError(`${name} is not a formatter that exists here; there is ${defaultFormatterNames[0] ?? ''}`)
  }
  if (name === oldFormatter)
    terminal.error(`${oldFormatter} is called ${defaultFormatterNames[0] ?? ''} now; it is taken as such.\n`)
  const file = options.value('formatter-config')
  const keys = options.value('key-deserializer')
  const values = options.value('value-deserializer')
  return defaultFormatter({
    ...(file === undefined ? {} : propertiesFile(file)),
    ...keyValuePairs(renamedPair(options, 'formatter-property', 'property', say)),
    ...(keys === undefined ? {} : { 'key.deserializer': keys }),
    ...(values === undefined ? {} : { 'value.deserializer': values }),
  })
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

  async run(consumer: Consumer): Promise<void> {
    const { clock } = this.#terminal.environment
    let lastRecordMs = clock.monotonicMs()
    while (this.printed < this.#plan.maxMessages && !this.#terminal.interrupted.aborted) {
      const batches = await consumer.poll(Math.min(pollMs, this.#plan.timeoutMs))
      const nowMs = clock.monotonicMs()
      for (const batch of batches) this.#print(batch)
      if (batches.length > 0) lastRecordMs = nowMs
      else if (nowMs - lastRecordMs >= this.#plan.timeoutMs) return
    }
  }

  #print(fetched: FetchedBatch): void {
    const cursor = fetched.batch.records()
    while (this.printed < this.#plan.maxMessages && cursor.next()) {
      if (cursor.offset < fetched.skipBefore) continue
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
  }
}
