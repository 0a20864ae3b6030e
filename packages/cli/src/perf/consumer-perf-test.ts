import { Consumer, consumerSettingSpecs } from '@streamwright/client'
import { asError, ConfigurationError, StreamwrightError } from '@streamwright/std'
import { clientProperties } from '../command-line/client-properties.ts'
import { javaError } from '../command-line/java-error.ts'
import { outputOption, wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { javaFixed } from '../console/java-numbers.ts'
import { ConsumerMeasures } from './consumer-measures.ts'
import { javaDateFormat } from './java-date-format.ts'
import type { MetricValues } from './metrics-table.ts'
import { printMetrics } from './metrics-table.ts'
import type { ReadingPlan, ReadingReport } from './perf-reader.ts'
import { PerfReader } from './perf-reader.ts'

const clientIdDefault = 'perf-consumer-client'
const fetchSizeDefault = 1024 * 1024
const socketBufferDefault = 2 * 1024 * 1024
const timeoutMsDefault = 10_000
const reportingIntervalMsDefault = 5000
const dateFormatDefault = 'yyyy-MM-dd HH:mm:ss:SSS'
const groupNumbers = 100_000
/** What brokers take for the name of a topic. Others would be waited for in vain. */
const topicName = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/
const columns =
  'data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec'

/** `kafka-consumer-perf-test`: reads records as fast as can be, and tells how fast that was. */
export const consumerPerfTest: Tool = {
  name: 'kafka-consumer-perf-test',
  about: 'This tool measures how fast records are read.',
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    topic: { about: 'The topic to read.', argumentName: 'topic' },
    include: { about: 'A regular expression of topics to read.', argumentName: 'pattern' },
    group: { about: 'The consumer group. Default: perf-consumer- and a random number.', argumentName: 'group' },
    'fetch-size': { about: 'Bytes of a partition in one fetch. Default: 1048576.', argumentName: 'bytes' },
    'command-property': { about: 'A setting of the consumer.', argumentName: 'name=value', repeatable: true },
    'from-latest': { about: 'Begin at the end where the group has no offset, not at the beginning.', argument: 'none' },
    'socket-buffer-size': { about: 'Taken, but without effect: Node.js has no say in it.', argumentName: 'bytes' },
    'consumer.config': { about: 'The old name of --command-config.', argumentName: 'file' },
    'command-config': { about: 'A file of consumer settings.', argumentName: 'file' },
    'print-metrics': { about: 'Print what the consumer has measured, at the end.', argument: 'none' },
    'show-detailed-stats': { about: 'A line for each interval, instead of one for all.', argument: 'none' },
    timeout: {
      about: 'End when no record came for longer, in ms. Default: 10000.',
      argument: 'optional',
      argumentForm: /^[+-]?\d+$/,
      argumentName: 'ms',
    },
    messages: { about: 'The old name of --num-records.', argumentName: 'count' },
    'num-records': { about: 'How many records to read at least.', argumentName: 'count' },
    'reporting-interval': { about: 'How long an interval is, in ms. Default: 5000.', argumentName: 'ms' },
    'date-format': {
      about: `How times are printed, as Java's SimpleDateFormat has it. Default: ${dateFormatDefault}.`,
      argumentName: 'format',
    },
    'hide-header': { about: 'Leave out the line that names the columns.', argument: 'none' },
    ...outputOption,
  },
  async run(options, given) {
    checkOptions(options)
    const isJson = wantsJson(options)
    const terminal: Terminal = isJson ? { ...given, out: (text) => given.error(text) } : given
    if (options.has('messages')) terminal.out('Warning: --messages is deprecated. Use --num-records instead.\n')
    if (options.has('consumer.config'))
      terminal.out('Warning: --consumer.config is deprecated. Use --command-config instead.\n')
    const isDetailed = options.has('show-detailed-stats')
    if (!isJson && !options.has('hide-header'))
      terminal.out(`${isDetailed ? 'time, threadId' : 'start.time, end.time'}, ${columns}\n`)
    try {
      const result = await read(options, terminal, isJson)
      if (isJson) given.out(`${JSON.stringify(documentOf(result), null, 2)}\n`)
    } catch (error) {
      // What Java's tool does not know beforehand comes after the header, without the options.
      throw new ArgumentError(messageOf(error))
    }
    return 0
  },
}

interface ReadingResult {
  readonly total: ReadingReport
  readonly isComplete: boolean
  readonly intervals: readonly ReadingReport[]
  readonly metrics: MetricValues | undefined
}

function securityProtocolOf({ securityProtocol }: Readonly<Record<string, unknown>>): string {
  return typeof securityProtocol === 'string' ? securityProtocol.toUpperCase() : 'PLAINTEXT'
}

function checkOptions(options: ParsedOptions): void {
  const exactlyOne = (...names: readonly string[]): void => {
    if (names.filter((name) => options.has(name)).length === 1) return
    const list = names.map((name) => `[${name}]`).join(', ')
    throw new UsageError(`Exactly one of the following arguments is required: ${list}`)
  }
  if (!options.has('bootstrap-server')) throw new UsageError('Missing required argument "[bootstrap-server]"')
  exactlyOne('topic', 'include')
  exactlyOne('messages', 'num-records')
  options.exclude('consumer.config', ['command-config'])
}

