import { connectionOverridesProblem } from './connection-overrides.ts'
import { listOf } from './config-definition.ts'
import { addressProblem, listenersProblem, protocolMapProblem } from './listener-config-checks.ts'

/** The values of a broker's configurations. */
export type BrokerValues = (name: string) => string | null

/** What values are looked at with. */
export interface CheckedChange {
  /** Those in force, and those to be. */
  readonly now: BrokerValues
  readonly next: BrokerValues
  /** The names of listeners, in lower case. */
  readonly listeners: readonly string[]
  readonly logDirectory: string
}

/** What must hold of values together, or of one value beside those in force. Answers what is wrong, in Kafka's words. */
type Check = (change: CheckedChange) => string | undefined

/** Kafka looks at these whenever it reads its configuration, at the start as well. */
const requirements: readonly Check[] = [
  assignmentInterval('consumer'),
  assignmentInterval('share'),
  assignmentInterval('streams'),
  ({ next }) => protocolMapProblem(next),
  ({ next }) => addressProblem(next),
  required('log.roll.ms', 'must be greater than or equal to 1', (value) => value >= 1),
  required('log.roll.jitter.ms', 'must be greater than or equal to 0', (value) => value >= 0),
  required('log.retention.ms', 'must be unlimited (-1) or, greater than or equal to 1', (value) => value !== 0),
  cleanerMemory,
  ({ next }) => {
    const name = 'max.connections.per.ip.overrides'
    return connectionOverridesProblem(name, next(name) ?? '')
  },
  ({ next }) =>
    numberOf(next, 'max.connections.per.ip') === 0 && (next('max.connections.per.ip.overrides') ?? '') === ''
      ? 'requirement failed: max.connections.per.ip can be set to zero only if max.connections.per.ip.overrides property is set.'
      : undefined,
  cordonedDirectories,
]

/** These only when a value changes while the broker runs; Kafka wraps what they say. */
const updates: readonly Check[] = [
  metricReporters,
  ...[
    'background.threads',
    'num.io.threads',
    'num.recovery.threads.per.data.dir',
    'num.replica.fetchers',
    'num.network.threads',
    'remote.log.manager.copier.thread.pool.size',
    'remote.log.manager.expiration.thread.pool.size',
    'remote.log.manager.follower.thread.pool.size',
    'remote.log.reader.threads',
  ].map(threadCount),
  cleanerThreads,
  localRetention('log.local.retention.ms', 'log.retention.ms'),
  localRetention('log.local.retention.bytes', 'log.retention.bytes'),
  listenersProblem,
  positive('max.connections'),
  positive('max.connection.creation.rate'),
]

/** Why a broker cannot go on with these values, in Kafka's words. What was wrong before is nobody's fault now. */
export function brokerValuesProblem(change: CheckedChange): string | undefined {
  const before: CheckedChange = { ...change, next: change.now }
  const newProblem = (check: Check): string | undefined => {
    const problem = check(change)
    return problem === undefined || check(before) === problem ? undefined : problem
  }
  for (const check of requirements) {
    const problem = newProblem(check)
    if (problem !== undefined) return problem
  }
  for (const check of updates) {
    const problem = newProblem(check)
    if (problem !== undefined) return invalidUpdate(problem)
  }
  return undefined
}

/** As Kafka says that somebody who has to do with a value does not take it. */
export function invalidUpdate(problem: string): string {
  return `Invalid value org.apache.kafka.common.config.ConfigException: ${problem} for configuration Invalid dynamic configuration`
}

function numberOf(values: BrokerValues, name: string): number {
  return Number(values(name) ?? Number.NaN)
}

function required(name: string, what: string, isRight: (value: number) => boolean): Check {
  return ({ next }) => {
    const value = next(name)
    return value === null || isRight(Number(value)) ? undefined : `requirement failed: ${name} ${what}`
  }
}

