import type { Environment, SettingInput, SettingValues } from '@streamwright/std'
import { ConfigurationError, camelCase } from '@streamwright/std'
import type { ClientHooks, ClientSettings } from '../settings/client-settings.ts'
import { clientSettingSpecs, readClientSettings } from '../settings/client-settings.ts'
import { assignorByName } from './assignors/named-assignors.ts'
import type { Assignor } from './assignors/assignor.ts'
import type { ConsumerInterceptor } from './consumer-interceptor.ts'

const ownSpecs = {
  'group.id': {
    type: 'string',
    default: null,
    about: 'The group this consumer belongs to; without it only assign works.',
  },
  'group.instance.id': {
    type: 'string',
    default: null,
    about: 'Makes it a static member, which may restart without a rebalance.',
  },
  'group.protocol': {
    type: 'string',
    default: 'classic',
    oneOf: ['classic', 'consumer'],
    about:
      'How the group divides its partitions: classic, by a member of it, or consumer, by its coordinator (KIP-848).',
  },
  'group.remote.assignor': {
    type: 'string',
    default: null,
    about: 'The assignor of the brokers to use by the consumer protocol: uniform, range; null: theirs.',
  },
  'session.timeout.ms': {
    type: 'int',
    default: 45_000,
    min: 1,
    about: 'Without a heartbeat for so long, a member is out.',
  },
  'heartbeat.interval.ms': { type: 'int', default: 3_000, min: 1, about: 'Time between heartbeats.' },
  'max.poll.interval.ms': {
    type: 'int',
    default: 300_000,
    min: 1,
    about: 'Without a poll for so long, this member leaves.',
  },
  'max.poll.records': {
    type: 'int',
    default: 500,
    min: 1,
    about: 'Records of one poll. Whole batches are returned, so the last one may exceed it.',
  },
  'enable.auto.commit': { type: 'boolean', default: true, about: 'Commit positions in the background.' },
  'auto.commit.interval.ms': { type: 'int', default: 5_000, min: 0, about: 'Time between such commits.' },
  'auto.offset.reset': {
    type: 'string',
    default: 'latest',
    about: 'Where to begin without a committed offset: earliest, latest, none or by_duration:PnDTnHnMnS.',
  },
  'fetch.min.bytes': { type: 'int', default: 1, min: 0, about: 'A broker waits for so much data.' },
  'fetch.max.bytes': { type: 'int', default: 52_428_800, min: 0, about: 'Bytes of one response of a broker.' },
  'fetch.max.wait.ms': { type: 'int', default: 500, min: 0, about: 'But it waits no longer than this.' },
  'max.partition.fetch.bytes': {
    type: 'int',
    default: 1_048_576,
    min: 0,
    about: 'Bytes of one partition in a response.',
  },
  'check.crcs': { type: 'boolean', default: true, about: 'Whether the checksum of each batch is checked.' },
  'isolation.level': {
    type: 'string',
    default: 'read_uncommitted',
    oneOf: ['read_committed', 'read_uncommitted'],
    about: 'Whether records of aborted and open transactions are seen.',
  },
  'exclude.internal.topics': { type: 'boolean', default: true, about: 'Whether a pattern leaves out internal topics.' },
  'allow.auto.create.topics': {
    type: 'boolean',
    default: true,
    about: 'Whether brokers may create topics that are subscribed to.',
  },
  'client.rack': { type: 'string', default: '', about: 'Where this consumer runs.' },
  'default.api.timeout.ms': {
    type: 'int',
    default: 60_000,
    min: 0,
    about: 'How long a call may take that does not say so itself.',
  },
} as const

/** The settings of a consumer, under Kafka's names. */
export const consumerSettingSpecs: typeof clientSettingSpecs & typeof ownSpecs = { ...clientSettingSpecs, ...ownSpecs }

/** Where a position comes from when there is none, or none that exists. */
export type OffsetResetPolicy =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'none' }
  | { readonly kind: 'duration'; readonly durationMs: number }

