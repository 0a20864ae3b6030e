import type { ProducerInterceptor } from './producer-interceptor.ts'
import type { CompressionType } from '@streamwright/protocol'
import type { Environment, SettingInput, SettingValues } from '@streamwright/std'
import { ConfigurationError, int32Max } from '@streamwright/std'
import { idempotentInFlightMax } from '../limits.ts'
import type { ClientHooks, ClientSettings } from '../settings/client-settings.ts'
import { clientSettingSpecs, readClientSettings } from '../settings/client-settings.ts'

const ownSpecs = {
  acks: {
    type: 'string',
    default: 'all',
    oneOf: ['all', '-1', '0', '1'],
    about: 'Who must have a record before it counts as written: all in-sync replicas, the leader (1), no one (0).',
  },
  'batch.size': { type: 'int', default: 16_384, min: 0, about: 'Bytes of a partition’s records that go in one batch.' },
  'linger.ms': { type: 'long', default: 5, min: 0, about: 'How long a batch waits for more records.' },
  'buffer.memory': {
    type: 'long',
    default: 33_554_432,
    min: 0,
    about: 'Bytes of records that may wait or be on the way.',
  },
  'max.block.ms': {
    type: 'long',
    default: 60_000,
    min: 0,
    about: 'How long send waits for room in the buffer, and for a topic to exist.',
  },
  'max.request.size': {
    type: 'int',
    default: 1_048_576,
    min: 0,
    about: 'Bytes of a request, and of a record, at most.',
  },
  'max.in.flight.requests.per.connection': {
    type: 'int',
    default: 5,
    min: 1,
    about: 'Requests to one broker that may wait for their response.',
  },
  retries: {
    type: 'int',
    default: 2_147_483_647,
    min: 0,
    max: 2_147_483_647,
    about: 'How often a batch is sent again at most.',
  },
  'delivery.timeout.ms': {
    type: 'int',
    default: 120_000,
    min: 0,
    about: 'How long a record may take from its acceptance to its acknowledgement, with all retries.',
  },
  'enable.idempotence': {
    type: 'boolean',
    default: true,
    about: 'Makes a retry neither double nor reorder records.',
  },
  'compression.type': {
    type: 'string',
    default: 'none',
    oneOf: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    about: 'How batches are compressed.',
  },
  'compression.gzip.level': { type: 'int', default: -1, min: -1, max: 9, about: 'Level of gzip; −1: its default.' },
  'compression.lz4.level': { type: 'int', default: 9, min: 1, max: 17, about: 'Level of lz4; there is one here.' },
  'compression.zstd.level': { type: 'int', default: 3, min: -131_072, max: 22, about: 'Level of zstd.' },
  'partitioner.class': {
    type: 'string',
    default: null,
    about: 'RoundRobinPartitioner takes partitions in turn; without it, by key, or evenly if there is none.',
  },
  'partitioner.ignore.keys': {
    type: 'boolean',
    default: false,
    about: 'Spreads records evenly even if they have keys.',
  },
  'partitioner.adaptive.partitioning.enable': {
    type: 'boolean',
    default: true,
    about: 'Gives records without a key rather to partitions with little waiting for them.',
  },
  'partitioner.availability.timeout.ms': {
    type: 'long',
    default: 0,
    min: 0,
    about: 'Gives no records without a key to a broker that took none for this long; 0: gives them all the same.',
  },
  'transactional.id': {
    type: 'string',
    default: null,
    about: 'The name under which the producer has transactions. Only one producer may use it at a time.',
  },
  'transaction.timeout.ms': {
    type: 'int',
    default: 60_000,
    min: 1,
    about: 'How long a transaction may be open before the coordinator aborts it.',
  },
} as const

/** The settings of a producer, under Kafka's names. */
export const producerSettingSpecs: typeof clientSettingSpecs & typeof ownSpecs = { ...clientSettingSpecs, ...ownSpecs }

/** Chooses the partition of a record that does not name one: a number from 0 to `partitionCount` − 1. */
export type Partitioner = (
  topic: string,
  key: Uint8Array | string | null,
  value: Uint8Array | string | null,
  partitionCount: number,
) => number

/** What is given to a producer beside data. */
export interface ProducerHooks extends ClientHooks {
  /** Takes the place of `partitioner.class`. */
  readonly partitioner?: Partitioner | undefined
  /** Called for each record, before it is taken and when it is written. Takes the place of `interceptor.classes`. */
  readonly interceptors?: readonly ProducerInterceptor[] | undefined
}

