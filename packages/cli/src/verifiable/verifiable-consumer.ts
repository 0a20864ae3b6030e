import { Consumer, consumerSettingSpecs, eachRecord, inJavaHashOrder, topicPartitionHash } from '@streamwright/client'
import type { ConsumedRecord, RebalanceListener, TopicPartition } from '@streamwright/client'
import { asError, ConfigurationError } from '@streamwright/std'
import { javaError } from '../command-line/java-error.ts'
import { optionTool } from '../command-line/option-tool.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import { printEvent } from './event.ts'
import { configOfFile } from './config-of-file.ts'

const maxPollRecordsDefault = consumerSettingSpecs['max.poll.records'].default
const thrown = 'Exception in thread "main"'

/** `kafka-verifiable-consumer`: reads a topic in a group, and says all that happens to it. */
export const verifiableConsumer: Tool = optionTool({
  name: 'kafka-verifiable-consumer',
  program: 'verifiable-consumer',
  about: 'This tool consumes a topic, and prints a line of JSON for each rebalance, for what it read and committed.',
  options: [
    { flags: ['--topic'], about: 'The topic to read.', isRequired: true },
    { flags: ['--group-protocol'], about: 'classic (default) or consumer.' },
    { flags: ['--group-remote-assignor'], about: "The brokers' assignor to use, by the consumer protocol." },
    { flags: ['--group-id'], about: 'The consumer group.', isRequired: true },
    { flags: ['--group-instance-id'], about: 'Makes it a static member of this name.' },
    { flags: ['--max-messages'], about: 'How many records; -1 (default): until it is stopped.', type: 'integer' },
    { flags: ['--session-timeout'], about: 'The session in ms; by the classic protocol only.', type: 'integer' },
    { flags: ['--verbose'], about: 'Say each record.', type: 'flag' },
    { flags: ['--enable-autocommit'], about: 'Commit in the background, and say nothing of it.', type: 'flag' },
    { flags: ['--reset-policy'], about: 'earliest (default), latest or none.' },
    { flags: ['--assignment-strategy'], about: "Java's name of an assignor; by the classic protocol only." },
    { flags: ['--consumer.config'], about: 'The old name of --command-config.' },
    { flags: ['--command-config'], about: 'A file of consumer settings, which count less than the options.' },
    { flags: ['--bootstrap-server'], about: 'Brokers to connect to, as host:port, separated by commas.' },
  ],
  exclusive: [{ flags: ['--bootstrap-server'], isRequired: true }],
  run(options, terminal) {
    const given = configOfFile(options, terminal, 'consumer.config')
    const recordsPerEvent = Number(given['maxPollRecords'] ?? maxPollRecordsDefault)
    const consumer = newConsumer(given, options, terminal)
    return new VerifiableReader(consumer, recordsPerEvent, options, terminal).run()
  },
})

function newConsumer(given: Record<string, unknown>, options: ParsedOptions, terminal: Terminal): Consumer {
  const protocol = (options.value('group-protocol') ?? 'classic').toUpperCase()
  if (protocol !== 'CLASSIC' && protocol !== 'CONSUMER') {
    throw new ArgumentError(
      `${thrown} java.lang.IllegalArgumentException: No enum constant org.apache.kafka.clients.consumer.GroupProtocol.${protocol}`,
    )
  }
  const remoteAssignor = options.value('group-remote-assignor')
  const instanceId = options.value('group-instance-id')
  const sessionTimeoutMs = options.integer('session-timeout')
  const autoOffsetReset = options.value('reset-policy') ?? 'earliest'
  const assignor = options.value('assignment-strategy') ?? 'org.apache.kafka.clients.consumer.RangeAssignor'
  try {
    return new Consumer(
      {
        ...given,
        ...(protocol === 'CONSUMER'
          ? { groupProtocol: 'consumer', ...(remoteAssignor !== undefined && { groupRemoteAssignor: remoteAssignor }) }
          : { groupProtocol: 'classic', partitionAssignmentStrategy: assignor }),
        ...(sessionTimeoutMs !== undefined && { sessionTimeoutMs }),
        ...(instanceId !== undefined && { groupInstanceId: instanceId }),
        groupId: options.required('group-id'),
        bootstrapServers: options.required('bootstrap-server'),
        enableAutoCommit: options.has('enable-autocommit'),
        autoOffsetReset,
      },
      terminal.environment,
    )
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const isReset = error.message.startsWith(`Invalid value ${autoOffsetReset} for setting auto.offset.reset`)
    const reset = 'for configuration auto.offset.reset'
    const message = isReset
      ? `Invalid value ${autoOffsetReset} ${reset}: Invalid value \`${autoOffsetReset}\` ${reset}. The value must be either 'earliest', 'latest', 'none' or of the format 'by_duration:<PnDTnHnMn.nS.>'.`
      : error.message
    throw new ArgumentError(`${thrown} org.apache.kafka.common.config.ConfigException: ${message}`)
  }
}

