import { Producer } from '@streamwright/client'
import { asError, ConfigurationError } from '@streamwright/std'
import { clientProperties } from '../command-line/client-properties.ts'
import { CommandLineError } from '../command-line/command-line-parser.ts'
import { optionTool } from '../command-line/option-tool.ts'
import { outputOption, wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { produceError } from '../command-line/produce-error.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import type { IntervalReport } from './latency-stats.ts'
import { countingPayloads, filePayloads, randomPayloads } from './payloads.ts'
import type { Payloads } from './payloads.ts'
import { JsonReport, TextReport } from './perf-report.ts'
import type { PerfReport } from './perf-report.ts'
import type { WritingPlan } from './perf-writer.ts'
import { PerfWriter } from './perf-writer.ts'
import { ProducerMeasures } from './producer-measures.ts'
import { thrownInMain } from './thrown-in-main.ts'

const clientIdDefault = 'perf-producer-client'
const reportingIntervalMsDefault = 5000
const transactionMsDefault = 3000
/** Of a random id, as Java's tool appends one. */
const uuidBytes = 16
/** Whoever presses Ctrl-C does not want to wait for all that is on the way. */
const interruptedCloseMs = 5000

/** `kafka-producer-perf-test`: writes records as fast as can be, and tells how fast that was. */
export const producerPerfTest: Tool = optionTool({
  name: 'kafka-producer-perf-test',
  about:
    'This tool measures how fast records are written. It writes in transactions if it is given a transactional id, as an option or as a setting, or --transaction-duration-ms.',
  options: [
    { flags: ['--bootstrap-server'], about: 'Brokers to connect to, as host:port, separated by commas.' },
    { flags: ['--topic'], about: 'The topic to write to.', isRequired: true },
    { flags: ['--num-records'], about: 'How many records.', type: 'long', isRequired: true },
    { flags: ['--record-size'], about: 'Bytes of each record: random letters.', type: 'integer' },
    { flags: ['--payload-file'], about: 'A file of texts, of which each record has one, chosen at random.' },
    { flags: ['--payload-monotonic'], about: 'Records are 0, 1, 2, … as text.', type: 'flag' },
    { flags: ['--payload-delimiter'], about: 'What parts the texts of the file, a regular expression. Default: \\n.' },
    {
      flags: ['--throughput'],
      about: 'About so many records a second; -1: as many as can be.',
      type: 'double',
      isRequired: true,
    },
    { flags: ['--producer-props'], about: 'The old name of --command-property.', type: 'list' },
    { flags: ['--command-property'], about: 'Settings of the producer, as name=value name=value.', type: 'list' },
    { flags: ['--producer.config'], about: 'The old name of --command-config.' },
    { flags: ['--command-config'], about: 'A file of producer settings, which count less than the properties.' },
    { flags: ['--print-metrics'], about: 'Print what the producer has measured, at the end.', type: 'flag' },
    { flags: ['--transactional-id'], about: 'The transactional id; counts more than the setting.' },
    { flags: ['--transaction-duration-ms'], about: 'Commit transactions that old. Default: 3000.', type: 'long' },
    { flags: ['--warmup-records'], about: 'The first so many are left out of the steady state.', type: 'long' },
    { flags: ['--reporting-interval'], about: 'Tell how it goes this often, in ms. Default: 5000.', type: 'long' },
    { flags: ['--output'], about: outputOption['output']?.about ?? '' },
  ],
  exclusive: [{ flags: ['--record-size', '--payload-file', '--payload-monotonic'], isRequired: true }],
  async run(options, given) {
    checkOptions(options)
    const isJson = wantsJson(options)
    // What Java's tool says of its options and files is no part of a document.
    const terminal: Terminal = isJson ? { ...given, out: (text) => given.error(text) } : given
    const payloads = payloadsOf(options, terminal)
    const config = producerConfig(options, terminal)
    const plan = planOf(options, payloads, config['transactionalId'] !== undefined)
    const producer = newProducer(config, terminal)
    using measures = options.has('print-metrics')
      ? new ProducerMeasures(producer, plan.topic, terminal.environment.clock)
      : undefined
    const report = isJson ? new JsonReport() : new TextReport(given)
    await write(producer, plan, report, terminal, measures)
    if (report instanceof JsonReport) given.out(report.document)
    return 0
  },
})

/** A wrong combination is told with the usage. */
function checkOptions(options: ParsedOptions): void {
  const refuse = (isWrong: boolean, message: string): void => {
    if (isWrong) throw new CommandLineError(message, undefined)
  }
  const numRecords = options.integer('num-records') ?? 0
  const given = ['bootstrap-server', 'command-property', 'producer-props', 'producer.config', 'command-config']
  refuse(numRecords <= 0, '--num-records should be greater than zero.')
  refuse(
    (options.integer('warmup-records') ?? 0) >= numRecords,
    'The value for --warmup-records must be strictly fewer than the number of records in the test, --num-records.',
  )
  refuse((options.integer('record-size') ?? 1) <= 0, '--record-size should be greater than zero.')
  refuse(
    !given.some((name) => options.has(name)),
    'At least one of --bootstrap-server, --command-property, --producer-props, --producer.config or --command-config must be specified.',
  )
  for (const [today, before] of [
    ['command-property', 'producer-props'],
    ['command-config', 'producer.config'],
  ] as const)
    refuse(options.has(today) && options.has(before), `--${today} and --${before} cannot be specified together.`)
  refuse(
    (options.integer('transaction-duration-ms') ?? 1) <= 0,
    '--transaction-duration-ms should be greater than zero.',
  )
  refuse((options.integer('reporting-interval') ?? 1) <= 0, '--reporting-interval should be greater than zero.')
}

function payloadsOf(options: ParsedOptions, terminal: Terminal): Payloads {
  const { random } = terminal.environment
  const file = options.value('payload-file')
  const size = options.integer('record-size')
  if (size !== undefined) return randomPayloads(size, random)
  if (file === undefined) return countingPayloads()
  return filePayloads(file, options.value('payload-delimiter') ?? '\\n', random, terminal)
}

function producerConfig(options: ParsedOptions, terminal: Terminal): Record<string, unknown> {
  for (const [before, today] of [
    ['producer-props', 'command-property'],
    ['producer.config', 'command-config'],
  ] as const) {
    if (options.has(before))
      terminal.out(
        `Option --${before} has been deprecated and will be removed in a future version. Use --${today} instead.\n`,
      )
  }
  const pairs = [...options.values('producer-props'), ...options.values('command-property')]
  pairs.forEach(checkPair)
  const file = options.value('command-config') ?? options.value('producer.config')
  const bootstrapServers = options.value('bootstrap-server')
  const id = options.value('transactional-id')
  const config = propertiesOf(file, pairs)
  const isTransactional =
    id !== undefined || options.has('transaction-duration-ms') || config['transactionalId'] !== undefined
  return {
    clientId: clientIdDefault,
    ...config,
    ...(bootstrapServers !== undefined && { bootstrapServers }),
    ...(isTransactional && {
      transactionalId:
        id ??
        config['transactionalId'] ??
        `performance-producer-${terminal.environment.random.bytes(uuidBytes).toString('base64url')}`,
    }),
  }
}

/** Java's tool splits at each equals sign, and forgets empty parts at the end. */
function checkPair(pair: string): void {
  const parts = pair.replace(/=+$/, '').split('=')
  if (parts.length !== 2) throw thrownInMain('java.lang.IllegalArgumentException', `Invalid property: ${pair}`)
}

function propertiesOf(file: string | undefined, pairs: readonly string[]): Record<string, unknown> {
  try {
    return clientProperties(file === undefined ? [] : [file], pairs)
  } catch (error) {
    const { message } = asError(error)
    if (message.includes('ENOENT')) throw thrownInMain('java.nio.file.NoSuchFileException', file ?? '')
    throw error
  }
}

function planOf(options: ParsedOptions, payloads: Payloads, isTransactional: boolean): WritingPlan {
  return {
    topic: options.required('topic'),
    records: options.integer('num-records') ?? 0,
    warmupRecords: Math.max(options.integer('warmup-records') ?? 0, 0),
    payloads,
    throughput: Number(options.required('throughput').replace(/[fFdD]\s*$/, '')),
    transactionMs: isTransactional ? (options.integer('transaction-duration-ms') ?? transactionMsDefault) : undefined,
    reportingIntervalMs: options.integer('reporting-interval') ?? reportingIntervalMsDefault,
  }
}

function newProducer(config: Record<string, unknown>, terminal: Terminal): Producer {
  const { bootstrapServers } = config
  const thrown = (message: string): Error => thrownInMain('org.apache.kafka.common.config.ConfigException', message)
  if (typeof bootstrapServers !== 'string')
    throw thrown('Missing required configuration "bootstrap.servers" which has no default value.')
  try {
    return new Producer({ ...config, bootstrapServers }, terminal.environment)
  } catch (error) {
    throw error instanceof ConfigurationError ? thrown(error.message) : error
  }
}

async function write(
  producer: Producer,
  plan: WritingPlan,
  report: PerfReport,
  terminal: Terminal,
  measures: ProducerMeasures | undefined,
): Promise<void> {
  const { interrupted } = terminal
  const failed = (error: Error): void => {
    // What an interruption leaves undone is no failure.
    if (interrupted.aborted) return
    const { exception, message } = produceError(error, plan.topic, producer.settings.maxBlockMs)
    terminal.error(`${exception}: ${message}\n`)
  }
  try {
    if (plan.transactionMs !== undefined)
      await producer.initTransactions({ signal: interrupted }).catch((error: unknown) => {
        if (!interrupted.aborted) throw error
      })
    if (plan.warmupRecords > 0) report.warmup(plan.warmupRecords)
    const events = {
      failed,
      steadyState: () => report.inSteadyState(),
      interval: (interval: IntervalReport) => report.interval(interval),
    }
    const writer = new PerfWriter(producer, plan, events, terminal)
    await writer.run()
    if (interrupted.aborted) await producer.close({ timeoutMs: interruptedCloseMs })
    else await producer.flush({ signal: interrupted }).catch(() => undefined)
    report.total(writer.stats.total(), writer.steadyState?.total())
    if (measures !== undefined) report.metrics(measures.metrics())
  } finally {
    await producer.close(interrupted.aborted ? { timeoutMs: 0 } : {})
  }
}
