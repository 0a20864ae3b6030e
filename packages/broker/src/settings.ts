import type { Log, SettingValues } from '@streamwright/std'
import { camelCase, readSettings } from '@streamwright/std'

/** The settings that this broker acts upon, under Kafka's names. Defaults of topics are in config/topic-configs.ts. */
export const brokerSettingSpecs = {
  'node.id': { type: 'int', default: 1, min: 0, about: 'The number of this broker.' },
  listeners: {
    type: 'list',
    default: null,
    about: 'Addresses to listen on, NAME://HOST:PORT. Default: both loopbacks, port 9092.',
  },
  'advertised.listeners': {
    type: 'list',
    default: null,
    about: 'Addresses that clients are told to connect to, NAME://HOST:PORT. Default: what is listened on.',
  },
  'controller.listener.names': {
    type: 'list',
    default: [],
    about: 'Names in listeners for those who ask for a controller, which is this broker.',
  },
  'listener.security.protocol.map': {
    type: 'list',
    default: [],
    about:
      'NAME:PROTOCOL (PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL) for names in listeners that are no protocols themselves.',
  },
  'metrics.port': {
    type: 'int',
    default: -1,
    min: -1,
    max: 65_535,
    about: 'The port of /metrics (Prometheus), /health/live and /health/ready; 0 picks a free one. -1: none of them.',
  },
  'metrics.host': { type: 'string', default: '127.0.0.1', about: 'The address that this port is listened on.' },
  'log.dirs': { type: 'string', default: null, about: 'The directory that holds all data. One directory.' },
  'log.dir': { type: 'string', default: null, about: 'The same as log.dirs, which goes before it.' },
  'auto.create.topics.enable': {
    type: 'boolean',
    default: true,
    about: 'Whether asking for the metadata of an unknown topic creates it.',
  },
  'delete.topic.enable': { type: 'boolean', default: true, about: 'Whether topics can be deleted.' },
  'num.partitions': { type: 'int', default: 1, min: 1, about: 'Partitions of a topic when nothing else is said.' },
  'default.replication.factor': {
    type: 'int',
    default: 1,
    min: 1,
    about: 'Replicas of a topic when nothing else is said; clamped to 1.',
  },
  'replication.factor.lenient': {
    type: 'boolean',
    default: true,
    about: 'Accept a replication factor above 1 and make one replica, with a warning. Otherwise refuse, as Kafka does.',
  },
  'authorizer.class.name': {
    type: 'string',
    default: '',
    oneOf: ['', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer', 'StandardAuthorizer'],
    about:
      'Kafka’s StandardAuthorizer, by its whole or its short name: requests are held to ACLs. Default: everybody may do everything.',
  },
  'super.users': {
    type: 'string',
    default: '',
    about: 'Principals that may do everything, as User:alice;User:bob.',
  },
  'allow.everyone.if.no.acl.found': {
    type: 'boolean',
    default: false,
    about: 'Whether a resource that no ACL is about is for everybody, or for nobody but super users.',
  },
  'quota.window.num': {
    type: 'int',
    default: 11,
    min: 1,
    about: 'Windows over which the rates of clients are measured.',
  },
  'quota.window.size.seconds': { type: 'int', default: 1, min: 1, about: 'The length of each of them.' },
  'controller.quota.window.num': {
    type: 'int',
    default: 11,
    min: 1,
    about: 'Windows over which a client may save up changes of partitions.',
  },
  'controller.quota.window.size.seconds': { type: 'int', default: 1, min: 1, about: 'The length of each of them.' },
  'socket.request.max.bytes': {
    type: 'int',
    default: 104_857_600,
    min: 1,
    about: 'Largest request; a larger one closes the connection.',
  },
  'queued.max.request.bytes': {
    type: 'long',
    default: -1,
    about:
      'What all connections may hold together: requests until they are answered, and answers until they are read. Beyond it the connection that holds most is closed. -1: one gigabyte.',
  },
  'max.connections': { type: 'int', default: 2_147_483_647, min: 0, about: 'Connections at a time.' },
  'max.connections.per.ip': {
    type: 'int',
    default: 2_147_483_647,
    min: 0,
    about: 'Connections from one address at a time.',
  },
  'max.connections.per.ip.overrides': {
    type: 'string',
    default: '',
    about: 'The same for certain addresses, as 10.0.0.1:200,10.0.0.2:5.',
  },
  'max.connection.creation.rate': {
    type: 'int',
    default: 2_147_483_647,
    min: 0,
    about: 'New connections a second; those above wait. Listeners may have rates of their own.',
  },
  'connections.max.idle.ms': {
    type: 'long',
    default: 600_000,
    about: 'A connection without any request for this long is closed. Negative: never.',
  },
  'fetch.max.bytes': {
    type: 'int',
    default: 57_671_680,
    min: 1024,
    about: 'Most record bytes in one fetch answer, whatever the client asks for.',
  },
  'max.incremental.fetch.session.cache.slots': {
    type: 'int',
    default: 1000,
    min: 0,
    about: 'Incremental fetch sessions kept at a time.',
  },
  'group.initial.rebalance.delay.ms': {
    type: 'int',
    default: 0,
    min: 0,
    about: 'How long an empty group waits for more members. Kafka waits 3 s; here a first consumer starts at once.',
  },
  'group.min.session.timeout.ms': {
    type: 'int',
    default: 6000,
    min: 0,
    about: 'Shortest session a member may ask for.',
  },
  'group.max.session.timeout.ms': {
    type: 'int',
    default: 1_800_000,
    min: 0,
    about: 'Longest session a member may ask for.',
  },
  'group.max.size': { type: 'int', default: 2_147_483_647, min: 1, about: 'Members of one group.' },
  'group.consumer.regex.refresh.interval.ms': {
    type: 'int',
    default: 600_000,
    min: 10_000,
    about: 'How often topics are matched anew with the regular expressions of a consumer group, without new ones.',
  },
  'group.consumer.max.size': { type: 'int', default: 2_147_483_647, min: 1, about: 'Members of one consumer group.' },
  'group.consumer.migration.policy': {
    type: 'string',
    default: 'bidirectional',
    about:
      'Whether groups with members go from the classic protocol to the new one (upgrade), back (downgrade), both (bidirectional), or neither (disabled).',
  },
  'offset.metadata.max.bytes': { type: 'int', default: 4096, min: 0, about: 'Longest metadata text of a commit.' },
  'delegation.token.secret.key': {
    type: 'string',
    default: null,
    about: 'The secret that delegation tokens are made with. Without it there are none.',
  },
  'delegation.token.max.lifetime.ms': {
    type: 'long',
    default: 604_800_000,
    min: 1,
    about: 'How long a delegation token lives at most, however often it is renewed.',
  },
  'delegation.token.expiry.time.ms': {
    type: 'long',
    default: 86_400_000,
    min: 1,
    about: 'How long a delegation token lives unless it is renewed.',
  },
  'delegation.token.expiry.check.interval.ms': {
    type: 'long',
    default: 3_600_000,
    min: 1,
    about: 'How often delegation tokens that have expired are removed.',
  },
  'offsets.topic.num.partitions': { type: 'int', default: 50, min: 1, about: 'Partitions of __consumer_offsets.' },
  'offsets.topic.segment.bytes': {
    type: 'int',
    default: 104_857_600,
    min: 1,
    about: 'Segment size of __consumer_offsets.',
  },
  'offsets.retention.minutes': {
    type: 'int',
    default: 10_080,
    min: 1,
    about: 'Offsets of a group are dropped when it has been empty for this long.',
  },
  'offsets.retention.check.interval.ms': {
    type: 'long',
    default: 600_000,
    min: 1,
    about: 'How often offsets are looked over for that.',
  },
  'log.retention.check.interval.ms': {
    type: 'long',
    default: 300_000,
    min: 1,
    about: 'How often logs are looked over for segments that are too old or too many.',
  },
  'log.flush.offset.checkpoint.interval.ms': {
    type: 'int',
    default: 60_000,
    min: 1,
    about: 'How often recovery points are written.',
  },
  'log.cleaner.enable': { type: 'boolean', default: true, about: 'Whether compacted topics are compacted.' },
  'log.cleaner.backoff.ms': {
    type: 'long',
    default: 15_000,
    min: 0,
    about: 'How often compacted topics are looked over for what can be compacted.',
  },
  'log.cleaner.dedupe.buffer.size': {
    type: 'long',
    default: 134_217_728,
    min: 1024,
    about: 'Most memory for the keys of a partition that is compacted, 32 bytes each. More keys take several passes.',
  },
  'log.cleaner.io.max.bytes.per.second': {
    type: 'double',
    default: 1.797_693_134_862_315_7e308,
    min: 0,
    about: 'How much compaction reads and writes a second at most, on average.',
  },
  'producer.id.expiration.ms': {
    type: 'int',
    default: 86_400_000,
    min: 1,
    about: 'A partition forgets a producer that has been silent for this long.',
  },
  'producer.id.expiration.check.interval.ms': {
    type: 'int',
    default: 600_000,
    min: 1,
    about: 'How often partitions are looked over for that.',
  },
  'transaction.max.timeout.ms': { type: 'int', default: 900_000, min: 1, about: 'Longest transaction time-out.' },
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': {
    type: 'int',
    default: 10_000,
    min: 1,
    about: 'How often transactions are looked over for those that have taken too long.',
  },
  'transaction.remove.expired.transaction.cleanup.interval.ms': {
    type: 'int',
    default: 3_600_000,
    min: 1,
    about: 'How often transactional ids are looked over for those that nobody uses any more.',
  },
  'transactional.id.expiration.ms': {
    type: 'int',
    default: 604_800_000,
    min: 1,
    about: 'A transactional id that was not used for this long is forgotten.',
  },
  'transaction.partition.verification.enable': {
    type: 'boolean',
    default: true,
    about: 'Whether a write in a transaction is refused when its partition is not part of it (clients before 4.0).',
  },
  'transaction.state.log.num.partitions': {
    type: 'int',
    default: 50,
    min: 1,
    about: 'Partitions of __transaction_state.',
  },
  'transaction.state.log.segment.bytes': {
    type: 'int',
    default: 104_857_600,
    min: 1,
    about: 'Segment size of __transaction_state.',
  },
} as const