/** Reads until it has what it wants, or is stopped. */
class VerifiableReader {
  readonly #consumer: Consumer
  readonly #terminal: Terminal
  readonly #topic: string
  readonly #maxMessages: number
  readonly #recordsPerEvent: number
  readonly #commits: boolean
  readonly #isVerbose: boolean
  #consumed = 0

  constructor(consumer: Consumer, recordsPerEvent: number, options: ParsedOptions, terminal: Terminal) {
    const maxMessages = options.integer('max-messages') ?? -1
    this.#consumer = consumer
    this.#terminal = terminal
    this.#topic = options.required('topic')
    this.#maxMessages = maxMessages < 0 ? Number.POSITIVE_INFINITY : maxMessages
    this.#recordsPerEvent = recordsPerEvent
    this.#commits = !options.has('enable-autocommit')
    this.#isVerbose = options.has('verbose')
  }

  async run(): Promise<number> {
    const { interrupted } = this.#terminal
    const requested = (): void => printEvent(this.#terminal, 'shutdown_requested')
    interrupted.addEventListener('abort', requested, { once: true })
    try {
      printEvent(this.#terminal, 'startup_complete')
      this.#consumer.subscribe([this.#topic], this.#listener())
      while (!this.#isFinished) await this.#read()
    } catch (error) {
      // Java's tool logs it, and ends as if it had read everything.
      if (!interrupted.aborted) {
        const { text } = javaError(error)
        this.#terminal.error(`Error during processing, terminating consumer process: ${text}\n`)
      }
    }
    await this.#consumer.close()
    printEvent(this.#terminal, 'shutdown_complete')
    interrupted.removeEventListener('abort', requested)
    if (!interrupted.aborted) requested()
    return 0
  }

  get #isFinished(): boolean {
    return this.#consumed >= this.#maxMessages
  }

  #listener(): RebalanceListener {
    const print = (name: string, partitions: readonly TopicPartition[]): void =>
      printEvent(this.#terminal, name, {
        partitions: partitions
          .map(({ topic, partition }) => ({ topic, partition }))
          .toSorted((left, right) => left.partition - right.partition),
      })
    return {
      onPartitionsAssigned: (partitions) => print('partitions_assigned', partitions),
      onPartitionsRevoked: (partitions) => print('partitions_revoked', partitions),
    }
  }

  async #read(): Promise<void> {
    const batches = await this.#consumer.poll(Number.POSITIVE_INFINITY, { signal: this.#terminal.interrupted })
    const records = eachRecord(batches).toArray()
    let taken = 0
    do {
      const end = taken + this.#recordsPerEvent
      await this.#take(records.slice(taken, end))
      taken = end
    } while (taken < records.length && !this.#isFinished)
    // What is left belongs to whoever reads next with the group. Backwards: the first of a partition has the last word.
    for (const record of records.slice(taken).toReversed()) this.#consumer.seek(record, record.offset)
  }

  async #take(records: readonly ConsumedRecord[]): Promise<void> {
    const byPartition = Map.groupBy(records, ({ partition }) => partition)
    const places = inJavaHashOrder(
      Array.from(byPartition.keys(), (partition) => ({ topic: this.#topic, partition })),
      topicPartitionHash,
    )
    const partitions = []
    const offsets = []
    for (const place of places) {
      const own = (byPartition.get(place.partition) ?? []).slice(0, this.#maxMessages - this.#consumed)
      const [first, last] = [own[0], own.at(-1)]
      if (first === undefined || last === undefined) continue
      partitions.push({ ...place, count: own.length, minOffset: first.offset, maxOffset: last.offset })
      offsets.push({ ...place, offset: last.offset + 1 })
      if (this.#isVerbose) for (const record of own) this.#printRecord(record)
      this.#consumed += own.length
    }
    printEvent(this.#terminal, 'records_consumed', { count: records.length, partitions })
    if (this.#commits) await this.#commit(offsets)
  }

  #printRecord({ key, value, topic, partition, offset }: ConsumedRecord): void {
    const [keyText, valueText] = [key, value].map((bytes) => bytes?.toString('utf8') ?? null)
    printEvent(this.#terminal, 'record_data', {
      ...{ key: keyText ?? null, value: valueText ?? null },
      ...{ topic, partition, offset },
    })
  }

  async #commit(offsets: readonly (TopicPartition & { readonly offset: number })[]): Promise<void> {
    const listed = offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset }))
    try {
      await this.#consumer.commit(offsets)
      printEvent(this.#terminal, 'offsets_committed', { offsets: listed, success: true })
    } catch (error) {
      const { message, text } = javaError(asError(error))
      // Another member has taken the name of this one: there is no going on.
      if (text.includes('FencedInstanceIdException')) throw error
      printEvent(this.#terminal, 'offsets_committed', { offsets: listed, error: message, success: false })
    }
  }
}
