import type { HandlerOptions } from '../handlers/handler-options.ts'
import type { TimestampExtractor } from '../topology/definition.ts'
import type { TimestampExtractors } from '../topology/timestamp-extractors.ts'
import type { SettingInput, SettingValues } from '@streamwright/std'

/**
 * The settings of an application, under Kafka's names (`StreamsConfig`). What begins with `consumer.`, `producer.`,
 * `admin.`, `main.consumer.`, `restore.consumer.` or `topic.` goes to that client or to internal topics.
 */
export const streamsSettings = {
  'application.id': {
    type: 'string',
    about: 'Name of the application: its consumer group, and the prefix of its internal topics.',
  },
  'bootstrap.servers': { type: 'list', about: 'Brokers to find the cluster by, as host:port.' },
  'client.id': {
    type: 'string',
    default: null,
    about: 'Prefix of the ids of all clients. Default: application id and process id.',
  },
  'application.server': {
    type: 'string',
    default: '',
    about: 'host:port under which a server of yours answers for the stores of this instance; others are told.',
  },
  'state.dir': {
    type: 'string',
    default: null,
    about: "Where persistent stores keep their files. Default: `streamwright` in the user's state directory.",
  },
  'num.stream.threads': { type: 'int', default: 1, min: 1, max: 64, about: 'Stream threads of this instance.' },
  'processing.guarantee': {
    type: 'string',
    default: 'at_least_once',
    oneOf: ['at_least_once', 'exactly_once_v2'],
    about: 'What a crash may do to results: repeat some, or nothing.',
  },
  'commit.interval.ms': { type: 'long', default: 30_000, min: 0, about: 'Time between commits.' },
  'poll.ms': { type: 'long', default: 100, min: 0, about: 'How long to wait for records when there is nothing to do.' },
  'max.task.idle.ms': {
    type: 'long',
    default: 0,
    min: -1,
    about: 'How long a task waits for records of an empty partition before it goes on without; −1 never waits.',
  },
  'buffered.records.per.partition': {
    type: 'int',
    default: 1000,
    min: 1,
    about:
      'Beyond this many buffered records a partition is paused. Whole batches count, so it may be exceeded by one.',
  },
  'statestore.cache.max.bytes': {
    type: 'long',
    default: 10_485_760,
    min: 0,
    about: 'Record caches of all stores together; 0 emits every update.',
  },
  'statestore.uncommitted.max.bytes': {
    type: 'long',
    default: 67_108_864,
    min: -1,
    about: 'Writes held until the next commit; beyond it a commit comes early. −1 is unlimited.',
  },
  'replication.factor': { type: 'int', default: -1, min: -1, about: "Of internal topics; −1 is the broker's default." },
  'repartition.purge.interval.ms': {
    type: 'long',
    default: 30_000,
    min: 0,
    about: 'Time between deletions of repartition records that are processed and committed.',
  },
  'windowstore.changelog.additional.retention.ms': {
    type: 'long',
    default: 86_400_000,
    min: 0,
    about: 'Added to the retention of windowed changelogs, so that clocks may differ.',
  },
  'task.timeout.ms': {
    type: 'long',
    default: 300_000,
    min: 0,
    about: 'How long commits of offsets may fail for want of a coordinator before the application ends.',
  },
  'upgrade.from': {
    type: 'string',
    default: null,
    about: 'Version of Kafka Streams whose instances still read what this one writes, such as 3.4.',
  },
  'topology.optimization': {
    type: 'string',
    default: 'none',
    about:
      'Taken for its name, without effect: what is optimised is an option of StreamsBuilder, topologyOptimization.',
  },
  'default.timestamp.extractor': {
    type: 'string',
    default: 'failOnInvalidTimestamp',
    about: 'Where the timestamps of records come from, for sources that do not say it. A function, or the name of one.',
  },
  'errors.dead.letter.queue.topic.name': {
    type: 'string',
    default: null,
    about: 'Topic that the standard exception handlers write records to which fail, as they came. It must exist.',
  },
  'deserialization.exception.handler': {
    type: 'string',
    default: 'logAndFail',
    about: 'What happens to a record that a serde cannot read: logAndFail, logAndContinue, or a handler.',
  },
  'processing.exception.handler': {
    type: 'string',
    default: 'logAndFail',
    about: 'What happens to a record on which a processor throws: logAndFail, logAndContinue, or a handler.',
  },
  'processing.exception.handler.global.enabled': {
    type: 'boolean',
    default: false,
    about: 'Whether the processing handler is asked about global stores, too; otherwise their errors are fatal.',
  },
  'production.exception.handler': {
    type: 'string',
    default: 'logAndFail',
    about:
      'What happens to a record that cannot be serialized or sent: logAndFail, logAndContinue (what is retriable is tried again), or a handler.',
  },
} as const

export type StreamsSettings = SettingValues<typeof streamsSettings>

/** What `new KafkaStreams` takes: settings in camelCase, and settings of the clients under their prefixes. */
export type StreamsConfig = Omit<
  SettingInput<typeof streamsSettings>,
  keyof HandlerOptions | 'defaultTimestampExtractor'
> &
  HandlerOptions & {
    /** `default.timestamp.extractor`: for sources that name none. Default: `failOnInvalidTimestamp`. */
    readonly defaultTimestampExtractor?: TimestampExtractor | keyof typeof TimestampExtractors
    /** For the main consumer, such as `{ fetchMinBytes: 1024 }`. */
    readonly consumer?: Readonly<Record<string, unknown>>
    readonly producer?: Readonly<Record<string, unknown>>
    readonly admin?: Readonly<Record<string, unknown>>
    /** Topic settings of all internal topics, such as `{ 'segment.bytes': '1048576' }`. */
    readonly topic?: Readonly<Record<string, string>>
    /** Any other setting by its dotted Kafka name, as `.properties` files have them. */
    readonly [name: string]: unknown
  }