/** A producer's settings as a user gives them. */
export type ProducerConfig = SettingInput<typeof producerSettingSpecs> & ProducerHooks

/** What the program that makes a producer decides, not its configuration. */
export interface ProducerOptions {
  /** A full batch goes on taking records while it has to wait for another one. Default: no. */
  readonly growsBatches?: boolean
}

/** A producer's settings, checked, and what follows from them. */
export type ProducerSettings = SettingValues<typeof producerSettingSpecs> &
  ClientSettings &
  ProducerHooks & {
    /** As the protocol has it: −1 for all. */
    readonly requiredAcks: -1 | 0 | 1
    readonly compression: CompressionType
    readonly compressionLevel: number | undefined
  }

/** Checks a producer's configuration. Throws `ConfigurationError`. */
export function readProducerSettings(config: ProducerConfig, environment: Environment): ProducerSettings {
  const { log } = environment
  const values = readClientSettings(
    producerSettingSpecs,
    config,
    ['connect', 'oauthbearerToken', 'partitioner', 'interceptors'],
    log,
  )
  if (values.transactionalId === '') {
    throw new ConfigurationError('transactional.id must not be empty: give the producer a name, or leave it out')
  }
  if (![null, 'RoundRobinPartitioner'].includes(values.partitionerClass?.split('.').at(-1) ?? null)) {
    throw new ConfigurationError(
      `Unknown partitioner.class ${values.partitionerClass}: it must be RoundRobinPartitioner, or be left out; ` +
        'a function of yours goes into the option `partitioner`',
    )
  }
  return {
    ...values,
    connect: config.connect,
    oauthbearerToken: config.oauthbearerToken,
    partitioner: config.partitioner,
    interceptors: config.interceptors,
    requiredAcks: values.acks === 'all' ? -1 : (Number(values.acks) as -1 | 0 | 1),
    enableIdempotence: idempotence(values, isGiven(config, 'enable.idempotence', 'enableIdempotence'), environment),
    deliveryTimeoutMs: deliveryTimeoutMs(values, isGiven(config, 'delivery.timeout.ms', 'deliveryTimeoutMs')),
    compression: values.compressionType,
    compressionLevel: compressionLevel(values),
  }
}

type Values = SettingValues<typeof producerSettingSpecs>

/** What speaks against idempotence is an error if it was asked for, and turns it off if it is just the default. */
function idempotence(values: Values, isAskedFor: boolean, environment: Environment): boolean {
  if (!values.enableIdempotence) {
    if (values.transactionalId === null) return false
    throw new ConfigurationError('transactional.id needs enable.idempotence: leave that at its default')
  }
  const problem =
    values.acks !== 'all' && values.acks !== '-1'
      ? 'acks to be all'
      : values.retries === 0
        ? 'retries to be above 0'
        : values.maxInFlightRequestsPerConnection > idempotentInFlightMax
          ? `max.in.flight.requests.per.connection to be at most ${idempotentInFlightMax}`
          : undefined
  if (problem === undefined) return true
  if (values.transactionalId !== null) throw new ConfigurationError(`transactional.id needs ${problem}`)
  if (isAskedFor) throw new ConfigurationError(`enable.idempotence needs ${problem}`)
  environment.log.info(`The producer is not idempotent, which would need ${problem}`)
  return false
}

function deliveryTimeoutMs(values: Values, isAskedFor: boolean): number {
  const least = Math.min(values.lingerMs + values.requestTimeoutMs, int32Max)
  if (values.deliveryTimeoutMs >= least) return values.deliveryTimeoutMs
  if (!isAskedFor) return least
  throw new ConfigurationError(
    `delivery.timeout.ms must be at least linger.ms + request.timeout.ms, which is ${least}: raise it, or lower those`,
  )
}

function compressionLevel(values: Values): number | undefined {
  if (values.compressionGzipLevel === 0) throw new ConfigurationError('compression.gzip.level must be 1 to 9, or -1')
  if (values.compressionType === 'gzip')
    return values.compressionGzipLevel < 0 ? undefined : values.compressionGzipLevel
  return values.compressionType === 'zstd' ? values.compressionZstdLevel : undefined
}

function isGiven(config: object, ...names: readonly string[]): boolean {
  return names.some((name) => (config as Record<string, unknown>)[name] !== undefined)
}