/** The settings of a broker, read. */
export type BrokerSettings = SettingValues<typeof brokerSettingSpecs>

/** What was given, read, and as text under the dotted names for DescribeConfigs and topic defaults. */
export interface GivenSettings {
  readonly settings: BrokerSettings
  readonly texts: ReadonlyMap<string, string>
  /** Everything as it was given: for listeners, whose settings have prefixes. */
  readonly given: Readonly<Record<string, unknown>>
}

/**
 * Reads settings given under Kafka's names, dotted or in camelCase. Names that Kafka has and that mean nothing here
 * are taken silently, unknown ones with a warning. Wrong values of names that apply are a `ConfigurationError`.
 */
export async function readBrokerSettings(given: Readonly<Record<string, unknown>>, log: Log): Promise<GivenSettings> {
  const own: Record<string, unknown> = {}
  const texts = new Map<string, string>()
  const foreign: string[] = []
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue
    const dotted = ownNames.get(name)
    if (dotted === undefined) foreign.push(name)
    else {
      own[dotted] = value
      texts.set(dotted, textOf(value))
    }
  }
  if (foreign.length > 0) await readForeign(foreign, given, texts, log)
  return { settings: readSettings(brokerSettingSpecs, own, log), texts, given }
}

const ownNames: ReadonlyMap<string, string> = new Map(
  Object.keys(brokerSettingSpecs).flatMap((name) => [
    [name, name],
    [camelCase(name), name],
  ]),
)

async function readForeign(
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
  texts: Map<string, string>,
  log: Log,
): Promise<void> {
  const { brokerConfigs } = await import('./config/broker-configs.ts')
  const { whyInvalid } = await import('./config/config-definition.ts')
  const dottedNames = new Map([...brokerConfigs.keys()].map((name) => [camelCase(name), name]))
  for (const name of names) {
    const definition = brokerConfigs.get(name) ?? brokerConfigs.get(dottedNames.get(name) ?? '')
    if (definition === undefined) {
      if (isPrefixed(name)) texts.set(name, textOf(given[name]))
      else log.warn(`Unknown broker setting ${name} is ignored; Kafka has no such name either`)
      continue
    }
    const text = textOf(given[name])
    const problem = whyInvalid(definition, text)
    if (problem === undefined) texts.set(definition.name, text)
    else log.warn(`${problem}; the default is used`)
  }
}

/** `listener.name.internal.ssl.…` and the like: settings of one listener, which Kafka knows by their prefix. */
function isPrefixed(name: string): boolean {
  return name.startsWith('listener.name.') || name.startsWith('controller.quorum.')
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'number' && Math.abs(value) >= 2 ** 63 ? '9223372036854775807' : String(value)
}