function assignmentInterval(type: string): Check {
  const name = `group.${type}.assignment.interval.ms`
  const [low, high] = [`group.${type}.min.assignment.interval.ms`, `group.${type}.max.assignment.interval.ms`]
  return ({ next }) => {
    const value = numberOf(next, name)
    if (value < numberOf(next, low)) return `${name} must be greater than or equal to ${low}`
    return value > numberOf(next, high) ? `${name} must be less than or equal to ${high}` : undefined
  }
}

const bytesPerCleanerThreadMin = 1024 * 1024

function cleanerMemory({ next }: CheckedChange): string | undefined {
  const threads = numberOf(next, 'log.cleaner.threads')
  if (threads === 0) return '/ by zero'
  return Math.trunc(numberOf(next, 'log.cleaner.dedupe.buffer.size') / threads) > bytesPerCleanerThreadMin
    ? undefined
    : 'requirement failed: log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.'
}

function cordonedDirectories({ next, logDirectory }: CheckedChange): string | undefined {
  const name = 'cordoned.log.dirs'
  const unknown = listOf(next(name) ?? '').filter((directory) => directory !== '*' && directory !== logDirectory)
  return unknown.length === 0
    ? undefined
    : `requirement failed: All entries in ${name} must be present in log.dirs or log.dir. Missing entries : ${unknown.join(', ')}`
}

/** The one reporter that Kafka brings along, which reports by JMX: nothing here. */
const knownReporter = 'org.apache.kafka.common.metrics.JmxReporter'

function metricReporters({ next }: CheckedChange): string | undefined {
  const isKnown = listOf(next('metric.reporters') ?? '').every((name) => name === knownReporter)
  return isKnown
    ? undefined
    : 'Validation of dynamic config update of Set(metric.reporters) failed with class class kafka.server.DynamicMetricsReporters'
}

/** There are no such threads here. Kafka changes their number by no more than the double or the half at once. */
function threadCount(name: string): Check {
  return ({ now, next, listeners }) => {
    const ofListeners = name === 'num.network.threads' ? listeners.map((each) => `listener.name.${each}.${name}`) : []
    for (const each of [name, ...ofListeners]) {
      const [current, value] = [now, next].map((values) => Number(values(each) ?? values(name)))
      if (current === undefined || value === undefined || value === current) continue
      const problem = `Dynamic thread count update validation failed for ${name}=${value}`
      if (value <= 0) return `${problem}, value should be at least 1`
      if (value < Math.trunc(current / 2))
        return `${problem}, value should be at least half the current value ${current}`
      if (value > current * 2) return `${problem}, value should not be greater than double the current value ${current}`
    }
    return undefined
  }
}

function cleanerThreads({ now, next }: CheckedChange): string | undefined {
  const name = 'log.cleaner.threads'
  const [current, value] = [numberOf(now, name), numberOf(next, name)]
  if (value < Math.trunc(current / 2)) {
    return `Log cleaner threads cannot be reduced to less than half the current value ${current}`
  }
  return value > current * 2
    ? `Log cleaner threads cannot be increased to more than double the current value ${current}`
    : undefined
}

const sameAsTopic = -2

function localRetention(local: string, whole: string): Check {
  return ({ next }) => {
    const [value, limit] = [numberOf(next, local), wholeRetention(next, whole)]
    if (limit < 0 || value === sameAsTopic) return undefined
    const invalid = (why: string): string => `Invalid value ${value} for configuration ${local}: ${why}`
    if (value === -1) return invalid(`Value must not be -1 as ${whole} value is set as ${limit}.`)
    return value > limit ? invalid(`Value must not be more than ${whole} property value: ${limit}`) : undefined
  }
}

const minuteMs = 60_000

function wholeRetention(values: BrokerValues, name: string): number {
  const own = values(name)
  if (own !== null) return Number(own)
  const minutes = values('log.retention.minutes')
  return minutes === null ? numberOf(values, 'log.retention.hours') * 60 * minuteMs : Number(minutes) * minuteMs
}

function positive(name: string): Check {
  return ({ next, listeners }) => {
    for (const each of [name, ...listeners.map((listener) => `listener.name.${listener}.${name}`)]) {
      const value = next(each) ?? next(name)
      if (Number(value) <= 0) return `Invalid ${name} ${value}`
    }
    return undefined
  }
}
