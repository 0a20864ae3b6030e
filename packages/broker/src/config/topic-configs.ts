import type { ConfigDefinition, ConfigType } from './config-definition.ts'

/** Name, type, default, limits, and where the default for all topics comes from (`name*factor` where units differ). */
type TopicConfigRow = readonly [string, ConfigType, string, string, string]

// Apache Kafka 4.3's topic configurations. The order is that of DescribeConfigs.
// oxfmt-ignore
const rows: readonly TopicConfigRow[] = [
  ['cleanup.policy', 'list', 'delete', '=compact,delete', 'log.cleanup.policy'],
  ['compression.gzip.level', 'int', '-1', '1..9|-1', 'compression.gzip.level'],
  ['compression.lz4.level', 'int', '9', '1..17', 'compression.lz4.level'],
  ['compression.type', 'string', 'producer', '=uncompressed,zstd,lz4,snappy,gzip,producer', 'compression.type'],
  ['compression.zstd.level', 'int', '3', '-131072..22', 'compression.zstd.level'],
  ['delete.retention.ms', 'long', '86400000', '0..', 'log.cleaner.delete.retention.ms'],
  ['file.delete.delay.ms', 'long', '60000', '0..', 'log.segment.delete.delay.ms'],
  ['flush.messages', 'long', '9223372036854775807', '1..', 'log.flush.interval.messages'],
  ['flush.ms', 'long', '9223372036854775807', '0..', 'log.flush.interval.ms log.flush.scheduler.interval.ms'],
  ['follower.replication.throttled.replicas', 'list', '', '@throttled.replicas', ''],
  ['index.interval.bytes', 'int', '4096', '0..', 'log.index.interval.bytes'],
  ['leader.replication.throttled.replicas', 'list', '', '@throttled.replicas', ''],
  ['local.retention.bytes', 'long', '-2', '-2..', 'log.local.retention.bytes'],
  ['local.retention.ms', 'long', '-2', '-2..', 'log.local.retention.ms'],
  ['max.compaction.lag.ms', 'long', '9223372036854775807', '1..', 'log.cleaner.max.compaction.lag.ms'],
  ['max.message.bytes', 'int', '1048588', '0..', 'message.max.bytes'],
  ['message.timestamp.after.max.ms', 'long', '3600000', '0..', 'log.message.timestamp.after.max.ms'],
  ['message.timestamp.before.max.ms', 'long', '9223372036854775807', '0..', 'log.message.timestamp.before.max.ms'],
  ['message.timestamp.type', 'string', 'CreateTime', '=CreateTime,LogAppendTime', 'log.message.timestamp.type'],
  ['min.cleanable.dirty.ratio', 'double', '0.5', '0..1', 'log.cleaner.min.cleanable.ratio'],
  ['min.compaction.lag.ms', 'long', '0', '0..', 'log.cleaner.min.compaction.lag.ms'],
  ['min.insync.replicas', 'int', '1', '1..', 'min.insync.replicas'],
  ['preallocate', 'boolean', 'false', '', 'log.preallocate'],
  ['remote.log.copy.disable', 'boolean', 'false', '', ''],
  ['remote.log.delete.on.disable', 'boolean', 'false', '', ''],
  ['remote.storage.enable', 'boolean', 'false', '', ''],
  ['retention.bytes', 'long', '-1', '', 'log.retention.bytes'],
  ['retention.ms', 'long', '604800000', '-1..', 'log.retention.ms log.retention.minutes*60000 log.retention.hours*3600000'],
  ['segment.bytes', 'int', '1073741824', '1048576..', 'log.segment.bytes'],
  ['segment.index.bytes', 'int', '10485760', '4..', 'log.index.size.max.bytes'],
  ['segment.jitter.ms', 'long', '0', '0..', 'log.roll.jitter.ms log.roll.jitter.hours*3600000'],
  ['segment.ms', 'long', '604800000', '1..', 'log.roll.ms log.roll.hours*3600000'],
  ['unclean.leader.election.enable', 'boolean', 'false', '', 'unclean.leader.election.enable'],
]

/** Accepted for tests that want tiny segments; Kafka has the same and does not show it either. */
const internalSegmentBytes: ConfigDefinition = {
  name: 'internal.segment.bytes',
  type: 'int',
  default: null,
  limits: '1..',
  isDynamic: true,
  isSensitive: false,
  isHidden: true,
  synonyms: [],
}

/** Every configuration that a topic has, by name. */
export const topicConfigs: ReadonlyMap<string, ConfigDefinition> = new Map([
  ...rows.map(([name, type, value, limits, synonyms]): [string, ConfigDefinition] => [
    name,
    {
      name,
      type,
      default: value,
      limits,
      isDynamic: true,
      isSensitive: false,
      isHidden: false,
      synonyms: synonyms.split(' ').flatMap((text) => {
        const [synonym = '', factor = '1'] = text.split('*')
        return synonym === '' ? [] : [{ name: synonym, factor: Number(factor) }]
      }),
    },
  ]),
  [internalSegmentBytes.name, internalSegmentBytes],
])