async function read(options: ParsedOptions, terminal: Terminal, isJson: boolean): Promise<ReadingResult> {
  const { environment, interrupted } = terminal
  const config = consumerConfig(options, terminal)
  const consumer = new Consumer(config, environment)
  const measured = {
    clientId: String(config['clientId']),
    groupId: config.groupId,
    securityProtocol: securityProtocolOf(config),
  }
  using measures = options.has('print-metrics') ? new ConsumerMeasures(measured, environment.clock) : undefined
  const intervals: ReadingReport[] = []
  const isDetailed = options.has('show-detailed-stats')
  try {
    const format = javaDateFormat(options.value('date-format') ?? dateFormatDefault)
    const reader = new PerfReader(consumer, planOf(options, config), environment.clock, (report) => {
      if (isJson) intervals.push(report)
      else if (isDetailed) terminal.out(`${format(report.endMs)}, 0, ${intervalColumns(report)}\n`)
    })
    const isComplete = await reader.run(interrupted)
    const total = reader.total()
    if (!isComplete && !interrupted.aborted) terminal.out(timeoutWarning(timeoutMsOf(options)))
    const metrics = measures?.metrics(consumer, reader.records, reader.bytes)
    await consumer.close()
    if (!isJson && !isDetailed)
      terminal.out(`${format(total.startMs)}, ${format(total.endMs)}, ${totalColumns(total)}\n`)
    if (!isJson && metrics !== undefined) printMetrics(terminal, metrics)
    return { total, isComplete, intervals, metrics }
  } finally {
    await consumer.close()
  }
}

function consumerConfig(
  options: ParsedOptions,
  terminal: Terminal,
): { bootstrapServers: string; groupId: string } & Record<string, unknown> {
  const file = options.value('consumer.config') ?? options.value('command-config')
  const given = propertiesOf(file, options.values('command-property'))
  const group = options.value('group') ?? `perf-consumer-${terminal.environment.random.below(groupNumbers)}`
  const socketBuffer = options.integer('socket-buffer-size') ?? socketBufferDefault
  if (socketBuffer < -1)
    throw new ArgumentError(
      `Invalid value ${socketBuffer} for configuration receive.buffer.bytes: Value must be at least -1`,
    )
  return {
    clientId: clientIdDefault,
    ...given,
    bootstrapServers: options.required('bootstrap-server'),
    groupId: group,
    maxPartitionFetchBytes: options.integer('fetch-size') ?? fetchSizeDefault,
    autoOffsetReset: options.has('from-latest') ? 'latest' : 'earliest',
    checkCrcs: false,
  }
}

function propertiesOf(file: string | undefined, pairs: readonly string[]): Record<string, unknown> {
  try {
    return clientProperties(file === undefined ? [] : [file], pairs)
  } catch (error) {
    // Java's tool names a file that is not there, and nothing else.
    throw asError(error).message.includes('ENOENT') ? new ArgumentError(file ?? '') : error
  }
}

function planOf(options: ParsedOptions, config: Readonly<Record<string, unknown>>): ReadingPlan {
  const reportingIntervalMs = options.integer('reporting-interval') ?? reportingIntervalMsDefault
  if (reportingIntervalMs <= 0) throw new ArgumentError('Reporting interval must be greater than 0.')
  const topic = options.value('topic')
  if (topic !== undefined && !topicName.test(topic)) throw new ArgumentError(`Invalid topics: [${topic}]`)
  return {
    subscription: topic === undefined ? new RegExp(`^(?:${options.value('include') ?? ''})$`) : [topic],
    records: options.integer('num-records') ?? options.integer('messages') ?? 0,
    timeoutMs: timeoutMsOf(options),
    reportingIntervalMs,
    recordsPerPoll: Number(config['maxPollRecords'] ?? consumerSettingSpecs['max.poll.records'].default),
  }
}

function timeoutMsOf(options: ParsedOptions): number {
  return options.value('timeout') === '' ? timeoutMsDefault : (options.integer('timeout') ?? timeoutMsDefault)
}

function timeoutWarning(timeoutMs: number): string {
  return `WARNING: Exiting before consuming the expected number of records: timeout (${timeoutMs} ms) exceeded. You can use the --timeout option to increase the timeout.\n`
}

function totalColumns(report: ReadingReport): string {
  return columnsOf(report, report.fetchMbPerSec, report.fetchRecordsPerSec)
}

/** Java guards against an interval that was spent on joining the group, but not against a run that was. */
function intervalColumns(report: ReadingReport): string {
  const isSpent = report.fetchMs <= 0
  return columnsOf(report, isSpent ? 0 : report.fetchMbPerSec, isSpent ? 0 : report.fetchRecordsPerSec)
}

function columnsOf(report: ReadingReport, fetchMbPerSec: number, fetchRecordsPerSec: number): string {
  const four = (value: number): string => javaFixed(value, 4)
  return [
    ...[four(report.mb), four(report.mbPerSec), report.records, four(report.recordsPerSec)],
    ...[report.rebalanceMs, report.fetchMs, four(fetchMbPerSec), four(fetchRecordsPerSec)],
  ].join(', ')
}

function documentOf({ total, isComplete, intervals, metrics }: ReadingResult): Record<string, unknown> {
  const shown = ({ startMs, endMs, ...rest }: ReadingReport): Record<string, unknown> => ({
    startTime: new Date(startMs).toISOString(),
    endTime: new Date(endMs).toISOString(),
    ...rest,
  })
  return {
    ...shown(total),
    isComplete,
    intervals: intervals.map(shown),
    ...(metrics !== undefined && { metrics: Object.fromEntries(metrics) }),
  }
}

function messageOf(thrown: unknown): string {
  const error = asError(thrown)
  if (error instanceof ConfigurationError || error instanceof ArgumentError) return error.message
  return error instanceof StreamwrightError ? javaError(error).message : error.message
}