/** What is given to a consumer beside data. */
export interface ConsumerHooks extends ClientHooks {
  /** Names (`range`, `roundrobin`, `sticky`, `cooperative-sticky`, or Java's classes), or assignors of your own. */
  readonly partitionAssignmentStrategy?: string | readonly (string | Assignor)[] | undefined
  /** Called with what polls return and with what is committed. Takes the place of `interceptor.classes`. */
  readonly interceptors?: readonly ConsumerInterceptor[] | undefined
  /** What takes the place of `auto.offset.reset` for some topics; undefined for the others. */
  readonly offsetResetOf?: ((topic: string) => OffsetResetPolicy | undefined) | undefined
}

export type ConsumerConfig = SettingInput<typeof consumerSettingSpecs> & ConsumerHooks

export type ConsumerSettings = SettingValues<typeof consumerSettingSpecs> &
  ClientSettings & {
    readonly assignors: readonly Assignor[]
    readonly interceptors: readonly ConsumerInterceptor[]
    readonly offsetReset: (topic: string) => OffsetResetPolicy
  }

/** Checks a consumer's configuration. Throws `ConfigurationError`. */
export function readConsumerSettings(config: ConsumerConfig, environment: Environment): ConsumerSettings {
  const strategyName = 'partition.assignment.strategy'
  refuseForeignSettings(config)
  const values = readClientSettings(
    consumerSettingSpecs,
    config,
    ['connect', 'oauthbearerToken', 'interceptors', 'offsetResetOf', 'partitionAssignmentStrategy', strategyName],
    environment.log,
  )
  if (values.groupInstanceId === '') {
    throw new ConfigurationError('group.instance.id must not be empty: give the member a name, or leave it out')
  }
  if (values.heartbeatIntervalMs >= values.sessionTimeoutMs) {
    throw new ConfigurationError('heartbeat.interval.ms must be below session.timeout.ms: a third of it is usual')
  }
  const dotted: unknown = Object.entries(config).find(([name]) => name === strategyName)?.[1]
  const given =
    config.partitionAssignmentStrategy ?? (typeof dotted === 'string' ? dotted : ['range', 'cooperative-sticky'])
  const list = typeof given === 'string' ? given.split(',').map((name) => name.trim()) : given
  const offsetReset = resetPolicy(values.autoOffsetReset)
  return {
    ...values,
    connect: config.connect,
    interceptors: config.interceptors ?? [],
    oauthbearerToken: config.oauthbearerToken,
    assignors: list.map((each) => (typeof each === 'string' ? assignorByName(each) : each)),
    offsetReset: (topic) => config.offsetResetOf?.(topic) ?? offsetReset,
  }
}

/** What the two protocols do not share: a value for the other one would have no effect, unnoticed. */
const onlyOf = {
  classic: ['partition.assignment.strategy', 'heartbeat.interval.ms', 'session.timeout.ms'],
  consumer: ['group.remote.assignor'],
} as const

function refuseForeignSettings(config: ConsumerConfig): void {
  const given = new Map(Object.entries(config))
  const protocol = given.get('groupProtocol') ?? given.get('group.protocol') ?? 'classic'
  const own = String(protocol).toLowerCase() === 'consumer' ? 'consumer' : 'classic'
  const foreign = onlyOf[own === 'consumer' ? 'classic' : 'consumer'].find(
    (name) => (given.get(name) ?? given.get(camelCase(name))) !== undefined,
  )
  if (foreign !== undefined) {
    const why = own === 'consumer' ? 'the brokers decide' : 'a member of the group decides'
    throw new ConfigurationError(`${foreign} cannot be set with group.protocol=${own}: there ${why}`)
  }
}

const durationPattern = /^by_duration:P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i

function resetPolicy(text: string): OffsetResetPolicy {
  const lower = text.toLowerCase()
  if (lower === 'earliest' || lower === 'latest' || lower === 'none') return { kind: lower }
  const parts = durationPattern.exec(text)
  if (parts === null) {
    throw new ConfigurationError(
      `Invalid value ${text} for setting auto.offset.reset: it must be earliest, latest, none or by_duration:PnDTnHnMnS`,
    )
  }
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0))
  const durationMs = (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1_000
  return { kind: 'duration', durationMs }
}
